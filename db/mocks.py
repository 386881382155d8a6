"""Mock interviews: their questions in order, and how far each has come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from bot.domain.terms import AnswerId, PersonId, QuestionId
from db.engine import Transaction
from db.tables import mock_questions, mock_replies, mocks


@dataclass(frozen=True, slots=True)
class Reply:
    """What one message brought to the reply to a follow-up."""

    message_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question of an interview, ``place`` from 0.

    With an ``answer_id`` and no ``done_at`` its follow-up is open. ``done_at`` without an answer: it was skipped.
    """

    place: int
    question_id: QuestionId
    answer_id: AnswerId | None
    follow_up: str
    done_at: datetime | None
    replies: tuple[Reply, ...] = ()

    @property
    def reply(self) -> str:
        """The whole reply, empty if there is none."""
        return "\n".join(each.text for each in self.replies)


@dataclass(frozen=True, slots=True)
class Mock:
    """One interview with its questions in order; over once ``ended_at`` is set."""

    id: int
    parked: bool
    started_at: datetime
    ended_at: datetime | None
    items: tuple[Item, ...]

    @property
    def current(self) -> Item | None:
        """The first question that is not done; None if all are."""
        return next((item for item in self.items if item.done_at is None), None)


def start(
    tx: Transaction, person_id: PersonId, question_ids: Sequence[QuestionId], now_utc: datetime
) -> Mock:
    """Begin an interview with those questions."""
    result = tx.execute(insert(mocks).values(person_id=person_id, started_at=now_utc))
    mock_id: int = result.inserted_primary_key[0]  # type: ignore[index]  # a single-row insert has one
    tx.execute(
        insert(mock_questions),
        [
            {"mock_id": mock_id, "place": place, "question_id": question_id}
            for place, question_id in enumerate(question_ids)
        ],
    )
    items = (Item(place, each, None, "", None) for place, each in enumerate(question_ids))
    return Mock(mock_id, False, now_utc, None, tuple(items))


def open_one(tx: Transaction, person_id: PersonId) -> Mock | None:
    """The person's interview that is not over; None if there is none."""
    return _first(tx, _of(person_id).where(mocks.c.ended_at.is_(None)))


def get(tx: Transaction, person_id: PersonId, mock_id: int) -> Mock | None:
    """The person's interview with that id."""
    return _first(tx, _of(person_id).where(mocks.c.id == mock_id))


def every(tx: Transaction, person_id: PersonId) -> tuple[Mock, ...]:
    """All of the person's interviews, oldest first, for the export."""
    return _all(tx, _of(person_id))


def set_parked(tx: Transaction, mock_id: int, *, parked: bool) -> None:
    """Let the interview rest, or go on."""
    tx.execute(update(mocks).where(mocks.c.id == mock_id).values(parked=parked))


def end(tx: Transaction, mock_id: int, now_utc: datetime) -> None:
    """The interview is over."""
    tx.execute(update(mocks).where(mocks.c.id == mock_id).values(ended_at=now_utc))


def answered(tx: Transaction, mock_id: int, place: int, answer_id: AnswerId, follow_up: str) -> None:
    """The question was answered; its follow-up is open, if there is one."""
    _change(tx, mock_id, place, answer_id=answer_id, follow_up=follow_up)


def replied(tx: Transaction, mock_id: int, place: int, message_id: int, text: str) -> None:
    """Store what that message says to the follow-up."""
    tx.execute(insert(mock_replies).values(mock_id=mock_id, place=place, message_id=message_id, text=text))


def rewrite_reply(tx: Transaction, mock_id: int, place: int, message_id: int, text: str) -> None:
    """Store what that message says now."""
    tx.execute(
        update(mock_replies)
        .where(
            mock_replies.c.mock_id == mock_id,
            mock_replies.c.place == place,
            mock_replies.c.message_id == message_id,
        )
        .values(text=text)
    )


def of_message(tx: Transaction, person_id: PersonId, message_id: int) -> tuple[Mock, Item] | None:
    """The person's interview and its question whose follow-up that message replied to."""
    statement = (
        select(mock_replies.c.mock_id, mock_replies.c.place)
        .join(mocks, mocks.c.id == mock_replies.c.mock_id)
        .where(mocks.c.person_id == person_id, mock_replies.c.message_id == message_id)
    )
    row = tx.execute(statement).first()
    found = None if row is None else get(tx, person_id, row.mock_id)
    if row is None or found is None:
        return None
    return found, next(item for item in found.items if item.place == row.place)


def done(tx: Transaction, mock_id: int, place: int, now_utc: datetime) -> None:
    """Nothing more is asked about the question."""
    _change(tx, mock_id, place, done_at=now_utc)


def _change(tx: Transaction, mock_id: int, place: int, **values: Any) -> None:
    tx.execute(
        update(mock_questions)
        .where(mock_questions.c.mock_id == mock_id, mock_questions.c.place == place)
        .values(**values)
    )


def _of(person_id: PersonId) -> Select[Any]:
    return select(mocks).where(mocks.c.person_id == person_id).order_by(mocks.c.id)


def _first(tx: Transaction, statement: Select[Any]) -> Mock | None:
    return next(iter(_all(tx, statement.limit(1))), None)


def _all(tx: Transaction, statement: Select[Any]) -> tuple[Mock, ...]:
    rows = tx.execute(statement).all()
    if not rows:
        return ()
    ids = [row.id for row in rows]
    replies: dict[tuple[int, int], list[Reply]] = defaultdict(list)
    told = select(mock_replies).where(mock_replies.c.mock_id.in_(ids)).order_by(mock_replies.c.id)
    for each in tx.execute(told):
        replies[each.mock_id, each.place].append(Reply(each.message_id, each.text))
    items: dict[int, list[Item]] = defaultdict(list)
    asked = select(mock_questions).where(mock_questions.c.mock_id.in_(ids))
    for each in tx.execute(asked.order_by(mock_questions.c.mock_id, mock_questions.c.place)):
        items[each.mock_id].append(_item(each, replies[each.mock_id, each.place]))
    return tuple(Mock(row.id, row.parked, row.started_at, row.ended_at, tuple(items[row.id])) for row in rows)


def _item(row: Row[Any], replies: Sequence[Reply]) -> Item:
    answer_id = None if row.answer_id is None else AnswerId(row.answer_id)
    return Item(row.place, QuestionId(row.question_id), answer_id, row.follow_up, row.done_at, tuple(replies))
