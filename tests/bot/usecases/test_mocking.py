"""A mock interview in every state."""

import itertools
from collections.abc import Iterator

import pytest

from bot.domain.terms import QuestionId
from bot.screens.buttons import Tap
from bot.screens.message import Message
from bot.usecases import mocking, talk
from db import answers, mocks, people
from db.engine import Database
from tests.bot.usecases.scene import ANNA, NOW, TEXTS, Scene, labels, opened

MESSAGE_IDS = itertools.count(900)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def begun(scene: Scene, size: int = 3) -> Message:
    return scene.does(mocking.begin, Tap("mkn", (str(size),)), tapped=True)


def current(scene: Scene) -> mocks.Item:
    found = mocks.open_one(scene.tx, ANNA)
    assert found is not None
    assert found.current is not None
    return found.current


def answer_current(scene: Scene) -> Message:
    answer_id = scene.draft(TEXTS, question=current(scene).question_id)
    return scene.does(mocking.submit, answer_id, tapped=True)


def says(scene: Scene, words: str) -> Message:
    return scene.does(talk.text, words, next(MESSAGE_IDS), scene.now)


def test_answers_are_kept_like_all_others_and_nothing_is_said_in_between(scene: Scene) -> None:
    """After [Submit] comes the follow-up, after the reply the next question; the coach waits for the report."""
    begun(scene)
    asked = answer_current(scene)
    assert "What I heard" not in asked.html
    assert "The interviewer asks" in asked.html
    assert "Question 2 of 3" in says(scene, "I would ask sooner.").html
    assert answers.page(scene.tx, ANNA, limit=9, offset=0).total == 1
    first = mocks.every(scene.tx, ANNA)[0].items[0]
    assert first.reply == "I would ask sooner."
    assert first.answer_id is not None


def test_the_report_closes_it(scene: Scene) -> None:
    """After the last reply there is one report; then /mock offers another, and the report again."""
    begun(scene)
    for _ in range(3):
        answer_current(scene)
        last = says(scene, "So it was.")
    assert "Your mock interview" in last.html
    assert "3 of 3 questions answered" in last.html
    assert "The one thing to work on" in last.html
    assert last.html.count("So it was.") == 3
    assert mocks.open_one(scene.tx, ANNA) is None
    assert "The last report" in labels(scene.does(mocking.open_mock))


def test_parked_in_a_follow_up_it_goes_on_there(scene: Scene) -> None:
    """A text typed meanwhile is no reply to it."""
    begun(scene)
    answer_current(scene)
    scene.does(mocking.park, Tap("mkp", ()), tapped=True)
    says(scene, "This is about something else, in a few more words than a slip has.")
    assert current(scene).reply == ""
    shown = scene.does(mocking.go_on, Tap("mkg", ()), tapped=True)
    assert "The interviewer asks" in shown.html
    says(scene, "Now it is.")
    assert mocks.every(scene.tx, ANNA)[0].items[0].reply == "Now it is."


def test_while_it_is_parked_its_question_is_answered_as_always(scene: Scene) -> None:
    """The coach says what was heard, and the interview stays where it was."""
    begun(scene)
    scene.does(mocking.park, Tap("mkp", ()), tapped=True)
    answer_id = scene.draft(TEXTS, question=current(scene).question_id)
    scene.does(mocking.submit, answer_id, tapped=True)
    assert any("What I heard" in message.html for message in scene.said)
    assert current(scene).place == 0


def test_another_question_in_between_is_answered_as_always(scene: Scene) -> None:
    """An answer to another question is none of the interview's."""
    begun(scene)
    other = next(
        question.id for question in scene.packs.askable() if question.id != current(scene).question_id
    )
    scene.does(mocking.submit, scene.draft(TEXTS, question=other), tapped=True)
    assert any("What I heard" in message.html for message in scene.said)
    assert current(scene).answer_id is None


def test_old_buttons_change_nothing(scene: Scene) -> None:
    """[Skip it] of a question that is over, of a follow-up not yet open, and of no interview."""
    scene.does(mocking.skip, Tap("mks", ("0",)), tapped=True)
    assert "over" in scene.toast
    begun(scene)
    scene.does(mocking.leave_follow_up, Tap("mkf", ("0",)), tapped=True)
    assert "gone on" in scene.toast
    scene.does(mocking.skip, Tap("mks", ("0",)), tapped=True)
    assert current(scene).place == 1
    scene.does(mocking.skip, Tap("mks", ("0",)), tapped=True)
    assert "gone on" in scene.toast
    assert current(scene).place == 1
    begun(scene, 4)
    assert "under way" in scene.toast
    assert len(mocks.every(scene.tx, ANNA)) == 1


def test_a_size_that_is_none_is_asked_for(scene: Scene) -> None:
    """A forged number starts nothing."""
    for size in ("2", "7", "x", ""):
        shown = scene.does(mocking.begin, Tap("mkn", (size,)), tapped=True)
        assert "How many questions?" in shown.html
    assert mocks.every(scene.tx, ANNA) == ()


def test_a_reply_is_joined_when_it_came_in_pieces(scene: Scene) -> None:
    """A long text may have been cut; what follows is put behind it."""
    begun(scene)
    answer_current(scene)
    assert "If there is more" in says(scene, "long " * 600).html
    says(scene, "The end.")
    reply = mocks.every(scene.tx, ANNA)[0].items[0].reply
    assert reply.startswith("long ")
    assert reply.endswith("\nThe end.")


def test_a_push_overtakes_the_follow_up(scene: Scene) -> None:
    """What is typed after a card may be about either."""
    begun(scene)
    answer_current(scene)
    scene.does(lambda turn: turn.overtake(by_itself=True))
    person = people.lock(scene.tx, ANNA)
    assert person is not None
    assert person.expecting == "late:mock"


def test_a_question_that_was_withdrawn_counts_as_done(scene: Scene) -> None:
    """The packs changed under way: the interview goes on with the next."""
    scene.does(lambda turn: None)
    known = [question.id for question in scene.packs.askable()][:2]
    mocks.start(scene.tx, ANNA, [QuestionId("gone"), *known], NOW)
    assert "question 2 of 3" in scene.does(mocking.open_mock).html


def test_everything_goes_with_the_person_and_with_the_answer(scene: Scene) -> None:
    """An answer erased for good takes its follow-up along; /deleteme takes all."""
    begun(scene)
    answer_current(scene)
    says(scene, "A secret.")
    answer_id = mocks.every(scene.tx, ANNA)[0].items[0].answer_id
    assert answer_id is not None
    answers.set_deleted(scene.tx, answer_id, NOW)
    scene.later(days=8)
    answers.purge_deleted(scene.tx, scene.now)
    assert "A secret." not in str(mocks.every(scene.tx, ANNA))
    people.remove(scene.tx, ANNA)
    assert mocks.every(scene.tx, ANNA) == ()
