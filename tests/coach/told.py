"""What the flags are learned from: labelled answers, model answers and sentences, taken apart into pieces."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.coach import flags as coach_flags
from bot.domain.coach import signs, weighing
from bot.domain.coach.signs import Piece
from bot.domain.terms import PARTS, Part, QuestionId
from content.library import Library
from tests.coach_train import overlaps

signs.pieces = weighing.pieces = cache(signs.pieces.__wrapped__)

SENTENCES = Path(__file__).parent / "training"


@dataclass
class Answer:
    """A labelled answer with what is learned from it."""

    file: str
    id: str
    told: dict[Part, str]
    flags: Mapping[str, bool | None]
    points: Mapping[str, bool | None]
    rubric: Any
    pieces: dict[str, list[Piece]] = field(default_factory=dict)
    opening: list[Piece] = field(default_factory=list)
    whole: frozenset[str] = frozenset()
    shown: Mapping[str, str] = field(default_factory=dict)
    counts: dict[str, float] = field(default_factory=dict)


@dataclass
class Example:
    """The signs of a sentence, and which traits it has or has not."""

    signs: frozenset[str]
    traits: dict[str, bool]


def sentences() -> Iterator[Example]:
    """The sentences of the folder "training"; a line in brackets says what those below it show."""
    for file in sorted(SENTENCES.glob("*.txt")):
        if file.stem == "answers":
            continue
        traits: dict[str, bool] = {}
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                traits = {mark[1:]: mark[0] == "+" for mark in line.strip("[]").split()}
            elif line.strip():
                for piece in signs.pieces(line):
                    yield Example(piece.signs, traits)


def answers(files: Iterable[Path], library: Library) -> Iterator[Answer]:
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            told = {part: record.get(part.value) or "" for part in PARTS}
            question = library.question(QuestionId(record["question"]))
            labels = record["labels"]
            answer = Answer(
                file.stem,
                record["id"],
                told,
                labels["flags"],
                labels["points"],
                question.rubric() if question else None,
                shown=record.get("shown", {}),
            )
            yield with_pieces(answer)


LABELLED = ("blames_others", "denies_failure", "no_learning", "vague", "hypothetical", "off_topic")


def written(library: Library) -> Iterator[Answer]:
    """The answers of the folder "training": a line with the question and the flags that are there, then the parts."""
    blocks = (SENTENCES / "answers.txt").read_text(encoding="utf-8").split("# ")[1:]
    for at, block in enumerate(blocks):
        head, *lines = block.strip().splitlines()
        name, *flags = head.split()
        question = library.question(QuestionId(f"failure-{name}"))
        texts = {line[0]: line[3:] for line in lines}
        told = {part: texts.get(part.value[0].upper(), "") for part in PARTS}
        answer = Answer("training", f"{name}-{at}", told, labels_of(flags), {}, question.rubric())
        yield with_pieces(answer)


def models(library: Library) -> Iterator[Answer]:
    """The model answers, which have no flag. Whether they lie beside their question is not asked."""
    for category in library.categories:
        for question in category.questions:
            told = {part: question.model_answer.text(part) for part in PARTS}
            flags: dict[str, bool | None] = dict.fromkeys(LABELLED, False)
            flags["off_topic"] = None
            flags["no_learning"] = False if question.asks_lesson else None
            yield with_pieces(Answer("training", question.id, told, flags, {}, question.rubric()))


def labels_of(flags: Sequence[str]) -> dict[str, bool | None]:
    """Whether general talk answers the question is a matter of opinion, so it is left open."""
    found: dict[str, bool | None] = {flag: flag in flags for flag in LABELLED}
    if "hypothetical" in flags:
        found["off_topic"] = None
    return found


def with_pieces(answer: Answer) -> Answer:
    whole = [piece for part in PARTS for piece in signs.pieces(answer.told[part])]
    action = list(signs.pieces(answer.told[Part.ACTION])) or whole
    opening = [p for part in (Part.SITUATION, Part.TASK) for p in signs.pieces(answer.told[part])]
    answer.whole = weighing.whole_signs(coach_flags.said(answer.told))
    answer.opening = [*opening, *signs.pieces(answer.told[Part.ACTION])[:3]] or whole
    answer.pieces = dict.fromkeys(weighing.TRAITS, whole) | {"step": action, "imagined": action}
    return answer


def bag(answer: Answer, trait: str) -> bool | None:
    """Whether an answer shows a trait somewhere; None when its labels do not tell."""
    flags, points = answer.flags, answer.points
    negated = {"lesson": "no_learning", "step": "vague", "trouble": "off_topic"}
    straight = {"blame": "blames_others", "denial": "denies_failure", "imagined": "hypothetical"}
    if trait == "theirs":
        return False if flags["off_topic"] is False else None
    if trait == "trouble" and answer.rubric is None:
        return None
    if trait in straight:
        return flags[straight[trait]]
    if trait in negated:
        value = flags[negated[trait]]
        if trait == "step" and not answer.told[Part.ACTION].strip():
            return None
        return None if value is None else not value
    return points.get("responsibility", points.get("accountability"))


SHOWN_BY = {
    "blame": ("blames_others",),
    "denial": ("denies_failure",),
    "imagined": ("hypothetical",),
    "owning": ("responsibility", "accountability"),
    "lesson": ("lessons",),
}


def shown_in(answer: Answer, trait: str) -> list[Piece]:
    """The pieces that its writer named for the trait, where they did; else all that may show it."""
    words = next((answer.shown[one] for one in SHOWN_BY.get(trait, ()) if one in answer.shown), "")
    named = [
        piece
        for text in answer.told.values()
        if words
        for piece in signs.pieces(text)
        if overlaps(piece.span, text, words)
    ]
    return named or answer.pieces[trait]
