"""A Starling in a process of its own: starting, watching, stopping and killing it. What it talks to is elsewhere."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).resolve().parents[2]

START_SECONDS = 30.0
"""Longest start; generous, for the machine may be busy."""

_POLL_SECONDS = 0.01


class Process(Protocol):
    """What is used of a `subprocess.Popen`."""

    pid: int
    returncode: int | Any

    def poll(self) -> int | None: ...
    def wait(self, timeout: float) -> int: ...
    def send_signal(self, number: signal.Signals, /) -> None: ...
    def kill(self) -> None: ...


Launch = Callable[[Path, Mapping[str, str]], Process]
"""Starts a Starling with that environment in that folder, its output into the files "stdout" and "stderr" there."""


def launch_python(folder: Path, environment: Mapping[str, str]) -> Process:
    """Start one as people do."""
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )


class Child:
    """One ``python -m bot run``; its output goes to files, so that a killed process leaves all it said."""

    def __init__(self, folder: Path, environment: Mapping[str, str], launch: Launch = launch_python) -> None:
        self._out, self._err = folder / "stdout", folder / "stderr"
        variables = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(folder),
            "LOG_FORMAT": "json",
            "WEB_PORT": "0",
            **environment,
        }
        self.process = launch(folder, variables)

    @property
    def output(self) -> str:
        """All it wrote so far, to standard output and standard error."""
        return self._out.read_text(errors="replace") + self._err.read_text(errors="replace")

    @property
    def lines(self) -> list[str]:
        """The lines for whoever hosts it, without those of the log."""
        return [line for line in self.output.splitlines() if not line.startswith("{")]

    def events(self, name: str | None = None) -> list[dict[str, Any]]:
        """The log's events so far, all or those of one name."""
        found = [
            json.loads(line)
            for line in self.output.splitlines()
            if line.startswith("{") and line.endswith("}")
        ]
        return [event for event in found if name in (None, event["event"])]

    async def logs(self, name: str, *, times: int = 1, seconds: float = START_SECONDS) -> None:
        """Return when it logged that event so often; fail when it ends before or takes too long."""
        async with asyncio.timeout(seconds):
            while len(self.events(name)) < times:
                assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.output}"
                await asyncio.sleep(_POLL_SECONDS)

    async def exits(self, seconds: float = START_SECONDS) -> int:
        """Its exit code, once it ends by itself; minus the signal if one killed it."""
        async with asyncio.timeout(seconds):
            while self.process.poll() is None:
                await asyncio.sleep(_POLL_SECONDS)
        return int(self.process.returncode)

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """``kill -9``, and gone when this returns; nothing happens if it has ended."""
        self.process.kill()
        self.process.wait(timeout=10)


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
