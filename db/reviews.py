"""When each rated question is due again for each person. How that is reckoned is `bot.domain.reviews`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select

from bot.domain.reviews import Review
from bot.domain.terms import PersonId, QuestionId
from db.engine import Transaction
from db.tables import reviews

_DUE = select(reviews.c.person_id, reviews.c.question_id, reviews.c.due_at).where(
    reviews.c.person_id.in_(bindparam("person_ids", expanding=True)),
    reviews.c.due_at <= bindparam("until_utc"),
)


def put(tx: Transaction, person_id: PersonId, question_id: QuestionId, review: Review | None) -> None:
    """Store the review in the place of the one before; with None the question is due no more."""
    tx.execute(delete(reviews).where(reviews.c.person_id == person_id, reviews.c.question_id == question_id))
    if review is not None:
        tx.execute(
            insert(reviews).values(
                person_id=person_id,
                question_id=question_id,
                stability=review.stability,
                difficulty=review.difficulty,
                reviewed_at=review.reviewed_at,
                due_at=review.due_at,
            )
        )


def due(
    tx: Transaction, person_ids: Sequence[PersonId], until_utc: datetime
) -> Mapping[PersonId, Mapping[QuestionId, datetime]]:
    """What is due for each of these people up to then, by question."""
    found: dict[PersonId, dict[QuestionId, datetime]] = {person_id: {} for person_id in person_ids}
    rows = tx.execute(_DUE, {"person_ids": list(person_ids), "until_utc": until_utc}).all()
    for person_id, question_id, due_at in rows:
        found[person_id][question_id] = due_at
    return found


def of_person(tx: Transaction, person_id: PersonId) -> Mapping[QuestionId, Review]:
    """All of the person's reviews, the first due first."""
    statement = select(reviews).where(reviews.c.person_id == person_id).order_by(reviews.c.due_at)
    return {QuestionId(row.question_id): _review(row) for row in tx.execute(statement)}


def _review(row: Row[Any]) -> Review:
    return Review(row.stability, row.difficulty, row.reviewed_at, row.due_at)
