"""The connection to a Bot API server: opened once, checked with getMe, closed at the end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from telegram import Bot, BotCommand
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.transport.client import Client
from bot.transport.incoming import ALLOWED_UPDATES
from bot.transport.request import AiohttpRequest, retry_after_seconds

log = structlog.get_logger()

PAUSE_SECONDS = (1.0, 2.0, 5.0)
"""Pauses between tries to reach the server at start; the last one repeats."""

CONNECTIONS = 40
"""Simultaneous webhook deliveries asked of Telegram (its default, https://core.telegram.org/bots/api#setwebhook)."""


class BadToken(Exception):
    """Telegram does not know the token."""


class WebhookRefused(Exception):
    """Telegram refuses the webhook's address; the text is Telegram's reason."""


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection; ``bot`` knows its own name."""

    bot: Client


@contextlib.asynccontextmanager
async def connect(token: str, api_url: str) -> AsyncIterator[Connection]:
    """Open the connection, trying again while the server cannot be reached.

    Raises:
        BadToken: the token is refused.
    """
    bot = _bot(token, api_url)
    await _initialize(bot)
    try:
        yield Connection(bot)
    finally:
        with contextlib.suppress(TelegramError):
            await bot.shutdown()


async def use_webhook(bot: Bot, url: str, secret: str) -> None:
    """Have updates delivered to that address."""
    try:
        await _patiently(
            lambda: bot.set_webhook(
                url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=CONNECTIONS
            )
        )
    except BadRequest as error:
        raise WebhookRefused(error.message) from None


async def use_polling(bot: Bot) -> None:
    """Have updates kept until they are asked for; what waits is kept."""
    await _patiently(bot.delete_webhook)


async def try_once(token: str, api_url: str) -> str:
    """The bot's username.

    Raises:
        BadToken: the token is refused.
        ConnectionError: the server cannot be reached.
    """
    bot = _bot(token, api_url)
    try:
        await bot.initialize()
    except (InvalidToken, Forbidden):
        raise BadToken from None
    except TelegramError as error:
        raise ConnectionError(type(error).__name__) from None
    else:
        return bot.username
    finally:
        await bot.shutdown()


async def introduce(bot: Bot, commands: Sequence[tuple[str, str]], description: str, short: str) -> None:
    """Tell Telegram what people see before they write: the command menu and the descriptions.

    Only what differs is sent, as Telegram limits these calls to a few a day. A failure is logged, no more.
    """
    try:
        wanted = tuple(BotCommand(name, line) for name, line in commands)
        if await bot.get_my_commands() != wanted:
            await bot.set_my_commands(wanted)
        if (await bot.get_my_description()).description != description:
            await bot.set_my_description(description)
        if (await bot.get_my_short_description()).short_description != short:
            await bot.set_my_short_description(short)
    except TelegramError as error:
        log.warning("introduction_failed", reason=type(error).__name__)


def _bot(token: str, api_url: str) -> Client:
    try:
        return Client(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(connections=2),
        )
    except InvalidToken:
        raise BadToken from None


async def _initialize(bot: Bot) -> None:
    try:
        await _patiently(bot.initialize)
    except (InvalidToken, Forbidden):
        await bot.shutdown()
        raise BadToken from None


async def _patiently(call: Callable[[], Awaitable[object]]) -> None:
    """Call until the server answers; a refusal that will not change is raised."""
    tries = 0
    while True:
        try:
            await call()
        except (InvalidToken, Forbidden, BadRequest):
            raise
        except TelegramError as error:
            pause = PAUSE_SECONDS[min(tries, len(PAUSE_SECONDS) - 1)]
            seconds = retry_after_seconds(error) if isinstance(error, RetryAfter) else pause
            log.warning("telegram_unreachable", reason=type(error).__name__, retry_seconds=seconds)
            await asyncio.sleep(seconds)
            tries += 1
        else:
            return
