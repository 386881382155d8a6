"""What a person does in a dialog, step by step, for the tests of what goes together."""

from tests.dialogs.somebody import Somebody
from tests.dialogs.stage import Stage

CLIENT = (
    "Situation: We lost a client. Task: I had to win them back. "
    "Action: I rang them every day and I visited the owner. Result: Back in 3 weeks, with 40 % more."
)
SHOP = "Our shop had to move."


async def do(person: Somebody, *steps: str) -> None:
    """Texts as they stand, ``!`` in front of a button's label."""
    for step in steps:
        await (person.press(step[1:]) if step.startswith("!") else person.say(step))


async def arrive(stage: Stage, *steps: str) -> Somebody:
    """Ada, set up, after these steps."""
    ada = await Somebody.arrive(stage, "Ada")
    await do(ada, "/start", "8:30", "Europe/Berlin", *steps)
    return ada


async def parts(ada: Somebody, question_id: str) -> dict[str, str]:
    """The parts of the last answer or draft to that question, from the export."""
    exported = await ada.exported()
    found = [answer for answer in exported["answers"] if answer["question_id"] == question_id]
    told: dict[str, str] = found[-1]["parts"] if found else {}
    return told
