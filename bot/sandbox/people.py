"""What a person does in Telegram's app, turned into messages and updates. The HTTP around it is `client_api`'s."""

import asyncio
from typing import Any

from bot.sandbox.callbacks import Callbacks
from bot.sandbox.checks import TEXT_UNITS
from bot.sandbox.markup import find_entities, utf16_length
from bot.sandbox.media import media_content
from bot.sandbox.methods import client_message
from bot.sandbox.state import Chat, Json, Person, State, StoredMessage
from bot.sandbox.updates import UpdateQueue


class Refused(Exception):
    """The app would not let the person do this: an HTTP ``status`` and a sentence."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class People:
    """Actions of people. Everything they do reaches the bot as Telegram would tell it."""

    def __init__(self, state: State, queue: UpdateQueue, callbacks: Callbacks, answer_seconds: float) -> None:
        self._state = state
        self._queue = queue
        self._callbacks = callbacks
        self._answer_seconds = answer_seconds

    def find(self, user_id: int) -> Person:
        """The person with this id. Raises `Refused` 404."""
        person = self._state.people.get(user_id)
        if person is None:
            raise Refused(404, "no such person: POST /sandbox/people first")
        return person

    def find_group(self, chat_id: int) -> Chat:
        """The group with this id. Raises `Refused` 404."""
        chat = self._state.groups.get(chat_id)
        if chat is None:
            raise Refused(404, "no such group: POST /sandbox/groups first")
        return chat

    def write(self, person: Person, text: str, reply_to: int | None = None) -> list[Json]:
        """Send a text, cut at 4096 units as the app does; the messages in order."""
        pieces = [piece for piece in (part.strip() for part in split_as_the_app_does(text)) if piece]
        if not pieces:
            raise Refused(400, "the text is empty")
        sent = []
        for piece in pieces:
            content: Json = {}
            replied = person.chat.messages.get(reply_to) if reply_to is not None else None
            if replied is not None:
                nested = {name: value for name, value in replied.api.items() if name != "reply_to_message"}
                content["reply_to_message"] = nested
            sent.append(self.send(person, content | _text_content(piece)))
        return sent

    def send(self, person: Person, content: Json) -> Json:
        """Send a message of any kind in the private chat; the message as a page shows it."""
        self._must_be_able_to_write(person)
        person.started = True
        stored = self._state.add_message(person.chat, person.user, content, outgoing=True)
        self._queue.add("message", stored.api, person.id)
        shown = client_message(stored)
        person.events.add({"type": "message", "message": shown})
        if person.reply_keyboard is not None and person.reply_keyboard.get("one_time_keyboard"):
            person.reply_keyboard = None
            person.events.add({"type": "reply_keyboard", "reply_keyboard": None})
        return shown

    def send_media(self, person: Person, given: Json) -> Json:
        """Send a sticker, photo, voice message or the like (`media`)."""
        try:
            content = media_content(self._state, person, given)
        except ValueError as error:
            raise Refused(400, str(error)) from None
        return self.send(person, content)

    def edit(self, person: Person, message_id: int, text: str) -> Json:
        """Change the text (or caption) of an own message."""
        stored = self._own_message(person, message_id)
        self._must_be_able_to_write(person)
        text = text.strip()
        if not text or utf16_length(text) > TEXT_UNITS:
            raise Refused(400, "the text is empty or too long")
        api = {name: value for name, value in stored.api.items() if name not in ("text", "entities")}
        if "text" in stored.api:
            api |= _text_content(text)
        else:
            api["caption"] = text
        api["edit_date"] = self._state.timestamp()
        stored.api = api
        self._queue.add("edited_message", api, person.id)
        shown = client_message(stored)
        person.events.add({"type": "edited", "message": shown})
        return shown

    def delete(self, person: Person, message_id: int) -> None:
        """Delete a message of the chat. Telegram does not tell the bot."""
        if person.chat.messages.pop(message_id, None) is None:
            raise Refused(404, "no such message")
        person.events.add({"type": "deleted", "message_ids": [message_id]})

    async def press(self, person: Person, message_id: int, data: str, *, forged: bool = False) -> Json:
        """Press an inline button and wait for the bot's answer.

        ``{"answered", "text", "show_alert", "url"}``, unanswered after the time the app waits.
        """
        stored = person.chat.messages.get(message_id)
        if stored is None or stored.outgoing:
            raise Refused(404, "no such message of the bot")
        if not forged and data not in _callback_data(stored):
            raise Refused(404, "no such button on the message")
        self._must_be_able_to_write(person)
        callback_id, answer = self._callbacks.open()
        query = {
            "id": callback_id,
            "from": person.user,
            "message": stored.api,
            "chat_instance": str(-9_000_000_000_000 - person.id),
            "data": data,
        }
        self._queue.add("callback_query", query, person.id)
        try:
            async with asyncio.timeout(self._answer_seconds):
                return await asyncio.shield(answer)
        except TimeoutError:
            return {"answered": False, "text": None, "show_alert": False, "url": None}

    def block(self, person: Person) -> None:
        """Block the bot; nothing happens when it is blocked already."""
        if not person.blocked:
            person.blocked = True
            self._membership(person, "member", "kicked")

    def unblock(self, person: Person) -> None:
        """Let the bot write again; nothing happens when it was not blocked."""
        if person.blocked:
            person.blocked = False
            self._membership(person, "kicked", "member")

    def deactivate(self, person: Person) -> None:
        """Delete the account. Telegram does not tell the bot."""
        person.deactivated = True

    def open_group(self, title: str, chat_id: int | None, user_id: int | None) -> Chat:
        """A group to which a person has just added the bot."""
        if chat_id is not None and (chat_id >= 0 or chat_id in self._state.groups):
            raise Refused(400, "chat_id must be negative and new")
        owner = self._state.person(user_id, "" if user_id else "Group owner")
        chat = self._state.group(title, chat_id)
        self._membership(owner, "left", "member", chat)
        added = {"new_chat_members": [self._state.bot.user]}
        stored = self._state.add_message(chat, owner.user, added, outgoing=True)
        self._queue.add("message", stored.api, chat.id)
        return chat

    def remove_bot(self, chat: Chat) -> None:
        """Throw the bot out of a group."""
        chat.bot_is_member = False
        self._membership(self._state.person(None, "Group owner"), "member", "kicked", chat)

    def write_in_group(self, chat: Chat, person: Person, text: str) -> Json:
        """Send a text in a group. The bot sees it as its privacy mode allows: commands and what speaks to it."""
        text = text.strip()
        if not text or utf16_length(text) > TEXT_UNITS:
            raise Refused(400, "the text is empty or too long")
        stored = self._state.add_message(chat, person.user, _text_content(text), outgoing=True)
        bot = self._state.bot
        spoken_to = text.startswith("/") or f"@{bot.username}".lower() in text.lower()
        if chat.bot_is_member and (spoken_to or bot.reads_all_group_messages):
            self._queue.add("message", stored.api, chat.id)
        return client_message(stored)

    def _must_be_able_to_write(self, person: Person) -> None:
        if person.deactivated:
            raise Refused(409, "the account is deleted")
        if person.blocked:
            raise Refused(409, "the person has blocked the bot: unblock first")

    def _own_message(self, person: Person, message_id: int) -> StoredMessage:
        stored = person.chat.messages.get(message_id)
        if stored is None or not stored.outgoing:
            raise Refused(404, "no such message of the person")
        return stored

    def _membership(self, person: Person, before: str, now: str, chat: Chat | None = None) -> None:
        bot = self._state.bot.user
        change = {
            "chat": (chat or person.chat).info,
            "from": person.user,
            "date": self._state.timestamp(),
            "old_chat_member": _member(bot, before),
            "new_chat_member": _member(bot, now),
        }
        self._queue.add("my_chat_member", change, (chat or person.chat).id)


def split_as_the_app_does(text: str) -> list[str]:
    """`text` in pieces of at most 4096 UTF-16 units; no piece ends within a character."""
    if utf16_length(text) <= TEXT_UNITS:
        return [text]
    pieces: list[str] = []
    start = units = 0
    for index, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1
        if units + width > TEXT_UNITS:
            pieces.append(text[start:index])
            start, units = index, 0
        units += width
    pieces.append(text[start:])
    return pieces


def _text_content(text: str) -> Json:
    entities = find_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _callback_data(stored: StoredMessage) -> set[str]:
    rows: list[list[Any]] = stored.api.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


def _member(bot: Json, status: str) -> Json:
    """The ChatMember of the bot; ``until_date`` 0 means for ever."""
    member: Json = {"user": bot, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    return member
