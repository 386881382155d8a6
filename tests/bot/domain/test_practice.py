"""The STAR flow, rule by rule; that no sequence of events loses a word is `test_practice_sequences`'."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain import practice
from bot.domain.practice import (
    CUT_AT_LEAST_UNITS,
    CUT_AT_MOST_UNITS,
    PART_UNITS_MAX,
    STEPS,
    Draft,
    Event,
    Received,
    Segment,
    Step,
    amend,
    back,
    edit,
    empty,
    forward,
    receive,
    units,
)
from bot.domain.terms import PARTS, Part

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def never(_part: Part, _text: str) -> bool:
    """Nothing is too thin."""
    return False


def always(_part: Part, _text: str) -> bool:
    """Everything is too thin."""
    return True


def told(*texts: str, thin: Callable[[Part, str], bool] = never) -> Draft:
    """A draft to which these messages were sent, a minute apart, with ids from 1."""
    draft = Draft()
    for number, text in enumerate(texts, 1):
        draft = receive(draft, text, number, NOW + timedelta(minutes=number), thin).draft
    return draft


def at_review() -> Draft:
    """All four parts told."""
    return told("one", "two", "three", "four")


def test_each_text_is_the_next_part() -> None:
    """Four texts fill the four parts in order and lead to the review."""
    draft = at_review()
    assert list(draft.texts().values()) == ["one", "two", "three", "four"]
    assert draft.step is Step.REVIEW


def test_a_thin_part_is_asked_about_once() -> None:
    """The first thin text keeps the step open; the next is put after it; the part is never asked about again."""
    first = receive(Draft(), "short", 1, NOW, always)
    assert (first.event, first.draft.step, first.draft.asking) == (Event.ASK, Step.SITUATION, True)
    second = receive(first.draft, "more", 2, NOW + timedelta(minutes=1), always)
    assert (second.event, second.draft.step) == (Event.ADDED, Step.TASK)
    assert second.draft.text(Part.SITUATION) == "short\nmore"
    third = receive(back(second.draft), "anew", 3, NOW + timedelta(minutes=2), always)
    assert third.event is Event.NEXT


def test_keeping_a_thin_part_moves_on() -> None:
    """[Keep as it is] leaves the text and closes the question."""
    draft = forward(told("short", thin=always))
    assert (draft.step, draft.asking, draft.text(Part.SITUATION)) == (Step.TASK, False, "short")


def test_a_piece_of_a_long_text_is_never_thin() -> None:
    """A text long enough to have been cut is not asked about, as its rest is on the way."""
    taken = receive(Draft(), "x" * CUT_AT_LEAST_UNITS, 1, NOW, always)
    assert taken.event is Event.NEXT


def test_a_new_text_replaces_the_part_gone_back_to() -> None:
    """After Back the next text takes the place of what was there."""
    draft = back(told("one", "two"))
    assert draft.step is Step.TASK
    assert receive(draft, "new", 9, NOW + timedelta(hours=1), never).draft.text(Part.TASK) == "new"


def test_back_from_the_first_part_stays() -> None:
    """There is nothing before Situation."""
    assert back(Draft()) == Draft()


def test_forward_from_the_review_stays() -> None:
    """There is nothing after the review."""
    assert forward(at_review()) == at_review()


@given(st.sampled_from(STEPS[1:]))
def test_forward_undoes_back(step: Step) -> None:
    """Back and forward meet at the same step with the same words."""
    draft = Draft(at_review().parts, step)
    assert forward(back(draft)) == draft


@pytest.mark.parametrize("part", PARTS)
def test_an_edit_returns_to_the_review(part: Part) -> None:
    """A part opened from the review is replaced by the next text, and nothing else changes."""
    taken = receive(edit(at_review(), part), "new", 9, NOW + timedelta(hours=1), never)
    assert (taken.event, taken.draft.step, taken.draft.editing) == (Event.CHANGED, Step.REVIEW, False)
    assert taken.draft.texts() == {**at_review().texts(), part: "new"}


@pytest.mark.parametrize("leave", [back, forward])
def test_an_edit_can_be_left(leave: Callable[[Draft], Draft]) -> None:
    """Back and Keep lead from an edit to the review, unchanged."""
    assert leave(edit(at_review(), Part.TASK)) == at_review()


def test_a_text_at_the_review_goes_to_the_result() -> None:
    """What comes when all is told is added to the last part rather than lost."""
    taken = receive(at_review(), "and more", 9, NOW + timedelta(hours=1), never)
    assert (taken.event, taken.draft.text(Part.RESULT)) == (Event.ADDED, "four\nand more")


def test_a_labelled_text_fills_its_parts() -> None:
    """The parts named are filled, the first empty one is next, what stands in front goes to the first named."""
    taken = receive(Draft(), "Hi.\nTask: two\nResult: four", 1, NOW, never)
    assert (taken.event, taken.draft.step) == (Event.FILLED, Step.SITUATION)
    assert list(taken.draft.texts().values()) == ["", "Hi.\ntwo", "", "four"]


def test_too_long_changes_nothing() -> None:
    """A text that would make a part longer than the limit is refused, and the very same draft comes back."""
    draft = told("one", "x" * (PART_UNITS_MAX + 1))
    assert draft == told("one")
    full = told("x" * PART_UNITS_MAX, thin=always)
    assert receive(back(full), "x" * (PART_UNITS_MAX + 1), 2, NOW + timedelta(hours=1), never).draft == back(
        full
    )


def test_a_text_of_exactly_the_limit_is_taken() -> None:
    """The limit itself is still allowed, counted in UTF-16 units."""
    assert told("😀" * (PART_UNITS_MAX // 2)).step is Step.TASK
    assert told("😀" * (PART_UNITS_MAX // 2) + "x").step is Step.SITUATION


def cut_like_desktop(text: str) -> list[str]:
    """Pieces as an app makes them: cut at the last blank in the second half of 4096 units, else at 4096."""
    pieces = []
    while units(text) > CUT_AT_MOST_UNITS:
        end = next(at for at in range(len(text)) if units(text[: at + 1]) > CUT_AT_MOST_UNITS)
        blank = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
        if blank >= 0 and units(text[:blank].strip()) >= CUT_AT_LEAST_UNITS:
            end = blank
        pieces.append(text[:end].strip())
        text = text[end:].strip()
    return [piece for piece in (*pieces, text.strip()) if piece]


LONG_TEXTS = st.tuples(
    st.text(st.sampled_from("abc 😀\n.é\u200b"), min_size=1, max_size=60), st.integers(70, 300)
).map(lambda made: "".join(f"{made[0]}{number}" for number in range(made[1])))


@given(LONG_TEXTS, st.integers(0, 1))
def test_a_text_cut_by_the_app_is_one_again(text: str, seconds_apart: int) -> None:
    """All pieces go to the part of the first and give the text back up to white space, without glueing words."""
    assume(units(text) <= PART_UNITS_MAX)
    pieces = cut_like_desktop(text)
    draft = Draft(step=Step.TASK)
    for number, piece in enumerate(pieces):
        moment = NOW + timedelta(seconds=number * seconds_apart)
        draft = receive(draft, piece, number + 1, moment, always if number else never).draft
    joined = draft.text(Part.TASK)
    assert "".join(joined.split()) == "".join(text.split())
    assert draft.step is Step.ACTION
    if all(units(piece) < CUT_AT_MOST_UNITS for piece in pieces[:-1]):
        assert joined.split() == text.split()


def test_a_cut_in_mid_word_leaves_no_gap() -> None:
    """A piece of exactly 4096 units is joined without a blank."""
    draft = receive(Draft(), "x" * CUT_AT_MOST_UNITS, 1, NOW, never).draft
    assert receive(draft, "yz", 2, NOW, never).draft.text(Part.SITUATION) == "x" * CUT_AT_MOST_UNITS + "yz"


@pytest.mark.parametrize(
    ("length", "seconds"),
    [(CUT_AT_LEAST_UNITS - 1, 0), (CUT_AT_MOST_UNITS, practice.JOIN_WITHIN_SECONDS + 1)],
)
def test_a_text_of_its_own_is_not_joined(length: int, seconds: int) -> None:
    """What follows a short text, or comes later, is the next part."""
    draft = receive(Draft(), "x" * length, 1, NOW, never).draft
    taken = receive(draft, "next", 2, NOW + timedelta(seconds=seconds), never)
    assert (taken.event, taken.into) == (Event.NEXT, (Part.TASK,))


def test_the_rest_of_a_labelled_text_is_joined() -> None:
    """The second piece of a long labelled answer goes on in the part where the first ended, then at its labels."""
    first = "Situation: here\nTask: this\nAction: " + "ran and " * 500
    draft = receive(Draft(), first.strip(), 1, NOW, never).draft
    taken = receive(draft, "hid.\nResult: saved", 2, NOW, never)
    assert taken.event is Event.JOINED
    assert taken.draft.text(Part.ACTION).endswith("ran and hid.")
    assert taken.draft.text(Part.RESULT) == "saved"
    assert taken.draft.step is Step.REVIEW


def test_an_edited_message_changes_its_part_only() -> None:
    """The segment of that message gets the new text; all others stay."""
    draft = told("one", "two", "three")
    changed = amend(draft.parts, 2, "zwei")
    assert changed is not None
    assert (changed.changed, changed.kept, changed.newer) == ((Part.TASK,), (), ())
    assert Draft(changed.parts).texts() == {**draft.texts(), Part.TASK: "zwei"}


def test_an_edit_of_another_message_changes_nothing() -> None:
    """A message that is in no part is none of the draft's business."""
    assert amend(told("one").parts, 99, "zwei") is None


