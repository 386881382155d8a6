"""A copy of a SQLite database while it is in use. PostgreSQL brings its own (pg_dump)."""

import contextlib
import sqlite3
from pathlib import Path

from db.engine import Database


class BackupError(Exception):
    """The copy could not be made; the text says why."""


def back_up(database: Database, target: Path) -> None:
    """Write a complete copy to ``target``, which must not exist yet.

    Raises:
        BackupError: the target exists or cannot be written, or the database is no SQLite file.
    """
    if not database.is_sqlite:
        raise BackupError("PostgreSQL is backed up with pg_dump")
    if target.exists():
        raise BackupError(f"{target} exists already")
    try:
        with (
            contextlib.closing(sqlite3.connect(str(database.engine.url.database))) as source,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as error:
        raise BackupError(f"the copy could not be written: {error}") from None
