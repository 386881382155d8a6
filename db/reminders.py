"""Questions put off with [Later], each due once at a moment of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from bot.domain.terms import PersonId, QuestionId
from db.engine import Transaction
from db.tables import reminders


@dataclass(frozen=True, slots=True)
class Reminder:
    """One question that comes back to one person at ``due_at``."""

    id: int
    person_id: PersonId
    question_id: QuestionId
    due_at: datetime


def put(tx: Transaction, person_id: PersonId, question_id: QuestionId, due_at_utc: datetime) -> None:
    """Let the question come back then; an earlier reminder of the same question is replaced."""
    drop(tx, person_id, question_id)
    tx.execute(insert(reminders).values(person_id=person_id, question_id=question_id, due_at=due_at_utc))


def drop(tx: Transaction, person_id: PersonId, question_id: QuestionId | None = None) -> None:
    """Forget the reminder of one question, or with None all of this person's."""
    statement = delete(reminders).where(reminders.c.person_id == person_id)
    if question_id is not None:
        statement = statement.where(reminders.c.question_id == question_id)
    tx.execute(statement)


def due(tx: Transaction, now_utc: datetime, limit: int) -> tuple[Reminder, ...]:
    """Up to ``limit`` reminders that are due, locked; those another worker holds are left to it."""
    statement = (
        select(reminders)
        .where(reminders.c.due_at <= now_utc)
        .order_by(reminders.c.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tuple(_reminder(row) for row in tx.execute(statement))


def due_ids(tx: Transaction, now_utc: datetime, limit: int) -> tuple[int, ...]:
    """Up to ``limit`` ids of reminders that are due, the longest due first; nothing is locked."""
    statement = (
        select(reminders.c.id).where(reminders.c.due_at <= now_utc).order_by(reminders.c.due_at).limit(limit)
    )
    return tuple(tx.execute(statement).scalars())


def get(tx: Transaction, reminder_id: int) -> Reminder | None:
    """The reminder, locked; None if it was handled or dropped."""
    row = tx.execute(select(reminders).where(reminders.c.id == reminder_id).with_for_update()).first()
    return None if row is None else _reminder(row)


def put_off(tx: Transaction, reminder_id: int, until_utc: datetime) -> None:
    """Let the reminder be due then."""
    tx.execute(update(reminders).where(reminders.c.id == reminder_id).values(due_at=until_utc))


def every(tx: Transaction, person_id: PersonId) -> tuple[Reminder, ...]:
    """The questions the person put off, the first due first, for the export."""
    statement = select(reminders).where(reminders.c.person_id == person_id).order_by(reminders.c.due_at)
    return tuple(_reminder(row) for row in tx.execute(statement))


def done(tx: Transaction, reminder: Reminder) -> None:
    """Delete the reminder; it has been handled."""
    tx.execute(delete(reminders).where(reminders.c.id == reminder.id))


def next_moment(tx: Transaction, person_id: PersonId | None = None) -> datetime | None:
    """When the next reminder is due, of one person or of all; None if there is none."""
    statement = select(func.min(reminders.c.due_at))
    if person_id is not None:
        statement = statement.where(reminders.c.person_id == person_id)
    return tx.execute(statement).scalar()


def _reminder(row: Row[Any]) -> Reminder:
    return Reminder(row.id, PersonId(row.person_id), QuestionId(row.question_id), row.due_at)
