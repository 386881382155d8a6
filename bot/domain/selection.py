"""Which question comes next for a person.

Here: new questions against reviews, and the order within each. Not here: which categories a person practises, when a
rated question is due (`bot.domain.reviews`), reading or writing what was asked.
"""

import hashlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from bot.domain.terms import CategoryId, Level, QuestionId

_LEVELS = tuple(Level)
_DAY_SECONDS = 86_400.0

_Name = TypeVar("_Name", CategoryId, QuestionId)

NEAR = 1
"""A question at most so many levels from a person's fits; those further away come when no other new one is left."""

_FITTING = {
    level: tuple(other for at, other in enumerate(_LEVELS) if abs(at - wanted) <= NEAR)
    for wanted, level in enumerate(_LEVELS)
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be asked."""

    id: QuestionId
    category_id: CategoryId
    level: Level = Level.MID


@dataclass(frozen=True, slots=True)
class Asked:
    """How often one question was asked of one person, the first and last local date and the last moment (aware).

    Raises:
        ValueError: ``times`` is below 1 or ``last_at`` is naive.
    """

    times: int
    first_on: date
    last_on: date
    last_at: datetime

    def __post_init__(self) -> None:
        if self.times < 1:
            raise ValueError(f"times must be 1 or more, not {self.times}: leave out what was never asked")
        if self.last_at.utcoffset() is None:
            raise ValueError("last_at must be aware")

    @property
    def is_repeat(self) -> bool:
        """Whether the last time was on a later day than the first."""
        return self.first_on < self.last_on


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person's choice goes by besides what was asked.

    ``due``: the local date on which each rated question is due. ``level`` None: any. ``weak``: the categories in which
    they are weakest. ``packed``: reviews need not leave every other day to new questions. ``cover``: they wait while
    there is a category of which nothing was ever asked.
    """

    due: Mapping[QuestionId, date] = field(default_factory=dict)
    level: Level | None = None
    weak: Collection[CategoryId] = ()
    packed: bool = False
    cover: bool = False


NO_WISHES = Wishes()


def choose(
    candidates: Sequence[Candidate],
    asked: Mapping[QuestionId, Asked],
    *,
    person: int,
    day: date,
    wishes: Wishes = NO_WISHES,
    exclude: Collection[QuestionId] = (),
) -> QuestionId | None:
    """The next question on that local date; None if every candidate is excluded.

    A due review comes before a new question, at most every other day and not twice running, so that somebody who is
    asked once a week has new ones too. With no new question left all days are for reviews, and then for the question
    asked longest ago. Hence nothing repeats before all candidates were asked, unless it is due. The choice follows
    from the arguments, whatever their order: it is the same in every worker, differs between people, and does not put
    forward again tomorrow what was swapped away today.
    """
    left = [candidate for candidate in candidates if candidate.id not in exclude] if exclude else candidates
    new = [candidate for candidate in left if candidate.id not in asked]
    must_cover = wishes.cover and bool({each.category_id for each in new} - _covered(candidates, asked))
    if not new or wishes.packed or (_may_repeat(asked, day) and not must_cover):
        waiting = {question for question in wishes.due if _is_due(question, asked, wishes, day)}
        due = [candidate for candidate in left if candidate.id in waiting] if waiting else []
        if due:
            return min(due, key=lambda candidate: _review_order(candidate.id, asked, wishes, person, day)).id
    if new:
        return _newest(new, candidates, asked, person, day, wishes)
    return min(
        (candidate.id for candidate in left),
        key=lambda question: _repeat_order(question, asked[question], person, day),
        default=None,
    )


def _covered(candidates: Sequence[Candidate], asked: Mapping[QuestionId, Asked]) -> set[CategoryId]:
    return {candidate.category_id for candidate in candidates if candidate.id in asked}


def _may_repeat(asked: Mapping[QuestionId, Asked], day: date) -> bool:
    """Whether neither yesterday nor today nor the last question asked was a repeat."""
    if not asked:
        return True
    yesterday = day - timedelta(1)
    last = max(asked.values(), key=attrgetter("last_at"))
    return not last.is_repeat and all(
        each.last_on < yesterday or not each.is_repeat for each in asked.values()
    )


def _is_due(question: QuestionId, asked: Mapping[QuestionId, Asked], wishes: Wishes, day: date) -> bool:
    if wishes.due[question] > day:
        return False
    known = asked.get(question)
    return known is None or known.last_on < day


def _review_order(
    question: QuestionId, asked: Mapping[QuestionId, Asked], wishes: Wishes, person: int, day: date
) -> tuple[date, bytes]:
    """The one that waits longest; put forward and left alone, a question waits from then on."""
    known, due = asked.get(question), wishes.due[question]
    return due if known is None else max(due, known.last_on), _shuffled(person, day, question)


def _repeat_order(question: QuestionId, known: Asked, person: int, day: date) -> tuple[datetime, int, bytes]:
    return known.last_at, known.times, _shuffled(person, day, question)


def _newest(
    new: Sequence[Candidate],
    candidates: Sequence[Candidate],
    asked: Mapping[QuestionId, Asked],
    person: int,
    day: date,
    wishes: Wishes,
) -> QuestionId:
    """Of the new questions that fit, one of the category whose turn it is."""
    near = new
    if wishes.level is not None:
        fitting = _FITTING[wishes.level]
        near = [candidate for candidate in new if candidate.level in fitting] or new
    turns = _turns({candidate.category_id for candidate in near}, candidates, asked, wishes.weak)
    first = _first(turns, person, day)
    return _first(
        {
            candidate.id: _distance(candidate, wishes.level)
            for candidate in near
            if candidate.category_id == first
        },
        person,
        day,
    )


def _first(turns: Mapping[_Name, Any], person: int, day: date) -> _Name:
    """The one with the smallest turn, thrown for among equals: throwing for all of them takes most of a choice."""
    smallest = min(turns.values())
    beginning = _beginning(person, day)
    return min(
        (name for name, turn in turns.items() if turn == smallest),
        key=lambda name: _thrown(beginning + name),
    )


def _turns(
    categories: Collection[CategoryId],
    candidates: Sequence[Candidate],
    asked: Mapping[QuestionId, Asked],
    weak: Collection[CategoryId],
) -> dict[CategoryId, tuple[bool, float, bool]]:
    """For each category what its turn goes by, the smallest first.

    The one asked longest ago comes first, and the one asked last only if there is no other; a weak one comes round
    about twice as often as the rest.
    """
    moments: dict[CategoryId, datetime] = {}
    for candidate in candidates:
        known = asked.get(candidate.id)
        if known is not None:
            before = moments.get(candidate.category_id)
            if before is None or before < known.last_at:
                moments[candidate.category_id] = known.last_at
    last = {category: moment.timestamp() / _DAY_SECONDS for category, moment in moments.items()}
    newest = max(last, key=lambda category: last[category], default=None)
    ahead = len(categories) / 2
    turns = {}
    for category in categories:
        is_weak = category in weak
        days = last[category] - (ahead if is_weak else 0.0) if category in last else -math.inf
        turns[category] = (category == newest, days, not is_weak)
    return turns


def _distance(candidate: Candidate, level: Level | None) -> int:
    return 0 if level is None else abs(_LEVELS.index(candidate.level) - _LEVELS.index(level))


def _shuffled(person: int, day: date, name: str) -> bytes:
    return _thrown(_beginning(person, day) + name)


def _beginning(person: int, day: date) -> str:
    return f"{person} {day.isoformat()} "


def _thrown(whole: str) -> bytes:
    return hashlib.blake2b(whole.encode(), digest_size=8).digest()


def number_of(person: int, day: date, name: str) -> int:
    """A number that is the same in every worker and otherwise as good as thrown."""
    return int.from_bytes(_shuffled(person, day, name))
