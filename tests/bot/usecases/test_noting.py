"""What stays of an answer for the choice: when its question comes back, and where a person is weak."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.terms import AnswerId, Part
from bot.screens.buttons import Tap
from bot.usecases import answering, asking, history, noting
from db import answers, people, readings, reviews
from db.engine import Database
from tests.bot.usecases.scene import ANNA, BORIS, FAILED, FAILURE, MISTAKE, NOW, TEXTS, Scene, opened

THIN = {Part.ACTION: "We tried our best."}
MENDED = {
    Part.SITUATION: "In May 2024 I ran the move of our shop's stock system, with 9 people waiting for it.",
    Part.TASK: "I had to have it running by Monday.",
    Part.ACTION: "I decided to skip the trial run, and that was my mistake: the counts were wrong and I failed. "
    "I told my manager the same day, I counted all 900 lines by hand, I wrote a checklist for the next move and "
    "I showed it to the two other shops.",
    Part.RESULT: "We opened two days late. I learned to try it out first: since then I run a trial before every move, "
    "and the next one was done in 3 hours without an error.",
}


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def due_in_days(scene: Scene) -> float | None:
    found = reviews.of_person(scene.tx, ANNA).get(FAILED)
    return None if found is None else (found.due_at - NOW) / timedelta(days=1)


def rate(scene: Scene, answer_id: AnswerId, rating: int) -> None:
    scene.does(answering.rate, answer_id, rating, tapped=True)


def weak(scene: Scene) -> tuple[str, ...]:
    person = people.lock(scene.tx, ANNA)
    assert person is not None
    return person.weak_category_ids


def test_the_rating_decides_when_it_comes_back(scene: Scene) -> None:
    """Again is tomorrow; a changed mind counts as if it had been the first."""
    answer_id = scene.answer()
    assert due_in_days(scene) is None
    rate(scene, answer_id, 1)
    assert due_in_days(scene) == 1
    rate(scene, answer_id, 4)
    easy = due_in_days(scene)
    assert easy is not None
    assert easy > 5
    rate(scene, answer_id, 1)
    assert due_in_days(scene) == 1


def test_an_answer_rated_days_later_counts_from_its_day(scene: Scene) -> None:
    """The rating tells how the answer felt, not how the day of the tap did."""
    answer_id = scene.answer()
    scene.later(days=3)
    rate(scene, answer_id, 1)
    assert due_in_days(scene) == 1


def test_a_deleted_answer_leaves_no_trace_and_undo_brings_it_back(scene: Scene) -> None:
    """With the only rated answer gone, its question is due no more."""
    answer_id = scene.answer()
    rate(scene, answer_id, 2)
    before = due_in_days(scene)
    scene.does(history.delete, Tap("hr", (str(answer_id),)), tapped=True)
    assert due_in_days(scene) is None
    scene.does(history.undo_delete, Tap("hu", (str(answer_id),)), tapped=True)
    assert due_in_days(scene) == before


def test_another_persons_review_is_not_mine(scene: Scene) -> None:
    """What is due is asked of whom it is due for."""
    answer_id = scene.answer()
    rate(scene, answer_id, 1)
    due = reviews.due(scene.tx, [ANNA, BORIS], NOW + timedelta(days=2))
    assert due == {ANNA: {FAILED: NOW + timedelta(days=1)}, BORIS: {}}


def test_a_due_question_is_put_forward_with_a_line_on_why(scene: Scene) -> None:
    """On the day it is due, at whatever hour."""
    scene.does(asking.open_linked, FAILED)
    rate(scene, scene.answer(), 1)
    scene.later(hours=20)  # 04:00 on the next day, four hours before the moment itself
    card = scene.does(asking.ask_another)
    assert "By how it felt, this one is due again:" in card.html
    assert "failed at something" in card.html


def test_submission_notes_what_was_heard_and_where_it_is_weak(scene: Scene) -> None:
    """The flags said, the points unheard, and the category with them, kept with the person."""
    answer_id = scene.draft(THIN)
    scene.does(answering.submit, answer_id)
    noted = readings.every(scene.tx, ANNA)[answer_id]
    assert noted.flags
    assert noted.judged == len(noted.unheard) > 0
    assert weak(scene) == (FAILURE,)


def test_what_was_edited_since_is_read_anew(scene: Scene) -> None:
    """An answer that was mended is weak no more."""
    answer_id = scene.draft(THIN)
    scene.does(answering.submit, answer_id)
    scene.later(minutes=5)
    answers.save_texts(scene.tx, answer_id, MENDED, scene.now)
    scene.does(noting.reckon_weakness)
    assert readings.every(scene.tx, ANNA)[answer_id].read_at == scene.now
    assert weak(scene) == ()


def test_everything_goes_with_the_person(scene: Scene) -> None:
    """/deleteme leaves neither reviews nor readings."""
    rate(scene, scene.answer(TEXTS, question=MISTAKE), 3)
    people.remove(scene.tx, ANNA)
    assert reviews.of_person(scene.tx, ANNA) == {}
    assert readings.every(scene.tx, ANNA) == {}
