/**
 * The text field: growing, sending, editing an own message. What is sent and where to is handed in.
 */

import { byId, touch } from "./dom.js";

export class Composer {
  #editing = null;
  #draft = "";

  /** `onSend(text)` and `onEdit(message, text)` return promises; on failure the text comes back into the field. */
  constructor({ commands, lastOwn, onSend, onEdit }) {
    Object.assign(this, { commands, lastOwn, onSend, onEdit });
    this.form = byId("composer");
    this.input = byId("input");
    this.send = byId("send");
    this.editBar = byId("edit-bar");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("input", () => {
      this.#fit();
      this.commands.refresh();
    });
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.send.addEventListener("pointerdown", (event) => event.preventDefault()); // the text field keeps the focus
    byId("edit-cancel").addEventListener("click", () => this.leaveEdit());
    new ResizeObserver(() => this.#fit()).observe(this.form);
    this.#fit();
  }

  get editingId() {
    return this.#editing?.message_id ?? null;
  }

  focus() {
    if (!touch()) this.input.focus({ preventScroll: true });
  }

  clear() {
    this.leaveEdit();
    this.#set("");
  }

  startEdit(message) {
    if (!this.#editing) this.#draft = this.input.value;
    this.#editing = message;
    byId("edit-preview").textContent = message.text.replace(/\s+/g, " ");
    this.editBar.hidden = false;
    this.form.classList.add("editing");
    this.send.setAttribute("aria-label", "Save the edit");
    this.#set(message.text);
    this.input.focus();
    this.input.setSelectionRange(message.text.length, message.text.length);
  }

  leaveEdit() {
    if (!this.#editing) return;
    this.#editing = null;
    this.editBar.hidden = true;
    this.form.classList.remove("editing");
    this.send.setAttribute("aria-label", "Send");
    this.#set(this.#draft);
    this.#draft = "";
  }

  async submit() {
    const text = this.input.value;
    const editing = this.#editing;
    if (!text.trim()) return;
    this.commands.close();
    if (editing) this.leaveEdit();
    else this.#set("");
    if (editing && editing.text === text) return;
    try {
      await (editing ? this.onEdit(editing, text) : this.onSend(text));
    } catch {
      if (!this.input.value) this.#set(text);
    }
  }

  #set(text) {
    this.input.value = text;
    this.#fit();
    this.commands.refresh();
  }

  #fit() {
    const { input } = this;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight}px`;
    this.form.classList.toggle("filled", input.value.trim() !== "");
  }

  #onKey(event) {
    if (event.isComposing) return; // an input method is still choosing a character
    if (this.commands.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !touch()) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.#editing) {
      event.preventDefault();
      this.leaveEdit();
    } else if (event.key === "ArrowUp" && !this.input.value && !this.#editing) {
      const message = this.lastOwn();
      if (!message) return;
      event.preventDefault();
      this.startEdit(message);
    }
  }
}
