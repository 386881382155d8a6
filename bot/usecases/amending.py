"""A message that was sent before is edited in Telegram: the answer it belongs to follows, whatever its state."""

from bot.domain import practice
from bot.domain.practice import Draft
from bot.domain.terms import AnswerId, Part
from bot.screens import amending as screen
from bot.screens import answering as answering_screen
from bot.screens.amending import Whose
from bot.screens.buttons import Tap
from bot.screens.message import Rows
from bot.screens.naming import naming_of
from bot.usecases import answering, drafts, mocking, placing, replying
from bot.usecases.turn import Turn
from db import answers, segments
from db.answers import Answer

_IN_NO_ANSWER = (placing.rewrite, replying.rewrite, mocking.rewrite)
"""Where a message's text may be besides: between two questions, kept in doubt, a reply to a follow-up."""


def amend(turn: Turn, message_id: int, text: str) -> None:
    """The parts that the message brought get its new text; in a draft, in an answer, and in a deleted one too."""
    told = segments.of_message(turn.tx, turn.person_id, message_id)
    answer = None if told is None else answers.get(turn.tx, turn.person_id, told[0], deleted=True)
    if told is None and any(each(turn, message_id, text) for each in _IN_NO_ANSWER):
        return
    if told is None or answer is None:
        turn.say(screen.IN_NO_ANSWER)
        return
    before = segments.of_answer(turn.tx, answer.id)
    whose = _whose(turn, answer)
    amended = practice.amend(before, message_id, text, told[1], whose.naming.labels)
    if amended is None or not (amended.changed or amended.kept or amended.newer):
        return
    if any(practice.units(Draft(amended.parts).text(part)) > practice.PART_UNITS_MAX for part in Part):
        turn.say(answering_screen.TOO_LONG)
        return
    if amended.changed:
        _save(turn, answer, before, amended.parts)
    rows = screen.kept_rows(amended, message_id, whose)
    _tell(turn, answer, screen.changes(amended, whose), rows)


def amend_to_command(turn: Turn) -> None:
    """A message was edited to a command: nothing is done, and said so."""
    turn.say(screen.COMMAND)


def empty(turn: Turn, tap: Tap) -> None:
    """[Empty them too]: what the edited message brought to parts it no longer has words for goes."""
    answer_id, message_id = tap.number(0), tap.number(1)
    answer = (
        None if answer_id is None else answers.get(turn.tx, turn.person_id, AnswerId(answer_id), deleted=True)
    )
    if answer is None or message_id is None:
        turn.notice(answering_screen.NOT_OPEN)
        return
    before = segments.of_answer(turn.tx, answer.id)
    parts = screen.parts_of(tap.arg(2))
    after = practice.empty(before, message_id, parts)
    emptied = [part for part in Part if after[part] != before[part]]
    if not emptied:
        turn.notice(screen.EMPTY_ALREADY)
        return
    if practice.fingerprint(before, message_id, parts) != tap.number(3):
        turn.notice(screen.CHANGED_SINCE)
        return
    if answer.submitted_at is not None and not any(after.values()):
        turn.notice(screen.NO_WORD_LEFT)
        return
    _save(turn, answer, before, after)
    _tell(turn, answer, screen.emptied(emptied, _whose(turn, answer)))


def _save(turn: Turn, answer: Answer, before: segments.Parts, after: segments.Parts) -> None:
    segments.save(turn.tx, turn.person_id, answer.id, before, after)
    answers.save_texts(turn.tx, answer.id, Draft(after).texts(), turn.now_utc)


def _tell(turn: Turn, answer: Answer, note: str, rows: Rows = ()) -> None:
    """Say it above the step of the answer being written, or above the question which answer its texts are for.

    Of any other answer it is said with the way to it.
    """
    stored = drafts.active(turn)
    if stored is not None and stored.answer.id == answer.id:
        answering.show_where(turn, stored, note=note, rows=rows)
    elif not (answer.submitted_at is None and placing.ask_again(turn, note, rows)):
        turn.show(screen.alone(note, _whose(turn, answer), rows))


def _whose(turn: Turn, answer: Answer) -> Whose:
    naming = naming_of(turn.library.question(answer.question_id))
    return Whose(answer.id, answer.submitted_at is not None, answer.deleted_at is not None, naming)
