"""What was learned from many labelled sentences and answers, beforehand, by `tests.coach_train`. Read when first used.

Weights belong to the exemplars of a point: once these are changed in the pack, the point is heard by its cues and
exemplars alone until the weights are learned anew.
"""

import json
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from bot.domain.coach.packing import code, place

_FILE = Path(__file__).with_name("learned.json")


class Weighing(Protocol):
    """Gives the weight of a mark, or what is said for one that has none."""

    def get(self, mark: str, default: float, /) -> float:
        """The weight, or the default."""


class Packed:
    """Weights of marks in arrays, because as a dict they would take ten times the memory."""

    def __init__(self, pairs: Sequence[tuple[str, float]]) -> None:
        coded = sorted((code(mark), weight) for mark, weight in pairs)
        self._marks = array("I", (number for number, _ in coded))
        self._weights = array("f", (weight for _, weight in coded))

    def get(self, mark: str, default: float, /) -> float:
        """The weight of a mark, or the default where it has none."""
        at = place(self._marks, mark)
        return self._weights[at] if at >= 0 else default


class Weights(NamedTuple):
    """What each mark speaks for (above 0) or against."""

    bias: float
    of: Weighing

    def score(self, marks: frozenset[str]) -> float:
        """How much marks speak for it; above 0 more for than against."""
        return self.bias + sum(self.of.get(mark, 0.0) for mark in marks)


class Learned(NamedTuple):
    """Weights of points by the key of their exemplars, and how the evidence is weighed in the end."""

    points: dict[str, Weights]
    judge: Weights


@cache
def learned() -> Learned:
    """All that was learned."""
    with _FILE.open(encoding="utf-8") as file:
        read = json.load(file, object_pairs_hook=_packed)
    return Learned(
        {key: Weights(one["bias"], one["of"]) for key, one in read["points"].items()},
        Weights(read["judge"]["bias"], read["judge"]["of"]),
    )


def _packed(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Packed:
    """An object whose values are all numbers is one of weights; it is packed before the next one is read."""
    return Packed(pairs) if all(isinstance(value, float | int) for _, value in pairs) else dict(pairs)


def key(exemplars: tuple[str, ...]) -> str:
    """By what the weights of a point with these exemplars are found."""
    joined = "\n".join(exemplars)
    return f"{code(joined):08x}" if joined else ""
