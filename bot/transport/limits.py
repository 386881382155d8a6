"""How fast Telegram lets a bot send, and waiting accordingly. Nothing here sends."""

import asyncio
import heapq
from collections.abc import Callable
from dataclasses import dataclass

OVERALL_PER_SECOND = 30.0
"""Messages a second to all chats together (https://core.telegram.org/bots/faq, "My bot is hitting limits")."""

CHAT_PER_SECOND = 0.95
"""Messages a second to one chat in the long run (same page: one a second), less a margin for uneven travel times."""

CHAT_BURST = 3.0
"""Messages to one chat that may go at once (same page: short bursts over the limit are allowed; no figure is given)."""

EDIT_BURST = 10.0
"""Edits in one chat that may go at once; Telegram names no figure and bots see edits limited less than messages."""

GROUP_PER_MINUTE = 19.0
"""Messages a minute to one group (same page: 20), less a margin."""

LONG_UNITS = 2000
"""A text from this length on counts as `LONG_COST` messages: Telegram answers long texts with 429 sooner."""

LONG_COST = 2.0

_OVERALL_BURST = 3.0  # absorbs late timers; small, so that no second holds noticeably more than its share


class Pace:
    """A rate with a small burst (GCRA): how long the next message has to wait.

    ``now`` values are seconds of a monotonic clock; a message's ``cost`` is how many it counts as, at most the burst.
    """

    __slots__ = ("_burst", "_free_at", "_interval")

    def __init__(self, per_second: float, burst: float) -> None:
        self._interval = 1.0 / per_second
        self._burst = burst
        self._free_at = 0.0

    def wait_seconds(self, now: float, cost: float = 1.0) -> float:
        """How long a message must wait; 0 if it may go."""
        return max(0.0, self._free_at + (cost - self._burst) * self._interval - now)

    def take(self, now: float, cost: float = 1.0) -> None:
        """Count a message that goes now."""
        self._free_at = max(self._free_at, now) + cost * self._interval

    def stop(self, until: float) -> None:
        """Let nothing go before then."""
        self._free_at = max(self._free_at, until + (self._burst - 1.0) * self._interval)

    def is_idle(self, now: float) -> bool:
        """Whether this pace has forgotten everything and need not be kept."""
        return self._free_at <= now


class Gate:
    """Lets messages through at the overall rate, lower lanes first, in the order of asking within a lane."""

    def __init__(self, per_second: float, now: Callable[[], float]) -> None:
        self._pace = Pace(per_second, _OVERALL_BURST)
        self._now = now
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._asked = 0
        self._timer: asyncio.TimerHandle | None = None

    async def enter(self, lane: int) -> None:
        """Wait until a message of that lane may go."""
        if not self._waiting and self._pace.wait_seconds(self._now()) == 0:
            self._pace.take(self._now())
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asked += 1
        heapq.heappush(self._waiting, (lane, self._asked, future))
        self._schedule()
        await future

    def stop(self, seconds: float) -> None:
        """Let nothing through for that long."""
        self._pace.stop(self._now() + seconds)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._schedule()

    def _schedule(self) -> None:
        if self._timer is None and self._waiting:
            delay = self._pace.wait_seconds(self._now())
            self._timer = asyncio.get_running_loop().call_later(delay, self._let_through)

    def _let_through(self) -> None:
        self._timer = None
        now = self._now()
        while self._waiting and self._pace.wait_seconds(now) == 0:
            _lane, _order, future = heapq.heappop(self._waiting)
            if not future.done():
                self._pace.take(now)
                future.set_result(None)
        self._schedule()


@dataclass(slots=True)
class ChatPace:
    """The paces of one chat: new messages, and edits, which Telegram counts apart."""

    messages: Pace
    edits: Pace

    @classmethod
    def of(cls, chat_id: int) -> "ChatPace":
        """For a private chat, or a group, whose id is negative."""
        per_second = GROUP_PER_MINUTE / 60.0 if chat_id < 0 else CHAT_PER_SECOND
        return cls(Pace(per_second, CHAT_BURST), Pace(per_second, EDIT_BURST))

    def stop(self, until: float) -> None:
        """Let nothing go to this chat before then."""
        self.messages.stop(until)
        self.edits.stop(until)

    def is_idle(self, now: float) -> bool:
        """Whether nothing of the past counts any more."""
        return self.messages.is_idle(now) and self.edits.is_idle(now)
