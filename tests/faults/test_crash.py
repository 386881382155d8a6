"""``kill -9`` at any moment, then a new start: nothing typed is lost, nothing is stored or pushed twice."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.faults.child import Child
from tests.faults.storage import Storage
from tests.faults.world import PARTS, Someone, World, eventually, part_text, shown

KILLS = 7
TALKING = 6
DUE_EACH_TIME = 12
DUE_FROM = 5_000
PUSHES_IN_FLIGHT = 3
"""Messages that may be under way at once at 30 a second, each in another chat."""

FILES = 2
"""How many /export sends."""


@dataclass
class _Talk:
    """One conversation, held by a person who waits for each reply and knows nothing of the kills."""

    person: Someone
    mark: str
    message_ids: dict[str, int] = field(default_factory=dict)

    async def hold(self) -> None:
        await self.person.opens_question()
        for part in PARTS:
            text = part_text(self.mark, part)
            message_id = self.message_ids[text] = self.person.write(text)
            reply = "Review" if part == "Result" else f"Step {PARTS.index(part) + 2}/4"
            await self.person.reads(reply, after=message_id, seconds=90)
        await self.person.submits()

    def repeated(self) -> int:
        """How many messages stand in the chat once more than they should."""
        texts = Counter(shown(message) for message in self.person.received())
        left_open = sum(
            any(button["text"] in {"Swap", "Submit"} for row in rows for button in row)
            for rows in (
                message.api.get("reply_markup", {}).get("inline_keyboard", [])
                for message in self.person.received()
            )
        )
        return sum(texts.values()) - len(texts) + left_open


def _assert_acknowledged_is_stored(world: World, storage: Storage, talks: list[_Talk]) -> None:
    stored = Counter(text for (text,) in storage.rows("SELECT text FROM segments"))
    assert max(stored.values(), default=1) == 1
    for talk in talks:
        for text, message_id in talk.message_ids.items():
            if world.is_acknowledged(talk.person.id, message_id):
                assert stored[text] == 1


async def _killed_again_and_again(
    world: World, storage: Storage, talks: list[_Talk], rng: random.Random, settings: dict[str, str]
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
            await asyncio.sleep(rng.uniform(0.2, 1.2))
        else:
            await child.logs("started")
            storage.add_people_due(due)
            await asyncio.sleep(rng.uniform(0.0, 0.4))
        child.kill()
        assert storage.is_whole()
        _assert_acknowledged_is_stored(world, storage, talks)
        if not added:
            storage.add_people_due(due)
    return await world.run(storage.url, **settings)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_kills_at_random_moments_lose_and_double_nothing(world: World, storage: Storage, way: str) -> None:
    """What Telegram was told is received is stored, once; each answer and each push there is once; at most the
    message in flight in a chat is repeated for each kill."""
    rng = random.Random(20)
    talks = [_Talk(world.someone(), f"k{number}") for number in range(TALKING)]
    settings = world.way_in(way)
    storage.rows("SELECT 1")
    talking = [asyncio.create_task(talk.hold()) for talk in talks]
    try:
        await _killed_again_and_again(world, storage, talks, rng, settings)
        async with asyncio.timeout(90):
            await asyncio.gather(*talking)
            pushed = range(DUE_FROM, DUE_FROM + KILLS * DUE_EACH_TIME)
            for person_id in pushed:
                await world.someone(person_id).sees(lambda _message: True)
    finally:
        for task in talking:
            task.cancel()
    await asyncio.sleep(1.5)  # a push too many would come by now
    _assert_all_is_there_once(storage, talks)
    _assert_pushed_once(world, storage, pushed)
    assert max(talk.repeated() for talk in talks) <= KILLS
    assert sum(talk.repeated() for talk in talks) <= KILLS * TALKING
    assert world.sandbox.complaints == []


def _assert_all_is_there_once(storage: Storage, talks: list[_Talk]) -> None:
    columns = ", ".join(part.lower() for part in PARTS)
    for talk in talks:
        texts = [part_text(talk.mark, part) for part in PARTS]
        assert storage.words_of(talk.person.id) == texts
        answers = storage.rows(
            f"SELECT attempt, {columns} FROM answers WHERE person_id = {talk.person.id} AND submitted_at IS NOT NULL"  # noqa: S608 - fixed names and a number
        )
        assert answers == [(1, *texts)]


def _assert_pushed_once(world: World, storage: Storage, pushed: range) -> None:
    rows = storage.rows("SELECT person_id, count(*) FROM askings WHERE push_date IS NOT NULL GROUP BY person_id")
    assert dict(rows) == dict.fromkeys(pushed, 1)
    received = Counter({person_id: len(world.someone(person_id).received()) for person_id in pushed})
    assert max(received.values()) <= 2
    repeated = sum(received.values()) - len(pushed)
    assert repeated <= KILLS * PUSHES_IN_FLIGHT


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
    files = Counter(message.api["document"]["file_name"] for message in person.received() if "document" in message.api)
    assert len(files) == FILES
    assert sum(files.values()) <= FILES + 1
