"""What waits to go to one chat: in order, without what a later message makes needless. Nothing here sends."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.transport.limits import ChatPace
from bot.usecases.letters import Kind, unpack
from db.outbox import Letter

CHANGES = frozenset({Kind.EDIT, Kind.KEYBOARD})
"""Kinds that change a message instead of bringing one."""


@dataclass(slots=True)
class ChatQueue:
    """One chat's letters held by this process, oldest first.

    ``put_off`` are ids given back to the outbox until ``put_off_until``; a new letter of the chat goes the same
    way, lest it overtake them. ``failures`` counts the tries in a row that got no answer for the first letter.
    """

    pace: ChatPace
    letters: deque[Letter] = field(default_factory=deque)
    last_id: int | None = None  # of the letter before
    failures: int = 0
    put_off: set[int] = field(default_factory=set)
    put_off_until: datetime | None = None

    def is_needless(self, letter: Letter) -> bool:
        """Whether one of the letters behind the first makes it needless."""
        return any(_overtakes(later, letter) for later in self._behind(letter))

    def is_forgotten(self, now: float) -> bool:
        """Whether nothing about this chat need be kept; ``now`` in seconds of a monotonic clock."""
        return not self.letters and not self.put_off and self.pace.is_idle(now)

    def _behind(self, letter: Letter) -> Iterable[Letter]:
        return (later for later in self.letters if later.id > letter.id)


def _overtakes(later: Letter, letter: Letter) -> bool:
    """Whether a person who gets ``later`` misses nothing without ``letter``: both say where things stand, or the
    same, or change the same message."""
    if letter.kind in CHANGES:
        if later.kind not in CHANGES or (later.kind == Kind.KEYBOARD and letter.kind == Kind.EDIT):
            return False
        return unpack(later.payload).message_id == unpack(letter.payload).message_id
    if letter.kind == Kind.STANDING:
        return later.kind == Kind.STANDING
    return later.kind == letter.kind and later.payload == letter.payload
