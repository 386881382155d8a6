"""What the coach heard in each submitted answer, in short, so that it need not read them all again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from bot.domain.terms import AnswerId, PersonId
from db.engine import Transaction
from db.tables import readings


@dataclass(frozen=True, slots=True)
class Noted:
    """The codes of the flags, the ids of the points that were not heard, and how many could be, at that moment."""

    answer_id: AnswerId
    flags: tuple[str, ...]
    unheard: tuple[str, ...]
    judged: int
    read_at: datetime


def put(tx: Transaction, person_id: PersonId, noted: Noted) -> None:
    """Store what was heard in an answer in the place of an earlier reading."""
    tx.execute(delete(readings).where(readings.c.answer_id == noted.answer_id))
    tx.execute(
        insert(readings).values(
            answer_id=noted.answer_id,
            person_id=person_id,
            flags=",".join(noted.flags),
            unheard=",".join(noted.unheard),
            judged=noted.judged,
            read_at=noted.read_at,
        )
    )


def of_answers(tx: Transaction, answer_ids: Sequence[AnswerId]) -> dict[AnswerId, Noted]:
    """What was heard in these answers, as far as it was noted."""
    found = tx.execute(select(readings).where(readings.c.answer_id.in_(answer_ids)))
    return {AnswerId(row.answer_id): _noted(row) for row in found}


def every(tx: Transaction, person_id: PersonId) -> dict[AnswerId, Noted]:
    """What was heard in any answer of the person, for the export."""
    statement = select(readings).where(readings.c.person_id == person_id).order_by(readings.c.answer_id)
    return {AnswerId(row.answer_id): _noted(row) for row in tx.execute(statement)}


def _noted(row: Row[Any]) -> Noted:
    return Noted(
        AnswerId(row.answer_id),
        tuple(filter(None, row.flags.split(","))),
        tuple(filter(None, row.unheard.split(","))),
        row.judged,
        row.read_at,
    )
