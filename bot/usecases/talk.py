"""Where a text goes: to the prompt of a setting or the search that is open, else where `placing` puts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.practice import CUT_AT_LEAST_UNITS, Received, units
from bot.domain.terms import AnswerId, Part
from bot.screens import answering as answering_screen
from bot.screens import general
from bot.screens import placing as placing_screen
from bot.screens import settings as settings_screen
from bot.screens import stories as stories_screen
from bot.screens.buttons import Tap
from bot.usecases import answering, drafts, following, history, mocking, placing, settings, targeting, telling
from bot.usecases.turn import OVERTAKEN, Turn

_REST = "rest"
_OF_AN_ANSWER = ("edit:", f"{following.EXPECTING}:")
"""What `Person.expecting` begins with while a text is waited for that goes into a submitted answer."""

WORDS_OF_A_SLIP = 5
"""A text that no prompt can read and that has more words than this is no slip of the pen but part of an answer."""

UNITS_OF_A_CARD = 60
"""Under a card, where no answer is begun yet, it has to be longer than this too, in UTF-16 units."""


@dataclass(frozen=True, slots=True)
class _Prompt:
    """An open question about a setting, or what to search for.

    ``take`` answers a text, ``reads`` says whether it can make something of it; ``note`` is the line on a text that
    it cannot read and that went into an answer.
    """

    take: Callable[[Turn, str], None]
    reads: Callable[[Turn, str], bool]
    note: str


_ZONE = _Prompt(settings.read_zone, settings.reads_zone, placing_screen.NOT_A_ZONE)
_PROMPTS = {
    "time": _Prompt(settings.read_time, settings.reads_time, placing_screen.NOT_A_TIME),
    "zone": _ZONE,
    "location": _ZONE,
    "clock": _Prompt(settings.read_clock, settings.reads_time, placing_screen.NOT_A_CLOCK),
    "pause": _Prompt(settings.read_pause, settings.reads_pause, placing_screen.NOT_A_DAY),
    telling.EXPECTING: _Prompt(telling.take_name, telling.reads_name, stories_screen.NOT_A_NAME),
    targeting.EXPECTING: _Prompt(
        targeting.open_target, targeting.reads_day, placing_screen.NOT_AN_INTERVIEW_DAY
    ),
    "search": _Prompt(history.search, history.reads_words, placing_screen.NOT_A_SEARCH),
}
"""What the next text is read as while `Person.expecting` has that value."""


def text(turn: Turn, words: str, message_id: int, sent_at: datetime) -> None:
    """A text message that is no command."""
    expecting = turn.expecting
    if words == settings_screen.NO_LOCATION:  # a key of the keyboard, which may stay longer than its prompt
        settings.read_zone(turn, words)
        return
    follow_up = mocking.awaited_reply(turn)
    if follow_up is not None:
        mocking.reply(turn, follow_up, words, message_id)
        return
    prompt = _PROMPTS.get(expecting)
    if prompt is not None:
        if not _is_of_an_answer(turn, prompt, words):
            turn.change(expecting=expecting)
            prompt.take(turn, words)
            return
        turn.change(expecting=None)
        placing.place(turn, Received(message_id, words, sent_at), note=prompt.note)
        return
    if expecting.startswith("edit:"):
        _edit_submitted(turn, expecting, words, message_id, sent_at)
        return
    if expecting.startswith(f"{following.EXPECTING}:"):
        following.take(turn, Received(message_id, words, sent_at))
        _expect_rest(turn, words)
        return
    if expecting == _REST and _join_rest(turn, words, message_id, sent_at):
        return
    placing.place(turn, Received(message_id, words, sent_at))


def other_content(turn: Turn) -> None:
    """A photo, sticker, voice message or the like: one sentence, and where the answer stands."""
    stored = drafts.active(turn)
    if stored is None:
        turn.say(general.only_text())
        return
    turn.say(general.only_text(general.still_at(answering_screen.place(stored.draft, stored.naming))))


def cancel(turn: Turn) -> None:
    """/cancel: whatever is being asked is dropped; an answer being written is put aside."""
    stored = drafts.active(turn)
    if turn.expecting == mocking.EXPECTING and stored is None:
        mocking.park(turn, Tap("mkp", ()))
        return
    is_prompt = turn.expecting in {*_PROMPTS, mocking.EXPECTING} or turn.expecting.startswith(_OF_AN_ANSWER)
    turn.change(expecting=None)
    if stored is not None and is_prompt:
        answering.show_where(turn, stored)
    elif (stored := stored or placing.settle(turn)) is not None:
        answering.cancel(turn, stored.answer.id)
    elif turn.person.minute_of_day is None or turn.person.zone is None:
        turn.say(settings_screen.set_up_waits(needs_time=turn.person.minute_of_day is None))
    else:
        turn.say(general.CANCELLED if is_prompt else general.NOTHING_TO_CANCEL)


def _is_of_an_answer(turn: Turn, prompt: _Prompt, words: str) -> bool:
    """Whether a text that came while a prompt is open was meant for an answer: it cannot be what was asked for."""
    if prompt.reads(turn, words):
        return False
    if (turn.person.expecting or "").startswith(OVERTAKEN) and placing.has_place(turn, card_too=True):
        return True
    is_long = units(words) > UNITS_OF_A_CARD
    is_told = is_long or "\n" in words or len(words.split()) > WORDS_OF_A_SLIP
    return is_told and placing.has_place(turn, card_too=is_long)


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
