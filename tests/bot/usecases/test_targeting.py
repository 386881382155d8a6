"""What comes towards the day of an interview, and on it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.terms import QuestionId
from bot.screens.buttons import Tap
from bot.usecases import answering, asking, push, targeting
from db import outbox, people, reviews, tables
from db.engine import Database
from db.people import Person
from tests.bot.usecases.scene import ANNA, FAILED, MISTAKE, NOW, Scene, library, opened, plain


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        anna.does(lambda turn: turn.change(minute_of_day=510, zone="Europe/Berlin"))
        yield anna


def set_for(scene: Scene, text: str) -> None:
    scene.does(targeting.open_target, text)


def anna(scene: Scene) -> Person:
    person = people.lock(scene.tx, ANNA)
    assert person is not None
    return person


def due_now(scene: Scene) -> list[str]:
    """What the tick puts into the outbox."""
    outbox.remove_of(scene.tx, ANNA)
    push.remind_of_targets(scene.tx, library(), scene.now)
    return list(scene.tx.execute(select(tables.outbox.c.payload).order_by(tables.outbox.c.id)).scalars())


def rated(scene: Scene, question: QuestionId, rating: int) -> None:
    scene.does(asking.open_linked, question)
    scene.does(answering.rate, scene.answer(question=question), rating)


def test_the_plan_names_what_is_not_covered(scene: Scene) -> None:
    """Days to go, the phase, and the categories of which nothing was asked."""
    set_for(scene, "2026-12-24 Acme")
    shown = plain(scene.said[-1])
    assert "Acme · 24 Dec 2026" in shown
    assert "30 days to go." in shown
    assert "Not yet: Failure & Learning." in shown
    scene.does(asking.open_linked, FAILED)
    assert "Not yet" not in plain(scene.does(targeting.open_target, ""))


def test_the_evening_before_has_the_sheet_and_the_day_after_asks(scene: Scene) -> None:
    """Each once, at its moment; the answer ends the plan."""
    scene.answer(rating=4)
    set_for(scene, "2026-12-24 Acme")
    assert due_now(scene) == []
    scene.later(days=29, hours=10, minutes=1)  # 19:01 on the 23rd in Berlin
    (sheet,) = due_now(scene)
    assert "Your story sheet for Acme" in sheet
    assert "card terminal" in sheet
    assert due_now(scene) == []
    scene.later(days=1, hours=16)
    (question,) = due_now(scene)
    assert "How did it go?" in question
    assert due_now(scene) == []
    assert "Good." in scene.does(targeting.take_outcome, Tap("tgw", ("well",)), tapped=True).html
    assert anna(scene).target_date is None


def test_set_on_the_last_evening_the_sheet_comes_at_once(scene: Scene) -> None:
    """There is no evening left to wait for."""
    scene.answer()
    scene.later(hours=11)
    set_for(scene, "tomorrow Acme")
    assert any("Your story sheet" in message.html for message in scene.said)
    assert due_now(scene) == []


def test_a_sheet_that_is_late_is_not_sent_but_how_it_went_is_asked(scene: Scene) -> None:
    """After an outage over the whole day."""
    scene.answer()
    set_for(scene, "2026-11-26 Acme")
    scene.later(days=1, hours=16)
    assert due_now(scene) == []
    scene.later(days=3)
    assert "How did it go?" in due_now(scene)[0]


def test_an_old_answer_to_how_it_went_ends_no_new_plan(scene: Scene) -> None:
    """A day ahead stays set."""
    set_for(scene, "2026-12-24 Acme")
    scene.does(targeting.take_outcome, Tap("tgw", ("well",)), tapped=True)
    assert anna(scene).target_date is not None
    set_for(scene, "off")
    scene.does(targeting.take_outcome, Tap("tgw", ("well",)), tapped=True)
    assert "No interview" in scene.toast


def test_on_the_last_days_the_best_known_question_comes_as_a_drill(scene: Scene) -> None:
    """Nothing new; without a rated answer the choice is as always."""
    rated(scene, FAILED, 1)
    rated(scene, MISTAKE, 4)
    scene.later(days=1)
    set_for(scene, "in 2 days Acme")
    card = scene.does(asking.ask_another)
    assert "A light drill before Acme" in card.html
    assert "significant mistake" in card.html


def test_reviews_are_packed_before_the_day(scene: Scene) -> None:
    """What falls due before the interview comes now, though it is not due yet."""
    rated(scene, MISTAKE, 3)
    due = reviews.of_person(scene.tx, ANNA)[MISTAKE].due_at
    assert due > NOW + timedelta(days=1)
    scene.later(days=1)
    assert "significant mistake" not in scene.does(asking.ask_another).html
    scene.later(hours=1)
    set_for(scene, "in 9 days Acme")
    scene.does(answering.begin, FAILED)
    person = anna(scene)
    picked = asking.pick(
        scene.packs,
        person,
        asking.askings.of_person(scene.tx, ANNA),
        asking.due_until(scene.tx, [person], scene.now)[ANNA],
        now_utc=scene.now,
    )
    assert picked is not None
    assert picked.question.id == MISTAKE


def test_who_blocked_the_bot_is_told_nothing(scene: Scene) -> None:
    """Nor later."""
    set_for(scene, "2026-11-26 Acme")
    scene.does(lambda turn: turn.change(blocked_at=scene.now))
    scene.later(days=1, hours=11)
    assert due_now(scene) == []
    assert anna(scene).target_next_at is None


def test_the_evening_goes_with_the_zone(scene: Scene) -> None:
    """Moved to New York, it is evening six hours later."""
    from bot.usecases import settings

    set_for(scene, "2026-12-24 Acme")
    before = anna(scene).target_next_at
    scene.does(settings.set_zone, "America/New_York", tapped=True)
    after = anna(scene).target_next_at
    assert before is not None
    assert after == before + timedelta(hours=6)
