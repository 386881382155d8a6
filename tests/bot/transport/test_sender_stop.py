"""Ending the sender."""

import asyncio

import pytest

from bot.clock import Clock
from bot.transport.client import Client
from bot.transport.sender import Sender
from db.engine import Database


@pytest.mark.parametrize("steps", range(6))
async def test_stop_ends_it_though_it_was_just_told_to_look(sqlite_url: str, steps: int) -> None:
    """A call to look that arrives together with the end does not swallow the end."""
    database = Database(sqlite_url)
    sender = Sender(Client("1:none"), database, Clock(), per_second=30, on_token_refused=lambda: None)
    sender.start()
    await asyncio.sleep(0.1)
    sender.look()
    for _ in range(steps):
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await sender.stop()
    database.close()
