/**
 * Who is writing: two people of the sandbox, whose ids this browser remembers.
 */

import { Person, createPerson } from "./api.js";

const KEY = "starling.people";
const NAMES = { first: "You", second: "A friend" };

export class People {
  #kept = read();

  /** `first` or `second`. */
  get chosen() {
    return this.#kept.chosen === "second" ? "second" : "first";
  }

  choose(which) {
    this.#kept.chosen = which;
    write(this.#kept);
  }

  /** The chosen person; made on the server when this browser knows none. */
  async current() {
    const which = this.chosen;
    if (!this.#kept[which]) {
      const made = await createPerson(NAMES[which]);
      this.#kept[which] = made.user_id;
      write(this.#kept);
    }
    return new Person(this.#kept[which]);
  }

  /** Forgets the chosen person, whom the server does not know any more. */
  forget() {
    delete this.#kept[this.chosen];
    write(this.#kept);
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Without storage the person lasts as long as the page.
  }
}
