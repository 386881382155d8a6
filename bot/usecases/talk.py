"""Where a text goes: to the question just asked about a setting, else into the answer being written."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.practice import CUT_AT_LEAST_UNITS, units
from bot.domain.terms import AnswerId, Part
from bot.screens import answering as answering_screen
from bot.screens import general
from bot.usecases import answering, drafts, history, settings
from bot.usecases.turn import Turn

_REST = "rest"

_EXPECTING: dict[str, Callable[[Turn, str], None]] = {
    "time": settings.read_time,
    "zone": settings.read_zone,
    "location": settings.read_zone,
    "clock": settings.read_clock,
    "pause": settings.read_pause,
    "search": history.search,
}
"""What the next text is read as while `Person.expecting` has that value."""


def text(turn: Turn, words: str, message_id: int, sent_at: datetime) -> None:
    """A text message that is no command."""
    expecting = turn.person.expecting
    if expecting in _EXPECTING:
        _EXPECTING[expecting](turn, words)
        return
    if expecting is not None and expecting.startswith("edit:"):
        _edit_submitted(turn, expecting, words, message_id, sent_at)
        return
    if expecting == _REST and _join_rest(turn, words, message_id, sent_at):
        return
    stored = drafts.active(turn)
    if stored is not None:
        answering.receive(turn, stored, words, message_id, sent_at)
    elif turn.person.minute_of_day is None:
        settings.start(turn)
    else:
        turn.say(general.no_question_open())


def other_content(turn: Turn) -> None:
    """A photo, sticker, voice message or the like: one sentence, and where the answer stands."""
    stored = drafts.active(turn)
    if stored is None:
        turn.say(general.only_text())
        return
    part = stored.draft.step.part
    name = "the review" if part is None else answering_screen.NAMES[part]
    turn.say(general.only_text(general.still_at(name)))


def cancel(turn: Turn) -> None:
    """/cancel: whatever is being asked is dropped; an answer being written is put aside."""
    if turn.person.expecting is not None:
        turn.change(expecting=None)
        stored = drafts.active(turn)
        if stored is None:
            turn.say(general.CANCELLED)
        else:
            answering.show_where(turn, stored)
        return
    stored = drafts.active(turn)
    if stored is None:
        turn.say(general.NOTHING_TO_CANCEL)
    else:
        answering.cancel(turn, stored.answer.id)


def _edit_submitted(turn: Turn, expecting: str, words: str, message_id: int, sent_at: datetime) -> None:
    _edit, answer_id, part = expecting.split(":")
    history.edit_part(turn, AnswerId(int(answer_id)), Part(part), words, message_id, sent_at)
    _expect_rest(turn, words)


def _join_rest(turn: Turn, words: str, message_id: int, sent_at: datetime) -> bool:
    """After a long new text for a stored part: take what Telegram's app has cut off; whether this text was that."""
    turn.change(expecting=None)
    if not history.join_edit(turn, words, message_id, sent_at):
        return False
    _expect_rest(turn, words)
    return True


def _expect_rest(turn: Turn, words: str) -> None:
    if units(words) >= CUT_AT_LEAST_UNITS:
        turn.change(expecting=_REST)
