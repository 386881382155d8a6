"""What an answer holds for and against each point, and how it is weighed together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from bot.domain.coach.clauses import Sentence
from bot.domain.coach.cues import cue, find, is_disowned, may_stand
from bot.domain.coach.findings import Code, Listened
from bot.domain.coach.learned import Weights
from bot.domain.coach.stretches import marks, stretches
from bot.domain.coach.text import Span, words
from bot.domain.terms import Part

SILENT = -4.0
"""The score of an answer without a sentence."""

WORDS_CAP = 250
"""A longer answer is no more likely to make a point."""


USUAL_WORDS = 120
"""An answer of this length is weighed as neither long nor short."""

LIKELY = 0.4
"""Log odds from which a point is heard: rather silent than wrong."""

TELLING = 0.3
"""Without a cue a point needs a sentence that speaks for it as much, however good the rest of the answer is."""

FOREIGN = -1.0
"""With a cue, too, a sentence that speaks so little for a point does not make it."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence of an answer: its part, the part's text, and the sentence word by word."""

    part: Part
    text: str
    sentence: Sentence


@dataclass(slots=True)
class Cued:
    """What the cues of one point found in an answer.

    ``found``: cues that stand in it as done; ``disowned``: cues that stand in it as denied or wished for; ``places``:
    where the first of them stands in each sentence, by the number of the sentence.
    """

    found: int = 0
    disowned: int = 0
    in_action: bool = False
    places: dict[int, Span] = field(default_factory=dict)


def cued(point: Listened, spoken: Sequence[Spoken]) -> Cued:
    """What the point's cues find."""
    result = Cued()
    stems = frozenset[str]().union(*(said.sentence.stems for said in spoken))
    for one in map(cue, point.cues):
        if not may_stand(one, stems):
            continue
        is_found = is_against = False
        for at, said in enumerate(spoken):
            if match := find(one, said.sentence, own=not point.anyones):
                is_found = True
                result.in_action = result.in_action or said.part is Part.ACTION
                result.places.setdefault(at, match.focus)
            elif not is_against:
                is_against = is_disowned(one, said.sentence)
        result.found += is_found
        result.disowned += is_against
    return result


@dataclass(frozen=True, slots=True)
class Stretch:
    """The marks of a stretch of speech, with its sentence's number and its own place."""

    at: int
    span: Span
    marks: frozenset[str]


def all_stretches(spoken: Sequence[Spoken]) -> list[Stretch]:
    """Every stretch of an answer."""
    return [
        Stretch(at, Span(stretch[0].span.start, stretch[-1].span.end), marks(stretch))
        for at, said in enumerate(spoken)
        for stretch in stretches(said.sentence)
        if stretch
    ]


def best_score(weights: Weights, said: Collection[Stretch]) -> float:
    """The score of the stretch that speaks most for a point."""
    return max((weights.score(stretch.marks) for stretch in said), default=SILENT)


def weighed(
    cues: Sequence[Cued], scores: Sequence[float], faults: Collection[Code], whole: str
) -> list[Mapping[str, float]]:
    """For each point what is to be weighed: its own evidence, that of the other points, and the answer as a whole.

    Who makes one point plainly tells a story in which the others are likely, too.
    """
    answer = {
        "words": log((1 + min(words(whole), WORDS_CAP)) / USUAL_WORDS),
        **{f"fault_{code}": float(code in faults) for code in _WEIGHED_FAULTS},
    }
    heard = sum(bool(c.found) for c in cues)
    others = max(len(cues) - 1, 1)
    return [
        {
            **answer,
            "cue": float(bool(one.found)),
            "cues": log(1 + one.found),
            "in_action": float(one.in_action),
            "disowned": log(1 + one.disowned),
            "only_disowned": float(one.disowned and not one.found),
            "score": score,
            "other_cues": (heard - bool(one.found)) / others,
            "other_scores": (sum(scores) - score) / others,
        }
        for one, score in zip(cues, scores, strict=True)
    ]


_WEIGHED_FAULTS = (
    Code.HYPOTHETICAL,
    Code.DENIES_FAILURE,
    Code.BLAMES_OTHERS,
    Code.OFF_TOPIC,
    Code.NO_NUMBERS,
)


def likelihood(judge: Weights, evidence: Mapping[str, float]) -> float:
    """How likely a point is made, as log odds."""
    return judge.bias + sum(judge.of.get(name, 0.0) * value for name, value in evidence.items())


def is_made(judge: Weights, evidence: Mapping[str, float], least: float = LIKELY) -> bool:
    """Whether the point is made: likely, and with a sentence that stands for it."""
    own = evidence["score"] >= (FOREIGN if evidence["cue"] else TELLING)
    return own and likelihood(judge, evidence) >= least
