"""What belongs to no single feature: help, privacy, small answers, and the words for when something fails."""

from collections.abc import Sequence

from bot.screens.buttons import data, listed
from bot.screens.layout import MESSAGE_UNITS, Block, bold, escape, pages
from bot.screens.message import Button, Message
from content.schema import Category

COMMANDS = (
    ("question", "A question now"),
    ("history", "Your answers; add words to search"),
    ("practice", "A category, a weak point, a level"),
    ("mock", "A mock interview with one report"),
    ("packs", "Questions of your own, sent as a file"),
    ("stories", "Answers kept to be told again"),
    ("target", "The day of an interview: add it and a name"),
    ("stats", "Streak and progress"),
    ("settings", "Time, zone, days, categories, level, pause"),
    ("cancel", "Put the answer you are writing aside"),
    ("time", "Another time: add it, such as 08:30"),
    ("timezone", "Another zone: add a city or zone"),
    ("pause", "No daily question for a while"),
    ("resume", "Daily questions again"),
    ("export", "All your answers as files"),
    ("privacy", "What is stored about you"),
    ("deleteme", "Erase everything about you"),
    ("help", "What Starling can do"),
)
"""Commands in the order of Telegram's menu, each with the line that stands beside it there."""

DESCRIPTION = (
    "One behavioural interview question a day, at the hour you choose. Answer it part by part: Situation, Task, "
    "Action, Result. Starling keeps your answer, says what an interviewer would have heard, and shows a model answer."
)
"""Shown in an empty chat; at most 512 characters."""

SHORT_DESCRIPTION = "Your daily interview question, answered part by part, with a model answer after it."
"""Shown on the profile page; at most 120 characters."""


def help_screen() -> Message:
    """/help."""
    lines = [
        bold("How it works"),
        "A question comes every day at your time. Send one message for each part: Situation, Task, Action, Result. "
        "Or send the whole answer at once, each part behind its name and a colon.",
        "Everything is kept as you send it. Edit a message of yours and the stored part follows. "
        "Stop whenever you like: the answer waits where you left it.",
        "",
        bold("Commands"),
        *(f"/{name}  {escape(line)}" for name, line in COMMANDS),
    ]
    return Message("\n".join(lines), ((Button("Ask me a question", data("new")),),))


def privacy() -> Message:
    """/privacy: what is stored, truthfully."""
    lines = [
        bold("What is stored"),
        "• your Telegram number and language, your time, zone, days, categories and level",
        "• which questions you were asked and when",
        "• your answers and drafts, word for word, how you rated them and what I noted of them",
        "• your mock interviews, with what you replied to follow-ups",
        "• your stories: their names, and for which questions you used them",
        "• the day of your interview, the name you gave with it, and how it went",
        "• when each question is due again, and in which categories you are weakest",
        "• the packs you send, for you alone",
        "",
        "Not stored: your name, your phone number, where you are. A shared location is turned into a time zone and "
        "forgotten.",
        "Your words are read by this program only, on the machine of whoever hosts this bot. They appear in no log. "
        "A deleted answer can be brought back for 7 days, then it is erased.",
        "",
        "/export gives you everything as files. /deleteme erases everything.",
    ]
    return Message("\n".join(lines))


def practice(categories: Sequence[Category], hard: int, page: int = 0) -> Message:
    """/practice: a page of the categories, and the questions that felt hard."""
    shown, turns = listed(categories, page, lambda number: data("pp", number))
    rows: list[tuple[Button, ...]] = [
        (
            Button(category.title, data("prac", category.id)),
            Button("Tips", data("tips", category.id)),
        )
        for category in shown
    ]
    rows += turns
    if hard:
        rows.append((Button(f"What felt hard ({hard})", data("hard")),))
    rows.append((Button("Weak points", data("wp")), Button("By level", data("lvs"))))
    rows.append((Button("Any", data("new")),))
    return Message(f"{bold('Practice')}\nWhat would you like a question on?", tuple(rows))


def category_tips(category: Category) -> list[Message]:
    """What the pack says about a whole category: one message, unless a pack says very much."""
    sections = [
        ("Tips", category.tips),
        ("What interviewers want", category.wanted),
        ("Signs of a strong answer", tuple(f"{item.name}: {item.text}" for item in category.indicators)),
        ("Red flags", category.red_flags),
        ("Stories you can tell", tuple(f"{item.name}: {item.text}" for item in category.kinds)),
        ("Outcomes worth showing", category.outcomes),
    ]
    blocks = [Block(f"{bold(category.title)}\n{escape(category.about)}")]
    for title, lines in sections:
        if lines:
            blocks.append(Block("\n" + "\n".join([bold(title), *(f"• {escape(line)}" for line in lines)])))
    html_pages = pages(blocks, MESSAGE_UNITS)
    rows = ((Button("A question on this", data("prac", category.id)),),)
    return [Message(page, rows if page is html_pages[-1] else ()) for page in html_pages]


def greeting(next_line: str) -> Message:
    """/start for someone who is set up already."""
    return Message(
        f"Good to see you. {escape(next_line)}",
        (
            (Button("Ask me a question", data("new")),),
            (Button("History", data("hist")), Button("Settings", data("set", "all"))),
        ),
    )


def only_text(where: str = "") -> Message:
    """A photo, sticker, voice message or the like came."""
    stands = f" {where}" if where else ""
    return Message(f"I can only read text so far, so I did not keep that.{escape(stands)} Please write it.")


def still_at(name: str) -> str:
    """Where the draft stands, for `only_text`."""
    return f"You are still at {name}; nothing is lost."


def in_group(username: str) -> Message:
    """The one sentence said in a group."""
    return Message(
        "Interview practice is for two: open the private chat.",
        ((Button("Open the chat", url=f"https://t.me/{username}"),),),
    )


def not_allowed() -> Message:
    """For someone outside the allow-list."""
    return Message("This Starling is private. Whoever hosts it can let you in.")


def no_question_open() -> Message:
    """A text came while nothing was asked."""
    return Message(
        "No question is open, so I did not keep that. Shall I ask one?",
        ((Button("Ask me a question", data("new")), Button("History", data("hist"))),),
    )


def unknown_command(name: str) -> Message:
    """A command that does not exist."""
    return Message(f"I do not know /{escape(name[:32])}. /help lists what I do.")


CANCELLED = Message("Cancelled.")
NOTHING_TO_CANCEL = Message("There is nothing to cancel.")
OLD_BUTTON = "That button is from an earlier day. /help lists what you can do now."
FAILED = Message(
    "Something went wrong on my side, and your last message was not taken. Please send it again."
)
FAILED_NOTICE = "Something went wrong on my side. Please try again."
NOTHING_HARD = "Nothing felt hard yet. Rate an answer Again or Hard and it appears here."

CATEGORY_GONE = "That category is not there any more."
