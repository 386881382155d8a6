"""Transactions: what is done together, what is taken back alone."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from bot.domain.terms import PersonId
from db import people
from db.engine import Database, DatabaseUnavailable, Transaction
from tests.faults.storage import Storage

NOW = datetime(2030, 1, 7, tzinfo=UTC)


def _add(tx: Transaction, number: int) -> int:
    people.lock_or_add(tx, PersonId(number), "en", NOW)
    return number


def _add_and_fail(tx: Transaction, number: int) -> int:
    _add(tx, number)
    raise LookupError(str(number))


async def _count(database: Database) -> int:
    return await database.run(lambda tx: int(tx.exec_driver_sql("SELECT count(*) FROM people").scalar_one()))


async def test_everyone_gets_their_own_result(database: Database) -> None:
    """However many run at once, each gets what their work gave."""
    numbers = range(1, 131)
    assert await asyncio.gather(*(database.run(_add, number) for number in numbers)) == list(numbers)
    assert await _count(database) == len(numbers)


async def test_one_that_fails_takes_back_its_own_and_nothing_else(database: Database) -> None:
    """A bug in one person's turn undoes that turn only, though others share the commit."""
    works = [database.run(_add_and_fail if number % 3 == 0 else _add, number) for number in range(1, 61)]
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    failed = [number for number, outcome in enumerate(outcomes, start=1) if isinstance(outcome, LookupError)]
    assert failed == list(range(3, 61, 3))
    assert [outcome for outcome in outcomes if not isinstance(outcome, LookupError)] == [
        number for number in range(1, 61) if number % 3
    ]
    assert await _count(database) == 40


async def test_nobody_is_told_before_the_commit(sqlite_url: str) -> None:
    """What one is told is done is seen by every other connection."""
    database = Database(sqlite_url)
    seen = []

    async def add(number: int) -> None:
        await database.run(_add, number)
        seen.append((number,) in Storage(sqlite_url).rows("SELECT id FROM people"))

    await asyncio.gather(*(add(number) for number in range(1, 40)))
    assert seen == [True] * 39
    database.close()


async def test_a_database_that_fails_is_told_to_all_that_shared_the_commit(sqlite_url: str) -> None:
    """Nothing is half stored: with the disk gone, each is told to come again."""
    database = Database(sqlite_url)
    with Storage(sqlite_url).locked():
        database.engine.pool.dispose()
        outcomes = await asyncio.gather(
            *(database.run(_add, number) for number in range(1, 10)), return_exceptions=True
        )
    assert all(isinstance(outcome, DatabaseUnavailable) for outcome in outcomes)
    assert await _count(database) == 0
    database.close()


async def test_one_who_gave_up_waiting_stops_nobody(sqlite_url: str) -> None:
    """A cancelled wait is left out when the outcomes are told."""
    database = Database(sqlite_url)
    held = threading.Event()

    def hold(_tx: Transaction) -> None:
        held.wait(5)

    holding = asyncio.create_task(database.run(hold))
    await asyncio.sleep(0.05)
    given_up, waiting = (asyncio.create_task(database.run(_add, number)) for number in (1, 2))
    await asyncio.sleep(0.05)
    given_up.cancel()
    held.set()
    assert await waiting == 2
    await holding
    with pytest.raises(asyncio.CancelledError):
        await given_up
    database.close()


async def test_what_nobody_waits_for_lets_the_others_by(sqlite_url: str) -> None:
    """Ticks and housekeeping run when no person's turn is left to be done."""
    database = Database(sqlite_url)
    held, order = threading.Event(), []

    def hold(_tx: Transaction) -> None:
        held.wait(5)

    def note(_tx: Transaction, name: str) -> None:
        order.append(name)

    holding = asyncio.create_task(database.run(hold))
    await asyncio.sleep(0.05)
    behind = [asyncio.create_task(database.run_behind(note, f"behind {number}")) for number in range(3)]
    await asyncio.sleep(0.05)
    ahead = [asyncio.create_task(database.run(note, f"ahead {number}")) for number in range(3)]
    await asyncio.sleep(0.05)
    held.set()
    await asyncio.gather(holding, *behind, *ahead)
    assert order == ["ahead 0", "ahead 1", "ahead 2", "behind 0", "behind 1", "behind 2"]
    database.close()
