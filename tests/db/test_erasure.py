"""What is erased is gone from the disk, not only from the tables."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.practice import Draft, Segment, Step
from bot.domain.terms import CategoryId, Part, PersonId, QuestionId
from db import answers, people, search
from db.engine import Database, Transaction

NOW = datetime(2030, 1, 7, tzinfo=UTC)
SECRET = "quetzalcoatlus"


def _tell(tx: Transaction) -> None:
    person_id = PersonId(7)
    people.lock_or_add(tx, person_id, "en", NOW)
    answer_id = answers.start(tx, person_id, QuestionId("q"), CategoryId("c"), "Why?", NOW)
    parts = {part: (Segment(1, f"{SECRET} {number}", NOW),) for number, part in enumerate(Part)}
    answers.save_draft(tx, answer_id, Draft(parts, Step.REVIEW), NOW)
    answer = answers.get(tx, person_id, answer_id)
    assert answer is not None
    answers.submit(tx, answer, NOW)


def _erase(tx: Transaction) -> None:
    people.remove(tx, PersonId(7))
    search.erase_traces(tx)


def _files_with(url: str, word: str) -> list[str]:
    path = Path(url.removeprefix("sqlite:///"))
    return sorted(
        each.suffix for each in path.parent.glob(f"{path.name}*") if word.encode() in each.read_bytes()
    )


@pytest.mark.parametrize("reopened", [False, True])
async def test_erased_words_stand_in_no_file(sqlite_url: str, reopened: bool) -> None:
    """While Starling runs, neither the database nor its log holds a word of who had everything erased."""
    database = Database(sqlite_url)
    await database.run(_tell)
    if reopened:
        database.close()
        database = Database(sqlite_url)
    assert _files_with(sqlite_url, SECRET)
    await database.run(_erase)
    assert _files_with(sqlite_url, SECRET) == []
    database.close()
