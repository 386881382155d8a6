"""Long polling that acknowledges only what is committed: the offset moves on after the batch is handled."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.transport.handlers import ALLOWED_UPDATES
from bot.transport.request import retry_after_seconds
from bot.transport.updates import Updates
from db.engine import DatabaseUnavailable

log = structlog.get_logger()

POLL_SECONDS = 30
"""How long Telegram may hold an empty poll."""

BATCH = 100
"""Most updates in one answer (https://core.telegram.org/bots/api#getupdates)."""

PAUSE_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
"""Pauses after the first, second, … failure in a row; the last one repeats."""

QUIET_SECONDS = 6 * 24 * 3600
"""After a week without updates ids go on at random (https://core.telegram.org/bots/api#update), perhaps below our
offset; by then everything is acknowledged, so the offset is let go of."""


class Poller:
    """Fetches updates and hands them on."""

    def __init__(self, bot: Bot, updates: Updates, on_token_refused: Callable[[], None]) -> None:
        self._bot = bot
        self._updates = updates
        self._on_token_refused = on_token_refused
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled."""
        last_news = time.monotonic()
        while True:
            try:
                batch = await self._fetch()
                await self._handle(batch)
            except DatabaseUnavailable as error:
                await self._pause("database_unavailable", str(error))
                continue
            except (InvalidToken, Forbidden):
                self._on_token_refused()
                return
            except Conflict:
                await self._pause(
                    "second_poller", "another program polls with this token, or a webhook is set"
                )
                continue
            except RetryAfter as error:
                await asyncio.sleep(retry_after_seconds(error))
                continue
            except TelegramError as error:
                await self._pause("telegram_unreachable", type(error).__name__)
                continue
            except Exception as error:
                # Polling must go on whatever happens; the batch is not acknowledged and comes again.
                log.error("poll_failed", exc_info=error)
                await self._pause("poll_failed", type(error).__name__)
                continue
            self._failures = 0
            if batch:
                self._offset = max(update.update_id for update in batch) + 1
                last_news = time.monotonic()
            elif time.monotonic() - last_news > QUIET_SECONDS:
                self._offset = None

    async def _fetch(self) -> tuple[Update, ...]:
        return await self._bot.get_updates(
            offset=self._offset,
            limit=BATCH,
            timeout=POLL_SECONDS,
            allowed_updates=ALLOWED_UPDATES,
            read_timeout=POLL_SECONDS + 5,
        )

    async def _handle(self, batch: Sequence[Update]) -> None:
        """Handle a batch, one person's updates in order, different people's at once.

        Raises DatabaseUnavailable if any could not be stored; then the whole batch comes again, and what was
        stored of it is known by its ids.
        """
        by_person: dict[int, list[Update]] = defaultdict(list)
        for update in batch:
            by_person[update.effective_user.id if update.effective_user else 0].append(update)
        results = await asyncio.gather(
            *(self._handle_in_order(updates) for updates in by_person.values()), return_exceptions=True
        )
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def _handle_in_order(self, updates: Sequence[Update]) -> None:
        for update in updates:
            await self._updates.handle(update)

    async def _pause(self, event: str, reason: str) -> None:
        seconds = PAUSE_SECONDS[min(self._failures, len(PAUSE_SECONDS) - 1)]
        self._failures += 1
        log.warning(event, reason=reason, retry_seconds=seconds)
        await asyncio.sleep(seconds)
