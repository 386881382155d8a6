"""A Starling inside the test's own process: quicker to start than a child, and its clock can be set to any time."""

import contextlib
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from bot.app import App
from bot.clock import Clock
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.transport.connection import connect
from bot.transport.limits import ChatPace
from bot.transport.updates import read_update
from content.library import load_library
from db.engine import Database
from tests.dialogs.stage import quick_pace
from tests.faults.storage import Storage
from tests.faults.world import REPLY_SECONDS, Someone, World, eventually

FAILURES = frozenset(
    {
        "update_failed",
        "letter_failed",
        "job_failed",
        "poll_failed",
        "outbox_failed",
        "html_refused",
        "letter_rejected",
        "apology_failed",
    }
)
"""Log events that mean a bug."""


class TestClock(Clock):
    """The machine's clock, which somebody sets to another time now and then."""

    __test__ = False

    def __init__(self) -> None:
        super().__init__()
        self._off = timedelta()

    def now(self) -> datetime:
        """This moment as the machine has it, in UTC."""
        return super().now() + self._off

    def jump(self, by: timedelta) -> None:
        """Set the clock forward or, with a negative ``by``, back."""
        self._off += by


@dataclass(slots=True)
class Stand:
    """One application, the sandbox it talks to, and its log."""

    sandbox: Sandbox
    app: App
    clock: TestClock
    storage: Storage
    world: World
    log: list[Any] = field(default_factory=list)
    _update_ids: Iterator[int] = field(default_factory=lambda: itertools.count(2_000_000_000))

    def someone(self, user_id: int | None = None) -> Someone:
        """A person, by default a new one."""
        return self.world.someone(user_id)

    def fault(self, kind: str, **more: Any) -> None:
        """Let the sandbox fail; see `bot.sandbox.faults`."""
        self.world.fault(kind, **more)

    async def deliver(self, kind: str, payload: dict[str, Any]) -> None:
        """Hand an update of any shape over without HTTP in between; return when it is handled."""
        update = read_update({"update_id": next(self._update_ids), kind: payload}, self.app.bot)
        assert update is not None
        await self.app.updates.handle(update)

    async def receives(self, person: Someone, **content: Any) -> None:
        """Hand over a message of this person with this content."""
        user = self.sandbox.state.person(person.id).user
        chat = {"id": person.id, "type": "private", "first_name": user["first_name"]}
        head = {"message_id": 900_000 + next(self._update_ids), "date": int(self.clock.now().timestamp())}
        await self.deliver("message", {**head, "from": user, "chat": chat, **content})

    async def rests(self, seconds: float = REPLY_SECONDS) -> None:
        """Return when all that was written is handled and all replies are sent."""
        await eventually(lambda: not self.sandbox.updates.pending, seconds=seconds)
        await eventually(self.is_done, seconds=seconds)

    def events(self, name: str) -> list[Any]:
        """The log's events of that name so far."""
        return [event for event in self.log if event["event"] == name]

    def failures(self) -> list[Any]:
        """What was logged that means a bug."""
        return [event for event in self.log if event["event"] in FAILURES]

    def is_done(self) -> bool:
        """Whether nothing waits to be sent."""
        return self.storage.rows("SELECT count(*) FROM outbox") == [(0,)]


@contextlib.asynccontextmanager
async def stand(
    database_url: str,
    folder: Path,
    *,
    pace_of: Callable[[int], ChatPace] = quick_pace,
    per_second: float = 1000,
    sandbox: Sandbox | None = None,
    sandbox_complains: bool = False,
) -> AsyncIterator[Stand]:
    """A polling application that ticks, without Telegram's pace unless one is given.

    At the end: no bug was logged, and Telegram refused nothing unless ``sandbox_complains``.
    """
    clock = TestClock()
    sandbox = sandbox or Sandbox(now=clock.now, limits=None, press_seconds=0.3)
    settings = Settings(
        _env_file=None,
        bot_token=sandbox.token,
        bot_api_url="http://127.0.0.1:1",
        database_url=database_url,
        web_port=0,
        send_rate_per_second=per_second,
    )
    async with contextlib.AsyncExitStack() as closing:
        log = closing.enter_context(structlog.testing.capture_logs())
        if not sandbox.url:
            await sandbox.start()
        closing.push_async_callback(sandbox.stop)
        database = Database(database_url)
        closing.callback(database.close)
        connection = await closing.enter_async_context(connect(sandbox.token, sandbox.url))
        app = App(settings, load_library(), database, connection, clock, pace_of=pace_of)
        await app.start(serve_web=False)
        closing.push_async_callback(app.stop)
        built = Stand(sandbox, app, clock, Storage(database_url), World(sandbox, folder), log)
        yield built
        assert built.failures() == []
        assert sandbox_complains or sandbox.complaints == []
