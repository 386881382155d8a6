/**
 * The first minute with the demo: a list of what to try, ticked as it is done, and one tip where the panel is out of sight.
 */

const TIP_KEY = "starling.tip";
const TIP_MS = 15_000;

export class Guide {
  #done = new Set();
  #first = true;
  #wasSetUp = false;
  #timer = 0;

  /** `node` holds the list, one [data-step] each; `open()` opens the panel. */
  constructor({ node, tip, open }) {
    Object.assign(this, { node, tip });
    tip.addEventListener("click", open);
    document.addEventListener("pointerdown", (event) => {
      if (!tip.contains(event.target)) this.dropTip();
    });
    this.#draw();
  }

  /** Takes what the server knows, { start, answer }; `narrow`: the panel is out of sight. */
  show({ start, answer }, narrow) {
    for (const [step, done] of Object.entries({ start, answer })) {
      if (done) this.#done.add(step);
      else this.#done.delete(step); // somebody else is writing, or the demo was started anew
    }
    if (start && !this.#wasSetUp && !this.#first && narrow) this.#showTip();
    this.#wasSetUp = start;
    this.#first = false;
    this.#draw();
  }

  /** An action of the panel was done. */
  did(action) {
    this.#done.add(action);
    this.#draw();
  }

  dropTip() {
    clearTimeout(this.#timer);
    this.tip.hidden = true;
  }

  #showTip() {
    if (wasTold()) return;
    this.tip.hidden = false;
    this.#timer = setTimeout(() => this.dropTip(), TIP_MS);
  }

  #draw() {
    const steps = [...this.node.querySelectorAll("[data-step]")];
    const next = steps.find((step) => !this.#done.has(step.dataset.step));
    for (const step of steps) {
      step.classList.toggle("done", this.#done.has(step.dataset.step));
      if (step === next) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
    this.node.hidden = !next;
  }
}

/** Whether this browser has had the tip; from now on it has. */
function wasTold() {
  try {
    const told = localStorage.getItem(TIP_KEY) !== null;
    localStorage.setItem(TIP_KEY, "told");
    return told;
  } catch {
    return false; // without storage it comes once a page
  }
}
