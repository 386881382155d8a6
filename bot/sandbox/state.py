"""What the stand-in remembers: the bot, people, chats, messages, files and ids. Refuses nothing, sends nothing."""

import itertools
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.sandbox.events import EventLog

Json = dict[str, Any]
"""An object as it travels over HTTP. Messages are never changed in place: an edit stores a new one."""

KeyboardKind = Literal["none", "inline", "reply"]
"""What hangs below a message. "reply" covers ReplyKeyboardMarkup, ReplyKeyboardRemove and ForceReply."""

SUPERGROUP_ID_BELOW = -1_000_000_000_000
"""Ids of supergroups lie below, those of basic groups between this and zero (tdlib, DialogId)."""

FILES_KEPT = 500
"""Oldest files are forgotten beyond this, so that a load run does not grow without end."""


@dataclass(slots=True)
class StoredMessage:
    """A message of a chat: ``api`` in the Bot API's shape; ``outgoing`` is true when a person sent it."""

    api: Json
    outgoing: bool
    keyboard: KeyboardKind = "none"


@dataclass(slots=True)
class StoredFile:
    """A file that the bot or a person sent; ``path`` is what getFile answers as ``file_path``."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    content: bytes
    path: str


@dataclass(slots=True)
class Chat:
    """A chat with its messages, oldest first. ``info`` is the Chat object inside messages."""

    id: int
    info: Json
    messages: OrderedDict[int, StoredMessage] = field(default_factory=OrderedDict)
    last_message_id: int = 0
    bot_is_member: bool = True

    @property
    def is_private(self) -> bool:
        """True for the chat of the bot with one person."""
        return self.id > 0


@dataclass(slots=True)
class Person:
    """Somebody with a Telegram account, and their private chat with the bot.

    ``started`` becomes true with the first message: before it, the bot may not write.
    """

    id: int
    user: Json
    chat: Chat
    events: EventLog
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    reply_keyboard: Json | None = None


@dataclass(slots=True)
class BotProfile:
    """What the bot tells about itself. ``commands`` are kept by (scope as JSON, language code)."""

    token: str
    first_name: str
    username: str
    reads_all_group_messages: bool = False
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The bot's user id: the part of the token before the colon."""
        return int(self.token.partition(":")[0])

    @property
    def user(self) -> Json:
        """The bot as the sender of a message."""
        name = self.names.get("", self.first_name)
        return {"id": self.id, "is_bot": True, "first_name": name, "username": self.username}


class State:
    """Everything remembered, with the ids that Telegram would hand out."""

    def __init__(self, bot: BotProfile, now: Callable[[], datetime], history_limit: int | None) -> None:
        self.bot = bot
        self.now = now
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Chat] = {}
        self.watched: list[EventLog] = []
        self.files: OrderedDict[str, StoredFile] = OrderedDict()
        self.file_paths: dict[str, StoredFile] = {}
        self.complaints: list[str] = []
        self.requests: Counter[str] = Counter()
        self.answers: Counter[int] = Counter()
        self._history_limit = history_limit
        self._private_message_ids = itertools.count(1)
        self._person_ids = itertools.count(700_000_001)
        self._group_ids = itertools.count(1_600_000_001)
        self._file_ids = itertools.count(1)

    def person(self, user_id: int | None = None, first_name: str = "", language_code: str = "") -> Person:
        """The person with this id, made if unknown; None takes a fresh id."""
        if user_id is None:
            user_id = next(number for number in self._person_ids if number not in self.people)
        known = self.people.get(user_id)
        if known is None:
            name = first_name or "Person"
            user: Json = {"id": user_id, "is_bot": False, "first_name": name}
            chat = Chat(user_id, {"id": user_id, "first_name": name, "type": "private"})
            known = self.people[user_id] = Person(user_id, user, chat, EventLog())
        if first_name:
            known.user = {**known.user, "first_name": first_name}
            known.chat.info = {**known.chat.info, "first_name": first_name}
        if language_code:
            known.user = {**known.user, "language_code": language_code}
        return known

    def group(self, title: str, chat_id: int | None = None) -> Chat:
        """A new group that the bot is a member of; None takes a fresh supergroup id."""
        if chat_id is None:
            chat_id = SUPERGROUP_ID_BELOW - next(self._group_ids)
        kind = "supergroup" if chat_id < SUPERGROUP_ID_BELOW else "group"
        chat = self.groups[chat_id] = Chat(chat_id, {"id": chat_id, "title": title, "type": kind})
        return chat

    def chat(self, chat_id: int) -> Chat | None:
        """The private chat or group with this id; None if there is none."""
        if chat_id > 0:
            person = self.people.get(chat_id)
            return person.chat if person is not None else None
        return self.groups.get(chat_id)

    def timestamp(self) -> int:
        """The sandbox's present as Telegram writes it: whole seconds since 1970."""
        return int(self.now().timestamp())

    def add_message(
        self, chat: Chat, sender: Json, content: Json, *, outgoing: bool, keyboard: KeyboardKind = "none"
    ) -> StoredMessage:
        """The message made of `content`, kept in `chat`.

        Private chats and basic groups share one row of ids, a supergroup has its own.
        """
        own_ids = chat.id < SUPERGROUP_ID_BELOW
        message_id = chat.last_message_id + 1 if own_ids else next(self._private_message_ids)
        chat.last_message_id = message_id
        base = {"message_id": message_id, "from": sender, "chat": chat.info, "date": self.timestamp()}
        stored = StoredMessage({**base, **content}, outgoing, keyboard)
        chat.messages[message_id] = stored
        if self._history_limit is not None and len(chat.messages) > self._history_limit:
            chat.messages.popitem(last=False)
        return stored

    def add_file(self, name: str, mime_type: str, content: bytes, folder: str = "documents") -> StoredFile:
        """The file, kept under fresh ids."""
        number = next(self._file_ids)
        ending = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{folder}/file_{number}.{ending}"
        file = StoredFile(f"BQACAgIAAxkDAAI{number:08d}", f"AgAD{number:08d}", name, mime_type, content, path)
        self.files[file.file_id] = file
        self.file_paths[path] = file
        if len(self.files) > FILES_KEPT:
            _, oldest = self.files.popitem(last=False)
            del self.file_paths[oldest.path]
        return file

    def watch(self, log: EventLog) -> None:
        """From now on `log` also gets what is told to everybody."""
        if not log.watched:
            log.watched = True
            self.watched.append(log)

    def tell_everybody(self, event: Json) -> None:
        """Put `event` into the log of each person whose chat was ever opened in a page."""
        for log in self.watched:
            log.add(event)

    def complain(self, text: str) -> None:
        """Remember something that a faithful bot would not have done."""
        self.complaints.append(text)
