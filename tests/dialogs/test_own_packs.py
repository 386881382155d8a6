"""Packs of one's own beside the shipped ones and those of others, and packs that go while they are answered."""

import pytest

from content.private import FILE_BYTES_MAX
from tests.content.packs import pack_text
from tests.dialogs.packs import three_categories
from tests.dialogs.somebody import Somebody
from tests.dialogs.stage import Stage, set_up
from tests.dialogs.steps import CLIENT, arrive, do, parts

KILN = CLIENT.replace("client", "kiln")


async def _with_pack(stage: Stage, name: str, text: str, *steps: str) -> Somebody:
    person = await Somebody.arrive(stage, name)
    await do(person, "/start", "8:30", "Europe/Berlin")
    await person.attach("bakery.yaml", text)
    await do(person, "!Keep it", *steps)
    return person


async def test_two_people_with_the_same_file_have_each_their_own(database_url: str) -> None:
    """Same name and ids; each is asked and reads what they sent, and one's removal leaves the other's."""
    async with set_up(database_url) as stage:
        ada = await _with_pack(stage, "Ada", pack_text("loaf").replace("What happened?", "Ada's loaf?"))
        bo = await _with_pack(stage, "Bo", pack_text("loaf").replace("What happened?", "Bo's loaf?"))
        for person, other in ((ada, "Bo's"), (bo, "Ada's")):
            await do(person, "!Ask me one")
            assert f"{person.name}'s loaf?" in person.heard()
            await do(person, "!Answer", KILN, "!Submit", "/history", "/practice", "/packs")
            assert all(other not in str(message) for message in await person.messages())
        await do(ada, "/packs", "!A small", "!Remove", "!Remove it")
        await do(bo, "/packs", "!A small", "!Ask me one")
        assert "Bo's loaf?" in bo.heard()


async def test_a_shipped_question_cannot_be_taken_over(database_url: str) -> None:
    """Its id in a pack of one's own names another question, and retiring it retires that one alone."""
    text = pack_text("failure-failed", "failure-mistake").replace("What happened?", "My own?")
    text = text.replace("  - id: failure-mistake", "  - id: failure-mistake\n    retired: true", 1)
    async with set_up(database_url) as stage:
        ada = await _with_pack(stage, "Ada", text, "/start q_failure-failed")
        assert "My own?" not in ada.heard()
        assert "failed" in ada.heard()
        await do(ada, "/start q_failure-mistake")
        assert "mistake" in ada.heard()
        await do(ada, "/packs", "!A small", "!Ask me one", "!Answer", KILN, "!Submit")
        ids = {answer["question_id"] for answer in (await ada.exported())["answers"] if answer["attempt"]}
        assert all(each.startswith("~") for each in ids)
        await do(ada, "/settings", "!Categories", "!✓ A small", "/question")
        assert "My own?" not in ada.heard()


async def test_two_packs_with_the_same_question_id_are_two_questions(database_url: str) -> None:
    """One answer does not become an attempt at the other."""
    async with set_up(database_url) as stage:
        ada = await _with_pack(stage, "Ada", pack_text("loaf"))
        await do(ada, "!Ask me one", "!Answer", KILN, "!Submit")
        await ada.attach("brewery.yaml", pack_text("loaf").replace("A small", "A second"))
        await do(ada, "!Keep it", "!Ask me one", "!Answer", CLIENT, "!Submit")
        answers = [answer for answer in (await ada.exported())["answers"] if answer["attempt"]]
        assert [answer["attempt"] for answer in answers] == [1, 1]
        assert len({answer["question_id"] for answer in answers}) == 2


@pytest.mark.parametrize("way", ["removed", "replaced"])
async def test_a_question_that_goes_while_it_is_answered(way: str, database_url: str) -> None:
    """The answer is finished, submitted and read like any other; only asking it again is over."""
    async with set_up(database_url) as stage:
        text = pack_text("loaf").replace("What happened?", "Which loaf?")
        ada = await _with_pack(stage, "Ada", text, "!Ask me one", "!Answer", KILN.split(" Action:")[0])
        if way == "removed":
            await do(ada, "/packs", "!A small", "!Remove", "!Remove it")
        else:
            await ada.attach("bakery.yaml", pack_text("bun"))
            await do(ada, "!Keep it")
        await do(ada, "I rang them every day and I visited the owner.", "Back in 3 weeks, with 40 % more.")
        assert "Which loaf?" in ada.heard()
        await do(ada, "!Submit")
        assert "What I heard" in ada.heard()
        assert "Good" not in str(ada.new)  # it cannot come back
        assert (await parts(ada, "~1.loaf"))["task"] == "I had to win them back."
        await do(ada, "/history", "!1")
        assert "Which loaf?" in ada.heard()
        await do(ada, "!Edit", "!Task", "I had to fire it again.", "/history loaf", "/history fire")
        assert "Which loaf?" in ada.heard()
        await do(
            ada, "!1", "!Delete", "!Undo", "/practice", "!Weak points", "/stats", "/stories", "/target 9 Jan"
        )
        while "Your story sheet" not in ada.heard():
            await stage.move_to_next_push()
            await ada.look()
        assert "We lost a kiln" in ada.heard()


