"""What a chat page is told as it happens: one bounded log a person, read by any number of listeners."""

import asyncio
from collections import deque
from typing import Any

EVENTS_KEPT = 500
"""A page that was away for longer than this loads the messages anew."""


class EventLog:
    """The last events of one person, numbered from 1."""

    __slots__ = ("_events", "_waiting", "last_id", "watched")

    def __init__(self) -> None:
        self.last_id = 0
        self.watched = False
        self._events: deque[tuple[int, dict[str, Any]]] = deque(maxlen=EVENTS_KEPT)
        self._waiting: set[asyncio.Future[None]] = set()

    def add(self, event: dict[str, Any]) -> None:
        """Append `event` and wake who listens."""
        self.last_id += 1
        self._events.append((self.last_id, event))
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    def after(self, event_id: int) -> list[tuple[int, dict[str, Any]]]:
        """Events with a higher id, oldest first.

        An id from the future comes from a page that outlived a restart: it gets all there is.
        """
        if event_id > self.last_id:
            event_id = 0
        if event_id == self.last_id:
            return []
        return [entry for entry in self._events if entry[0] > event_id]

    async def wait(self, event_id: int, seconds: float) -> list[tuple[int, dict[str, Any]]]:
        """As `after`, but waits up to `seconds` for the first; empty when none came."""
        ready = self.after(event_id)
        if ready:
            return ready
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            return []
        finally:
            self._waiting.discard(future)
        return self.after(event_id)
