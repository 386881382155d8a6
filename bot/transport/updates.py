"""One update = one transaction: remember it, lock the person's row, run the use case, store the replies, commit.

Only then is anything sent. This is the edge: the one broad `except` of the conversation is here.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, replace
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import BadRequest, TelegramError

from bot.clock import Clock
from bot.domain.terms import PersonId
from bot.metrics import UPDATE_SECONDS, UPDATES
from bot.screens import general
from bot.transport import incoming
from bot.transport.client import Client
from bot.transport.incoming import Attached, Incoming
from bot.transport.sender import Sender
from bot.usecases import letters, packs, reach
from bot.usecases.library import Shelf
from bot.usecases.turn import Turn
from content.private import FILE_BYTES_MAX, read_private
from db import duty, outbox, people, updates
from db.engine import Database, DatabaseUnavailable, Transaction
from db.outbox import LEASE, Letter, NewLetter

log = structlog.get_logger()

ALBUMS_KNOWN = 100
"""Albums (https://core.telegram.org/bots/api#message, media_group_id) of which one photo was answered; the others
come as updates of their own right behind it and are not answered again, or once more by another process."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What an update led to, for after the commit."""

    stored: tuple[Letter, ...] = ()
    toast: str = ""
    repeated: bool = False


def read_update(data: Any, bot: Bot) -> Update | None:
    """An update from its JSON; None, and a line in the log, for what has another shape.

    Such an update must not come again, as it would for ever, and behind it all others.
    """
    try:
        update = Update.de_json(data, bot)
    except Exception as error:
        # Whatever the library makes of it; the error's text would quote it.
        log.error("update_unreadable", exc_info=error)
        return None
    if not isinstance(update.update_id, int):
        log.error("update_unreadable")
        return None
    return update


class Updates:
    """Handles updates; several at once, but one person's in order."""

    def __init__(
        self,
        bot: Client,
        database: Database,
        shelf: Shelf,
        clock: Clock,
        sender: Sender,
        allowed: Collection[int],
    ) -> None:
        self._bot = bot
        self._database = database
        self._shelf = shelf
        self._clock = clock
        self._sender = sender
        self._allowed = frozenset(allowed)
        self._albums: deque[str] = deque(maxlen=ALBUMS_KNOWN)
        self._locks: dict[PersonId, tuple[asyncio.Lock, int]] = {}

    async def handle(self, update: Update) -> None:
        """Handle one update; return when it is committed. One seen before does nothing.

        Raises:
            DatabaseUnavailable: it is not stored and must come again.
        """
        began = time.monotonic()
        update_id = update.update_id
        incoming = self._read(update)
        if incoming is None:
            UPDATES.labels(outcome="ignored").inc()
            return
        async with self._in_order(incoming.group_id or incoming.person_id):
            if incoming.album in self._albums:
                return
            if incoming.attached is not None:
                incoming = await self._with_file(incoming, incoming.attached)
            done = await self._handle(update_id, incoming)
            if incoming.album is not None:
                self._albums.append(incoming.album)
        self._sender.hand(done.stored)
        if incoming.callback_id is not None:
            self._sender.answer_tap(incoming.callback_id, done.toast)
        UPDATES.labels(outcome="repeated" if done.repeated else "done").inc()
        UPDATE_SECONDS.observe(time.monotonic() - began)

    def _read(self, update: Update) -> Incoming | None:
        try:
            return incoming.read(update, self._bot.username)
        except Exception as error:
            # Nobody knows whose it is, so nobody can be told.
            log.error("update_unreadable", update_id=update.update_id, exc_info=error)
            return None

    async def _with_file(self, incoming: Incoming, attached: Attached) -> Incoming:
        """The same with what is to be done with its file. It is fetched and checked outside of any transaction."""
        if self._allowed and incoming.person_id not in self._allowed:
            return incoming
        try:
            raw = await self._bot.fetch_file(attached.file_id, FILE_BYTES_MAX)
        except BadRequest as error:
            # Telegram's word for more than it hands to bots; anything else is a file that is gone.
            is_large = "too big" in error.message
            return replace(incoming, work=packs.refuse_size if is_large else packs.tell_not_fetched)
        except TelegramError as error:
            log.warning("file_not_fetched", reason=type(error).__name__)
            return incoming
        if len(raw) > FILE_BYTES_MAX:
            return replace(incoming, work=packs.refuse_size)
        sent = await asyncio.to_thread(read_private, attached.filename, raw)
        return replace(incoming, work=lambda turn: packs.receive(turn, sent))

    async def _handle(self, update_id: int, incoming: Incoming) -> _Done:
        try:
            return await self._database.run(self._process, update_id, incoming)
        except DatabaseUnavailable:
            UPDATES.labels(outcome="unavailable").inc()
            raise
        except Exception as error:
            log.error("update_failed", update_id=update_id, exc_info=error)
            UPDATES.labels(outcome="failed").inc()
        try:
            return await self._database.run(self._apologise, update_id, incoming)
        except DatabaseUnavailable:
            raise
        except Exception as error:
            # Not even that can be stored, as with ids that no column holds; coming again would not help.
            log.error("apology_failed", update_id=update_id, exc_info=error)
            return _Done()

    def _process(self, tx: Transaction, update_id: int, incoming: Incoming) -> _Done:
        now = self._clock.now()
        if not updates.remember(tx, update_id, now):
            return _Done(repeated=True)
        if incoming.group_id is not None:
            reply = letters.send(f"u{update_id}", incoming.group_id, general.in_group(self._bot.username))
            return self._stored(tx, [reply])
        if self._allowed and incoming.person_id not in self._allowed:
            reply = letters.send(f"u{update_id}", incoming.person_id, general.not_allowed())
            return self._stored(tx, [reply] if incoming.is_new else [])
        if incoming.is_new:
            person = people.lock_or_add(tx, incoming.person_id, incoming.language_code, now)
        else:
            known = people.lock(tx, incoming.person_id)
            if known is None:
                return _Done()
            person = known
        library = packs.library_of(tx, self._shelf.library, person)
        turn = Turn(tx, library, now, person, f"u{update_id}", message_id=incoming.message_id)
        if incoming.is_new:
            reach.came_back(turn)
        incoming.work(turn)
        done = self._stored(tx, turn.letters)
        return _Done(done.stored, turn.toast)

    def _apologise(self, tx: Transaction, update_id: int, incoming: Incoming) -> _Done:
        """After a bug: remember the update, lest it come again for ever, and say that it was not taken."""
        if not updates.remember(tx, update_id, self._clock.now()):
            return _Done(repeated=True)
        if incoming.callback_id is not None or not incoming.is_new:
            return _Done(toast=general.FAILED_NOTICE)
        return self._stored(tx, [letters.send(f"u{update_id}", incoming.person_id, general.FAILED)])

    def _stored(self, tx: Transaction, new: list[NewLetter]) -> _Done:
        """Store the letters: claimed, if this process sends them right after the commit, else for who is on duty."""
        if not new:
            return _Done()
        now = self._clock.now()
        if self._sender.takes_directly:
            return _Done(outbox.add(tx, new, now, now + LEASE))
        outbox.add(tx, new, now, now)
        duty.announce(tx)
        return _Done()

    @contextlib.asynccontextmanager
    async def _in_order(self, person_id: PersonId) -> AsyncIterator[None]:
        """One at a time for each person, first come first served."""
        lock, users = self._locks.get(person_id, (asyncio.Lock(), 0))
        self._locks[person_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            users = self._locks[person_id][1] - 1
            if users:
                self._locks[person_id] = (lock, users)
            else:
                del self._locks[person_id]
