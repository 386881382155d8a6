"""Engines and transactions. The one place that knows which database it is; no query stands here."""

import asyncio
import contextlib
import os
import re
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, InterfaceError, OperationalError

Transaction = Connection
"""An open transaction, handed to use cases; only `db` modules look inside."""

SQLITE_BUSY_SECONDS = 5.0
SQLITE_CACHE_KIB = 500
"""Pages that SQLite keeps itself, instead of 2 MB; the system keeps the file beside."""
_EMPTIES_LOG = "empties_log"
SQLITE_TOGETHER = 50
"""Most pieces of work that share a commit; a bound on how long the first of them waits for it."""
POSTGRES_THREADS = 8
POSTGRES_CONNECT_SECONDS = 5

# libpq tells no SQLSTATE of a connection that was refused, so its words must do; in another language than English
# they are not known, and the start gives up after its tries.
_NOT_LET_IN = re.compile(
    r"authentication failed|no password supplied|no pg_hba\.conf entry|is not permitted to log in"
    r'|FATAL:\s+(?:role|database) ".*" does not exist|permission denied for database|connection is bad: invalid '
)
_FILE_REFUSED = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")

P = ParamSpec("P")
T = TypeVar("T")


class DatabaseUnavailable(Exception):
    """The database cannot be reached, is locked or full just now; the same call may pass later.

    Its text names the cause without any statement or value.
    """


class DatabaseDamaged(DatabaseUnavailable):
    """The SQLite file is damaged or is something else; only a person can mend that."""


class DatabaseRefused(DatabaseUnavailable):
    """The database does not let this program in, or its file cannot be opened: at a start, waiting mends nothing."""


class DatabaseUrlError(ValueError):
    """The database URL cannot be used; the text says why, without the password."""


class DatabaseMissing(DatabaseUrlError):
    """There is no SQLite file, and none was to be made; ``hindrance`` says why none could be, None: nothing known."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no database at {path}")
        nearest = next(folder for folder in path.absolute().parents if folder.exists())
        self.hindrance = None
        if not nearest.is_dir():
            self.hindrance = f"{nearest} is no folder"
        elif not os.access(nearest, os.W_OK | os.X_OK):
            self.hindrance = f"the folder {nearest} cannot be written"


class Database:
    """A database and the threads that talk to it.

    SQLite gets one thread, because it has one writer, and what waits for it shares a commit; PostgreSQL gets
    `POSTGRES_THREADS` and a pool as large.

    A SQLite file and its folder are made, unless ``must_exist``.

    Raises:
        DatabaseUrlError: the URL cannot be used.
        DatabaseMissing: the SQLite file must exist and does not.
    """

    def __init__(self, url: str, *, must_exist: bool = False) -> None:
        self.engine = _create(url, must_exist)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        workers = 1 if self.is_sqlite else POSTGRES_THREADS
        self._threads = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="db")
        self._waiting: deque[_Work] = deque()
        self._behind: deque[_Work] = deque()

    async def run(
        self, work: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``work(transaction, …)`` in a database thread and commit; roll back if it raises.

        What `run_behind` is given waits until none of this is left.

        Raises:
            DatabaseUnavailable: the database did not take the transaction; nothing is known to be stored.
        """

        def do(tx: Transaction) -> T:
            return work(tx, *args, **kwargs)

        if not self.is_sqlite:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._do_alone, do)
        return await self._queued(self._waiting, do)

    async def run_behind(
        self, work: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `run`, for work that nobody waits for; on SQLite's one thread it lets all that somebody waits for by."""
        if not self.is_sqlite:
            return await self.run(work, *args, **kwargs)

        def do(tx: Transaction) -> T:
            return work(tx, *args, **kwargs)

        return await self._queued(self._behind, do)

    async def _queued(self, queue: "deque[_Work]", do: Callable[[Transaction], T]) -> T:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        queue.append(_Work(do, done, loop))
        self._threads.submit(self._work_off)
        return await done

    def _do_alone(self, do: Callable[[Transaction], T]) -> T:
        with self.transaction() as tx:
            return do(tx)

    def _work_off(self) -> None:
        """Do what waits, in one transaction with a savepoint for each; tell the outcomes once it is committed."""
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), SQLITE_TOGETHER))]
        if not batch and self._behind:
            batch = [self._behind.popleft()]
        if not batch:
            return  # what this call was for went with those before
        try:
            with self.transaction() as tx:
                if len(batch) == 1:
                    outcomes = [_Outcome(batch[0], batch[0].do(tx))]
                else:
                    outcomes = [_within_savepoint(tx, work) for work in batch]
        except Exception as error:
            outcomes = [_Outcome(work, error=error) for work in batch]
        for loop in {work.loop for work in batch}:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits in it
                loop.call_soon_threadsafe(
                    _tell, [outcome for outcome in outcomes if outcome.work.loop is loop]
                )

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a transaction in this thread; commit at the end, roll back on an exception."""
        try:
            with self.engine.begin() as tx:
                yield tx
                empties_log = tx.info.pop(_EMPTIES_LOG, False)
            if empties_log:
                self._empty_log()
        except (OperationalError, InterfaceError) as error:
            raise _unavailable(error) from None
        except DBAPIError as error:
            if type(error) is DatabaseError and self.is_sqlite:  # sqlite3 has no narrower class for these two
                raise DatabaseDamaged(_cause(error)) from None
            if error.connection_invalidated:
                raise DatabaseUnavailable(_cause(error)) from None
            raise

    def _empty_log(self) -> None:
        """Let nothing of earlier transactions stand in SQLite's log; if a reader is in the way, a later one will."""
        with self.engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection  # SQLAlchemy would begin a transaction first
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """End the threads and connections; unfinished transactions are rolled back."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.engine.dispose()


@dataclass(frozen=True, slots=True)
class _Work:
    """What waits for SQLite's thread, and who waits for its outcome."""

    do: Callable[[Transaction], Any]
    done: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a work: its result, or why it was taken back."""

    work: _Work
    result: Any = None
    error: BaseException | None = None

    def tell(self) -> None:
        """Let the one who waits go on, in their loop."""
        if self.work.done.done():
            return  # they were cancelled meanwhile
        if self.error is None:
            self.work.done.set_result(self.result)
        else:
            self.work.done.set_exception(self.error)


def _within_savepoint(tx: Transaction, work: _Work) -> _Outcome:
    """Do the work; if it fails, take back what it did and nothing else.

    Raises:
        OperationalError, InterfaceError: the database failed, and with it all that is in the transaction.
    """
    driver: Any = (
        tx.connection.dbapi_connection
    )  # past SQLAlchemy, which would cost as much as the work's own queries
    driver.execute("SAVEPOINT work")
    try:
        result = work.do(tx)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        driver.execute("ROLLBACK TO work")
        driver.execute("RELEASE work")
        return _Outcome(work, error=error)
    driver.execute("RELEASE work")
    return _Outcome(work, result)


def empty_log_after(tx: Transaction) -> None:
    """Have SQLite's log emptied once this transaction is committed, for what it erases stands in there."""
    tx.info[_EMPTIES_LOG] = True


