"""Texts of which it is not known what they are for, word for word as they came, until the person says so.

All that wait of one person are between the same two: an older draft, and the question whose card was shown since.
All that are held are perhaps the reply to what `Person.expecting` says; they have neither draft nor question.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update

from bot.domain.practice import Received
from bot.domain.terms import AnswerId, PersonId, QuestionId
from db.engine import Transaction
from db.tables import undecided

_NO_DRAFT = AnswerId(0)
_NO_QUESTION = QuestionId("")


@dataclass(frozen=True, slots=True)
class Between:
    """The draft of which a text was perhaps the next part, the question it may be for as well, and the texts."""

    draft_id: AnswerId
    question_id: QuestionId
    texts: tuple[Received, ...]


def of_person(tx: Transaction, person_id: PersonId) -> Between | None:
    """The texts that wait, in the order in which they were sent; None if none does."""
    rows = tx.execute(_of(person_id).where(undecided.c.question_id != _NO_QUESTION)).all()
    if not rows:
        return None
    texts = tuple(map(_received, rows))
    return Between(AnswerId(rows[0].draft_id), QuestionId(rows[0].question_id), texts)


def add(
    tx: Transaction, person_id: PersonId, draft_id: AnswerId, question_id: QuestionId, text: Received
) -> None:
    """Let one more text wait."""
    tx.execute(
        insert(undecided).values(
            person_id=person_id,
            message_id=text.message_id,
            draft_id=draft_id,
            question_id=question_id,
            text=text.text,
            sent_at=text.sent_at,
        )
    )


def rewrite(tx: Transaction, person_id: PersonId, message_id: int, words: str) -> None:
    """Let the text wait, or be held, in these words."""
    statement = (
        update(undecided)
        .where(undecided.c.person_id == person_id, undecided.c.message_id == message_id)
        .values(text=words)
    )
    tx.execute(statement)


def clear(tx: Transaction, person_id: PersonId) -> None:
    """None waits any more: each went into an answer."""
    waiting = undecided.c.question_id != _NO_QUESTION
    tx.execute(delete(undecided).where(undecided.c.person_id == person_id, waiting))


def hold(tx: Transaction, person_id: PersonId, text: Received) -> None:
    """Hold one more text that is perhaps a reply."""
    add(tx, person_id, _NO_DRAFT, _NO_QUESTION, text)


def held(tx: Transaction, person_id: PersonId) -> tuple[Received, ...]:
    """The texts that are held, in the order in which they were sent."""
    rows = tx.execute(_of(person_id).where(undecided.c.question_id == _NO_QUESTION))
    return tuple(map(_received, rows))


def release(tx: Transaction, person_id: PersonId) -> tuple[Received, ...]:
    """Hold none any more; those that were held."""
    texts = held(tx, person_id)
    is_held = undecided.c.question_id == _NO_QUESTION
    tx.execute(delete(undecided).where(undecided.c.person_id == person_id, is_held))
    return texts


def _of(person_id: PersonId) -> Select[Any]:
    return select(undecided).where(undecided.c.person_id == person_id).order_by(undecided.c.message_id)


def _received(row: Row[Any]) -> Received:
    return Received(row.message_id, row.text, row.sent_at)
