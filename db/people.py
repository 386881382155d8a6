"""The people: who they are to Telegram, when they want the push, and what they are being asked just now."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, select, text, update

from bot.domain.terms import AnswerId, CategoryId, Level, PersonId
from db.engine import Transaction
from db.prepared import Prepared
from db.tables import UtcDateTime, people


@dataclass(frozen=True, slots=True)
class Person:
    """One row of `people`.

    ``minute_of_day`` and ``zone`` are None until set up; ``weekdays`` holds 0 (Monday) to 6;
    ``category_ids`` None means every category; ``expecting`` names what the next text is taken for when it is
    not part of an answer (such as ``time``), None when nothing special is expected. ``level`` None means any;
    ``weak_category_ids`` are those they answer worst, the weakest first. ``target_date`` is the local day of their
    interview, ``target_next_at`` when something is to be said about it next.
    """

    id: PersonId
    created_at: datetime
    language_code: str | None
    minute_of_day: int | None
    zone: str | None
    weekdays: frozenset[int]
    paused: bool
    paused_until: date | None
    blocked_at: datetime | None
    next_push_at: datetime | None
    last_push_date: date | None
    category_ids: tuple[CategoryId, ...] | None
    expecting: str | None
    active_answer_id: AnswerId | None
    search_words: str | None
    has_packs: bool
    level: Level | None
    weak_category_ids: tuple[CategoryId, ...]
    target_date: date | None
    target_name: str | None
    target_next_at: datetime | None
    story_count: int


# Statements are built once: building one anew costs several times what it costs to run.
_SELECT = select(people)
_LOCK = Prepared(_SELECT.where(people.c.id == bindparam("person_id")).with_for_update())
_DUE = (
    _SELECT.where(people.c.next_push_at <= bindparam("now_utc"))
    .order_by(people.c.next_push_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_DUE_TARGETS = (
    _SELECT.where(people.c.target_next_at <= bindparam("now_utc"))
    .order_by(people.c.target_next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_SETTLE = (
    update(people)
    .where(people.c.id == bindparam("settled_id"))
    .values({name: bindparam(name) for name in ("next_push_at", "last_push_date")})
)
_ADD = text(
    "INSERT INTO people (id, created_at, language_code) VALUES (:id, :created_at, :language_code)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("created_at", type_=UtcDateTime))


def lock(tx: Transaction, person_id: PersonId) -> Person | None:
    """The person, locked until the transaction ends; None if unknown.

    The lock is what keeps one person's updates in order across processes. SQLite has one writer at a time and
    needs none.
    """
    row = _LOCK.first(tx, {"person_id": person_id})
    return _person(row) if row is not None else None


def lock_or_add(tx: Transaction, person_id: PersonId, language_code: str | None, now_utc: datetime) -> Person:
    """The person, locked; added first if this is the first time they are seen."""
    person = lock(tx, person_id)
    if person is not None:
        return person
    # Two first messages may be handled by two processes at once, hence the conflict clause.
    tx.execute(_ADD, {"id": person_id, "created_at": now_utc, "language_code": language_code})
    added = lock(tx, person_id)
    if added is None:
        raise LookupError("a person just added is gone")
    return added


def change(tx: Transaction, person: Person, **changes: Any) -> Person:
    """Store the named fields of `Person` and give the person with them; nothing is written if nothing differs."""
    changed = replace(person, **changes)
    values = {name: _stored(name, value) for name, value in changes.items() if getattr(person, name) != value}
    if values:
        _update_of(tuple(sorted(values))).run(tx, {"person_id": person.id, **values})
    return changed


def due(tx: Transaction, now_utc: datetime, limit: int) -> tuple[Person, ...]:
    """Up to ``limit`` people whose push is due, locked; those locked by another worker are left to it."""
    return tuple(_person(row) for row in tx.execute(_DUE, {"now_utc": now_utc, "most": limit}))


def settle(tx: Transaction, settled: Sequence[tuple[PersonId, datetime | None, date | None]]) -> None:
    """Store when each person's next push is due (None: never) and the local date of their last one."""
    rows = [
        {"settled_id": person_id, "next_push_at": next_push_at, "last_push_date": last_push_date}
        for person_id, next_push_at, last_push_date in settled
    ]
    if rows:
        tx.execute(_SETTLE, rows)


