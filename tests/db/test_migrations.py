"""The migrations against the tables, on both databases."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.domain.terms import PersonId
from db import mocks
from db.engine import Database
from db.migrate import HEAD, configuration, current, migrate
from db.tables import metadata

_OWN_TO_SEARCH = ("answers_words", "answers_searchable")
"""The full-text index and what belongs to it, which SQLAlchemy cannot describe; dialogs search through it."""


@pytest.fixture
def empty(empty_database_url: str):
    """A database with nothing in it, opened."""
    database = Database(empty_database_url)
    yield database
    database.close()


def _scripts(tx: Connection) -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration(tx))


def _differences(tx: Connection) -> list[object]:
    def is_described(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        if kind == "column" and name == "words":
            return False
        return not (name or "").startswith((*_OWN_TO_SEARCH, "ix_answers_words"))

    opts = {
        "compare_type": True,
        # Alembic compares SQLite's defaults as they are spelled, and so takes '' and "" for two; PostgreSQL tells.
        "compare_server_default": tx.dialect.name == "postgresql",
        "include_object": is_described,
    }
    context = MigrationContext.configure(tx, opts=opts)
    return list(compare_metadata(context, metadata))


def test_head_is_the_newest_migration(empty: Database) -> None:
    """The revision a start compares with is the one Alembic would migrate to, and there is only one."""
    with empty.transaction() as tx:
        assert _scripts(tx).get_heads() == [HEAD]


def test_migrated_database_equals_the_tables(empty: Database) -> None:
    """What the migrations make is what the queries are written against."""
    migrate(empty)
    with empty.transaction() as tx:
        assert _differences(tx) == []


def test_a_difference_would_be_seen(empty: Database) -> None:
    """The comparison above finds a column that only the database has."""
    migrate(empty)
    with empty.transaction() as tx:
        tx.exec_driver_sql("ALTER TABLE people ADD COLUMN shoe_size integer")
        assert len(_differences(tx)) == 1


def test_every_migration_goes_up_down_and_up_again(empty: Database) -> None:
    """Each step can be taken back and taken again, one after the other, to the same tables."""
    with empty.transaction() as tx:
        revisions = [script.revision for script in reversed(list(_scripts(tx).walk_revisions()))]
        below = "base"
        for revision in revisions:
            command.upgrade(configuration(tx), revision)
            command.downgrade(configuration(tx), below)
            assert current(tx) == (None if below == "base" else below)
            command.upgrade(configuration(tx), revision)
            below = revision
        assert _differences(tx) == []


def test_all_the_way_down_leaves_nothing(empty: Database) -> None:
    """After the last step back no table, view or index of ours is there."""
    migrate(empty)
    with empty.transaction() as tx:
        command.downgrade(configuration(tx), "base")
        seen = inspect(tx)
        assert set(seen.get_table_names()) <= {"alembic_version"}
        assert seen.get_view_names() == []


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    """The second start finds nothing to do."""
    assert migrate(empty) is True
    assert migrate(empty) is False


def test_two_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    """The lock lets one of two processes migrate; the other finds it done."""
    from concurrent.futures import ThreadPoolExecutor

    databases = [Database(empty_database_url) for _ in range(2)]
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(migrate, databases))
    for database in databases:
        database.close()
    assert sorted(done) == [False, True]


def test_replies_of_a_mock_survive_the_way_up_and_down(empty: Database) -> None:
    """Where one stood in its question's row, it stands with the message that brought it, and back again."""
    with empty.transaction() as tx:
        command.upgrade(configuration(tx), "0007")
        for statement in (
            "INSERT INTO people (id, created_at) VALUES (7, '2030-01-07 06:00:00')",
            "INSERT INTO mocks (id, person_id, started_at) VALUES (1, 7, '2030-01-07 06:00:00')",
            "INSERT INTO mock_questions (mock_id, place, question_id, reply) VALUES (1, 0, 'q', 'Sooner.')",
            "INSERT INTO mock_questions (mock_id, place, question_id) VALUES (1, 1, 'r')",
        ):
            tx.exec_driver_sql(statement)
        command.upgrade(configuration(tx), "0008")
        (told,) = mocks.every(tx, PersonId(7))
        assert [item.reply for item in told.items] == ["Sooner.", ""]
        mocks.replied(tx, 1, 0, 12, "And louder.")
        command.downgrade(configuration(tx), "0007")
        replies = tx.exec_driver_sql("SELECT reply FROM mock_questions ORDER BY place").scalars()
        assert list(replies) == ["Sooner.\nAnd louder.", ""]
