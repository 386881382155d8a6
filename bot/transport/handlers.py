"""The table of what can come in, and the use case for each. A handler unpacks and calls; it decides nothing."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import CallbackQuery, ChatMember, Message, Update
from telegram.constants import ChatType

from bot.domain.terms import AnswerId, CategoryId, Part, PersonId, QuestionId
from bot.screens import general
from bot.screens.buttons import Tap, parse
from bot.transport import training
from bot.usecases import (
    account,
    amending,
    answering,
    asking,
    export,
    following,
    history,
    mocking,
    packs,
    placing,
    practising,
    reach,
    settings,
    stats,
    talk,
)
from bot.usecases.turn import Turn
from content.private import is_pack_name

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]

Work = Callable[[Turn], None]

_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?\Z", re.DOTALL)
_GLUED = re.compile(r"/(?P<name>[A-Za-z]{1,32}+)[^\w\s/@]*(?P<rest>(?![A-Za-z_/@]).*)\Z", re.DOTALL)
_LINKED_QUESTION = "q_"
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
    handler = TAPS.get(tap.verb, _old_button)
    return Incoming(
        PersonId(query.from_user.id),
        query.from_user.language_code,
        lambda turn: handler(turn, tap),
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
        return lambda turn: settings.read_location(turn, latitude, longitude)
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
        return lambda turn: _run_command(turn, handler, rest)
    return lambda turn: talk.text(turn, text, message.message_id, _sent_at(message))


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


def _run_command(turn: Turn, handler: Callable[[Turn, str], None], rest: str) -> None:
    """A command ends whatever was asked for; one that only shows something does not, and /cancel looks itself."""
    if handler not in _LEAVING and turn.person.expecting is not None:
        turn.change(expecting=None)
    handler(turn, rest)


def _start(turn: Turn, rest: str) -> None:
    if not rest.startswith(_LINKED_QUESTION):
        settings.start(turn)
    else:
        settings.start_linked(turn, QuestionId(rest.removeprefix(_LINKED_QUESTION)))


def _cancel(turn: Turn, _rest: str) -> None:
    talk.cancel(turn)


def _time(turn: Turn, rest: str) -> None:
    settings.read_time(turn, rest) if rest else settings.open_section(turn, "time")


def _timezone(turn: Turn, rest: str) -> None:
    settings.read_zone(turn, rest) if rest else settings.open_section(turn, "zone")


def _pause(turn: Turn, rest: str) -> None:
    settings.read_pause(turn, rest) if rest else settings.open_section(turn, "pause")


def _help(turn: Turn, _rest: str) -> None:
    turn.say(general.help_screen())


def _privacy(turn: Turn, _rest: str) -> None:
    turn.say(general.privacy())


def _export(turn: Turn, _rest: str) -> None:
    export.export(turn)


def _stats(turn: Turn, _rest: str) -> None:
    stats.show_stats(turn)


_LEAVING = frozenset({_cancel, _help, _privacy, _export, _stats})
"""Commands that leave open what was asked for."""


def _old_button(turn: Turn, _tap: Tap) -> None:
    turn.notice(general.OLD_BUTTON)


COMMANDS: dict[str, Callable[[Turn, str], None]] = {
    "start": _start,
    "question": lambda turn, _: asking.ask(turn),
    "history": history.open_history,
    "packs": lambda turn, _: packs.open_packs(turn),
    "practice": lambda turn, _: practising.open_practice(turn),
    "stats": _stats,
    "settings": lambda turn, _: settings.open_settings(turn),
    "cancel": _cancel,
    "time": _time,
    "timezone": _timezone,
    "pause": _pause,
    "resume": lambda turn, _: settings.resume(turn),
    "export": _export,
    "privacy": _privacy,
    "deleteme": lambda turn, _: account.ask_deletion(turn),
    "help": _help,
    **training.COMMANDS,
}


def _of_an_answer(handler: Callable[[Turn, Tap], None]) -> Callable[[Turn, Tap], None]:
    """A tap on a card or on a step ends whatever prompt was open: what is typed next is about the answer."""

    def handle(turn: Turn, tap: Tap) -> None:
        if turn.person.expecting is not None:
            turn.change(expecting=None)
        handler(turn, tap)

    return handle


def _question(use_case: Callable[[Turn, QuestionId], None]) -> Callable[[Turn, Tap], None]:
    return _of_an_answer(lambda turn, tap: use_case(turn, QuestionId(tap.arg(0))))


def _category(use_case: Callable[[Turn, CategoryId], None]) -> Callable[[Turn, Tap], None]:
    return lambda turn, tap: use_case(turn, CategoryId(tap.arg(0)))


def _answer(use_case: Callable[[Turn, AnswerId], None]) -> Callable[[Turn, Tap], None]:
    def handle(turn: Turn, tap: Tap) -> None:
        number = tap.number(0)
        if number is None:
            _old_button(turn, tap)
        else:
            use_case(turn, AnswerId(number))

    return _of_an_answer(handle)


def _part(use_case: Callable[[Turn, AnswerId, Part], None]) -> Callable[[Turn, Tap], None]:
    def handle(turn: Turn, tap: Tap) -> None:
        number = tap.number(0)
        if number is None or tap.arg(1) not in {part.value for part in Part}:
            _old_button(turn, tap)
        else:
            use_case(turn, AnswerId(number), Part(tap.arg(1)))

    return _of_an_answer(handle)


def _number(use_case: Callable[[Turn, int], None]) -> Callable[[Turn, Tap], None]:
    def handle(turn: Turn, tap: Tap) -> None:
        number = tap.number(0)
        if number is None:
            _old_button(turn, tap)
        else:
            use_case(turn, number)

    return handle


def _below(turn: Turn, use_case: Callable[[Turn], None]) -> None:
    """Answer with a new message, so that the one the button hangs on stays to be read."""
    turn.message_id = None
    use_case(turn)


def _rate(turn: Turn, tap: Tap) -> None:
    number, rating = tap.number(0), tap.number(1)
    if number is None or rating is None:
        _old_button(turn, tap)
    else:
        answering.rate(turn, AnswerId(number), rating)


TAPS: dict[str, Callable[[Turn, Tap], None]] = {
    "new": lambda turn, _: _below(turn, asking.ask_another),
    "ans": _question(mocking.answer),
    "later": _question(asking.offer_later),
    "card": _question(asking.show_card),
    "swap": _question(asking.swap),
    "nt": _question(asking.decline),
    "at": _of_an_answer(lambda turn, tap: asking.put_off(turn, QuestionId(tap.arg(0)), tap.arg(1))),
    "hint": _part(answering.hint),
    "back": _part(answering.step_back),
    "skip": _part(answering.step_forward),
    "keep": _part(answering.step_forward),
    "add": _part(answering.add),
    "edit": _part(answering.edit),
    "cancel": _answer(answering.cancel),
    "cont": _answer(answering.resume),
    "over": _answer(answering.start_over),
    "undo": _answer(answering.undo_start_over),
    "empty": amending.empty,
    "submit": _answer(mocking.submit),
    "mv": _of_an_answer(placing.decide),
    "rate": _of_an_answer(_rate),
    "again": _answer(answering.try_again),
    "more": following.ask,
    "set": lambda turn, tap: settings.open_section(turn, tap.arg(0), tap.number(1) or 0),
    "time": _number(settings.set_time),
    "zone": lambda turn, tap: settings.set_zone(turn, tap.arg(0)),
    "loc": lambda turn, _: settings.ask_location(turn),
    "clk": lambda turn, _: settings.ask_clock(turn),
    "day": lambda turn, tap: settings.switch_day(turn, tap.arg(0)),
    "cat": _category(settings.switch_category),
    "lvl": lambda turn, tap: settings.set_level(turn, tap.arg(0)),
    "pause": _number(settings.pause_for),
    "until": lambda turn, tap: settings.confirm_pause(turn, tap.arg(0)),
    "resume": lambda turn, _: settings.resume(turn),
    "prac": _category(practising.practise_category),
    "tips": _category(practising.show_tips),
    "pp": _number(practising.open_practice),
    "hard": lambda turn, _: practising.practise_hard(turn),
    "hist": lambda turn, _: _below(turn, history.open_history),
    "h": history.show_list,
    "hx": history.clear_filter,
    "hm": history.choose_category,
    "hs": history.ask_words,
    "ho": history.open_answer,
    "hw": history.show_reading,
    "ha": history.show_model,
    "hc": history.compare,
    "he": history.choose_part,
    "hp": history.ask_text,
    "hd": history.show_drafts,
    "hb": history.show_deleted,
    "hr": history.delete,
    "hu": history.undo_delete,
    "hn": history.tell_page,
    "pkk": _number(packs.keep),
    "pkd": _number(packs.drop),
    "pkl": lambda turn, _: packs.open_packs(turn),
    "pko": _number(packs.open_pack),
    "pkr": _number(packs.ask_removal),
    "pkx": _number(packs.remove),
    "pke": packs.hand_example,
    "dd": account.delete_everything,
    "dk": account.keep,
    **training.TAPS,
}
