/**
 * The list of the bot's commands over the text field: opened by the menu button, filtered while "/" is typed.
 */

import { el } from "./dom.js";

export class CommandMenu {
  #commands = [];
  #shown = [];
  #active = -1;
  #openedByButton = false;

  /** `onChoose(command)` is called with the command, slash included. */
  constructor({ list, input, button, onChoose }) {
    Object.assign(this, { list, input, button, onChoose });
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // the text field keeps the focus
    button.addEventListener("click", () => this.#toggle());
    document.addEventListener("pointerdown", (event) => {
      if (this.isOpen && !list.contains(event.target) && !button.contains(event.target)) this.close();
    });
    // The keys work from the button as well, where the focus is after it was pressed by keyboard.
    button.addEventListener("keydown", (event) => {
      if (this.isOpen && event.key !== "Enter" && event.key !== "Tab") this.onKey(event);
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  setCommands(commands) {
    this.#commands = commands;
    this.button.hidden = commands.length === 0;
    if (this.isOpen) this.refresh();
  }

  /** Shows what fits the text in the field; called on every change of it. */
  refresh() {
    const typed = /^\/(\w*)$/.exec(this.input.value);
    if (!typed && !this.#openedByButton) return this.close();
    if (this.#openedByButton && this.input.value && !typed) return this.close();
    const start = typed ? typed[1].toLowerCase() : "";
    this.#show(this.#commands.filter(({ command }) => command.startsWith(start)));
    return undefined;
  }

  close() {
    this.#openedByButton = false;
    this.list.hidden = true;
    this.#active = -1;
    this.#tell();
  }

  /** True when the key was meant for the list. */
  onKey(event) {
    if (!this.isOpen) return false;
    const count = this.#shown.length;
    if (event.key === "ArrowDown") this.#move((this.#active + 1) % count);
    else if (event.key === "ArrowUp") this.#move((this.#active - 1 + count) % count);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey) this.#complete();
    else if (event.key === "Enter" && this.#active >= 0) this.#choose(this.#shown[this.#active]);
    else return false;
    event.preventDefault();
    return true;
  }

  #toggle() {
    if (this.isOpen) return this.close();
    this.#openedByButton = true;
    return this.#show(this.#commands);
  }

  #show(commands) {
    if (commands.length === 0) return this.close();
    this.#shown = commands;
    this.#active = -1;
    this.list.replaceChildren(...commands.map((command, i) => this.#row(command, i)));
    this.list.hidden = false;
    this.list.scrollTop = 0;
    return this.#tell();
  }

  #row(command, i) {
    const row = el(
      "div",
      {
        class: "command", role: "option", id: `command-${i}`, "aria-selected": "false",
        dataset: { testid: "command-item", command: command.command },
      },
      el("span", { class: "command-name", text: `/${command.command}` }),
      el("span", { class: "command-words", dir: "auto", text: command.description }),
    );
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => this.#choose(command));
    return row;
  }

  #move(index) {
    this.#active = index;
    [...this.list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === index)));
    this.list.children[index].scrollIntoView({ block: "nearest" });
    this.#tell();
  }

  #complete() {
    const command = this.#shown[Math.max(0, this.#active)];
    this.input.value = `/${command.command} `;
    this.input.dispatchEvent(new Event("input"));
    this.input.focus();
    this.close();
  }

  #choose(command) {
    this.close();
    this.onChoose(`/${command.command}`);
  }

  #tell() {
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    if (this.#active >= 0) this.input.setAttribute("aria-activedescendant", `command-${this.#active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }
}
