"""Weighs the signs of a text against what was learned from labelled answers. No rule of a flag stands here.

The weights are numbers made by `tests.coach.train`: in `traits.tsv` those of each sign for every trait that a piece of
text may have, in `wholes.tsv` those of each sign of a whole answer for every flag, in `topics.tsv` for every question
that an answer may be about, and in `weights.json` those of each measure of the whole answer for every flag. A sum above
0 means yes.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import NamedTuple

from bot.domain.coach.packing import code, place
from bot.domain.coach.signs import Piece, pieces
from bot.domain.terms import Part

TRAITS = ("blame", "owning", "denial", "lesson", "step", "trouble", "theirs", "imagined")
"""What a piece of text may do: put the fault on others, own it, deny it, tell what was learned, tell a step that one
could picture, tell that something went wrong for the speaker, tell that it did for another, tell what one would or
usually does."""

FOLDER = Path(__file__).parent

DAMPING = 40
"""So many signs are added to a piece's own, so that a piece of two or three words does not weigh much."""

STEP = 0.06
"""The weights of signs are kept in such steps, each in one byte."""

LIMIT = 4.0
"""No piece counts for more than this, either way."""


LOW = -2.0
"""Below this a piece is as far from a trait as can be, and a short answer is like a long one."""


class Table:
    """Weights of many signs for several names, packed, because as a dict they would take ten times the memory.

    The sign "" holds what is added always. Weights may come as text, and an empty one is 0.
    """

    def __init__(self, names: Sequence[str], rows: Iterable[tuple[str, Sequence[float | str]]]) -> None:
        self.names = tuple(names)
        self._always = [0.0] * len(self.names)
        codes, self._weights = array("I"), array("b")
        for sign, weights in rows:
            if sign:
                codes.append(code(sign))
                self._weights.extend(map(_packed, weights))
            else:
                self._always = [float(one or 0) for one in weights]
        self._rows = array("I", sorted(range(len(codes)), key=codes.__getitem__))
        self._signs = array("I", map(codes.__getitem__, self._rows))

    def weigh(self, signs: Iterable[str]) -> dict[str, float]:
        """How much the signs speak for each name: above 0 for it, below 0 against it."""
        width = len(self.names)
        totals = [0] * width
        count = 0
        for sign in signs:
            count += 1
            at = place(self._signs, sign)
            if at >= 0:
                row = self._rows[at] * width
                for column, weight in enumerate(self._weights[row : row + width]):
                    totals[column] += weight
        scale = STEP / sqrt(count + DAMPING)
        return {
            name: max(-LIMIT, min(LIMIT, always + total * scale))
            for name, always, total in zip(self.names, self._always, totals, strict=True)
        }


@lru_cache(maxsize=4096)  # there are many weights and few different ones
def _packed(weight: float | str) -> int:
    return max(-127, min(127, round(float(weight or 0) / STEP)))


def _read(file: Path) -> Table:
    with file.open(encoding="utf-8") as lines:
        _, *names = next(lines).rstrip("\n").split("\t")
        split = (line.rstrip("\n").split("\t") for line in lines)
        return Table(names, ((sign, weights) for sign, *weights in split))


class Weights(NamedTuple):
    """Weights of signs by trait, by flag and by the prompt of the question they tell of, and of measures by flag."""

    traits: Table
    wholes: Table
    topics: Table
    flags: Mapping[str, Mapping[str, float]]


@cache
def weights() -> Weights:
    """The weights shipped with the package."""
    flags = json.loads((FOLDER / "weights.json").read_text(encoding="utf-8"))
    traits, wholes, topics = (_read(FOLDER / f"{name}.tsv") for name in ("traits", "wholes", "topics"))
    return Weights(traits, wholes, topics, flags)


class Weighed(NamedTuple):
    """A piece and how much each trait is in it."""

    piece: Piece
    traits: Mapping[str, float]


def weighed(text: str, traits: Table) -> tuple[Weighed, ...]:
    """The pieces of a text, weighed."""
    return tuple(Weighed(piece, traits.weigh(piece.signs)) for piece in pieces(text))


def most(trait: str, told: Sequence[Weighed]) -> float:
    """The most that a piece shows of a trait."""
    return max((piece.traits[trait] for piece in told), default=LOW)


def measures(name: str, values: Sequence[float]) -> Iterator[tuple[str, float]]:
    """One trait over several pieces: the most, the second most, how many pieces, and what share of them."""
    best = [max(one, LOW) for one in (*sorted(values, reverse=True), LOW, LOW)]
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


_BY_PART = ("w:", "b:", "k:", "s:", "a:", "n:", "d:", "o:")
"""Of these signs it counts in which part they stand."""


def whole_signs(told: Mapping[Part, str]) -> frozenset[str]:
    """The signs of all pieces of an answer, by themselves and with the part in which they stand."""
    found: set[str] = set()
    for part, text in told.items():
        signs = {sign for piece in pieces(text) for sign in piece.signs}
        found |= signs
        found.update(f"{part.value[0]}{sign}" for sign in signs if sign.startswith(_BY_PART))
    return frozenset(found)
