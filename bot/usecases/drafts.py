"""Drafts as stored: loading, saving, parking. What a reply does to a draft is `bot.domain.practice`'s."""

from dataclasses import dataclass

from bot.domain.practice import Draft
from bot.domain.terms import AnswerId
from bot.screens import answering as screen
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers, askings, segments
from db.answers import Answer


@dataclass(frozen=True, slots=True)
class Stored:
    """A draft and the row it is kept in."""

    answer: Answer
    draft: Draft


def load(turn: Turn, answer_id: AnswerId) -> Stored | None:
    """The person's draft with that id; None if it is another's, submitted or deleted."""
    answer = answers.get(turn.tx, turn.person_id, answer_id)
    if answer is None or answer.submitted_at is not None:
        return None
    return _stored(turn, answer)


def active(turn: Turn) -> Stored | None:
    """The draft the person is writing now; None if there is none."""
    answer_id = turn.person.active_answer_id
    return None if answer_id is None else load(turn, answer_id)


def save(turn: Turn, before: Stored, draft: Draft) -> Stored:
    """Store the draft as it is now."""
    segments.save(turn.tx, turn.person_id, before.answer.id, before.draft.parts, draft.parts)
    answers.save_draft(turn.tx, before.answer.id, draft, turn.now_utc)
    return Stored(before.answer, draft)


def begin(turn: Turn, question: Question) -> Stored:
    """A new empty draft, made the active one; the one before is parked, or dropped if nothing was written."""
    park(turn)
    category = turn.library.category_of(question.id)
    if category is None:
        raise LookupError(f"question {question.id} has no category")
    answer_id = answers.start(
        turn.tx, turn.person_id, question.id, category.id, question.prompt, turn.now_utc
    )
    stored = load(turn, answer_id)
    if stored is None:
        raise LookupError("a draft just added is gone")
    activate(turn, stored)
    return stored


def activate(turn: Turn, stored: Stored) -> None:
    """Make it the draft the next texts go to: if a card was shown since it was touched, it is touched now."""
    if turn.person.active_answer_id != stored.answer.id:
        park(turn)
    asked = askings.newest(turn.tx, turn.person_id)
    if asked is not None and asked[1] > stored.answer.updated_at:
        answers.save_draft(turn.tx, stored.answer.id, stored.draft, turn.now_utc)
    turn.change(active_answer_id=stored.answer.id, expecting=None)


def park(turn: Turn) -> None:
    """Let the active draft rest. One without words is dropped, for there is nothing to come back to."""
    resting = active(turn)
    if resting is not None and resting.draft.is_empty():
        answers.set_deleted(turn.tx, resting.answer.id, turn.now_utc)
    if turn.person.active_answer_id is not None:
        turn.change(active_answer_id=None)


def offer_resting(turn: Turn, *, another: bool) -> bool:
    """Show the active draft with [Continue] and [Start over], if there is one with words; whether there was."""
    resting = active(turn)
    if resting is None or resting.draft.is_empty():
        return False
    turn.show(screen.resume(resting.answer.id, resting.draft, resting.answer.prompt, another=another))
    return True


def _stored(turn: Turn, answer: Answer) -> Stored:
    parts = segments.of_answer(turn.tx, answer.id)
    draft = Draft(parts, answer.step, answer.asked, asking=answer.asking, editing=answer.editing)
    return Stored(answer, draft)
