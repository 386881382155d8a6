"""Whole answers in one text: which words are labels, and that nothing under them is lost."""

import re
import time
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.labels import awaited, take_apart
from bot.domain.terms import PARTS, Part

TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n"), min_size=1, max_size=80
)
PLAIN_HEADS = (
    "{}: ",
    "{}:\n",
    "**{}:** ",
    "**{}**: ",
    "__{}__: ",
    "2. {}: ",
    "[{}] : ",
    "[{}] ",
    "({}) ",
    "# {}\n",
    "• {}：",
    "🔹 {}: ",
    "{} -> ",
    "\u200b{}: ",
    "\u200f\ufeff{}: ",
)
SLIGHT_HEADS = (
    "{}\n",
    "{} - ",
    "{} – ",
    "The {}: ",
    "Step 1: {}\n",
    "{}\n=====\n",
)


def seen(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def without_labels(texts) -> None:
    """Go on only with texts that hold no label and begin with nothing that ends the label before them."""
    for text in texts.values():
        assume(text.strip() and take_apart(f"Task:\n{text}") is not None)
        assume(take_apart(f"Task:\n{text}").parts == {Part.TASK: text.strip()})
        assume(not re.match(r"[\s*_:：–—(=~\])>-]", text))
        assume(not re.search(r"[-–—]", text))


@given(
    st.dictionaries(st.sampled_from(PARTS), TEXTS, min_size=1),
    st.sampled_from(PLAIN_HEADS),
    st.sampled_from([str.lower, str.upper, str.capitalize]),
    st.randoms(use_true_random=False),
)
def test_a_labelled_text_comes_apart_as_it_was_put_together(texts, head, written, random) -> None:
    """Parts under plain labels, in any order, come back whole."""
    without_labels(texts)
    order = list(texts)
    random.shuffle(order)
    whole = "\n\n".join(head.format(written(part.value)) + texts[part] for part in order)
    labelled = take_apart(whole)
    assert labelled is not None
    assert labelled.before == ""
    assert dict(labelled.parts) == {part: text.strip() for part, text in texts.items()}


@given(
    st.dictionaries(st.sampled_from(PARTS), TEXTS, min_size=2),
    st.sampled_from(SLIGHT_HEADS),
    st.sampled_from([str.lower, str.upper, str.capitalize]),
)
def test_slight_labels_count_in_their_order(texts, head, written) -> None:
    """Under headings, dashes and the like two parts or more come back whole, if they stand in their order."""
    without_labels(texts)
    order = sorted(texts, key=PARTS.index)
    whole = "\n\n".join(head.format(written(part.value)) + texts[part] for part in order)
    labelled = take_apart(whole)
    assert labelled is not None
    assert labelled.before == ""
    assert dict(labelled.parts) == {part: text.strip() for part, text in texts.items()}


@given(
    st.lists(
        TEXTS
        | st.sampled_from(
            [
                "Situation: ",
                "\nTask:",
                "Action\n",
                "\nR: ",
                "a - b ",
                "Result: ",
                "\nS - ",
                "\nOutcome: ",
                "\nTask (2021): ",
                "(T) ",
                "[Action] ",
                "\nThe Task: ",
                "\nResult\n===\n",
                "S: ",
                "situation: ",
                "\nTask & Action: ",
            ]
        ),
        max_size=8,
    )
)
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
    numbering = "".join(re.findall(r"\d{1,2}[.)]|\d\ufe0f?\u20e3", text))
    names = "situationtaskactionresultsthe&outcome=.:：-–—+>*_#•·[](){~" + numbering
    assert all(
        character in names or unicodedata.category(character) in ("So", "Sm", "Cf", "Mn", "Cn", "Sk")
        for character in "".join(left).lower()
    )


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
        "We had options:\nA: wait for the vendor\nB: rewrite the module myself\nI took B.",
        "We had options:\nA) wait\nB) rewrite\nC) resign",
        "Sizes:\nS: four\nM: five\nT: none",
        "We talked for long.\nAction\nwas what we needed.",
        "Task - I must say - was clear.",
        "I asked:\nTask - I must say - was clear.",
        "It was chaos.\nResult: nobody knew what to do.",
        "A: yes",
        "R: no\nA: yes",
        "Outcome: we lost. Context: none.",
        "The situation: bad. It stayed so.",
        "Outcome: fine",
    ],
)
def test_prose_has_no_labels(prose: str) -> None:
    """A word in a sentence, a longer word, and labels with nothing under them are not a labelled answer."""
    assert take_apart(prose) is None


def test_labels_in_running_text_count_after_one_at_the_start_of_a_line() -> None:
    """An answer on one line comes apart at its capitalised labels."""
    labelled = take_apart(
        "Situation: fire. Task: put it out. Action: I ran; my task: water. Result: 2 saved."
    )
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


