"""One answer of the history: reading it, comparing, editing, deleting; and whose answers one can reach."""

from collections.abc import Iterator
from datetime import timedelta
from re import findall

import pytest
from sqlalchemy import insert

from bot.domain.practice import CUT_AT_MOST_UNITS
from bot.domain.terms import Part
from bot.screens.layout import MESSAGE_UNITS, shown_units
from bot.usecases import detail, history
from db import answers, segments, tables
from db.engine import Database
from tests.bot.usecases.scene import (
    BORIS,
    FAILED,
    GONE,
    NOW,
    TEXTS,
    Scene,
    labels,
    library,
    opened,
    plain,
    with_two_categories,
)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def test_an_answer_is_shown_with_the_prompt_as_it_was_asked(scene: Scene) -> None:
    """The detail has the stored prompt, also of a question the packs do not have, and says what was not told."""
    scene.answer({**TEXTS, Part.TASK: ""}, question=GONE, prompt="Asked <long> ago?", rating=3)
    shown = scene.press(scene.does(history.open_history), "1")
    assert "Asked &lt;long&gt; ago?" in shown.html
    assert "attempt 1 · Good" in shown.html
    assert "Task not told" in " ".join(plain(shown).split())
    assert "spoken" in shown.html


def test_the_place_in_the_list_is_kept(scene: Scene) -> None:
    """From the second page of a search in a category one comes back to just that, through every screen."""
    other = with_two_categories(scene)
    for day in range(7):
        scene.answer(at=NOW - timedelta(days=day), category=other)
    scene.does(history.search, "terminal")
    listed = scene.tap(f"h:1w:{other}")
    opened_answer = scene.press(listed, "1")
    reading = scene.press(opened_answer, "What I hear")
    model = scene.press(reading, "Model answer")
    again = scene.press(model, "Back to the answer")
    chooser = scene.press(again, "Edit")
    back = scene.press(scene.press(chooser, "Task"), "Cancel")
    assert scene.press(back, "Back to the list").html == listed.html


def test_every_word_of_a_long_answer_is_on_some_page(scene: Scene) -> None:
    """An answer far longer than a message is shown on pages that fit and together hold every word."""
    long = " ".join(f"word{number}" for number in range(2400))
    scene.answer({**TEXTS, Part.ACTION: long})
    shown = scene.press(scene.does(history.open_history), "1")
    texts = [plain(shown)]
    while "›" in labels(shown):
        shown = scene.press(shown, "›")
        assert shown_units(shown.html) <= MESSAGE_UNITS
        texts.append(plain(shown))
    assert set(long.split()) <= set(" ".join(texts).split())
    assert len(texts) == int(labels(shown)[1].split("/")[1])
    scene.press(shown, labels(shown)[1])
    assert scene.toast == f"This is page {len(texts)} of {len(texts)}."


def test_the_reading_is_of_the_words_as_they_are(scene: Scene) -> None:
    """[What I hear] quotes the stored answer."""
    scene.answer()
    shown = scene.press(scene.press(scene.does(history.open_history), "1"), "What I hear")
    assert "What I heard" in shown.html
    assert "212" in shown.html


def test_the_model_answer_comes_with_points_and_tips(scene: Scene) -> None:
    """All pages together hold the question's points and tips."""
    scene.answer()
    shown = scene.press(scene.press(scene.does(history.open_history), "1"), "Model answer")
    texts = plain(shown)
    while "›" in labels(shown):
        shown = scene.press(shown, "›")
        texts += plain(shown)
    question = library().question(FAILED)
    assert question is not None
    assert all(line in texts for line in (*(point.text for point in question.points), *question.tips))


def test_the_model_answer_of_a_withdrawn_question_is_said_to_be_gone(scene: Scene) -> None:
    """One sentence, and the answer stays on screen."""
    scene.answer(question=GONE)
    scene.press(scene.press(scene.does(history.open_history), "1"), "Model answer")
    assert "no longer in the packs" in scene.toast
    assert not scene.said


def test_the_model_answer_is_never_shown_for_a_draft(scene: Scene) -> None:
    """A forged button cannot bring it before the answer is submitted."""
    draft = scene.draft()
    scene.tap(f"ha:{draft}:0")
    assert scene.toast
    assert not scene.said


def test_attempts_are_compared_part_by_part_older_first(scene: Scene) -> None:
    """The third attempt is set beside the first, and beside the second once that is picked."""
    for number in (1, 2, 3):
        scene.answer(
            {part: f"{part.value} of try {number}" for part in Part}, at=NOW - timedelta(days=9 - number)
        )
    third = scene.press(scene.does(history.open_history), "1")
    compared = plain(scene.press(third, "Compare attempts"))
    assert compared.index("action of try 1") < compared.index("action of try 3")
    assert "of try 2" not in compared
    assert "16 Nov 2026" in compared
    assert "25 %" in compared
    with_second = scene.press(scene.press(third, "Compare attempts"), "With 2")
    assert "result of try 2" in with_second.html
    assert "result of try 1" not in with_second.html


