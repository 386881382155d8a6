"""The commands as whoever hosts Starling runs them: real processes, their output and exit codes."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import SqliteFiles

ROOT = Path(__file__).resolve().parents[2]

ANSWER = {
    "id": 7,
    "question": "failure-failed",
    "situation": "Last winter our choir lost its room.",
    "task": "I had to find another one.",
    "action": "I rang every parish hall in town and agreed a price with one.",
    "result": "We sold 210 tickets, 40 more than before.",
}


_PORT = {"demo": ("--port", "0"), "run": ()}


class Ran:
    """A command that has ended."""

    def __init__(self, folder: Path, *words: str, given: bytes = b"", **environment: str) -> None:
        self.folder = folder
        variables = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(folder),
            **environment,
        }
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            input=given,
            capture_output=True,
            cwd=folder,
            env=variables,
            timeout=60,
            check=False,
        )
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()
        assert "Traceback" not in self.err

    @property
    def files(self) -> list[str]:
        """Everything below the folder in which it ran."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))


def record(**changes: object) -> bytes:
    """A sound line of input with these changes."""
    return json.dumps({**ANSWER, **changes}).encode() + b"\n"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """URL of a migrated SQLite database in a folder of its own."""
    folder = tmp_path / "kept"
    folder.mkdir()
    return SqliteFiles(folder).create(migrated=True)


def test_backup_without_a_database_is_refused_and_makes_nothing(tmp_path: Path) -> None:
    """Nothing to back up is no success; neither the database nor the copy is made."""
    ran = Ran(tmp_path, "db", "backup", "copy.db")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "starling: there is no database at data/starling.db\n"
    assert ran.files == []


def test_backup_of_an_empty_file_is_refused_and_makes_nothing(tmp_path: Path) -> None:
    """A file without Starling's tables is no database of Starling's."""
    (tmp_path / "empty.db").touch()
    ran = Ran(tmp_path, "db", "backup", "copy.db", DATABASE_URL="sqlite:///empty.db")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "copy.db").exists()


def test_backup_is_a_whole_database_in_one_file(tmp_path: Path, url: str) -> None:
    """What was stored is in the copy, and nothing lies beside it."""
    path = Path(url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO people (id, created_at) VALUES (7, '2030-01-07 00:00:00')")
    ran = Ran(tmp_path, "db", "backup", "copy.db", DATABASE_URL=url)
    assert (ran.code, ran.out) == (0, "Copied to copy.db.\n"), ran.err
    assert [name for name in ran.files if "copy" in name] == ["copy.db"]
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT id FROM people").fetchall() == [(7,)]
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_backup_never_writes_over_a_file(tmp_path: Path, url: str) -> None:
    """An older copy stays as it is."""
    (tmp_path / "copy.db").write_text("older")
    ran = Ran(tmp_path, "db", "backup", "copy.db", DATABASE_URL=url)
    assert ran.code == 1
    assert (tmp_path / "copy.db").read_text() == "older"


def test_backup_that_cannot_be_written_is_one_line(tmp_path: Path, url: str) -> None:
    """A folder that is not there is told, and not made."""
    ran = Ran(tmp_path, "db", "backup", "nowhere/copy.db", DATABASE_URL=url)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "nowhere").exists()


def test_doctor_makes_no_database(tmp_path: Path) -> None:
    """An examination leaves the folder as it was, and says that the start will make one."""
    ran = Ran(tmp_path, "doctor")
    assert "database  fine: SQLite, will be made at the first start" in ran.out
    assert ran.files == []


def test_doctor_sees_that_no_database_can_be_made(tmp_path: Path) -> None:
    """A file where the folder should be is found before the start."""
    (tmp_path / "data").touch()
    ran = Ran(tmp_path, "doctor")
    assert "database  wrong: " in ran.out
    assert ran.code == 1


def test_doctor_tells_a_database_url_that_is_none(tmp_path: Path) -> None:
    """A port that is no number is a line, without the password."""
    ran = Ran(tmp_path, "doctor", DATABASE_URL="postgresql://ann:open-sesame@127.0.0.1:abc/x")
    assert "database  wrong: " in ran.out
    assert "open-sesame" not in ran.out + ran.err
    assert ran.code == 1


