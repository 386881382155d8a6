/**
 * The sandbox's time, as the page knows it, and how times and days are written.
 *
 * The only module that reads the browser's clock; the truth is the server's, this one runs on from its last word.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The clock of the sandbox: an instant from the server plus the time that has passed since. */
export class SandboxClock {
  #serverMs = Date.now();
  #readAtMs = performance.now();
  #zone = null;
  #formats = new Map();

  /** Takes the server's word. `iso`: UTC instant; `zone`: IANA name, or null for the browser's own zone. */
  set(iso, zone) {
    const instant = Date.parse(iso);
    if (!Number.isNaN(instant)) {
      this.#serverMs = instant;
      this.#readAtMs = performance.now();
    }
    if (zone !== undefined && zone !== this.#zone && isZone(zone)) {
      this.#zone = zone;
      this.#formats.clear();
      return true;
    }
    return false;
  }

  now() {
    return new Date(this.#serverMs + performance.now() - this.#readAtMs);
  }

  /** IANA name of the zone in which times are shown. */
  get zone() {
    return this.#zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  /** True when the bot knows the person's zone; else times are the browser's. */
  get zoneIsChosen() {
    return this.#zone !== null;
  }

  /** `08:30` */
  time(date) {
    return this.#format({ hour: "2-digit", minute: "2-digit" }).format(date);
  }

  /** `Tue 24 November` */
  longDay(date) {
    return this.#format({ weekday: "short", day: "numeric", month: "long" }).format(date).replace(",", "");
  }

  /** `Tue 24 Nov, 08:30` */
  dayAndTime(date) {
    const day = this.#format({ weekday: "short", day: "numeric", month: "short" }).format(date).replace(",", "");
    return `${day}, ${this.time(date)}`;
  }

  /** `2026-11-24`: equal for two instants of one local day. */
  dayKey(date) {
    const parts = this.#format({ year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(date);
    const value = (type) => parts.find((part) => part.type === type).value;
    return `${value("year")}-${value("month")}-${value("day")}`;
  }

  /** `Today`, `Yesterday`, `24 November`, with the year where it is another one. */
  dayLabel(date) {
    const today = Date.parse(this.dayKey(this.now()));
    const daysAgo = Math.round((today - Date.parse(this.dayKey(date))) / DAY_MS);
    if (daysAgo === 0) return "Today";
    if (daysAgo === 1) return "Yesterday";
    const sameYear = this.dayKey(date).slice(0, 4) === this.dayKey(this.now()).slice(0, 4);
    return this.#format({ day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(date);
  }

  /** `in 14 h`, `in 20 min`: how far off an instant is; null when it has passed. */
  ahead(date) {
    const minutes = Math.round((date - this.now()) / MINUTE_MS);
    if (minutes < 0) return null;
    if (minutes < 60) return `in ${minutes} min`;
    if (minutes < 48 * 60) return `in ${Math.round(minutes / 60)} h`;
    return `in ${Math.round(minutes / (24 * 60))} days`;
  }

  /** The time of day in another zone, now. */
  timeIn(zone) {
    return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(this.now());
  }

  #format(options) {
    const key = JSON.stringify(options);
    if (!this.#formats.has(key)) {
      this.#formats.set(key, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: this.zone }));
    }
    return this.#formats.get(key);
  }
}

function isZone(zone) {
  if (zone === null) return true;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
