/**
 * The page put together: one person's chat with the bot. The parts know nothing of each other; they meet here.
 */

import { EventFeed, SandboxError, readBot } from "./api.js";
import { SandboxClock } from "./clock.js";
import { CommandMenu } from "./commands.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { fileChooser } from "./files.js";
import { fillIcons } from "./icons.js";
import { MessageList } from "./list.js";
import { watchAttachMenu, watchMessageMenu } from "./menus.js";
import { alertBox, chooser, confirmBox, toast } from "./overlay.js";
import { Panel } from "./panel.js";
import { People } from "./people.js";
import { placeRows } from "./places.js";
import { ReplyKeyboard } from "./replies.js";

const PANEL_DELAY_MS = 400;
const LOST_DELAY_MS = 700;

class Chat {
  #person = null;
  #feed = null;
  #state = { started: false, blocked: false };
  #sending = Promise.resolve(); // texts leave in the order in which they were written
  #typingTimer = 0;
  #panelTimer = 0;
  #lostTimer = 0;
  #missed = 0; // messages that came while the page was in the background

  constructor() {
    this.people = new People();
    this.clock = new SandboxClock();
    this.context = {
      name: "Starling",
      botName: "",
      clock: this.clock,
      onPress: (message, button, node) => this.press(message, button, node),
      taps: {
        command: (text) => this.say(text),
        start: (payload) => this.say(payload ? `/start ${payload}` : "/start"),
        code: (text) => this.copy(text),
      },
    };
    this.list = new MessageList({
      scroller: byId("scroller"), list: byId("list"), toBottom: byId("to-bottom"), unread: byId("unread"),
      context: this.context,
    });
    this.commands = this.#makeCommands();
    this.composer = this.#makeComposer();
    this.keyboard = new ReplyKeyboard({
      board: byId("reply-keyboard"), toggle: byId("keyboard-toggle"), input: byId("input"),
      onText: (label) => this.say(label),
      onLocation: () => this.chooseLocation(),
    });
    this.panel = new Panel({
      clock: this.clock,
      onAction: (action) => this.act(action),
      onPerson: (which) => this.choosePerson(which),
      onBlock: () => this.setBlocked(!this.#state.blocked),
    });
    this.#watch();
  }

  #makeCommands() {
    return new CommandMenu({
      list: byId("command-list"), input: byId("input"), button: byId("command-menu"),
      onChoose: (command) => {
        this.composer.clear();
        this.say(command);
        this.composer.focus();
      },
    });
  }

  #makeComposer() {
    return new Composer({
      commands: this.commands,
      lastOwn: () => this.list.lastOwn(),
      onSend: (text) => this.sendText(text),
      onEdit: (message, text) => this.show(this.#person.edit(message.message_id, text)),
    });
  }

