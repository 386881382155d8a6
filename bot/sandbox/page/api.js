/**
 * Talking to the sandbox server: JSON requests and the stream of events. Draws nothing.
 */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/** The server refused or was not there. `status` 0: it was not there. */
export class SandboxError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new SandboxError(0, "The demo does not answer. Is it still running?");
  }
  const text = await response.text();
  let answer = {};
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    answer = {};
  }
  if (!response.ok) {
    throw new SandboxError(response.status, sentence(answer.error ?? "that did not work"));
  }
  return answer;
}

/** The server's reason as people read it: with a capital and a full stop. */
function sentence(reason) {
  return reason.charAt(0).toUpperCase() + reason.slice(1) + (/[.?]$/.test(reason) ? "" : ".");
}

/** A new person for the sandbox; the server chooses the id. */
export function createPerson(firstName) {
  return request("POST", "/sandbox/people", { first_name: firstName, language_code: navigator.language.split("-")[0] });
}

/** Name, description and commands of the bot. */
export function readBot() {
  return request("GET", "/sandbox/bot");
}

/** Where a file that somebody sent can be downloaded. */
export function fileAddress(fileId) {
  return `/sandbox/files/${encodeURIComponent(fileId)}`;
}

/** Everything one person can do in the chat. Every call may raise SandboxError. */
export class Person {
  constructor(userId) {
    this.userId = userId;
    this.root = `/sandbox/people/${encodeURIComponent(userId)}`;
  }

  /** Whether the server knows this person; a demo that was started anew has forgotten everybody. */
  async isKnown() {
    const { people } = await request("GET", "/sandbox/people");
    return people.some((person) => person.user_id === this.userId);
  }

  messages() {
    return request("GET", `${this.root}/messages`);
  }

  send(text) {
    return request("POST", `${this.root}/messages`, { text });
  }

  edit(messageId, text) {
    return request("PATCH", `${this.root}/messages/${messageId}`, { text });
  }

  remove(messageId) {
    return request("DELETE", `${this.root}/messages/${messageId}`);
  }

  press(messageId, data) {
    return request("POST", `${this.root}/press`, { message_id: messageId, data });
  }

  shareLocation(latitude, longitude) {
    return request("POST", `${this.root}/location`, { latitude, longitude });
  }

  sendMedia(media) {
    return request("POST", `${this.root}/media`, media);
  }

  block() {
    return request("POST", `${this.root}/block`);
  }

  unblock() {
    return request("POST", `${this.root}/unblock`);
  }

  panel() {
    return request("GET", `/sandbox/panel?user_id=${encodeURIComponent(this.userId)}`);
  }

  act(action) {
    return request("POST", "/sandbox/panel", { action, user_id: this.userId });
  }
}

/**
 * The stream of events, held open for as long as the page lives.
 *
 * Before every connection `synchronise` is awaited: it brings the page up to date and returns the number of the last
 * event it knows of. So a lost connection, a sleeping laptop and a restarted server are all mended the same way.
 */
export class EventFeed {
  #source = null;
  #closed = false;
  #wake = () => {};

  constructor({ address, synchronise, onEvent, onState }) {
    this.address = address;
    this.synchronise = synchronise;
    this.onEvent = onEvent;
    this.onState = onState;
    this.#listen = () => this.#wake();
    addEventListener("online", this.#listen);
    document.addEventListener("visibilitychange", this.#listen);
  }

  #listen;

  async run() {
    let wait = FIRST_WAIT_MS;
    while (!this.#closed) {
      try {
        const after = await this.synchronise();
        if (this.#closed) return;
        await this.#follow(after, () => {
          wait = FIRST_WAIT_MS;
          this.onState(true);
        });
      } catch (error) {
        if (!(error instanceof SandboxError)) console.error(error);
      }
      if (this.#closed) return;
      this.onState(false);
      await this.#pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  close() {
    this.#closed = true;
    this.#source?.close();
    removeEventListener("online", this.#listen);
    document.removeEventListener("visibilitychange", this.#listen);
    this.#wake();
  }

  /** Resolves when the connection ends, for whatever reason. */
  #follow(after, onOpen) {
    return new Promise((resolve) => {
      const source = new EventSource(`${this.address()}?after=${after}`);
      this.#source = source;
      source.onopen = onOpen;
      source.onmessage = (event) => {
        if (!this.#closed) this.onEvent(JSON.parse(event.data));
      };
      source.onerror = () => {
        source.close();
        resolve();
      };
    });
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
