"""Erasing everything about a person."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, func, inspect, select, text

from bot.domain.practice import Received
from bot.domain.reviews import Review
from bot.domain.terms import Part
from bot.screens.message import Message
from bot.usecases import account, letters
from bot.usecases.letters import Kind
from db import (
    answers,
    askings,
    interviews,
    mocks,
    outbox,
    packs,
    people,
    readings,
    reminders,
    reviews,
    stories,
    undecided,
)
from db.engine import Database
from db.outbox import Lane
from db.packs import Sent
from db.readings import Noted
from db.tables import metadata
from tests.bot.usecases.scene import ANNA, BORIS, FAILED, MISTAKE, NOW, TEXTS, Scene, opened


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def fill(scene: Scene) -> None:
    """Something of this person in every table that can hold it."""
    tx, person_id = scene.tx, scene.person_id
    told = scene.answer({**TEXTS, Part.RESULT: f"Secret{person_id} words."}, rating=2)
    draft = scene.draft()
    answers.set_deleted(tx, scene.answer(), NOW)
    settings = {
        "minute_of_day": 510,
        "zone": "Europe/Berlin",
        "search_words": "bank",
        "target_date": NOW.date(),
    }
    scene.does(lambda turn: turn.change(**settings))
    askings.add(tx, person_id, FAILED, NOW, NOW.date(), push=True)
    reminders.put(tx, person_id, FAILED, NOW)
    readings.put(tx, person_id, Noted(told, ("vague",), (), 1, NOW))
    reviews.put(tx, person_id, FAILED, Review(1.0, 5.0, NOW, NOW))
    stories.keep(tx, person_id, told, f"Secret{person_id}", NOW)
    kept = stories.touched_last(tx, person_id)
    assert kept is not None
    stories.use(tx, kept.id, draft)
    mock = mocks.start(tx, person_id, [FAILED], NOW)
    mocks.replied(tx, mock.id, 0, 76, f"Secret{person_id}")
    interviews.add(tx, person_id, NOW.date() - timedelta(days=9), f"Secret{person_id}")
    for name in ("kept", "waiting"):
        pack_id = packs.put_waiting(tx, person_id, Sent(name, "Bread", 1, f"Secret{person_id}", name), NOW)
        pack = packs.get(tx, person_id, pack_id)
        if name == "kept" and pack is not None:
            packs.keep(tx, pack)
    undecided.add(tx, person_id, draft, MISTAKE, Received(77, f"Secret{person_id}", NOW))
    waiting = letters.send(f"push{person_id}", person_id, Message("Your question."), Lane.PUSH)
    outbox.add(tx, [waiting], NOW, NOW)


def filled_tables(tx: Connection) -> set[str]:
    """The tables in which there is any row."""
    return {
        table.name
        for table in metadata.sorted_tables
        if tx.execute(select(func.count()).select_from(table)).scalar_one()
    }


def rows_about(tx: Connection, needle: str) -> list[str]:
    """The tables in which any column of any row holds the text, the search index among them."""
    names = [name for name in inspect(tx).get_table_names() if name != "alembic_version"]
    return [
        name
        for name in names
        if any(needle in str(value) for row in tx.execute(text(f'SELECT * FROM "{name}"')) for value in row)  # noqa: S608 - names of our own tables
    ]


def found_by_search(tx: Connection, person_id: int) -> int:
    """How many rows of SQLite's search index belong to the person; 0 where there is no such index."""
    if tx.dialect.name != "sqlite":
        return 0
    query = text("SELECT count(*) FROM answers_words WHERE answers_words MATCH :owner")
    return int(tx.execute(query, {"owner": f"owner:p{person_id}"}).scalar_one())


def test_the_question_names_what_goes(scene: Scene) -> None:
    """The numbers of answers and drafts stand in it, those that can still be brought back among them."""
    fill(scene)
    shown = scene.does(account.ask_deletion)
    assert (
        "2 answers, 1 draft, 1 text of which I asked what it is for, 1 story, 1 mock interview, "
        "1 past interview, 1 pack, 1 pack that waits to be kept, the day of your interview, your settings"
        in shown.html
    )


