/**
 * Expandable quotes: three lines until they are tapped, and a chevron only where there is more to see.
 */

import { calm, el } from "./dom.js";
import { icon } from "./icons.js";

const TURN_MS = 220;
const ROUNDING_PX = 2;

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) measure(target.closest(".quote"));
});

/** Lets `quote` collapse; `inner` is the node that holds its text. */
export function makeExpandable(quote, inner) {
  const toggle = el("button", { type: "button", class: "quote-toggle" }, icon("chevron"));
  quote.classList.add("expandable");
  quote.dataset.testid = "expandable";
  set(quote, toggle, false);
  quote.append(toggle);
  quote.addEventListener("click", (event) => {
    const own = event.target.closest("a, button, .spoiler:not(.revealed)");
    if ((own && own !== toggle) || quote.classList.contains("short")) return;
    if (String(getSelection()) && !own) return; // the person is marking text
    turn(quote, inner, toggle);
  });
  sizes.observe(inner);
}

/** Texts of the expanded quotes in `root`, for `reopen` after the message was drawn anew. */
export function expandedTexts(root) {
  const open = root.querySelectorAll(".quote.expandable[data-expanded=true] .quote-text");
  return new Set([...open].map((node) => node.textContent));
}

/** Expands the quotes in `root` whose text is in `texts`, without motion. */
export function reopen(root, texts) {
  for (const quote of root.querySelectorAll(".quote.expandable")) {
    const inner = quote.querySelector(".quote-text");
    if (texts.has(inner.textContent)) set(quote, quote.querySelector(".quote-toggle"), true);
  }
}

function set(quote, toggle, expanded) {
  quote.dataset.expanded = String(expanded);
  toggle.setAttribute("aria-expanded", String(expanded));
  toggle.setAttribute("aria-label", expanded ? "Show three lines of the quote" : "Show the whole quote");
}

function measure(quote) {
  if (!quote || quote.dataset.expanded === "true") return;
  const inner = quote.querySelector(".quote-text");
  quote.classList.toggle("short", inner.scrollHeight <= inner.clientHeight + ROUNDING_PX);
}

/** A long quote closes from its end, its beginning may be far above: go there, or the reader is lost. */
function keepInSight(quote) {
  const top = quote.closest(".scroller").getBoundingClientRect().top;
  if (quote.getBoundingClientRect().top < top) quote.scrollIntoView({ block: "start" });
}

function turn(quote, inner, toggle) {
  const expand = quote.dataset.expanded !== "true";
  quote.dispatchEvent(new CustomEvent("quoteturn", { bubbles: true }));
  const before = inner.offsetHeight;
  set(quote, toggle, expand);
  if (!expand) keepInSight(quote);
  if (calm()) return;
  const after = inner.offsetHeight;
  quote.classList.add("turning");
  const way = [{ maxHeight: `${before}px` }, { maxHeight: `${after}px` }];
  const motion = inner.animate(way, { duration: TURN_MS, easing: "ease-out" });
  motion.onfinish = motion.oncancel = () => quote.classList.remove("turning");
}
