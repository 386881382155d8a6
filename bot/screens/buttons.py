"""What stands behind a button: a verb and its arguments in at most 64 bytes, both ways."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.screens.message import Button, Rows

T = TypeVar("T")

CALLBACK_DATA_BYTES = 64
"""Longest callback_data Telegram takes (https://core.telegram.org/bots/api#inlinekeyboardbutton)."""

LISTED = 20
"""Most entries of a list of buttons; more are turned over to, for Telegram takes 100 buttons and a phone shows ten."""

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


def listed(entries: Sequence[T], page: int, turn_to: Callable[[int], str]) -> tuple[Sequence[T], Rows]:
    """The entries on that page (from 0, the last one if there is none such), and the row that turns the pages.

    ``turn_to`` gives the callback data of a page. With a single page there is no row.
    """
    last = max(0, (len(entries) - 1) // LISTED)
    page = min(page, last)
    turns = []
    if page > 0:
        turns.append(Button("‹ Back", turn_to(page - 1)))
    if page < last:
        turns.append(Button("More ›", turn_to(page + 1)))
    return entries[page * LISTED : (page + 1) * LISTED], ((tuple(turns),) if turns else ())
