/**
 * The two menus of the chat: what can be done with a message, and what can be attached. What the entries do is handed in.
 */

import { openMenu } from "./overlay.js";

const LONG_PRESS_MS = 450;
const SLIP_PX = 10;
const KEY_MENU_PX = 24; // a menu opened by key stands so far inside its message
const ATTACH_MENU_WIDTH_PX = 190;

/**
 * Opens a menu on right click, long press, the menu key or Shift+F10 on a message. `actions`: { edit, copy, remove },
 * called with the message, `copy` with its text.
 */
export function watchMessageMenu(list, findMessage, actions) {
  const open = (target, x, y) => {
    const node = target.closest?.(".message");
    const message = node && findMessage(Number(node.dataset.messageId));
    if (!message) return false;
    const entries = entriesFor(message, actions);
    if (entries.length === 0) return false;
    openMenu(entries, { x, y, opener: node });
    return true;
  };
  list.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a") || String(getSelection())) return; // the browser's own menu is of more use there
    const box = event.target.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    const [x, y] = byKey ? [box.left + KEY_MENU_PX, box.top + KEY_MENU_PX] : [event.clientX, event.clientY];
    if (open(event.target, x, y)) event.preventDefault();
  });
  watchLongPress(list, open);
}

function entriesFor(message, { edit, copy, remove }) {
  const entries = [];
  if (message.outgoing && message.text) entries.push({ label: "Edit", icon: "pencil", run: () => edit(message) });
  if (message.text ?? message.caption) entries.push({ label: "Copy", icon: "copy", run: () => copy(message.text ?? message.caption) });
  if (message.outgoing) entries.push({ label: "Delete", icon: "trash", danger: true, run: () => remove(message) });
  return entries;
}

function watchLongPress(list, open) {
  let [timer, start] = [0, null];
  const stop = () => clearTimeout(timer);
  list.addEventListener("touchstart", (event) => {
    stop();
    if (event.touches.length !== 1 || event.target.closest(".inline-button")) return;
    const [{ clientX: x, clientY: y }] = event.touches;
    start = { x, y };
    timer = setTimeout(() => open(event.target, x, y), LONG_PRESS_MS);
  }, { passive: true });
  list.addEventListener("touchmove", (event) => {
    const [{ clientX, clientY }] = event.touches;
    if (Math.hypot(clientX - start.x, clientY - start.y) > SLIP_PX) stop();
  }, { passive: true });
  list.addEventListener("touchend", stop);
  list.addEventListener("touchcancel", stop);
}

/** Opens the menu of things to attach on a press of `button`. `actions`: { media(kind), file(), location() }. */
export function watchAttachMenu(button, { media, file, location }) {
  const entries = [
    { label: "Photo", icon: "photo", run: () => media({ kind: "photo" }) },
    { label: "Sticker", icon: "sticker", run: () => media({ kind: "sticker" }) },
    { label: "Voice message", icon: "voice", run: () => media({ kind: "voice" }) },
    { label: "File", icon: "file", run: file },
    { label: "Location", icon: "pin", run: location },
  ];
  button.addEventListener("click", () => {
    const box = button.getBoundingClientRect();
    openMenu(entries, { x: box.right - ATTACH_MENU_WIDTH_PX, y: box.top - 8, opener: button });
  });
}
