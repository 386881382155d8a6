"""Statements of every step, compiled once and run on SQLite's own cursor.

SQLAlchemy takes 60 µs of CPU to run a statement that SQLite answers in 10 µs, and a step runs seven of them. So what
every step runs is compiled by SQLAlchemy, with its types, and run past it. PostgreSQL, where the server's work and the
way there weigh more, is left to SQLAlchemy. Nothing here knows what is asked.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, exc
from sqlalchemy.sql import ClauseElement

from db.engine import Transaction

Process = Callable[[Any], Any]


class Prepared:
    """One statement whose every parameter is a ``bindparam`` with a plain value (no lists).

    Rows come as named tuples, or plain ones from a ``text`` without declared columns.
    """

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._on_sqlite: _Compiled | None = None

    def first(self, tx: Transaction, parameters: Mapping[str, Any]) -> Any:
        """The first row, or None."""
        if tx.dialect.name != "sqlite":
            return tx.execute(self.statement, parameters).first()
        rows = self._compiled(tx).rows(tx, parameters)
        return rows[0] if rows else None

    def all(self, tx: Transaction, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """All rows."""
        if tx.dialect.name != "sqlite":
            return tx.execute(self.statement, parameters).all()
        return self._compiled(tx).rows(tx, parameters)

    def run(self, tx: Transaction, *parameters: Mapping[str, Any]) -> None:
        """Run it, once for each set of parameters."""
        if tx.dialect.name != "sqlite":
            tx.execute(self.statement, parameters)
            return
        compiled = self._compiled(tx)
        for each in parameters:
            compiled.rows(tx, each)

    def _compiled(self, tx: Transaction) -> "_Compiled":
        if self._on_sqlite is None:
            self._on_sqlite = _Compiled(self.statement, tx)
        return self._on_sqlite


class _Compiled:
    """A statement as SQLite takes it: its text, how each value goes in, and how each column comes out."""

    def __init__(self, statement: Executable, tx: Transaction) -> None:
        assert isinstance(statement, ClauseElement)  # noqa: S101 - every statement is one
        compiled: Any = statement.compile(dialect=tx.dialect)
        self._sql = str(compiled)
        into: Mapping[str, Process] = compiled._bind_processors
        self._parameters = [(name, into.get(name)) for name in compiled.positiontup]
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        columns = compiled._result_columns
        self._out: list[tuple[int, Process]] = [
            (index, process)
            for index, column in enumerate(columns)
            if (process := column.type._cached_result_processor(tx.dialect, None)) is not None
        ]
        row: Any = namedtuple("Row", [column.keyname for column in columns]) if columns else None
        self._row: Callable[[Sequence[Any]], Any] = row._make if columns else tuple

    def rows(self, tx: Transaction, parameters: Mapping[str, Any]) -> list[Any]:
        """Run it and give all rows.

        Raises:
            sqlalchemy.exc.DBAPIError: as SQLAlchemy would, without any value in its text.
        """
        driver: Any = tx.connection.dbapi_connection
        values = [
            self._value(name, parameters) if process is None else process(self._value(name, parameters))
            for name, process in self._parameters
        ]
        try:
            found = driver.execute(self._sql, values).fetchall()
        except sqlite3.Error as error:
            kind: Any = getattr(exc, type(error).__name__, exc.DBAPIError)
            raise kind(self._sql, None, error, hide_parameters=True) from None
        if not self._out:
            return [self._row(row) for row in found]
        rows = []
        for row in found:
            cells = list(row)
            for index, process in self._out:
                cells[index] = process(cells[index])
            rows.append(self._row(cells))
        return rows

    def _value(self, name: str, parameters: Mapping[str, Any]) -> Any:
        return parameters[name] if name in parameters else self._fixed[name]
