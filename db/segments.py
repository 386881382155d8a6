"""Which Telegram message gave which piece of which part."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.practice import Segment
from bot.domain.terms import PARTS, AnswerId, Part, PersonId
from db.engine import Transaction
from db.prepared import Prepared
from db.tables import segments

Parts = Mapping[Part, tuple[Segment, ...]]

_COLUMNS = ("answer_id", "person_id", "part", "message_id", "joint", "text", "sent_at")

_OF_ANSWER = Prepared(
    select(segments)
    .where(segments.c.answer_id == bindparam("answer_id"), segments.c.replaced.is_(False))
    .order_by(segments.c.id)
)
_INSERT = Prepared(insert(segments).values({name: bindparam(name) for name in _COLUMNS}))


def of_answer(tx: Transaction, answer_id: AnswerId) -> dict[Part, tuple[Segment, ...]]:
    """The segments that make up each part of an answer, in order; replaced ones are left out."""
    parts: dict[Part, tuple[Segment, ...]] = dict.fromkeys(PARTS, ())
    for row in _OF_ANSWER.all(tx, {"answer_id": answer_id}):
        parts[Part(row.part)] = (*parts[Part(row.part)], _segment(row))
    return parts


def answer_of_message(tx: Transaction, person_id: PersonId, message_id: int) -> AnswerId | None:
    """Which of the person's answers holds text of that message; None if none does (any more)."""
    statement = (
        select(segments.c.answer_id)
        .where(
            segments.c.person_id == person_id,
            segments.c.message_id == message_id,
            segments.c.replaced.is_(False),
        )
        .limit(1)
    )
    found = tx.execute(statement).scalar()
    return None if found is None else AnswerId(found)


def newest(tx: Transaction, person_id: PersonId) -> tuple[AnswerId, Part] | None:
    """Where the last message went that any part of the person's answers holds; None if no part holds any.

    Of a message that filled several parts it is the last of them.
    """
    statement = (
        select(segments.c.answer_id, segments.c.part)
        .where(segments.c.person_id == person_id, segments.c.replaced.is_(False))
        .order_by(segments.c.message_id.desc(), segments.c.id.desc())
        .limit(1)
    )
    row = tx.execute(statement).first()
    return None if row is None else (AnswerId(row.answer_id), Part(row.part))


def save(tx: Transaction, person_id: PersonId, answer_id: AnswerId, before: Parts, after: Parts) -> None:
    """Store the difference. A segment that is no longer in its part is kept, marked as replaced."""
    for part in PARTS:
        old, new = before.get(part, ()), after.get(part, ())
        if old == new:
            continue
        if new[: len(old)] == old:
            _insert(tx, person_id, answer_id, part, new[len(old) :])
        elif [segment.message_id for segment in old] == [segment.message_id for segment in new]:
            _rewrite(tx, answer_id, part, [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]])
        else:
            tx.execute(
                update(segments)
                .where(segments.c.answer_id == answer_id, segments.c.part == part.value)
                .values(replaced=True)
            )
            _insert(tx, person_id, answer_id, part, new)


def earlier(tx: Transaction, person_id: PersonId) -> list[tuple[AnswerId, Part, Segment]]:
    """What the person replaced by other words, oldest first, for the export."""
    statement = (
        select(segments)
        .where(segments.c.person_id == person_id, segments.c.replaced.is_(True))
        .order_by(segments.c.id)
    )
    return [(AnswerId(row.answer_id), Part(row.part), _segment(row)) for row in tx.execute(statement)]


def of_person(tx: Transaction, person_id: PersonId) -> list[tuple[AnswerId, Part, Segment]]:
    """What makes up all the person's answers and drafts now, oldest first; replaced segments are left out."""
    statement = (
        select(segments)
        .where(segments.c.person_id == person_id, segments.c.replaced.is_(False))
        .order_by(segments.c.id)
    )
    return [(AnswerId(row.answer_id), Part(row.part), _segment(row)) for row in tx.execute(statement)]


def _insert(
    tx: Transaction, person_id: PersonId, answer_id: AnswerId, part: Part, new: Sequence[Segment]
) -> None:
    if not new:
        return
    rows = [
        {
            "answer_id": answer_id,
            "person_id": person_id,
            "part": part.value,
            "message_id": segment.message_id,
            "joint": segment.joint,
            "text": segment.text,
            "sent_at": segment.sent_at,
        }
        for segment in new
    ]
    _INSERT.run(tx, *rows)


def _rewrite(
    tx: Transaction, answer_id: AnswerId, part: Part, changed: Sequence[tuple[Segment, Segment]]
) -> None:
    for _old, new in changed:
        tx.execute(
            update(segments)
            .where(
                segments.c.answer_id == answer_id,
                segments.c.part == part.value,
                segments.c.message_id == new.message_id,
                segments.c.replaced.is_(False),
            )
            .values(text=new.text, joint=new.joint)
        )


def _segment(row: Row[Any]) -> Segment:
    return Segment(row.message_id, row.text, row.sent_at, row.joint)
