"""The only reading of the time. The demo and the tests move it on; nothing else does."""

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
