"""The sandbox as a process of its own."""

import asyncio
import sys
from pathlib import Path

import aiohttp


async def test_it_runs_as_a_module(session: aiohttp.ClientSession) -> None:
    """`python -m bot.sandbox` prints where it listens and which token it knows."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.sandbox",
        "--port",
        "0",
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(20):
            word, url, _, token = (await process.stdout.readline()).decode().split()
        assert word == "sandbox"
        async with session.get(f"{url}/bot{token}/getMe") as answer:
            assert (await answer.json())["ok"] is True
    finally:
        process.terminate()
        await process.wait()
