"""Editing a message sent before: whose answer it changes, in whatever state, and that old words are kept."""

from collections.abc import Iterator

import pytest

from bot.domain.practice import Draft
from bot.domain.terms import PARTS, AnswerId, Part
from bot.screens.buttons import parse
from bot.usecases import amending, answering, detail
from db import answers, segments
from db.engine import Database
from tests.bot.usecases.scene import BORIS, NOW, TEXTS, Scene, labels, opened

WHOLE = "\n".join(f"{part.value}: {TEXTS[part]}" for part in PARTS)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def pasted(scene: Scene) -> AnswerId:
    """A submitted answer that came as message 900, whole."""
    answer = scene.answer({Part.SITUATION: "x"})
    scene.does(detail.edit_part, answer, Part.SITUATION, WHOLE, 900, NOW)
    return answer


def texts(scene: Scene, answer_id: AnswerId) -> dict[Part, str]:
    """The parts as stored, which the segments must give too."""
    answer = answers.get(scene.tx, scene.person_id, answer_id, deleted=True)
    assert answer is not None
    assert Draft(segments.of_answer(scene.tx, answer_id)).texts() == answer.texts
    return dict(answer.texts)


def test_an_edit_without_labels_keeps_the_other_parts_and_offers_to_empty_them(scene: Scene) -> None:
    """Every part is named; the button does the other, for these parts only."""
    answer = pasted(scene)
    said = scene.does(amending.amend, 900, "just plain words now")
    assert texts(scene, answer) == {**TEXTS, Part.SITUATION: "just plain words now"}
    assert "Your Situation is changed in the stored answer." in said.html
    assert "Your Task, Action and Result are not in that message any more" in said.html
    assert labels(said) == ["Empty them too", "Open it"]
    scene.does(amending.empty, parse(said.rows[0][0].data), tapped=True)
    assert texts(scene, answer) == {**dict.fromkeys(PARTS, ""), Part.SITUATION: "just plain words now"}


def test_words_that_an_edit_replaced_or_emptied_are_in_the_export(scene: Scene) -> None:
    """What was told is kept, marked as replaced."""
    pasted(scene)
    said = scene.does(amending.amend, 900, "just plain words now")
    scene.does(amending.empty, parse(said.rows[0][0].data), tapped=True)
    earlier = [piece.text for _id, _part, piece in segments.earlier(scene.tx, scene.person_id)]
    assert set(TEXTS.values()) <= set(earlier)


def test_a_part_set_later_by_hand_wins(scene: Scene) -> None:
    """An edit of the older message leaves it alone and says so."""
    answer = pasted(scene)
    scene.does(detail.edit_part, answer, Part.SITUATION, "Told anew.", 901, NOW)
    said = scene.does(amending.amend, 900, WHOLE.replace("Our shop", "My shop").replace("till", "shop"))
    assert texts(scene, answer)[Part.SITUATION] == "Told anew."
    assert "You told your Situation anew since that message, so it stays as it is." in said.html
    assert "Your Task is changed" in said.html


def test_a_deleted_answer_follows_an_edit(scene: Scene) -> None:
    """Brought back, it has the new words."""
    answer = pasted(scene)
    scene.tap(f"hr:{answer}")
    said = scene.does(amending.amend, 900, WHOLE.replace("212", "312"))
    assert "in the deleted answer" in said.html
    assert "312 people" in scene.press(said, "Bring it back").html
    assert "312" in texts(scene, answer)[Part.RESULT]


def test_words_started_over_follow_an_edit(scene: Scene) -> None:
    """The draft that can be brought back has the new words."""
    draft = scene.draft({Part.SITUATION: TEXTS[Part.SITUATION]})
    scene.does(answering.start_over, draft, tapped=True)
    message_id = segments.of_answer(scene.tx, draft)[Part.SITUATION][0].message_id
    said = scene.does(amending.amend, message_id, "My shop lost everything.")
    assert "in the draft you put away" in said.html
    assert "The old words are back." in scene.does(answering.undo_start_over, draft, tapped=True).html
    assert texts(scene, draft)[Part.SITUATION] == "My shop lost everything."


def test_bringing_back_drops_a_fresh_draft_without_words(scene: Scene) -> None:
    """Of one question only the draft with words is left."""
    draft = scene.draft({Part.SITUATION: TEXTS[Part.SITUATION]})
    scene.does(answering.start_over, draft, tapped=True)
    scene.does(answering.undo_start_over, draft, tapped=True)
    left = [
        answer.id for answer in answers.everything(scene.tx, scene.person_id) if answer.deleted_at is None
    ]
    assert left == [draft]


def test_an_edit_that_changes_nothing_says_nothing(scene: Scene) -> None:
    """Telegram reports edits that leave the text as it was."""
    pasted(scene)
    scene.does(amending.amend, 900, WHOLE)
    assert scene.said == []


def test_an_edit_of_a_message_that_is_in_no_answer_gets_one_sentence(scene: Scene) -> None:
    """Such as a time of day, or a command edited into a text."""
    assert "in none of your answers" in scene.does(amending.amend, 12_345, "9:30").html


def test_nobody_changes_the_answers_of_another(scene: Scene) -> None:
    """Neither by a message of the same number nor by a forged button."""
    theirs = Scene(scene.tx, BORIS)
    answer = pasted(theirs)
    scene.does(amending.amend, 900, "mine")
    scene.does(amending.empty, parse(f"empty:{answer}:900:star"), tapped=True)
    assert scene.toast
    assert texts(theirs, answer) == TEXTS


@pytest.mark.parametrize("args", ["", ":1", ":x:y:z", ":1:900", ":²:²", ":999999999999999999:1:s"])
def test_garbage_behind_the_button_gives_one_sentence(scene: Scene, args: str) -> None:
    """Callback data comes from outside; nothing breaks."""
    scene.does(amending.empty, parse("empty" + args), tapped=True)
    assert scene.toast
    assert scene.said == []


def test_a_label_alone_for_a_stored_part_is_awaited(scene: Scene) -> None:
    """The word is not stored; the next text is for the part it names."""
    answer = pasted(scene)
    said = scene.does(detail.edit_part, answer, Part.TASK, "Result:", 901, NOW)
    assert "Edit · Result" in said.html
    assert scene.turn.person.expecting == f"edit:{answer}:result"
    assert texts(scene, answer) == TEXTS
