"""APScheduler with a few interval jobs for all people together; never a job for one person.

Whether a push is due is decided by rows and their times, so a tick that is late, missed or doubled does no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.metrics import PUSHES
from bot.usecases import push
from bot.usecases.library import Shelf
from db import answers, search, updates
from db.engine import Database, DatabaseUnavailable, Transaction

log = structlog.get_logger()

TICK_SECONDS = 5
HOUSEKEEPING_SECONDS = 3600
UPDATES_KEPT = timedelta(days=3)
"""Telegram repeats an update for 24 hours at most (https://core.telegram.org/bots/api#getting-updates)."""

DELETED_KEPT = timedelta(days=7)
"""How long a deleted answer can be brought back."""


class Scheduler:
    """Runs the tick and the housekeeping; ``on_pushes`` is told when letters were put into the outbox."""

    def __init__(self, database: Database, shelf: Shelf, clock: Clock, on_pushes: Callable[[], None]) -> None:
        self._database = database
        self._shelf = shelf
        self._clock = clock
        self._on_pushes = on_pushes
        self._catching_up: asyncio.TimerHandle | None = None
        self._jobs = AsyncIOScheduler(
            timezone="UTC",
            # The default grace of one second would drop a tick that a busy moment delayed.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin, with a tick at once, for what came due while nothing ran."""
        now = datetime.now(self._jobs.timezone)
        self._jobs.add_job(self.tick, "interval", seconds=TICK_SECONDS, next_run_time=now)
        self._jobs.add_job(self.keep_house, "interval", seconds=HOUSEKEEPING_SECONDS, next_run_time=now)
        self._jobs.start()
        self._catch_up()

    def stop(self) -> None:
        """Start no more jobs."""
        if self._catching_up is not None:
            self._catching_up.cancel()
        if self._jobs.running:
            self._jobs.shutdown(wait=False)

    def _catch_up(self) -> None:
        """APScheduler goes by the machine's clock: set back by an hour, it would let an hour pass without a tick."""
        now = datetime.now(self._jobs.timezone)
        for job in self._jobs.get_jobs():
            if job.next_run_time - now > job.trigger.interval + timedelta(seconds=1):
                job.modify(next_run_time=now)
        self._catching_up = asyncio.get_running_loop().call_later(TICK_SECONDS, self._catch_up)

    async def tick(self) -> None:
        """Put everything that is due into the outbox."""
        await self._guarded(self._tick)

    async def keep_house(self) -> None:
        """Erase what is no longer needed."""
        await self._guarded(self._keep_house)

    async def _tick(self) -> None:
        for job in (push.PUSHES, push.REMINDERS, push.TARGETS):
            while True:
                due = await self._do(job)
                if job is push.PUSHES:
                    PUSHES.inc(due)
                if due:
                    self._on_pushes()
                if due < push.BATCH:
                    break

    async def _do(self, job: push.Job) -> int:
        """Do a batch of the job; how many were due. A row that breaks it is set aside, so that the others go."""
        try:
            return await self._database.run_behind(job.batch, self._shelf.library, self._clock.now())
        except DatabaseUnavailable:
            raise
        except Exception as error:
            log.error("batch_failed", exc_info=error)
        due = await self._database.run_behind(job.due_ids, self._clock.now(), push.BATCH)
        for row_id in due:
            try:
                await self._database.run_behind(job.one, self._shelf.library, row_id, self._clock.now())
            except DatabaseUnavailable:
                raise
            except Exception as error:
                log.error("row_set_aside", exc_info=error)
                await self._database.run_behind(job.put_off, row_id, self._clock.now() + push.SET_ASIDE)
        return len(due)

    async def _keep_house(self) -> None:
        now = self._clock.now()

        def keep(tx: Transaction) -> tuple[int, int]:
            purged = answers.purge_deleted(tx, now - DELETED_KEPT)
            if purged:
                search.erase_traces(tx)
            return updates.forget_before(tx, now - UPDATES_KEPT), purged

        forgotten, purged = await self._database.run_behind(keep)
        log.debug("house_kept", updates=forgotten, answers=purged)

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except DatabaseUnavailable as error:
            log.warning("database_unavailable", reason=str(error))
        except Exception as error:
            log.error("job_failed", exc_info=error)
