"""Running Starling against a Bot API server until it is told to stop; what goes wrong becomes one line."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

from bot.app import App, TokenRefused, open_app
from bot.clock import Clock
from bot.settings import Settings
from bot.transport.connection import BadToken, WebhookRefused
from content.library import Library
from db.engine import DatabaseRefused, DatabaseUnavailable, DatabaseUrlError
from db.migrate import SchemaTooNew
from db.presence import AlreadyRunning

log = structlog.get_logger()

T = TypeVar("T")

EXIT_SETTING = 2
EXIT_FAILED = 1


class Stopped(Exception):
    """Starling cannot run or go on: one line for whoever hosts it, and the exit code."""

    def __init__(self, line: str, code: int) -> None:
        super().__init__(line)
        self.code = code


def run_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end on uvloop where there is one."""
    factory = None
    if sys.platform != "win32":
        import uvloop

        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(work)


async def run(settings: Settings, library: Library) -> None:
    """Run until SIGTERM or SIGINT, which are obeyed while it is still starting too.

    Raises:
        Stopped: it cannot run; the text is the one line to show.
    """
    told = _told_by_signal()
    try:
        async with contextlib.AsyncExitStack() as closing:
            opening = closing.enter_async_context(open_app(settings, library, Clock()))
            app = await _unless(told, opening)
            if app is not None:
                await _run_until_told(app, told)
    except DatabaseUrlError as error:
        raise Stopped(str(error), EXIT_SETTING) from None
    except DatabaseRefused as error:
        raise Stopped(f"DATABASE_URL: {error}", EXIT_SETTING) from None
    except (DatabaseUnavailable, SchemaTooNew, AlreadyRunning) as error:
        raise Stopped(f"the database cannot be used: {error}", EXIT_FAILED) from None
    except (BadToken, TokenRefused):
        raise Stopped(
            "BOT_TOKEN: Telegram refuses it; ask @BotFather for the right one", EXIT_SETTING
        ) from None
    except WebhookRefused as error:
        raise Stopped(f"WEBHOOK_URL: Telegram refuses it: {error}", EXIT_SETTING) from None
    except OSError as error:
        place = f"{settings.web_host}:{settings.web_port}"
        raise Stopped(
            f"WEB_HOST, WEB_PORT: cannot listen on {place}: {error.strerror}", EXIT_SETTING
        ) from None


async def _run_until_told(app: App, told: asyncio.Event) -> None:
    try:
        await _unless(told, app.start())
        await _unless(told, app.wait())
        log.info("stopping")
    finally:
        await app.stop()


def _told_by_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told.set)
    return told


async def _unless(told: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Do the work and give what it gives; None, and the work is broken off, when told to stop before."""
    doing, waiting = asyncio.create_task(work), asyncio.create_task(told.wait())
    try:
        await asyncio.wait([doing, waiting], return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        doing.cancel()
        waiting.cancel()
        await asyncio.gather(doing, waiting, return_exceptions=True)
