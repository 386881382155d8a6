/**
 * What lies over the page for a moment: toasts, alerts, choices, menus.
 */

import { byId, el } from "./dom.js";
import { icon } from "./icons.js";

const SHORTEST_MS = 3_000;
const MS_A_CHARACTER = 55;
const EDGE_PX = 8;

/** A short notice at the top that goes by itself, or at a tap. */
export function toast(text) {
  const words = el("span", { dir: "auto", text });
  const node = el("div", { class: "toast", role: "status", dataset: { testid: "toast" } }, words);
  const place = byId("toasts");
  while (place.childElementCount > 1) place.firstElementChild.remove();
  place.append(node);
  const leave = () => {
    node.classList.add("leaving");
    setTimeout(() => node.remove(), 200);
  };
  node.addEventListener("click", leave);
  setTimeout(leave, Math.max(SHORTEST_MS, text.length * MS_A_CHARACTER));
}

/**
 * A window that stays until it is answered. `nodes(choose)` makes its content; `buttons`: [{ label, kind?, value,
 * testid }]. Resolves to the value; null when it was closed.
 */
function ask({ title, nodes, buttons, testid, wide }) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: wide ? "dialog wide" : "dialog", "aria-label": title, tabindex: "-1", dataset: { testid } });
    let value = null;
    const choose = (chosen) => {
      value = chosen;
      dialog.close();
    };
    const row = el("div", { class: "dialog-buttons" });
    for (const button of buttons) {
      row.append(el("button", {
        type: "button", class: `dialog-button ${button.kind ?? ""}`, text: button.label,
        dataset: { testid: `${testid}-${button.testid}` }, on: { click: () => choose(button.value) },
      }));
    }
    dialog.append(...nodes(choose), row);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(value);
    });
    document.body.append(dialog);
    dialog.showModal();
    if (wide) dialog.focus(); // a list is not entered by itself: the ring would stand around the whole of it
  });
}

/** What Telegram shows for an answer with show_alert. */
export function alertBox(title, text) {
  return ask({
    title,
    testid: "alert",
    nodes: () => [el("h2", { text: title }), el("p", { dir: "auto", text })],
    buttons: [{ label: "OK", value: true, testid: "ok" }],
  });
}

/** True when the person presses `label`. */
export async function confirmBox(title, text, label) {
  const answer = await ask({
    title,
    testid: "confirm",
    nodes: () => [el("h2", { text: title }), el("p", { text })],
    buttons: [{ label: "Cancel", value: false, testid: "cancel" }, { label, kind: "danger", value: true, testid: "ok" }],
  });
  return answer === true;
}

/** A list to choose from. `rows(choose)` makes the nodes. Resolves to what was chosen; null for none. */
export function chooser(title, text, rows) {
  return ask({
    title,
    testid: "chooser",
    wide: true,
    nodes: (choose) => [el("h2", { text: title }), el("p", { text }), el("div", { class: "chooser-rows" }, ...rows(choose))],
    buttons: [{ label: "Cancel", value: null, testid: "cancel" }],
  });
}

/**
 * A menu at a point, given back to `opener` when it closes: by a choice, Escape or a press elsewhere.
 * `entries`: [{ label, icon, danger?, run }].
 */
export function openMenu(entries, { x, y, opener }) {
  for (const old of document.querySelectorAll(".menu, .menu-veil")) old.remove();
  const veil = el("div", { class: "menu-veil" });
  const menu = el("div", { class: "menu", role: "menu", dataset: { testid: "menu" } });
  const close = () => {
    veil.remove();
    menu.remove();
    opener?.setAttribute("aria-expanded", "false");
  };
  for (const entry of entries) {
    const run = () => {
      close();
      opener?.focus({ preventScroll: true });
      entry.run();
    };
    const props = { type: "button", role: "menuitem", class: entry.danger ? "danger" : "", on: { click: run } };
    menu.append(el("button", props, icon(entry.icon), el("span", { text: entry.label })));
  }
  veil.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    close();
  });
  veil.addEventListener("contextmenu", (event) => event.preventDefault());
  menu.addEventListener("keydown", (event) => walkMenu(event, menu, () => {
    close();
    opener?.focus();
  }));
  document.body.append(veil, menu);
  opener?.setAttribute("aria-expanded", "true");
  const left = Math.min(x, innerWidth - menu.offsetWidth - EDGE_PX);
  const top = y + menu.offsetHeight + EDGE_PX > innerHeight ? y - menu.offsetHeight : y;
  menu.style.left = `${Math.max(EDGE_PX, left)}px`;
  menu.style.top = `${Math.max(EDGE_PX, top)}px`;
  menu.firstElementChild.focus({ preventScroll: true });
}

function walkMenu(event, menu, leave) {
  const items = [...menu.children];
  const here = items.indexOf(document.activeElement);
  if (event.key === "Escape" || event.key === "Tab") leave();
  else if (event.key === "ArrowDown") items[(here + 1) % items.length].focus();
  else if (event.key === "ArrowUp") items[(here - 1 + items.length) % items.length].focus();
  else return;
  event.preventDefault();
}
