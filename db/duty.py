"""Who sends. Of several processes on one PostgreSQL one is on duty: it holds a lock that ends with it.

SQLite takes one process (`db.presence`), which is on duty always. What is sent is `db.outbox`'s.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from db.engine import Database, Transaction

if TYPE_CHECKING:
    import psycopg  # loaded for PostgreSQL only, for it takes eight megabytes

_LOCK = 0x5741524E  # next to the migration's number
_CHANNEL = "starling_outbox"

TRY_SECONDS = 0.5
"""How often a process that is not on duty tries to be, and one that is looks whether it shall stop."""

_KEEPALIVE = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count")
_KEEPALIVE_VALUE = 5
"""The server gives up a holder whose machine vanished after 5 s + 5 x 5 s, and the lock with it."""


class Duty:
    """One process's part in it, in a thread of its own.

    ``on_change`` is told True when this process comes on duty and False when it lost it, with the connection that
    held the lock; ``on_news`` that another process put letters into the outbox. Both are called in that thread.
    """

    def __init__(
        self, database: Database, on_change: Callable[[bool], None], on_news: Callable[[], None]
    ) -> None:
        self._database = database
        self._on_change = on_change
        self._on_news = on_news
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Come on duty as soon as nobody else is; at once on SQLite."""
        if self._database.is_sqlite:
            self._on_change(True)
            return
        self._thread = threading.Thread(target=self._run, name="duty", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Leave duty to others; returns within `TRY_SECONDS`, or when a connection attempt ends."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        import psycopg

        while not self._ended.is_set():
            try:
                with self._connected() as connection:
                    self._serve(connection)
            except (psycopg.Error, SQLAlchemyError):
                pass  # the database is away, which whoever needs it says; here only the next try matters
            self._ended.wait(TRY_SECONDS)

    def _serve(self, connection: "psycopg.Connection[Any]") -> None:
        """Wait for the lock, then listen for news while holding it."""
        while not _is_locked(connection):
            if self._ended.wait(TRY_SECONDS):
                return
        try:
            # Listening comes first: what is stored from then on is heard of, what was before is looked for.
            connection.execute(f"LISTEN {_CHANNEL}")
            self._on_change(True)
            while not self._ended.is_set():
                for _notice in connection.notifies(timeout=TRY_SECONDS, stop_after=1):
                    self._on_news()
        finally:
            self._on_change(False)

    @contextmanager
    def _connected(self) -> Iterator["psycopg.Connection[Any]"]:
        """A connection outside the pool, closed at the end, and the lock with it."""
        borrowed = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        borrowed.detach()
        try:
            connection: Any = borrowed.connection.dbapi_connection
            for name in _KEEPALIVE:
                connection.execute(f"SET {name} = {_KEEPALIVE_VALUE}")
            yield connection
        finally:
            borrowed.close()


def announce(tx: Transaction) -> None:
    """With the commit, tell whoever is on duty that letters wait. On SQLite nobody else could be."""
    if tx.dialect.name == "postgresql":
        tx.execute(_ANNOUNCE)


_ANNOUNCE = text(f"SELECT pg_notify('{_CHANNEL}', '')")


def _is_locked(connection: "psycopg.Connection[Any]") -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()
    return row is not None and bool(row[0])
