"""Packs that change while the program runs: taken up by every process if all are valid, else told of once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.domain.terms import QuestionId
from bot.usecases.letters import unpack
from bot.usecases.library import Shelf
from bot.watching import ContentWatch
from content.library import load_library
from db import outbox
from db.engine import Database
from db.outbox import Lane
from tests.content.packs import pack_text, write_pack

FIRST, SECOND = QuestionId("team-first"), QuestionId("team-second")
ADMINS = (11, 12)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


class Process:
    """One process that watches the folder."""

    def __init__(self, folder: Path, database: Database, admins: tuple[int, ...] = ADMINS) -> None:
        self.shelf = Shelf(load_library(folder))
        self.woken = 0
        self._watch = ContentWatch(folder, self.shelf, database, Clock(), admins, self._wake)

    async def look(self) -> None:
        """Look twice, as much later as it takes to see that nothing is being written any more."""
        await self._watch.look()
        await self._watch.look()

    async def glance(self) -> None:
        """Look once."""
        await self._watch.look()

    def knows(self, question_id: QuestionId) -> bool:
        """Whether the question is asked now."""
        question = self.shelf.library.question(question_id)
        return question is not None and not question.retired

    def _wake(self) -> None:
        self.woken += 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pack(tmp_path, "team-work.yaml", pack_text(FIRST))
    return tmp_path


def move(folder: Path, target: Path) -> None:
    """Call the folder something else."""
    folder.rename(target)


async def told(database: Database) -> list[tuple[int, str]]:
    """Whom the letters in the outbox are for, and what they say; they are taken out."""

    def take(tx: object) -> list[tuple[int, str]]:
        found = outbox.claim(tx, Lane.REPLY, LATER, 100)  # type: ignore[arg-type]  # a transaction
        outbox.done(tx, [letter.id for letter in found])  # type: ignore[arg-type]
        return [(letter.chat_id, unpack(letter.payload).message.html) for letter in found]

    return await database.run(take)


async def test_a_changed_pack_is_taken_up_by_every_process(folder: Path, database: Database) -> None:
    """Two processes see the new question and no more the one that is gone, without a restart."""
    processes = [Process(folder, database) for _ in range(2)]
    write_pack(folder, "team-work.yaml", pack_text(SECOND))
    for process in processes:
        await process.look()
        assert process.knows(SECOND)
        assert not process.knows(FIRST)
    assert await told(database) == []


async def test_new_retired_and_removed_packs_are_taken_up(folder: Path, database: Database) -> None:
    """A file more, a shipped question retired by its id, a file less."""
    process = Process(folder, database)
    shipped = QuestionId("failure-failed")
    retired = pack_text(shipped) + "    retired: true\n"
    mine = write_pack(folder, "mine.yaml", retired)
    await process.look()
    assert not process.knows(shipped)
    mine.unlink()
    await process.look()
    assert process.knows(shipped)


async def test_nothing_is_read_while_it_is_being_written(folder: Path, database: Database) -> None:
    """What has changed since the look before is left until it rests."""
    process = Process(folder, database)
    write_pack(folder, "team-work.yaml", "title: [")
    await process.glance()
    write_pack(folder, "team-work.yaml", pack_text(FIRST, SECOND))
    await process.glance()
    assert await told(database) == []
    await process.glance()
    assert process.knows(SECOND)


async def test_one_broken_pack_leaves_all_as_they_were(folder: Path, database: Database) -> None:
    """The valid change beside it is not taken up either, and each admin is told once, by one of the processes."""
    processes = [Process(folder, database) for _ in range(2)]
    write_pack(folder, "team-work.yaml", pack_text(SECOND))
    write_pack(folder, "wrong.yaml", pack_text("other").replace("title: A small category\n", "titel: x\n"))
    for process in processes:
        await process.look()
        await process.look()
        assert process.knows(FIRST)
        assert not process.knows(SECOND)
    letters = await told(database)
    assert sorted(chat_id for chat_id, _ in letters) == list(ADMINS)
    assert all(f"{folder}/wrong.yaml:1:1: title: is missing" in html for _, html in letters)
    assert [process.woken for process in processes] == [1, 0]


async def test_the_same_error_is_told_again_once_it_was_mended(folder: Path, database: Database) -> None:
    """Between the two it was no longer known."""
    process = Process(folder, database)
    for _ in range(2):
        write_pack(folder, "team-work.yaml", "title: [")
        await process.look()
        assert len(await told(database)) == len(ADMINS)
        write_pack(folder, "team-work.yaml", pack_text(SECOND))
        await process.look()
        assert process.knows(SECOND)


async def test_many_errors_fit_one_message(folder: Path, database: Database) -> None:
    """The first ones are named, the others counted."""
    process = Process(folder, database, (7,))
    write_pack(folder, "team-work.yaml", "title: x\n" + "".join(f"{'k' * 200}{n}: <b>\n" for n in range(60)))
    await process.look()
    ((_, html),) = await told(database)
    assert "and 59 more" in html


async def test_without_admins_nobody_is_told(folder: Path, database: Database) -> None:
    """The log has it; nothing waits in the outbox for nobody."""
    process = Process(folder, database, ())
    write_pack(folder, "team-work.yaml", "title: [")
    await process.look()
    assert await told(database) == []
    assert process.woken == 0


async def test_a_folder_that_is_gone_changes_nothing(folder: Path, database: Database) -> None:
    """A disk that is away for a moment does not take the questions with it."""
    process = Process(folder, database)
    elsewhere = folder.with_name(f"{folder.name}-elsewhere")
    move(folder, elsewhere)
    await process.look()
    assert process.knows(FIRST)
    move(elsewhere, folder)
    await process.look()
    assert process.knows(FIRST)
    assert await told(database) == []


async def test_a_broken_file_after_a_good_one_leaves_the_good_one(folder: Path, database: Database) -> None:
    """In force is what was valid last, not what was there at the start; nor is a folder emptied by half a pack."""
    process = Process(folder, database)
    write_pack(folder, "team-work.yaml", pack_text(SECOND))
    await process.look()
    write_pack(folder, "team-work.yaml", pack_text(SECOND)[:200])
    await process.look()
    assert process.knows(SECOND)
    assert not process.knows(FIRST)
    assert len(await told(database)) == len(ADMINS)


async def test_an_id_in_two_files_is_refused(folder: Path, database: Database) -> None:
    """Which of the two would count is left to nobody: the set from before stays."""
    process = Process(folder, database, (7,))
    write_pack(folder, "more-work.yaml", pack_text(FIRST, SECOND))
    await process.look()
    assert not process.knows(SECOND)
    ((_, html),) = await told(database)
    assert "is already the id of a question" in html


async def test_a_folder_that_went_while_a_file_was_broken_comes_back_whole(
    folder: Path, database: Database
) -> None:
    """Gone and back with the file mended, that is taken up."""
    process = Process(folder, database)
    write_pack(folder, "team-work.yaml", "title: [")
    await process.look()
    elsewhere = folder.with_name(f"{folder.name}-elsewhere")
    move(folder, elsewhere)
    await process.look()
    write_pack(elsewhere, "team-work.yaml", pack_text(SECOND))
    move(elsewhere, folder)
    await process.look()
    assert process.knows(SECOND)
