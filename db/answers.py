"""Answers, drafts among them: writing, history, search, deletion. Their segments are in `db.segments`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain.practice import Draft, Step
from bot.domain.terms import PARTS, AnswerId, CategoryId, Part, PersonId, QuestionId
from db import search
from db.engine import Transaction
from db.prepared import Prepared
from db.tables import answers

COUNTED = 1000
"""A longer history is not counted to its end on every page, for that costs the more the longer it is."""

HARD = 2
"""Ratings up to this one, again and hard, ask for practice."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of `answers`: a draft while ``submitted_at`` is None, an answer from then on.

    ``prompt`` is the question as it was asked. ``attempt`` counts this person's answers to the question from 1
    and is None for a draft. ``rating`` is 1 (again) to 4 (easy).
    """

    id: AnswerId
    person_id: PersonId
    question_id: QuestionId
    category_id: CategoryId
    prompt: str
    attempt: int | None
    step: Step
    asking: bool
    editing: bool
    asked: frozenset[Part]
    texts: Mapping[Part, str]
    started_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    deleted_at: datetime | None
    rating: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of history: its answers, newest first, and how many there are in all.

    ``has_more``: there are more than ``total``. Of a search no more than that are to be had (`search.HITS_MAX`);
    else they were not counted further (`COUNTED`).
    """

    answers: tuple[Answer, ...]
    total: int
    has_more: bool = False


# Statements of every step are built once: building one anew costs several times what it costs to run.
_SELECT = select(answers)
_OWN = _SELECT.where(answers.c.id == bindparam("answer_id"), answers.c.person_id == bindparam("owner_id"))
_GET, _GET_THERE = Prepared(_OWN), Prepared(_OWN.where(answers.c.deleted_at.is_(None)))
_TEXTS: dict[str, Any] = {part.value: bindparam(part.value) for part in PARTS}
_SAVE_DRAFT = Prepared(
    update(answers)
    .where(answers.c.id == bindparam("answer_id"))
    .values(
        {name: bindparam(name) for name in ("step", "asking", "editing", "asked_parts", "updated_at")}
        | _TEXTS
    )
)
_SAVE_TEXTS = (
    update(answers)
    .where(answers.c.id == bindparam("answer_id"))
    .values({"updated_at": bindparam("updated_at")} | _TEXTS)
)


def start(
    tx: Transaction,
    person_id: PersonId,
    question_id: QuestionId,
    category_id: CategoryId,
    prompt: str,
    now_utc: datetime,
) -> AnswerId:
    """Add an empty draft."""
    result = tx.execute(
        insert(answers).values(
            person_id=person_id,
            question_id=question_id,
            category_id=category_id,
            prompt=prompt,
            step=Step.SITUATION.value,
            started_at=now_utc,
            updated_at=now_utc,
        )
    )
    return AnswerId(result.inserted_primary_key[0])  # type: ignore[index]  # a single-row insert has one


def get(tx: Transaction, person_id: PersonId, answer_id: AnswerId, *, deleted: bool = False) -> Answer | None:
    """This person's answer with that id; None if it is another's, gone, or deleted (unless ``deleted``)."""
    statement = _GET if deleted else _GET_THERE
    row = statement.first(tx, {"answer_id": answer_id, "owner_id": person_id})
    return None if row is None else _answer(row)


def draft_of(tx: Transaction, person_id: PersonId, question_id: QuestionId) -> Answer | None:
    """The person's draft of that question, if there is one."""
    row = tx.execute(_drafts(person_id).where(answers.c.question_id == question_id)).first()
    return None if row is None else _answer(row)


def touched(
    tx: Transaction, person_id: PersonId, question_id: QuestionId, since_utc: datetime
) -> tuple[Answer, ...]:
    """What the person did with that question since then: its answers and drafts that changed, deleted ones too."""
    statement = _SELECT.where(
        answers.c.person_id == person_id,
        answers.c.question_id == question_id,
        or_(answers.c.updated_at >= since_utc, answers.c.deleted_at >= since_utc),
    )
    return tuple(_answer(row) for row in tx.execute(statement))


def drafts(tx: Transaction, person_id: PersonId, limit: int) -> tuple[Answer, ...]:
    """The person's drafts that have words in them, last touched first."""
    return tuple(_answer(row) for row in tx.execute(_drafts(person_id).where(_worded()).limit(limit)))


def count_drafts(tx: Transaction, person_id: PersonId) -> int:
    """How many drafts with words in them the person has."""
    worded = _drafts(person_id).where(_worded()).order_by(None).subquery()
    statement = select(func.count()).select_from(worded)
    return tx.execute(statement).scalar_one()


