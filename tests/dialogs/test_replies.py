"""Between what was asked about an answer and the reply, something else comes in between: the reply is not lost."""

import pytest

from tests.dialogs.packs import named_parts, three_categories
from tests.dialogs.somebody import Somebody
from tests.dialogs.stage import Stage, set_up
from tests.dialogs.steps import arrive, do

FORGOT = (
    "Situation: In May I failed to renew our biggest contract, for I had forgotten the date. It was my mistake. "
    "Task: I had to win them back. Action: I rang them every day and I visited the owner. Result: They came back."
)
REPLY = "The first thing I did was to drive there, and then I rang the owner from the yard."
SHORT = "I drove there myself."
KILN = "The kiln in our pottery broke down in the week before the Christmas market."
STILL = "Your next message is still for this."

SHOWING = (
    "/help",
    "/history",
    "/history contract",
    "/settings",
    "/stats",
    "/packs",
    "/stories",
    "/practice",
    "/mock",
    "/privacy",
    "/export",
    "/deleteme",
    "/resume",
    "/start",
    "/time 8:45",
    "/timezone Europe/Lisbon",
    "/pause 20 Jan",
    "/target 2030-03-14",
    "/nonsense",
)
ASKING = {
    "/time": "9:15",
    "/timezone": "Europe/Lisbon",
    "/pause": "20 Jan",
    "/target": "2030-03-14",
}


async def _submitted(stage: Stage, *steps: str) -> Somebody:
    """Somebody who has submitted an answer, and then did that."""
    return await arrive(stage, "/start q_failure-failed", "!Answer", FORGOT, "!Submit", *steps)


async def _told(ada: Somebody, question_id: str = "failure-failed") -> str:
    """Everything told for the question."""
    exported = await ada.exported()
    found = [answer for answer in exported["answers"] if answer["question_id"] == question_id]
    return " | ".join(text for answer in found for text in answer["parts"].values() if text)


@pytest.mark.parametrize("command", SHOWING)
async def test_what_only_shows_something_leaves_the_reply_awaited(command: str, database_url: str) -> None:
    """The reply to the coach's question goes behind the part, whatever was looked at or set in between."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", command, REPLY)
        assert REPLY in await _told(ada)


@pytest.mark.parametrize("command", ["/history", "/settings", "/time 8:45"])
async def test_the_new_text_of_a_part_is_still_awaited_too(command: str, database_url: str) -> None:
    """Of an answer that was opened to be changed."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "/history", "!1", "!Edit", "!Task", command, SHORT)
        assert SHORT in await _told(ada)
        assert "win them back" not in await _told(ada)


@pytest.mark.parametrize("command", ASKING)
async def test_what_was_asked_before_comes_back(command: str, database_url: str) -> None:
    """A command that asks for something itself goes before; then it is said what the next message is for."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", command, ASKING[command])
        assert STILL in ada.heard()
        await ada.say(SHORT)
        assert SHORT in await _told(ada)


async def test_a_search_in_between_comes_first(database_url: str) -> None:
    """The words are searched for, the next text is the reply."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/history", "!Search", "contract")
        assert STILL in ada.heard()
        await ada.say(SHORT)
        assert SHORT in await _told(ada)


async def test_a_setting_that_is_tapped_lets_it_come_back_too(database_url: str) -> None:
    """The time is chosen with a button."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/settings", "!Time", "!19:30")
        assert STILL in ada.heard()
        await ada.say(SHORT)
        assert SHORT in await _told(ada)


async def test_cancel_ends_what_was_asked_last(database_url: str) -> None:
    """And once more the question before."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/time", "/cancel")
        assert STILL in ada.heard()
        await ada.say("/cancel")
        await ada.say(REPLY)
        assert REPLY not in await _told(ada)
        assert REPLY in str(await ada.exported())


async def test_a_reply_is_told_from_a_setting(database_url: str) -> None:
    """It is far too long for a time of day; that is said, and where it went."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/time", REPLY)
        assert "no time of day" in ada.heard()
        assert "What I heard" in ada.heard()
        assert REPLY in await _told(ada)


async def test_a_short_reply_is_asked_about(database_url: str) -> None:
    """It may be a slip of a time of day."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/time", SHORT)
        assert "What is it for?" in ada.heard()
        assert SHORT in str((await ada.exported())["undecided"])
        await ada.press("Behind my Result")
        assert SHORT in await _told(ada)
        assert (await ada.exported())["undecided"] == []


