"""The processes that are measured: starting, CPU seconds, memory, profile, end."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from tests.bench.control import ROOT, Stub

START_SECONDS = 60.0


class Program:
    """A program in a process of its own; what it writes goes to a file."""

    def __init__(self, folder: Path, name: str, arguments: list[str], variables: Mapping[str, str]) -> None:
        self.name = name
        self._log = folder / f"{name}.log"
        # Not the bench's own variables: a DATABASE_URL of whoever runs it must reach no contestant.
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "TZ") if key in os.environ}
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=folder,
                env={**kept, "PYTHONPATH": str(ROOT), **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._watched = psutil.Process(self.process.pid)

    @property
    def output(self) -> str:
        """All it wrote so far."""
        return self._log.read_text(errors="replace")

    def cpu_seconds(self) -> float:
        """CPU the process has used so far, in user and system mode."""
        times = self._watched.cpu_times()
        return float(times.user + times.system)

    def resident_mb(self) -> float:
        """Resident memory now, in MB of a million bytes."""
        return float(self._watched.memory_info().rss) / 1e6

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=15)


class Contestant(Program):
    """A bot on the stub."""

    def __init__(
        self,
        stub: Stub,
        folder: Path,
        name: str,
        arguments: list[str],
        token: str,
        variables: Mapping[str, str],
    ) -> None:
        self.stub = stub
        self.token = token
        given = {"BOT_TOKEN": token, "BOT_API_URL": stub.url, "LOG_LEVEL": "warning", **variables}
        super().__init__(folder, name, arguments, given)

    def listens(self) -> None:
        """Return when it takes updates.

        Raises:
            RuntimeError: it does not come to that; the text is what it wrote.
        """
        try:
            self.stub.order(self.token, "listening", seconds=START_SECONDS)
        except OSError:
            raise RuntimeError(f"{self.name} does not start: {self.output}") from None

    def play(self, scene: str, people: int, first: int = 1, **given: object) -> list[float]:
        """Let people play a scene with it; the seconds of each wait for a reply.

        Raises:
            RuntimeError: somebody waited in vain; the text is what it wrote.
        """
        try:
            answer = self.stub.order(self.token, "play", scene=scene, people=people, first=first, **given)
        except OSError as error:
            raise RuntimeError(f"{self.name} fails at {scene} ({error}): {self.output[-4000:]}") from None
        waits: list[float] = answer["waits"]
        return waits


class Worker:
    """A process of `tests.bench.inside`; ``database`` is the server whose work counts with its own, None for SQLite."""

    def __init__(self, process: subprocess.Popen[str], database: psutil.Process | None) -> None:
        self._process = process
        self._database = database

    def do(self, **command: Any) -> dict[str, float]:
        """Do one thing: its CPU and wall seconds, and the memory after it.

        Raises:
            RuntimeError: it broke.
        """
        before = server_cpu_seconds(self._database)
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the worker has no pipes")
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("the worker broke")
        done: dict[str, float] = json.loads(answer)
        done["cpu"] += server_cpu_seconds(self._database) - before
        return done


@contextmanager
def worker(url: str, database: psutil.Process | None) -> Iterator[Worker]:
    """A worker on that database, ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.inside", url],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        try:
            yield Worker(process, database)
        finally:
            process.terminate()


def server_cpu_seconds(postmaster: psutil.Process | None) -> float:
    """CPU that a database server's processes have used, those that ended left out; 0 without a server."""
    if postmaster is None:
        return 0.0
    total = 0.0
    for process in [postmaster, *postmaster.children()]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total
