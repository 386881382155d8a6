"""The day of an interview, typed, today, over, moved; and how it went, which is kept."""

from datetime import timedelta

from tests.dialogs.packs import three_categories
from tests.dialogs.stage import set_up
from tests.dialogs.steps import CLIENT, arrive, do


async def test_an_interview_today_gets_the_light_plan_and_the_sheet_at_once(database_url: str) -> None:
    """However today is typed; nothing new is asked any more, and the morning after asks how it went."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/start q_team-together", "!Answer", CLIENT, "!Submit")
        stage.clock.move_on(timedelta(days=1))
        for typed in ("/target today Acme", "/target 8 Jan Acme", "/target 2030-01-08 Acme"):
            await ada.say(typed)
            assert "It is today." in ada.heard()
            assert "light drills only" in ada.heard()
            assert "Your story sheet for Acme" in ada.heard()
            assert "The evening before" not in ada.heard()
        await ada.say("/question")
        assert "A light drill before Acme" in ada.heard()
        assert "a team of yours worked well" in ada.heard()
        while "How did it go?" not in ada.heard():
            await stage.move_to_next_push()
            await ada.look()
        assert stage.clock.now().date().isoformat() == "2030-01-09"


async def test_yesterday_is_still_no_day_of_an_interview(database_url: str) -> None:
    """It is said from when on a day may be."""
    async with set_up(database_url) as stage:
        ada = await arrive(stage, "/target 2030-01-06 Acme")
        assert "from today on" in ada.heard()


async def test_how_it_went_is_kept(database_url: str) -> None:
    """On /target and /stats, in the export, and gone with everything else."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(
            stage, "/start q_team-together", "!Answer", CLIENT, "!Submit", "/target 9 Jan A <b> & Co"
        )
        stage.clock.move_on(timedelta(days=3, hours=3))
        await stage.tick()
        await ada.look()
        assert "A <b> & Co · 9 Jan 2030" in ada.heard()
        await ada.press("Mixed")
        for command in ("/target", "/stats"):
            await ada.say(command)
            assert "A <b> & Co · 9 Jan 2030: mixed" in ada.heard(), command
        exported = (await ada.exported())["interviews"]
        assert [(each["day"], each["name"], each["outcome"]) for each in exported] == [
            ("2030-01-09", "A <b> & Co", "mixed")
        ]
        await do(ada, "/deleteme", "!Delete everything", "/target")
        assert "A <b>" not in ada.heard()
        assert (await ada.exported())["interviews"] == []


async def test_how_it_went_may_be_said_when_the_next_day_is_set(database_url: str) -> None:
    """The question asked before stays good, keeps its own name, and ends nothing."""
    async with set_up(database_url) as stage:
        ada = await arrive(stage, "/target 9 Jan Acme")
        stage.clock.move_on(timedelta(days=3, hours=3))
        await stage.tick()
        await do(ada, "/target 20 Jan Bolt")
        await ada.press("Well")
        await ada.say("/target")
        assert "Bolt · 20 Jan 2030" in ada.heard()
        assert "Acme · 9 Jan 2030: well" in ada.heard()


async def test_after_the_day_target_asks_how_it_went(database_url: str) -> None:
    """Who opens /target before the question came is asked there; [It was moved] leaves nothing behind."""
    async with set_up(database_url) as stage:
        ada = await arrive(stage, "/target 8 Jan Acme")
        stage.clock.move_on(timedelta(days=1, hours=22))
        await ada.say("/target")
        assert "How did it go?" in ada.heard()
        await do(ada, "!It was moved", "20 Jan")
        assert "Acme · 20 Jan 2030" in ada.heard()
        assert (await ada.exported())["interviews"] == []
        await ada.press_again("Badly")
        assert (await ada.exported())["interviews"] == []
