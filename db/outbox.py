"""Messages committed but not yet sent. A row is deleted once Telegram has taken it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, or_, select, update

from bot.domain.terms import PersonId
from db.engine import Transaction
from db.prepared import Prepared
from db.tables import outbox

LEASE = timedelta(seconds=30)
"""How long a claimed row is left alone by other senders; longer than any one request may take."""


class Lane(IntEnum):
    """Which queue of the sender a message waits in; the lower goes first."""

    REPLY = 0
    PUSH = 1


_COLUMNS = ("key", "chat_id", "lane", "kind", "payload", "document", "created_at", "not_before")
_INSERT = Prepared(insert(outbox).values({name: bindparam(name) for name in _COLUMNS}).returning(outbox.c.id))
_INSERT_MANY = insert(outbox)
_DONE = delete(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way to one chat.

    ``key`` is unique for all time, so that work done twice adds it once. ``kind`` and ``payload`` (JSON) are the
    business of `bot.transport`; ``document`` holds the bytes of a file. ``not_before`` is both the time of the
    next try and, while somebody is sending it, the end of that sender's claim.
    """

    id: int
    key: str
    chat_id: PersonId
    lane: Lane
    kind: str
    payload: str
    document: bytes | None
    created_at: datetime
    not_before: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A message to add; see `Letter` for the fields."""

    key: str
    chat_id: PersonId
    lane: Lane
    kind: str
    payload: str
    document: bytes | None = None


def add(
    tx: Transaction, letters: Sequence[NewLetter], now_utc: datetime, not_before_utc: datetime
) -> tuple[Letter, ...]:
    """Add the letters and give them as stored, in order; ``not_before_utc`` in the future claims them."""
    stored = []
    for letter in letters:
        values = _values(letter, now_utc, not_before_utc)
        row_id = int(_INSERT.first(tx, values).id)
        stored.append(
            Letter(
                row_id,
                letter.key,
                letter.chat_id,
                letter.lane,
                letter.kind,
                letter.payload,
                letter.document,
                now_utc,
                not_before_utc,
                0,
            )
        )
    return tuple(stored)


def add_waiting(tx: Transaction, letters: Sequence[NewLetter], now_utc: datetime) -> None:
    """Add letters that whoever is on duty may claim at once."""
    rows = [_values(letter, now_utc, now_utc) for letter in letters]
    if rows:
        tx.execute(_INSERT_MANY, rows)


def claim(
    tx: Transaction, lane: Lane, now_utc: datetime, limit: int, holding: Collection[int] = ()
) -> tuple[Letter, ...]:
    """Claim up to ``limit`` letters that are due, oldest first; ``holding`` are ids this sender has already.

    A chat is skipped while an older letter of the lane waits for its time elsewhere, so that order within a chat
    holds; behind one that this sender has it may queue.
    """
    waiting = outbox.alias("waiting")
    older = select(waiting.c.id).where(
        waiting.c.chat_id == outbox.c.chat_id,
        waiting.c.id < outbox.c.id,
        waiting.c.lane == outbox.c.lane,
        waiting.c.not_before > now_utc,
    )
    if holding:
        older = older.where(waiting.c.id.not_in(holding))
    statement = (
        select(outbox)
        .where(outbox.c.lane == int(lane), outbox.c.not_before <= now_utc, ~older.exists())
        .order_by(outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=outbox)
    )
    if holding:
        statement = statement.where(outbox.c.id.not_in(holding))
    rows = tx.execute(statement).all()
    if not rows:
        return ()
    until = now_utc + LEASE
    tx.execute(update(outbox).where(outbox.c.id.in_([row.id for row in rows])).values(not_before=until))
    return tuple(_letter(row, until) for row in rows)


def renew(tx: Transaction, letter: Letter, now_utc: datetime) -> bool:
    """Extend this sender's claim; False if the letter was sent, withdrawn or claimed by another meanwhile."""
    found = tx.execute(
        update(outbox)
        .where(outbox.c.id == letter.id, outbox.c.not_before == letter.not_before)
        .values(not_before=now_utc + LEASE)
    )
    return found.rowcount == 1


def done(tx: Transaction, letter_ids: Collection[int]) -> None:
    """Delete letters that were sent or can never be."""
    tx.execute(_DONE, {"ids": list(letter_ids)})


def postpone(tx: Transaction, letter_id: int, until_utc: datetime) -> None:
    """Give the claim back and try again not before then."""
    tx.execute(
        update(outbox)
        .where(outbox.c.id == letter_id)
        .values(not_before=until_utc, attempts=outbox.c.attempts + 1)
    )


def release(
    tx: Transaction, now_utc: datetime, holding: Collection[int] = (), *, everything: bool = False
) -> int:
    """Take over the claims of a process that is known to be gone, but for ``holding``; how many.

    A claim that seems to last longer than any is one from before the clock was set back. Waits for Telegram (429)
    stay, unless ``everything`` is to be tried now.
    """
    statement = update(outbox).where(outbox.c.not_before > now_utc)
    if not everything:
        statement = statement.where(or_(outbox.c.not_before <= now_utc + LEASE, outbox.c.attempts == 0))
    if holding:
        statement = statement.where(outbox.c.id.not_in(holding))
    return tx.execute(statement.values(not_before=now_utc)).rowcount


def remove_of(tx: Transaction, chat_id: PersonId) -> None:
    """Delete whatever still waits for this chat."""
    tx.execute(delete(outbox).where(outbox.c.chat_id == chat_id))


def count(tx: Transaction) -> int:
    """How many letters wait."""
    return tx.execute(select(func.count()).select_from(outbox)).scalar_one()


def count_due(tx: Transaction, moment_utc: datetime) -> int:
    """How many letters are being sent or could be by then; those put off longer are left out."""
    statement = select(func.count()).select_from(outbox).where(outbox.c.not_before <= moment_utc)
    return tx.execute(statement).scalar_one()


def _values(letter: NewLetter, now_utc: datetime, not_before_utc: datetime) -> dict[str, Any]:
    return {
        "key": letter.key,
        "chat_id": letter.chat_id,
        "lane": int(letter.lane),
        "kind": letter.kind,
        "payload": letter.payload,
        "document": letter.document,
        "created_at": now_utc,
        "not_before": not_before_utc,
    }


def _letter(row: Row[Any], until: datetime) -> Letter:
    return Letter(
        id=row.id,
        key=row.key,
        chat_id=PersonId(row.chat_id),
        lane=Lane(row.lane),
        kind=row.kind,
        payload=row.payload,
        document=row.document,
        created_at=row.created_at,
        not_before=until,
        attempts=row.attempts,
    )
