"""The composition root: the only place where settings, content, database, sender and handlers meet."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.domain import coach
from bot.scheduler import Scheduler
from bot.screens import general
from bot.settings import Settings
from bot.transport import webhook
from bot.transport.connection import Connection, connect, introduce, use_polling, use_webhook
from bot.transport.limits import ChatPace
from bot.transport.poller import Poller
from bot.transport.sender import Sender
from bot.transport.updates import Updates
from bot.usecases.library import Shelf
from bot.watching import ContentWatch
from bot.web import Handler, WebServer, webhook_path
from content.library import Library
from db import outbox, presence
from db.engine import Database, DatabaseDamaged, DatabaseRefused, DatabaseUnavailable, Transaction
from db.migrate import migrate

log = structlog.get_logger()

T = TypeVar("T")

MIGRATE_TRIES = 6
MIGRATE_PAUSE_SECONDS = 2.0
HEALTH_SECONDS = 3.0
"""How long the database may take to answer before this process counts as not healthy."""


class TokenRefused(Exception):
    """Telegram refused the token while running; only a person can mend that."""


class App:
    """One Starling process: takes updates in, sends messages out, ticks; or that part of it which its role names."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        database: Database,
        connection: Connection,
        clock: Clock,
        *,
        pace_of: Callable[[int], ChatPace] = ChatPace.of,
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._refused = asyncio.Event()
        self.bot = connection.bot
        self.shelf = Shelf(library)
        self.sender = Sender(
            self.bot,
            database,
            clock,
            per_second=settings.send_rate_per_second,
            on_token_refused=self._refused.set,
            pace_of=pace_of,
            alone_takes_updates=database.is_sqlite or not settings.webhook_url,
        )
        self.updates = Updates(self.bot, database, self.shelf, clock, self.sender, settings.allowed_user_ids)
        self.scheduler = Scheduler(database, self.shelf, clock, self.sender.look)
        self._poller = Poller(self.bot, self.updates, self._refused.set)
        self._web = WebServer(settings.web_host, settings.web_port, self._healthy, self._webhook())
        self._watch = self._content_watch()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, *, serve_web: bool = True, schedule: bool = True) -> None:
        """Begin to work. The first reply must not wait for what is only nice to have, so that comes last.

        Raises:
            OSError: the web address is taken.
            telegram.error.TelegramError: the webhook could not be set.
        """
        role = self._settings.role
        if role != "scheduler":
            coach.prepare()
        if serve_web:
            await self._web.start()
        self.sender.start()
        if role != "scheduler":
            await self._take_updates()
        if self._watch is not None:
            self._tasks.append(asyncio.create_task(self._watch.run(), name="content"))
        if schedule and role != "web":
            self.scheduler.start()
            self._tasks.append(asyncio.create_task(self._introduce(), name="introduce"))
        log.info(
            "started",
            role=role,
            username=self.bot.username,
            updates="webhook" if self._settings.webhook_url else "polling",
            database="sqlite" if self._database.is_sqlite else "postgresql",
        )

    def _content_watch(self) -> ContentWatch | None:
        folder = self._settings.content_dir
        if folder is None:
            return None
        admins = self._settings.admin_ids
        return ContentWatch(folder, self.shelf, self._database, self._clock, admins, self.sender.look)

    async def _take_updates(self) -> None:
        if self._settings.webhook_url:
            secret = self._settings.webhook_secret.get_secret_value()
            await use_webhook(self.bot, self._settings.webhook_url, secret)
        else:
            await use_polling(self.bot)
            self._tasks.append(asyncio.create_task(self._poller.run(), name="poller"))

    async def wait(self) -> None:
        """Return never, or raise TokenRefused."""
        await self._refused.wait()
        raise TokenRefused

    async def stop(self) -> None:
        """Stop taking updates, let what is in flight end, keep the rest in the outbox."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.scheduler.stop()
        await self._web.stop()
        await self.sender.stop()

    async def abandon(self) -> None:
        """Break off as a killed process would: nothing in flight is waited for, nothing is tidied up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.scheduler.stop()
        await self.sender.stop(grace_seconds=0.0)
        await self._web.stop()

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run a query in a transaction of its own."""
        return await self._database.run(work)

    async def settled(self, timeout_seconds: float) -> None:
        """Return when all that is in the outbox is sent, or the time is over."""
        self.sender.look()
        deadline = asyncio.get_running_loop().time() + timeout_seconds
        while asyncio.get_running_loop().time() < deadline:
            waiting = await self._database.run(outbox.count_due, self._clock.now() + outbox.LEASE)
            if not waiting and self.sender.is_idle:
                return
            await asyncio.sleep(0.02)

    @property
    def web_port(self) -> int:
        """The port the web server listens on."""
        return self._web.port

    def _webhook(self) -> tuple[str, Handler] | None:
        if not self._settings.webhook_url or self._settings.role == "scheduler":
            return None
        secret = self._settings.webhook_secret.get_secret_value()
        return webhook_path(self._settings.webhook_url), webhook.handler(self.bot, self.updates, secret)

    async def _introduce(self) -> None:
        """Tell Telegram the commands and the description."""
        await introduce(self.bot, general.COMMANDS, general.DESCRIPTION, general.SHORT_DESCRIPTION)

    async def _healthy(self) -> bool:
        def ask(_tx: Transaction) -> None:
            return None

        try:
            async with asyncio.timeout(HEALTH_SECONDS):
                await self._database.run(ask)
        except (DatabaseUnavailable, TimeoutError):
            return False
        return True


async def migrate_patiently(database: Database) -> None:
    """Migrate, waiting for a database that is just starting or locked.

    Raises:
        DatabaseUnavailable: it did not become reachable in about ten seconds, or at once, if waiting mends nothing.
        SchemaTooNew: it belongs to a newer Starling.
    """
    for tries_left in range(MIGRATE_TRIES - 1, -1, -1):
        try:
            if await asyncio.get_running_loop().run_in_executor(None, migrate, database):
                log.info("migrated")
        except DatabaseUnavailable as error:
            if not tries_left or isinstance(error, DatabaseDamaged | DatabaseRefused):
                raise
            log.warning("database_unavailable", reason=str(error), retry_seconds=MIGRATE_PAUSE_SECONDS)
            await asyncio.sleep(MIGRATE_PAUSE_SECONDS)
        else:
            return


@contextlib.asynccontextmanager
async def open_app(settings: Settings, library: Library, clock: Clock) -> AsyncIterator[App]:
    """Database, connection and app, opened in order and closed in reverse; the app is not started yet.

    Raises:
        DatabaseUrlError, DatabaseUnavailable, SchemaTooNew, AlreadyRunning: the database cannot be used.
        BadToken: Telegram does not know the token.
    """
    async with contextlib.AsyncExitStack() as closing:
        database = Database(settings.database_url)
        closing.callback(database.close)
        await migrate_patiently(database)
        closing.callback(presence.enter(database))
        token = settings.bot_token.get_secret_value()
        connection = await closing.enter_async_context(connect(token, settings.bot_api_url))
        yield App(settings, library, database, connection, clock)
