"""What was learned from many labelled sentences and answers, beforehand, by `tests.coach_train`. Read when first used.

Weights belong to the exemplars of a point: once these are changed in the pack, the point is heard by its cues and
exemplars alone until the weights are learned anew.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

_FILE = Path(__file__).with_name("learned.json")


class Weights(NamedTuple):
    """What each mark speaks for (above 0) or against."""

    bias: float
    of: Mapping[str, float]

    def score(self, marks: frozenset[str]) -> float:
        """How much marks speak for it; above 0 more for than against."""
        return self.bias + sum(self.of.get(mark, 0.0) for mark in marks)


class Learned(NamedTuple):
    """Weights of points by the key of their exemplars, and how the evidence is weighed in the end."""

    points: Mapping[str, Weights]
    judge: Weights


@cache
def learned() -> Learned:
    """All that was learned."""
    read = json.loads(_FILE.read_text(encoding="utf-8"))
    return Learned(
        {key: Weights(one["bias"], one["of"]) for key, one in read["points"].items()},
        Weights(read["judge"]["bias"], read["judge"]["of"]),
    )


def key(exemplars: tuple[str, ...]) -> str:
    """By what the weights of a point with these exemplars are found."""
    joined = "\n".join(exemplars)
    return f"{crc32(joined.encode()):08x}" if joined else ""
