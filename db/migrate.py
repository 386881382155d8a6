"""Bringing a database to the newest shape, under a lock so that two processes may start at once."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.lean import absent
from db.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The newest revision; a test keeps it equal to Alembic's. Named here so that a start need not load Alembic."""

_LOCK = 0x5741524C  # any number that other programs on the same PostgreSQL are unlikely to lock


class SchemaTooNew(Exception):
    """The database was migrated by a newer Starling; this one would not know its tables."""


def migrate(database: Database) -> bool:
    """Migrate to the newest revision; True if anything had to be done.

    Raises:
        DatabaseUnavailable: the database cannot be reached or is locked.
        SchemaTooNew: the database is ahead of this program.
    """
    with database.transaction() as connection:
        if current(connection) == HEAD:
            return False
        if not database.is_sqlite:  # SQLite's lock is the BEGIN IMMEDIATE of the transaction itself
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            if current(connection) == HEAD:
                return False
        _upgrade(connection)
        return True


def current(connection: Connection) -> str | None:
    """The revision the database is at; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def configuration(connection: Connection) -> "Config":
    """Alembic's configuration on an open connection."""
    with absent("pygments"):  # Alembic's templates would colour their errors with it; it takes 6 MB
        from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    with absent("pygments"):
        from alembic import command
        from alembic.util import CommandError

    try:
        command.upgrade(configuration(connection), "head")
    except CommandError:
        raise SchemaTooNew(
            f"the database is at revision {current(connection)}, which this version of Starling does not know"
        ) from None
