/**
 * The list of messages: their order, days and groups, and where the person is reading. Single messages are bubble.js's.
 */

import { createMessageNode, draw, redrawTime, sentAt, setSeen } from "./bubble.js";
import { calm, el } from "./dom.js";

const BOTTOM_PX = 60;
const GROUP_SECONDS = 10 * 60;
const MOVE_MS = 200;
const LEAVE_MS = 180;
const REST_MS = 1_200;
const FLOATING_PX = 14; // a day's label further below the start of its day than its margin lies over the messages

export class MessageList {
  #items = []; // { order, date, node, message? }: messages and the quiet lines between them, in order
  #days = new Map();
  #stuck = true; // the person is at the end, so the list follows what comes
  #unread = 0;
  #restTimer = 0; // the day's label goes from over the text when the list rests

  constructor({ scroller, list, toBottom, unread, context }) {
    this.scroller = scroller;
    this.list = list;
    this.toBottom = toBottom;
    this.unreadBadge = unread;
    this.context = context;
    scroller.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    toBottom.addEventListener("click", () => this.showEnd(true));
    list.addEventListener("quoteturn", () => (this.#stuck = false));
    list.addEventListener("keydown", (event) => this.#walk(event));
    const sizes = new ResizeObserver(() => {
      if (this.#stuck) this.showEnd(false);
      else this.#showButton(); // a quote that opens at the end must not be taken for scrolling there
    });
    sizes.observe(list);
    sizes.observe(scroller);
  }

  get isEmpty() {
    return !this.#items.some((item) => item.message);
  }

  find(messageId) {
    return this.#items.find((item) => item.message?.message_id === messageId)?.message ?? null;
  }

  /** The person's latest own text message; null if there is none. */
  lastOwn() {
    return this.#items.findLast((item) => item.message?.outgoing && item.message.text)?.message ?? null;
  }

  clear() {
    this.#items = [];
    this.#days.clear();
    this.list.replaceChildren();
    this.#setUnread(0);
    this.#stuck = true;
  }

  /** Makes the list hold exactly `messages`; nodes of messages that stay are kept, quiet lines too. */
  replaceAll(messages) {
    const wanted = new Set(messages.map((message) => message.message_id));
    this.#items = this.#items.filter((item) => {
      if (!item.message || wanted.has(item.message.message_id)) return true;
      item.node.remove();
      return false;
    });
    for (const message of messages) this.#place(message);
    this.#arrange();
    if (this.#stuck) this.showEnd(false);
  }

  /** Adds a message or draws it anew. True when it was new. */
  put(message) {
    const heightBefore = this.list.offsetHeight;
    const isNew = this.#place(message);
    this.#arrange();
    if (isNew && message.outgoing) this.#stuck = true;
    if (this.#stuck) this.#followEnd(heightBefore);
    else if (isNew) this.#setUnread(this.#unread + 1);
    if (isNew) this.#enter(this.#itemOf(message.message_id).node);
    return isNew;
  }

  remove(messageIds) {
    for (const messageId of messageIds) {
      const item = this.#itemOf(messageId);
      if (!item) continue;
      this.#items.splice(this.#items.indexOf(item), 1);
      this.#leave(item.node);
    }
  }

  /** A quiet line in the middle of the chat, such as "The bot was stopped and started again." */
  addLine(text) {
    const last = this.#items.at(-1);
    const node = el("p", { class: "pill line", text, dataset: { testid: "service" } });
    const heightBefore = this.list.offsetHeight;
    this.#items.push({ order: Math.floor(last?.order ?? 0) + 0.5, date: this.context.clock.now(), node });
    this.#stuck = true;
    this.#arrange();
    this.#enter(node);
    this.#followEnd(heightBefore);
  }

  /** Draws times and day labels anew after the clock or the zone has changed. */
  redrawTimes() {
    for (const { node, message } of this.#items) if (message) redrawTime(node, message, this.context.clock);
    this.#arrange();
  }

  /** Two ticks on every own message: the bot has been at work. */
  markSeen() {
    for (const { node, message } of this.#items) if (message?.outgoing) setSeen(node, true);
  }

  showEnd(smooth) {
    this.#stuck = true;
    this.#setUnread(0);
    this.scroller.scrollTo({ top: this.#endTop(), behavior: smooth && !calm() ? "smooth" : "instant" });
    this.toBottom.classList.remove("shown");
  }

  #itemOf(messageId) {
    return this.#items.find((item) => item.message?.message_id === messageId);
  }

  #place(message) {
    const known = this.#itemOf(message.message_id);
    if (known) {
      const changed = JSON.stringify(known.message) !== JSON.stringify(message);
      known.message = message;
      if (changed) {
        draw(known.node, message, this.context);
        if (!calm()) known.node.firstElementChild.animate([{ opacity: 0.55 }, { opacity: 1 }], { duration: MOVE_MS });
      }
      return false;
    }
    const item = { order: message.message_id, date: sentAt(message), message, node: createMessageNode(message) };
    draw(item.node, message, this.context);
    const before = this.#items.findLastIndex((other) => other.order < item.order);
    this.#items.splice(before + 1, 0, item);
    return true;
  }

  /** Puts the nodes under their days and says which bubbles belong together. */
  #arrange() {
    const { clock } = this.context;
    let [day, cursor, previous] = [null, null, null];
    const used = new Set();
    for (const item of this.#items) {
      const key = clock.dayKey(item.date);
      if (day?.dataset.day !== key) {
        const next = this.#dayOf(key);
        if (day) day.after(next);
        else if (this.list.firstElementChild !== next) this.list.prepend(next);
        next.firstElementChild.textContent = clock.dayLabel(item.date);
        day = next;
        cursor = next.firstElementChild;
        previous = null;
        used.add(key);
      }
      if (cursor.nextElementSibling !== item.node) cursor.after(item.node);
      this.#join(previous, item);
      cursor = item.node;
      previous = item;
    }
    this.#join(previous, null);
    for (const [key, node] of this.#days) {
      if (!used.has(key) && !node.querySelector(".message, .line")) this.#dropDay(key, node);
    }
    this.#markEarlierSeen();
    const messages = this.list.querySelectorAll(".message");
    messages.forEach((node, i) => (node.tabIndex = i === messages.length - 1 ? 0 : -1));
  }

  #dayOf(key) {
    if (!this.#days.has(key)) {
      const label = el("h3", { class: "pill day-label" });
      this.#days.set(key, el("section", { class: "day", dataset: { day: key } }, label));
    }
    return this.#days.get(key);
  }

  #dropDay(key, node) {
    node.remove();
    this.#days.delete(key);
  }

  /** `item` follows `previous`: close up and share one tail where one person goes on speaking. */
  #join(previous, item) {
    const together =
      previous?.message && item?.message &&
      Boolean(previous.message.outgoing) === Boolean(item.message.outgoing) &&
      item.message.date - previous.message.date < GROUP_SECONDS;
    previous?.node.classList.toggle("tail", !together);
    item?.node.classList.toggle("joined", Boolean(together));
  }

  #markEarlierSeen() {
    let botWasAtWorkAt = -Infinity;
    for (const { message, node } of this.#items.toReversed()) {
      if (!message) continue;
      if (!message.outgoing) botWasAtWorkAt = Math.max(botWasAtWorkAt, message.edit_date ?? 0, message.date);
      else if (botWasAtWorkAt >= message.date) setSeen(node, true);
    }
  }

  #onScroll() {
    this.#readPosition();
    for (const day of this.#days.values()) {
      const label = day.firstElementChild;
      label.classList.toggle("floating", label.offsetTop - day.offsetTop > FLOATING_PX);
    }
    this.scroller.classList.add("moving");
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.scroller.classList.remove("moving"), REST_MS);
  }

  /** Where the end is. From the list's own height, as a gliding list (see `#followEnd`) stretches scrollHeight. */
  #endTop() {
    return this.list.offsetHeight - this.scroller.clientHeight;
  }

  #readPosition() {
    this.#stuck = this.#endTop() - this.scroller.scrollTop < BOTTOM_PX;
    if (this.#stuck) this.#setUnread(0);
    this.#showButton();
  }

  #showButton() {
    this.toBottom.classList.toggle("shown", this.#endTop() - this.scroller.scrollTop >= BOTTOM_PX);
  }

  #setUnread(count) {
    this.#unread = count;
    this.unreadBadge.textContent = String(count);
    this.unreadBadge.hidden = count === 0;
    this.toBottom.setAttribute("aria-label", count ? `To the latest message, ${count} new` : "To the latest message");
  }

  /** Jumps to the end and lets the content glide there, so that a tall message does not arrive with a jerk. */
  #followEnd(heightBefore) {
    const grown = this.list.offsetHeight - heightBefore;
    this.showEnd(false);
    if (grown <= 0 || calm()) return;
    const start = Math.min(grown, this.scroller.clientHeight);
    const way = [{ transform: `translateY(${start}px)` }, { transform: "none" }];
    this.list.animate(way, { duration: MOVE_MS, easing: "ease-out" });
  }

  #enter(node) {
    if (!calm()) node.animate([{ opacity: 0 }, { opacity: 1 }], { duration: MOVE_MS });
  }

  #leave(node) {
    const done = () => {
      node.remove();
      this.#arrange();
    };
    if (node.contains(document.activeElement)) this.scroller.focus();
    node.removeAttribute("data-testid");
    if (calm()) return done();
    node.style.overflow = "hidden";
    const motion = node.animate(
      [{ height: `${node.offsetHeight}px`, opacity: 1 }, { height: "0px", marginTop: "0px", opacity: 0 }],
      { duration: LEAVE_MS, easing: "ease-in", fill: "forwards" },
    );
    motion.onfinish = done;
    return undefined;
  }

  /** Up and down, Home and End move between messages for people without a mouse. */
  #walk(event) {
    if (!event.target.classList?.contains("message")) return;
    const nodes = [...this.list.querySelectorAll(".message")];
    const here = nodes.indexOf(event.target);
    const to = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: nodes.length - 1 }[event.key];
    if (to === undefined || !nodes[to]) return;
    event.preventDefault();
    nodes[to].focus();
    nodes[to].scrollIntoView({ block: "nearest" });
  }
}
