"""Packs that people sent for themselves: one at most that waits to be kept or dropped, and those that are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.domain.terms import PersonId
from db.engine import Transaction
from db.prepared import Prepared
from db.tables import packs


@dataclass(frozen=True, slots=True)
class Pack:
    """One row of `packs` without its text; ``digest`` tells whether two texts are the same.

    ``name`` is that of the file without its ending, ``questions`` how many it holds.
    """

    id: int
    person_id: PersonId
    name: str
    title: str
    questions: int
    digest: str
    kept: bool
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A pack as it came, checked."""

    name: str
    title: str
    questions: int
    text: str
    digest: str


_SELECT = select(*(column for column in packs.c if column.name != "text"))
_KEPT = Prepared(
    _SELECT.where(packs.c.person_id == bindparam("owner_id"), packs.c.kept.is_(True)).order_by(packs.c.id)
)


def kept(tx: Transaction, person_id: PersonId) -> tuple[Pack, ...]:
    """The packs of this person that count, the first one first."""
    return tuple(_pack(row) for row in _KEPT.all(tx, {"owner_id": person_id}))


def get(tx: Transaction, person_id: PersonId, pack_id: int) -> Pack | None:
    """This person's pack with that id, kept or waiting; None if it is another's or gone."""
    row = tx.execute(_SELECT.where(packs.c.id == pack_id, packs.c.person_id == person_id)).first()
    return None if row is None else _pack(row)


def text(tx: Transaction, pack_id: int) -> str:
    """What stands in the file."""
    return str(tx.execute(select(packs.c.text).where(packs.c.id == pack_id)).scalar_one())


def put_waiting(tx: Transaction, person_id: PersonId, sent: Sent, now_utc: datetime) -> int:
    """Let the pack wait to be kept or dropped, in the place of one that waited before; its id."""
    tx.execute(delete(packs).where(packs.c.person_id == person_id, packs.c.kept.is_(False)))
    result = tx.execute(
        insert(packs).values(
            person_id=person_id,
            name=sent.name,
            title=sent.title,
            questions=sent.questions,
            text=sent.text,
            digest=sent.digest,
            sent_at=now_utc,
        )
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # a single-row insert has one


def keep(tx: Transaction, pack: Pack) -> int:
    """Keep a pack that waits; one of the same name gets its text and keeps its own id. The id of what is kept."""
    older = tx.execute(
        select(packs.c.id).where(
            packs.c.person_id == pack.person_id, packs.c.kept.is_(True), packs.c.name == pack.name
        )
    ).scalar()
    if older is None:
        tx.execute(update(packs).where(packs.c.id == pack.id).values(kept=True))
        return pack.id
    values = {
        "title": pack.title,
        "questions": pack.questions,
        "text": text(tx, pack.id),
        "digest": pack.digest,
        "sent_at": pack.sent_at,
    }
    tx.execute(update(packs).where(packs.c.id == older).values(values))
    remove(tx, pack.id)
    return int(older)


def remove(tx: Transaction, pack_id: int) -> None:
    """Erase the pack."""
    tx.execute(delete(packs).where(packs.c.id == pack_id))


def every(tx: Transaction, person_id: PersonId) -> tuple[tuple[Pack, str], ...]:
    """All packs of the person with their texts, for the export."""
    rows = tx.execute(select(packs).where(packs.c.person_id == person_id).order_by(packs.c.id))
    return tuple((_pack(row), row.text) for row in rows)


def _pack(row: Row[Any]) -> Pack:
    return Pack(
        id=row.id,
        person_id=PersonId(row.person_id),
        name=row.name,
        title=row.title,
        questions=row.questions,
        digest=row.digest,
        kept=row.kept,
        sent_at=row.sent_at,
    )
