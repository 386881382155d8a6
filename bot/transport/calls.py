"""Bot API calls for stored letters, and what their failures mean."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from telegram import InputFile
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.screens.layout import shown_units
from bot.screens.message import Message, Rows
from bot.transport.client import Client
from bot.transport.request import retry_after_seconds
from bot.usecases import letters
from bot.usecases.letters import Content, Kind
from db.outbox import Letter

Json = dict[str, Any]

_NO_PREVIEW = {"is_disabled": True}
_PLAIN = re.compile(r"<[^>]*>")

_CODE = re.compile(r"(?:bad request: |forbidden: )?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\Z", re.IGNORECASE)
_REASONS = (
    "bot was blocked by the user",
    "bot can't initiate conversation",
    "bot was kicked",
    "user is deactivated",
    "chat not found",
    "user not found",
    "can't parse entities",
    "message is not modified",
    "message is too long",
    "message text is empty",
    "message to edit not found",
    "message can't be edited",
    "not enough rights",
    "reply markup is too long",
    "wrong file identifier",
    "file must be non-empty",
    "cannot connect",
)
"""Beginnings of Telegram's reasons (tdlib, the Bot API server) that may stand in a log. The rest of a reason, and one
that is not listed, may quote the message."""


class Outcome(Enum):
    """What became of a letter."""

    SENT = auto()
    RETRY_AT = auto()  # 429: not before `Failure.retry_after_seconds`
    UNREACHABLE = auto()  # the server did not answer, or with nonsense; it may have taken the letter
    BLOCKED = auto()  # the person does not want or cannot get messages
    REJECTED = auto()  # Telegram will never take this letter
    POINTLESS = auto()  # what it was to change is gone, and it says nothing by itself
    NOT_EDITABLE = auto()  # the message to change is gone; its content can go as a new one
    NOT_PARSED = auto()  # our HTML was refused; the words can go without it
    TOKEN_REFUSED = auto()  # the token is wrong or was revoked


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call failed; ``reason`` is what is known of Telegram's own text, without what might quote a message."""

    outcome: Outcome
    reason: str = ""
    retry_after_seconds: float = 0.0


async def deliver(
    bot: Client, letter: Letter, content: Content, *, as_new: bool = False, plain: bool = False
) -> None:
    """Send one letter; ``as_new`` turns an edit into a new message, ``plain`` leaves the formatting out.

    Raises:
        telegram.error.TelegramError: as `failure_of` reads it.
    """
    message = content.message
    text = _PLAIN.sub("", message.html) if plain else message.html
    parse_mode = None if plain else ParseMode.HTML
    if letter.kind == Kind.DOCUMENT:
        file = InputFile(letter.document or b"", filename=content.filename)
        await bot.send_document(letter.chat_id, file, caption=text or None, parse_mode=parse_mode)
        return
    call: dict[str, Any] = {"chat_id": letter.chat_id}
    if letter.kind == Kind.KEYBOARD:
        method = "editMessageReplyMarkup"
        call |= {"message_id": content.message_id, "reply_markup": _inline(message.rows)}
    else:
        call |= {"text": text, "parse_mode": parse_mode, "link_preview_options": _NO_PREVIEW}
        if letter.kind == Kind.EDIT and not as_new:
            method = "editMessageText"
            call |= {"message_id": content.message_id, "reply_markup": _inline(message.rows)}
        else:
            method = "sendMessage"
            call["reply_markup"] = _markup(message)
    await bot.call(method, call)


def failure_of(error: TelegramError, kind: str) -> Failure:
    """Read an error of a delivery. Texts are Telegram's (tdlib and the Bot API server)."""
    text = error.message.lower()
    reason = _reason(error.message)
    if isinstance(error, RetryAfter):
        return Failure(Outcome.RETRY_AT, "429", retry_after_seconds(error))
    if isinstance(error, Forbidden):
        return Failure(Outcome.BLOCKED, reason)
    if isinstance(error, InvalidToken):
        return Failure(Outcome.TOKEN_REFUSED)
    if isinstance(error, BadRequest):
        return Failure(_bad_request(text, kind), reason)
    if isinstance(error, ChatMigrated | Conflict):
        return Failure(Outcome.REJECTED, type(error).__name__)
    if isinstance(error, NetworkError):
        return Failure(Outcome.UNREACHABLE, reason or type(error).__name__)
    return Failure(Outcome.UNREACHABLE, type(error).__name__)


def _reason(text: str) -> str:
    code = _CODE.match(text)
    if code is not None and code[1].isupper():
        return code[1]
    lower = text.lower()
    return next((known for known in _REASONS if known in lower), "")


def letter_cost(letter: Letter, content: Content, long_units: int, long_cost: float) -> float:
    """How many messages a letter counts as in its chat."""
    is_long = letter.kind in {Kind.SEND, Kind.STANDING} and shown_units(content.message.html) > long_units
    return long_cost if is_long else 1.0


def is_edit(letter: Letter) -> bool:
    """Whether the letter changes a message instead of bringing one."""
    return letter.kind in {letters.Kind.EDIT, letters.Kind.KEYBOARD}


def _bad_request(text: str, kind: str) -> Outcome:
    if "message is not modified" in text:
        return Outcome.SENT
    if "can't parse entities" in text:
        return Outcome.NOT_PARSED
    if "chat not found" in text or "user not found" in text or "peer_id_invalid" in text:
        return Outcome.BLOCKED
    gone = (
        "message to edit not found" in text
        or "message can't be edited" in text
        or "message_id_invalid" in text
    )
    if gone:
        return Outcome.NOT_EDITABLE if kind == Kind.EDIT else Outcome.POINTLESS
    return Outcome.REJECTED


def _markup(message: Message) -> Json | None:
    if message.reply_rows is None:
        return _inline(message.rows)
    if not message.reply_rows:
        return {"remove_keyboard": True}
    keys = [
        [
            {"text": button.label, "request_location": True}
            if button.request_location
            else {"text": button.label}
            for button in row
        ]
        for row in message.reply_rows
    ]
    return {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}


def _inline(rows: Rows) -> Json | None:
    if not rows:
        return None
    buttons = [
        [
            {"text": button.label, "url": button.url}
            if button.url
            else {"text": button.label, "callback_data": button.data}
            for button in row
        ]
        for row in rows
    ]
    return {"inline_keyboard": buttons}
