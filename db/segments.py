"""Which Telegram message gave which piece of which part."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Update, bindparam, delete, insert, select, update

from bot.domain.practice import Segment
from bot.domain.terms import PARTS, AnswerId, Part, PersonId
from db.engine import Transaction
from db.prepared import Prepared
from db.tables import segments

Parts = Mapping[Part, tuple[Segment, ...]]

_COLUMNS = ("answer_id", "person_id", "part", "message_id", "joint", "text", "sent_at", "replaced")

_OF_ANSWER = Prepared(
    select(segments)
    .where(segments.c.answer_id == bindparam("answer_id"), segments.c.replaced.is_(False))
    .order_by(segments.c.id)
)
_OF_MESSAGE = Prepared(
    select(segments)
    .where(segments.c.person_id == bindparam("owner_id"), segments.c.message_id == bindparam("sent_id"))
    .order_by(segments.c.id)
)
_INSERT = Prepared(insert(segments).values({name: bindparam(name) for name in _COLUMNS}))


def of_answer(tx: Transaction, answer_id: AnswerId) -> dict[Part, tuple[Segment, ...]]:
    """The segments that make up each part of an answer, in order; replaced ones are left out."""
    parts: dict[Part, tuple[Segment, ...]] = dict.fromkeys(PARTS, ())
    for row in _OF_ANSWER.all(tx, {"answer_id": answer_id}):
        parts[Part(row.part)] = (*parts[Part(row.part)], _segment(row))
    return parts


def of_message(
    tx: Transaction, person_id: PersonId, message_id: int
) -> tuple[AnswerId, dict[Part, Segment]] | None:
    """Which of the person's answers holds or held text of that message, and what of it was replaced by part.

    Of parts that still hold the message earlier wordings are given too. None if it never was in any.
    """
    rows = _OF_MESSAGE.all(tx, {"owner_id": person_id, "sent_id": message_id})
    if not rows:
        return None
    return AnswerId(rows[-1].answer_id), {Part(row.part): _segment(row) for row in rows if row.replaced}


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
    """Store the difference. What is no longer in its part, or not in these words, is kept, marked as replaced."""
    for part in PARTS:
        old, new = before.get(part, ()), after.get(part, ())
        if old == new:
            continue
        if new[: len(old)] == old:
            _insert(tx, person_id, answer_id, part, new[len(old) :])
        elif [segment.message_id for segment in old] == [segment.message_id for segment in new]:
            changed = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
            _rewrite(tx, answer_id, part, changed)
            _insert(tx, person_id, answer_id, part, [before for before, _after in changed], replaced=True)
        elif new and tuple(segment for segment in old if segment in new) == new:
            for segment in old:
                if segment not in new:
                    tx.execute(_holding(answer_id, part, segment.message_id).values(replaced=True))
        else:
            tx.execute(
                update(segments)
                .where(segments.c.answer_id == answer_id, segments.c.part == part.value)
                .values(replaced=True)
            )
            _insert(tx, person_id, answer_id, part, new)


def take_out(tx: Transaction, answer_id: AnswerId, message_ids: Sequence[int]) -> None:
    """Forget that these messages went to that answer, for they go to another one."""
    tx.execute(
        delete(segments).where(segments.c.answer_id == answer_id, segments.c.message_id.in_(message_ids))
    )


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
    tx: Transaction,
    person_id: PersonId,
    answer_id: AnswerId,
    part: Part,
    new: Sequence[Segment],
    *,
    replaced: bool = False,
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
            "replaced": replaced,
        }
        for segment in new
    ]
    _INSERT.run(tx, *rows)


def _rewrite(
    tx: Transaction, answer_id: AnswerId, part: Part, changed: Sequence[tuple[Segment, Segment]]
) -> None:
    for _old, new in changed:
        statement = _holding(answer_id, part, new.message_id).values(text=new.text, joint=new.joint)
        tx.execute(statement)


def _holding(answer_id: AnswerId, part: Part, message_id: int) -> Update:
    return update(segments).where(
        segments.c.answer_id == answer_id,
        segments.c.part == part.value,
        segments.c.message_id == message_id,
        segments.c.replaced.is_(False),
    )


def _segment(row: Row[Any]) -> Segment:
    return Segment(row.message_id, row.text, row.sent_at, row.joint)
