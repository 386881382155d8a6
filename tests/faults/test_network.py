"""Telegram's server fails while Starling runs: what was said is stored once, and every reply comes in the end."""

import asyncio
import time

import aiohttp
import pytest

from bot.sandbox.state import StoredMessage
from tests.faults.storage import Storage
from tests.faults.world import PARTS, World, eventually, part_text, shown

UNAFFECTED_SECONDS = 3.0
"""How long a reply may take while Telegram limits another chat."""

EXIT_SETTING = 2

_FAULTS = [
    pytest.param("bad_gateway", {}, id="502 with a page of HTML"),
    pytest.param("reset_before", {}, id="cut before it was done"),
    pytest.param("reset_after", {}, id="cut after it was done"),
    pytest.param("trickle", {"seconds": 0.5}, id="byte by byte"),
    pytest.param("hang", {"seconds": 12}, id="no answer", marks=pytest.mark.slow),
    pytest.param("hang_after", {"seconds": 12}, id="done without an answer", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("kind", "more"), _FAULTS)
async def test_fault_of_a_call_loses_and_doubles_nothing(
    world: World, sqlite_url: str, kind: str, more: dict[str, float]
) -> None:
    """A call that fails is made again; a reply that was done without our knowing is not, once the next one waits."""
    storage = Storage(sqlite_url)
    person = world.someone()
    await world.run(sqlite_url)
    await person.opens_question()
    world.fault(kind, method="sendMessage", **more)
    await person.tells("net", PARTS[:1])
    if more.get("seconds", 0) < 1:  # an idle poll may take half a minute, so there a hang is nothing special
        world.fault(kind, method="getUpdates", **more)
    await person.tells("net", PARTS[1:3])
    assert storage.words_of(person.id) == [part_text("net", part) for part in PARTS[:3]]
    replies = [message for message in person.received() if "Step 2/4" in shown(message)]
    assert len(replies) == 1


async def test_outage_delays_and_loses_nothing(world: World, storage: Storage) -> None:
    """While no call gets through, Starling waits; then everything written meanwhile is answered."""
    person = world.someone()
    child = await world.run(storage.url)
    await person.opens_question()
    world.fault("outage")
    text = part_text("outage", "Situation")
    person.write(text)
    await asyncio.sleep(1.5)
    world.fault("outage", on=False)
    await person.reads("Step 2/4")
    assert storage.words_of(person.id) == [text]
    assert child.process.poll() is None


async def test_update_delivered_twice_is_handled_once(world: World, storage: Storage) -> None:
    """Telegram may bring an update again; it is known by its id."""
    person = world.someone()
    await world.run(storage.url)
    await person.opens_question()
    world.fault("duplicate_update", times=2)
    await person.tells("twice", PARTS[:2])
    await person.tells("twice", PARTS[2:3])
    assert storage.words_of(person.id) == [part_text("twice", part) for part in PARTS[:3]]
    assert storage.rows("SELECT step FROM answers") == [("result",)]


@pytest.mark.slow
async def test_limit_of_one_chat_leaves_the_others_alone(world: World, sqlite_url: str) -> None:
    """A 429 with a long ``retry_after`` for one chat: others are answered at once, that one when its time is over."""
    slow, quick = world.someone(), world.someone()
    await world.run(sqlite_url)
    began = time.monotonic()
    world.fault("flood", method="sendMessage", chat_id=slow.id, retry_after=10)
    slow.write("/help")
    await asyncio.sleep(0.3)
    quick.write("/help")
    await quick.reads("/history", seconds=UNAFFECTED_SECONDS)
    assert slow.received() == []
    await slow.reads("/history", seconds=15)
    assert time.monotonic() - began >= 10
    await asyncio.sleep(1.0)
    assert len(slow.received()) == 1


async def test_limit_of_all_is_waited_for(world: World, sqlite_url: str) -> None:
    """A 429 for one chat after the other means all: nothing is sent until it is over, then everything, in order."""
    people = [world.someone() for _ in range(4)]
    await world.run(sqlite_url)
    world.fault("flood", method="sendMessage", retry_after=2, times=2)
    for person in people:
        person.write("/help")
    for person in people:
        await person.reads("/history")
    assert [len(person.received()) for person in people] == [1, 1, 1, 1]
    assert world.sandbox.state.answers[429] == 0  # those two came from the fault, and no third was provoked


async def test_blocked_person_does_not_stop_the_pushes(world: World, storage: Storage) -> None:
    """A 403 while pushing pauses that person alone; when they come back, so do their pushes."""
    due = range(7000, 7010)
    people = [world.someone(person_id) for person_id in due]
    for person in people:
        world.sandbox.state.person(person.id).started = True
    gone = world.sandbox.state.person(people[3].id)
    gone.blocked = True
    storage.add_people_due(due)
    child = await world.run(storage.url)
    for person in people:
        if person.id != gone.id:
            await person.sees(_anything)
    await child.logs("person_blocked")
    query = f"SELECT next_push_at IS NULL FROM people WHERE id = {gone.id}"  # noqa: S608 - a number
    assert bool(storage.rows(query)[0][0])
    assert storage.rows("SELECT count(*) FROM people WHERE next_push_at IS NULL") == [(1,)]
    world.sandbox.people.unblock(gone)
    people[3].write("/help")
    await people[3].reads("/history")
    assert not storage.rows(query)[0][0]


async def test_second_poller_is_outlasted(world: World, sqlite_url: str) -> None:
    """A 409, because somebody else asks for the same updates, is said in a line and tried again."""
    person = world.someone()
    child = await world.run(sqlite_url)
    url = f"{world.sandbox.url}/bot{world.sandbox.token}/getUpdates"

    async def poll(session: aiohttp.ClientSession) -> None:
        while True:
            async with session.post(url, json={"timeout": 20}) as answer:
                await answer.read()

    async with aiohttp.ClientSession() as session:
        other = asyncio.create_task(poll(session))
        await child.logs("second_poller")
        other.cancel()
        await asyncio.gather(other, return_exceptions=True)
    person.write("/help")
    await person.reads("/history")


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_token_revoked_while_running_is_one_line_and_exit_2(
    world: World, sqlite_url: str, way: str
) -> None:
    """With the next call that is refused, Starling ends; what is not sent stays stored."""
    person = world.someone()
    child = await world.run(sqlite_url, **world.way_in(way))
    asked = person.write("/help")
    await person.reads("/history")
    # From then on the next poll waits, and what comes next comes with it.
    await eventually(lambda: world.is_acknowledged(person.id, asked))
    old = world.sandbox.token
    world.sandbox.state.bot.token = "123456789:a-new-token-that-nobody-told-us"
    person.write("/privacy")
    assert await child.exits(15) == EXIT_SETTING, child.output
    assert len(child.lines) == 1
    assert "BOT_TOKEN" in child.lines[0]
    assert old not in child.output
    assert Storage(sqlite_url).rows("SELECT count(*) FROM outbox") == [(1,)]


def _anything(_message: StoredMessage) -> bool:
    return True
