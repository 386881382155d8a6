"""What stands behind a button: a verb and its arguments in at most 64 bytes, both ways."""

from dataclasses import dataclass

CALLBACK_DATA_BYTES = 64
"""Longest callback_data Telegram takes (https://core.telegram.org/bots/api#inlinekeyboardbutton)."""

_SEPARATOR = ":"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's verb and arguments as they were put in; they come from outside and prove nothing."""

    verb: str
    args: tuple[str, ...]

    def number(self, index: int) -> int | None:
        """The argument as a number from 0 to 2^63; None if it is missing or is no such number."""
        value = self.arg(index)
        if not (value.isascii() and value.isdigit()) or len(value) > 18:
            return None
        return int(value)

    def arg(self, index: int) -> str:
        """The argument, empty if missing."""
        return self.args[index] if index < len(self.args) else ""


def data(verb: str, *args: object) -> str:
    """Callback data for a button.

    Raises:
        ValueError: an argument holds the separator, or the whole is over 64 bytes; Telegram would refuse it.
    """
    parts = [verb, *(str(arg) for arg in args)]
    if any(_SEPARATOR in part for part in parts):
        raise ValueError("a button's argument must not hold the separator")
    whole = _SEPARATOR.join(parts)
    if len(whole.encode()) > CALLBACK_DATA_BYTES:
        raise ValueError(f"callback data of {len(whole.encode())} bytes")
    return whole


def parse(callback_data: str) -> Tap:
    """Take callback data apart. Never fails: whatever is unknown becomes a verb nobody handles."""
    verb, *args = callback_data.split(_SEPARATOR)
    return Tap(verb, tuple(args))
