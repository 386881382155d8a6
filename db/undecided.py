"""Texts that may be for either of two answers, word for word as they came, until the person says for which.

All that wait of one person are between the same two: an older draft, and the question whose card was shown since.
"""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from bot.domain.practice import Received
from bot.domain.terms import AnswerId, PersonId, QuestionId
from db.engine import Transaction
from db.tables import undecided


@dataclass(frozen=True, slots=True)
class Between:
    """The draft of which a text was perhaps the next part, the question it may be for as well, and the texts."""

    draft_id: AnswerId
    question_id: QuestionId
    texts: tuple[Received, ...]


def of_person(tx: Transaction, person_id: PersonId) -> Between | None:
    """The texts that wait, in the order in which they were sent; None if none does."""
    statement = select(undecided).where(undecided.c.person_id == person_id).order_by(undecided.c.message_id)
    rows = tx.execute(statement).all()
    if not rows:
        return None
    texts = tuple(Received(row.message_id, row.text, row.sent_at) for row in rows)
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


def rewrite(tx: Transaction, person_id: PersonId, message_id: int, words: str) -> bool:
    """Let the text wait in these words; False if no text of that message waits."""
    statement = (
        update(undecided)
        .where(undecided.c.person_id == person_id, undecided.c.message_id == message_id)
        .values(text=words)
    )
    return tx.execute(statement).rowcount > 0


def clear(tx: Transaction, person_id: PersonId) -> None:
    """None waits any more: each went into an answer."""
    tx.execute(delete(undecided).where(undecided.c.person_id == person_id))
