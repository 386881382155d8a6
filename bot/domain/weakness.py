"""Where a person's answers are weakest, reckoned from what was heard in the latest of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.terms import CategoryId

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
