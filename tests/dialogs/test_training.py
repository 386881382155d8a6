"""Mock interviews, stories and the day of an interview, when something else comes in between: no word goes astray."""

import pytest

from tests.content.packs import pack_text
from tests.dialogs.packs import named_parts, three_categories
from tests.dialogs.stage import set_up
from tests.dialogs.steps import CLIENT, SHOP, arrive, do, parts

FORGOT = (
    "Situation: In May I failed to renew our biggest contract, for I had forgotten the date. It was my mistake. "
    "Task: I had to win them back. Action: I rang them every day and I visited the owner. Result: They came back."
)
KILN = CLIENT.replace("client", "kiln")


@pytest.mark.parametrize("opened", ["Answer that", "Keep as a story"])
async def test_a_mock_closes_what_any_text_would_be_taken_for(opened: str, database_url: str) -> None:
    """An answer typed under a question of a mock goes neither into an older answer nor becomes a story's name."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/start q_failure-failed", "!Answer", FORGOT, "!Submit", "/mock")
        await do(ada, f"!{opened}", "!3", SHOP)
        assert "Step 1/4 · Situation" in ada.heard()
        assert (await parts(ada, "intro-why-us"))["situation"] == SHOP


async def test_a_mock_closes_the_prompt_of_a_setting(database_url: str) -> None:
    """A few words under its question are no time that could not be read, neither at first nor with [Go on]."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "/time", "!3", SHOP)
        assert "Step 1/4 · Situation" in ada.heard()


async def test_a_reply_to_a_follow_up_is_that_after_a_command_too(database_url: str) -> None:
    """/help in between does not send it to a question that was never shown."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT, "!Submit", "/help", SHOP)
        assert "Question 2 of 3" in ada.heard()
        assert [asked["reply"] for asked in (await ada.exported())["mocks"][0]["questions"]] == [SHOP, "", ""]


async def test_cancel_at_a_follow_up_parks_the_mock(database_url: str) -> None:
    """What is typed then is no reply."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT, "!Submit", "/cancel")
        assert "Parked at question 1 of 3" in ada.heard()
        await do(ada, SHOP)
        assert "Question 2 of 3" not in ada.heard()


async def test_a_mock_whose_pack_is_removed_ends_with_its_report(database_url: str) -> None:
    """The follow-up that is open can still be replied to; the other questions are gone, and said to be."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage)
        text = pack_text("loaf-one", "loaf-two", "loaf-three").replace(
            "    tips:\n", "    follow_ups: [And the crust?]\n    tips:\n"
        )
        await ada.attach("bakery.yaml", text)
        await do(ada, "!Keep it", "/settings", "!Categories", "!✓ Failure", "!✓ Introduction", "!✓ Teamwork")
        await do(ada, "/mock", "!3", "!Answer", CLIENT, "!Submit")
        assert "The interviewer asks" in ada.heard()
        await do(ada, "/packs", "!A small", "!Remove", "!Remove it", SHOP)
        assert "Your mock interview" in ada.heard()
        assert SHOP in ada.heard()
        assert "A question that is asked no more" in ada.heard()
        assert "of 0 s" not in ada.heard()


@pytest.mark.parametrize("way", ["/mock", "!Go on"])
async def test_a_mock_with_nothing_left_to_ask_is_reported(way: str, database_url: str) -> None:
    """Nobody is told that it is over without a word on what was answered."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage)
        await ada.attach("bakery.yaml", pack_text("loaf-one", "loaf-two", "loaf-three"))
        await do(ada, "!Keep it", "/settings", "!Categories", "!✓ Failure", "!✓ Introduction")
        await do(ada, "!✓ Teamwork", "/mock", "!3", "!Answer", CLIENT, "!Submit", "!Park")
        await do(ada, "/packs", "!A small", "!Remove", "!Remove it", way)
        assert "1 of 3 questions answered" in ada.heard()


