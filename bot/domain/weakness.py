"""Where a person's answers are weakest, reckoned from what was heard in the latest of them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.terms import CategoryId, QuestionId

LOOKED_AT = 20
"""How many of the latest answers count."""

WEAK_FROM = 0.35
"""A category is weak from this share of faults on; a third of the points unheard and a flag are about as much."""

WEAKEST_MOST = 3

_FLAGS_BAD = 2
"""So many flags in an answer are as bad as it gets."""

_FELT = {1: 0.3, 2: 0.15, 3: 0.0, 4: -0.15}


@dataclass(frozen=True, slots=True)
class Told:
    """What was heard in one answer: flags, points unheard of those judged, and how it felt (None: not said)."""

    category_id: CategoryId
    flags: int
    unheard: int
    judged: int
    rating: int | None = None

    @property
    def fault(self) -> float:
        """0 for a good answer, about 1 for one in which little was right."""
        missed = self.unheard / self.judged if self.judged else 0.0
        felt = 0.0 if self.rating is None else _FELT[self.rating]
        return (min(self.flags, _FLAGS_BAD) / _FLAGS_BAD + missed) / 2 + felt


def weakest(told: Sequence[Told]) -> tuple[CategoryId, ...]:
    """The categories in which the answers are weak on average, the weakest first."""
    faults: dict[CategoryId, list[float]] = defaultdict(list)
    for each in told[:LOOKED_AT]:
        faults[each.category_id].append(each.fault)
    means = {category: sum(found) / len(found) for category, found in faults.items()}
    weak = [category for category, mean in means.items() if mean >= WEAK_FROM]
    return tuple(sorted(weak, key=lambda category: (-means[category], category))[:WEAKEST_MOST])


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer's flags and unheard points by their names, for finding what keeps coming back."""

    question_id: QuestionId
    category_id: CategoryId
    flags: tuple[str, ...]
    unheard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recurring:
    """A flag raised in so many of the latest answers, most often in that category."""

    flag: str
    times: int
    category_id: CategoryId


@dataclass(frozen=True, slots=True)
class Missed:
    """Points of a question that were not heard in the latest answer to it."""

    question_id: QuestionId
    points: tuple[str, ...]


RECURRING_FROM = 2
"""A flag raised once may be chance."""


def recurring(heard: Sequence[Heard]) -> tuple[Recurring, ...]:
    """The flags that came more than once, the most frequent first; ``heard`` is newest first.

    Of the attempts at one question those count back to the first that was free of the flag.
    """
    heard = _since_mended(heard)
    times = Counter(flag for each in heard for flag in each.flags)
    found = []
    for flag, number in sorted(times.items(), key=lambda entry: (-entry[1], entry[0])):
        if number >= RECURRING_FROM:
            places = Counter(each.category_id for each in heard if flag in each.flags)
            category = min(places, key=lambda place: (-places[place], place))
            found.append(Recurring(flag, number, category))
    return tuple(found)


def _since_mended(heard: Sequence[Heard]) -> list[Heard]:
    """The answers with those of their flags that no later attempt at the same question was without."""
    still: dict[QuestionId, tuple[str, ...]] = {}
    found = []
    for each in heard:
        later = still.get(each.question_id, each.flags)
        still[each.question_id] = tuple(flag for flag in each.flags if flag in later)
        found.append(replace(each, flags=still[each.question_id]))
    return found


def missed(heard: Sequence[Heard]) -> tuple[Missed, ...]:
    """The questions with unheard points in the latest answer, most points first; ``heard`` is newest first."""
    latest: dict[QuestionId, Heard] = {}
    for each in heard:
        latest.setdefault(each.question_id, each)
    found = [Missed(each.question_id, each.unheard) for each in latest.values() if each.unheard]
    return tuple(sorted(found, key=lambda each: -len(each.points)))