@pytest.mark.parametrize(
    "text",
    [
        "S - fire\nT - water\nA - ran\nR - saved",
        "S – fire\nT – water\nA – ran\nR – saved",
        "S: fire T: water A: ran R: saved",
        "situation: fire task: water action: ran result: saved",
        "SITUATION: fire TASK: water ACTION: ran RESULT: saved",
        "Situation: fire Task: water Action: ran Result: saved",
        "[Situation] fire\n[Task] water\n[Action] ran\n[Result] saved",
        "[Situation] fire [Task] water [Action] ran [Result] saved",
        "(S) fire\n(T) water\n(A) ran\n(R) saved",
        "(S) fire (T) water (A) ran (R) saved",
        "S) fire\nT) water\nA) ran\nR) saved",
        "🔹 Situation: fire\n🔹 Task: water\n🔹 Action: ran\n🔹 Result: saved",
        "1️⃣ Situation: fire\n2️⃣ Task: water\n3️⃣ Action: ran\n4️⃣ Result: saved",
        "**S (Situation):** fire\n**T (Task):** water\n**A (Action):** ran\n**R (Result):** saved",
        "- **S**ituation: fire\n- **T**ask: water\n- **A**ction: ran\n- **R**esult: saved",
        "Step 1: Situation\nfire\nStep 2: Task\nwater\nStep 3: Action\nran\nStep 4: Result\nsaved",
        "Step 1/4 · Situation\nfire\nStep 2/4 · Task\nwater\nStep 3/4 · Action\nran\nStep 4/4 · Result\nsaved",
        "Situation -> fire\nTask -> water\nAction → ran\nResult → saved",
        "The Situation: fire\nThe Task: water\nThe Action: ran\nThe Result: saved",
        "Background: fire\nTask: water\nAction: ran\nOutcome: saved",
        "Context: fire. Task: water. Action: ran. Outcome: saved",
        "\u200bSituation: fire\n\ufeffTask: water\n\u200fAction: ran\n\u202bResult: saved",
        "\u200b\nSituation: fire\nTask: water\nAction: ran\nResult: saved",
        "Situation\n=====\nfire\nTask\n----\nwater\nAction\n===\nran\nResult\n======\nsaved",
        "S: fire\nTask: water\nA: ran\nResult: saved",
    ],
)
def test_usual_layouts_are_recognised(text: str) -> None:
    """However a whole answer is laid out, its parts are found and nothing else is in them."""
    labelled = take_apart(text)
    assert labelled is not None
    assert labelled.before == ""
    found = [labelled.parts[part].rstrip(".") for part in PARTS]
    assert found == ["fire", "water", "ran", "saved"]


def test_what_stands_in_brackets_behind_a_label_is_kept() -> None:
    """A year is part of the text, the label's own initial is not."""
    labelled = take_apart("Situation (2021): fire\nTask (T): water")
    assert labelled is not None
    assert labelled.parts == {Part.SITUATION: "(2021) fire", Part.TASK: "water"}


@pytest.mark.parametrize("head", ["Situation/Task:", "Situation & Task:", "Situation and Task:", "S/T:"])
def test_a_label_of_two_parts_goes_to_the_first(head: str) -> None:
    """The second is left to be asked about."""
    labelled = take_apart(f"{head} fire\nAction: ran")
    assert labelled is not None
    assert labelled.parts == {Part.SITUATION: "fire", Part.ACTION: "ran"}


def test_an_option_called_a_is_no_action() -> None:
    """Among labels in their order, a letter within a part stays where it is."""
    labelled = take_apart("S: option A: wait\nT: choose\nA: ran\nR: saved")
    assert labelled is not None
    assert labelled.parts[Part.SITUATION] == "option A: wait"


def test_one_label_in_mid_text_is_trusted_for_the_next_part() -> None:
    """Telling the Situation, one may go on with Task; any other lone label there is prose."""
    labelled = take_apart("It burned.\nTask: water", Part.SITUATION)
    assert labelled is not None
    assert labelled.parts == {Part.TASK: "water"}
    assert take_apart("It burned.\nResult: ashes", Part.SITUATION) is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Situation:", Part.SITUATION),
        ("**Task:**", Part.TASK),
        ("Action", Part.ACTION),
        ("R:", Part.RESULT),
        ("Task:\nAction:\nResult:", Part.TASK),
    ],
)
def test_a_label_alone_awaits_its_text(text: str, part: Part) -> None:
    """Nothing but labels is no text of a part."""
    assert awaited(text) is part
    assert take_apart(text) is None


@pytest.mark.parametrize("text", ["", "A", "Situation: fire", "Hello\nTask:", "The result", "Actions speak"])
def test_words_await_nothing(text: str) -> None:
    """With anything besides the labels it is a text."""
    assert awaited(text) is None


@pytest.mark.parametrize("beginning", ["", "Situation: ", "S: ", "[Situation] "])
@pytest.mark.parametrize(
    "piece",
    [
        "Task",
        "\nTask\n",
        "\nS: a",
        "\nTask - x",
        "=",
        " ",
        "(",
        "*",
        "[T] ",
        "situation: x. ",
        "Task\n==",
        "1. ",
    ],
)
def test_a_long_text_takes_no_more_time_than_its_length_warrants(piece: str, beginning: str) -> None:
    """Sixty thousand characters take well under a second; at a time that grew with their square, a minute."""
    text = beginning + piece * (60_000 // len(piece))
    began = time.process_time()
    take_apart(text)
    awaited(text)
    assert time.process_time() - began < 10
