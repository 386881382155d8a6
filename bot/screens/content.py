"""What whoever hosts Starling is told about the packs in CONTENT_DIR."""

from collections.abc import Sequence

from bot.screens.layout import MESSAGE_UNITS, Block, bold, escape, pages, shorten
from bot.screens.message import Message
from content.problems import Problem, counted

_LINE_UNITS = 300
_LINES = 10


def refused(problems: Sequence[Problem]) -> Message:
    """The packs were changed and cannot be used; the errors by line, as many as read well."""
    lines = [
        bold("The packs in CONTENT_DIR were changed and not taken up"),
        f"{counted(len(problems), 'error')}. The questions from before stay in force.",
        "",
        *(escape(shorten(str(problem), _LINE_UNITS)) for problem in problems[:_LINES]),
    ]
    if (more := len(problems) - _LINES) > 0:
        lines.append(f"and {more} more; starling content check lists all of them.")
    return Message(pages([Block(line) for line in lines], MESSAGE_UNITS)[0])
