"""Files that people send, through the real transport: what cannot be fetched, what is too large, what is hostile."""

import pytest

from content.private import FILE_BYTES_MAX
from tests.content.packs import pack_text
from tests.dialogs.somebody import Somebody
from tests.dialogs.stage import Stage, set_up

HTML = "<b>&amp;</i> <a href='tg://user?id=1'>x</a>"


async def _settled(stage: Stage, name: str) -> Somebody:
    person = await Somebody.arrive(stage, name)
    for step in ("/start", "8:30", "Europe/Berlin"):
        await person.say(step)
    return person


async def test_a_file_that_telegram_does_not_give_is_asked_for_again(database_url: str) -> None:
    """The person is told, and the answer in progress stands as it stood."""
    async with set_up(database_url) as stage:
        ada = await _settled(stage, "Ada")
        await ada.press("Answer")
        stage.sandbox.faults.add({"kind": "bad_gateway", "method": "getFile", "times": 1})
        await ada.attach("bakery.yaml", pack_text("first-loaf"))
        assert "Please send it again" in ada.heard()
        assert "You are still at Situation" in ada.heard()
        await ada.attach("bakery.yaml", pack_text("first-loaf"))
        assert "[Keep it] [Drop it]" in ada.rows()


@pytest.mark.parametrize("size", [FILE_BYTES_MAX + 1, 3 * FILE_BYTES_MAX])
async def test_a_file_that_is_too_large_is_not_read(database_url: str, size: int) -> None:
    """Just over the limit and far over it."""
    async with set_up(database_url) as stage:
        ada = await _settled(stage, "Ada")
        text = pack_text("first-loaf")
        await ada.attach("bakery.yaml", text + "#" * (size - len(text)))
        assert "too large for a pack" in ada.heard()


async def test_other_files_are_still_no_text(database_url: str) -> None:
    """Only files with the endings of a pack are fetched."""
    async with set_up(database_url) as stage:
        ada = await _settled(stage, "Ada")
        await ada.attach("notes.txt", "Situation: x")
        assert "I can only read text so far" in ada.heard()
        assert stage.sandbox.state.requests["getFile"] == 0


async def test_markup_in_a_pack_is_shown_as_it_is_written(database_url: str) -> None:
    """Nothing of a pack is read as HTML, on any of the screens around its question; Telegram refuses none."""
    async with set_up(database_url) as stage:
        ada = await _settled(stage, "Ada")
        text = pack_text("first-loaf").replace("[Honesty.]", f'["{HTML}"]').replace("[Blame.]", f'["{HTML}"]')
        for plain in (
            "A small category",
            "What it is after.",
            "A tip for all of it.",
            "What happened?",
            "You own it.",
            "Whether you notice.",
            "Where were you?",
            "I mended it.",
            "It held for 3 years.",
            "- Be brief.",
        ):
            mark = "- " if plain.startswith("- ") else ""
            text = text.replace(plain, f'{mark}"{HTML}"')
        await ada.attach("bakery.yaml", text)
        assert HTML in ada.heard()
        await ada.press("Keep it")
        for label in ("Ask me one", "Answer", "Hint"):
            await ada.press(label)
            assert HTML in ada.heard(), label
        await ada.say(
            "Situation: the kiln. Task: mend it. Action: I rebuilt it and I tested it. Result: 40 % cheaper."
        )
        await ada.press("Submit")
        assert HTML in ada.heard()
        await ada.say("/practice")
        await ada.press("Tips")
        await ada.say("/packs")
        assert HTML in ada.heard()


async def test_the_packs_are_reached_from_the_settings(database_url: str) -> None:
    """And the settings from there, on the same message."""
    async with set_up(database_url) as stage:
        ada = await _settled(stage, "Ada")
        await ada.say("/settings")
        await ada.press("Your packs")
        assert "An example to fill in" in ada.labels()
        await ada.press("Settings")
        assert "Your packs" in ada.labels()
        assert len(ada.changed) == 1


async def test_a_pack_that_waits_is_counted_apart(database_url: str) -> None:
    """/deleteme erases it too, but it is none of the packs that are kept."""
    async with set_up(database_url) as stage:
        ada = await _settled(stage, "Ada")
        await ada.attach("bakery.yaml", pack_text("first-loaf"))
        await ada.say("/deleteme")
        assert "1 pack that waits to be kept" in ada.heard()
        assert "1 pack," not in ada.heard()


async def test_a_pack_is_exported_and_erased(database_url: str) -> None:
    """The export has its text word for word; after /deleteme nothing of it is there."""
    async with set_up(database_url) as stage:
        ada = await _settled(stage, "Ada")
        text = pack_text("first-loaf")
        await ada.attach("bakery.yaml", text)
        await ada.press("Keep it")
        exported = await ada.exported()
        assert [(pack["name"], pack["text"], pack["kept"]) for pack in exported["packs"]] == [
            ("bakery", text, True)
        ]
        await ada.say("/deleteme")
        assert "1 pack" in ada.heard()
        await ada.press("Delete everything")
        await ada.say("/packs")
        assert "A small category" not in ada.heard()
        assert (await ada.exported())["packs"] == []


async def test_anothers_pack_cannot_be_reached(database_url: str) -> None:
    """Neither by the buttons of its question nor by those of the pack."""
    async with set_up(database_url) as stage:
        ada, bo = await _settled(stage, "Ada"), await _settled(stage, "Bo")
        await ada.attach("bakery.yaml", pack_text("first-loaf").replace("What happened?", "Which xylophone?"))
        await ada.press("Keep it")
        await ada.press("Ask me one")
        assert "Which xylophone?" in ada.heard()
        await bo.say("/question")
        message_id = (await bo.messages())[-1]["message_id"]
        buttons = {
            button.data for button in ada.buttons_seen if "~" in button.data or button.data.startswith("pk")
        }
        assert len(buttons) >= 6
        for data in sorted(buttons):
            await bo.press_data(message_id, data, forged=True)
            assert "xylophone" not in bo.heard() + bo.toast, data
        await bo.say("/start q_~1.first-loaf")
        assert "xylophone" not in bo.heard()


async def test_who_is_not_let_in_has_no_file_fetched(database_url: str) -> None:
    """Outside of the allow-list a file costs no more than a text."""
    async with set_up(database_url, allowed=(1,)) as stage:
        ada = await Somebody.arrive(stage, "Ada")
        await ada.attach("bakery.yaml", pack_text("first-loaf"))
        assert "This Starling is private" in ada.heard()
        assert stage.sandbox.state.requests["getFile"] == 0