def test_an_edited_piece_keeps_the_pieces_around_it() -> None:
    """Of a part told in two messages, only the edited one changes."""
    draft = told("short", "more", thin=always)
    changed = amend(draft.parts, 1, "long")
    assert changed is not None
    assert Draft(changed.parts).text(Part.SITUATION) == "long\nmore"


def test_an_edited_labelled_message_is_read_anew() -> None:
    """Parts it names now get its text; parts it no longer names are not emptied, and that is told."""
    draft = told("Situation: one\nTask: two")
    changed = amend(draft.parts, 1, "Situation: eins\nResult: vier")
    assert changed is not None
    assert list(Draft(changed.parts).texts().values()) == ["eins", "two", "", "vier"]
    assert (changed.changed, changed.kept) == ((Part.SITUATION, Part.RESULT), (Part.TASK,))


def test_an_edit_that_changes_nothing_keeps_a_part_said_twice_in_one_message_single() -> None:
    """A piece whose rest and whose label belong to the same part is one segment, which an edit does not double."""
    first = receive(Draft(step=Step.ACTION), "x " * 2000, 1, NOW, never).draft
    second = "the end\nAction: I also swam"
    draft = receive(first, second, 2, NOW, never).draft
    assert [segment.message_id for segment in draft.parts[Part.ACTION]] == [1, 2]
    changed = amend(draft.parts, 2, second)
    assert changed is not None
    assert Draft(changed.parts).text(Part.ACTION).count("I also swam") == 1


