"""The bank as a whole: how much there is, that no two are alike, and that the coach hears in each what it asks for."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain import coach
from bot.domain.terms import PARTS
from content.library import load_library
from content.schema import Category, Question

WORDS_LEAST, WORDS_MOST = 150, 350
"""Words of a model answer: one to two and a half minutes aloud."""

SHARED_WORDS = 8
"""So many words in a row in two questions are one sentence written twice."""

SENTENCE_WORDS_MOST = 24
"""Mean length of a model answer's sentences; above it, it is read and not spoken."""

STOCK_PHRASES = re.compile(
    r"\b(leverag\w+|synerg\w+|win-win|at the end of the day|outside (?:of )?my comfort zone|communication is key"
    r"|think outside the box|hit the ground running|game.?changer|passionate about|team player|best practices?)\b",
    re.I,
)

CATEGORIES: tuple[Category, ...] = load_library().categories
QUESTIONS: tuple[Question, ...] = tuple(
    question for category in CATEGORIES for question in category.questions
)


def test_there_is_enough_for_a_third_of_a_year() -> None:
    """At least fourteen categories and 120 questions, each level among them."""
    assert len(CATEGORIES) >= 14
    assert len(QUESTIONS) >= 120
    assert {question.level for question in QUESTIONS} == {"entry", "mid", "senior", "lead"}


def test_no_two_questions_share_a_sentence() -> None:
    """Nowhere do eight words in a row stand in two questions, nor a prompt twice."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for question in QUESTIONS:
        for text in _texts(question):
            words = re.findall(r"[\w’']+", text.lower())
            for start in range(len(words) - SHARED_WORDS + 1):
                owners[tuple(words[start : start + SHARED_WORDS])].add(question.id)
    shared = {" ".join(words): ids for words, ids in owners.items() if len(ids) > 1}
    assert shared == {}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_model_answer_is_first_rate(question: Question) -> None:
    """Of a good length and shape, spoken, without stock phrases, and the coach has no fault to find."""
    told = {part: question.model_answer.text(part) for part in PARTS}
    whole = "\n".join(told.values())
    count = sum(coach.words(text) for text in told.values())
    assert WORDS_LEAST <= count <= WORDS_MOST
    assert count / len(re.findall(r"[.!?…](?:\s|$)", whole)) <= SENTENCE_WORDS_MOST
    assert STOCK_PHRASES.findall(whole) == []
    # Without what is shown beside it: a model answer would count as recited.
    reading = coach.read(told, replace(question.rubric(), shown=()))
    assert [finding.code.value for finding in reading.findings if finding.code in coach.FLAGS] == []
    assert [point.id for point in reading.points if not point.heard] == []


def _texts(question: Question) -> Iterator[str]:
    yield from (question.prompt, question.about, *question.hints.values(), *question.tips, *question.traps)
    yield from question.follow_ups
    yield from (question.model_answer.text(part) for part in PARTS)
    for point in question.points:
        yield from (point.text, *point.exemplars, *point.counter_examples)
