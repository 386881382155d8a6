"""What a text is for when a card nobody asked for, an edit or a command comes in between: nothing goes astray."""

from tests.dialogs.somebody import Somebody
from tests.dialogs.stage import Stage, set_up

KILN = "The kiln in our pottery broke down in the week before the Christmas market."
FRIDAY = "My task was to have it burning again by Friday, whatever it took."
BURNER = "I took the burner apart, found the cracked nozzle and drove to the works for another."
INVITED = "I sent four hundred invitations with the wrong date printed on them, in May."
WHOLE = "Situation: We lost a client. Task: Win them back. Action: I rang them every day. Result: Back in 3 weeks."


async def _arrive(stage: Stage) -> Somebody:
    ada = await Somebody.arrive(stage, "Ada")
    for step in ("/start", "8:30", "Europe/Berlin"):
        await ada.say(step)
    return ada


async def _answering_with_a_card(stage: Stage) -> Somebody:
    """Somebody at the Task of one answer, with the card of another question below it."""
    ada = await _arrive(stage)
    await ada.say("/start q_failure-failed")
    await ada.press("Answer")
    await ada.say(KILN)
    await ada.say("/start q_failure-mistake")
    return ada


async def _parts(ada: Somebody, question_id: str) -> list[str]:
    exported = await ada.exported()
    answer = next(answer for answer in exported["answers"] if answer["question_id"] == question_id)
    return [text for text in answer["parts"].values() if text]


async def test_an_answer_to_the_push_does_not_replace_a_part_of_a_stored_answer(database_url: str) -> None:
    """[Edit] of a stored part was left open; the push is the last thing on the screen since."""
    async with set_up(database_url) as stage:
        ada = await _arrive(stage)
        await ada.say("/start q_failure-failed")
        await ada.press("Answer")
        await ada.say(WHOLE)
        await ada.press("Submit")
        await ada.say("/history")
        for label in ("1", "Edit", "Task"):
            await ada.press(label)
        await stage.move_to_next_push()
        await ada.say(INVITED)
        assert "Step 2/4 · Task" in ada.heard()
        assert "Win them back." in await _parts(ada, "failure-failed")


async def test_a_short_answer_to_the_push_is_not_searched_for(database_url: str) -> None:
    """Nor to a question that comes back after [Later]."""
    async with set_up(database_url) as stage:
        ada = await _arrive(stage)
        await ada.say("/start q_failure-mistake")
        await ada.press("Later")
        await ada.press("In 1 hour")
        await ada.say("/start q_failure-failed")
        await ada.press("Answer")
        await ada.say(WHOLE)
        await ada.press("Submit")
        for _ in range(2):
            await ada.say("/history")
            await ada.press("Search")
            await stage.move_to_next_push()
            await ada.say(INVITED)
            assert "No answer" not in ada.heard()


async def test_a_third_card_is_asked_about_too(database_url: str) -> None:
    """Undecided between two questions when the push brings a third: the next text may be for that one."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(FRIDAY)
        await stage.move_to_next_push()
        await ada.say(INVITED)
        assert "in over your head" in ada.heard()
        await ada.press("For the new question")
        assert await _parts(ada, "failure-over-head") == [INVITED]