def save_draft(tx: Transaction, answer_id: AnswerId, draft: Draft, now_utc: datetime) -> None:
    """Store where the draft stands and the texts of its parts."""
    values = {
        "answer_id": answer_id,
        "step": draft.step.value,
        "asking": draft.asking,
        "editing": draft.editing,
        "asked_parts": ",".join(part.value for part in PARTS if part in draft.asked),
        "updated_at": now_utc,
    }
    _SAVE_DRAFT.run(tx, values | {part.value: draft.text(part) for part in PARTS})


def save_texts(tx: Transaction, answer_id: AnswerId, texts: Mapping[Part, str], now_utc: datetime) -> None:
    """Store the texts of the parts, whatever the answer's state."""
    values = {"answer_id": answer_id, "updated_at": now_utc}
    tx.execute(_SAVE_TEXTS, values | {part.value: texts[part] for part in PARTS})


def submit(tx: Transaction, answer: Answer, now_utc: datetime) -> int:
    """Turn a draft into an answer and give its attempt number. The caller holds the person's lock."""
    latest = select(func.max(answers.c.attempt)).where(
        answers.c.person_id == answer.person_id, answers.c.question_id == answer.question_id
    )
    attempt = int(tx.execute(latest).scalar() or 0) + 1
    tx.execute(
        update(answers)
        .where(answers.c.id == answer.id)
        .values(attempt=attempt, submitted_at=now_utc, updated_at=now_utc, asking=False, editing=False)
    )
    return attempt


def rate(tx: Transaction, answer_id: AnswerId, rating: int, now_utc: datetime) -> None:
    """Store how it felt, 1 (again) to 4 (easy)."""
    tx.execute(update(answers).where(answers.c.id == answer_id).values(rating=rating, rated_at=now_utc))


def set_deleted(tx: Transaction, answer_id: AnswerId, deleted_at: datetime | None) -> None:
    """Mark an answer or draft as deleted, or with None bring it back."""
    tx.execute(update(answers).where(answers.c.id == answer_id).values(deleted_at=deleted_at))


def count_deleted(tx: Transaction, person_id: PersonId, since_utc: datetime) -> int:
    """How many of the person's answers, and drafts with words in them, were deleted since then."""
    statement = (
        select(func.count()).select_from(answers).where(*_deleted_since(person_id, since_utc), _worded())
    )
    return tx.execute(statement).scalar_one()