def test_the_text_of_a_part_is_its_segments_with_their_joints() -> None:
    """The joint of the first segment does not show."""
    draft = Draft({Part.TASK: (Segment(1, "a", NOW, "\n"), Segment(2, "b", NOW, " "), Segment(3, "c", NOW))})
    assert draft.text(Part.TASK) == "a bc"


def test_words_before_the_labels_stay_in_their_part_however_often_one_edits() -> None:
    """The beginning of an edited message stays with the part the message was for, at the second edit too."""
    draft = told("x", "x", "first")
    text = "beginning\nTask: middle\nResult: end"
    once = amend(draft.parts, message_id=3, text=text)
    assert once is not None
    twice = amend(once.parts, message_id=3, text=text)
    assert twice is not None
    assert Draft(once.parts).texts() == Draft(twice.parts).texts()
    assert Draft(twice.parts).text(Part.ACTION) == "beginning"


WHOLE = "Situation: one\nTask: two\nAction: three\nResult: four"


def test_an_edit_without_labels_throws_no_other_part_away() -> None:
    """The new words take the place of the first part; what the message brought to the others stays."""
    changed = amend(told(WHOLE).parts, 1, "just plain words now")
    assert changed is not None
    assert list(Draft(changed.parts).texts().values()) == ["just plain words now", "two", "three", "four"]
    assert (changed.changed, changed.kept) == ((Part.SITUATION,), (Part.TASK, Part.ACTION, Part.RESULT))


def test_a_mistyped_label_empties_no_part() -> None:
    """Its text stands under the label before; the part it was for keeps the old words, and is named."""
    changed = amend(told(WHOLE).parts, 1, WHOLE.replace("Action", "Actoin"))
    assert changed is not None
    assert list(Draft(changed.parts).texts().values()) == ["one", "two\nActoin: three", "three", "four"]
    assert (changed.changed, changed.kept) == ((Part.TASK,), (Part.ACTION,))


