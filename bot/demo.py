"""`starling demo`: the same application against the sandbox, on a clock that can be moved on."""

import asyncio
import contextlib
import signal
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App, open_app
from bot.clock import Clock
from bot.domain.terms import PersonId
from bot.running import EXIT_FAILED, EXIT_SETTING, Stopped
from bot.sandbox.errors import SandboxError
from bot.sandbox.server import Sandbox
from bot.settings import given_settings
from bot.usecases import push
from content.library import Library
from db import answers, people
from db.engine import Transaction

BOT_USERNAME = "starling_demo_bot"
SETTLE_SECONDS = 5.0
NOTHING_DUE = (
    "Nothing is due: choose a time and a place in the chat first, and neither pause nor block the bot."
)


class Demo:
    """The sandbox, the application, and the panel between them."""

    def __init__(
        self, library: Library, database_path: Path, host: str, port: int, content_dir: Path | None = None
    ) -> None:
        self._library = library
        self._content_dir = content_dir
        self._database_path = database_path
        self._address = (host, port)
        self._clock = Clock()
        self._sandbox = Sandbox(
            username=BOT_USERNAME, now=self._clock.now, panel=self._panel, panel_state=self._panel_state
        )
        self._app: App | None = None
        self._open = contextlib.AsyncExitStack()
        self._one_at_a_time = asyncio.Lock()
        self._steady = (
            asyncio.Lock()
        )  # held while the application is exchanged, so that nobody asks a closed one

    @property
    def url(self) -> str:
        """Where the chat page is."""
        return self._sandbox.url

    async def start(self) -> None:
        """Start the sandbox, then the application.

        Raises:
            OSError: the address is taken.
            SandboxError: tdjson is not installed.
        """
        await self._sandbox.start(*self._address)
        await self._start_app()

    async def stop(self) -> None:
        """Stop both."""
        if self._app is not None:
            await self._app.stop()
        await self._open.aclose()
        await self._sandbox.stop()

    async def _start_app(self) -> None:
        settings = given_settings(
            bot_token=self._sandbox.token,
            bot_api_url=self._sandbox.url,
            database_url=f"sqlite:///{self._database_path}",
            content_dir=self._content_dir,
        )
        self._app = await self._open.enter_async_context(open_app(settings, self._library, self._clock))
        await self._app.start(serve_web=False)

    async def _panel(self, action: str) -> dict[str, Any]:
        actions = {"next_push": self._to_next_push, "next_day": self._one_day_on, "restart": self._restart}
        if action not in actions:
            return {"ok": False, "message": "The panel has no such button."}
        async with self._one_at_a_time:
            return await actions[action]()

    async def _panel_state(self, user_id: int | None) -> dict[str, Any]:
        """What the panel shows of a person."""
        if user_id is None:
            return _panel_facts(None, None, 0)

        def look(tx: Transaction) -> dict[str, Any]:
            person = people.lock(tx, PersonId(user_id))
            due_at = push.next_moment(tx, PersonId(user_id))
            return _panel_facts(person, due_at, len(answers.submitted_moments(tx, PersonId(user_id))))

        async with self._steady:
            return _panel_facts(None, None, 0) if self._app is None else await self._app.run(look)

    async def _to_next_push(self) -> dict[str, Any]:
        due_at = await self._next_due()
        if due_at is None:
            return {"ok": False, "message": NOTHING_DUE}
        await self._move_to(due_at)
        return {"ok": True, "message": "Time moved to the next question."}

    async def _one_day_on(self) -> dict[str, Any]:
        """A day passes; what is due on the way comes at its time."""
        end = self._clock.now() + timedelta(days=1)
        due_at = await self._next_due()
        while due_at is not None and due_at <= end:
            await self._move_to(due_at)
            due_at = await self._next_due()
        await self._move_to(end)
        return {"ok": True, "message": "A day has passed."}

    async def _restart(self) -> dict[str, Any]:
        """End the application as a crash would, without any farewell, and start it anew on its database."""
        async with self._steady:
            if self._app is not None:
                self._library = self._app.shelf.library  # with what was taken up while it ran
                await self._app.abandon()
            await self._open.aclose()
            self._open = contextlib.AsyncExitStack()
            await self._start_app()
        return {"ok": True, "message": "The bot was stopped short and started again. Go on where you were."}

    async def _next_due(self) -> datetime | None:
        return None if self._app is None else await self._app.run(push.next_moment)

    async def _move_to(self, moment: datetime) -> None:
        ahead = moment - self._clock.now() + timedelta(seconds=1)
        self._clock.move_on(max(ahead, timedelta()))
        self._sandbox.announce_time()
        if self._app is not None:
            await self._app.scheduler.tick()
            await self._app.settled(SETTLE_SECONDS)


def _panel_facts(person: people.Person | None, due_at: datetime | None, submitted: int) -> dict[str, Any]:
    return {
        "zone": None if person is None else person.zone,
        "set_up": person is not None and person.zone is not None and person.minute_of_day is not None,
        "paused": person is not None and person.paused,
        "blocked": person is not None and person.blocked_at is not None,
        "next_push": None if due_at is None else due_at.isoformat(),
        "answers": submitted,
    }


async def demonstrate(library: Library, content_dir: Path | None, host: str, port: int) -> None:
    """Run the demo until SIGTERM or SIGINT, on a database that is thrown away at the end.

    ``content_dir`` is the folder of which the library holds the packs, watched for changes.

    Raises:
        Stopped: it cannot run; the text is the one line to show.
    """
    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    with tempfile.TemporaryDirectory(prefix="starling-demo-") as folder:
        demo = Demo(library, Path(folder) / "starling.db", host, port, content_dir)
        try:
            await demo.start()
        except SandboxError as error:
            raise Stopped(str(error), EXIT_FAILED) from None
        except OSError as error:
            line = f"cannot listen on {host}:{port}: {error.strerror}; try --port with another number"
            raise Stopped(line, EXIT_SETTING) from None
        sys.stdout.write(f"Open {demo.url} in a browser. Ctrl-C ends the demo and forgets everything.\n")
        sys.stdout.flush()
        try:
            await told.wait()
        finally:
            await demo.stop()
