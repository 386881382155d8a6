"""Messages as outbox rows: the form they are stored in between commit and sending."""

import json
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.terms import PersonId
from bot.screens.message import Button, Document, Message, ReplyButton, Rows
from db.outbox import Lane, NewLetter


class Kind(StrEnum):
    """What the sender is to do with a letter."""

    SEND = "send"  # a new message
    STANDING = (
        "standing"  # a new message that says where things stand; of several waiting only the last matters
    )
    EDIT = "edit"  # text and buttons of a message take the place of an earlier one's
    KEYBOARD = "keyboard"  # only the buttons of an earlier message change
    DOCUMENT = "document"  # a file


@dataclass(frozen=True, slots=True)
class Content:
    """What a stored letter says; ``message_id`` is the message to change, None for a new one."""

    message: Message
    message_id: int | None = None
    filename: str = ""


def send(key: str, chat_id: PersonId, message: Message, lane: Lane = Lane.REPLY) -> NewLetter:
    """A letter that brings a new message."""
    kind = Kind.STANDING if message.standing else Kind.SEND
    return NewLetter(key, chat_id, lane, kind, _packed(message))


def edit(key: str, chat_id: PersonId, message_id: int, message: Message) -> NewLetter:
    """A letter that puts a message in the place of an earlier one."""
    return NewLetter(key, chat_id, Lane.REPLY, Kind.EDIT, _packed(message, message_id))


def keyboard(key: str, chat_id: PersonId, message_id: int, rows: Rows) -> NewLetter:
    """A letter that changes only the buttons of an earlier message."""
    return NewLetter(key, chat_id, Lane.REPLY, Kind.KEYBOARD, _packed(Message("", rows), message_id))


def document(key: str, chat_id: PersonId, file: Document) -> NewLetter:
    """A letter that brings a file."""
    payload = _packed(Message(file.caption_html), filename=file.filename)
    return NewLetter(key, chat_id, Lane.REPLY, Kind.DOCUMENT, payload, file.content)


def unpack(payload: str) -> Content:
    """Read a stored letter's payload."""
    stored = json.loads(payload)
    reply_rows = stored.get("reply_rows")
    message = Message(
        html=stored["html"],
        rows=tuple(tuple(Button(*button) for button in row) for row in stored.get("rows", ())),
        reply_rows=None
        if reply_rows is None
        else tuple(tuple(ReplyButton(*button) for button in row) for row in reply_rows),
    )
    return Content(message, stored.get("message_id"), stored.get("filename", ""))


def _packed(message: Message, message_id: int | None = None, filename: str = "") -> str:
    stored: dict[str, object] = {"html": message.html}
    if message.rows:
        stored["rows"] = [[[button.label, button.data, button.url] for button in row] for row in message.rows]
    if message.reply_rows is not None:
        stored["reply_rows"] = [
            [[button.label, button.request_location] for button in row] for row in message.reply_rows
        ]
    if message_id is not None:
        stored["message_id"] = message_id
    if filename:
        stored["filename"] = filename
    return json.dumps(stored, ensure_ascii=False)
