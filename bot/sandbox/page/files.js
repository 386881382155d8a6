/**
 * Choosing a file of one's own machine and reading it, so that it can be sent as Telegram's app sends a document.
 */

import { el } from "./dom.js";

/** What opens the choice of a file; `send` is called with the media of each file chosen. */
export function fileChooser(send) {
  const input = el("input", {
    type: "file", hidden: true, "aria-label": "File to send", dataset: { testid: "file-input" },
    on: {
      change: async () => {
        const [file] = input.files;
        if (!file) return;
        const media = { kind: "document", filename: file.name, content_base64: await asBase64(file) };
        input.value = ""; // so that the same file can be chosen again after it was mended
        send(media);
      },
    },
  });
  document.body.append(input);
  return () => input.click();
}

/** The bytes of a file, as JSON can carry them. */
function asBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
