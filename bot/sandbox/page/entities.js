/**
 * Text with Telegram's entities as DOM nodes. Offsets are UTF-16 units, which is what a JavaScript string counts in.
 *
 * What a tap does is handed in as `taps`: { command(text), code(text), start(payload) }; this file sends nothing.
 */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { makeExpandable } from "./quotes.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
const SIMPLE_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

/** Nodes for `text`. `botName` is the bot's @name, whose deep links start the bot instead of leaving the page. */
export function renderText(text, entities, { botName, taps }) {
  const context = { text, botName, taps };
  const spans = clean(entities ?? [], text.length);
  const root = document.createDocumentFragment();
  const open = []; // the entities around the present place, outermost first: { span, outer, inner }
  let blockEnded = false;
  const edges = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const [start, end] = [edges[i], edges[i + 1]];
    const around = spans.filter((span) => span.start <= start && span.end >= end);
    let shared = 0;
    while (shared < open.length && open[shared].span === around[shared]) shared += 1;
    if (open.splice(shared).some(({ span }) => BLOCKS.has(span.entity.type))) blockEnded = true;
    for (const span of around.slice(shared)) {
      const made = element(span, context);
      (open.at(-1)?.inner ?? root).append(made.outer);
      open.push({ span, ...made });
    }
    let piece = text.slice(start, end);
    // A block ends its own line, so the line break that follows it in the text would show as an empty line.
    if (blockEnded && piece.startsWith("\n")) piece = piece.slice(1);
    blockEnded = false;
    (open.at(-1)?.inner ?? root).append(piece);
  }
  return root;
}

/** Entities inside the text, blocks outermost, then the longer around the shorter. */
function clean(entities, length) {
  return entities
    .map((entity) => ({ entity, start: Math.max(0, entity.offset), end: Math.min(length, entity.offset + entity.length) }))
    .filter((span) => span.start < span.end)
    .sort((a, b) => rank(a) - rank(b) || a.start - b.start || b.end - a.end);
}

function rank(span) {
  return BLOCKS.has(span.entity.type) ? 0 : 1;
}

/** The node of one entity: `outer` goes into the page, `inner` takes what the entity covers. */
function element({ entity, start, end }, { text, botName, taps }) {
  const covered = text.slice(start, end);
  const simple = SIMPLE_TAGS[entity.type];
  if (simple) return same(el(simple));
  switch (entity.type) {
    case "code":
      return same(el("code", { class: "code", title: "Copy", on: { click: () => taps.code(covered) } }));
    case "pre":
      return preformatted(entity, covered, taps);
    case "text_link":
      return same(link(entity.url, botName, taps));
    case "url":
      return same(link(/^[a-z][a-z0-9+.-]*:/i.test(covered) ? covered : `https://${covered}`, botName, taps));
    case "email":
      return same(link(`mailto:${covered}`, botName, taps));
    case "phone_number":
      return same(link(`tel:${covered.replace(/[^+\d]/g, "")}`, botName, taps));
    case "bot_command":
      return same(el("button", { type: "button", class: "link", on: { click: () => taps.command(covered) } }));
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return same(el("span", { class: "link plain" }));
    case "spoiler":
      return spoiler();
    case "blockquote":
      return quote(false);
    case "expandable_blockquote":
      return quote(true);
    default:
      return same(el("span"));
  }
}

function same(node) {
  return { outer: node, inner: node };
}

function link(address, botName, taps) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return el("span");
  }
  if (!SAFE_SCHEMES.has(url.protocol)) return el("span");
  const payload = deepLink(url, botName);
  if (payload !== null) {
    return el("button", { type: "button", class: "link", on: { click: () => taps.start(payload) } });
  }
  return el("a", { class: "link", href: url.href, target: "_blank", rel: "noopener noreferrer" });
}

/** The start parameter of a t.me link to this very bot, "" where it has none; null for any other address. */
export function deepLink(url, botName) {
  if (url.hostname !== "t.me" || !botName) return null;
  if (url.pathname.slice(1).toLowerCase() !== botName.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

function preformatted(entity, covered, taps) {
  const inner = el("code");
  const click = () => taps.code(covered);
  const copy = el("button", { type: "button", class: "pre-copy", "aria-label": "Copy", on: { click } }, icon("copy"));
  const head = entity.language ? el("span", { class: "pre-head" }, el("span", { text: entity.language }), copy) : copy;
  return { outer: el("pre", { class: "pre", dir: "ltr" }, head, inner), inner };
}

function quote(expandable) {
  const inner = el("div", { class: "quote-text" });
  const outer = el("blockquote", { class: "quote", dir: "auto" }, inner);
  if (expandable) makeExpandable(outer, inner);
  return { outer, inner };
}

/** Covered text; a tap uncovers every covered text of the message, as in Telegram. */
function spoiler() {
  const inner = el("span", { "aria-hidden": "true", inert: true });
  const cover = { role: "button", tabindex: "0", "aria-label": "Hidden text. Press to show it." };
  const outer = el("span", { class: "spoiler", ...cover }, inner);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    for (const one of (outer.closest(".bubble") ?? document).querySelectorAll(".spoiler:not(.revealed)")) uncover(one);
  };
  outer.addEventListener("click", reveal, { once: true });
  outer.addEventListener("keydown", reveal);
  return { outer, inner };
}

function uncover(node) {
  node.classList.add("revealed");
  for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  node.firstElementChild.removeAttribute("aria-hidden");
  node.firstElementChild.removeAttribute("inert");
}
