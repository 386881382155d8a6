"""SIGTERM and SIGINT end Starling within five seconds with exit 0, whatever it is doing."""

import signal

import pytest

from tests.faults.child import free_port
from tests.faults.storage import Storage
from tests.faults.world import World

STOP_SECONDS = 5.0

both_signals = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])


@both_signals
async def test_signal_during_a_long_poll(world: World, storage: Storage, number: signal.Signals) -> None:
    """Idle, with a poll that Telegram would hold for half a minute."""
    child = await world.run(storage.url)
    child.tell(number)
    assert await child.exits(STOP_SECONDS) == 0


async def test_signal_in_mid_conversation(world: World, sqlite_url: str) -> None:
    """A reply that Telegram does not take just now is not waited for; the next start sends it."""
    person = world.someone()
    child = await world.run(sqlite_url)
    await person.opens_question()
    world.fault("flood", method="sendMessage", retry_after=4)
    await person.writes_unanswered("stop", "Situation")
    child.tell(signal.SIGTERM)
    assert await child.exits(STOP_SECONDS) == 0
    await world.run(sqlite_url)
    await person.reads("Step 2/4")
    assert len(Storage(sqlite_url).words_of(person.id)) == 1


async def test_signal_while_telegram_hangs(world: World, sqlite_url: str) -> None:
    """A call that gets no answer is given up."""
    person = world.someone()
    child = await world.run(sqlite_url)
    world.fault("hang", method="sendMessage", seconds=30)
    person.write("/start")
    await world.called("sendMessage")
    child.tell(signal.SIGTERM)
    assert await child.exits(STOP_SECONDS) == 0


@both_signals
async def test_signal_while_the_server_is_out_of_reach(
    world: World, sqlite_url: str, number: signal.Signals
) -> None:
    """A start that waits for Telegram can be ended like a running bot."""
    child = world.start(sqlite_url, BOT_API_URL=f"http://127.0.0.1:{free_port()}")
    await child.logs("telegram_unreachable")
    child.tell(number)
    assert await child.exits(STOP_SECONDS) == 0
    assert child.lines == []


async def test_signal_while_updates_cannot_be_asked_for(world: World, sqlite_url: str) -> None:
    """The same when the server goes away between the first call and the second."""
    world.fault("bad_gateway", method="deleteWebhook", times=None)
    child = world.start(sqlite_url)
    await child.logs("telegram_unreachable")
    child.tell(signal.SIGTERM)
    assert await child.exits(STOP_SECONDS) == 0


async def test_signal_while_the_database_is_out_of_reach(world: World) -> None:
    """A start that waits for PostgreSQL can be ended too."""
    child = world.start(f"postgresql://ann@127.0.0.1:{free_port()}/starling")
    await child.logs("database_unavailable")
    child.tell(signal.SIGTERM)
    assert await child.exits(STOP_SECONDS) == 0
    assert child.lines == []


@pytest.mark.slow
async def test_signal_while_the_database_is_locked(world: World, sqlite_url: str) -> None:
    """A transaction that waits for another process's lock ends when its own time is over, or the lock's."""
    person = world.someone()
    child = await world.run(sqlite_url)
    with Storage(sqlite_url).locked():
        person.write("/help")
        await child.logs("database_unavailable")
        child.tell(signal.SIGTERM)
        assert await child.exits(2 * STOP_SECONDS) == 0
    await world.run(sqlite_url)
    await person.reads("/history")