async def test_its_old_buttons_say_that_it_is_gone(database_url: str) -> None:
    """All that hung under its card, its steps and its reading; none shows an error."""
    async with set_up(database_url, same_again=True) as stage:
        ada = await _with_pack(stage, "Ada", pack_text("loaf"), "!Ask me one", "!Later", "!Back", "!Answer")
        await do(ada, "!Hint", KILN, "!Submit", "!Good", "/packs", "!A small", "!Remove", "!Remove it")
        message_id = ada.new[-1]["message_id"]
        for button in list(ada.buttons_seen):
            if button.data.startswith(("dd", "pkx")):
                continue
            await ada.press_data(message_id, button.data, forged=True)
            assert "Something went wrong" not in ada.heard() + ada.toast, button


async def test_five_megabytes_are_not_read(database_url: str) -> None:
    """Reading stops where no pack can end."""
    async with set_up(database_url) as stage:
        ada = await arrive(stage)
        await ada.attach("bakery.yaml", pack_text("loaf") + "#" * 5_000_000)
        assert f"up to {FILE_BYTES_MAX // 1024} kB" in ada.heard()


async def test_a_reminder_of_a_question_that_is_gone_does_not_come(database_url: str) -> None:
    """Put off, and then its pack removed: the next that comes is another question's push."""
    async with set_up(database_url, library=three_categories()) as stage:
        text = pack_text("loaf").replace("What happened?", "Which loaf?")
        ada = await _with_pack(stage, "Ada", text, "!Ask me one", "!Later", "!In 1 hour")
        await do(ada, "/packs", "!A small", "!Remove", "!Remove it")
        for _ in range(3):
            await stage.move_to_next_push()
            await ada.look()
            assert "Which loaf?" not in ada.heard()


async def test_markup_in_every_field_is_markup_nowhere(database_url: str) -> None:
    """On all the screens that show something of a pack; none is refused, no link or mention comes of it."""
    html = "<b>&amp;</i> <a href='tg://user?id=1'>x</a>"
    text = pack_text("loaf", "bun", "roll")
    for plain in ("[Honesty.]", "[Blame.]", "[A skill.]"):
        text = text.replace(plain, f'["{html}"]')
    for plain in (
        "A small category", "What it is after.", "A tip for all of it.", "One.", "Two.", "Three.", "Four.",
        "Curiosity", "You ask why.", "Technical", "A bug.", "Whether you notice.", "Where were you?",
        "What was wanted?", "What did you do?", "What came of it?", "I was there.", "I had to mend it.",
        "I mended it.", "It held for 3 years.", "You own it.", "You learn.", "You share.", "Be brief.", "Be plain.",
    ):  # fmt: skip
        text = text.replace(plain, f'"{html}"')
    text = text.replace(
        "    hints:",
        f"""    follow_ups: ["{html}"]
    traps: ["{html}"]
    part_names: {{situation: <b>a</b>, task: "<i>", action: "&lt;", result: "</b>"}}
    hints:""",
    ).replace("What happened?", f'"{html}"')
    async with set_up(database_url) as stage:
        ada = await arrive(stage)
        await ada.attach("<b>.yaml", text)
        assert html in ada.heard()
        await do(ada, "!Keep it", "!Ask me one", "!Later", "!Back", "!Answer", "a", "!Cancel")
        await do(
            ada, "/packs", "!<b>", "!Ask me one", "!Answer", KILN, "!Submit", "!Again", "!Keep as a story"
        )
        await do(ada, "!This name", "/history", "!1", "!Model", "/history", "!1", "!Edit", "!<b>a", "It was.")
        await do(
            ada, "/practice", "!Weak points", "/practice", "!Tips", "/stats", "/stories", "/target 8 Jan"
        )
        await do(
            ada, "!Story sheet", "/settings", "!Categories", "!✓ Failure", "/export", "/mock", "!3", "!Answer"
        )
        await do(ada, KILN, "!Submit", "So it was.", "/mock", "!End it here", "/packs", "!<b>", "!Remove")
        assert html in ada.heard()
        for message in await ada.messages():
            kinds = {entity["type"] for entity in message.get("entities", [])}
            assert not kinds & {"text_link", "text_mention"}, message
