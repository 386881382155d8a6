"""Stories a person keeps: which fit a question, which are told too often."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.terms import CategoryId

NAME_UNITS_MAX = 40

OVERUSED_FROM = 4
"""Told for so many questions, a story is missed by none of the interviewers who compare notes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A story by its id: the category and competencies of the question it was told for, and for how many it was."""

    id: int
    category_id: CategoryId
    competencies: Collection[str]
    told: int


def fitting(kept: Sequence[Kept], category_id: CategoryId, competencies: Collection[str]) -> tuple[int, ...]:
    """Those of the same category or with a competency in common, the closest first, the less told before the more."""

    def closeness(story: Kept) -> int:
        return 2 * (story.category_id == category_id) + len(set(story.competencies) & set(competencies))

    near = [story for story in kept if closeness(story)]
    return tuple(
        story.id for story in sorted(near, key=lambda story: (-closeness(story), story.told, story.id))
    )


def overused(kept: Sequence[Kept]) -> int | None:
    """The story told most, if it is told too often; None if none is."""
    most = max(kept, key=lambda story: (story.told, -story.id), default=None)
    return most.id if most is not None and most.told >= OVERUSED_FROM else None


def without(kept: Sequence[Kept], category_ids: Sequence[CategoryId]) -> tuple[CategoryId, ...]:
    """The categories that have no story, in their order."""
    have = {story.category_id for story in kept}
    return tuple(category_id for category_id in category_ids if category_id not in have)
