"""The demo's panel while the bot is being stopped short and started again."""

import asyncio
from pathlib import Path

from bot.demo import Demo
from content.library import load_library


async def test_the_panel_is_answered_while_the_bot_is_restarted(tmp_path: Path) -> None:
    """Whoever asks in between waits for the new one instead of asking one whose database is closed."""
    demo = Demo(load_library(), tmp_path / "demo.db", "127.0.0.1", 0)
    await demo.start()
    try:
        restarting = asyncio.create_task(demo._restart())
        while not restarting.done():
            facts = await demo._panel_state(700_000_001)
            assert "next_push" in facts
            await asyncio.sleep(0)
        assert (await restarting)["ok"]
    finally:
        await demo.stop()
