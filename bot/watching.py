"""Takes up changed packs of CONTENT_DIR while the program runs. Every process watches for itself.

The whole set has to be valid; else the one before stays in force, and the admins are told, once by whichever process
is first.
"""

import asyncio
import hashlib
from collections.abc import Callable, Collection
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.domain.terms import PersonId
from bot.screens import content as screen
from bot.usecases import letters
from bot.usecases.library import Shelf
from content.library import load_library
from content.problems import ContentError
from db import duty, notices, outbox
from db.engine import Database, DatabaseUnavailable, Transaction

log = structlog.get_logger()

LOOK_SECONDS = 2.0
"""Between two looks at the folder. What has changed is read when the next look finds it as it was, so that no file is
read of which only half is written yet."""

_NOTICE = "content:"

State = tuple[tuple[str, int, int, int], ...] | None
"""Name, time of change, size and inode of each file; None if the folder cannot be looked at."""


class ContentWatch:
    """Looks at one folder; ``on_letters`` is told when letters were put into the outbox."""

    def __init__(
        self,
        folder: Path,
        shelf: Shelf,
        database: Database,
        clock: Clock,
        admin_ids: Collection[int],
        on_letters: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._shelf = shelf
        self._database = database
        self._clock = clock
        self._admin_ids = sorted(admin_ids)
        self._on_letters = on_letters
        self._read = self._seen = _state(folder)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except DatabaseUnavailable as error:
                log.warning("database_unavailable", reason=str(error))
            except Exception as error:
                # Whatever it is, the packs from before are in force and the next look tries again.
                log.error("content_watch_failed", exc_info=error)

    async def look(self) -> None:
        """Look once: what has changed, and not since the look before, is taken up or refused.

        Raises:
            DatabaseUnavailable: the admins could not be told; the next look tries again.
        """
        before, self._seen = self._seen, await asyncio.to_thread(_state, self._folder)
        if self._seen in (self._read, None) or self._seen != before:
            return
        try:
            library = await asyncio.to_thread(load_library, self._folder)
        except ContentError as error:
            log.warning("content_refused", problems=len(error.problems))
            if await self._database.run(self._tell, error):
                self._on_letters()
        else:
            self._shelf.library = library
            log.info("content_taken_up", questions=len(library.askable()))
            await self._database.run(notices.forget, _NOTICE)
        self._read = self._seen

    def _tell(self, tx: Transaction, error: ContentError) -> bool:
        digest = hashlib.sha256(str(error).encode("utf-8", "replace")).hexdigest()
        now = self._clock.now()
        if not self._admin_ids or not notices.is_news(tx, f"{_NOTICE}{digest}", now):
            return False
        message = screen.refused(error.problems)
        told = [
            letters.send(f"{_NOTICE}{digest[:16]}:{int(now.timestamp())}:{admin}", PersonId(admin), message)
            for admin in self._admin_ids
        ]
        outbox.add(tx, told, now, now)
        duty.announce(tx)
        return True


def _state(folder: Path) -> State:
    try:
        found = [(entry.name, entry.stat()) for entry in folder.iterdir()]
    except OSError:
        return None
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size, stat.st_ino) for name, stat in found))
