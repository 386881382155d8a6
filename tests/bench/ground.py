"""What every bench stands on: one stub for all, databases, tokens, and the contestants by name."""

import itertools
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from tests.bench.control import Stub, stub_server
from tests.bench.processes import Contestant, Program
from tests.bench.profile import recorded, summary
from tests.databases import Databases, PostgresDatabases, SqliteFiles, postgres_server
from tests.faults.child import free_port

WEBHOOK_SECRET = "a-webhook-secret"

STARLING = ["-m", "tests.bench.contestants.starling"]
AIOGRAM = ["-m", "tests.bench.contestants.aiogram_echo"]
PTB = ["-m", "tests.bench.contestants.ptb_echo"]
NAIVE = ["-m", "tests.bench.contestants.naive"]
REAL = ["-m", "bot", "run"]


class Ground:
    """One run's stub, folder and databases; ``open`` ends what is started in it."""

    def __init__(self, folder: Path, stub: Stub, closing: ExitStack, profiles: Path | None) -> None:
        self.folder = folder
        self.profiles = profiles
        self.stub = stub
        self._closing = closing
        self._numbers = itertools.count(1)
        self._databases: dict[str, Databases] = {}
        self._postmaster: psutil.Process | None = None

    def database(self, kind: str, *, migrated: bool = True) -> str:
        """URL of a new database; ``kind`` is sqlite or postgresql."""
        if kind not in self._databases:
            self._databases[kind] = SqliteFiles(self.folder) if kind == "sqlite" else self._start_postgres()
        return self._databases[kind].create(migrated=migrated)

    def drop(self, url: str) -> None:
        """Remove a database that is no longer needed."""
        self._databases["sqlite" if url.startswith("sqlite") else "postgresql"].drop(url)

    def server_of(self, url: str) -> psutil.Process | None:
        """The database server's first process; None for SQLite, which works in the bot's own."""
        return None if url.startswith("sqlite") else self._postmaster

    def _start_postgres(self) -> Databases:
        server = self._closing.enter_context(postgres_server())
        self._postmaster = psutil.Process(server.info.backend_pid).parent()
        return PostgresDatabases(server)

    def start(
        self, name: str, arguments: list[str], *, webhook: bool = False, **variables: str
    ) -> Contestant:
        """Start a contestant, with a token and a folder of its own; it need not listen yet."""
        number = next(self._numbers)
        folder = self.folder / f"{number}"
        folder.mkdir()
        way = {"WEB_PORT": str(free_port())}
        if webhook:
            url = f"http://127.0.0.1:{way['WEB_PORT']}/telegram"
            way |= {"WEBHOOK_URL": url, "WEBHOOK_SECRET": WEBHOOK_SECRET}
        token = f"{1000 + number}:bench-{number:0>30}"
        return Contestant(self.stub, folder, name, arguments, token, {**way, **variables})

    @contextmanager
    def running(
        self, name: str, arguments: list[str], *, webhook: bool = False, **variables: str
    ) -> Iterator[Contestant]:
        """A contestant that listens; it is ended at the end."""
        contestant = self.start(name, arguments, webhook=webhook, **variables)
        try:
            contestant.listens()
            yield contestant
        finally:
            contestant.stop()

    @contextmanager
    def profiled(self, name: str, program: Program) -> Iterator[None]:
        """Profile the program meanwhile, if that was asked for. Its CPU counts for nothing then: only the shares do."""
        if self.profiles is None:
            yield
            return
        path = self.profiles / f"{name}.raw"
        with recorded(program, path):
            yield
        path.with_suffix(".txt").write_text(summary(path))


@contextmanager
def ground(folder: Path, profiles: Path | None = None) -> Iterator[Ground]:
    """The ground of one run, in a folder that is its own; profiles are written to the other one, if there is one."""
    if sys.platform == "win32":
        raise RuntimeError("the benchmarks need a POSIX system")
    with ExitStack() as closing:
        stub = closing.enter_context(stub_server())
        yield Ground(folder, stub, closing, profiles)
