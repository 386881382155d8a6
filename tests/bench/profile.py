"""Where the time goes: py-spy on a running contestant, summed up by function."""

import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.processes import Program

_RATE = 250
_STOP_SECONDS = 30


@contextmanager
def recorded(program: Program, path: Path) -> Iterator[None]:
    """Record the program meanwhile, as collapsed stacks with the number of samples each."""
    command = ["py-spy", "record", "--format", "raw", "--gil", "--rate", str(_RATE), "--output", str(path)]
    recorder = subprocess.Popen(
        [*command, "--pid", str(program.process.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        recorder.send_signal(signal.SIGINT)
        recorder.wait(timeout=_STOP_SECONDS)


def summary(path: Path, limit: int = 40) -> str:
    """The functions by the share of samples they are in, and the share they are on top in, both in percent."""
    inside: Counter[str] = Counter()
    on_top: Counter[str] = Counter()
    for line in path.read_text().splitlines():
        stack, _, number = line.rpartition(" ")
        frames = [frame.rpartition(":")[0] + ")" if ":" in frame else frame for frame in stack.split(";")]
        samples = int(number)
        on_top[frames[-1]] += samples
        for frame in set(frames):
            inside[frame] += samples
    whole = sum(on_top.values()) or 1
    lines = [f"{whole} samples", "in  top"]
    lines += [
        f"{100 * number / whole:5.1f} {100 * on_top[frame] / whole:5.1f}  {frame}"
        for frame, number in inside.most_common(limit)
    ]
    lines += ["on top"]
    lines += [f"{100 * number / whole:5.1f}  {frame}" for frame, number in on_top.most_common(limit)]
    return "\n".join(lines) + "\n"
