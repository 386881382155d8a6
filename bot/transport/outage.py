"""How long to wait after calls that got no answer: all chats together, or one whose letter is the trouble."""

from collections.abc import Callable

from bot.transport.queue import ChatQueue

PAUSE_SECONDS = (0.5, 1.0, 2.0, 3.0, 5.0)
"""Pauses after the first, second, … failure in a row to reach the server; the last one repeats. It is short, because
after an outage people wait on the other side."""


class Outage:
    """Counts failures in a row. Calls that were under way together fail together: that is one failure."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._failures = 0
        self._until = 0.0

    def over(self) -> None:
        """A call got through."""
        self._failures = 0

    def pause_seconds(self, chat: ChatQueue) -> tuple[float, bool]:
        """How long the chat must wait after a failure, and whether all others must too.

        Not if a call of theirs got through since this chat's last failure: then it is this letter that fails.
        """
        now = self._now()
        if now < self._until:
            return self._until - now, True
        is_alone = chat.failures > 0 and self._failures == 0
        count = chat.failures if is_alone else self._failures
        pause = PAUSE_SECONDS[min(count, len(PAUSE_SECONDS) - 1)]
        chat.failures += 1
        if not is_alone:
            self._failures += 1
            self._until = now + pause
        return pause, not is_alone
