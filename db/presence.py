"""Knowing that no other process works on the same SQLite file, by a lock that ends with the process."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from db.engine import Database, DatabaseRefused


class AlreadyRunning(Exception):
    """Another Starling has this SQLite file open; two would write past each other's caches and claims."""


def enter(database: Database) -> Callable[[], None]:
    """Make this process known; gives how to leave. PostgreSQL takes any number of processes (`db.duty`).

    Raises:
        AlreadyRunning: SQLite, and there is another.
        DatabaseRefused: the lock beside the SQLite file cannot be opened.
    """
    if not database.is_sqlite:
        return lambda: None
    path = Path(str(database.engine.url.database))
    try:
        handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise DatabaseRefused(f"{path.name}.lock cannot be opened: {error.strerror}") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise AlreadyRunning(f"another Starling is running on {path.name}") from None
    return lambda: os.close(handle)
