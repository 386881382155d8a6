"""What comes in, made ready: an update becomes a person and what to do in their turn. `handlers` has the table."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import CallbackQuery, ChatMember, Message, Update
from telegram.constants import ChatType

from bot.domain.terms import PersonId
from bot.screens import general
from bot.screens.buttons import parse
from bot.transport.handlers import COMMANDS, TAPS, Work, old_button
from bot.usecases import amending, packs, reach, replying, settings, talk
from bot.usecases.turn import Turn
from content.private import is_pack_name

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]

_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?\Z", re.DOTALL)
_GLUED = re.compile(r"/(?P<name>[A-Za-z]{1,32}+)[^\w\s/@]*(?P<rest>(?![A-Za-z_/@]).*)\Z", re.DOTALL)
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})
_FILLERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that may be a pack."""

    file_id: str
    filename: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update made ready: from whom, and what to do in their turn.

    ``message_id`` and ``callback_id`` are set for a tap only; ``is_new`` tells whether a person not yet known
    becomes known by it. ``album`` names the album that a photo or video is part of. For a group, ``group_id`` is
    set and nothing is to be done but answer in one sentence. ``attached`` is a file to fetch first; ``work`` is then
    what to do if it cannot be had.
    """

    person_id: PersonId
    language_code: str | None
    work: Work
    message_id: int | None = None
    callback_id: str | None = None
    is_new: bool = True
    group_id: PersonId | None = None
    album: str | None = None
    attached: Attached | None = None


def read(update: Update, username: str) -> Incoming | None:
    """What to do about an update; None for what concerns nobody (channels, other bots, service messages)."""
    if update.callback_query is not None:
        return _read_tap(update.callback_query)
    if update.my_chat_member is not None:
        return _read_membership(update)
    edited = update.edited_message
    message = edited or update.message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    person_id = PersonId(message.from_user.id)
    language = message.from_user.language_code
    if message.chat.type != ChatType.PRIVATE:
        is_meant = edited is None and _is_meant_in_group(message, username)
        return (
            Incoming(person_id, language, _nothing, group_id=PersonId(message.chat.id)) if is_meant else None
        )
    attached = None if edited is not None else _attached(message)
    if attached is not None:
        return Incoming(person_id, language, packs.tell_not_fetched, attached=attached)
    work = _edited(message) if edited is not None else _written(message, username)
    if work is None:
        return None
    return Incoming(person_id, language, work, is_new=edited is None, album=message.media_group_id)


def _attached(message: Message) -> Attached | None:
    """The file of a message, if its name is one of a pack."""
    file = message.document
    if file is None or not is_pack_name(file.file_name or ""):
        return None
    return Attached(file.file_id, clean(file.file_name or ""))


def _read_tap(query: CallbackQuery) -> Incoming | None:
    message = query.message  # an old one comes without its content, or not at all
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return None
    tap = parse(clean(query.data or ""))
    handler = TAPS.get(tap.verb, old_button)
    return Incoming(
        PersonId(query.from_user.id),
        query.from_user.language_code,
        lambda turn: _in_full(turn, lambda: handler(turn, tap)),
        message_id=None if message is None else message.message_id,
        callback_id=query.id,
    )


def _read_membership(update: Update) -> Incoming | None:
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return None
    is_blocked = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
    work = _blocked if is_blocked else reach.came_back
    return Incoming(PersonId(change.from_user.id), change.from_user.language_code, work, is_new=False)


def _written(message: Message, username: str) -> Work | None:
    if message.location is not None:
        latitude, longitude = message.location.latitude, message.location.longitude
        return lambda turn: _in_full(turn, lambda: settings.read_location(turn, latitude, longitude))
    text = clean(message.text or "")
    if is_blank(text):
        return talk.other_content if _has_content(message) else None
    command = _command(text)
    if command is not None:
        addressed = command.groupdict().get("bot")
        if addressed and addressed.lower() != username.lower():
            return None
        handler = COMMANDS.get(command["name"].lower())
        rest = (command["rest"] or "").strip()
        if handler is None:
            name = command["name"]
            return lambda turn: turn.say(general.unknown_command(name))
        return lambda turn: _in_full(turn, lambda: handler(turn, rest))
    return lambda turn: _in_full(turn, lambda: talk.text(turn, text, message.message_id, _sent_at(message)))


def _in_full(turn: Turn, work: Callable[[], None]) -> None:
    """Do it, and then what becomes of the reply that was asked for before."""
    before = turn.person.expecting
    work()
    if before is not None:
        replying.after(turn, before)


def _edited(message: Message) -> Work | None:
    text = clean(message.text or "")
    if is_blank(text):
        return None
    if _command(text):
        return amending.amend_to_command
    return lambda turn: amending.amend(turn, message.message_id, text)


def clean(text: str) -> str:
    """Text as every database can hold it: without NUL, and with broken surrogates replaced."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: spaces, marks of no width, and letters that only fill a place."""
    return all(unicodedata.category(sign) in _UNSEEN or sign in _FILLERS for sign in text)


def _command(text: str) -> re.Match[str] | None:
    """The command that a text is; one of ours may have its argument, or a sign, right behind it."""
    command = _COMMAND.match(text)
    if command is not None and command["name"].lower() in COMMANDS:
        return command
    glued = _GLUED.match(text)
    return glued if glued is not None and glued["name"].lower() in COMMANDS else command


def _has_content(message: Message) -> bool:
    """Whether a person sent something, as against a service message such as a pinned or a deleted photo."""
    return bool(message.effective_attachment) or message.text is not None or message.caption is not None


def _is_meant_in_group(message: Message, username: str) -> bool:
    text = (message.text or "").lower()
    command = _COMMAND.match(text)
    named = f"@{username.lower()}"
    return named in text or (command is not None and command["bot"] is None)


def _sent_at(message: Message) -> datetime:
    return message.date.astimezone(UTC)


def _nothing(_turn: Turn) -> None:
    return None


def _blocked(turn: Turn) -> None:
    reach.blocked(turn.tx, turn.person_id, turn.now_utc)
