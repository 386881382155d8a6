"""Packs that a person sends for themselves: what is wrong with one, what is in it, keeping and removing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.screens.buttons import data
from bot.screens.layout import bold, escape, quote, shorten
from bot.screens.message import Button, Document, Message
from bot.screens.when import count
from content.private import FILE_BYTES_MAX, PACKS_MAX, QUESTIONS_MAX
from content.problems import Problem
from content.schema import Category
from content.skeleton import skeleton


@dataclass(frozen=True, slots=True)
class OwnPack:
    """A kept pack as it is listed; ``name`` is that of its file without the ending."""

    id: int
    name: str
    title: str
    questions: int


PROBLEMS_SHOWN = 12
_PROBLEM_UNITS = 220
_NAME_UNITS = 40

EXAMPLE_NAME = "my-pack.yaml"
"""A person sends it back under this name or another one."""


def broken(problems: Sequence[Problem], where: str = "") -> Message:
    """What is wrong with a file, by line; ``where`` is the line on an answer in progress."""
    lines = [bold("I did not take that pack"), f"{count(len(problems), 'thing')} to put right in it:", ""]
    lines += [escape(shorten(_told(problem), _PROBLEM_UNITS)) for problem in problems[:PROBLEMS_SHOWN]]
    if (more := len(problems) - PROBLEMS_SHOWN) > 0:
        lines.append(f"and {more} more.")
    lines += ["", f"Send the file again when it is mended.{_after(where)}"]
    return Message("\n".join(lines), ((Button("An example to fill in", data("pke")),),))


def preview(pack_id: int, category: Category, *, replaces: str | None, where: str = "") -> Message:
    """What is in a pack that can be kept; ``replaces`` is the title of a kept one whose place it would take."""
    lines = [
        f"{bold(category.title)} · {count(len(category.questions), 'question')}",
        escape(category.about),
        "",
        "The first question:",
        quote(category.questions[0].prompt, expandable=False),
    ]
    if replaces is not None:
        lines += ["", f"It takes the place of your pack “{escape(replaces)}”."]
    lines += ["", f"Shall I ask you these, too? Nobody else sees them.{_after(where)}"]
    rows = ((Button("Keep it", data("pkk", pack_id)), Button("Drop it", data("pkd", pack_id))),)
    return Message("\n".join(lines), rows)


def kept(pack_id: int, title: str, category_id: str) -> Message:
    """The pack counts from now on."""
    return Message(
        f"{bold(title)} is kept. Its questions come among the others from now on.",
        ((Button("Ask me one", data("prac", category_id)), Button("This pack", data("pko", pack_id))),),
    )


def listed(packs: Sequence[OwnPack]) -> Message:
    """/packs: the packs that are kept, and how one is sent."""
    lines = [bold("Your packs")]
    lines += [f"• {escape(pack.title)} · {count(pack.questions, 'question')}" for pack in packs]
    lines += ["", _HOW] if packs else [_HOW]
    rows = [(Button(shorten(pack.title, _NAME_UNITS), data("pko", pack.id)),) for pack in packs]
    ways = (Button("An example to fill in", data("pke")), Button("Settings", data("set", "all")))
    return Message("\n".join(lines), (*rows, ways))


def one(pack: OwnPack, category_id: str) -> Message:
    """One pack that is kept."""
    return Message(
        f"{bold(pack.title)} · {count(pack.questions, 'question')}\nFile: {escape(pack.name)}.yaml",
        (
            (Button("Ask me one", data("prac", category_id)), Button("Tips", data("tips", category_id))),
            (Button("Remove", data("pkr", pack.id)), Button("Your packs", data("pkl"))),
        ),
    )


def confirm_removal(pack: OwnPack) -> Message:
    """Whether it shall go, and what stays."""
    return Message(
        f"Remove {bold(pack.title)}? What you answered stays in /history.",
        ((Button("Remove it", data("pkx", pack.id)), Button("Keep it", data("pko", pack.id))),),
    )


def example() -> Document:
    """A pack to fill in, as a file."""
    caption = (
        "Fill it in with any text editor and send it back to me. I name every line that is not filled in yet."
    )
    return Document(EXAMPLE_NAME, skeleton().encode(), caption)


def too_many_questions(held: int, new: int) -> str:
    """The line when one person would have too many questions of their own."""
    return (
        f"That would make {held + new} questions of your own, and I keep {QUESTIONS_MAX}. "
        "Remove a pack with /packs, then send it again."
    )


def refused(reason: str, where: str = "") -> Message:
    """A file that was not taken, for a reason that is not in its lines."""
    return Message(f"{escape(reason)}{_after(where)}")


TOO_LARGE = f"That file is too large for a pack: I take up to {FILE_BYTES_MAX // 1024} kB."
NOT_FETCHED = "I could not get that file from Telegram. Please send it again."
TOO_MANY_PACKS = f"You have {PACKS_MAX} packs already. Remove one with /packs, then send it again."
DROPPED = Message("Dropped. Nothing of it was kept.")
GONE = "That file does not wait any more. Send it again."
REMOVED_ALREADY = "That pack is not there any more."
REMOVED = "Removed."

_HOW = (
    "Send me a pack as a file that ends in .yaml, and I ask you its questions, too. "
    f"Up to {PACKS_MAX} packs with {QUESTIONS_MAX} questions in all; nobody else sees them."
)


def _told(problem: Problem) -> str:
    place = "the file" if problem.line is None else f"line {problem.line}:{problem.column}"
    question = "" if problem.question is None else f"[{problem.question}] "
    field = "" if problem.line is None and problem.question is None else f"{problem.field} "
    said = "".join(char if char.isprintable() else "\ufffd" for char in f"{question}{field}{problem.message}")
    return f"• {place}: {said}"


def _after(where: str) -> str:
    return f"\n\n{escape(where)}" if where else ""
