/**
 * One message as DOM: bubble, media, text, time, ticks, and the buttons under it. Where it stands is list.js's business.
 */

import { el } from "./dom.js";
import { renderText } from "./entities.js";
import { icon, ticks } from "./icons.js";
import { renderMedia } from "./media.js";
import { expandedTexts, reopen } from "./quotes.js";

// Pictures, skin tones, flags, joiners, keycaps, and the tags of regional flags.
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3]|[0-9#*](?=\ufe0f?\u20e3)|[\u{e0020}-\u{e007f}])+$/u;
const LARGE_EMOJI_LIMIT = 3;

/** The node of a message, still empty; `draw` fills it, now and after every edit. */
export function createMessageNode(message) {
  return el("article", {
    class: `message ${message.outgoing ? "out" : "in"}`,
    tabindex: "-1",
    dataset: { testid: "message", messageId: message.message_id, outgoing: String(Boolean(message.outgoing)) },
  });
}

/** Draws `message` into its node. `context`: { botName, name, taps, clock, onPress(message, button, node) }. */
export function draw(node, message, context) {
  const expanded = expandedTexts(node);
  const focused = focusedButton(node);
  const bubble = el("div", { class: "bubble" });
  const media = renderMedia(message);
  const text = message.text ?? message.caption ?? "";
  const large = media ? 0 : largeEmoji(text, message);
  if (message.reply_to_message) bubble.append(replied(message.reply_to_message, context));
  if (media) bubble.append(media);
  if (text) {
    const words = el("div", { class: large ? `text large-${large}` : "text", dir: "auto" });
    words.append(renderText(text, message.entities ?? message.caption_entities, context));
    bubble.append(words);
  }
  const bare = Boolean(message.sticker) || large > 0;
  (text && !bare ? bubble.lastElementChild : bubble).append(meta(message, context.clock, node.dataset.seen === "true"));
  const rows = message.reply_markup?.inline_keyboard ?? [];
  node.classList.toggle("bare", bare);
  node.classList.toggle("pictured", Boolean(message.photo || message.location));
  node.classList.toggle("with-keyboard", rows.length > 0);
  node.setAttribute("aria-label", `${message.outgoing ? "You" : context.name}, ${context.clock.time(sentAt(message))}`);
  node.replaceChildren(bubble, ...(rows.length ? [keyboard(message, rows, context)] : []));
  reopen(node, expanded);
  if (focused) restoreFocus(node, focused);
}

/** Writes the time of the message anew, after the zone of the person has become known. */
export function redrawTime(node, message, clock) {
  node.querySelector(".meta time").textContent = clock.time(sentAt(message));
}

/** Sets one tick or two on an own message. */
export function setSeen(node, seen) {
  if (node.dataset.seen === String(seen)) return;
  node.dataset.seen = String(seen);
  node.querySelector(".meta .ticks")?.replaceWith(ticks(seen ? 2 : 1));
}

/** When the message was sent. */
export function sentAt(message) {
  return new Date(message.date * 1000);
}

/** 1 to 3 for a text of so many emoji and nothing else, else 0. */
function largeEmoji(text, message) {
  const entities = (message.entities ?? []).filter((entity) => entity.type !== "custom_emoji");
  if (!text || text.length > 48 || entities.length || !EMOJI.test(text) || /^[\u200d\ufe0f]+$/.test(text)) return 0;
  const count = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].length;
  return count <= LARGE_EMOJI_LIMIT ? count : 0;
}

/** What this message replies to, in one line; a press goes there. */
function replied(message, context) {
  const words = message.text ?? message.caption ?? "Message";
  const own = !message.from?.is_bot;
  const go = () => {
    const node = document.querySelector(`.message[data-message-id="${Number(message.message_id)}"]`);
    node?.scrollIntoView({ block: "center" });
    node?.focus({ preventScroll: true });
  };
  return el(
    "button",
    { type: "button", class: "replied", on: { click: go } },
    el("strong", { text: own ? "You" : context.name }),
    el("span", { dir: "auto", text: words }),
  );
}

function meta(message, clock, seen) {
  const date = sentAt(message);
  const parts = el("span", { class: "meta" });
  if (message.edited || message.edit_date) parts.append(el("span", { class: "edited", text: "edited" }));
  parts.append(el("time", { datetime: date.toISOString(), title: clock.dayAndTime(date), text: clock.time(date) }));
  if (message.outgoing) parts.append(ticks(seen ? 2 : 1));
  return parts;
}

function keyboard(message, rows, context) {
  const board = el("div", { class: "keyboard", role: "group", "aria-label": "Buttons" });
  for (const row of rows) {
    const line = el("div", { class: "keyboard-row" });
    for (const button of row) line.append(inlineButton(message, button, context));
    board.append(line);
  }
  return board;
}

function inlineButton(message, button, context) {
  const label = el("span", { class: "inline-label", dir: "auto", text: button.text });
  const dataset = { testid: "inline-button", messageId: message.message_id };
  if (button.url) {
    const safe = /^(https?|tg):/i.test(button.url);
    const leaving = { href: safe ? button.url : null, target: "_blank", rel: "noopener noreferrer" };
    return el("a", { class: "inline-button", ...leaving, title: button.text, dataset }, label, icon("outward"));
  }
  const spinner = el("span", { class: "spinner", "aria-hidden": "true" });
  const node = el("button", { type: "button", class: "inline-button", title: button.text, dataset }, label, spinner);
  node.addEventListener("click", () => context.onPress(message, button, node));
  return node;
}

/** Place of the focused inline button as an index, so that an edit does not throw the keyboard's user out; null if none. */
function focusedButton(node) {
  const buttons = [...node.querySelectorAll(".inline-button")];
  const index = buttons.indexOf(document.activeElement);
  return index < 0 ? null : { index };
}

function restoreFocus(node, { index }) {
  const buttons = node.querySelectorAll(".inline-button");
  (buttons[Math.min(index, buttons.length - 1)] ?? node).focus({ preventScroll: true });
}
