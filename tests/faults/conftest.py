"""A world for each test. Whatever happens, its processes are killed; whatever they did, they told no secret."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.faults.storage import Storage
from tests.faults.world import World


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A sandbox without flood limits. At the end every output is looked through for tracebacks and the token."""
    sandbox = Sandbox(limits=None, press_seconds=0.3, webhook_retry_seconds=0.05, webhook_retry_at_most=1.0)
    await sandbox.start()
    token = sandbox.token
    world = World(sandbox, tmp_path)
    try:
        yield world
    finally:
        for child in world.children:
            child.kill()
        await sandbox.stop()
    for child in world.children:
        assert "Traceback" not in child.output
        assert token.partition(":")[2] not in child.output


@pytest.fixture
def storage(database_url: str) -> Storage:
    """The rows of the test's database."""
    return Storage(database_url)