def test_an_edit_to_a_label_alone_takes_nothing() -> None:
    """The word is not stored, and the text stays."""
    changed = amend(told("one").parts, 1, "Situation:")
    assert changed is not None
    assert Draft(changed.parts).text(Part.SITUATION) == "one"
    assert (changed.changed, changed.kept) == ((), (Part.SITUATION,))


def test_a_part_told_anew_is_left_alone_by_an_edit_of_the_older_message() -> None:
    """The words told by hand stay; other parts of the message follow it."""
    draft = receive(edit(told(WHOLE), Part.SITUATION), "new", 2, NOW + timedelta(hours=1), never).draft
    once_there = {Part.SITUATION: Segment(1, "one", NOW)}
    changed = amend(draft.parts, 1, WHOLE.replace("one", "eins").replace("two", "zwei"), once_there)
    assert changed is not None
    assert list(Draft(changed.parts).texts().values()) == ["new", "zwei", "three", "four"]
    assert (changed.changed, changed.newer) == ((Part.TASK,), (Part.SITUATION,))


def test_an_edit_of_a_message_whose_only_part_was_told_anew_changes_nothing() -> None:
    """It is known which part that was."""
    draft = receive(back(told("one")), "new", 2, NOW + timedelta(hours=1), never).draft
    changed = amend(draft.parts, 1, "eins", {Part.SITUATION: Segment(1, "one", NOW)})
    assert changed is not None
    assert (changed.parts, changed.changed, changed.newer) == (draft.parts, (), (Part.SITUATION,))


def test_a_part_that_was_emptied_can_be_filled_by_an_edit_again() -> None:
    """What the message once brought to it may come back, since nothing was told there since."""
    parts = empty(told(WHOLE).parts, 1, {Part.ACTION})
    assert Draft(parts).text(Part.ACTION) == ""
    changed = amend(parts, 1, WHOLE, {Part.ACTION: Segment(1, "three", NOW)})
    assert changed is not None
    assert Draft(changed.parts).texts() == told(WHOLE).texts()


def test_emptying_takes_only_what_that_message_brought() -> None:
    """Words of other messages stay in the part."""
    draft = told("short", "more", thin=always)
    assert Draft(empty(draft.parts, 2, {Part.SITUATION})).text(Part.SITUATION) == "short"


@pytest.mark.parametrize("step", STEPS)
def test_a_label_alone_opens_its_part(step: Step) -> None:
    """Nothing is stored; the next text is for that part, and from the review the draft comes back to it."""
    draft = Draft(at_review().parts, step)
    taken = receive(draft, "Action:", 9, NOW + timedelta(hours=1), never)
    assert (taken.event, taken.into, taken.draft.parts) == (Event.AWAITED, (), draft.parts)
    assert taken.draft.step is Step.ACTION
    after = receive(taken.draft, "new", 10, NOW + timedelta(hours=2), never).draft
    assert after.texts() == {**draft.texts(), Part.ACTION: "new"}
    assert after.step is (Step.REVIEW if step is Step.REVIEW else Step.RESULT)


def test_what_stands_before_the_label_of_the_next_part_is_the_part_that_was_asked_for() -> None:
    """Telling Situation and going on with Task fills both."""
    taken = receive(Draft(), "It burned.\nTask: water", 1, NOW, never)
    assert list(taken.draft.texts().values()) == ["It burned.", "water", "", ""]


def test_an_addition_that_goes_on_with_the_next_label_loses_nothing() -> None:
    """After the question about a thin part, the words before the label are put behind the thin ones."""
    taken = receive(told("short", thin=always), "more\nTask: water", 2, NOW + timedelta(minutes=5), never)
    assert list(taken.draft.texts().values()) == ["short\nmore", "water", "", ""]


def test_a_reply_is_put_behind_its_part_and_replaces_nothing() -> None:
    """A label that names the part is left out; one of another part stays in the text."""
    told = Draft({Part.RESULT: (Segment(1, "It came late.", NOW),)})
    for text, last in (
        ("Result: Now it runs.", "Now it runs."),
        ("Task: Now it runs.", "Task: Now it runs."),
    ):
        added = practice.add(told, Part.RESULT, Received(2, text, NOW))
        assert added is not None
        assert added.text(Part.RESULT) == f"It came late.\n{last}"
    assert practice.add(told, Part.RESULT, Received(2, "x" * practice.PART_UNITS_MAX, NOW)) is None
