"""A copy of a SQLite database while it is in use. PostgreSQL brings its own (pg_dump)."""

import contextlib
import sqlite3
from pathlib import Path

from db.engine import Database

_TABLES = "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"


class BackupError(Exception):
    """The copy could not be made; the text says why."""


def back_up(database: Database, target: Path) -> None:
    """Write a complete copy to ``target``, which must not exist yet and comes into being only when it is complete.

    Raises:
        BackupError: the target exists or cannot be written, or the database is no SQLite file of Starling's.
    """
    if not database.is_sqlite:
        raise BackupError("PostgreSQL is backed up with pg_dump")
    if target.exists():
        raise BackupError(f"{target} exists already")
    path = str(database.engine.url.database)
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(unfinished)) as copy,
        ):
            if not source.execute(_TABLES).fetchall():
                raise BackupError(f"{path} holds nothing to back up")
            source.backup(copy)
        unfinished.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"the copy could not be written: {error}") from None
    finally:
        unfinished.unlink(missing_ok=True)
