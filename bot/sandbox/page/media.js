/**
 * What a message can hold besides text: documents, stickers, photos, voice, places. Drawn here, never fetched from
 * elsewhere.
 */

import { fileAddress } from "./api.js";
import { el, svg } from "./dom.js";
import { icon } from "./icons.js";
import { nearestPlace } from "./places.js";

/** Kinds that have no drawing of their own here; their name says enough to see how the bot takes them. */
const OTHER_KINDS = ["video", "video_note", "animation", "audio", "contact", "poll", "venue", "story"];
const WAVE = [5, 9, 14, 8, 17, 11, 20, 13, 7, 15, 19, 10, 6, 12, 18, 9, 14, 7, 11, 16, 8, 5, 10, 6];

/** The node for the media of `message`, or null where it has none. */
export function renderMedia(message) {
  if (message.document) return documentCard(message.document);
  if (message.sticker) return stickerView(message.sticker);
  if (message.photo) return photoView(message);
  if (message.voice) return voiceView(message.voice);
  if (message.location) return locationView(message.location);
  if (message.dice) return stickerView(message.dice);
  const other = OTHER_KINDS.find((kind) => message[kind]);
  return other ? el("div", { class: "other", text: other.replace("_", " ") }) : null;
}

function documentCard(file) {
  const name = file.file_name ?? "file";
  const ending = name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "";
  const kind = ending ? el("span", { class: "document-ending", text: ending }) : icon("file");
  return el(
    "a",
    {
      class: "document", href: fileAddress(file.file_id), download: name, dataset: { testid: "document" },
      "aria-label": `Download ${name}, ${fileSize(file.file_size)}`,
    },
    el("span", { class: "document-icon" }, kind, icon("download")),
    el(
      "span",
      { class: "document-words" },
      el("span", { class: "document-name", dir: "auto", text: name }),
      el("span", { class: "document-size", text: fileSize(file.file_size) }),
    ),
  );
}

/** `2.4 KB`, as Telegram writes it. */
export function fileSize(bytes) {
  if (bytes === undefined || bytes === null) return "";
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

function stickerView(sticker) {
  const emoji = sticker.emoji ?? "🙂";
  return el("div", { class: "sticker", role: "img", "aria-label": `Sticker ${emoji}`, text: emoji });
}

function photoView(message) {
  const frame = el("div", { class: "photo", role: "img", "aria-label": "Photo" }, landscape());
  const largest = message.photo.at?.(-1);
  if (!message.outgoing && largest?.file_id) {
    // The person's own photos are made up by the sandbox; only the bot's have a picture behind them.
    const picture = el("img", { src: fileAddress(largest.file_id), alt: "Photo" });
    picture.addEventListener("load", () => frame.replaceChildren(picture));
  }
  return frame;
}

function landscape() {
  return svg(
    "svg",
    { viewBox: "0 0 280 180", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" },
    svg("rect", { width: 280, height: 180, class: "sky" }),
    svg("circle", { cx: 214, cy: 52, r: 20, class: "disc" }),
    svg("path", { d: "M0 140 L70 78 L118 122 L170 66 L280 150 V180 H0 Z", class: "far" }),
    svg("path", { d: "M0 164 C60 132 110 158 160 146 S250 140 280 158 V180 H0 Z", class: "near" }),
  );
}

function voiceView(voice) {
  const seconds = voice.duration ?? 0;
  const wave = svg("svg", { viewBox: `0 0 ${WAVE.length * 5} 24`, class: "wave", "aria-hidden": "true" });
  WAVE.forEach((height, i) => wave.append(svg("rect", { x: i * 5, y: 22 - height, width: 3, height, rx: 1.5 })));
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return el(
    "div",
    { class: "voice", role: "img", "aria-label": `Voice message, ${length}` },
    el("span", { class: "voice-play" }, icon("play")),
    el("span", { class: "voice-words" }, wave, el("span", { class: "voice-length", text: length })),
  );
}

function locationView(location) {
  const place = nearestPlace(location.latitude, location.longitude);
  const coordinates = `${location.latitude.toFixed(3)}, ${location.longitude.toFixed(3)}`;
  return el(
    "div",
    { class: "location", role: "img", "aria-label": `Location: ${place ?? coordinates}` },
    el("div", { class: "map" }, streets(), el("span", { class: "map-pin" }, icon("pin"))),
    el("div", { class: "location-words" }, el("strong", { text: place ?? "Location" }), el("span", { text: coordinates })),
  );
}

function streets() {
  return svg(
    "svg",
    { viewBox: "0 0 260 130", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" },
    svg("rect", { width: 260, height: 130, class: "land" }),
    svg("path", { d: "M0 96 C60 70 90 120 150 92 S230 60 260 78 V130 H0 Z", class: "water" }),
    svg("path", { d: "M20 0 L84 130 M118 0 L140 130 M226 0 L192 130 M0 34 L260 20 M0 74 L260 52", class: "street" }),
  );
}
