"""The offset that the poller asks with; what comes is handled by `updates`."""

import asyncio
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.transport.poller import QUIET_SECONDS, Poller, _offset_after


class _Telegram:
    """Answers each call with the next batch and lets that much time pass; notes the offsets; then stands still."""

    username = "starling_bot"

    def __init__(self, *batches: tuple[float, list[Any]]) -> None:
        self.offsets: list[int | None] = []
        self.now = 0.0
        self.done = asyncio.Event()
        self._batches = iter(batches)

    async def fetch_updates(self, *, offset: int | None, **_more: Any) -> list[Any]:
        self.offsets.append(offset)
        seconds, batch = next(self._batches, (0.0, None))
        self.now += seconds
        if batch is None:
            self.done.set()
            await asyncio.get_running_loop().create_future()
        assert batch is not None
        return batch


class _Handled:
    def __init__(self) -> None:
        self.ids: list[int] = []

    async def handle(self, update: Any) -> None:
        self.ids.append(update.update_id)


async def _offsets(telegram: _Telegram) -> tuple[list[int | None], list[int]]:
    handled = _Handled()
    poller = Poller(telegram, handled, lambda: None, monotonic=lambda: telegram.now)  # type: ignore[arg-type]
    task = asyncio.create_task(poller.run())
    async with asyncio.timeout(5):
        await telegram.done.wait()
    task.cancel()
    return telegram.offsets, handled.ids


async def test_batch_is_acknowledged_by_the_next_call() -> None:
    """The offset is one more than the highest id, in whatever order they came."""
    offsets, handled = await _offsets(
        _Telegram((1.0, [{"update_id": 7}, {"update_id": 9}, {"update_id": 8}]))
    )
    assert offsets == [None, 10]
    assert handled == [7, 9, 8]


async def test_offset_is_let_go_after_a_quiet_week() -> None:
    """Ids may go on anywhere then, even just below the offset, where an offset would drop them unseen."""
    quiet = [(QUIET_SECONDS / 2 + 1, list[Any]())] * 2
    offsets, handled = await _offsets(
        _Telegram((1.0, [{"update_id": 50}]), *quiet, (1.0, [{"update_id": 47}]))
    )
    assert offsets == [None, 51, 51, None, 48]
    assert handled == [50, 47]


async def test_offset_is_kept_through_a_shorter_quiet() -> None:
    """Before that, the offset is what acknowledges the last batch."""
    offsets, _handled = await _offsets(_Telegram((1.0, [{"update_id": 50}]), (QUIET_SECONDS - 1, [])))
    assert offsets == [None, 51, 51]


async def test_unreadable_update_is_acknowledged_with_the_rest() -> None:
    """It would come again for ever."""
    offsets, handled = await _offsets(
        _Telegram((1.0, [{"update_id": 5, "message": 7}, {"update_id": 4}, "x"]))
    )
    assert offsets == [None, 6]
    assert handled == [4]


def test_batch_without_ids_is_an_error() -> None:
    """There is nothing to acknowledge it with, so the caller must pause before it asks again."""
    assert _offset_after([]) is None
    with pytest.raises(NetworkError):
        _offset_after([{}, 7])
