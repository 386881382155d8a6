"""The webhook: 200 only after the commit, so that Telegram repeats what was not stored."""

import hmac
import json
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from telegram import Bot

from bot.transport.updates import Updates, read_update
from db.engine import DatabaseUnavailable

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


def handler(bot: Bot, updates: Updates, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The request handler; the secret is compared in constant time."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            data = json.loads(await request.read())
        except (ValueError, RecursionError):
            data = None
        update = read_update(data, bot)
        if update is None:
            # Telegram would repeat it after anything else than 200.
            return web.Response()
        try:
            await updates.handle(update)
        except DatabaseUnavailable as error:
            log.warning("database_unavailable", reason=str(error))
            return web.Response(status=500)
        return web.Response()

    return receive