async def test_a_slip_is_asked_for_again(database_url: str) -> None:
    """And the reply after it."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/time", "hlaf nine", "!A time of day", "8:45")
        assert "08:45" in ada.heard()
        assert STILL in ada.heard()
        await ada.say(SHORT)
        told = await _told(ada)
        assert SHORT in told
        assert "hlaf nine" not in told


async def test_what_was_asked_meanwhile_can_be_told_first(database_url: str) -> None:
    """The time is taken though a text waits; then it is asked again what that is for."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/time", SHORT, "8:45")
        assert "08:45" in ada.heard()
        assert "What is it for?" in ada.heard()
        await ada.press("Behind my Result")
        assert SHORT in await _told(ada)


@pytest.mark.parametrize("way", ["push", "question", "link"])
async def test_after_a_card_it_is_asked_what_a_text_is_for(way: str, database_url: str) -> None:
    """Both ways of it, with one text and with two."""
    for_reply, for_card = "Behind my Result", "For the new question"
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that")
        await _show_card(stage, ada, way)
        await ada.say(SHORT)
        assert ada.labels() == [for_reply, for_card]
        await ada.press(for_reply)
        assert SHORT in await _told(ada)
        await do(ada, "!Answer that")
        await _show_card(stage, ada, way)
        await do(ada, KILN, "My task was to have it burning again by Friday.", f"!{for_card}")
        assert "Step 3/4 · Action" in ada.heard()
        assert KILN not in await _told(ada)
        assert KILN in str((await ada.exported())["answers"])


async def _show_card(stage: Stage, ada: Somebody, way: str) -> None:
    if way == "push":
        await stage.move_to_next_push()
        await ada.look()
    else:
        await ada.say("/question" if way == "question" else "/start q_failure-over-head")


async def test_two_new_texts_of_a_part_are_both_kept(database_url: str) -> None:
    """The second goes behind the first and does not take its place."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "/history", "!1", "!Edit", "!Task", "/question", SHORT, KILN)
        await ada.press("My new Task")
        told = await _told(ada)
        assert f"{SHORT}\n{KILN}" in told
        assert "win them back" not in told


async def test_beginning_the_new_question_decides(database_url: str) -> None:
    """[Answer] under the card: what was kept is its beginning."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/start q_failure-mistake", KILN, "!Answer")
        assert KILN in await _told(ada, "failure-mistake")


async def test_a_kept_text_may_be_edited(database_url: str) -> None:
    """It goes where it is meant to go in its new words."""
    async with set_up(database_url) as stage:
        ada = await _submitted(
            stage, "!Answer that", "/start q_failure-mistake", KILN.replace("kiln", "klin")
        )
        await ada.edit(7, KILN)
        assert "What is it for?" in ada.heard()
        await ada.press("Behind my Result")
        assert KILN in await _told(ada)


async def test_after_a_question_is_turned_down_the_reply_is_a_reply(database_url: str) -> None:
    """[Not today] leaves nothing else that a text could be for."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/question", "!Not today", SHORT)
        assert SHORT in await _told(ada)


async def test_a_rating_in_between_changes_nothing(database_url: str) -> None:
    """[Good] hangs under the model answer, right beside what was asked."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "!Good", SHORT)
        assert SHORT in await _told(ada)


async def test_a_reply_to_an_answer_that_is_deleted_is_kept(database_url: str) -> None:
    """With the next question, and said so."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/history", "!1", "!Delete", REPLY)
        assert "No question was open" in ada.heard()
        assert REPLY in str((await ada.exported())["answers"])


@pytest.mark.parametrize(
    "between", [("/time", "9:15"), ("/stats",), ("/question", SHORT, "!For the follow-up")]
)
async def test_the_reply_to_a_follow_up_of_a_mock_is_kept_as_that(
    between: tuple[str, ...], database_url: str
) -> None:
    """The interview goes on with its next question."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await _submitted(stage, "/mock", "!3", FORGOT, "!Submit")
        assert "For the follow-up" not in ada.labels()
        await do(ada, *between)
        if SHORT not in between:
            await ada.say(SHORT)
        items = (await ada.exported())["mocks"][0]["questions"]
        assert SHORT in [item["reply"] for item in items]


