"""Weighs the signs of a text against what was learned from labelled answers. No rule of a flag stands here.

The weights are numbers in `weights.json`, made by `tests.coach.train`: for every trait that a piece of text may have
the weight of each sign, and for every flag the weight of each measure of the whole answer. A sum above 0 means yes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import exp, sqrt
from pathlib import Path
from typing import NamedTuple

from bot.domain.coach.signs import Piece, pieces
from bot.domain.terms import Part

TRAITS = ("blame", "owning", "denial", "lesson", "step", "trouble", "theirs", "imagined")
"""What a piece of text may do: put the fault on others, own it, deny it, tell what was learned, tell a step that one
could picture, tell that something went wrong for the speaker, tell that it did for another, tell what one would or
usually does."""

FILE = Path(__file__).with_name("weights.json")

DAMPING = 40
"""So many signs are added to a piece's own, so that a piece of two or three words does not weigh much."""

LIMIT = 4.0
"""No piece counts for more than this, either way."""


class Weights(NamedTuple):
    """Weights of signs by trait and by the question they tell, and of measures by flag.

    The weight of "" is added always. ``topics`` has the prompts of the questions it was learned for.
    """

    traits: Mapping[str, Mapping[str, float]]
    topics: Mapping[str, Mapping[str, float]]
    flags: Mapping[str, Mapping[str, float]]


@cache
def weights() -> Weights:
    """The weights shipped with the package."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return Weights(read["traits"], read["topics"], read["flags"])


def weigh(signs: Iterable[str], table: Mapping[str, float]) -> float:
    """How much the signs speak for a trait: above 0 for it, below 0 against it."""
    count, total = 0, 0.0
    for sign in signs:
        count += 1
        total += table.get(sign, 0.0)
    return max(-LIMIT, min(LIMIT, table.get("", 0.0) + total / sqrt(count + DAMPING)))


class Weighed(NamedTuple):
    """A piece and how much each trait is in it."""

    piece: Piece
    traits: Mapping[str, float]


def weighed(text: str, tables: Mapping[str, Mapping[str, float]]) -> tuple[Weighed, ...]:
    """The pieces of a text, weighed."""
    return tuple(
        Weighed(piece, {trait: weigh(piece.signs, tables[trait]) for trait in TRAITS})
        for piece in pieces(text)
    )


def most(trait: str, told: Sequence[Weighed]) -> float:
    """The most that a piece shows of a trait."""
    return max((piece.traits[trait] for piece in told), default=-LIMIT)


def measures(name: str, values: Sequence[float]) -> Iterator[tuple[str, float]]:
    """One trait over several pieces: the most, the second most, how many pieces, and what share of them."""
    best = [*sorted(values, reverse=True), -LIMIT, -LIMIT]
    sure = [1 / (1 + exp(-2 * value)) for value in values]
    yield f"{name} most", best[0]
    yield f"{name} second", best[1]
    yield f"{name} count", min(4.0, sum(sure))
    yield f"{name} share", sum(sure) / (len(sure) or 1)


def judge(table: Mapping[str, float], seen: Mapping[str, float]) -> float:
    """The weighted sum of the measures that a flag looks at."""
    return table[""] + sum(weight * seen[name] for name, weight in table.items() if name)


def topic_signs(told: Mapping[Part, str]) -> frozenset[str]:
    """The words of an answer and their pairs, for telling which question it answers."""
    return frozenset(
        sign
        for text in told.values()
        for piece in pieces(text)
        for sign in piece.signs
        if sign.startswith(("w:", "b:", "n:", "d:"))
    )
