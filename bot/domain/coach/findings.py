"""What a reading consists of: measures, findings and strengths. Values only; the rules are beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.terms import Part


class Code(StrEnum):
    """Name of a finding or of a strength; stable, because other programs read it from `starling coach`."""

    NO_NUMBERS = "no_numbers"
    WE_OVER_I = "we_over_i"
    HYPOTHETICAL = "hypothetical"
    BLAMES_OTHERS = "blames_others"
    NO_LEARNING = "no_learning"
    DENIES_FAILURE = "denies_failure"
    OFF_TOPIC = "off_topic"
    VAGUE = "vague"
    PART_EMPTY = "part_empty"
    PART_LONG = "part_long"
    PART_SHORT = "part_short"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    MISPLACED = "misplaced"
    HEDGES = "hedges"
    LONG_SENTENCE = "long_sentence"

    NUMBERS = "numbers"
    OWN_DEEDS = "own_deeds"
    BALANCE = "balance"


FLAGS: frozenset[Code] = frozenset(
    {
        Code.NO_NUMBERS,
        Code.WE_OVER_I,
        Code.HYPOTHETICAL,
        Code.BLAMES_OTHERS,
        Code.NO_LEARNING,
        Code.DENIES_FAILURE,
        Code.VAGUE,
        Code.OFF_TOPIC,
    }
)
"""The codes that are flags in the sense of the glossary; the other findings are about shape."""

STRENGTHS: frozenset[Code] = frozenset({Code.NUMBERS, Code.OWN_DEEDS, Code.BALANCE})
"""The codes that say what is good."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in an answer, be it a fault or a strength.

    ``part`` is the part it is about, None when it is about the whole. ``quote`` is a verbatim piece of the
    answer of at most 160 characters, empty when there are no words to quote; it stands in another part than
    ``part`` where the story was told there. ``figures`` by code: ``share``, ``low``, ``high`` (fractions of the
    whole) for part_long and part_short; ``seconds``, ``low``, ``high`` for too_long and too_short; ``own`` and
    ``team`` (deeds counted) for we_over_i; ``words`` of the outcome as it is told (0: nowhere) for no_numbers,
    0 for vague where the Action is empty, of the sentence for long_sentence; ``count`` for hedges; else empty.
    """

    code: Code
    part: Part | None = None
    quote: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listened:
    """One point of a question as the pack describes it; cues as `bot.domain.coach.cues` reads them.

    With neither cues nor exemplars it cannot be heard, and is not asked about.
    """

    id: str
    cues: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    anyones: bool = False


@dataclass(frozen=True, slots=True)
class Rubric:
    """What the coach knows about a question.

    ``shown``: the texts that the person may have copied. ``unflagged``: findings that are never made about it.
    """

    points: tuple[Listened, ...] = ()
    premise: tuple[str, ...] = ()
    asks_lesson: bool = False
    shown: tuple[str, ...] = ()
    unflagged: frozenset[Code] = frozenset()


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether a point was heard, with the sentence that says so (empty when not).

    ``judged`` is False when the pack gives nothing to go by.
    """

    id: str
    heard: bool
    quote: str = ""
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What the coach heard in one answer.

    ``shares`` are fractions of the whole that add up to 1, or all 0 when nothing was written.
    ``findings`` and ``strengths`` stand most useful first, ``points`` in the order of the question.
    """

    words: Mapping[Part, int]
    shares: Mapping[Part, float]
    total_words: int
    speaking_seconds: int
    findings: tuple[Finding, ...]
    strengths: tuple[Finding, ...]
    points: tuple[Heard, ...] = ()
