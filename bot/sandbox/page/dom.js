/**
 * Building of DOM nodes. Text only ever enters the page as text nodes, so nothing written in the chat can become markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * One element. `props`: class, text, dataset, on (event -> listener); anything else is an attribute, null and false are
 * left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** One SVG element with attributes. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The element with this id; a missing one is a fault of index.html and is said so. */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`index.html has no #${id}`);
  return node;
}

/** True when the person asked their system for less motion. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** True where fingers are the main pointer: Enter makes a new line there, and focus would open the keyboard. */
export function touch() {
  return matchMedia("(pointer: coarse)").matches;
}
