"""The only reading of the time. The demo and the tests move it on; nothing else does."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC, the machine's time plus what it was moved by."""

    def __init__(self) -> None:
        self._moved = timedelta()

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC) + self._moved

    def move_on(self, by: timedelta) -> None:
        """Let it be later by that much.

        Raises:
            ValueError: time would go backwards.
        """
        if by < timedelta():
            raise ValueError("time is only moved on")
        self._moved += by


class SetBack:
    """Notices that the machine's clock was set back, as against time going by."""

    MORE_THAN = timedelta(seconds=5)
    """Less is no harm."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = self._since()

    def noticed(self) -> bool:
        """Whether that happened since the last call."""
        before, self._began = self._began, self._since()
        return self._began < before - self.MORE_THAN

    def _since(self) -> datetime:
        """The moment, by the clock of now, from which the monotonic clock counts; it moves only with the clock."""
        return self._clock.now() - timedelta(seconds=time.monotonic())
