"""The bench's side of the stub: starting it, and giving it orders."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

PATIENCE_SECONDS = 900.0


class Stub:
    """A running stub server."""

    def __init__(self, url: str) -> None:
        self.url = url

    def order(self, token: str, order: str, **given: Any) -> dict[str, Any]:
        """Give an order about one bot; what came of it.

        Raises:
            urllib.error.HTTPError: it could not be carried out.
        """
        request = urllib.request.Request(  # noqa: S310 - the address is our own
            f"{self.url}/control/{token}/{order}",
            data=json.dumps(given).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 - as above
            answer: dict[str, Any] = json.load(response)
        return answer


@contextmanager
def stub_server() -> Iterator[Stub]:
    """A stub in a process of its own, ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.server"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        port = (process.stdout.readline() if process.stdout else "").strip()
        yield Stub(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stdout:
            process.stdout.close()
