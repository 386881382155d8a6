"""Telegram's flood limits as buckets: how many sends and edits a chat, and the bot as a whole, may take at once.

Telegram publishes the rates (core.telegram.org/bots/faq, "My bot is hitting limits") but not the bursts;
the bursts here are what bots commonly see. Real time counts, not the sandbox's clock.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many_requests

LONG_TEXT_UNITS = 2000
"""A longer text takes two places in the chat's bucket: Telegram slows long messages sooner."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket of ``burst`` places, refilled by ``per_second``."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The rates in force. Edits have buckets of their own in each chat but count in the whole."""

    private_send: Rate = Rate(3, 1)
    private_edit: Rate = Rate(20, 1)
    group_send: Rate = Rate(20, 20 / 60)
    group_edit: Rate = Rate(20, 20 / 60)
    overall: Rate = Rate(30, 30)


class FloodGate:
    """Lets calls through as `Limits` allow; None lets everything through."""

    def __init__(self, limits: Limits | None, monotonic: Callable[[], float]) -> None:
        self.limits = limits
        self._monotonic = monotonic
        self._buckets: dict[tuple[int, bool], tuple[float, float]] = {}

    def pass_send(self, chat_id: int, text_units: int = 0) -> None:
        """Count a new message. Raises `ApiError` 429 when a bucket is empty."""
        if self.limits is None:
            return
        rate = self.limits.private_send if chat_id > 0 else self.limits.group_send
        self._take((chat_id, False), rate, self.limits.overall, 2 if text_units > LONG_TEXT_UNITS else 1)

    def pass_edit(self, chat_id: int) -> None:
        """Count an edit. Raises `ApiError` 429 when a bucket is empty."""
        if self.limits is None:
            return
        rate = self.limits.private_edit if chat_id > 0 else self.limits.group_edit
        self._take((chat_id, True), rate, self.limits.overall, 1)

    def _take(self, key: tuple[int, bool], rate: Rate, whole: Rate, cost: float) -> None:
        """Take from the chat's bucket and from the whole, or from neither."""
        now = self._monotonic()
        whole_key = (0, False)
        chat_level = self._level(key, rate, now)
        whole_level = self._level(whole_key, whole, now)
        wait = max((cost - chat_level) / rate.per_second, (1 - whole_level) / whole.per_second)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._buckets[key] = (chat_level - cost, now)
        self._buckets[whole_key] = (whole_level - 1, now)

    def _level(self, key: tuple[int, bool], rate: Rate, now: float) -> float:
        """Places free in the bucket."""
        level, at = self._buckets.get(key, (rate.burst, now))
        return min(rate.burst, level + (now - at) * rate.per_second)
