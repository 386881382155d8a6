"""The demo while the bot is being stopped short and started again."""

import asyncio
from pathlib import Path

from bot.demo import Demo
from bot.domain.terms import QuestionId
from content.library import load_library
from tests.content.packs import pack_text, write_pack


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


async def test_packs_of_the_folder_stay_through_a_restart(tmp_path: Path) -> None:
    """What was taken up from CONTENT_DIR while it ran is there afterwards, too."""
    folder = tmp_path / "packs"
    folder.mkdir()
    write_pack(folder, "small.yaml", pack_text("small-one"))
    demo = Demo(load_library(folder), tmp_path / "demo.db", "127.0.0.1", 0, folder)
    await demo.start()
    try:
        assert demo._app is not None
        watch = demo._app._watch
        assert watch is not None
        write_pack(folder, "other.yaml", pack_text("other-one"))
        await watch.look()
        await watch.look()
        await demo._restart()
        assert demo._app.shelf.library.question(QuestionId("other-one")) is not None
        assert demo._app.shelf.library.question(QuestionId("small-one")) is not None
    finally:
        await demo.stop()
