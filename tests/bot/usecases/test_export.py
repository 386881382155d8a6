"""What /export hands over."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.terms import Part
from bot.usecases import answering, detail, export
from bot.usecases.letters import Kind, unpack
from db import answers, askings, reminders, tables
from db.engine import Database
from tests.bot.usecases.scene import ANNA, BORIS, FAILED, MISTAKE, NOW, TEXTS, Scene, opened


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def files(scene: Scene, limit_bytes: int = 50_000_000) -> dict[str, str]:
    """Everything handed over, as text by file name."""
    scene.does(export.export, limit_bytes)
    assert all(letter.kind == Kind.DOCUMENT for letter in scene.turn.letters)
    return {
        unpack(letter.payload).filename: (letter.document or b"").decode() for letter in scene.turn.letters
    }


def record(scene: Scene) -> dict[str, Any]:
    """The JSON file, read."""
    found: dict[str, Any] = json.loads(files(scene)["starling-answers-2026-11-24.json"])
    return found


def test_the_answers_stand_oldest_first(scene: Scene) -> None:
    """Markdown goes from the oldest to the newest, with date, attempt, rating and all parts."""
    scene.answer(at=NOW, rating=4)
    scene.answer({Part.TASK: "Earlier."}, question=MISTAKE, at=NOW - timedelta(days=3))
    text = files(scene)["starling-answers-2026-11-24.md"]
    assert text.index("significant mistake") < text.index("failed at something")
    assert "24 Nov 2026 · Failure \\& Learning · attempt 1 · felt Easy · " in text
    assert all(f"> {words}" in text for words in TEXTS.values())
    assert text.count("*not told*") == 3


def test_drafts_follow_and_deleted_answers_are_left_out_of_the_reading(scene: Scene) -> None:
    """Markdown has drafts with words after the answers, and nothing that was deleted."""
    scene.draft({Part.SITUATION: "Half of it."})
    scene.answer()
    answers.set_deleted(scene.tx, scene.answer({Part.TASK: "Thrown away."}), NOW)
    text = files(scene)["starling-answers-2026-11-24.md"]
    assert "1 answer and 1 draft" in text
    assert text.index("## 1.") < text.index("## Draft:")
    assert "Half of it." in text
    assert "Thrown away" not in text


def test_without_answers_there_is_only_the_json(scene: Scene) -> None:
    """The settings are handed over, and the caption says that there are no answers yet."""
    assert list(files(scene)) == ["starling-answers-2026-11-24.json"]
    assert "no answers yet" in unpack(scene.turn.letters[0].payload).message.html


def test_the_json_has_all_columns_of_the_person(scene: Scene) -> None:
    """A column added to the table must be added to the export, or this test fails."""
    scene.does(lambda turn: turn.change(minute_of_day=510, zone="UTC", weekdays=frozenset({0, 4})))
    person = record(scene)["person"]
    assert set(person) == {column.name for column in tables.people.columns}
    assert person["weekdays"] == [0, 4]
    assert person["created_at"] == "2026-11-24T08:00:00+00:00"


def test_the_json_has_all_columns_of_the_answers(scene: Scene) -> None:
    """Every stored field of an answer is there under its name, or as part of a field that holds it."""
    scene.answer(rating=2)
    (answer,) = record(scene)["answers"]
    elsewhere = {
        "person_id": "person",
        "asked_parts": "asked_about",
        **{part.value: "parts" for part in Part},
    }
    for column in tables.answers.columns:
        assert column.name in answer or column.name in elsewhere
    assert answer["parts"] == {part.value: words for part, words in TEXTS.items()}
    assert answer["rated_at"] == answer["submitted_at"] == "2026-11-24T08:00:00+00:00"
    assert [message["message_id"] for message in answer["messages"]] == [1, 2, 3, 4]


def test_drafts_deleted_answers_and_replaced_words_are_in_the_json(scene: Scene) -> None:
    """What the screens do not show any more is still stored, so it is handed over, marked as what it is."""
    scene.draft({Part.SITUATION: "Half of it."})
    changed = scene.answer()
    scene.does(detail.edit_part, changed, Part.TASK, "Other words.", 900, NOW)
    answers.set_deleted(scene.tx, scene.answer(), NOW)
    draft, edited, deleted = record(scene)["answers"]
    assert (draft["state"], draft["parts"]["situation"]) == ("draft", "Half of it.")
    assert (edited["deleted"], edited["parts"]["task"]) == (False, "Other words.")
    assert [piece["text"] for piece in edited["earlier"]] == [TEXTS[Part.TASK]]
    assert (deleted["deleted"], deleted["deleted_at"]) == (True, "2026-11-24T08:00:00+00:00")


def test_askings_and_reminders_are_in_the_json(scene: Scene) -> None:
    """Each time a question was asked, and what was put off."""
    scene.does(lambda turn: None)
    askings.add(scene.tx, ANNA, FAILED, NOW, NOW.date(), push=True)
    askings.add(scene.tx, ANNA, FAILED, NOW, NOW.date())
    reminders.put(scene.tx, ANNA, MISTAKE, NOW)
    found = record(scene)
    assert [(each["question_id"], each["daily_push"]) for each in found["askings"]] == [
        (FAILED, True),
        (FAILED, False),
    ]
    assert found["reminders"] == [{"question_id": MISTAKE, "due_at": "2026-11-24T08:00:00+00:00"}]


def test_reviews_and_readings_are_in_the_json(scene: Scene) -> None:
    """When each question is due again, with all its figures, and what was noted of each answer."""
    answer_id = scene.answer()
    scene.does(answering.rate, answer_id, 3)
    found = record(scene)
    (review,), (answer,) = found["reviews"], found["answers"]
    assert set(review) == {column.name for column in tables.reviews.columns} - {"person_id"}
    assert review["question_id"] == FAILED
    assert review["due_at"] == "2026-11-26T08:00:00+00:00"
    left_out = {"person_id", "answer_id"}
    assert set(answer["reading"]) == {column.name for column in tables.readings.columns} - left_out


def test_nothing_of_another_person_is_handed_over(scene: Scene) -> None:
    """Words, askings and reminders of others stay theirs."""
    boris = Scene(scene.tx, BORIS)
    theirs = boris.answer({Part.TASK: "Private."})
    boris.does(detail.edit_part, theirs, Part.TASK, "Private too.", 900, NOW)
    askings.add(scene.tx, BORIS, FAILED, NOW, NOW.date())
    reminders.put(scene.tx, BORIS, FAILED, NOW)
    scene.answer()
    everything = "".join(files(scene).values())
    assert "Private" not in everything
    assert str(BORIS) not in everything
    assert record(scene)["askings"] == record(scene)["reminders"] == []


def test_files_over_the_limit_are_split_at_answers(scene: Scene) -> None:
    """Each file stays within the limit, is readable alone, and together they hold every answer once, in order."""
    for number in range(12):
        scene.answer({Part.ACTION: f"Number {number}: " + "é" * 2000})
    limit = 20_000
    found = files(scene, limit)
    assert all(len(content.encode()) <= limit for content in found.values())
    readings = [content for name, content in found.items() if name.endswith(".md")]
    assert [text.count("## ") - text.count("### ") for text in readings] == [4, 4, 4]
    assert "starling-answers-2026-11-24-2-of-3.md" in found
    records = [json.loads(content) for name, content in found.items() if name.endswith(".json")]
    ids = [answer["id"] for each in records for answer in each["answers"]]
    assert ids == sorted(set(ids))
    assert len(ids) == 12
    assert [(each["file"], each["files"]) for each in records] == [
        (n, len(records)) for n in range(1, len(records) + 1)
    ]
    assert len(records) > 1


def test_joined_pieces_are_told_by_their_messages(scene: Scene) -> None:
    """A part from two messages names both."""
    answer = scene.answer({Part.ACTION: "x" * 4096})
    scene.does(lambda turn: detail.join_edit(turn, "rest", 77, NOW))
    (found,) = record(scene)["answers"]
    assert found["id"] == answer
    assert [message["message_id"] for message in found["messages"]] == [1, 77]
