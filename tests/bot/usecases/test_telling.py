"""Stories in every state."""

from collections.abc import Iterator

import pytest

from bot.domain.practice import Received
from bot.domain.terms import AnswerId, Part
from bot.screens.buttons import Tap
from bot.usecases import amending, answering, asking, telling
from db import answers, people, stories
from db.engine import Database
from db.stories import Story
from tests.bot.usecases.scene import ANNA, BORIS, FAILED, MISTAKE, NOW, TEXTS, Scene, labels, opened, plain


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def kept(scene: Scene) -> tuple[Story, ...]:
    return stories.of_person(scene.tx, ANNA)


def keep(scene: Scene, answer_id: AnswerId | None = None) -> AnswerId:
    answer_id = answer_id or scene.answer()
    scene.does(telling.keep, Tap("stk", (str(answer_id),)), tapped=True)
    return answer_id


def tell(scene: Scene, story: Story, question: str = MISTAKE) -> str:
    return plain(scene.does(telling.tell, Tap("stp", (str(story.id), question)), tapped=True))


def draft_of(scene: Scene, question: str = MISTAKE) -> answers.Answer:
    found = answers.draft_of(scene.tx, ANNA, question)  # type: ignore[arg-type]  # a text is enough here
    assert found is not None
    return found


def test_an_answer_is_kept_at_once_and_named_afterwards(scene: Scene) -> None:
    """Its first words are its name until it gets another; kept twice it is one story."""
    answer_id = keep(scene)
    assert kept(scene)[0].name.startswith("Our shop lost its card terminal")
    scene.does(telling.take_name, kept(scene)[0], Received(77, "  The Saturday   till ", NOW))
    assert kept(scene)[0].name == "The Saturday till"
    keep(scene, answer_id)
    assert len(kept(scene)) == 1
    assert "The Saturday till" in scene.said[-1].html


def test_a_card_offers_stories_only_when_there_are_some(scene: Scene) -> None:
    """And no more once the last one is removed; the answer stays."""
    assert "Use a story" not in labels(scene.does(asking.open_linked, FAILED) or scene.said[-1])
    keep(scene)
    scene.does(asking.open_linked, FAILED)
    assert "Use a story" in labels(scene.said[-1])
    scene.does(telling.remove, Tap("stx", (str(kept(scene)[0].id),)), tapped=True)
    scene.does(asking.open_linked, FAILED)
    assert "Use a story" not in labels(scene.said[-1])
    assert answers.page(scene.tx, ANNA, limit=9, offset=0).total == 1


def test_a_story_begins_the_answer_at_the_review(scene: Scene) -> None:
    """All its parts are in, and once submitted it counts as told for two questions."""
    keep(scene)
    shown = tell(scene, kept(scene)[0])
    assert "Your story is in." in shown
    assert all(text in shown for text in TEXTS.values())
    assert kept(scene)[0].told == 1
    scene.does(answering.submit, draft_of(scene).id, tapped=True)
    assert kept(scene)[0].told == 2


def test_an_answer_begun_already_is_not_overwritten(scene: Scene) -> None:
    """Its words are shown instead."""
    keep(scene)
    scene.draft({Part.SITUATION: "Other words."}, question=MISTAKE)
    assert "Other words." in tell(scene, kept(scene)[0])
    assert draft_of(scene).texts[Part.SITUATION] == "Other words."
    assert draft_of(scene).texts[Part.TASK] == ""


def test_an_edit_of_the_old_message_leaves_the_new_answer_alone(scene: Scene) -> None:
    """The new answer has the words as they were when the story was used."""
    answer_id = keep(scene)
    tell(scene, kept(scene)[0])
    scene.does(amending.amend, 1, "Our shop lost its till on a Sunday.")
    old = answers.get(scene.tx, ANNA, answer_id)
    assert old is not None
    assert "Sunday" in old.texts[Part.SITUATION]
    assert "Saturday" in draft_of(scene).texts[Part.SITUATION]


def test_a_deleted_answer_is_no_story_until_it_is_back(scene: Scene) -> None:
    """And gone with it for good."""
    answer_id = keep(scene)
    story = kept(scene)[0]
    answers.set_deleted(scene.tx, answer_id, NOW)
    assert kept(scene) == ()
    tell(scene, story)
    assert "not there" in scene.toast
    answers.set_deleted(scene.tx, answer_id, None)
    assert len(kept(scene)) == 1
    answers.set_deleted(scene.tx, answer_id, NOW)
    scene.later(days=8)
    answers.purge_deleted(scene.tx, scene.now)
    assert stories.every(scene.tx, ANNA) == []


def test_anothers_story_is_out_of_reach(scene: Scene) -> None:
    """By its id neither opened, nor used, nor removed; a draft is no story."""
    keep(scene)
    story = kept(scene)[0]
    boris = Scene(scene.tx, BORIS)
    for usecase in (telling.open_story, telling.ask_rename, telling.remove, telling.tell):
        boris.does(usecase, Tap("x", (str(story.id), MISTAKE)), tapped=True)
        assert "not there" in boris.toast
        assert boris.said == []
    scene.does(telling.keep, Tap("stk", (str(scene.draft()),)), tapped=True)
    assert len(kept(scene)) == 1


def test_everything_goes_with_the_person(scene: Scene) -> None:
    """/deleteme takes stories and their uses."""
    keep(scene)
    tell(scene, kept(scene)[0])
    people.remove(scene.tx, ANNA)
    assert stories.every(scene.tx, ANNA) == []
