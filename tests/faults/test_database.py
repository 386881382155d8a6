"""The database fails while Starling runs: nothing is acknowledged that is not stored, and it goes on by itself."""

import asyncio
import resource
from pathlib import Path

import aiohttp
import psycopg
import pytest

from tests.faults.storage import Storage
from tests.faults.world import PARTS, World, part_text


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_lock_of_three_seconds_loses_nothing(world: World, sqlite_url: str, way: str) -> None:
    """While another process holds the SQLite file, what a person writes stays with Telegram."""
    storage = Storage(sqlite_url)
    person = world.someone()
    await world.run(sqlite_url, **world.way_in(way))
    await person.opens_question()
    with storage.locked():
        message_id = person.write(part_text("lock", "Situation"))
        await asyncio.sleep(3.0)
        assert not world.is_acknowledged(person.id, message_id)
    await person.reads("Step 2/4", after=message_id)
    await person.tells("lock", PARTS[1:])
    assert storage.words_of(person.id) == [part_text("lock", part) for part in PARTS]


@pytest.mark.slow
async def test_lock_beyond_patience_loses_nothing(world: World, sqlite_url: str) -> None:
    """A lock that outlasts SQLite's own patience is a line in the log and a new try."""
    storage = Storage(sqlite_url)
    person = world.someone()
    child = await world.run(sqlite_url)
    await person.opens_question()
    with storage.locked():
        message_id = person.write(part_text("lock", "Situation"))
        await child.logs("database_unavailable")
        assert not world.is_acknowledged(person.id, message_id)
    await person.reads("Step 2/4", after=message_id)
    assert storage.words_of(person.id) == [part_text("lock", "Situation")]


@pytest.mark.postgres
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_killed_connections_lose_nothing(world: World, postgres_url: str, way: str) -> None:
    """PostgreSQL may end all connections in mid-conversation, as it does when it is started anew."""
    storage = Storage(postgres_url)
    person = world.someone()
    child = await world.run(postgres_url, **world.way_in(way))
    await person.opens_question()
    for part in PARTS:
        message_id = person.write(part_text("cut", part))
        _end_connections(postgres_url)
        await person.reads("Review" if part == "Result" else f"Step {PARTS.index(part) + 2}/4", after=message_id)
    assert storage.words_of(person.id) == [part_text("cut", part) for part in PARTS]
    assert child.process.poll() is None
    assert not child.events("update_failed")


async def test_full_disk_loses_nothing(world: World, sqlite_url: str) -> None:
    """When the file cannot grow, what is written stays with Telegram until it can."""
    storage = Storage(sqlite_url)
    person = world.someone()
    child = await world.run(sqlite_url)
    await person.opens_question()
    pid, size = child.process.pid, Path(sqlite_url.removeprefix("sqlite:///") + "-wal").stat().st_size
    unlimited = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size + 100, unlimited[1]))
    message_id = person.write(part_text("full", "Situation"))
    await child.logs("database_unavailable")
    assert not world.is_acknowledged(person.id, message_id)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)
    await person.reads("Step 2/4", after=message_id)
    assert storage.words_of(person.id) == [part_text("full", "Situation")]
    assert storage.is_whole()


async def test_health_follows_the_database(world: World, sqlite_url: str) -> None:
    """/healthz is 200 while the database takes transactions, 503 while it does not, and 200 again."""
    settings = world.way_in("webhook")
    url = f"http://127.0.0.1:{settings['WEB_PORT']}/healthz"
    await world.run(sqlite_url, **settings)
    async with aiohttp.ClientSession() as session:
        assert await _status(session, url) == 200
        with Storage(sqlite_url).locked():
            assert await _status(session, url) == 503
        async with asyncio.timeout(20):
            while await _status(session, url) != 200:
                await asyncio.sleep(0.1)


async def test_one_broken_row_does_not_stop_the_pushes_of_others(world: World, storage: Storage) -> None:
    """A row that cannot be read is that person's trouble alone."""
    due = range(7100, 7106)
    for person_id in due:
        world.sandbox.state.person(person_id).started = True
    storage.add_people_due(due)
    storage.change("UPDATE people SET category_ids = 'broken' WHERE id = 7102")
    storage.change("UPDATE people SET zone = 'Nowhere/Else' WHERE id = 7104")
    await world.run(storage.url)
    for person_id in set(due) - {7102, 7104}:
        await world.someone(person_id).reads("", seconds=8)


async def _status(session: aiohttp.ClientSession, url: str) -> int:
    async with session.get(url) as answer:
        return answer.status


def _end_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