def deleted(
    tx: Transaction, person_id: PersonId, since_utc: datetime, limit: int, offset: int = 0
) -> tuple[Answer, ...]:
    """The person's answers, and drafts with words in them, that were deleted since then, the last one first."""
    statement = (
        _SELECT.where(*_deleted_since(person_id, since_utc), _worded())
        .order_by(answers.c.deleted_at.desc(), answers.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return tuple(_answer(row) for row in tx.execute(statement))


def purge_deleted(tx: Transaction, before_utc: datetime) -> int:
    """Erase for good what was deleted before then; how many."""
    return tx.execute(delete(answers).where(answers.c.deleted_at < before_utc)).rowcount


def attempts(tx: Transaction, person_id: PersonId, question_id: QuestionId) -> tuple[Answer, ...]:
    """The person's submitted answers to one question, first attempt first."""
    statement = _submitted(person_id).where(answers.c.question_id == question_id).order_by(answers.c.attempt)
    return tuple(_answer(row) for row in tx.execute(statement))


def everything(tx: Transaction, person_id: PersonId) -> tuple[Answer, ...]:
    """All the person's answers and drafts, oldest first, deleted ones too while they can be brought back."""
    statement = _SELECT.where(answers.c.person_id == person_id).order_by(answers.c.id)
    return tuple(_answer(row) for row in tx.execute(statement))


def submitted_moments(tx: Transaction, person_id: PersonId) -> tuple[datetime, ...]:
    """When the person submitted each of their answers, oldest first."""
    statement = (
        select(answers.c.submitted_at)
        .where(
            answers.c.person_id == person_id,
            answers.c.submitted_at.is_not(None),
            answers.c.deleted_at.is_(None),
        )
        .order_by(answers.c.submitted_at)
    )
    return tuple(tx.execute(statement).scalars())


def felt_hard(tx: Transaction, person_id: PersonId) -> tuple[QuestionId, ...]:
    """Questions whose latest attempt was rated again or hard, the one practised longest ago first."""
    later = answers.alias("later")
    superseded = (
        select(later.c.id)
        .where(
            later.c.person_id == answers.c.person_id,
            later.c.question_id == answers.c.question_id,
            later.c.attempt > answers.c.attempt,
            later.c.deleted_at.is_(None),
        )
        .exists()
    )
    statement = (
        select(answers.c.question_id)
        .where(
            answers.c.person_id == person_id,
            answers.c.submitted_at.is_not(None),
            answers.c.deleted_at.is_(None),
            answers.c.rating <= HARD,
            ~superseded,
        )
        .order_by(answers.c.submitted_at)
    )
    return tuple(QuestionId(question_id) for question_id in tx.execute(statement).scalars())


def count_by_category(tx: Transaction, person_id: PersonId) -> dict[CategoryId, int]:
    """How many answers the person submitted in each category that has any."""
    statement = (
        select(answers.c.category_id, func.count().label("answers"))
        .where(
            answers.c.person_id == person_id,
            answers.c.submitted_at.is_not(None),
            answers.c.deleted_at.is_(None),
        )
        .group_by(answers.c.category_id)
    )
    return {CategoryId(row.category_id): row.answers for row in tx.execute(statement)}


def count_by_rating(tx: Transaction, person_id: PersonId) -> dict[int, int]:
    """How many of the person's answers felt like each rating that was given, 1 (again) to 4 (easy)."""
    rated = _submitted(person_id).where(answers.c.rating.is_not(None)).subquery()
    statement = select(rated.c.rating, func.count().label("answers")).group_by(rated.c.rating)
    return {row.rating: row.answers for row in tx.execute(statement)}


def questions_answered(tx: Transaction, person_id: PersonId) -> frozenset[QuestionId]:
    """The questions to which the person submitted an answer that is still there."""
    submitted = _submitted(person_id).subquery()
    return frozenset(map(QuestionId, tx.execute(select(submitted.c.question_id).distinct()).scalars()))


def rated_moments(tx: Transaction, person_id: PersonId) -> dict[AnswerId, datetime]:
    """When the person rated each answer that has a rating, deleted ones too."""
    statement = select(answers.c.id, answers.c.rated_at).where(
        answers.c.person_id == person_id, answers.c.rated_at.is_not(None)
    )
    return {AnswerId(row.id): row.rated_at for row in tx.execute(statement)}


def page(
    tx: Transaction,
    person_id: PersonId,
    *,
    limit: int,
    offset: int,
    category_id: CategoryId | None = None,
    words: str | None = None,
) -> Page:
    """One page of the person's submitted answers, newest first, of one category or holding all those words."""
    among = [
        answers.c.person_id == person_id,
        answers.c.submitted_at.is_not(None),
        answers.c.deleted_at.is_(None),
    ]
    if category_id is not None:
        among.append(answers.c.category_id == category_id)
    has_more = False
    if words is None:
        most = max(COUNTED, offset + 2 * limit)
        counted = select(answers.c.id).where(*among).limit(most + 1).subquery()
        total = tx.execute(select(func.count()).select_from(counted)).scalar_one()
        has_more, total = total > most, min(total, most)
    else:
        hits = search.newest(tx, person_id, words, among)
        has_more = len(hits) > search.HITS_MAX
        total = min(len(hits), search.HITS_MAX)
        among = [answers.c.id.in_(hits[: search.HITS_MAX])]
    newest_first = _SELECT.where(*among).order_by(answers.c.submitted_at.desc(), answers.c.id.desc())
    rows = tx.execute(newest_first.limit(limit).offset(offset))
    # Asked for in SQL too, whose they are would send PostgreSQL through all of theirs instead of to these.
    return Page(tuple(_answer(row) for row in rows if row.person_id == person_id), total, has_more)


def _submitted(person_id: PersonId) -> Select[Any]:
    return _SELECT.where(
        answers.c.person_id == person_id, answers.c.submitted_at.is_not(None), answers.c.deleted_at.is_(None)
    )


def _deleted_since(person_id: PersonId, since_utc: datetime) -> tuple[ColumnElement[bool], ...]:
    # Said twice for SQLite, which uses the partial index only where its own condition stands in the query.
    return (
        answers.c.person_id == person_id,
        answers.c.deleted_at >= since_utc,
        answers.c.deleted_at.is_not(None),
    )


def _worded() -> ColumnElement[bool]:
    return func.length(answers.c.situation + answers.c.task + answers.c.action + answers.c.result) > 0


def _drafts(person_id: PersonId) -> Select[Any]:
    return _SELECT.where(
        answers.c.person_id == person_id, answers.c.submitted_at.is_(None), answers.c.deleted_at.is_(None)
    ).order_by(answers.c.updated_at.desc(), answers.c.id.desc())


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        id=AnswerId(row.id),
        person_id=PersonId(row.person_id),
        question_id=QuestionId(row.question_id),
        category_id=CategoryId(row.category_id),
        prompt=row.prompt,
        attempt=row.attempt,
        step=Step(row.step),
        asking=row.asking,
        editing=row.editing,
        asked=frozenset(Part(value) for value in row.asked_parts.split(",") if value),
        texts={part: getattr(row, part.value) for part in PARTS},
        started_at=row.started_at,
        updated_at=row.updated_at,
        submitted_at=row.submitted_at,
        deleted_at=row.deleted_at,
        rating=row.rating,
    )
