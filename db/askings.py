"""Which question was asked of whom and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, insert, literal_column, select

from bot.domain import selection
from bot.domain.terms import PersonId, QuestionId
from db.engine import Transaction
from db.prepared import Prepared
from db.tables import askings


@dataclass(frozen=True, slots=True)
class Asked:
    """One time a question was asked, for the export; ``push``: as the push of that local date."""

    question_id: QuestionId
    asked_at: datetime
    local_date: date
    push: bool


# Asked at every text of an answer.
_NEWEST = Prepared(
    select(askings.c.question_id, askings.c.asked_at)
    .where(askings.c.person_id == bindparam("person_id"))
    .order_by(askings.c.asked_at.desc(), askings.c.id.desc())
    .limit(literal_column("1"))
)
_ADD = insert(askings)
_OF_PEOPLE = (
    select(
        askings.c.person_id,
        askings.c.question_id,
        func.count(),
        func.min(askings.c.local_date),
        func.max(askings.c.local_date),
        func.max(askings.c.asked_at),
    )
    .where(askings.c.person_id.in_(bindparam("person_ids", expanding=True)))
    .group_by(askings.c.person_id, askings.c.question_id)
)

_ROWS_AT_ONCE = 200


def add(
    tx: Transaction,
    person_id: PersonId,
    question_id: QuestionId,
    now_utc: datetime,
    local_date: date,
    *,
    push: bool = False,
) -> None:
    """Store that the question was asked; with ``push``, as the one push of that local date.

    Raises the driver's integrity error if that date had its push, which rolls the caller back: two pushes of a
    date never both commit.
    """
    tx.execute(
        _ADD,
        {
            "person_id": person_id,
            "question_id": question_id,
            "asked_at": now_utc,
            "local_date": local_date,
            "push_date": local_date if push else None,
        },
    )


def newest(tx: Transaction, person_id: PersonId) -> tuple[QuestionId, datetime] | None:
    """What the person was asked last, and when; None if nothing yet."""
    row = _NEWEST.first(tx, {"person_id": person_id})
    return None if row is None else (QuestionId(row.question_id), row.asked_at)


def add_pushes(
    tx: Transaction, pushes: Sequence[tuple[PersonId, QuestionId, date]], now_utc: datetime
) -> None:
    """Store the pushes, as person, question and local date each; see `add`."""
    rows = [
        {
            "person_id": person_id,
            "question_id": question_id,
            "asked_at": now_utc,
            "local_date": push_date,
            "push_date": push_date,
        }
        for person_id, question_id, push_date in pushes
    ]
    if rows:
        tx.execute(_ADD, rows)


def of_person(tx: Transaction, person_id: PersonId) -> Mapping[QuestionId, selection.Asked]:
    """What this person was asked so far, by question."""
    return of_people(tx, [person_id])[person_id]


def of_people(
    tx: Transaction, person_ids: Sequence[PersonId]
) -> Mapping[PersonId, Mapping[QuestionId, selection.Asked]]:
    """What each of these people was asked so far, by question."""
    asked: dict[PersonId, dict[QuestionId, selection.Asked]] = {person_id: {} for person_id in person_ids}
    # A tick reads thousands of these rows: one by one they cost more calls, all at once more collecting of garbage.
    for rows in tx.execute(_OF_PEOPLE, {"person_ids": list(person_ids)}).partitions(_ROWS_AT_ONCE):
        for person_id, question_id, times, first_on, last_on, last_at in rows:
            asked[person_id][question_id] = selection.Asked(times, first_on, last_on, last_at)
    return asked


def every(tx: Transaction, person_id: PersonId) -> tuple[Asked, ...]:
    """Each time the person was asked a question, oldest first, for the export."""
    statement = select(askings).where(askings.c.person_id == person_id).order_by(askings.c.id)
    return tuple(
        Asked(QuestionId(row.question_id), row.asked_at, row.local_date, row.push_date is not None)
        for row in tx.execute(statement)
    )