def test_one_is_counted_as_one(tmp_path: Path) -> None:
    """One category is not "1 categories"."""
    pack = str(ROOT / "content" / "packs" / "failure-and-learning.yaml")
    assert "1 category, 6 questions" in Ran(tmp_path, "content", "check", pack).out
    assert "1 categories" not in Ran(tmp_path, "doctor").out


def test_coach_goes_on_after_a_line_it_cannot_read(tmp_path: Path) -> None:
    """A line out for each line in; the exit code tells that there were errors."""
    ran = Ran(tmp_path, "coach", given=record(id=1) + b"[1, 2\n\n" + b"[" * 100_000 + b"\n" + record(id=2))
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, ran.err) == (1, "")
    assert [line["id"] for line in lines] == [1, None, None, 2]
    assert lines[1:3] == [
        {"id": None, "error": "line 2: not a JSON object"},
        {"id": None, "error": "line 4: not a JSON object"},
    ]
    assert set(lines[3]) == {"id", "flags", "points", "words", "speaking_seconds"}


def test_coach_that_read_every_line_ends_well(tmp_path: Path) -> None:
    """A mark of UTF-8 before the first line, and half a character as JSON can hold it, are no errors."""
    ran = Ran(tmp_path, "coach", given="\ufeff".encode() + record(id="cut \ud83d"), LC_ALL="C")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["id"] == "cut \ud83d"


def test_demo_on_a_taken_port_says_how_to_take_another(tmp_path: Path) -> None:
    """The line names the address and the option."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ran = Ran(tmp_path, "demo", "--port", port)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert port in ran.err
    assert "--port" in ran.err


def test_demo_starts_whatever_the_environment_holds(tmp_path: Path) -> None:
    """Settings for the real bot, right or wrong, neither stop the demo nor give it another role."""
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "WEB_PORT": "abc", "ROLE": "web"}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=variables,
    )
    try:
        assert process.stdout is not None
        assert "Open http://127.0.0.1:" in process.stdout.readline()
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.mark.parametrize("command", ["demo", "run"])
def test_broken_packs_of_the_folder_stop_the_demo_as_they_stop_the_bot(tmp_path: Path, command: str) -> None:
    """CONTENT_DIR is asked from in the demo too; what is wrong in it is the same line and exit code."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "teamwork.yaml").write_text("questions: 7\n")
    ran = Ran(tmp_path, command, *_PORT[command], CONTENT_DIR="mine", BOT_TOKEN="1:a")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("starling: mine/teamwork.yaml:1:")
    assert len(ran.err.splitlines()) == 1


def test_a_folder_that_is_not_there_stops_the_demo_too(tmp_path: Path) -> None:
    """The line of `run`, and its exit code."""
    ran = Ran(tmp_path, "demo", "--port", "0", CONTENT_DIR="gone")
    assert (ran.code, ran.err) == (2, "starling: CONTENT_DIR: there is no folder gone\n")


def test_version_is_told(tmp_path: Path) -> None:
    """A report of a fault can name the version."""
    ran = Ran(tmp_path, "--version")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("starling 0.")


def test_a_new_pack_is_written_once_and_names_what_is_missing(tmp_path: Path) -> None:
    """`content new` writes a skeleton, overwrites nothing, and the check says line by line what is still missing."""
    made = Ran(tmp_path, "content", "new", "team-work")
    assert (made.code, made.out) == (0, "team-work.yaml\n")
    again = Ran(tmp_path, "content", "new", "team-work")
    assert (again.code, again.err) == (1, "starling: team-work.yaml: is there already, and stays as it is\n")
    wrong = Ran(tmp_path, "content", "new", "Team Work")
    assert wrong.code == 1
    assert "lower-case words joined by hyphens" in wrong.err
    checked = Ran(tmp_path, "content", "check", "team-work.yaml")
    assert checked.code == 1
    lines = checked.err.splitlines()
    assert len(lines) > 30
    assert all(re.match(r"team-work\.yaml:\d+:\d+: .*: is still to be filled in$", line) for line in lines)


def test_a_question_is_previewed(tmp_path: Path) -> None:
    """`content preview` prints the screens; an id that no pack has is one clear line."""
    shown = Ran(tmp_path, "content", "preview", "failure-mistake")
    assert shown.code == 0
    assert "Step 4/4 · Result" in shown.out
    gone = Ran(tmp_path, "content", "preview", "gone")
    assert (gone.code, gone.err) == (1, "starling: gone: no pack has a question or a category of this id\n")
