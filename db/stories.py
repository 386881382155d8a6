"""Answers kept as stories under a name, and the answers they were used for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from bot.domain.terms import AnswerId, CategoryId, PersonId, QuestionId
from db.engine import Transaction
from db.tables import answers, stories, story_uses


@dataclass(frozen=True, slots=True)
class Story:
    """A kept answer; ``told``: for how many questions, its own and those whose submitted answers came from it."""

    id: int
    name: str
    answer_id: AnswerId
    question_id: QuestionId
    category_id: CategoryId
    created_at: datetime
    told: int


def keep(tx: Transaction, person_id: PersonId, answer_id: AnswerId, name: str, now_utc: datetime) -> None:
    """Keep the answer as a story; one that is kept already is only named last."""
    known = select(stories.c.id).where(stories.c.person_id == person_id, stories.c.answer_id == answer_id)
    story_id = tx.execute(known).scalar()
    if story_id is not None:
        touch(tx, story_id, now_utc)
        return
    tx.execute(
        insert(stories).values(
            person_id=person_id, answer_id=answer_id, name=name, created_at=now_utc, touched_at=now_utc
        )
    )


def touch(tx: Transaction, story_id: int, now_utc: datetime) -> None:
    """The next name that is typed is this story's."""
    tx.execute(update(stories).where(stories.c.id == story_id).values(touched_at=now_utc))


def rename(tx: Transaction, story_id: int, name: str) -> None:
    """Give the story another name."""
    tx.execute(update(stories).where(stories.c.id == story_id).values(name=name))


def remove(tx: Transaction, story_id: int) -> None:
    """Keep the answer no longer as a story; the answer stays."""
    tx.execute(delete(stories).where(stories.c.id == story_id))


def use(tx: Transaction, story_id: int, answer_id: AnswerId) -> None:
    """The answer began as this story."""
    tx.execute(delete(story_uses).where(story_uses.c.answer_id == answer_id))
    tx.execute(insert(story_uses).values(answer_id=answer_id, story_id=story_id))


def get(tx: Transaction, person_id: PersonId, story_id: int) -> Story | None:
    """The person's story with that id; None if it is another's, removed, or its answer is deleted."""
    row = tx.execute(_of(person_id).where(stories.c.id == story_id)).first()
    return None if row is None else _story(row)


def touched_last(tx: Transaction, person_id: PersonId) -> Story | None:
    """The story that is to be named."""
    newest = _of(person_id).order_by(None).order_by(stories.c.touched_at.desc(), stories.c.id.desc()).limit(1)
    row = tx.execute(newest).first()
    return None if row is None else _story(row)


def of_person(tx: Transaction, person_id: PersonId) -> tuple[Story, ...]:
    """The person's stories, oldest first, without those whose answers are deleted."""
    return tuple(_story(row) for row in tx.execute(_of(person_id)))


def used_in(tx: Transaction, person_id: PersonId) -> frozenset[CategoryId]:
    """The categories of the submitted answers that began as stories the person keeps."""
    used, own = answers.alias("used"), answers.alias("own")
    statement = (
        select(used.c.category_id)
        .select_from(
            story_uses.join(used, used.c.id == story_uses.c.answer_id)
            .join(stories, stories.c.id == story_uses.c.story_id)
            .join(own, own.c.id == stories.c.answer_id)
        )
        .where(
            stories.c.person_id == person_id,
            used.c.submitted_at.is_not(None),
            used.c.deleted_at.is_(None),
            own.c.deleted_at.is_(None),
        )
        .distinct()
    )
    return frozenset(map(CategoryId, tx.execute(statement).scalars()))


def every(tx: Transaction, person_id: PersonId) -> list[dict[str, Any]]:
    """All that is stored of the person's stories, for the export."""
    uses: dict[int, list[int]] = {}
    used = select(story_uses).join(stories).where(stories.c.person_id == person_id)
    for row in tx.execute(used.order_by(story_uses.c.answer_id)):
        uses.setdefault(row.story_id, []).append(row.answer_id)
    kept = select(stories).where(stories.c.person_id == person_id).order_by(stories.c.id)
    return [
        {
            "id": row.id,
            "answer_id": row.answer_id,
            "name": row.name,
            "created_at": row.created_at.isoformat(),
            "touched_at": row.touched_at.isoformat(),
            "used_for": uses.get(row.id, []),
        }
        for row in tx.execute(kept)
    ]


def _of(person_id: PersonId) -> Select[Any]:
    used = answers.alias("used")
    told = (
        select(func.count(used.c.question_id.distinct()))
        .select_from(story_uses.join(used, used.c.id == story_uses.c.answer_id))
        .where(
            story_uses.c.story_id == stories.c.id,
            used.c.submitted_at.is_not(None),
            used.c.deleted_at.is_(None),
            used.c.question_id != answers.c.question_id,
        )
        .correlate(stories, answers)
        .scalar_subquery()
    )
    return (
        select(stories, answers.c.question_id, answers.c.category_id, (told + 1).label("told"))
        .select_from(stories.join(answers, answers.c.id == stories.c.answer_id))
        .where(stories.c.person_id == person_id, answers.c.deleted_at.is_(None))
        .order_by(stories.c.id)
    )


def _story(row: Row[Any]) -> Story:
    return Story(
        row.id,
        row.name,
        AnswerId(row.answer_id),
        QuestionId(row.question_id),
        CategoryId(row.category_id),
        row.created_at,
        row.told,
    )
