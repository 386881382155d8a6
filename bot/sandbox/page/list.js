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
const READING_MS = 4_000; // what comes so soon after a press or a text is the answer to it
const READING_GAP_PX = 8;
// The answer that is coming in: its first message, the one whose button was pressed and whether that was the last.
const NO_ANSWER = { node: null, pressedId: null, pressedLast: false, timer: 0 };
const FLOATING_PX = 14; // a day's label further below the start of its day than its margin lies over the messages

export class MessageList {
  #items = []; // { order, date, node, message? }: messages and the quiet lines between them, in order
  #days = new Map();
  #stuck = true; // the person is at the end, so the list follows what comes
  #unread = 0;
  #restTimer = 0; // the day's label goes from over the text when the list rests
  #size = ""; // heights for which the position was last set right
  #ownTop = -1; // where this list scrolled to by itself
  #answer = NO_ANSWER;

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
      this.#size = this.#sizeNow();
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
    const topBefore = this.scroller.scrollTop;
    const isReworded = this.#answer.pressedId === message.message_id && this.find(message.message_id)?.text !== message.text;
    const isNew = this.#place(message);
    this.#arrange();
    const { node } = this.#itemOf(message.message_id);
    if (message.outgoing) this.#stuck ||= isNew;
    else if (isNew || isReworded) {
      if (!this.#answer.timer) this.#answer = { ...NO_ANSWER, node }; // nobody asked: a beginning of its own
      this.#answer.node ??= node;
      this.#stuck ||= this.#answer.pressedLast;
    }
    if (this.#stuck) this.#follow(topBefore);
    else if (isNew) this.#setUnread(this.#unread + 1);
    if (isNew) this.#enter(node);
    return isNew;
  }

  /**
   * The person has just written, or pressed a button of the message `pressedId`: what comes now is read from its
   * beginning, which is that message should it change.
   */
  expectAnswer(pressedId = null) {
    clearTimeout(this.#answer.timer);
    const timer = setTimeout(() => (this.#answer = NO_ANSWER), READING_MS);
    const last = this.#items.findLast((item) => item.message)?.message.message_id;
    this.#answer = { node: null, pressedId, pressedLast: pressedId === last, timer };
  }

  remove(messageIds) {
    for (const messageId of messageIds) {
      const item = this.#itemOf(messageId);
      if (!item) continue;
      this.#items.splice(this.#items.indexOf(item), 1);
      this.#leave(item.node);
    }
  }

  /** The place behind the last message, at the present time; for a line that is added later. */
  end() {
    return { order: Math.floor(this.#items.at(-1)?.order ?? 0) + 0.5, date: this.context.clock.now() };
  }

  /** A quiet line in the middle of the chat, such as "The bot was stopped and started again."; `place` is an `end()`. */
  addLine(text, place = this.end()) {
    const node = el("p", { class: "pill line", text, dataset: { testid: "service" } });
    const topBefore = this.scroller.scrollTop;
    const before = this.#items.findLastIndex((item) => item.order <= place.order);
    this.#items.splice(before + 1, 0, { ...place, node });
    this.#stuck = true;
    this.#arrange();
    this.#enter(node);
    this.#follow(topBefore);
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
    this.#scrollTo(this.#endTop(), smooth && !calm() ? "smooth" : "instant");
    this.toBottom.classList.remove("shown");
  }

  #scrollTo(top, behavior = "instant") {
    this.scroller.scrollTo({ top, behavior });
    this.#ownTop = behavior === "instant" ? this.scroller.scrollTop : -1;
  }

  #sizeNow() {
    return `${this.list.offsetHeight}/${this.scroller.clientHeight}`;
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
    if (Math.abs(this.scroller.scrollTop - this.#ownTop) < 1) return; // the person did not move, so no day is due
    this.scroller.classList.add("moving");
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.scroller.classList.remove("moving"), REST_MS);
  }

  /** Where the end is. From the list's own height, as a gliding list (see `#followEnd`) stretches scrollHeight. */
  #endTop() {
    return this.list.offsetHeight - this.scroller.clientHeight;
  }

  #readPosition() {
    if (this.#size !== this.#sizeNow()) return; // the keyboard came or a message grew: the observer will follow
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

  /**
   * Goes on to the end, but no further than to the beginning of a long answer, which is then read downwards. The
   * content glides there, so that a tall message does not arrive with a jerk.
   */
  #follow(topBefore) {
    const { node } = this.#answer;
    const beginning = node?.isConnected ? this.#topOf(node) - READING_GAP_PX : Infinity;
    if (beginning + BOTTOM_PX < this.#endTop()) { // for less, the buttons at the end are worth more than the first line
      this.#stuck = false;
      this.#scrollTo(beginning);
      this.#showButton();
    } else this.showEnd(false);
    const moved = this.scroller.scrollTop - topBefore;
    if (moved <= 0 || calm()) return;
    const start = Math.min(moved, this.scroller.clientHeight);
    const way = [{ transform: `translateY(${start}px)` }, { transform: "none" }];
    this.list.animate(way, { duration: MOVE_MS, easing: "ease-out" });
  }

  #topOf(node) {
    return node.getBoundingClientRect().top - this.list.getBoundingClientRect().top;
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
