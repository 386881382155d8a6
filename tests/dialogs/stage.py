"""The stage for dialogs: the sandbox, and two instances of the application that take updates in turn.

Every delivery goes through a small proxy to the instance that did not have the one before, over HTTP and on one
database. A dialog that passes therefore shows that nothing of a conversation is held in a process. `polled` has
the same for polling: of the two instances one works at a time, and each step is taken by the other one.

The people on the stage are `tests.dialogs.somebody`.
"""

import asyncio
import contextlib
import io
import itertools
import json
import time
from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.app import App
from bot.clock import Clock
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.transport.connection import Connection, connect
from bot.transport.limits import ChatPace, Pace
from bot.usecases import push
from content.library import Library
from db import outbox
from db.engine import Database
from tests.dialogs.packs import one_category

SECRET = "a-secret-of-the-tests"
WAIT_SECONDS = 15.0
BEGIN = datetime(2030, 1, 7, 6, 0, tzinfo=UTC)
"""When every dialog begins: a Monday, in winter time where there is any."""

STEP = timedelta(seconds=5)
"""How long everything takes that somebody does; longer than the pieces of a cut text are apart."""


class StageClock(Clock):
    """A clock that stands still until it is moved on, so that every dialog can be told word for word."""

    def __init__(self) -> None:
        super().__init__()
        self._now = BEGIN

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self._now

    def move_on(self, by: timedelta) -> None:
        """Let it be later by that much."""
        self._now += by


def quick_pace(_chat_id: int) -> ChatPace:
    """No waiting between the messages of a chat; the pacing has tests of its own."""
    return ChatPace(Pace(1000.0, 1000.0), Pace(1000.0, 1000.0))


