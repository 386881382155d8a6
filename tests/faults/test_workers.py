"""Several processes on one PostgreSQL: web workers behind a proxy, schedulers, and one of all that sends."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from bot.sandbox.limits import Limits, Rate
from tests.faults.child import Child, free_port
from tests.faults.proxy import Proxy
from tests.faults.storage import Storage
from tests.faults.talk import (
    WAIT_SECONDS,
    Talk,
    assert_acknowledged_is_stored,
    assert_all_is_there_once,
    assert_pushed_once,
)
from tests.faults.world import PARTS, WEBHOOK_SECRET, World, eventually

KILLS = 24
TALKING = 6
DUE_EACH_TIME = 6
DUE_FROM = 6_000
PUSHES_IN_FLIGHT = 3


class Workers:
    """Two web workers and two schedulers by name, the proxy in front, and the database behind."""

    def __init__(self, world: World, url: str) -> None:
        self._world = world
        self.url = url
        self._ports = {"web1": free_port(), "web2": free_port(), "scheduler1": 0, "scheduler2": 0}
        self.children: dict[str, Child] = {}
        self.proxy = Proxy(lambda: [self._ports[name] for name in self.children if name.startswith("web")])

    def start(self, name: str) -> Child:
        """Start the process of that name; it need not be ready yet."""
        child = self.children[name] = self._world.start(
            self.url,
            ROLE=name.rstrip("12"),
            WEB_PORT=str(self._ports[name]),
            WEBHOOK_URL=self.proxy.url,
            WEBHOOK_SECRET=WEBHOOK_SECRET,
        )
        return child

    async def run(self, *names: str) -> None:
        """Start these and return when all are ready."""
        for name in names:
            self.start(name)
        for name in names:
            await self.children[name].logs("started")

    def kill(self, name: str) -> None:
        """``kill -9`` that process."""
        self.children.pop(name).kill()

    async def on_duty(self) -> str:
        """The name of the process that sends, once there is one."""
        found: list[str] = []

        def is_one() -> bool:
            found[:] = [name for name, child in self.children.items() if _duties(child)[-1:] == ["on_duty"]]
            return len(found) == 1

        await eventually(is_one)
        return found[0]


def _duties(child: Child) -> list[str]:
    return [event["event"] for event in child.events() if event["event"] in {"on_duty", "off_duty"}]


@pytest.fixture
async def workers(world: World, postgres_url: str) -> AsyncIterator[Workers]:
    """Nothing started yet but the proxy."""
    workers = Workers(world, postgres_url)
    await workers.proxy.start()
    yield workers
    for child in workers.children.values():
        child.kill()
    await workers.proxy.stop()


async def test_one_sends_and_the_next_takes_over(world: World, workers: Workers) -> None:
    """Whoever took an update, the process on duty sends; when it is killed, another one does within seconds."""
    await workers.run("web1", "web2", "scheduler1")
    person = world.someone()
    await person.opens_question()
    await person.tells("before", PARTS[:2])
    workers.kill(await workers.on_duty())
    await person.tells("after", PARTS[2:])
    await workers.on_duty()


async def test_lost_connection_passes_duty_on_and_doubles_nothing(world: World, workers: Workers) -> None:
    """Who loses the connection that holds the lock stops sending, and everything is still sent once."""
    storage = Storage(workers.url)
    await workers.run("web1", "web2")
    person = world.someone()
    await person.opens_question()
    before = await workers.on_duty()
    storage.rows(
        "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
        " WHERE l.locktype = 'advisory' AND d.datname = current_database()"
    )
    await workers.children[before].logs("off_duty")
    await person.tells("lost")
    await workers.on_duty()
    texts = [message.api["text"] for message in person.received() if "text" in message.api]
    assert len(texts) == len(set(texts))


async def test_limits_are_kept_by_all_together(world: World, workers: Workers) -> None:
    """However many processes store letters, Telegram never has to say 429."""
    storage = Storage(workers.url)
    await workers.run("web1", "web2", "scheduler1", "scheduler2")
    await workers.on_duty()
    # One place more in each chat: within a chat this is about the whole, and a busy machine lets messages bunch.
    world.sandbox.gate.limits = Limits(private_send=Rate(4, 1))
    due = range(DUE_FROM, DUE_FROM + 120)
    for person_id in due:
        world.sandbox.state.person(person_id).started = True
    storage.add_people_due(due)
    talks = [Talk(world.someone(), f"w{number}") for number in range(8)]
    await asyncio.gather(*(talk.hold() for talk in talks))
    for person_id in due:
        await world.someone(person_id).sees(lambda _message: True, seconds=60)
    assert not [event for child in workers.children.values() for event in child.events("telegram_limited")]


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_workers_killed_at_random_lose_and_double_nothing(world: World, workers: Workers) -> None:
    """Two web workers and two schedulers, one after the other killed and started again: every text stands once and
    in order, every push comes once."""
    rng = random.Random(7)
    storage = Storage(workers.url)
    await workers.run("web1", "web2", "scheduler1", "scheduler2")
    talks = [Talk(world.someone(), f"w{number}") for number in range(TALKING)]
    ended = asyncio.Event()
    talking = [asyncio.create_task(talk.go_on(ended)) for talk in talks]
    pushed = range(DUE_FROM, DUE_FROM + KILLS * DUE_EACH_TIME)
    try:
        for first in pushed[::DUE_EACH_TIME]:
            due = range(first, first + DUE_EACH_TIME)
            for person_id in due:
                world.sandbox.state.person(person_id).started = True
            storage.add_people_due(due)
            await asyncio.sleep(rng.uniform(0.0, 1.0))
            name = rng.choice(sorted(workers.children))
            workers.kill(name)
            assert_acknowledged_is_stored(world, storage, talks)
            workers.start(name)
        ended.set()
        async with asyncio.timeout(WAIT_SECONDS):
            await asyncio.gather(*talking)
            for person_id in pushed:
                await world.someone(person_id).sees(lambda _message: True, seconds=WAIT_SECONDS)
    finally:
        for task in talking:
            task.cancel()
    await asyncio.sleep(1.5)  # a push too many would come by now
    assert_all_is_there_once(storage, talks)
    assert_pushed_once(world, storage, pushed, KILLS * PUSHES_IN_FLIGHT)
