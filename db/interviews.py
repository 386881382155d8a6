"""How people's interviews went: a row for each day of one that is over."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update

from bot.domain.terms import PersonId
from db.engine import Transaction
from db.tables import interviews


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview on that local day; ``outcome`` and ``told_at`` are None until its person says how it went."""

    day: date
    name: str | None
    outcome: str | None
    told_at: datetime | None


def add(tx: Transaction, person_id: PersonId, day: date, name: str | None) -> None:
    """Remember an interview that is over, unless it is known already."""
    if get(tx, person_id, day) is None:
        tx.execute(insert(interviews).values(person_id=person_id, day=day, name=name))


def get(tx: Transaction, person_id: PersonId, day: date) -> Interview | None:
    """The person's interview on that day."""
    return next((each for each in of_person(tx, person_id) if each.day == day), None)


def of_person(tx: Transaction, person_id: PersonId) -> tuple[Interview, ...]:
    """All of the person's interviews that are over, oldest first."""
    statement = select(interviews).where(interviews.c.person_id == person_id).order_by(interviews.c.day)
    return tuple(Interview(row.day, row.name, row.outcome, row.told_at) for row in tx.execute(statement))


def tell(tx: Transaction, person_id: PersonId, day: date, outcome: str, now_utc: datetime) -> None:
    """Store how it went."""
    tx.execute(
        update(interviews)
        .where(interviews.c.person_id == person_id, interviews.c.day == day)
        .values(outcome=outcome, told_at=now_utc)
    )


def remove_untold(tx: Transaction, person_id: PersonId, day: date) -> None:
    """Forget the interview on that day if nothing was said of it: it did not take place."""
    tx.execute(
        delete(interviews).where(
            interviews.c.person_id == person_id, interviews.c.day == day, interviews.c.outcome.is_(None)
        )
    )
