"""What a text is for when a card nobody asked for, an edit or a command comes in between: nothing goes astray."""

import pytest

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


async def _answering(stage: Stage, words: str) -> Somebody:
    """Somebody who answers a question, and has told so much."""
    ada = await _arrive(stage)
    await ada.say("/start q_failure-failed")
    await ada.press("Answer")
    await ada.say(words)
    return ada


async def _answering_with_a_card(stage: Stage) -> Somebody:
    """Somebody at the Task of one answer, with the card of another question below it."""
    ada = await _answering(stage, KILN)
    await ada.say("/start q_failure-mistake")
    return ada


async def _parts(ada: Somebody, question_id: str) -> list[str]:
    exported = await ada.exported()
    answer = next(answer for answer in exported["answers"] if answer["question_id"] == question_id)
    return [text for text in answer["parts"].values() if text]


async def test_an_answer_to_the_push_does_not_replace_a_part_of_a_stored_answer(database_url: str) -> None:
    """[Edit] of a stored part was left open; the push is the last thing on the screen since."""
    async with set_up(database_url) as stage:
        ada = await _answering(stage, WHOLE)
        await ada.press("Submit")
        await ada.say("/history")
        for label in ("1", "Edit", "Task"):
            await ada.press(label)
        await stage.move_to_next_push()
        await ada.say(INVITED)
        await ada.press("For the new question")
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


async def test_an_edit_decides_nothing(database_url: str) -> None:
    """A slip of the pen mended while it is asked what the text is for: both texts can still go to the older answer."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(FRIDAY.replace("again", "agian"))
        await ada.edit(7, FRIDAY)
        assert "Which question is it for?" in ada.heard()
        await ada.say(BURNER)
        assert "Which question are they for?" in ada.heard()
        await ada.press("For my answer at Task")
        assert await _parts(ada, "failure-failed") == [KILN, FRIDAY, BURNER]


async def test_help_decides_nothing(database_url: str) -> None:
    """A command that asks for nothing leaves open what the text is for."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(FRIDAY)
        await ada.say("/help")
        await ada.say(BURNER)
        await ada.press("For my answer at Task")
        assert await _parts(ada, "failure-failed") == [KILN, FRIDAY, BURNER]


async def test_a_photo_while_undecided_is_at_no_step(database_url: str) -> None:
    """Which of two steps one is at is just what is not known."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(FRIDAY)
        await ada.send("photo")
        assert "You are still at" not in ada.heard()


async def test_a_label_alone_is_no_message_kept(database_url: str) -> None:
    """Its text comes next; nothing can be counted yet."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say("Task:")
        assert "Which question is it for?" in ada.heard()
        assert "0 messages" not in ada.heard()


async def test_a_text_after_cancel_goes_to_what_was_put_aside_last(database_url: str) -> None:
    """The other card is older than the answer's last step, and no longer on the screen."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.press("Go on with your answer")
        await ada.say(FRIDAY)
        await ada.say("/cancel")
        await ada.say(BURNER)
        assert "You had put this answer aside." in ada.heard()
        assert await _parts(ada, "failure-failed") == [KILN, FRIDAY, BURNER]


async def test_an_answer_at_the_review_is_there_again_once_a_text_left_it(database_url: str) -> None:
    """It was added to the Result; without it the next text must not take the place of the Result."""
    async with set_up(database_url) as stage:
        ada = await _arrive(stage)
        await ada.say("/start q_failure-mistake")
        await ada.press("Answer")
        await ada.say(WHOLE)
        for step in ("/start q_failure-failed", KILN, "/start q_failure-mistake"):
            await ada.say(step)
            if "Which question" in ada.heard():
                await ada.press("For the new question")
        await ada.say(FRIDAY)
        await ada.press("For my answer at Task")
        assert await _parts(ada, "failure-failed") == [KILN, FRIDAY]
        await ada.say("/history")
        await ada.press("Drafts")
        assert "at the review" in ada.heard()


async def test_a_labelled_text_keeps_its_label_whichever_answer_it_is_for(database_url: str) -> None:
    """`Result: …` sent between two questions is the Result of the one that is chosen, and not its next part."""
    for label in ("For my answer at Task", "For the new question"):
        async with set_up(database_url) as stage:
            ada = await _answering_with_a_card(stage)
            await ada.say("Result: It burned again on Thursday, and we sold 212 bowls.")
            await ada.press(label)
            question_id = "failure-failed" if "my answer" in label else "failure-mistake"
            exported = await ada.exported()
            answer = next(one for one in exported["answers"] if one["question_id"] == question_id)
            assert answer["parts"]["result"] == "It burned again on Thursday, and we sold 212 bowls."
            assert answer["parts"]["task"] == ""


@pytest.mark.parametrize(
    "label", ["For the new question", "For my answer at Task", "Go on with your answer", "Answer"]
)
async def test_it_is_said_which_part_a_labelled_text_became(label: str, database_url: str) -> None:
    """Whichever button decides."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say("Action: I rang the works and drove there myself.")
        await ada.press(label)
        assert "That is your Action." in ada.heard()


