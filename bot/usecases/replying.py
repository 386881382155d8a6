"""A text that something about an answer was asked for: where the reply goes, and what is asked when that is in doubt.

It is in doubt once another question's card, or the question for a setting, came in between. Then the text is kept as
it came until the person says what it is for, or does something that closes what was asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import practice, prompts
from bot.domain.practice import Received
from bot.domain.terms import AnswerId, Part
from bot.screens import placing as placing_screen
from bot.screens import replying as screen
from bot.screens import stories as stories_screen
from bot.screens.buttons import Tap
from bot.screens.naming import naming_of
from bot.screens.replying import Purpose
from bot.usecases import detail, following, mocking, placing, telling
from bot.usecases.turn import Turn
from db import answers, undecided

WORDS_OF_A_SLIP = 5
"""A text that no prompt can read and that has more words than this is no slip of the pen but part of an answer."""

UNITS_OF_A_CARD = 60
"""Under a card, where no answer is begun yet, it has to be longer than this too, in UTF-16 units."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply that is asked for, by its prompt, and what that is in words."""

    prompt: str
    purpose: Purpose


def asked(turn: Turn) -> Asked | None:
    """The reply that is asked for; one to what is not there any more is asked for no longer, and None."""
    prompt = prompts.reply(turn.person.expecting).removeprefix(prompts.LATE)
    if not prompt:
        return None
    purpose = _purpose(turn, prompt)
    if purpose is None:
        turn.close(prompts.kind(prompt))
        return None
    return Asked(prompt, purpose)


def take(turn: Turn, prompt: str, texts: Sequence[Received]) -> None:
    """The reply came; of several texts each goes behind the one before."""
    kind = prompts.kind(prompt)
    if kind == mocking.EXPECTING:
        mocking.reply(turn, texts)
    elif kind == telling.EXPECTING:
        _take_name(turn, texts)
    elif kind == following.EXPECTING:
        following.take(turn, prompt, texts)
    else:
        _edit, number, name = prompt.split(":")
        answer_id, part = AnswerId(int(number)), Part(name)
        first, *rest = texts
        detail.edit_part(turn, answer_id, part, first.text, first.message_id, first.sent_at)
        for text in rest:
            detail.add_to_part(turn, answer_id, part, text)


def is_told(words: str) -> bool:
    """Whether there is so much of it that it is no slip of what a prompt asked for."""
    return practice.units(words) > UNITS_OF_A_CARD or "\n" in words or len(words.split()) > WORDS_OF_A_SLIP


def hold(turn: Turn, text: Received) -> None:
    """Keep the text, and ask what it is for."""
    held = undecided.held(turn.tx, turn.person_id)
    if practice.units("\n".join(each.text for each in (*held, text))) > practice.PART_UNITS_MAX:
        turn.say(screen.TOO_LONG)
        return
    undecided.hold(turn.tx, turn.person_id, text)
    turn.change(expecting=prompts.holding(turn.person.expecting))
    ask_again(turn)


def ask_again(turn: Turn, note: str = "") -> bool:
    """Ask once more what the texts are for that are kept; False if none is, or nothing is asked for any more."""
    held, reply = undecided.held(turn.tx, turn.person_id), asked(turn)
    if not held or reply is None:
        return False
    turn.say(screen.which(reply.purpose, _other(turn), held[0].message_id, len(held), note=note))
    return True


def rewrite(turn: Turn, message_id: int, words: str) -> bool:
    """A message was edited: if its text is kept, it is kept in the new words; False if it is not."""
    if message_id not in {text.message_id for text in undecided.held(turn.tx, turn.person_id)}:
        return False
    undecided.rewrite(turn.tx, turn.person_id, message_id, words)
    return ask_again(turn, placing_screen.REWORDED)


def decide(turn: Turn, tap: Tap) -> None:
    """One of the two was tapped (hl)."""
    held, reply = undecided.held(turn.tx, turn.person_id), asked(turn)
    if not held or reply is None or held[0].message_id != tap.number(1):
        turn.notice(placing_screen.DECIDED_ALREADY)
        return
    is_reply, is_setting = tap.arg(0) == screen.REPLY, _is_setting_open(turn)
    undecided.release(turn.tx, turn.person_id)
    turn.change(expecting=prompts.released(turn.person.expecting))
    is_slip = is_setting and not is_reply
    turn.show(screen.AGAIN if is_slip else screen.decided(reply.purpose if is_reply else _other(turn)))
    turn.message_id = None
    if is_reply:
        take(turn, reply.prompt, held)
    elif is_setting:  # a slip is not needed any more; what is too long for one is the reply
        told = [text for text in held if is_told(text.text)]
        if told:
            take(turn, reply.prompt, told)
    else:
        turn.close(*prompts.REPLIES)
        for text in held:
            placing.place(turn, text)


def after(turn: Turn, before: str | None) -> None:
    """At the end of a turn that began with ``before`` asked for: nothing that was kept or asked for is forgotten.

    What is kept of a prompt that was closed goes where it would have gone without it. Once what was asked for above
    a reply is settled, the reply is asked for again.
    """
    now = turn.person.expecting
    if prompts.is_holding(before) and not prompts.is_holding(now):
        for text in undecided.release(turn.tx, turn.person_id):
            placing.place(turn, text)
        return
    waited = prompts.reply(before)
    if waited and waited != prompts.top(before) and waited == prompts.top(now) and not ask_again(turn):
        reply = asked(turn)
        if reply is not None:
            turn.say(screen.still(reply.purpose))


def _take_name(turn: Turn, texts: Sequence[Received]) -> None:
    story = telling.to_be_named(turn)
    rest = texts
    if story is not None and telling.reads_name(texts[0].text):
        telling.take_name(turn, story, texts[0])
        rest = texts[1:]
    turn.close(telling.EXPECTING)
    for text in rest:
        placing.place(turn, text, note=stories_screen.NOT_A_NAME)


def _purpose(turn: Turn, prompt: str) -> Purpose | None:
    kind, *about = prompt.split(":")
    if kind == telling.EXPECTING:
        story = telling.to_be_named(turn)
        return None if story is None else screen.name_of(story.name)
    if kind == mocking.EXPECTING:
        follow_up = mocking.open_follow_up(turn)
        return screen.follow_up(follow_up) if follow_up else None
    answer = answers.get(turn.tx, turn.person_id, AnswerId(int(about[0])))
    if answer is None or answer.submitted_at is None:
        return None
    name = naming_of(turn.library.question(answer.question_id)).names[Part(about[1])]
    if kind == following.EXPECTING:
        return screen.addition(answer.id, name, following.question_of(turn, answer, int(about[2])))
    return screen.new_text(answer.id, name, answer.prompt)


def _other(turn: Turn) -> Purpose:
    """What the text may be for besides: the setting that is asked for, else wherever it would be placed."""
    if _is_setting_open(turn):
        return screen.setting(turn.expecting)
    return placing.purpose(turn)


def _is_setting_open(turn: Turn) -> bool:
    top = prompts.top(turn.person.expecting)
    return bool(top) and prompts.kind(top) not in prompts.REPLIES and not top.startswith(prompts.LATE)