def test_every_table_with_something_of_a_person_is_emptied(scene: Scene) -> None:
    """Of the only person there is nothing is left anywhere; a table added later must be filled here, too."""
    fill(scene)
    about_nobody = {"updates", "notices"}
    assert filled_tables(scene.tx) == {table.name for table in metadata.sorted_tables} - about_nobody
    scene.press(scene.does(account.ask_deletion), "Delete everything")
    assert filled_tables(scene.tx) == set()
    assert rows_about(scene.tx, f"Secret{ANNA}") == []


def test_nothing_is_named_that_is_not_there(scene: Scene) -> None:
    """Without answers only the settings go."""
    assert "erases your settings" in scene.does(account.ask_deletion).html


def test_keep_keeps(scene: Scene) -> None:
    """[Keep] deletes nothing."""
    fill(scene)
    before = rows_about(scene.tx, str(ANNA))
    scene.press(scene.does(account.ask_deletion), "Keep")
    assert rows_about(scene.tx, str(ANNA)) == before
    assert len(answers.everything(scene.tx, ANNA)) == 3


def test_deletion_leaves_nothing_in_any_table(scene: Scene) -> None:
    """No row holds the person's id or words; another person's rows are all there."""
    fill(scene)
    boris = Scene(scene.tx, BORIS)
    fill(boris)
    assert found_by_search(scene.tx, ANNA) == found_by_search(scene.tx, BORIS)
    his = rows_about(scene.tx, str(BORIS))
    assert {"people", "answers", "segments", "askings", "reminders", "outbox"} <= set(
        rows_about(scene.tx, str(ANNA))
    )
    last = scene.press(scene.does(account.ask_deletion), "Delete everything")
    assert "Everything is deleted" in last.html
    assert rows_about(scene.tx, str(ANNA)) == []
    assert rows_about(scene.tx, f"Secret{ANNA}") == []
    assert found_by_search(scene.tx, ANNA) == 0
    assert rows_about(scene.tx, str(BORIS)) == his


def test_the_last_message_can_be_stored(scene: Scene) -> None:
    """The farewell goes out although the person is gone: its letter needs only the address."""
    fill(scene)
    scene.press(scene.does(account.ask_deletion), "Delete everything")
    assert [letter.kind for letter in scene.turn.letters] == [Kind.EDIT]
    outbox.add(scene.tx, scene.turn.letters, NOW, NOW)
    assert rows_about(scene.tx, str(ANNA)) == ["outbox"]


def test_an_old_question_is_asked_anew(scene: Scene) -> None:
    """Ten minutes later [Delete everything] deletes nothing and asks again; a second before it still deletes."""
    fill(scene)
    asked = scene.does(account.ask_deletion)
    scene.later(seconds=account.CONFIRM_WITHIN_SECONDS + 1)
    again = scene.press(asked, "Delete everything")
    assert "too old" in again.html
    assert people.lock(scene.tx, ANNA) is not None
    scene.later(seconds=-1)
    scene.press(asked, "Delete everything")
    assert people.lock(scene.tx, ANNA) is None


@pytest.mark.parametrize("stamp", ["", ":", ":x", ":-5", ":99999999999", ":0"])
def test_a_forged_moment_is_asked_anew(scene: Scene, stamp: str) -> None:
    """A moment that is missing, unreadable, long past or yet to come confirms nothing."""
    fill(scene)
    scene.tap(f"dd{stamp}")
    assert len(answers.everything(scene.tx, ANNA)) == 3


def test_a_second_tap_says_the_same(scene: Scene) -> None:
    """A double tap finds an empty row made by the tap itself, and leaves nothing either."""
    fill(scene)
    asked = scene.does(account.ask_deletion)
    scene.press(asked, "Delete everything")
    assert "Everything is deleted" in scene.press(asked, "Delete everything").html
    assert rows_about(scene.tx, str(ANNA)) == []


def test_an_old_button_does_not_erase_a_new_beginning(scene: Scene) -> None:
    """Who came back and set up anew within those minutes is asked anew."""
    asked = scene.does(account.ask_deletion)
    scene.press(asked, "Delete everything")
    scene.later(seconds=30)
    people.lock_or_add(scene.tx, ANNA, "en", scene.now)
    scene.does(lambda turn: turn.change(zone="Europe/Berlin"))
    scene.press(asked, "Delete everything")
    assert people.lock(scene.tx, ANNA) is not None
