"""`python -m tests.bench`: run the benches, print a table, write JSON."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from tests.bench import history, push, results, start, steps, tick
from tests.bench.ground import Ground, ground
from tests.bench.results import Figure
from tests.bench.sizes import FULL, QUICK, Sizes

Bench = Callable[[Ground, Sizes, Callable[[str], None]], list[Figure]]

BENCHES: dict[str, Bench] = {
    "step": steps.measure,
    "start": start.measure,
    "push": push.measure,
    "tick": tick.measure,
    "history": history.measure,
    "soak": start.soak,
}


def main() -> int:
    """Run what was asked for; 1 if a bound is not met."""
    chosen = _arguments()
    console = Console(width=None if sys.stdout.isatty() else 150)
    began = time.monotonic()
    figures: list[Figure] = []
    with (
        tempfile.TemporaryDirectory(prefix="starling-bench-", ignore_cleanup_errors=True) as folder,
        ground(Path(folder), chosen.profile) as place,
    ):
        for name in chosen.only:
            figures += BENCHES[name](
                place,
                QUICK if chosen.quick else FULL,
                lambda line: console.log(line) if chosen.verbose else None,
            )
            results.write(figures, chosen.json, quick=chosen.quick)
    results.show(figures, console)
    console.print(f"{time.monotonic() - began:.0f} s in all; written to {chosen.json}")
    return 0 if all(figure.is_met is not False for figure in figures) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="everything small, in two to three minutes")
    parser.add_argument("--only", type=_names, default=list(BENCHES), help=f"some of {','.join(BENCHES)}")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="file to write")
    parser.add_argument("--verbose", action="store_true", help="say what is being done")
    parser.add_argument(
        "--profile", type=Path, help="folder for profiles of steps and pushes, made after measuring"
    )
    chosen = parser.parse_args()
    if chosen.profile is not None:
        chosen.profile.mkdir(parents=True, exist_ok=True)
    return chosen


def _names(value: str) -> list[str]:
    names = value.split(",")
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no bench {', '.join(unknown)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