async def test_of_several_labelled_texts_each_is_named(database_url: str) -> None:
    """In the order in which they were sent; a plain one in between is the part it came at."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        for text in ("Result: It burned again on Thursday.", INVITED, "Action: I drove there myself."):
            await ada.say(text)
        await ada.press("For the new question")
        assert "That is your Result. That is your Action." in ada.heard()


async def test_texts_that_wait_do_not_replace_one_another(database_url: str) -> None:
    """Not even where the older answer was opened for an edit, and each plain text takes a part's place."""
    async with set_up(database_url) as stage:
        ada = await _answering(stage, WHOLE)
        await ada.press("Edit Task")
        await ada.say("/start q_failure-mistake")
        for words in (FRIDAY, BURNER, INVITED):
            await ada.say(words)
        await ada.press("For my answer")
        told = " ".join(await _parts(ada, "failure-failed"))
        assert all(words in told for words in (FRIDAY, BURNER, INVITED))


async def test_words_of_the_newer_answer_survive_texts_for_the_older_one(database_url: str) -> None:
    """The newer question had a draft already: what waits is not put into it before it is decided."""
    async with set_up(database_url) as stage:
        ada = await _arrive(stage)
        await ada.say("/start q_failure-mistake")
        await ada.press("Answer")
        await ada.say(INVITED)
        await ada.press("Back")
        await ada.say("/start q_failure-failed")
        await ada.press("Answer")
        await ada.say(KILN)
        await ada.say("/start q_failure-mistake")
        await ada.say(FRIDAY)
        await ada.press("For my answer at Task")
        assert await _parts(ada, "failure-mistake") == [INVITED]
        assert await _parts(ada, "failure-failed") == [KILN, FRIDAY]


async def test_a_thin_text_that_waited_is_asked_about(database_url: str) -> None:
    """The question about a thin part comes once it is decided which answer the text is for."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say("I was late.")
        assert "Which question is it for?" in ada.heard()
        await ada.press("For the new question")
        assert "Keep as it is" in ada.labels()


async def test_a_prompt_of_a_setting_decides_nothing(database_url: str) -> None:
    """/time while a text waits: the hour is taken, the text still waits."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(FRIDAY)
        await ada.say("/time")
        await ada.say("9:15")
        await ada.say(BURNER)
        assert "Which question are they for?" in ada.heard()
        await ada.press("For my answer at Task")
        assert await _parts(ada, "failure-failed") == [KILN, FRIDAY, BURNER]


async def test_cancel_keeps_what_waits_with_the_new_question(database_url: str) -> None:
    """Nothing typed is lost, and it is said where it is."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(INVITED)
        await ada.say("/cancel")
        assert await _parts(ada, "failure-mistake") == [INVITED]
        assert await _parts(ada, "failure-failed") == [KILN]


async def test_answering_a_third_question_keeps_what_waits(database_url: str) -> None:
    """Between two answers when a third is begun: the text is kept with the newer of the two."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(INVITED)
        await ada.say("/start q_failure-over-head")
        await ada.press("Answer")
        await ada.say(BURNER)
        assert await _parts(ada, "failure-mistake") == [INVITED]
        assert await _parts(ada, "failure-over-head") == [BURNER]


