"""The labelled answers: their form, that there is enough of everything, and that no text comes twice."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.domain.terms import CategoryId, Part, QuestionId
from content.library import load_library

HERE = Path(__file__).parent
FILES = ("answers.jsonl", "held_out.jsonl")
CATEGORY = CategoryId("failure-and-learning")
FLAGS = (
    "no_numbers",
    "we_over_i",
    "hypothetical",
    "blames_others",
    "no_learning",
    "denies_failure",
    "vague",
    "off_topic",
)
PARTS = ("situation", "task", "action", "result")
FIELDS = ("id", "question", "profile", *PARTS, "labels")
MAX_WORDS = 350
SHARED_WORDS = 8

Answer = dict[str, Any]


def read(name: str) -> list[Answer]:
    """All answers of one of the two files."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def everything() -> list[Answer]:
    return [answer for name in FILES for answer in read(name)]


def points_by_question() -> dict[str, set[str]]:
    """Point ids of every question of the category."""
    category = load_library().category(CATEGORY)
    assert category is not None
    return {question.id: {point.id for point in question.points} for question in category.questions}


def words(texts: list[str]) -> list[str]:
    return re.findall(r"\w+(?:['’]\w+)*", " ".join(texts).lower())


def runs(texts: list[str]) -> set[tuple[str, ...]]:
    """Every run of eight words."""
    found = words(texts)
    return {tuple(found[at : at + SHARED_WORDS]) for at in range(len(found) - SHARED_WORDS + 1)}


def told(answer: Answer) -> list[str]:
    return [answer[part] for part in PARTS]


def labelled(answers: list[Answer], kind: str, code: str) -> Counter[bool | None]:
    """How often a label of this kind is true, false and null."""
    return Counter(answer["labels"][kind][code] for answer in answers)


@pytest.mark.parametrize("answer", everything(), ids=lambda answer: answer["id"])
def test_every_answer_has_all_fields_and_labels(answer: Answer) -> None:
    """Each field is there, each flag and each point of the question is labelled, and nothing else."""
    points = points_by_question().get(answer["question"])
    assert set(answer) == {*FIELDS} | (set() if points else {"prompt"})
    assert all(isinstance(answer[field], str) for field in answer if field != "labels")
    assert set(answer["labels"]) == {"flags", "points"}
    assert set(answer["labels"]["flags"]) == set(FLAGS)
    assert set(answer["labels"]["points"]) == (points or set())
    values = [*answer["labels"]["flags"].values(), *answer["labels"]["points"].values()]
    assert all(value is None or isinstance(value, bool) for value in values)
    assert 0 < len(words(told(answer))) <= MAX_WORDS


def test_prompts_belong_to_questions_no_pack_has() -> None:
    """An answer with a prompt of its own is to a question that the library does not know."""
    library = load_library()
    asked = {answer["question"] for answer in everything() if "prompt" in answer}
    assert asked
    assert not [name for name in asked if library.question(QuestionId(name)) is not None]


def test_ids_are_unique_over_both_files() -> None:
    """An id names one answer; the evaluation joins on it."""
    repeated = [name for name, count in Counter(one["id"] for one in everything()).items() if count > 1]
    assert repeated == []


def test_a_third_is_held_out() -> None:
    """At least 150 answers, of which about a third and at least fifty are kept aside."""
    developed, held_out = (read(name) for name in FILES)
    assert len(developed) + len(held_out) >= 150
    assert len(held_out) >= 50
    assert 0.3 <= len(held_out) / len(developed + held_out) <= 0.36


@pytest.mark.parametrize("name", [*points_by_question(), None])
def test_every_question_is_in_both_files(name: str | None) -> None:
    """Twenty answers to each question, and thirty to others (None), between a quarter and a half held out."""
    known = points_by_question()
    developed, held_out = (
        [one for one in read(file) if (one["question"] if one["question"] in known else None) == name]
        for file in FILES
    )
    count = len(developed) + len(held_out)
    assert count >= (20 if name else 30)
    assert 0.25 <= len(held_out) / count <= 0.5


@pytest.mark.parametrize("flag", FLAGS)
def test_every_flag_is_often_true_and_often_false(flag: str) -> None:
    """Fewer cases would say little about precision and recall; five held out are what a bound needs."""
    seen = labelled(everything(), "flags", flag)
    assert seen[True] >= 15
    assert seen[False] >= 60
    assert labelled(read("held_out.jsonl"), "flags", flag)[True] >= 5


@pytest.mark.parametrize(
    ("question", "point"),
    [(question, point) for question, points in points_by_question().items() for point in sorted(points)],
)
def test_every_point_is_heard_and_missed_often_enough(question: str, point: str) -> None:
    """Six of each at least, and one of each held out."""
    answers, held_out = (
        [one for one in some if one["question"] == question]
        for some in (everything(), read("held_out.jsonl"))
    )
    seen, kept = labelled(answers, "points", point), labelled(held_out, "points", point)
    assert min(seen[True], seen[False]) >= 6
    assert min(kept[True], kept[False]) >= 1


def test_no_eight_words_in_a_row_come_twice() -> None:
    """Neither two answers nor an answer and a model answer share a run of eight words."""
    library = load_library()
    first_in = {
        run: f"model answer of {question.id}"
        for question in library.askable()
        for run in runs([question.model_answer.text(part) for part in Part])
    }
    shared = []
    for answer in everything():
        mine = runs(told(answer))
        shared += [(answer["id"], first_in[run], " ".join(run)) for run in mine if run in first_in]
        first_in.update(dict.fromkeys(mine, answer["id"]))
    assert shared == []