def test_long_attempts_are_compared_on_pages(scene: Scene) -> None:
    """Two attempts too long for a message are paged, and the pair is kept from page to page."""
    for letter in "abc":
        scene.answer({part: " ".join(f"{letter}{part.value[0]}{n}" for n in range(500)) for part in Part})
    shown = scene.press(scene.press(scene.does(history.open_history), "1"), "Compare attempts")
    shown = scene.press(shown, "With 2")
    texts = plain(shown)
    while "›" in labels(shown):
        shown = scene.press(shown, "›")
        texts += plain(shown)
    assert all(f"{letter}{part.value[0]}{n}" in texts for letter in "bc" for part in Part for n in (0, 499))
    assert "aa0" not in texts


def test_shares_are_those_of_the_reading(scene: Scene) -> None:
    """The comparison and [What I hear] round alike, to whole per cents that add up to 100."""
    answer = scene.answer()
    scene.answer()
    line = scene.tap(f"hw:{answer}").html.splitlines()[-1]
    assert sum(int(percent) for percent in findall(r"\d+", line)) == 100
    assert scene.tap(f"hc:{answer}:0:0").html.count(line) == 2


def test_a_single_attempt_has_nothing_to_compare(scene: Scene) -> None:
    """No button; and a button left from a time with two attempts gives one sentence."""
    answer = scene.answer()
    assert "Compare attempts" not in labels(scene.press(scene.does(history.open_history), "1"))
    scene.tap(f"hc:{answer}:0:0")
    assert "no other attempt" in scene.toast


def test_an_edited_part_replaces_the_old_text(scene: Scene) -> None:
    """The next text takes the place of the part; the rest stays, and the old words are kept for the export."""
    answer = scene.answer()
    chooser = scene.press(scene.press(scene.does(history.open_history), "1"), "Edit")
    asked = scene.press(chooser, "Result")
    assert TEXTS[Part.RESULT] in asked.html
    assert scene.turn.person.expecting == f"edit:{answer}:result"
    shown = scene.does(detail.edit_part, answer, Part.RESULT, "We lost <nothing>.", 900, NOW)
    assert scene.turn.person.expecting is None
    assert "Your Result is changed." in shown.html
    assert "We lost &lt;nothing&gt;." in shown.html
    stored = answers.get(scene.tx, scene.person_id, answer)
    assert stored is not None
    assert stored.texts == {**TEXTS, Part.RESULT: "We lost <nothing>."}
    assert [piece.text for _id, _part, piece in segments.earlier(scene.tx, scene.person_id)] == [
        TEXTS[Part.RESULT]
    ]


def test_the_message_of_an_edit_can_be_edited_later(scene: Scene) -> None:
    """The new part belongs to the message that brought it."""
    answer = scene.answer()
    scene.does(detail.edit_part, answer, Part.RESULT, "New.", 900, NOW)
    told = segments.of_message(scene.tx, scene.person_id, 900)
    assert told is not None
    assert told[0] == answer


def test_a_new_text_with_labels_goes_where_its_labels_say(scene: Scene) -> None:
    """A label in an edit is not taken for words of the part."""
    answer = scene.answer()
    scene.does(detail.edit_part, answer, Part.TASK, "Task: Sell bread.\nResult: Sold 90.", 900, NOW)
    stored = answers.get(scene.tx, scene.person_id, answer)
    assert stored is not None
    assert stored.texts == {**TEXTS, Part.TASK: "Sell bread.", Part.RESULT: "Sold 90."}


def test_a_new_text_cut_by_the_app_is_joined(scene: Scene) -> None:
    """The second piece of a long edit goes to the same part; a later text does not."""
    answer = scene.answer()
    first = "x" * CUT_AT_MOST_UNITS
    scene.does(detail.edit_part, answer, Part.ACTION, first, 900, NOW)
    turn = scene.turn
    assert detail.join_edit(turn, "yz", 901, NOW + timedelta(seconds=1))
    assert not detail.join_edit(turn, "A new thought.", 902, NOW + timedelta(minutes=1))
    stored = answers.get(scene.tx, scene.person_id, answer)
    assert stored is not None
    assert stored.texts[Part.ACTION] == first + "yz"


def test_a_part_that_would_grow_too_long_is_refused(scene: Scene) -> None:
    """The text is not taken and the stored words stay."""
    answer = scene.answer()
    assert "was not added" in scene.does(detail.edit_part, answer, Part.TASK, "x" * 20_001, 900, NOW).html
    stored = answers.get(scene.tx, scene.person_id, answer)
    assert stored is not None
    assert stored.texts == TEXTS


