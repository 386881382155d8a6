"""Whole answers in one text: which words are labels, and that nothing under them is lost."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.labels import take_apart
from bot.domain.terms import PARTS, Part

TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n"), min_size=1, max_size=80
)
HEADS = ("{}: ", "{}:\n", "**{}:** ", "**{}**: ", "2. {}: ", "[{}] : ", "# {}\n", "{}\n", "{} - ", "{} – ", "• {}：")


def seen(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


@given(
    st.dictionaries(st.sampled_from(PARTS), TEXTS, min_size=1),
    st.sampled_from(HEADS),
    st.sampled_from([str.lower, str.upper, str.capitalize]),
    st.randoms(use_true_random=False),
)
def test_a_labelled_text_comes_apart_as_it_was_put_together(texts, head, written, random) -> None:
    """Parts under labels of any usual form, in any order, come back whole."""
    for text in texts.values():
        assume(text.strip() and take_apart(f"Task:\n{text}") is not None)
        assume(take_apart(f"Task:\n{text}").parts == {Part.TASK: text.strip()})  # holds no label itself
        assume(not re.match(r"[\s*_:：–—-]", text))  # would read as the end of the label before it
    order = list(texts)
    random.shuffle(order)
    whole = "\n\n".join(head.format(written(part.value)) + texts[part] for part in order)
    labelled = take_apart(whole)
    assert labelled is not None
    assert labelled.before == ""
    assert dict(labelled.parts) == {part: text.strip() for part, text in texts.items()}


@given(st.lists(TEXTS | st.sampled_from(["Situation: ", "\nTask:", "Action\n", "\nR: ", "a - b ", "Result: "]), max_size=8))
@example(["2019 ", "Result: ", "we grew"])
def test_no_word_is_lost_but_the_labels(pieces: list[str]) -> None:
    """Taken apart, the pieces hold every letter of the text, and what is missing is labels and their marks."""
    text = "".join(pieces)
    labelled = take_apart(text)
    assume(labelled is not None)
    kept = labelled.before + "".join(labelled.parts.values())
    left = list(seen(text))
    for character in seen(kept):
        assert character in left
        left.remove(character)
    numbering = "".join(re.findall(r"\d{1,2}[.)]", text))
    assert set("".join(left).lower()) <= set("situationtaskactionresults.:：-–—>*_#•[]()" + numbering)


@given(TEXTS)
def test_there_is_text_under_every_label(text: str) -> None:
    """A part that was found is never empty."""
    labelled = take_apart(f"Situation: {text}\nTask:\n\nAction: {text}")
    assert labelled is None or all(part.strip() for part in labelled.parts.values())


@pytest.mark.parametrize(
    "prose",
    [
        "a - small thing went wrong",
        "The result: we lost two days.",
        "I took the task and the action I chose worked.",
        "resulting: nothing",
        "Situation:",
        "Task\nAction",
        "",
    ],
)
def test_prose_has_no_labels(prose: str) -> None:
    """A word in a sentence, a longer word, and labels with nothing under them are not a labelled answer."""
    assert take_apart(prose) is None


def test_labels_in_running_text_count_after_one_at_the_start_of_a_line() -> None:
    """An answer on one line comes apart at its capitalised labels."""
    labelled = take_apart("Situation: fire. Task: put it out. Action: I ran; my task: water. Result: 2 saved.")
    assert labelled is not None
    assert labelled.parts == {
        Part.SITUATION: "fire.",
        Part.TASK: "put it out.",
        Part.ACTION: "I ran; my task: water.",
        Part.RESULT: "2 saved.",
    }


def test_initials_need_a_colon() -> None:
    """S: T: A: R: are labels."""
    labelled = take_apart("S: fire\nT: water\nA: ran\nR: saved")
    assert labelled is not None
    assert list(labelled.parts.values()) == ["fire", "water", "ran", "saved"]


def test_a_label_given_twice_joins_its_texts() -> None:
    """The second text follows the first on a line of its own."""
    labelled = take_apart("Action: ran\nResult: saved\nAction: swam")
    assert labelled is not None
    assert labelled.parts[Part.ACTION] == "ran\nswam"


def test_what_stands_before_the_first_label_is_given() -> None:
    """An introduction is not lost."""
    labelled = take_apart("My story of the year.\n\nTask: water")
    assert labelled is not None
    assert labelled.before == "My story of the year."


def test_a_year_before_a_label_is_kept() -> None:
    """Digits in front of a label are a number in a list only with a dot or bracket behind them."""
    labelled = take_apart("Task: grow\n2019 Result: we grew")
    assert labelled is not None
    assert "2019" in "".join(labelled.parts.values())
