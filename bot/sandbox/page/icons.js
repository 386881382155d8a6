/**
 * The icons of the page: strokes on a grid of 24, drawn in the colour of the text around them.
 */

import { svg } from "./dom.js";

const PATHS = {
  attach: "M20 11.5 12.2 19.3a5 5 0 0 1-7.1-7.1l8.1-8.1a3.4 3.4 0 0 1 4.8 4.8l-8 8a1.7 1.7 0 0 1-2.4-2.4l7.2-7.2",
  bell: "M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10M10 20a2.2 2.2 0 0 0 4 0",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M6 6l12 12",
  check: "M5 12.5l4.6 4.6L19.5 7",
  chevron: "M6 9.5l6 6 6-6",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2.2",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10.5v10.5H9zM5.5 15H4.5V4.5H15v1",
  day: "M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4M9.5 15h5M12.5 13l2 2-2 2",
  down: "M12 5v13M6 12.5l6 6 6-6",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5",
  keyboard: "M3.5 6.5h17v11h-17zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8.5 14h7",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M4.5 7h15M4.5 12h15M4.5 17h15",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10",
  outward: "M8 16L16.5 7.5M9.5 7.5h7v7",
  pencil: "M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3",
  photo: "M4 5.5h16v13H4zM4.5 16l4.5-4.5 4 4 2.5-2.5 4 4M15.5 9.2h.01",
  pin: "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11M12 8a2.2 2.2 0 1 0 0 4.4A2.2 2.2 0 0 0 12 8",
  restart: "M19.5 12a7.5 7.5 0 1 1-2.4-5.5M19.5 4v4.5H15",
  skip: "M5 6l7 6-7 6zM12 6l7 6-7 6zM20 6v12",
  sticker: "M20 13.5V7a3 3 0 0 0-3-3H7a3 3 0 0 0-3 3v10a3 3 0 0 0 3 3h6.5zM20 13.5h-3.5a3 3 0 0 0-3 3V20M9 9.5h.01M14.5 9.5h.01M8.5 13.5c1 1.2 2.2 1.6 3.5 1.4",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  voice: "M12 3.5a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
};

const FILLED = {
  play: "M8 5.5v13l11-6.5z",
  send: "M3.6 20.4 21.3 12.6a.7.7 0 0 0 0-1.2L3.6 3.6a.6.6 0 0 0-.8.8l2.6 6.2 8.6 1.4-8.6 1.4-2.6 6.2a.6.6 0 0 0 .8.8",
  quote: "M4 17h4l2.5-5V6H4v6h3zM13.5 17h4l2.5-5V6h-6.5v6h3z",
};

/** The icon of this name as an SVG node, hidden from screen readers: the button around it carries the words. */
export function icon(name) {
  const filled = FILLED[name];
  const path = filled ?? PATHS[name];
  if (!path) throw new Error(`no icon ${name}`);
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: filled ? "icon filled" : "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: path }),
  );
}

/** One tick (the sandbox has it) or two (the bot has been at work since). */
export function ticks(count) {
  const shape = svg("svg", { viewBox: "0 0 18 12", class: "ticks", role: "img", "aria-label": count === 2 ? "Seen" : "Sent" });
  shape.append(svg("path", { d: count === 2 ? "M1.5 6.5l3.4 3.5L11.5 2.5M8.2 9.6l.4.4 7.6-7.5" : "M4.5 6.5l3.4 3.5 7.1-7.5" }));
  return shape;
}

/** Puts the icons into the places that index.html keeps for them. */
export function fillIcons(root) {
  for (const place of root.querySelectorAll("[data-icon]")) {
    place.setAttribute("aria-hidden", "true");
    place.append(icon(place.dataset.icon));
  }
}