  #watch() {
    watchMessageMenu(byId("list"), (messageId) => this.list.find(messageId), {
      edit: (message) => this.composer.startEdit(message),
      copy: (text) => this.copy(text),
      remove: (message) => this.removeMessage(message),
    });
    const sendMedia = (media) => this.show(this.#person.sendMedia(media)).catch(() => {});
    watchAttachMenu(byId("attach"), {
      media: sendMedia,
      file: fileChooser(sendMedia),
      location: () => this.chooseLocation(),
    });
    byId("start").addEventListener("click", () => this.start());
    byId("theme-toggle").addEventListener("click", () => window.toggleTheme());
    document.addEventListener("themechange", labelTheme);
    labelTheme();
    document.addEventListener("keydown", (event) => this.#typeAnywhere(event));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#setMissed(0);
    });
  }

  /** Opens the chat of the chosen person and keeps it up to date. */
  open() {
    this.#feed?.close();
    this.list.clear();
    this.composer.clear();
    this.panel.showPerson(this.people.chosen);
    const feed = new EventFeed({
      address: () => `${this.#person.root}/events`,
      synchronise: () => this.#synchronise(feed),
      onEvent: (event) => this.onEvent(event),
      onState: (connected) => this.#showConnection(connected),
    });
    this.#feed = feed;
    feed.run();
  }

  /** Brings everything up to date; returns the number of the last event that is part of it. */
  async #synchronise(feed) {
    this.#person = await this.people.current();
    if (!(await this.#person.isKnown())) {
      this.people.forget();
      if (!this.list.isEmpty) toast("The demo was started anew, so the chat is empty again.");
      this.list.clear();
      this.#person = await this.people.current();
    }
    const answer = await this.#person.messages();
    const [bot, panel] = await Promise.all([readBot(), this.#person.panel()]);
    if (this.#feed !== feed) return answer.last_event; // another person was chosen meanwhile
    this.#showBot(bot);
    this.#showPanel(panel);
    this.list.replaceAll(answer.messages);
    this.keyboard.set(answer.reply_keyboard);
    this.#setState({ started: answer.started, blocked: answer.blocked });
    document.documentElement.dataset.ready = "true";
    return answer.last_event;
  }

  onEvent(event) {
    switch (event.type) {
      case "message":
        this.#onMessage(event.message);
        break;
      case "edited":
        this.list.put(event.message);
        if (!event.message.outgoing) this.#botWasAtWork();
        break;
      case "deleted":
        this.list.remove(event.message_ids);
        if (event.message_ids.includes(this.composer.editingId)) this.composer.leaveEdit();
        break;
      case "typing":
        this.#showTyping(event.seconds ?? 5);
        break;
      case "reply_keyboard":
        this.keyboard.set(event.reply_keyboard);
        break;
      case "commands":
        readBot().then((bot) => this.#showBot(bot), () => {});
        break;
      case "time":
        if (this.clock.set(event.now)) this.list.redrawTimes();
        break;
      default:
    }
    this.#refreshPanelSoon();
  }

  #onMessage(message) {
    const isNew = this.list.put(message);
    if (message.outgoing) this.#setState({ started: true });
    else {
      this.#botWasAtWork();
      if (isNew && document.hidden) this.#setMissed(this.#missed + 1);
    }
    this.#setState({});
  }

  /** Shows what the server returned for something sent, should that be quicker than the event. */
  take(answer) {
    const messages = answer.messages ?? [answer.message ?? answer];
    for (const message of messages) {
      if (message.message_id && !this.list.find(message.message_id)) this.#onMessage({ outgoing: true, ...message });
    }
  }

  /** Waits for something sent and shows it. Raises as `attempt` does. */
  async show(request) {
    this.take(await this.attempt(request));
  }

  /** The answer to a request; on failure says so and raises again. */
  async attempt(request) {
    try {
      return await request;
    } catch (error) {
      toast(error instanceof SandboxError ? error.message : "That did not work. Try again.");
      throw error;
    }
  }

  /** Sends a text that is not in the field, so that there is nothing to put back when it fails. */
  say(text) {
    this.sendText(text).catch(() => {});
  }

  sendText(text) {
    this.list.showEnd(false);
    this.list.expectAnswer();
    const sent = this.#sending.then(() => this.show(this.#person.send(text)));
    this.#sending = sent.catch(() => {});
    return sent;
  }

  start() {
    if (this.#state.blocked) return this.setBlocked(false);
    const address = new URL(location.href);
    const payload = address.searchParams.get("start");
    address.searchParams.delete("start");
    history.replaceState(null, "", address);
    return this.sendText(payload ? `/start ${payload}` : "/start").then(() => {
      this.#setState({ started: true });
      this.composer.focus();
    }, () => {});
  }

  async press(message, button, node) {
    if (node.classList.contains("waiting")) return;
    node.classList.add("waiting");
    node.setAttribute("aria-busy", "true");
    this.list.expectAnswer(message.message_id);
    try {
      const answer = await this.attempt(this.#person.press(message.message_id, button.callback_data));
      if (answer.text) {
        if (answer.show_alert) alertBox(this.context.name, answer.text);
        else toast(answer.text);
      }
    } catch {
      // attempt() has said it
    } finally {
      node.classList.remove("waiting");
      node.removeAttribute("aria-busy");
    }
  }

  async chooseLocation() {
    const place = await chooser(
      "Share a location", "The demo does not ask your browser where you are. Share the location of:",
      (choose) => placeRows(this.clock, choose),
    );
    if (!place) return;
    await this.show(this.#person.shareLocation(place.latitude, place.longitude)).catch(() => {});
  }

  async removeMessage(message) {
    const consequence = "Telegram does not tell a bot about deletions, so what it has noted stays noted.";
    if (!(await confirmBox("Delete this message?", consequence, "Delete"))) return;
    const { message_id: messageId } = message;
    await this.attempt(this.#person.remove(messageId)).then(() => this.list.remove([messageId]), () => {});
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied to the clipboard.");
    } catch {
      toast("The browser does not allow copying here.");
    }
  }

  /** Moves time on or restarts the bot; the answer's sentence becomes a line in the chat. */
  async act(action) {
    const place = this.list.end(); // before all that comes of it
    this.list.showEnd(false);
    this.list.expectAnswer();
    let answer;
    try {
      answer = await this.#person.act(action);
    } catch (error) {
      toast(error.message);
      return { message: error.message, ok: false };
    }
    if (answer.now && this.clock.set(answer.now)) this.list.redrawTimes();
    const message = answer.message ?? `The clock now shows ${this.clock.dayAndTime(this.clock.now())}.`;
    this.list.addLine(message, place);
    this.#refreshPanelSoon();
    return { message, ok: answer.ok !== false };
  }

  choosePerson(which) {
    if (which === this.people.chosen) return;
    this.people.choose(which);
    this.open();
  }

  async setBlocked(blocked) {
    await this.attempt(blocked ? this.#person.block() : this.#person.unblock()).then(() => {
      this.#setState({ blocked });
      this.list.addLine(blocked ? "You blocked the bot." : "You unblocked the bot.");
      this.#refreshPanelSoon();
      if (!blocked) this.composer.focus();
    }, () => {});
  }

  #setState(change) {
    Object.assign(this.#state, change);
    const { started, blocked } = this.#state;
    const deepLink = new URL(location.href).searchParams.has("start");
    const fresh = !started && this.list.isEmpty;
    const bar = blocked || fresh || deepLink;
    byId("start-card").hidden = !fresh || blocked;
    byId("start-bar").hidden = !bar;
    byId("composer").hidden = bar;
    byId("start").textContent = blocked ? "UNBLOCK" : "START";
    this.panel.showBlocked(blocked);
  }

  #showBot(bot) {
    this.context.name = bot.first_name || "Starling";
    this.context.botName = bot.username ?? "";
    byId("bot-name").textContent = this.context.name;
    byId("start-text").textContent = bot.description || bot.short_description || "Press Start to begin.";
    this.commands.setCommands(bot.commands ?? []);
    this.#setMissed(this.#missed);
  }

  #showPanel(panel) {
    const before = this.clock.dayKey(this.clock.now());
    const zoneChanged = this.panel.show(panel);
    if (zoneChanged || before !== this.clock.dayKey(this.clock.now())) this.list.redrawTimes();
  }

  #refreshPanelSoon() {
    clearTimeout(this.#panelTimer);
    this.#panelTimer = setTimeout(() => {
      const person = this.#person;
      person.panel().then((panel) => person === this.#person && this.#showPanel(panel), () => {});
    }, PANEL_DELAY_MS);
  }

  #showTyping(seconds) {
    this.list.markSeen();
    const status = byId("status");
    status.textContent = "typing";
    status.classList.add("typing");
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#stopTyping(), seconds * 1000);
  }

  #stopTyping() {
    clearTimeout(this.#typingTimer);
    byId("status").textContent = "bot";
    byId("status").classList.remove("typing");
  }

  #botWasAtWork() {
    this.#stopTyping();
    this.list.markSeen();
  }

  /** A blink of the connection is not worth a word; a longer loss gets its bar. */
  #showConnection(connected) {
    clearTimeout(this.#lostTimer);
    if (connected) byId("connection").hidden = true;
    else this.#lostTimer = setTimeout(() => (byId("connection").hidden = false), LOST_DELAY_MS);
  }

  #setMissed(count) {
    this.#missed = count;
    document.title = count ? `(${count}) ${this.context.name}` : this.context.name;
  }

  /** Letters go into the text field wherever the focus is, as in Telegram's desktop app. */
  #typeAnywhere(event) {
    if (event.key === "Enter" && document.activeElement === document.body && !byId("start-bar").hidden) {
      event.preventDefault(); // or the text field, focused by then, takes it for a line
      this.start();
    }
    const elsewhere = document.activeElement.closest("textarea, dialog, .menu");
    if (elsewhere || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === " ") return;
    if (!byId("composer").hidden) byId("input").focus();
  }
}

function labelTheme() {
  const dark = document.documentElement.dataset.theme === "dark";
  byId("theme-toggle").setAttribute("aria-label", dark ? "Light theme" : "Dark theme");
}

fillIcons(document);
const chat = new Chat();
chat.open();
chat.composer.focus();