class Stage:
    """Two instances and what is around them."""

    def __init__(self, database_url: str, library: Library, allowed: Collection[int] = ()) -> None:
        self.clock = StageClock()
        self.sandbox = Sandbox(now=self.clock.now, limits=None)
        self.apps: list[App] = []
        self.http = aiohttp.ClientSession()
        self.is_polled = False
        self._database_url = database_url
        self._allowed = frozenset(allowed)
        self._turns = itertools.count()
        self._targets: list[str] = []
        self._resting: list[tuple[Database, Connection]] = []
        self._library = library

    async def tick(self) -> None:
        """Let the instances tick, one after the other; only one of them may find anything due."""
        for app in self.apps:
            await app.scheduler.tick()
            app.sender.look()
        await self.settle()

    async def move_to_next_push(self) -> None:
        """Move the clock to when the next push or put-off question is due, and tick."""
        due_at = await self.apps[0].run(push.next_moment)
        assert due_at is not None, "nothing is due any more"
        self.clock.move_on(max(due_at - self.clock.now(), timedelta()) + timedelta(seconds=1))
        await self.tick()

    async def settle(self) -> None:
        """Wait until every update is handled and every letter is sent and deleted.

        An update stops being pending after the commit of what it leads to, so the order of the questions matters.
        """
        deadline = time.monotonic() + WAIT_SECONDS
        pause = 0.001
        while not await self._is_quiet():
            if time.monotonic() > deadline:
                raise AssertionError("the application did not come to rest")
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.02)

    async def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call the sandbox as a chat page does; the answer as JSON."""
        sent = None if body is None else io.BytesIO(json.dumps(body).encode())  # a file may be large
        headers = {"Content-Type": "application/json"}
        async with self.http.request(method, self.sandbox.url + path, data=sent, headers=headers) as response:
            return await response.json()

    async def next_turn(self) -> None:
        """Time goes by; with polling, the instance that worked stops and the other one starts."""
        self.clock.move_on(STEP)
        if self.is_polled:
            database, connection = self._resting.pop(0)
            await self.apps.pop().stop()
            await self._start_polling(database, connection)
            self._resting.append((database, connection))

    async def kill(self, number: int) -> None:
        """Break an instance off as SIGKILL would, and deliver nothing more to it."""
        del self._targets[number]
        await self.apps.pop(number).abandon()

    async def proxy(self, request: web.Request) -> web.Response:
        """Hand the delivery to the instance whose turn it is."""
        target = self._targets[next(self._turns) % len(self._targets)]
        headers = {name: request.headers[name] for name in request.headers if name.startswith("X-Telegram")}
        async with self.http.post(target, data=await request.read(), headers=headers) as response:
            return web.Response(status=response.status)

    async def add_instance(self, closing: contextlib.AsyncExitStack, webhook_url: str) -> None:
        """Start one more instance that takes its updates from the proxy."""
        database, connection = await self._open(closing)
        app = self._app(database, connection, webhook_url)
        await app.start(schedule=False)
        closing.push_async_callback(app.stop)
        # On SQLite either takes itself for the only one, and begins by taking over what others have claimed: let
        # that be over before anybody writes, or the first reply may come twice.
        await asyncio.sleep(0.01)
        await app.run(outbox.count)
        self.apps.append(app)
        self._targets.append(f"http://127.0.0.1:{app.web_port}/hook")

    async def poll(self, closing: contextlib.AsyncExitStack) -> None:
        """Start two instances that poll by turns."""
        self.is_polled = True
        self._resting = [await self._open(closing), await self._open(closing)]
        first = self._resting.pop(0)
        closing.push_async_callback(self._stop_all)
        await self._start_polling(*first)
        self._resting.append(first)

    async def _start_polling(self, database: Database, connection: Connection) -> None:
        app = self._app(database, connection, None)
        await app.start(serve_web=False, schedule=False)
        self.apps.append(app)

    async def _stop_all(self) -> None:
        for app in self.apps:
            await app.stop()

    async def _open(self, closing: contextlib.AsyncExitStack) -> tuple[Database, Connection]:
        database = Database(self._database_url)
        closing.callback(database.close)
        connection = await closing.enter_async_context(connect(self.sandbox.token, self.sandbox.url))
        return database, connection

    def _app(self, database: Database, connection: Connection, webhook_url: str | None) -> App:
        settings = Settings(
            _env_file=None,
            bot_token=self.sandbox.token,
            bot_api_url=self.sandbox.url,
            database_url=self._database_url,
            webhook_url=webhook_url or "",
            webhook_secret=SECRET if webhook_url else "",
            web_port=0,
            send_rate_per_second=10_000,
            allowed_user_ids=self._allowed,
        )
        return App(settings, self._library, database, connection, self.clock, pace_of=quick_pace)

    async def _is_quiet(self) -> bool:
        if self.sandbox.updates.pending:
            return False
        waiting = await self.apps[0].run(outbox.count)
        return not waiting and all(app.sender.is_idle for app in self.apps)


@contextlib.asynccontextmanager
async def set_up(
    database_url: str,
    *,
    same_again: bool = False,
    library: Library | None = None,
    allowed: Collection[int] = (),
) -> AsyncIterator[Stage]:
    """A stage with webhooks, and at the end the check that Telegram would have refused nothing.

    ``same_again``: buttons are pressed that show what is shown already, so "message is not modified" is expected.
    ``allowed``: only these people are let in.
    """
    async with contextlib.AsyncExitStack() as closing:
        stage = await _opened(database_url, closing, library, allowed)
        proxy = web.Application()
        proxy.router.add_post("/hook", stage.proxy)
        runner = web.AppRunner(proxy, access_log=None)
        await runner.setup()
        closing.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        for _ in range(2):
            await stage.add_instance(closing, f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
        yield stage
        await _check(stage, same_again=same_again)


@contextlib.asynccontextmanager
async def polled(database_url: str) -> AsyncIterator[Stage]:
    """A stage on which two instances poll by turns, with the same check at the end as `set_up`."""
    async with contextlib.AsyncExitStack() as closing:
        stage = await _opened(database_url, closing, None)
        await stage.poll(closing)
        yield stage
        await _check(stage, same_again=False)


async def _opened(
    database_url: str,
    closing: contextlib.AsyncExitStack,
    library: Library | None = None,
    allowed: Collection[int] = (),
) -> Stage:
    stage = Stage(database_url, library or one_category(), allowed)
    closing.push_async_callback(stage.http.close)
    await stage.sandbox.start()
    closing.push_async_callback(stage.sandbox.stop)
    return stage


async def _check(stage: Stage, *, same_again: bool) -> None:
    await stage.settle()
    assert await stage.apps[0].run(outbox.count) == 0
    refused = [
        complaint
        for complaint in stage.sandbox.complaints
        if not (same_again and "message is not modified" in complaint)
    ]
    assert refused == []
