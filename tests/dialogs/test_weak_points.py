"""/practice by weak point: what one's last answers lack, and nothing that was heard since."""

from tests.dialogs.packs import three_categories
from tests.dialogs.stage import set_up
from tests.dialogs.steps import arrive, do

POOR = (
    "Situation: We failed to renew a contract. Task: The team had to win it back. "
    "Action: We communicated with everybody and we worked hard. Result: In the end it worked out."
)
GOOD = (
    "Situation: In March I typed 40 pallets as 400 for a customer. It was my mistake and nobody else's. "
    "Task: I had to stop the lorries before noon and keep the customer. "
    "Action: I rang the haulier at once and turned back seven of nine lorries. I called the customer before she "
    "could find out, told her what I had done, and drove over to help unload. That evening I went through my steps "
    "one by one: I had copied an old order, and nothing checks a quantity. I wrote a rule into the form, and any "
    "number ten times the usual now asks for a second name. I showed it to the two other sites. "
    "Result: It cost us 600 euros and no customer. In the 14 months since, the form stopped 3 such orders. "
    "I learned to read a number aloud before I send it."
)


async def test_what_was_heard_since_is_no_weak_point_any_more(database_url: str) -> None:
    """Neither by an attempt nor by an edit; an old button for it says so."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/start q_failure-mistake", "!Answer", POOR, "!Submit")
        await do(ada, "/start q_failure-failed", "!Answer", POOR, "!Submit", "/practice", "!Weak points")
        assert "From your last 2 answers" in ada.heard()
        assert "not heard in: Describe a time when you made a significant mistake" in ada.heard()
        flagged = [label for label in ada.labels() if label.startswith("Practise: ")]
        assert flagged
        await do(ada, "!Again: Describe")
        assert "Last time I did not hear" in ada.heard()
        await do(ada, "!Answer", GOOD, "!Submit", "/practice", "!Weak points")
        assert "significant mistake" not in ada.heard()
        assert not [label for label in ada.labels() if label.startswith("Practise: ")]
        await ada.press_again("Again: Describe")
        assert ada.toast == "That is no weak point any more."
        await ada.press_again(flagged[0])
        assert ada.toast == "That is no weak point any more."


async def test_an_answer_that_is_deleted_is_no_weak_point(database_url: str) -> None:
    """What it lacked goes with it, and comes back with it."""
    async with set_up(database_url, library=three_categories()) as stage:
        ada = await arrive(stage, "/start q_failure-mistake", "!Answer", POOR, "!Submit")
        await do(ada, "/history", "!1", "!Delete", "/practice", "!Weak points")
        assert "no answer to go by" in ada.heard()
        await do(ada, "!Undo", "/practice", "!Weak points")
        assert "significant mistake" in ada.heard()
