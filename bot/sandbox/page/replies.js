/**
 * The keyboard that a bot can put under the text field.
 */

import { el } from "./dom.js";
import { icon } from "./icons.js";

export class ReplyKeyboard {
  #markup = null;

  /** `onText(label)` for an ordinary key, `onLocation()` for one that asks for the location. */
  constructor({ board, toggle, input, onText, onLocation }) {
    Object.assign(this, { board, toggle, input, onText, onLocation });
    this.placeholder = input.placeholder;
    toggle.addEventListener("pointerdown", (event) => event.preventDefault());
    toggle.addEventListener("click", () => this.#show(board.hidden));
  }

  /** Takes a ReplyKeyboardMarkup; null takes the keyboard away. */
  set(markup) {
    if (JSON.stringify(markup) === JSON.stringify(this.#markup)) return;
    this.#markup = markup?.keyboard?.length ? markup : null;
    this.toggle.hidden = this.#markup === null;
    this.board.parentElement.classList.toggle("with-keys", this.#markup !== null);
    this.input.placeholder = this.#markup?.input_field_placeholder || this.placeholder;
    this.board.replaceChildren(...(this.#markup?.keyboard ?? []).map((row) => this.#row(row)));
    this.board.classList.toggle("tall", this.#markup !== null && !this.#markup.resize_keyboard);
    this.#show(this.#markup !== null);
  }

  #row(row) {
    return el("div", { class: "reply-row" }, ...row.map((key) => this.#key(typeof key === "string" ? { text: key } : key)));
  }

  #key(key) {
    const press = () => {
      if (key.request_location) return this.onLocation(); // the person may still decide against it
      this.onText(key.text);
      if (this.#markup?.one_time_keyboard) this.#show(false);
      return undefined;
    };
    const props = { type: "button", class: "reply-key", dataset: { testid: "reply-key" }, on: { click: press } };
    const node = el("button", props);
    if (key.request_location) node.append(icon("pin"));
    node.append(el("span", { dir: "auto", text: key.text }));
    return node;
  }

  #show(shown) {
    this.board.hidden = !shown;
    this.toggle.setAttribute("aria-expanded", String(shown));
    this.toggle.classList.toggle("active", shown);
  }
}