async def test_texts_that_wait_are_not_replaced_by_a_story(database_url: str) -> None:
    """[Use a story] on the newer card gives them to its question; the story stays out."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/start q_failure-failed", "!Answer", CLIENT, "!Submit", "!Keep as a story")
        await do(ada, "/start q_failure-mistake", "!Answer", KILN.split(" Task:")[0])
        await do(ada, "/start q_team-together", SHOP, "!Use a story", "!We lost")
        assert "You have begun an answer to this already" in ada.toast
        assert SHOP in ada.heard() or "Step 1/4" in ada.heard()
        assert SHOP in (await parts(ada, "team-together")).values()


@pytest.mark.parametrize("way", ["Remove", "Delete"])
async def test_after_a_story_is_removed_no_other_is_renamed(way: str, database_url: str) -> None:
    """Neither by [Remove] nor by deleting its answer: the next text is no name."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/start q_failure-failed", "!Answer", CLIENT, "!Submit", "!Keep as a story")
        await do(
            ada, "!This name", "/start q_failure-mistake", "!Answer", KILN, "!Submit", "!Keep as a story"
        )
        await do(ada, "!This name", "!We lost a kiln", *(["!Open the answer"] if way == "Delete" else []))
        await ada.press_again("Keep as a story")
        await do(ada, f"!{way}", SHOP)
        assert "It is called" not in ada.heard()
        assert (await ada.exported())["stories"][0]["name"] == "We lost a client"


async def test_the_day_of_an_interview_may_be_typed_by_itself(database_url: str) -> None:
    """Where it is asked for: after /target, after a day that could not be read, and after [It was moved]."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/target", "2030-01-09 Acme")
        assert "Acme · 9 Jan 2030" in ada.heard()
        await do(ada, "/target 2029-01-01", "10 Jan")
        assert "Your interview · 10 Jan 2030" in ada.heard()
        while "How did it go?" not in ada.heard():
            await stage.move_to_next_push()
            await ada.look()
        await do(ada, "!It was moved", "2030-02-01 Acme")
        assert "Acme · 1 Feb 2030" in ada.heard()


async def test_an_answer_typed_after_the_day_was_asked_for_is_an_answer(database_url: str) -> None:
    """Though it begins with what may be read as a day."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/start q_team-together", "!Answer", "/target")
        await ada.say(
            "In 2 weeks our team of five had to move the whole shop, and nobody wanted to lead that at all."
        )
        assert "Task" in ada.heard()
        assert (await ada.exported())["person"]["target_date"] is None


async def test_a_whole_answer_may_have_the_names_of_its_question(database_url: str) -> None:
    """Pasted, typed in one line at a card, edited in Telegram, and pasted over a stored part."""
    async with set_up(database_url, library=named_parts()) as stage:
        ada = await arrive(stage, "/start q_intro-yourself", "!Answer", "Now: I bake.\nBefore: I drove.")
        assert "Proof" in ada.heard()
        await do(ada, "Proof: I won 3 prizes.\nNext: I open a shop with 2 ovens.")
        assert "4/4" not in ada.heard()
        told = {"situation": "I bake.", "task": "I drove.", "action": "I won 3 prizes."}
        assert await parts(ada, "intro-yourself") == {**told, "result": "I open a shop with 2 ovens."}
        await ada.edit(5, "Now: I roast.\nBefore: I sailed.")
        await do(ada, "!Submit")
        assert await parts(ada, "intro-yourself") == {
            **told, "situation": "I roast.", "task": "I sailed.", "result": "I open a shop with 2 ovens."
        }  # fmt: skip
        await do(ada, "/start q_intro-yourself", "Now: A. Before: B. Proof: C 3. Next: D.", "!Submit")
        assert list((await parts(ada, "intro-yourself")).values()) == ["A.", "B.", "C 3.", "D."]
        await do(ada, "/history", "!1", "!Edit", "!Proof", "Proof: E 4.\nNext: F.")
        assert list((await parts(ada, "intro-yourself")).values()) == ["A.", "B.", "E 4.", "F."]
