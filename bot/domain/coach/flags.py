"""Faults in what is told: imagined, put on others, without a lesson, denied, too general, beside the question.

Each flag weighs several measures of the whole answer: how much of each trait its pieces show (`weighing`), and what the
rules count (`rules`). The weights are learned from labelled answers; alone, only few phrases decide.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.domain.coach import rules, weighing
from bot.domain.coach.clauses import Actor
from bot.domain.coach.findings import Code, Rubric
from bot.domain.coach.text import Span, is_blank, points_elsewhere, words
from bot.domain.coach.voice import voice
from bot.domain.coach.weighing import Table, Weighed, Weights
from bot.domain.terms import PARTS, Part


class Place(NamedTuple):
    """A sentence of a part that shows a fault, and the words in it that do."""

    part: Part
    sentence: Span
    focus: Span


class Fault(NamedTuple):
    """A flag that is there: the place that shows it, None when it is about what is missing, and whether it is sure."""

    place: Place | None
    sure: bool


SURE = 1.0
"""A weighted sum above this is as good as certain; between 0 and this, one flag in four is wrong. Whether an answer is
beside its question takes twice as much, for plain short stories sound much like it."""

MEASURES: Mapping[Code, tuple[str, ...]] = {
    Code.BLAMES_OTHERS: (
        "whole blames_others",
        "blame most", "blame second", "blame count", "owning most", "blaming phrases", "owning phrases",
    ),
    Code.DENIES_FAILURE: (
        "whole denies_failure",
        "denial most", "denial second", "denial count", "owning most", "blame most", "trouble count",
        "denying phrases", "owning phrases",
    ),
    Code.NO_LEARNING: (
        "whole no_learning",
        "lesson most", "lesson second", "lesson count", "lesson at the end", "learning phrases", "habits",
        "blame most", "denial most", "imagined share", "trouble count", "owning most",
    ),
    Code.VAGUE: (
        "whole vague",
        "step most", "step second", "step count", "step share", "words of action", "concrete deeds",
        "general deeds",
    ),
    Code.HYPOTHETICAL: (
        "whole hypothetical",
        "imagined most", "imagined second", "imagined count", "imagined share", "deeds done", "deeds imagined",
    ),
    Code.OFF_TOPIC: (
        "whole off_topic",
        "trouble most", "trouble second", "trouble count", "trouble share", "trouble first", "theirs most",
        "theirs second", "theirs first", "owning most", "blame most", "denial most", "lesson most",
        "imagined share", "own deeds", "own deeds first", "premise", "premises", "words of trouble", "topic",
    ),
}  # fmt: skip
"""What each flag looks at; `tests.coach.train` learns how much each counts."""

_SHOWN_BY = {
    Code.BLAMES_OTHERS: "blame",
    Code.DENIES_FAILURE: "denial",
    Code.HYPOTHETICAL: "imagined",
}
"""The trait whose clearest piece is quoted; the other flags are about what is missing."""

_END = 3
"""Where no Result is told, so many pieces at the end stand for it."""


class Told(NamedTuple):
    """An answer read for its flags: the parts that say something, and their pieces."""

    parts: Mapping[Part, str]
    pieces: Mapping[Part, Sequence[Weighed]]

    @property
    def text(self) -> str:
        """Everything that was said."""
        return "\n".join(self.parts[part] for part in PARTS if self.parts[part])

    @property
    def whole(self) -> list[tuple[Part, Weighed]]:
        """Every piece, with the part in which it stands."""
        return [(part, piece) for part in PARTS for piece in self.pieces[part]]

    @property
    def action(self) -> list[tuple[Part, Weighed]]:
        """The pieces of the Action, or of everything where there is none."""
        return [(Part.ACTION, piece) for piece in self.pieces[Part.ACTION]] or self.whole


def said(parts: Mapping[Part, str]) -> dict[Part, str]:
    """What is said in each part; one that says nothing, or only where to look, is empty."""
    return {p: "" if is_blank(parts[p]) or points_elsewhere(parts[p]) else parts[p] for p in PARTS}


def listen(parts: Mapping[Part, str], traits: Table) -> Told:
    """The answer in pieces; a part that says nothing counts as empty."""
    told = said(parts)
    return Told(told, {part: weighing.weighed(told[part], traits) for part in PARTS})


def measures(told: Told, rubric: Rubric, weights: Weights) -> dict[str, float]:
    """Every measure that a flag looks at."""
    return dict(counts(told, rubric)) | dict(shown(told, rubric, weights))


def shown(told: Told, rubric: Rubric, weights: Weights) -> Iterator[tuple[str, float]]:
    """What the learned signs show: how much of each trait there is and where, what the whole looks like, and whether
    it is about the question."""
    for trait in weighing.TRAITS:
        pieces = told.action if trait in ("step", "imagined") else told.whole
        yield from weighing.measures(trait, [piece.traits[trait] for _, piece in pieces])
    end = told.pieces[Part.RESULT] or [piece for _, piece in told.whole[-_END:]]
    first = [*told.pieces[Part.SITUATION], *told.pieces[Part.TASK]] or [p for _, p in told.whole[: _END + 1]]
    yield "lesson at the end", weighing.most("lesson", end)
    yield "trouble first", weighing.most("trouble", first)
    yield "theirs first", weighing.most("theirs", first)
    for flag, value in weights.wholes.weigh(weighing.whole_signs(told.parts)).items():
        yield f"whole {flag}", value
    asked, topics = rubric.shown[0] if rubric.shown else "", weights.topics
    yield (
        "topic",
        topics.weigh(weighing.topic_signs(told.parts))[asked] if asked in topics.names else 0.0,
    )


def counts(told: Told, rubric: Rubric) -> Iterator[tuple[str, float]]:
    """What the rules count, each up to where more says no more."""
    text, action = told.text, told.parts[Part.ACTION] or told.text
    first = "\n".join(filter(None, (told.parts[Part.SITUATION], told.parts[Part.TASK]))) or text
    done, imagined = rules.done_and_imagined(action)
    concrete, general = rules.concrete_and_general(action)
    supposed = rules.premises(text, rubric.premise) if rubric.premise else 2
    said = voice(action)
    yield "blaming phrases", min(2, rules.blaming(text))
    yield "owning phrases", min(2, rules.owning(text))
    yield "denying phrases", min(2, rules.denying(text))
    yield "learning phrases", min(2, rules.learning(text))
    yield "habits", min(1, rules.habits(text))
    yield "words of trouble", min(6, rules.troubles(text)) / 2
    yield "deeds done", min(4, done)
    yield "deeds imagined", min(4, imagined)
    yield "concrete deeds", min(5, concrete)
    yield "general deeds", min(4, general)
    yield "words of action", min(80, len(action.split())) / 20
    yield "premise", min(1, supposed)
    yield "premises", min(3, supposed)
    yield "own deeds", said.own / (1 + said.own + rules.deeds_of(action, Actor.OTHER))
    yield "own deeds first", rules.share_of_deeds(first, Actor.SPEAKER, Actor.TEAM)


LOFTY_SHARE = 0.2
"""An Action with a higher share of lofty words is made of phrases."""


FEW_WORDS = 75
"""In fewer there is little to tell what an answer is about; it lies beside the question only if that is plain."""

STEPS_LEAST = 3
"""An Action that names so many steps, and nothing in general words, can be pictured, however short it is."""


def found(parts: Mapping[Part, str], rubric: Rubric) -> dict[Code, Fault]:
    """The flags in what is told."""
    weights = weighing.weights()
    told = listen(parts, weights.traits)
    seen = measures(told, rubric, weights)
    faults: dict[Code, Fault] = {}
    for code in MEASURES:
        value = weighing.judge(weights.flags[code.value], seen)
        outright = said_outright(code, told)
        sure = 2 * SURE if code is Code.OFF_TOPIC else SURE
        least = sure if code is Code.OFF_TOPIC and words(told.text) < FEW_WORDS else 0
        if (
            (outright or value > least)
            and _applies(code, rubric, told)
            and not speaks_against(code, told, rubric, value)
        ):
            faults[code] = Fault(outright or _place(code, told), value > sure)
    return faults


def said_outright(code: Code, told: Told) -> Place | None:
    """Where a phrase puts the fault on others or denies it in so many words, and the speaker does not own it as often.

    Such phrases are right nine times in ten, so that the weights are not asked.
    """
    if code is Code.BLAMES_OTHERS:
        find, least = rules.blames, rules.owning(told.text) + 1
    elif code is Code.DENIES_FAILURE and not rules.owning(told.text):
        find, least = rules.denials, 1
    else:
        return None
    said = [Place(part, m.sentence, m.focus) for part in PARTS for m in find(told.parts[part])]
    return said[0] if len(said) >= least else None


def speaks_against(code: Code, told: Told, rubric: Rubric, value: float) -> bool:
    """Whether a rule stands against a flag: what one does now is a lesson, "I would" among deeds done is no fancy, and
    who owns what the question supposes answers it."""
    if code is Code.NO_LEARNING:
        return rules.habits(told.text) > 0
    if code is Code.HYPOTHETICAL and value <= 2 * SURE:
        done, imagined = rules.done_and_imagined(told.parts[Part.ACTION] or told.text)
        return done > 0 and imagined <= 2 * done
    if code is Code.VAGUE:
        concrete, general = rules.concrete_and_general(told.parts[Part.ACTION])
        return concrete >= STEPS_LEAST and general == 0
    if code is Code.OFF_TOPIC:
        return rules.owning(told.text) > 0 and rules.premises(told.text, rubric.premise) > 0
    return False


def _applies(code: Code, rubric: Rubric, told: Told) -> bool:
    """Whether a flag can be told of an answer to this question."""
    if code is Code.NO_LEARNING:
        return rubric.asks_lesson
    if code is Code.OFF_TOPIC:
        return bool(rubric.premise)
    return code is not Code.VAGUE or bool(told.parts[Part.ACTION])


def _place(code: Code, told: Told) -> Place | None:
    if code is Code.NO_LEARNING:
        return None
    if code is Code.OFF_TOPIC:
        part, best = told.whole[0]
    elif code is Code.VAGUE:
        part, best = min(told.action, key=lambda one: one[1].traits["step"])
    else:
        pieces = told.action if code is Code.HYPOTHETICAL else told.whole
        part, best = max(pieces, key=lambda one: one[1].traits[_SHOWN_BY[code]])
    return Place(part, best.piece.sentence, best.piece.span)