async def test_texts_that_were_decided_on_together_may_each_be_edited(database_url: str) -> None:
    """The reply to a follow-up has what each of them says now; other words may wait by then."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await _submitted(stage, "/mock", "!3", FORGOT, "!Submit")
        await do(ada, "/question", SHORT, KILN.replace("kiln", "klin"), "!For the follow-up")
        own = [message for message in await ada.messages() if message["outgoing"]]
        await ada.edit(len(own), KILN)
        assert "Your reply" in ada.heard()
        items = (await ada.exported())["mocks"][0]["questions"]
        assert f"{SHORT}\n{KILN}" in [item["reply"] for item in items]


async def test_a_second_new_text_knows_the_names_of_its_question(database_url: str) -> None:
    """The name before it is a label there too."""
    looms, yarn = "I mended looms in a small mill.", "Then I sold yarn to weavers."
    async with set_up(database_url, library=named_parts()) as stage:
        ada = await Somebody.arrive(stage, "Ada")
        await do(ada, "/start", "8:30", "Europe/Berlin", "/start q_intro-yourself", "!Answer")
        await do(ada, f"Now: {KILN}\nBefore: {SHORT}\nProof: {REPLY}\nNext: {SHORT}", "!Submit")
        await do(ada, "/history", "!1", "!Edit", "!Before", "/question")
        await do(ada, f"Before: {looms}", f"Before: {yarn}", "!My new Before")
        assert f"{looms}\n{yarn}" in await _told(ada, "intro-yourself")


async def test_a_text_too_long_for_a_name_is_kept(database_url: str) -> None:
    """The story keeps its name, and the text goes to where it would have gone without the prompt."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Keep as a story", KILN)
        assert "so I took that for an answer" in ada.heard()
        assert KILN in str((await ada.exported())["answers"])


async def test_a_short_answer_is_no_name_for_good(database_url: str) -> None:
    """An answer was being written when a story was kept: one tap puts the text there."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "/start q_failure-mistake", "!Answer", KILN)
        await do(ada, "/history", "!1", "!Keep as a story", "I had to mend it.", "!It was no name")
        assert "I had to mend it." in await _told(ada, "failure-mistake")
        exported = await ada.exported()
        assert exported["stories"][0]["name"].startswith("In May I failed")


async def test_where_nothing_else_is_open_a_name_is_a_name(database_url: str) -> None:
    """Nothing more is asked then."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Keep as a story", "/stats", "The contract")
        assert "The contract" in ada.heard()
        assert ada.labels() == ["Stories"]


async def test_a_name_is_asked_about_after_a_card(database_url: str) -> None:
    """A few words may be the beginning of an answer as well."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Keep as a story", "/question", SHORT)
        assert ada.labels() == ["It is the name", "For the new question"]
        await ada.press("It is the name")
        assert (await ada.exported())["stories"][0]["name"] == SHORT


async def test_looking_at_an_answer_decides_nothing(database_url: str) -> None:
    """The text that is kept is asked about until one of the two is tapped."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/question", SHORT, "/history", "!1")
        assert "Step 1/4" not in ada.heard()
        await ada.press("Behind my Result")
        assert SHORT in await _told(ada)


async def test_what_is_no_slip_is_not_dropped_with_one(database_url: str) -> None:
    """A slip of a place, then the reply: the tap that it was a place leaves the reply a reply."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/timezone", "Sprnigfield", REPLY, "!A place")
        told = await _told(ada)
        assert REPLY in told
        assert "Sprnigfield" not in told


async def test_several_replies_are_heard_together(database_url: str) -> None:
    """They go behind the part one after the other, and what is heard is said once."""
    async with set_up(database_url) as stage:
        ada = await _submitted(stage, "!Answer that", "/question", SHORT, KILN, "!Behind my Result")
        assert ada.heard().count("What I heard") == 1
        assert f"{SHORT}\n{KILN}" in await _told(ada)
