"""What somebody demanding does with interviews, their days and stories, in odd orders; found by playing it."""

from tests.dialogs.packs import three_categories
from tests.dialogs.stage import set_up
from tests.dialogs.steps import CLIENT, arrive, do


async def test_the_first_step_of_a_mocks_answer_names_the_time_to_aim_for(database_url: str) -> None:
    """The card is gone then; an answer to another question has no such line, nor has one while it is parked."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer")
        assert ada.heard().startswith("Question 1 of 3 · aim for 1 min 30 s")
        assert "Step 1/4" in ada.heard()
        await do(ada, "/start q_failure-failed", "!Answer")
        assert "aim for" not in ada.heard()
        await do(ada, "/mock", "!Go on", "!Park", "/question", "!Answer")
        assert "aim for" not in ada.heard()


async def test_an_interview_ended_in_mid_answer_says_that_the_words_are_kept(database_url: str) -> None:
    """Nothing was submitted, and nothing is lost."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT.split(" Task:")[0], "/mock", "!End")
        assert ada.heard() == (
            "Nothing was submitted, so there is no report. What you began is kept. /mock starts another."
        )
        await do(ada, "/history")
        assert any(label.startswith("Drafts") for label in ada.labels())


async def test_the_same_day_set_again_keeps_its_name(database_url: str) -> None:
    """Another day without a name has none."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/target 20 Jan Acme", "/target 20 Jan")
        assert "Acme · 20 Jan 2030" in ada.heard()
        await do(ada, "/target 21 Jan")
        assert "Your interview · 21 Jan 2030" in ada.heard()


async def test_a_story_told_in_a_category_is_a_story_for_it(database_url: str) -> None:
    """Once the answer that began as it is submitted, and no more when that is deleted."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/start q_failure-failed", "!Answer", CLIENT, "!Submit", "!Keep as a story")
        assert "Kept as a story: We lost a client\n" in ada.heard()
        await do(ada, "!This name", "/start q_team-together", "!Use a story", "!We lost", "/stories")
        assert "No story yet: Introduction, Teamwork." in ada.heard()
        await do(ada, "/start q_team-together", "!Answer", "!Continue", "!Submit", "/stories")
        assert "No story yet: Introduction." in ada.heard()
        await do(ada, "!We lost", "!Rename")
        assert "Send the new name for “We lost a client”." in ada.heard()
        await do(ada, "/history", "!1", "!Delete", "/stories")
        assert "No story yet: Introduction, Teamwork." in ada.heard()
