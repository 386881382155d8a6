"""Whole answers to a question that names its parts itself: its names are labels there, and STAR's still are."""

import pytest

from bot.domain.labels import awaited, take_apart
from bot.domain.terms import PARTS, Part

INTRODUCTION = dict(zip(PARTS, ("Now", "Before", "Proof", "Next"), strict=True))
REASON = dict(
    zip(PARTS, ("What I know", "What draws me", "How I went about it", "What I bring"), strict=True)
)
TOLD = {Part.SITUATION: "I bake.", Part.TASK: "I drove.", Part.ACTION: "3 prizes.", Part.RESULT: "A shop."}


@pytest.mark.parametrize("names", [INTRODUCTION, REASON])
@pytest.mark.parametrize(
    "head",
    ["{}: ", "{}:\n", "**{}:** ", "2. {}: ", "[{}] ", "# {}\n", "{}\n", "{} - ", "\u200b{}: ", "The {}: "],
)
@pytest.mark.parametrize("written", [str, str.lower, str.upper])
def test_the_questions_own_names_are_labels(names, head, written) -> None:
    """However they are written at the beginnings of lines, in their order."""
    text = "\n\n".join(head.format(written(names[part])) + TOLD[part] for part in PARTS)
    labelled = take_apart(text, names=names)
    assert labelled is not None
    assert (labelled.before, labelled.parts) == ("", TOLD)


@pytest.mark.parametrize("names", [INTRODUCTION, REASON])
def test_in_one_line_too(names) -> None:
    """As they are spelled, with colons."""
    labelled = take_apart(" ".join(f"{names[part]}: {TOLD[part]}" for part in PARTS), names=names)
    assert labelled is not None
    assert labelled.parts == TOLD


def test_all_four_may_stand_in_any_order() -> None:
    """Nothing else than an answer has all four at the beginnings of lines."""
    text = "\n".join(f"{INTRODUCTION[part]}: {TOLD[part]}" for part in reversed(PARTS))
    labelled = take_apart(text, names=INTRODUCTION)
    assert labelled is not None
    assert labelled.parts == TOLD


def test_some_of_them_are_enough() -> None:
    """Two, from the beginning on; three, wherever they stand."""
    labelled = take_apart("Now: I bake.\nProof: 3 prizes.", names=INTRODUCTION)
    assert labelled is not None
    assert labelled.parts == {Part.SITUATION: "I bake.", Part.ACTION: "3 prizes."}
    labelled = take_apart("Hello.\nNow: I bake.\nBefore: I drove.\nNext: A shop.", names=INTRODUCTION)
    assert labelled is not None
    assert (labelled.before, len(labelled.parts)) == ("Hello.", 3)


def test_one_alone_is_left_out_where_it_names_the_part_that_is_told() -> None:
    """At that step it is no word of the answer; at another it may be."""
    labelled = take_apart("Before: I drove.", Part.TASK, INTRODUCTION)
    assert labelled is not None
    assert labelled.parts == {Part.TASK: "I drove."}
    assert take_apart("Before: 40 a week.", Part.ACTION, INTRODUCTION) is None


@pytest.mark.parametrize(
    "text",
    [
        "Errors fell by half.\nBefore: 40 a week.\nNow: 20.",
        "Before: 40 a week\nNow: 20 a week",
        "Now: 20 a week\nBefore: 40 a week",
        "Now: 20 a week. Before: 40 a week.",
        "I asked what comes now: a shop or a bakery. Before: nobody had asked.",
        "Now I bake.\nBefore that I drove.\nNext I want a shop.",
        "Next\nto the shop there is a bakery.",
    ],
)
def test_words_of_a_sentence_are_no_labels(text: str) -> None:
    """The names are words that people use."""
    assert take_apart(text, Part.ACTION, INTRODUCTION) is None


def test_elsewhere_they_are_no_labels() -> None:
    """Without such names the text is one part."""
    assert take_apart("Now: I bake.\nBefore: I drove.") is None


def test_the_usual_names_stay_labels() -> None:
    """Who writes Situation and Task is understood."""
    labelled = take_apart("Situation: I bake.\nTask: I drove.", names=INTRODUCTION)
    assert labelled is not None
    assert labelled.parts == {Part.SITUATION: "I bake.", Part.TASK: "I drove."}


def test_names_that_mean_another_part_elsewhere_mean_their_own() -> None:
    """A question may call its last part Task."""
    names = dict(zip(PARTS, ("Result", "Action", "Situation", "Task"), strict=True))
    text = "\n".join(f"{names[part]}: {TOLD[part]}" for part in PARTS)
    labelled = take_apart(text, names=names)
    assert labelled is not None
    assert labelled.parts == TOLD


def test_what_stands_twice_is_text_the_second_time() -> None:
    """Only the order tells a label from a word."""
    labelled = take_apart(
        "Now: I bake.\nBefore: I drove.\nNow: that is over.\nNext: A shop.", names=INTRODUCTION
    )
    assert labelled is not None
    assert labelled.parts == {
        Part.SITUATION: "I bake.",
        Part.TASK: "I drove.\nNow: that is over.",
        Part.RESULT: "A shop.",
    }


def test_a_name_alone_is_the_beginning_of_its_part() -> None:
    """With a colon behind it; without one it may be an answer."""
    assert awaited("Proof:", INTRODUCTION) is Part.ACTION
    assert awaited("What I bring:", REASON) is Part.RESULT
    assert awaited("Next", INTRODUCTION) is None
    assert awaited("Now:\nBefore:\nProof:\nNext:", INTRODUCTION) is Part.SITUATION
    assert awaited("Task:", INTRODUCTION) is Part.TASK
