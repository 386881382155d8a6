"""Starling's database work alone in a process of its own, which measures itself; it is told what to do line by line.

Commands come as JSON on standard input, one a line, and each is answered by a line of JSON.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psutil

from bot.clock import Clock
from bot.domain.terms import PersonId
from bot.scheduler import Scheduler
from bot.screens.buttons import Tap
from bot.usecases import history
from bot.usecases.library import Shelf
from bot.usecases.turn import Turn
from content.library import load_library
from db import people
from db.engine import Database


class Inside:
    """A database opened as Starling opens it, and its scheduler, with nobody to send to."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._shelf = Shelf(load_library(None))
        self._scheduler = Scheduler(self._database, self._shelf, Clock(), lambda: None)

    async def do(self, command: dict[str, Any]) -> dict[str, Any]:
        """Do one thing, in CPU seconds of this process."""
        work = {"tick": self._tick, "page": self._page, "search": self._search}[command["do"]]
        began, began_wall = time.process_time(), time.perf_counter()
        await work(command)
        cpu, wall = time.process_time() - began, time.perf_counter() - began_wall
        resident = psutil.Process(os.getpid()).memory_info().rss / 1e6
        return {"cpu": cpu, "wall": wall, "resident_mb": resident}

    async def _tick(self, _command: dict[str, Any]) -> None:
        await self._scheduler.tick()

    async def _page(self, command: dict[str, Any]) -> None:
        tap = Tap("h", (str(command["page"]),))
        await self._repeated(command, lambda turn: history.show_list(turn, tap))

    async def _search(self, command: dict[str, Any]) -> None:
        await self._repeated(command, lambda turn: history.open_history(turn, command["words"]))

    async def _repeated(self, command: dict[str, Any], use_case: Callable[[Turn], None]) -> None:
        for _ in range(command["times"]):
            await self._database.run(self._turn, PersonId(command["person"]), use_case)

    def _turn(self, tx: Any, person_id: PersonId, use_case: Callable[[Turn], None]) -> None:
        now = datetime.now(UTC)
        person = people.lock_or_add(tx, person_id, "en", now)
        turn = Turn(tx, self._shelf.library, now, person, "bench")
        use_case(turn)
        if not turn.letters:
            raise LookupError("nothing was shown")


async def _serve(url: str) -> None:
    inside = Inside(url)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(await inside.do(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
