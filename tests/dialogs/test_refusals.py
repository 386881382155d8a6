"""What must do nothing: another's buttons, old buttons, nonsense; and what comes that is no text."""

import pytest

from bot.screens.buttons import CALLBACK_DATA_BYTES
from bot.transport.handlers import COMMANDS, TAPS
from tests.dialogs.somebody import Somebody
from tests.dialogs.stage import Stage, set_up

ANSWER = (
    "Situation: the kiln {0}. Task: mend {0}. Action: I rebuilt it and I tested it. Result: {0} 40 % cheaper."
)


async def _answered(stage: Stage, name: str, secret: str, *, submit: bool) -> Somebody:
    person = await Somebody.arrive(stage, name)
    for step in ("/start", "8:30", "Europe/Berlin"):
        await person.say(step)
    await person.press("Answer")
    await person.say(ANSWER.format(secret))
    if submit:
        await person.press("Submit")
    return person


async def test_anothers_answer_cannot_be_reached_by_any_button(database_url: str) -> None:
    """Every verb with the ids of another's answers gives none of their words and changes nothing of theirs."""
    async with set_up(database_url, same_again=True) as stage:
        ada = await _answered(stage, "Ada", "xylophone", submit=True)
        await ada.press("Try again")
        await ada.say(ANSWER.format("zeppelin"))
        bo = await _answered(stage, "Bo", "violin", submit=True)
        message_id = (await bo.messages())[-1]["message_id"]
        for verb in sorted(set(TAPS) - {"dd"}):
            for data in (f"{verb}:1", f"{verb}:2", f"{verb}:1:task", f"{verb}:2:4", f"{verb}:1:0:0:-:0"):
                await bo.press_data(message_id, data, forged=True)
                assert "xylophone" not in bo.heard() + bo.toast, data
                assert "zeppelin" not in bo.heard() + bo.toast, data
        await ada.say("/history")
        assert "1 answer" in ada.heard()
        await ada.press("1")
        assert "xylophone" in ada.heard()
        await ada.say("/question")
        assert "zeppelin" in ada.heard()


async def test_nonsense_behind_a_button_is_answered_calmly(database_url: str) -> None:
    """Unknown verbs and arguments of any shape are answered, and the draft stands as it stood."""
    async with set_up(database_url, same_again=True) as stage:
        ada = await _answered(stage, "Ada", "xylophone", submit=False)
        message_id = (await ada.messages())[-1]["message_id"]
        rubbish = ("", "-1", "9" * 30, "0", "é", "'", "task", "x:y:z", "1:nopart", "1:-1", "99999:task")
        for verb in sorted({*TAPS, "nothing"} - {"cancel", "over", "dd"}):
            for args in rubbish:
                data = f"{verb}:{args}"
                if len(data.encode()) <= CALLBACK_DATA_BYTES:
                    await ada.press_data(message_id, data, forged=True)
                    assert "went wrong" not in ada.heard() + ada.toast, data


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"deleteme"}))
async def test_every_command_works_in_mid_answer_and_loses_nothing(command: str, database_url: str) -> None:
    """After any command the draft is there, with its words, and takes the next text once continued."""
    async with set_up(database_url) as stage:
        ada = await Somebody.arrive(stage, "Ada")
        for step in ("/start", "8:30", "Europe/Berlin"):
            await ada.say(step)
        await ada.press("Answer")
        await ada.say("The kiln in our pottery broke down in the week before the Christmas market.")
        await ada.say(f"/{command}")
        assert ada.new, "the command was not answered"
        assert "went wrong" not in ada.heard()
        await ada.say("/question")
        await ada.press("Continue")
        assert "Step 2/4 · Task" in ada.heard()
        await ada.say("My task was to have it burning again by Friday.")
        assert "Step 3/4 · Action" in ada.heard()


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "video", "poll", "contact", "document"])
async def test_other_content_gets_a_sentence(kind: str, database_url: str) -> None:
    """A sticker, photo or voice message in mid-answer is refused in one sentence that says where one stands."""
    async with set_up(database_url) as stage:
        ada = await Somebody.arrive(stage, "Ada")
        for step in ("/start", "8:30", "Europe/Berlin"):
            await ada.say(step)
        await ada.press("Answer")
        await ada.send(kind)
        assert "You are still at Situation; nothing is lost." in ada.heard()


async def test_a_shared_location_becomes_a_zone(database_url: str) -> None:
    """The place is turned into its zone, and the keyboard goes away."""
    async with set_up(database_url) as stage:
        ada = await Somebody.arrive(stage, "Ada")
        await ada.say("/start")
        await ada.press("08:30")
        await ada.press("Use my location")
        await ada.share(22.57, 88.36)
        assert "Kolkata time it is." in ada.heard()
        assert "All set" in ada.heard()


async def test_in_a_group_one_sentence_with_a_link(database_url: str) -> None:
    """Practice is private; a group is told so, and nothing is stored."""
    async with set_up(database_url) as stage:
        ada = await Somebody.arrive(stage, "Ada")
        group = await stage.call("POST", "/sandbox/groups", {"title": "Job club"})
        path = f"/sandbox/groups/{group['chat_id']}/messages"
        await stage.call("POST", path, {"user_id": ada.user_id, "text": "/question"})
        await stage.settle()
        said = [message for message in (await stage.call("GET", path))["messages"] if message["from"]["is_bot"]]
        assert [message["text"] for message in said] == [
            "Interview practice is for two: open the private chat."
        ]


async def test_who_blocks_the_bot_is_left_alone_until_they_come_back(database_url: str) -> None:
    """Blocking stops the push; unblocking brings it again."""
    async with set_up(database_url) as stage:
        ada = await _answered(stage, "Ada", "xylophone", submit=True)
        await ada.act("POST", "/block", {})
        assert await stage.apps[0].run(_next_push) is None
        await ada.act("POST", "/unblock", {})
        assert await stage.apps[0].run(_next_push) is not None


async def test_an_instance_that_dies_is_not_missed(database_url: str) -> None:
    """With one instance broken off in mid-answer the other goes on where the draft stood."""
    async with set_up(database_url) as stage:
        ada = await Somebody.arrive(stage, "Ada")
        for step in ("/start", "8:30", "Europe/Berlin"):
            await ada.say(step)
        await ada.press("Answer")
        await ada.say("The kiln in our pottery broke down in the week before the Christmas market.")
        await stage.kill(0)
        await ada.say("My task was to have it burning again by Friday.")
        assert "Step 3/4 · Action" in ada.heard()


def _next_push(tx: object) -> object:
    from bot.usecases import push

    return push.next_moment(tx)  # type: ignore[arg-type]  # the transaction of App.run
