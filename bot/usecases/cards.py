"""The question whose card was shown last: whether it is still open, and whether it came after an answer's last step.

Which question comes is `asking`'s; here is only what was on a card already.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.terms import QuestionId
from bot.usecases.drafts import Stored
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers, askings

FRESH = timedelta(days=2)
"""How long a card, or an answer put aside, is what a text without any other address is taken for."""


@dataclass(frozen=True, slots=True)
class Card:
    """A question and the moment its card was shown."""

    question: Question
    asked_at: datetime


def newest(turn: Turn) -> Card | None:
    """The card shown last; None if there was none, or if its question is not asked any more."""
    asked = askings.newest(turn.tx, turn.person_id)
    question = None if asked is None else turn.library.question(asked[0])
    if asked is None or question is None or question.retired:
        return None
    return Card(question, asked[1])


def is_fresh(turn: Turn, moment_utc: datetime) -> bool:
    """Whether that was lately enough for a text to be about it."""
    return turn.now_utc - moment_utc <= FRESH


def is_settled(turn: Turn, question_id: QuestionId, since_utc: datetime) -> bool:
    """Whether the person answered the question since then, began to, or turned it down."""
    rows = answers.touched(turn.tx, turn.person_id, question_id, since_utc)
    if any(row.submitted_at is not None and row.submitted_at >= since_utc for row in rows):
        return True
    drafts = [row for row in rows if row.submitted_at is None]
    waiting = [draft for draft in drafts if draft.deleted_at is None]
    return any(any(draft.texts.values()) for draft in waiting) if waiting else bool(drafts)


def open_since(turn: Turn, card: Card | None, stored: Stored) -> Card | None:
    """The card if it is another question's, came after the draft was last touched, and is open; else None."""
    if card is None or card.question.id == stored.answer.question_id:
        return None
    if card.asked_at <= stored.answer.updated_at or is_settled(turn, card.question.id, card.asked_at):
        return None
    return card


def stands_between(card: Card | None, stored: Stored) -> bool:
    """Whether another question's card was shown since the draft was begun, so that its steps must name theirs."""
    return (
        card is not None
        and card.question.id != stored.answer.question_id
        and card.asked_at > stored.answer.started_at
    )


def turn_down(turn: Turn, question: Question) -> None:
    """Store that the question is not wanted: as an empty draft that is gone, such as [Answer] and [Cancel] leave."""
    category = turn.library.category_of(question.id)
    if category is not None:
        answer_id = answers.start(
            turn.tx, turn.person_id, question.id, category.id, question.prompt, turn.now_utc
        )
        answers.set_deleted(turn.tx, answer_id, turn.now_utc)
