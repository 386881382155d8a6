"""``kill -9`` at any moment, then a new start: nothing typed is lost, nothing is stored or pushed twice."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.faults.child import Child
from tests.faults.nursery import Nursery
from tests.faults.storage import Storage
from tests.faults.talk import (
    WAIT_SECONDS,
    Talk,
    assert_acknowledged_is_stored,
    assert_all_is_there_once,
    assert_pushed_once,
)
from tests.faults.world import PARTS, World, eventually, part_text

KILLS = 75
"""In each of the four runs: polling and webhook, on either database."""

TALKING = 6
DUE_EACH_TIME = 4
DUE_FROM = 5_000
PUSHES_IN_FLIGHT = 3
"""Messages that may be under way at once at 30 a second, each in another chat."""

HARMLESS = ("message is not modified", "query is too old")
"""What Telegram says to a change that was made, or to a tap that was answered, just before a kill."""

FILES = 2
"""How many /export sends."""


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    """Forks the many processes that are killed, so that most of the time goes to talking and not to imports."""
    nursery = Nursery()
    yield nursery
    nursery.close()


async def _killed_again_and_again(
    world: World, storage: Storage, talks: list[Talk], rng: random.Random, settings: dict[str, str]
) -> Child:
    """Start and kill, some of it during the start; the process that is left running."""
    for round_number in range(KILLS):
        first = DUE_FROM + round_number * DUE_EACH_TIME
        due = range(first, first + DUE_EACH_TIME)
        for person_id in due:
            world.sandbox.state.person(person_id).started = True
        child = world.start(storage.url, **settings)
        added = rng.random() > 0.25
        if not added:
            await asyncio.sleep(rng.uniform(0.0, 0.6))
        else:
            await child.logs("started")
            storage.add_people_due(due)
            await asyncio.sleep(rng.uniform(0.0, 0.8))  # long enough for a submission, else nobody gets on
        child.kill()
        assert storage.is_whole()
        assert_acknowledged_is_stored(world, storage, talks)
        if not added:
            storage.add_people_due(due)
    return await world.run(storage.url, **settings)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_kills_at_random_moments_lose_and_double_nothing(
    nursery: Nursery, world: World, storage: Storage, way: str
) -> None:
    """What Telegram was told is received is stored, once; each answer and each push there is once; at most the
    message in flight in a chat is repeated for each kill."""
    rng = random.Random(20)
    world.launch = nursery.launch
    talks = [Talk(world.someone(), f"k{number}") for number in range(TALKING)]
    settings = world.way_in(way)
    ended = asyncio.Event()
    talking = [asyncio.create_task(talk.go_on(ended)) for talk in talks]
    pushed = range(DUE_FROM, DUE_FROM + KILLS * DUE_EACH_TIME)
    try:
        await _killed_again_and_again(world, storage, talks, rng, settings)
        ended.set()
        async with asyncio.timeout(WAIT_SECONDS):
            await asyncio.gather(*talking)
            for person_id in pushed:
                await world.someone(person_id).sees(lambda _message: True)
    finally:
        for task in talking:
            task.cancel()
    await asyncio.sleep(1.5)  # a push too many would come by now
    assert_all_is_there_once(storage, talks)
    assert_pushed_once(world, storage, pushed, KILLS * PUSHES_IN_FLIGHT)
    undisturbed = Talk(world.someone(), "control")
    await undisturbed.hold()
    repeated = [talk.repeated(len(undisturbed.person.received())) for talk in talks]
    assert min(repeated) >= 0
    assert max(repeated) <= KILLS
    refused = [
        complaint for complaint in world.sandbox.complaints if not any(map(complaint.__contains__, HARMLESS))
    ]
    assert refused == []


async def test_draft_stands_where_it_stood(world: World, storage: Storage) -> None:
    """Killed between two steps, the next start takes the next text for the next part."""
    person = world.someone()
    first = await world.run(storage.url)
    await person.opens_question()
    await person.tells("stood", PARTS[:2])
    first.kill()
    before = storage.rows("SELECT * FROM answers")
    late = person.write(part_text("stood", "Action"))
    await world.run(storage.url)
    await person.reads("Step 4/4", after=late)
    assert len(before) == 1
    assert storage.words_of(person.id) == [part_text("stood", part) for part in PARTS[:3]]
    assert storage.rows("SELECT step FROM answers") == [("result",)]


async def test_only_the_message_in_flight_is_repeated_after_a_kill(world: World, sqlite_url: str) -> None:
    """Of several messages to one chat, those before the one in flight are known to be sent, also when the
    database was too busy to take note of it for a while."""
    storage = Storage(sqlite_url)
    person = world.someone()
    child = await world.run(sqlite_url)
    await person.opens_question()
    await person.tells("flight", PARTS[:1])
    await asyncio.sleep(2.0)  # so that the chat's pace lets two messages go at once
    world.fault("hang", method="sendDocument", seconds=0.6)
    person.write("/export")
    await eventually(lambda: len(storage.rows("SELECT id FROM outbox")) == FILES)
    with storage.locked():
        await asyncio.sleep(1.5)
        child.kill()
    await world.run(sqlite_url)
    await eventually(lambda: not storage.rows("SELECT id FROM outbox"))
    files = Counter(
        message.api["document"]["file_name"] for message in person.received() if "document" in message.api
    )
    assert len(files) == FILES
    assert sum(files.values()) <= FILES + 1
