"""Bringing a database to the newest shape, under a lock so that two processes may start at once."""

import contextlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.lean import absent, empty
from db.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The newest revision; a test keeps it equal to Alembic's. Named here so that a start need not load Alembic."""

_POSTGRESQL = "alembic.ddl.postgresql"
_NEVER_USED = ("alembic.ddl.mssql", "alembic.ddl.mysql", "alembic.ddl.oracle")

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
    with _lean():
        from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    with _lean():
        from alembic import command
        from alembic.util import CommandError

    if connection.dialect.name == "postgresql":
        import_module(_POSTGRESQL)
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError:
        raise SchemaTooNew(
            f"the database is at revision {current(connection)}, which this version of Starling does not know"
        ) from None


@contextlib.contextmanager
def _lean() -> Iterator[None]:
    """Load Alembic without what it would colour its errors with (6 MB), and without the dialects of all databases."""
    with absent("pygments"), empty(_POSTGRESQL, *_NEVER_USED):
        yield
