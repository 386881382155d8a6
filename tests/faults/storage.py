"""Looking into the database from outside, past all of Starling's code, and standing in its way."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

_PUSH_HOUR = timedelta(minutes=5)


class Storage:
    """The rows behind a database URL, read and changed with plain SQL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with closing(self._connect()) as connection:
            return list(connection.execute(query).fetchall())

    def change(self, statement: str) -> None:
        """Run one statement and commit."""
        with closing(self._connect()) as connection:
            connection.execute(statement)

    def words_of(self, person_id: int) -> list[str]:
        """The stored texts of a person's messages, in the order in which they were written."""
        query = f"SELECT text FROM segments WHERE person_id = {person_id} ORDER BY message_id, id"  # noqa: S608 - a number
        return [text for (text,) in self.rows(query)]

    def add_people_due(self, ids: range) -> None:
        """People who are set up, with a push that is due since five minutes."""
        now = datetime.now(UTC)
        at = now - _PUSH_HOUR
        minute = at.hour * 60 + at.minute
        for person_id in ids:
            self.change(
                "INSERT INTO people (id, created_at, minute_of_day, zone, next_push_at) "  # noqa: S608 - numbers and dates
                f"VALUES ({person_id}, '{self._moment(now)}', {minute}, 'UTC', '{self._moment(now)}')"
            )

    def is_whole(self) -> bool:
        """Whether SQLite finds nothing wrong with its file; PostgreSQL is believed."""
        return not self.is_sqlite or self.rows("PRAGMA integrity_check") == [("ok",)]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other process from writing."""
        with closing(self._connect()) as connection:
            if self.is_sqlite:
                connection.execute("BEGIN IMMEDIATE")
            else:
                connection.execute("BEGIN")
                connection.execute("LOCK TABLE people, updates, outbox IN ACCESS EXCLUSIVE MODE")
            yield
            connection.execute("ROLLBACK")

    def _connect(self) -> Any:
        if self.is_sqlite:
            return sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20, isolation_level=None)
        return psycopg.connect(self.url, autocommit=True)

    def _moment(self, moment: datetime) -> str:
        """As the tables hold it: PostgreSQL with its zone, SQLite in UTC without."""
        return moment.strftime("%Y-%m-%d %H:%M:%S.%f") + ("" if self.is_sqlite else "+00")
