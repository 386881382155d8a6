"""What a start loads, each time in a process of its own, for what this one has loaded counts for nothing."""

import gc
import subprocess
import sys

import pytest

from bot.lean import absent, empty, for_good

NEVER = ("rich", "pygments", "click", "alembic", "psycopg", "sqlalchemy.dialects.postgresql")
"""Loaded, they would take 25 MB, and no run on SQLite needs them."""


def _loaded_after(work: str) -> set[str]:
    """The names of `NEVER` that are loaded once the work is done."""
    tell = f"import sys; print(*[name for name in {NEVER} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{work}\n{tell}"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_a_run_on_sqlite_loads_nothing_it_does_not_need() -> None:
    """The modules of `starling run`, up to the whole app, are loaded without the heavy ones."""
    assert _loaded_after("import bot.cli, bot.running") == set()


def test_a_module_that_is_loaded_would_be_seen() -> None:
    """The look above finds what is there."""
    assert _loaded_after("import rich") == {"rich"}


def test_a_migration_on_sqlite_loads_nothing_for_other_databases_or_a_terminal(tmp_path) -> None:
    """An empty database takes Alembic, and nothing that this would bring along."""
    migrated = f"from db.engine import Database; from db.migrate import migrate; migrate(Database('sqlite:///{tmp_path}/a.db'))"
    assert _loaded_after(migrated) == {"alembic"}


def test_what_is_absent_cannot_be_imported_within_and_can_after() -> None:
    """The import fails as for a module that is not installed; afterwards nothing is left of that."""
    sys.modules.pop("wave", None)
    with absent("wave"), pytest.raises(ModuleNotFoundError):
        import wave
    import wave

    assert wave is sys.modules["wave"]


def test_what_is_empty_holds_nothing_within_and_all_after() -> None:
    """A package imports such a part of itself without a failure; afterwards nothing is left of that."""
    sys.modules.pop("wave", None)
    with empty("wave"):
        import wave

        assert not hasattr(wave, "open")
    import wave

    assert hasattr(wave, "open")


def test_what_is_loaded_already_stays() -> None:
    """Who has a module keeps it, within and after."""
    with absent("json"):
        import json

        assert json.loads("1") == 1
    assert sys.modules["json"] is json


def test_what_is_loaded_for_good_is_not_gone_through_for_garbage() -> None:
    """Not while it is loaded, and not after, when new garbage is found as ever; a failure changes nothing of that."""
    before = gc.get_freeze_count()
    loading = for_good()
    try:
        loading.__enter__()
        assert not gc.isenabled()
        assert not loading.__exit__(LookupError, LookupError(), None)
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
