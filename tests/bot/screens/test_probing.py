"""How points that were not heard are asked about, for every point of every shipped question."""

import re

import pytest

from bot.domain.terms import Part
from bot.screens import probing
from content.library import load_library


@pytest.mark.parametrize(
    ("point", "asked", "part"),
    [
        (
            "You asked what stood in the way.",
            "Was there a moment when you asked what stood in the way?",
            "action",
        ),
        ("You name your own share in it.", "Could you name your own share in it?", "action"),
        ("You give the cost in figures.", "Could you give the cost in figures?", "result"),
        ("You can say how late it was.", "Can you say how late it was?", "action"),
        ("You learn from others in the field.", "Do you learn from others in the field?", "action"),
        ("You stayed fair.", "Would you say that you stayed fair? What showed it?", "action"),
        (
            "When the first attempt failed, you tried again.",
            "When the first attempt failed, what did you do?",
            "action",
        ),
        ("Meanwhile you did what was safe.", "What did you do meanwhile?", "action"),
        (
            "The customer was helped, and you can show it.",
            "What tells you that the customer was helped?",
            "result",
        ),
        ("The work went on, with figures.", "In figures, what tells you that the work went on?", "result"),
        ("The cost of delay", "Could you say a little about this: the cost of delay?", "action"),
    ],
)
def test_a_point_is_asked_about_as_an_interviewer_speaks(point: str, asked: str, part: str) -> None:
    """Each way in which points are written has its question."""
    assert probing.ask(point) == (asked, Part(part))


def test_every_shipped_point_makes_a_sentence_that_can_be_said() -> None:
    """None asks how somebody says something, supposes that it was done, or falls through to the plainest wording."""
    asked = [probing.ask(point.text)[0] for question in load_library().askable() for point in question.points]
    clumsy = re.compile(
        r"\bhow you (?:say|name|show|give)\b(?! it)|a little about this|when you \w+s\b|\.\?|\?\?"
    )
    openings = re.compile(
        r"Was there a moment when you \w|Could you \w|Can you \w|Do you \w|Are you \w|Would you say that you \w"
        r"|(?:In figures, w|W)hat tells you that \w|(?:When|Once) [^,]+, what did you do\?|What did you do meanwhile\?"
    )
    assert [each for each in asked if clumsy.search(each) or not openings.match(each)] == []
