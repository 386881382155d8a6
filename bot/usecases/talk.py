"""Where a text goes: to the prompt that is open, else where `placing` puts it. In doubt it is asked about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain import prompts
from bot.domain.practice import CUT_AT_LEAST_UNITS, Received, units
from bot.screens import answering as answering_screen
from bot.screens import general
from bot.screens import placing as placing_screen
from bot.screens import settings as settings_screen
from bot.screens.buttons import Tap
from bot.usecases import (
    answering,
    detail,
    drafts,
    following,
    history,
    mocking,
    placing,
    replying,
    settings,
    targeting,
    telling,
)
from bot.usecases.turn import Turn

_REST = "rest"


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
    targeting.EXPECTING: _Prompt(
        targeting.open_target, targeting.reads_day, placing_screen.NOT_AN_INTERVIEW_DAY
    ),
    history.EXPECTING: _Prompt(history.search, history.reads_words, placing_screen.NOT_A_SEARCH),
}
"""What the next text is read as while `Person.expecting` has that value."""


def text(turn: Turn, words: str, message_id: int, sent_at: datetime) -> None:
    """A text message that is no command."""
    if words == settings_screen.NO_LOCATION:  # a key of the keyboard, which may stay longer than its prompt
        settings.read_zone(turn, words)
        return
    received = Received(message_id, words, sent_at)
    prompt = _PROMPTS.get(turn.expecting)
    if prompt is not None:
        _answer_prompt(turn, prompt, received)
    elif prompts.reply(turn.person.expecting):
        _reply(turn, received)
    elif turn.expecting == _REST and _join_rest(turn, words, message_id, sent_at):
        return
    elif not turn.expecting and mocking.awaits_reply(turn):
        mocking.reply(turn, (received,))
    else:
        placing.place(turn, received)


def _answer_prompt(turn: Turn, prompt: _Prompt, text: Received) -> None:
    """A setting, or words to search for, are asked for; perhaps above a reply that is asked for since longer."""
    reads = prompt.reads(turn, text.text)
    if not reads and replying.asked(turn) is not None:
        if not replying.is_told(text.text) or prompts.is_holding(turn.person.expecting):
            replying.hold(turn, text)
            return
        turn.say(placing_screen.alone(prompt.note))
        turn.close(turn.expecting)
        _reply(turn, text)
        return
    if reads or not _is_of_an_answer(turn, text.text):
        turn.expect(turn.expecting)
        prompt.take(turn, text.text)
        return
    turn.change(expecting=None)
    placing.place(turn, text, note=prompt.note)


def _reply(turn: Turn, text: Received) -> None:
    """A reply is asked for; whether the text is that is asked if a card came since, or other texts wait for it."""
    reply = replying.asked(turn)
    if reply is None:
        placing.place(turn, text)
        return
    is_overtaken = prompts.reply(turn.person.expecting).startswith(prompts.LATE)
    is_name = prompts.kind(reply.prompt) != telling.EXPECTING or telling.reads_name(text.text)
    is_doubtful = is_overtaken and is_name and placing.has_place(turn, card_too=True)
    if is_doubtful or prompts.is_holding(turn.person.expecting):
        replying.hold(turn, text)
        return
    replying.take(turn, reply.prompt, (text,))
    if prompts.kind(reply.prompt) in {detail.EXPECTING, following.EXPECTING}:
        _expect_rest(turn, text.text)


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
    is_prompt = turn.expecting in _PROMPTS or bool(prompts.reply(turn.person.expecting))
    if turn.expecting in _PROMPTS and prompts.reply(turn.person.expecting):
        turn.close(turn.expecting)
        turn.say(general.CANCELLED)
        return
    turn.change(expecting=None)
    if stored is not None and is_prompt:
        answering.show_where(turn, stored)
    elif (stored := stored or placing.settle(turn)) is not None:
        answering.cancel(turn, stored.answer.id)
    elif turn.person.minute_of_day is None or turn.person.zone is None:
        turn.say(settings_screen.set_up_waits(needs_time=turn.person.minute_of_day is None))
    else:
        turn.say(general.CANCELLED if is_prompt else general.NOTHING_TO_CANCEL)


def _is_of_an_answer(turn: Turn, words: str) -> bool:
    """Whether a text that is not what a prompt asked for was meant for an answer."""
    is_overtaken = prompts.top(turn.person.expecting).startswith(prompts.LATE)
    if is_overtaken and placing.has_place(turn, card_too=True):
        return True
    return replying.is_told(words) and placing.has_place(
        turn, card_too=units(words) > replying.UNITS_OF_A_CARD
    )


def _join_rest(turn: Turn, words: str, message_id: int, sent_at: datetime) -> bool:
    """After a long new text for a stored part: take what Telegram's app has cut off; whether this text was that."""
    turn.change(expecting=None)
    if not detail.join_edit(turn, words, message_id, sent_at):
        return False
    _expect_rest(turn, words)
    return True


def _expect_rest(turn: Turn, words: str) -> None:
    if units(words) >= CUT_AT_LEAST_UNITS:
        turn.change(expecting=_REST)
