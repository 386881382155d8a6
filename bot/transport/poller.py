"""Long polling that acknowledges only what is committed: the offset moves on after the batch is handled."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.transport.client import Client
from bot.transport.incoming import ALLOWED_UPDATES
from bot.transport.request import retry_after_seconds
from bot.transport.updates import Updates, read_update
from db.engine import DatabaseUnavailable

log = structlog.get_logger()

POLL_SECONDS = 30
"""How long Telegram may hold an empty poll."""

BATCH = 100
"""Most updates in one answer (https://core.telegram.org/bots/api#getupdates)."""

PAUSE_SECONDS = (0.5, 1.0, 2.0, 3.0, 5.0)
"""Pauses after the first, second, … failure in a row; the last one repeats. It is short, because after an outage
people wait on the other side, and a refused call every five seconds costs nobody anything."""

QUIET_SECONDS = 6 * 24 * 3600
"""After a week without updates ids go on at random (https://core.telegram.org/bots/api#update), perhaps below our
offset; by then everything is acknowledged, so the offset is let go of."""


class Poller:
    """Fetches updates and hands them on."""

    def __init__(
        self,
        bot: Client,
        updates: Updates,
        on_token_refused: Callable[[], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._bot = bot
        self._updates = updates
        self._on_token_refused = on_token_refused
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled."""
        last_news = self._monotonic()
        while True:
            try:
                batch = await self._fetch()
                await self._handle([update for data in batch if (update := read_update(data, self._bot))])
                next_offset = _offset_after(batch)
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
                self._offset = next_offset
                last_news = self._monotonic()
            elif self._monotonic() - last_news > QUIET_SECONDS:
                self._offset = None

    async def _fetch(self) -> list[Any]:
        return await self._bot.fetch_updates(
            offset=self._offset,
            limit=BATCH,
            timeout_seconds=POLL_SECONDS,
            allowed=ALLOWED_UPDATES,
            read_seconds=POLL_SECONDS + 5,
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


def _offset_after(batch: Sequence[Any]) -> int | None:
    """The offset that acknowledges the batch, whether its updates can be read or not; None if it is empty.

    Raises:
        NetworkError: it holds no id at all, so that it would come again at once.
    """
    ids = [
        data["update_id"]
        for data in batch
        if isinstance(data, dict) and isinstance(data.get("update_id"), int)
    ]
    if batch and not ids:
        raise NetworkError("updates without ids")
    return max(ids, default=-1) + 1 or None
