"""Mock interviews in every state: edited, restarted, parked, out of questions."""

from datetime import timedelta

from tests.dialogs.packs import three_categories
from tests.dialogs.somebody import Somebody, text_of
from tests.dialogs.stage import set_up
from tests.dialogs.steps import CLIENT, SHOP, arrive, do


async def _replies(ada: Somebody) -> list[str]:
    return [asked["reply"] for asked in (await ada.exported())["mocks"][-1]["questions"]]


async def _edit_last(ada: Somebody, was: str, text: str) -> None:
    own = [text_of(message) for message in await ada.messages() if message["outgoing"]]
    await ada.edit(len(own) - own[::-1].index(was), text)


async def test_an_edited_reply_is_stored(database_url: str) -> None:
    """While the next question is open, after the end, and once more; the report has it."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT, "!Submit", SHOP)
        await _edit_last(ada, SHOP, "Our bakery had to move.")
        assert "Your reply" in ada.heard()
        assert "changed" in ada.heard()
        assert await _replies(ada) == ["Our bakery had to move.", "", ""]
        await do(ada, "!Go on")
        assert "Question 2 of 3" in ada.heard()
        await do(ada, "/mock", "!End it here")
        await _edit_last(ada, "Our bakery had to move.", "Our kiln had to move.")
        await ada.press("The report")
        assert "Our kiln had to move." in ada.heard()


async def test_an_edited_piece_of_a_long_reply_is_stored(database_url: str) -> None:
    """Only that piece changes; one that would grow too long does not."""
    async with set_up(database_url, library=three_categories()) as stage:
        long = " ".join(["long"] * 700)
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT, "!Submit", long)
        await _edit_last(ada, long, "Shorter.")
        await do(ada, "The end.")
        assert "Question 2 of 3" in ada.heard()
        assert (await _replies(ada))[0] == "Shorter.\nThe end."
        await _edit_last(ada, "The end.", "An end.")
        assert (await _replies(ada))[0] == "Shorter.\nAn end."


async def test_an_edited_answer_of_a_mock_is_stored_without_a_reading(database_url: str) -> None:
    """Nothing is said about it before the report."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT, "!Submit")
        await _edit_last(ada, CLIENT, CLIENT.replace("client", "kiln"))
        assert "changed in the stored answer" in ada.heard()
        assert "What I heard" not in ada.heard()
        answer = (await ada.exported())["answers"][-1]
        assert answer["parts"]["situation"] == "We lost a kiln."


async def test_a_second_tap_on_the_number_says_where_the_interview_is(database_url: str) -> None:
    """It has begun; nothing has to be ended."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3")
        await ada.press_again("3")
        assert (
            ada.toast == "The interview is under way, at question 1 of 3. /mock goes on with it or ends it."
        )
        assert len((await ada.exported())["mocks"]) == 1


async def test_a_restart_in_the_middle_and_between_follow_ups(database_url: str) -> None:
    """Whichever process is left goes on where the other one stopped."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT.split(" Action:")[0])
        await stage.kill(0)
        await do(
            ada,
            "I rang them every day and I visited the owner.",
            "They came back in 3 weeks, with 40 % more.",
        )
        await do(ada, "!Submit")
        assert "The interviewer asks" in ada.heard()
        await do(ada, SHOP)
        assert "Question 2 of 3" in ada.heard()


async def test_killed_between_the_answer_and_its_follow_up(database_url: str) -> None:
    """The follow-up is still open, and the reply still one."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT, "!Submit")
        await stage.kill(1)
        await do(ada, SHOP)
        assert "Question 2 of 3" in ada.heard()
        assert (await _replies(ada))[0] == SHOP


async def test_parked_for_days_it_goes_on_where_it_was(database_url: str) -> None:
    """Pushes come meanwhile and are answered as always; the interview is as it was."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/mock", "!3", "!Answer", CLIENT, "!Submit", "!Park")
        for _ in range(5):
            await stage.move_to_next_push()
            await ada.look()
        await do(ada, "!Answer", CLIENT.replace("client", "kiln"), "!Submit")
        assert "What I heard" in ada.heard()
        stage.clock.move_on(timedelta(days=40))
        await do(ada, "/mock")
        assert "You are at question 1 of 3" in ada.heard()
        await do(ada, "!Go on")
        assert "The interviewer asks" in ada.heard()
        await do(ada, SHOP, "!Skip it", "!Skip it")
        assert "1 of 3 questions answered" in ada.heard()
        assert SHOP in ada.heard()


async def test_too_few_questions_in_the_chosen_categories(database_url: str) -> None:
    """It is said how many there are, and the categories are one tap away."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/settings", "!Categories", "!✓ Failure", "!✓ Teamwork", "/mock", "!3")
        assert "2 questions" in ada.heard() + ada.toast
        await do(ada, "!Categories", "!Teamwork", "/mock", "!3")
        assert "Question 1 of 3" in ada.heard()


async def test_fewer_questions_than_asked_for(database_url: str) -> None:
    """An interview of as many as there are, and its number is told."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/settings", "!Categories", "!✓ Failure", "!✓ Introduction", "/mock", "!6")
        assert "Question 1 of 3" in ada.heard()


async def test_swap_until_nothing_is_left(database_url: str) -> None:
    """Each question once, then a word; the card stays, and tomorrow there is a question again."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/question")
        prompts = [text_of(ada.new[-1])]
        for _ in range(20):
            await ada.press("Swap")
            if ada.toast:
                break
            prompts.append(text_of(ada.new[-1]))
        assert len(prompts) == len(set(prompts)) == 11
        assert ada.toast == "There is no other question left for today."
        await ada.say("/question")
        assert text_of(ada.new[-1]).split("\n")[:2] == prompts[-1].split("\n")[:2]
        await stage.move_to_next_push()
        await ada.look()
        assert any(label == "Answer" for label in ada.labels())


async def test_when_everything_was_asked_questions_come_again(database_url: str) -> None:
    """/question, the push, /practice and /mock all have something, the one asked longest ago first."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/question")
        while not ada.toast:
            await ada.press("Swap")
        first = text_of(ada.new[-1]) if ada.new else ""
        for _ in range(12):
            await stage.move_to_next_push()
            await ada.look()
            assert "Answer" in ada.labels()
        await do(ada, "!Not today", "/question")
        assert "Answer" in ada.labels()
        await do(ada, "/practice", "!Teamwork")
        assert "Answer" in ada.labels()
        await do(ada, "/practice", "!By level", "!Entry")
        assert "Answer" in ada.labels()
        await do(ada, "/mock", "!4")
        assert "Question 1 of 4" in ada.heard()
        assert first is not None