def test_an_edit_of_an_answer_deleted_meanwhile_is_declined(scene: Scene) -> None:
    """The person is told that nothing was kept, and the next text is free again."""
    answer = scene.answer()
    scene.does(lambda turn: turn.change(expecting=f"edit:{answer}:task"))
    answers.set_deleted(scene.tx, answer, NOW)
    assert "did not keep that" in scene.does(detail.edit_part, answer, Part.TASK, "New.", 900, NOW).html
    assert scene.turn.person.expecting is None


def test_an_edit_can_be_called_off(scene: Scene) -> None:
    """[Cancel] shows the answer as it was and waits for no text."""
    answer = scene.answer()
    asked = scene.tap(f"hp:{answer}:2")
    shown = scene.press(asked, "Cancel")
    assert TEXTS[Part.ACTION] in shown.html
    assert scene.turn.person.expecting is None


def test_a_deleted_answer_is_gone_and_comes_back_by_undo(scene: Scene) -> None:
    """Deleting takes it from the list at once, where the way back is told; [Undo] shows it again."""
    scene.answer()
    gone = scene.press(scene.press(scene.does(history.open_history), "1"), "Delete")
    assert "7 days" in gone.html
    emptied = scene.press(gone, "Back to the list")
    assert "No answer is here. 1 deleted answer can be brought back until 1 Dec 2026." in emptied.html
    assert "Bring back 1" in labels(scene.press(emptied, "Deleted 1"))
    assert TEXTS[Part.TASK] in scene.press(gone, "Undo").html
    assert "1 answer" in scene.does(history.open_history).html


def test_second_taps_on_delete_and_undo_do_no_harm(scene: Scene) -> None:
    """Both answer with one sentence and change nothing."""
    answer = scene.answer()
    scene.tap(f"hr:{answer}")
    scene.tap(f"hr:{answer}")
    assert scene.toast
    assert not scene.said
    scene.tap(f"hu:{answer}")
    scene.tap(f"hu:{answer}")
    assert scene.toast == "It is back already."
    assert not scene.said
    assert answers.get(scene.tx, scene.person_id, answer) is not None


def test_undo_ends_after_seven_days(scene: Scene) -> None:
    """Just within the week it works, after it it does not, even if the row is still there."""
    answer = scene.answer()
    scene.tap(f"hr:{answer}")
    scene.later(days=history.UNDO_DAYS, seconds=1)
    scene.tap(f"hu:{answer}")
    assert "too long ago" in scene.toast
    scene.later(seconds=-1)
    assert "It is back." in scene.tap(f"hu:{answer}").html


@pytest.mark.parametrize("verb", ["ho", "hw", "ha", "hc", "he", "hp", "hr", "hu"])
def test_nobody_reaches_the_answers_of_another(scene: Scene, verb: str) -> None:
    """A forged button with another's answer id gives one sentence and changes nothing."""
    theirs = Scene(scene.tx, BORIS).answer()
    Scene(scene.tx, BORIS).answer()
    scene.answer()
    scene.tap(f"{verb}:{theirs}:1")
    assert scene.toast == "That answer is not there any more."
    assert not scene.said
    assert scene.turn.person.expecting is None
    assert answers.get(scene.tx, BORIS, theirs) is not None


@pytest.mark.parametrize("args", ["", ":", ":x:y:z", ":-1", ":²", ":999999999999999999:9:9:9", ":9" * 25])
def test_garbage_behind_a_button_gives_one_sentence(scene: Scene, args: str) -> None:
    """Callback data comes from outside; whatever stands in it, nothing breaks."""
    for verb in ("ho", "hw", "ha", "hc", "he", "hp", "hr", "hu"):
        scene.tap(verb + args)
        assert scene.toast
        assert not scene.said


def test_buttons_fit_with_the_longest_ids(scene: Scene) -> None:
    """A category id of 32 characters and an answer id of 15 digits leave room for everything else."""
    other = with_two_categories(scene)
    scene.answer(category=other)
    large = 999_999_999_999_990
    for number in range(3):
        row = {
            "id": large + number,
            "person_id": scene.person_id,
            "question_id": GONE,
            "category_id": other,
            "prompt": "Why?",
            "attempt": 1000 + number,
            "step": "review",
            **{part.value: "word " * 700 for part in Part},
        }
        moments = dict.fromkeys(("started_at", "updated_at", "submitted_at"), NOW + timedelta(days=number))
        scene.tx.execute(insert(tables.answers).values(row | moments))
    scene.does(history.search, "word")
    listed = scene.tap(f"h:0w:{other}")
    shown = scene.press(listed, "1")
    assert shown.rows[-1][0].data == f"h:0w:{other}"
    compared = scene.press(shown, "Compare attempts")
    assert "With 1001" in labels(compared)
    paged = scene.press(compared, "›")
    back = scene.press(paged, "Back to the answer")
    assert scene.press(back, "Back to the list").html == listed.html
