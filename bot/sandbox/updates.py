"""The queue of updates: ids, which kinds are wanted, long polling and its confirmations.

Pushing updates to the bot is the job of `webhook`.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from bot.sandbox.errors import POLL_TERMINATED, ApiError
from bot.sandbox.state import Json

_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT_KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
KINDS = DEFAULT_KINDS | _NOT_BY_DEFAULT
"""Kinds sent when allowed_updates is empty (Bot API, getUpdates), as far as they occur here."""

CONFLICT_PAUSE_SECONDS = 3.0
"""A second conflict within this time is answered so much later, which stops two pollers from spinning
(telegram-bot-api, fail_query_conflict)."""

OFFSET_AHEAD_ALLOWED = 10
"""An offset further beyond the last update is taken as if none were given (tdlib, TQueue)."""


@dataclass(slots=True)
class Update:
    """One update: ``body`` as delivered; those of one ``chat_id`` are delivered in order."""

    id: int
    body: Json
    chat_id: int
    twice: bool = False


class UpdateQueue:
    """Updates that the bot has not confirmed yet, oldest first."""

    def __init__(self, first_id: int, monotonic: Callable[[], float]) -> None:
        self.pending: OrderedDict[int, Update] = OrderedDict()
        self.allowed: frozenset[str] = DEFAULT_KINDS
        self.on_new: Callable[[Update], None] | None = None
        self.duplicate_next = 0
        self._next_id = first_id
        self._monotonic = monotonic
        self._repeats: deque[Update] = deque()
        self._poll: asyncio.Future[None] | None = None
        self._conflict_at = -CONFLICT_PAUSE_SECONDS

    def add(self, kind: str, payload: Json, chat_id: int) -> None:
        """Queue an update of this kind, unless the bot does not want the kind, and wake who waits."""
        if kind not in self.allowed:
            return
        update = Update(self._next_id, {"update_id": self._next_id, kind: payload}, chat_id)
        self._next_id += 1
        if self.duplicate_next > 0:
            self.duplicate_next -= 1
            update.twice = True
        self.pending[update.id] = update
        if self.on_new is not None:
            self.on_new(update)
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def allow(self, kinds: list[str] | None) -> None:
        """Set which kinds are wanted: None keeps what was set, an empty list means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or DEFAULT_KINDS

    def clear(self) -> None:
        """Forget all updates."""
        self.pending.clear()
        self._repeats.clear()

    async def get(self, offset: int, limit: int, timeout_seconds: float) -> list[Json]:
        """Up to `limit` updates from `offset` on; waits when there are none.

        A positive offset confirms all updates before it, a negative one all but the last ones.

        Raises:
            ApiError: 409, another call took over.

        """
        self._confirm(offset)
        ready = self._first(limit)
        if ready or timeout_seconds <= 0:
            return ready
        self.abort_poll(POLL_TERMINATED)
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        try:
            async with asyncio.timeout(timeout_seconds):
                await poll
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        return self._first(limit)

    def abort_poll(self, description: str) -> None:
        """Answer a waiting getUpdates with 409 and `description`."""
        poll, self._poll = self._poll, None
        if poll is None or poll.done():
            return
        now = self._monotonic()
        if now >= self._conflict_at + CONFLICT_PAUSE_SECONDS:
            self._conflict_at = now
            poll.set_exception(ApiError(409, description))
        else:
            poll.get_loop().call_later(CONFLICT_PAUSE_SECONDS, _fail, poll, ApiError(409, description))

    def _confirm(self, offset: int) -> None:
        pending = self.pending
        if offset < 0:
            while len(pending) > -offset:
                pending.popitem(last=False)
        elif offset <= self._next_id + OFFSET_AHEAD_ALLOWED:
            while pending and next(iter(pending)) < offset:
                _, update = pending.popitem(last=False)
                if update.twice:
                    update.twice = False
                    self._repeats.append(update)

    def _first(self, limit: int) -> list[Json]:
        repeats = [self._repeats.popleft().body for _ in range(min(limit, len(self._repeats)))]
        return repeats + [update.body for update in islice(self.pending.values(), limit - len(repeats))]


def _fail(poll: asyncio.Future[None], error: ApiError) -> None:
    if not poll.done():
        poll.set_exception(error)