def _tell(outcomes: Sequence[_Outcome]) -> None:
    for outcome in outcomes:
        outcome.tell()


def _create(url: str, must_exist: bool) -> Engine:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError
        raise DatabaseUrlError("DATABASE_URL is not a database URL") from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if parsed.host:
            raise DatabaseUrlError(
                "DATABASE_URL: a SQLite file comes after three slashes, sqlite:///like/this.db"
            )
        return _create_sqlite(parsed.database, must_exist)
    if backend in {"postgresql", "postgres"}:
        return _create_postgres(parsed.set(drivername="postgresql+psycopg"))
    raise DatabaseUrlError(f"DATABASE_URL names {backend}; sqlite and postgresql are supported")


def _create_postgres(url: URL) -> Engine:
    if "@" in (url.host or ""):
        raise DatabaseUrlError("DATABASE_URL: an @ in the password must be written as %40")
    _check_options(url.query)
    return create_engine(
        url,
        pool_size=POSTGRES_THREADS,
        max_overflow=0,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={"connect_timeout": POSTGRES_CONNECT_SECONDS, "application_name": "starling"},
    )


def _check_options(names: Iterable[str]) -> None:
    # Not above: a start on SQLite need not load the other driver.
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    try:
        make_conninfo(**dict.fromkeys(names, "1"))
    except ProgrammingError as error:
        raise DatabaseUrlError(f"DATABASE_URL: {str(error).strip()}") from None


def _create_sqlite(path: str | None, must_exist: bool) -> Engine:
    if not path or path == ":memory:":
        raise DatabaseUrlError("DATABASE_URL must name a file, such as sqlite:///data/starling.db")
    if Path(path).is_dir():
        raise DatabaseUrlError(f"DATABASE_URL must name a file, and {path} is a folder")
    if must_exist and not Path(path).exists():
        raise DatabaseMissing(Path(path))
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUrlError(f"the folder of the SQLite file cannot be made: {error.strerror}") from None
    engine = create_engine(
        f"sqlite:///{path}",
        pool_size=1,
        max_overflow=1,
        hide_parameters=True,
        connect_args={"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling begins late and deferred; `_begin_immediate` replaces it.
    connection.isolation_level = None
    cursor = connection.cursor()
    _use_log(cursor)
    # FULL: what Telegram was told is received must also survive a power cut, not only a killed process.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # What is deleted is overwritten: erased words must not stay in the file's free pages.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA journal_size_limit=67108864")
    cursor.execute(f"PRAGMA cache_size=-{SQLITE_CACHE_KIB}")
    cursor.close()


def _use_log(cursor: Any) -> None:
    """Switch to WAL. Of two that make the file at once, one is refused without being let wait; so it waits here."""
    deadline = time.monotonic() + SQLITE_BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that turns into a writer fails at once when another one wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _unavailable(error: DBAPIError) -> DatabaseUnavailable:
    """What became of the database, told apart by whether it may pass."""
    file_error = getattr(error.orig, "sqlite_errorname", None) or ""
    if file_error.startswith(_FILE_REFUSED):
        return DatabaseRefused(f"the SQLite file cannot be opened or written: {_cause(error)}")
    refused = not file_error and _NOT_LET_IN.search(str(error.orig))
    return (DatabaseRefused if refused else DatabaseUnavailable)(_cause(error))


def _cause(error: DBAPIError) -> str:
    """Say what the driver said, in one line; drivers' operational errors name servers and files, not values."""
    lines = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return lines[0]
