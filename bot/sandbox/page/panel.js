/**
 * The demo panel: the sandbox's clock, moving time on, restarting the bot, who is writing. A sheet at phone width.
 */

import { byId } from "./dom.js";
import { Guide } from "./guide.js";

const TICK_MS = 1_000;

export class Panel {
  #nextPush = null;
  #hindrance = null; // why no push comes, for somebody who is set up
  #busy = false;

  /** `onAction(action)` returns { message, ok }; `onPerson(which)`, `onBlock()` change who is writing. */
  constructor({ clock, onAction, onPerson, onBlock }) {
    Object.assign(this, { clock, onAction });
    this.node = byId("panel");
    this.opener = byId("panel-open");
    this.narrow = matchMedia("(max-width: 899px)");
    this.narrow.addEventListener("change", () => this.close());
    this.opener.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    byId("panel-close").addEventListener("click", () => this.close());
    byId("panel-veil").addEventListener("click", () => this.close());
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOpen) this.close();
    });
    for (const button of this.node.querySelectorAll("[data-action]")) {
      button.addEventListener("click", () => this.#act(button));
    }
    const people = [...this.node.querySelectorAll("[data-person]")];
    for (const button of people) {
      button.addEventListener("click", () => onPerson(button.dataset.person));
      button.addEventListener("keydown", (event) => walkPeople(event, people));
    }
    byId("block").addEventListener("click", onBlock);
    this.guide = new Guide({ node: byId("guide"), tip: byId("tip"), open: () => this.open() });
    setInterval(() => this.drawClock(), TICK_MS);
    this.close();
  }

  get isOpen() {
    return this.node.classList.contains("open");
  }

  open() {
    this.node.classList.add("open");
    this.node.inert = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.guide.dropTip();
    byId("panel-close").focus();
  }

  close() {
    const had = this.node.contains(document.activeElement);
    this.node.classList.remove("open");
    this.node.inert = this.narrow.matches;
    this.opener.setAttribute("aria-expanded", "false");
    if (had && this.narrow.matches) this.opener.focus();
  }

  /** Takes the answer of GET /sandbox/panel. True when the zone has changed. */
  show({ now, zone, set_up: setUp, paused, blocked, next_push: nextPush, answers, available }) {
    const zoneChanged = this.clock.set(now, zone ?? null);
    this.#nextPush = nextPush ? new Date(nextPush) : null;
    this.#hindrance = (blocked && "blocked") || (paused && "paused") || null;
    this.#enable(available !== false);
    this.guide.show({ start: setUp === true, answer: answers > 0 }, this.narrow.matches);
    this.drawClock();
    return zoneChanged;
  }

  showPerson(which) {
    byId("panel-message").hidden = true;
    for (const button of this.node.querySelectorAll("[data-person]")) {
      const chosen = button.dataset.person === which;
      button.setAttribute("aria-checked", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
  }

  showBlocked(blocked) {
    byId("block").textContent = blocked ? "Unblock the bot" : "Block the bot";
  }

  drawClock() {
    const now = this.clock.now();
    const time = this.clock.time(now);
    write("clock-time", time);
    write("header-time", time);
    write("clock-date", this.clock.longDay(now));
    write("clock-zone", this.clock.zone.replaceAll("_", " ") + (this.clock.zoneIsChosen ? "" : " (your browser’s)"));
    write("next-push", this.#nextPushWords());
    byId("panel-clock").dateTime = now.toISOString();
    byId("panel-open").setAttribute("aria-label", `Demo controls. It is ${time}.`);
  }

  #nextPushWords() {
    if (this.#hindrance === "blocked") return "No daily question while the bot is blocked.";
    if (this.#hindrance === "paused") return "The daily question is paused.";
    if (!this.#nextPush) return "No daily question planned yet.";
    const ahead = this.clock.ahead(this.#nextPush);
    const at = this.clock.dayAndTime(this.#nextPush);
    const words = [ahead && `${ahead}:`, at].filter(Boolean).map((part) => part.replaceAll(" ", "\u00a0"));
    return `Next question ${words.join(" ")}`;
  }

  async #act(button) {
    if (this.#busy) return;
    this.#busy = true;
    button.classList.add("waiting");
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await this.onAction(button.dataset.action);
      byId("panel-message").hidden = answer.ok; // what went well stands in the chat
      if (answer.ok) this.guide.did(button.dataset.action);
      else this.#say(answer.message);
    } finally {
      this.#busy = false;
      button.classList.remove("waiting");
      button.removeAttribute("aria-busy");
    }
    this.close();
  }

  #say(text) {
    write("panel-message", text);
    byId("panel-message").hidden = false;
  }

  #enable(available) {
    for (const button of this.node.querySelectorAll("[data-action]")) button.disabled = !available;
    if (!available) this.#say("Time can be moved only in the demo: starling demo.");
  }
}

function write(id, text) {
  const node = byId(id);
  if (node.textContent !== text) node.textContent = text;
}

function walkPeople(event, people) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = people[(people.indexOf(event.currentTarget) + step + people.length) % people.length];
  next.focus();
  next.click();
}
