"""The processes that are measured: starting, CPU seconds, memory, profile, end."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

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
        self, stub: Stub, folder: Path, name: str, arguments: list[str], token: str, variables: Mapping[str, str]
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
