"""Starling as `starling run` builds it, but held to no rate: what is measured is its work, not its patience."""

import asyncio
import contextlib
import signal

from bot import lean, log
from bot.settings import read_settings
from content.library import load_library

with lean.for_good():  # and in this order, as there: what reading takes is used again by what is loaded then
    _LIBRARY = load_library(None)

    from bot.app import App, migrate_patiently
    from bot.clock import Clock
    from bot.running import run_loop
    from bot.transport.connection import connect
    from bot.transport.limits import ChatPace, Pace
    from db import presence
    from db.engine import Database

_UNLIMITED = 1e9


def _no_pace(_chat_id: int) -> ChatPace:
    return ChatPace(Pace(_UNLIMITED, _UNLIMITED), Pace(_UNLIMITED, _UNLIMITED))


async def _run() -> None:
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    settings = read_settings().model_copy(update={"send_rate_per_second": _UNLIMITED})
    async with contextlib.AsyncExitStack() as closing:
        database = Database(settings.database_url)
        closing.callback(database.close)
        await migrate_patiently(database)
        closing.callback(presence.enter(database))
        token = settings.bot_token.get_secret_value()
        connection = await closing.enter_async_context(connect(token, settings.bot_api_url))
        app = App(settings, _LIBRARY, database, connection, Clock(), pace_of=_no_pace)
        await app.start()
        closing.push_async_callback(app.stop)
        await told.wait()


if __name__ == "__main__":
    log.configure("warning", "text")
    run_loop(_run())