async def test_what_waits_is_in_the_export(database_url: str) -> None:
    """Everything that is stored is handed over, decided or not."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(INVITED)
        assert [text["text"] for text in (await ada.exported())["undecided"]] == [INVITED]


async def test_a_short_answer_to_the_push_is_no_time_of_day(database_url: str) -> None:
    """/time was left open; the push is the last thing on the screen since, and a short text is about that."""
    async with set_up(database_url) as stage:
        ada = await _arrive(stage)
        await ada.say("/time")
        await stage.move_to_next_push()
        await ada.say("My oven caught fire.")
        assert "no time of day, so it went into your answer" in ada.heard()
        told = [text for answer in (await ada.exported())["answers"] for text in answer["parts"].values()]
        assert "My oven caught fire." in told


async def test_a_time_typed_after_the_push_is_a_time(database_url: str) -> None:
    """What fits the prompt that was open is still taken for it."""
    async with set_up(database_url) as stage:
        ada = await _arrive(stage)
        await ada.say("/time")
        await stage.move_to_next_push()
        await ada.say("9:15")
        assert "09:15" in ada.heard()


async def test_an_old_empty_it_erases_no_newer_words(database_url: str) -> None:
    """The message was edited once more since: its button is about words that are gone."""
    async with set_up(database_url) as stage:
        ada = await _answering(stage, WHOLE)
        await ada.edit(5, "Situation: We lost a client in May.")
        await ada.edit(5, WHOLE.replace("Win them back.", "Win all of them back."))
        await ada.press_again("Empty them too")
        assert "changed that message since" in ada.toast
        assert "Win all of them back." in await _parts(ada, "failure-failed")


async def test_an_edit_to_labels_does_not_empty_a_submitted_answer(database_url: str) -> None:
    """An answer without a word is none: that is not offered, [Delete] is there for it."""
    async with set_up(database_url) as stage:
        ada = await _answering(stage, WHOLE)
        await ada.press("Submit")
        await ada.edit(5, "Situation:")
        assert "kept what I had" in ada.heard()
        assert not any(label.startswith("Empty") for label in ada.labels())


async def test_every_deleted_answer_can_be_found(database_url: str) -> None:
    """More than fit on a page are turned over to."""
    async with set_up(database_url) as stage:
        ada = await _arrive(stage)
        for number in range(10):
            await ada.say("/start q_failure-failed")
            await ada.press("Answer")
            await ada.say(f"The kiln broke down in week {number}, before the market.")
            await ada.say("/history")
            await ada.press("Drafts")
            await ada.press("Delete 1")
        await ada.say("/history")
        await ada.press("Deleted 10")
        assert "Bring back 8" in ada.labels()
        await ada.press("Older")
        assert "Bring back 2" in ada.labels()
        assert "Bring back 3" not in ada.labels()


async def test_of_texts_that_waited_none_is_lost_to_a_later_one(database_url: str) -> None:
    """Two whole answers waited; the second takes the place of the first, which is kept as what was there before."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        for text in (WHOLE, WHOLE.replace("a client", "the xylophone")):
            await ada.say(text)
        await ada.press("For the new question")
        assert "the xylophone" in ada.heard()
        assert "We lost a client." in str(await ada.exported())


async def test_a_tap_on_a_step_decides_nothing(database_url: str) -> None:
    """[Hint] of the older answer while a text waits: the question which it is for stays."""
    async with set_up(database_url) as stage:
        ada = await _answering_with_a_card(stage)
        await ada.say(FRIDAY)
        await ada.press("Hint")
        assert "Say first which question" in ada.toast
        await ada.press("For the new question")
        assert await _parts(ada, "failure-mistake") == [FRIDAY]


async def test_a_command_that_shows_something_leaves_open_what_was_asked(database_url: str) -> None:
    """/help between [Answer that] and the reply; the reply still goes behind the part."""
    async with set_up(database_url) as stage:
        ada = await _answering(stage, WHOLE)
        await ada.press("Submit")
        await ada.say("/history")
        for label in ("1", "Edit", "Task"):
            await ada.press(label)
        await ada.say("/help")
        await ada.say("Win all of them back.")
        assert "Win all of them back." in await _parts(ada, "failure-failed")


async def test_a_text_while_a_setting_is_asked_goes_to_what_was_put_aside(database_url: str) -> None:
    """It is too long for a time of day, and the answer put aside a moment ago would have taken it."""
    async with set_up(database_url) as stage:
        ada = await _answering(stage, KILN)
        await ada.say("/cancel")
        await ada.say("/time")
        await ada.say(BURNER)
        assert BURNER in await _parts(ada, "failure-failed")
