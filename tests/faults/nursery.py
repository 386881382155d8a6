"""Starlings forked from a process that has imported everything: each starts in a third of the time.

``python -m tests.faults.nursery`` reads one line of JSON for each, with its folder and its environment, and answers
with the number of the new process, which goes on as ``python -m bot run``. When it ends, its exit code is written into
its folder.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.faults.child import ROOT

_LOOK_SECONDS = 0.005


class Forked:
    """One forked process, to be used like a `subprocess.Popen`."""

    def __init__(self, pid: int, folder: Path) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._code = folder / "code"

    def poll(self) -> int | None:
        """Its exit code, minus the signal if one killed it; None while it lives."""
        if self.returncode is None and self._code.exists():
            self.returncode = int(self._code.read_text())
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Its exit code, once it has ended."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("forked", timeout)
            time.sleep(_LOOK_SECONDS)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it lives."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """``kill -9``."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that forks."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.nursery"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def launch(self, folder: Path, environment: Mapping[str, str]) -> Forked:
        """A new Starling with this environment, whose output goes to files in the folder."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for name in ("stdout", "stderr"):
            (folder / name).touch()
        self._process.stdin.write(json.dumps([str(folder), dict(environment)]) + "\n")
        return Forked(int(self._process.stdout.readline()), folder)

    def close(self) -> None:
        """End it; what it forked has ended before."""
        self._process.communicate(timeout=10)


def _serve() -> None:
    """Fork as told by standard input, and reap, until the input ends."""
    from bot import cli, running  # noqa: F401 - what a Starling imports, imported once for all
    from bot.domain import coach

    coach.prepare()
    folders: dict[int, Path] = {}
    while True:
        if select.select([sys.stdin], [], [], _LOOK_SECONDS)[0]:
            line = sys.stdin.readline()
            if not line:
                return
            folder, environment = json.loads(line)
            pid = os.fork()
            if pid == 0:
                _become_a_starling(Path(folder), environment)
            folders[pid] = Path(folder)
            sys.stdout.write(f"{pid}\n")
            sys.stdout.flush()
        _reap(folders)


def _reap(folders: dict[int, Path]) -> None:
    while folders:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        folder = folders.pop(pid)
        written = folder / "code.new"
        written.write_text(str(os.waitstatus_to_exitcode(status)))
        written.rename(folder / "code")


def _become_a_starling(folder: Path, environment: Mapping[str, str]) -> None:
    from bot.cli import main

    random.seed()  # or all would take the same pauses
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for number, file, how in ((0, os.devnull, os.O_RDONLY), (1, "stdout", flags), (2, "stderr", flags)):
        os.dup2(os.open(file, how, 0o644), number)
    sys.argv = ["starling", "run"]
    code = 1
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
