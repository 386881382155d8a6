"""Knowing whether another process works on the same database, by locks that end with the process."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from db.engine import Database

_LOCK = 0x5741524D  # next to the migration's number


class AlreadyRunning(Exception):
    """Another Starling has this SQLite file open; two would write past each other's caches and claims."""


def enter(database: Database) -> tuple[bool, Callable[[], None]]:
    """Make this process known; whether it is alone, and how to leave.

    PostgreSQL takes any number of processes; SQLite one.

    Raises:
        AlreadyRunning: SQLite, and there is another.
        DatabaseUnavailable: PostgreSQL cannot be reached.
    """
    if database.is_sqlite:
        return True, _enter_sqlite(Path(str(database.engine.url.database)))
    return _enter_postgres(database)


def _enter_sqlite(path: Path) -> Callable[[], None]:
    handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise AlreadyRunning(f"another Starling is running on {path.name}") from None
    return lambda: os.close(handle)


def _enter_postgres(database: Database) -> tuple[bool, Callable[[], None]]:
    with database.transaction():
        pass  # reach it once, so that an error is the usual one
    # Out of the pool and kept: session locks live as long as this connection.
    connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()
    alone = bool(connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": _LOCK}).scalar())
    if alone:
        connection.execute(text("SELECT pg_advisory_lock_shared(:n)"), {"n": _LOCK})
        connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": _LOCK})
    else:
        connection.execute(text("SELECT pg_advisory_lock_shared(:n)"), {"n": _LOCK})
    return alone, connection.close
