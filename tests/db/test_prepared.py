"""Statements that go past SQLAlchemy on SQLite give what they would give through it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from db.engine import Database
from db.prepared import Prepared
from db.tables import outbox, people

NOW = datetime(2030, 1, 7, 8, 30, tzinfo=UTC)
NAMES = ("id", "created_at", "zone", "paused", "next_push_at")
ADD = Prepared(insert(people).values({name: bindparam(name) for name in NAMES}))
GET = Prepared(select(people).where(people.c.id == bindparam("person_id"), people.c.paused.is_(False)))


def _row(number: int, **more: object) -> dict[str, object]:
    return {
        "id": number,
        "created_at": NOW,
        "zone": "Asia/Kolkata",
        "paused": False,
        "next_push_at": None,
        **more,
    }


def test_rows_are_those_of_sqlalchemy(database: Database) -> None:
    """Moments are aware and in UTC, truth values are truth values, nothing stays nothing; by the columns' names."""
    with database.transaction() as tx:
        ADD.run(tx, _row(1, next_push_at=NOW), _row(2), _row(3, paused=True))
        for number in (1, 2):
            through = tx.execute(GET.statement, {"person_id": number}).one()._asdict()
            assert GET.first(tx, {"person_id": number})._asdict() == through
        assert GET.first(tx, {"person_id": 1}).next_push_at == NOW
        assert GET.first(tx, {"person_id": 3}) is None
        assert [row.id for row in GET.all(tx, {"person_id": 2})] == [2]
        assert GET.all(tx, {"person_id": 4}) == []


def test_defaults_of_the_table_are_filled_in(database: Database) -> None:
    """A column that is not named gets its default."""
    with database.transaction() as tx:
        ADD.run(tx, _row(1))
        assert GET.first(tx, {"person_id": 1}).weekdays == 127


def test_a_naive_moment_is_refused(database: Database) -> None:
    """As everywhere: it would be read as some machine's local time."""
    with database.transaction() as tx, pytest.raises(Exception, match="without a zone"):
        ADD.run(tx, _row(1, created_at=NOW.replace(tzinfo=None)))


def test_errors_are_sqlalchemys_and_show_no_value(sqlite_url: str) -> None:
    """A broken rule of the tables is the error the callers know, with nobody's words in it."""
    database = Database(sqlite_url)
    insert_zone = Prepared(insert(people).values({name: bindparam(name) for name in NAMES}))
    with pytest.raises(IntegrityError) as broken, database.transaction() as tx:
        insert_zone.run(tx, _row(1, zone="secret"), _row(1, zone="secret"))
    assert "secret" not in str(broken.value)
    missing = Prepared(select(outbox.c.id).where(outbox.c.key == bindparam("key")))
    with database.transaction() as tx:
        tx.exec_driver_sql("ALTER TABLE outbox RENAME TO away")
        with pytest.raises(OperationalError) as gone:
            missing.first(tx, {"key": "secret"})
        assert "secret" not in str(gone.value)
        tx.exec_driver_sql("ALTER TABLE away RENAME TO outbox")
    database.close()
