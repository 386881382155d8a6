"""What /stats counts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.terms import CategoryId, Part, QuestionId
from bot.usecases import stats
from db import answers
from db.engine import Database
from tests.bot.usecases.scene import BORIS, MISTAKE, NOW, Scene, opened


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def test_nothing_to_count_yet(scene: Scene) -> None:
    """Someone without answers is offered a question."""
    shown = scene.does(stats.show_stats)
    assert "Nothing to count yet" in shown.html
    assert shown.rows[0][0].data == "new"


def test_the_streak_goes_by_the_persons_dates(scene: Scene) -> None:
    """Two answers of one UTC day are two days in a row where midnight lies between them."""
    scene.answer(at=NOW.replace(hour=3))  # 22:00 of the 23rd in New York
    scene.answer(at=NOW.replace(hour=7))
    assert "1 day</b> in a row" in scene.does(stats.show_stats).html
    scene.does(lambda turn: turn.change(zone="America/New_York"))
    assert "2 days</b> in a row" in scene.does(stats.show_stats).html


def test_fourteen_signs_end_with_today(scene: Scene) -> None:
    """Today and the day before yesterday have an answer."""
    scene.answer()
    scene.answer(at=NOW - timedelta(days=2))
    assert "\n○○○○○○○○○○○●○●\n11 Nov 2026 to today" in scene.does(stats.show_stats).html


def test_a_streak_of_yesterday_tells_what_today_would_make(scene: Scene) -> None:
    """A living streak without an answer today names the next number."""
    scene.answer(at=NOW - timedelta(days=1))
    assert "1 day</b> in a row. An answer today makes it 2." in scene.does(stats.show_stats).html


def test_a_lost_streak_leaves_the_best(scene: Scene) -> None:
    """Nothing alive: the best is named."""
    for days in (5, 6, 7):
        scene.answer(at=NOW - timedelta(days=days))
    assert "No streak just now. The best was 3 days." in scene.does(stats.show_stats).html


def test_this_week_begins_on_monday(scene: Scene) -> None:
    """On a Tuesday, Monday's answer is of this week and Sunday's is not."""
    scene.answer(at=NOW - timedelta(days=1))
    scene.answer(at=NOW - timedelta(days=2))
    assert "2 answers</b>, 1 this week" in scene.does(stats.show_stats).html


def test_questions_are_counted_once_and_only_those_still_asked(scene: Scene) -> None:
    """Two attempts are one question; a withdrawn question is none of the six."""
    scene.answer()
    scene.answer()
    scene.answer(question=MISTAKE)
    scene.answer(question=QuestionId("withdrawn"), category=CategoryId("withdrawn-too"))
    shown = scene.does(stats.show_stats).html
    assert "2 of 6 questions answered" in shown
    assert "Failure &amp; Learning: 3\nA category that is gone: 1" in shown


def test_the_averages_are_of_the_last_ten(scene: Scene) -> None:
    """An eleventh answer, the oldest, does not count into them."""
    scene.answer({Part.ACTION: "word " * 5000}, at=NOW - timedelta(days=1))
    for _ in range(10):
        scene.answer({Part.ACTION: "word " * 139, Part.TASK: "word"})
    assert "Last 10 answers, on average: 140 words, about 1 min spoken" in scene.does(stats.show_stats).html


def test_ratings_are_counted(scene: Scene) -> None:
    """How it felt, each rating with its number; those never given are left out."""
    scene.answer(rating=3)
    scene.answer(rating=3)
    scene.answer(rating=1)
    assert "It felt: Again 1 · Good 2" in scene.does(stats.show_stats).html


def test_drafts_deleted_answers_and_others_do_not_count(scene: Scene) -> None:
    """Only what the person submitted and kept counts."""
    scene.draft()
    answers.set_deleted(scene.tx, scene.answer(rating=2), NOW)
    Scene(scene.tx, BORIS).answer(rating=4)
    assert "Nothing to count yet" in scene.does(stats.show_stats).html
