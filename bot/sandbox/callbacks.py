"""Presses of inline buttons that wait for their answer."""

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import QUERY_TOO_OLD, bad_request
from bot.sandbox.state import Json


@dataclass(slots=True)
class _Press:
    at: float
    answer: asyncio.Future[Json]


class Callbacks:
    """Every press may be answered once, within `seconds` of real time; Telegram's real limit is about as short."""

    def __init__(self, seconds: float, monotonic: Callable[[], float], first_id: int) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._ids = itertools.count(first_id)
        self._presses: OrderedDict[str, _Press] = OrderedDict()

    def open(self) -> tuple[str, asyncio.Future[Json]]:
        """A fresh id, and the future that gets ``{"answered", "text", "show_alert", "url"}``."""
        now = self._monotonic()
        while self._presses and next(iter(self._presses.values())).at < now - self._seconds:
            self._presses.popitem(last=False)
        callback_id = str(next(self._ids))
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._presses[callback_id] = _Press(now, future)
        return callback_id, future

    def answer(self, callback_id: str, text: str | None, show_alert: bool, url: str | None) -> None:
        """Answer a press. Raises `ApiError` 400 when it is unknown, answered already or too old."""
        press = self._presses.pop(callback_id, None)
        if press is None or press.at < self._monotonic() - self._seconds:
            raise bad_request(QUERY_TOO_OLD)
        if not press.answer.done():
            press.answer.set_result({"answered": True, "text": text, "show_alert": show_alert, "url": url})
