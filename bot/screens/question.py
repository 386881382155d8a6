"""The card with a question on it: as the daily push, on demand, put off, swapped, declined."""

from datetime import datetime

from bot.screens.buttons import data
from bot.screens.layout import bold, escape, italic
from bot.screens.message import Button, Message
from bot.screens.when import moment
from content.schema import Category, Question

LATER_CHOICES = (("hour", "In 1 hour"), ("three_hours", "In 3 hours"), ("evening", "This evening"))


def heading(category: Category | None, prompt: str) -> str:
    """The two lines every screen of a question begins with: its category and the prompt."""
    name = f"{escape(category.title)}\n" if category is not None else ""
    return name + bold(prompt)


def card(
    question: Question,
    category: Category | None,
    *,
    lead: str = "",
    resting: Button | None = None,
    stories: bool = False,
) -> Message:
    """The question with its four buttons; ``lead`` is a line above, ``resting`` a way back to an unfinished answer,
    ``stories``: the person keeps some."""
    above = f"{escape(lead)}\n\n" if lead else ""
    use = (Button("Use a story", data("stu", question.id)),) if stories else ()
    rows = [
        (Button("Answer", data("ans", question.id)), *use),
        (
            Button("Later", data("later", question.id)),
            Button("Swap", data("swap", question.id)),
            Button("Not today", data("nt", question.id)),
        ),
    ]
    if resting is not None:
        rows.append((resting,))
    return Message(f"{above}{heading(category, question.prompt)}\n\n{italic(question.about)}", tuple(rows))


def later_choices(question: Question, category: Category | None) -> Message:
    """The card with the moments it can be put off to."""
    rows = tuple((Button(label, data("at", question.id, choice)),) for choice, label in LATER_CHOICES)
    back = (Button("Back", data("card", question.id)),)
    return Message(f"{heading(category, question.prompt)}\n\nWhen shall I ask again?", (*rows, back))


def put_off(
    question: Question, category: Category | None, at_utc: datetime, now_utc: datetime, zone: str
) -> Message:
    """The card after it was put off."""
    when = moment(at_utc, now_utc, zone)
    return Message(
        f"{heading(category, question.prompt)}\n\nI will ask again {when}.",
        ((Button("Answer now", data("ans", question.id)),),),
    )


def declined(
    question: Question, category: Category | None, next_utc: datetime | None, now_utc: datetime, zone: str
) -> Message:
    """The card after [Not today]."""
    when = (
        f"The next question comes {moment(next_utc, now_utc, zone)}."
        if next_utc
        else "Ask any time with /question."
    )
    return Message(
        f"{heading(category, question.prompt)}\n\nNot today, then. {when}",
        ((Button("Answer after all", data("ans", question.id)),),),
    )


def none_left() -> Message:
    """Said when no category has a question to ask."""
    return Message(
        "No question is left in your categories. Choose more of them in /settings.",
        ((Button("Categories", data("set", "cats")),),),
    )


GONE = "That question is no longer asked. /question gives another."
LINK_GONE = Message("The question of that link is not here any more, so I go on without it.")
NO_OTHER_TODAY = "There is no other question left for today."
LATER_LEAD = "As you asked, once more:"
DUE_AGAIN = "By how it felt, this one is due again:"
