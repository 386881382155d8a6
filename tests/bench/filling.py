"""Large tables in little time: rows made by the database itself, past all of Starling's code."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

RARE, COMMON = "payment", "release"
"""A word in every thousandth answer, and one in every answer."""

RARE_EVERY = 1_000

_SPREAD_HOURS = 2

_PARTS = tuple(
    f"'In year ' || n % 37 || ' at firm ' || n % 1009 || {words}"
    for words in (
        f"' the {COMMON} was late again and nobody had looked at the eleven steps'",
        "' I was asked to find out why by the end of the week'",
        "' I wrote the steps down, called each of the four teams twice and moved the check to the front'",
        f"' we found 3 of the 17 faults' || CASE WHEN n % {RARE_EVERY} = 1 THEN ' in the {RARE} form' ELSE '' END",
    )
)

_SQLITE_TRIGGERS = ("answers_words_insert", "answers_words_update", "answers_words_delete")


@contextmanager
def connected(url: str) -> Iterator[Any]:
    """A connection that commits each statement and does not wait for the disk."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("PRAGMA cache_size=-262144")
            yield connection
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            yield connection


def add_people(url: str, first: int, count: int) -> None:
    """People who are set up for a minute ago and whose next push is due at moments of the coming day."""
    now = datetime.now(UTC)
    at = now - timedelta(minutes=1)
    begin = now + timedelta(hours=_SPREAD_HOURS)
    if url.startswith("sqlite"):
        due = f"strftime('%Y-%m-%d %H:%M:%S', '{begin:%Y-%m-%d %H:%M:%S}', (n % 86400) || ' seconds') || '.000000'"
    else:
        due = f"{_moment(url, begin)}::timestamptz + (n % 86400) * interval '1 second'"
    with connected(url) as connection:
        connection.execute(
            f"INSERT INTO people (id, created_at, minute_of_day, zone, next_push_at) {_numbers(url, first, count)}"
            f" SELECT n, {_moment(url, now)}, {at.hour * 60 + at.minute}, 'UTC', {due} FROM numbers"
        )
        connection.execute("ANALYZE people")


def make_due(url: str, first: int, count: int) -> None:
    """Let these people's push be due now."""
    with connected(url) as connection:
        connection.execute(
            f"UPDATE people SET next_push_at = {_moment(url, datetime.now(UTC))}"
            f" WHERE id >= {first} AND id < {first + count}"
        )


def add_answers(url: str, owner: str, first: int, count: int) -> None:
    """Submitted answers; ``owner`` is the person of row n as SQL. The search index is to be built after."""
    at = _moment(url, datetime.now(UTC) - timedelta(days=1))
    if url.startswith("sqlite"):
        submitted = f"strftime('%Y-%m-%d %H:%M:%S', {at}, (n % 80000) || ' seconds') || '.000000'"
    else:
        submitted = f"{at}::timestamptz + (n % 80000) * interval '1 second'"
    with connected(url) as connection:
        connection.execute(
            "INSERT INTO answers (person_id, question_id, category_id, prompt, attempt, step, situation, task, action,"
            f" result, started_at, updated_at, submitted_at) {_numbers(url, first, count)} SELECT {owner},"
            " 'failure-failed', 'failure-and-learning', 'Tell me about a time when you failed at something.', n,"
            f" 'review', {', '.join(_PARTS)}, {at}, {at}, {submitted} FROM numbers"
        )


@contextmanager
def search_built_later(url: str) -> Iterator[None]:
    """Leave the search index alone meanwhile and build it at the end, as it would have become row by row."""
    with connected(url) as connection:
        if url.startswith("sqlite"):
            kept = [
                connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
                for name in _SQLITE_TRIGGERS
            ]
            for name in _SQLITE_TRIGGERS:
                connection.execute(f"DROP TRIGGER {name}")
            yield
            connection.execute("INSERT INTO answers_words (answers_words) VALUES ('rebuild')")
            for statement in kept:
                connection.execute(statement)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            query = (
                "SELECT indexname, indexdef FROM pg_indexes"
                " WHERE tablename = 'answers' AND indexdef LIKE '%USING gin%'"
            )
            indexes = connection.execute(query).fetchall()
            for name, _definition in indexes:
                connection.execute(f"DROP INDEX {name}")
            yield
            for _name, definition in indexes:
                connection.execute(definition)
        connection.execute("ANALYZE")


def _numbers(url: str, first: int, count: int) -> str:
    """A table ``numbers (n)``."""
    last = first + count - 1
    if url.startswith("sqlite"):
        return f"WITH RECURSIVE numbers (n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
    return f"WITH numbers (n) AS (SELECT generate_series({first}, {last}))"


def _moment(url: str, at_utc: datetime) -> str:
    """A moment as the tables hold it, quoted."""
    return f"'{at_utc:%Y-%m-%d %H:%M:%S.%f}{'' if url.startswith('sqlite') else '+00'}'"