def due_ids(tx: Transaction, now_utc: datetime, limit: int) -> tuple[int, ...]:
    """Up to ``limit`` ids of people whose push is due, the longest due first; nothing else of them is read."""
    return _due_by(tx, people.c.next_push_at, now_utc, limit)


def put_push_off(tx: Transaction, person_id: int, until_utc: datetime) -> None:
    """Let the person's push be due then."""
    tx.execute(update(people).where(people.c.id == person_id).values(next_push_at=until_utc))


def due_targets(tx: Transaction, now_utc: datetime, limit: int) -> tuple[Person, ...]:
    """Up to ``limit`` people to whom something is to be said about the day of their interview, locked."""
    return tuple(_person(row) for row in tx.execute(_DUE_TARGETS, {"now_utc": now_utc, "most": limit}))


def due_target_ids(tx: Transaction, now_utc: datetime, limit: int) -> tuple[int, ...]:
    """Up to ``limit`` ids of those people, the longest due first; nothing is locked."""
    return _due_by(tx, people.c.target_next_at, now_utc, limit)


def _due_by(
    tx: Transaction, moment: ColumnElement[datetime | None], now_utc: datetime, limit: int
) -> tuple[int, ...]:
    statement = select(people.c.id).where(moment <= now_utc).order_by(moment).limit(limit)
    return tuple(tx.execute(statement).scalars())


def put_target_off(tx: Transaction, person_id: int, until_utc: datetime) -> None:
    """Let it be said then."""
    tx.execute(update(people).where(people.c.id == person_id).values(target_next_at=until_utc))


def next_target_moment(tx: Transaction, person_id: PersonId | None = None) -> datetime | None:
    """The earliest moment at which something is to be said about an interview, to one person or to all."""
    statement = select(func.min(people.c.target_next_at))
    if person_id is not None:
        statement = statement.where(people.c.id == person_id)
    return tx.execute(statement).scalar()


def next_push_moment(tx: Transaction, person_id: PersonId | None = None) -> datetime | None:
    """The earliest moment at which a push is due, of one person or of all; None if nobody waits for one."""
    statement = select(func.min(people.c.next_push_at))
    if person_id is not None:
        statement = statement.where(people.c.id == person_id)
    return tx.execute(statement).scalar()


def remove(tx: Transaction, person_id: PersonId) -> None:
    """Delete the person and, through the foreign keys, everything that is theirs in other tables."""
    tx.execute(delete(people).where(people.c.id == person_id))


@cache
def _update_of(names: tuple[str, ...]) -> Prepared:
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return Prepared(update(people).where(people.c.id == bindparam("person_id")).values(values))


def _stored(name: str, value: Any) -> Any:
    if name == "weekdays":
        return _mask(value)
    if name == "category_ids":
        return None if value is None else json.dumps(list(value))
    if name == "weak_category_ids":
        return json.dumps(list(value)) if value else None
    return value


def _mask(weekdays: Iterable[int]) -> int:
    return sum(1 << day for day in weekdays)


def _person(row: Row[Any]) -> Person:
    return Person(
        id=PersonId(row.id),
        created_at=row.created_at,
        language_code=row.language_code,
        minute_of_day=row.minute_of_day,
        zone=row.zone,
        weekdays=frozenset(day for day in range(7) if row.weekdays >> day & 1),
        paused=row.paused,
        paused_until=row.paused_until,
        blocked_at=row.blocked_at,
        next_push_at=row.next_push_at,
        last_push_date=row.last_push_date,
        category_ids=None if row.category_ids is None else tuple(json.loads(row.category_ids)),
        expecting=row.expecting,
        active_answer_id=None if row.active_answer_id is None else AnswerId(row.active_answer_id),
        search_words=row.search_words,
        has_packs=row.has_packs,
        level=None if row.level is None else Level(row.level),
        target_date=row.target_date,
        target_name=row.target_name,
        target_next_at=row.target_next_at,
        story_count=row.story_count,
        weak_category_ids=() if row.weak_category_ids is None else tuple(json.loads(row.weak_category_ids)),
    )
