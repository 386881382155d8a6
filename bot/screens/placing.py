"""What is said about a text that had no clear address: what it was kept with, and which question it is for."""

from collections.abc import Sequence

from bot.domain.terms import AnswerId, Part
from bot.screens.buttons import data
from bot.screens.layout import bold, escape, italic, quote, shorten
from bot.screens.message import Button, Message
from bot.screens.naming import STAR, Naming

_TEXT_UNITS = 300

OLDER, NEWER = "o", "n"
"""What the buttons of `which` say of the answer the texts are for."""


def which(new: str, old: str, place: str, first_message_id: int, size: int, *, note: str = "") -> Message:
    """Two questions, given by their prompts, may be meant by ``size`` texts.

    ``place`` is where the older one's answer stands, ``note`` a line on what just happened.
    """
    what = "Which question is it for?" if size == 1 else "Which question are they for?"
    kept = note or ("Kept." if size == 1 else f"Kept, {size} messages so far.")
    lines = [
        f"{escape(kept)} {bold(what)}",
        "",
        f"The new one:\n{escape(new)}",
        "",
        f"Or the one you were answering, at {escape(place)}:\n{escape(old)}",
    ]
    rows = (
        (
            Button("For the new question", data("mv", NEWER, first_message_id)),
            Button(f"For my answer at {place}", data("mv", OLDER, first_message_id)),
        ),
    )
    return Message("\n".join(lines), rows, standing=True)


def kept_aside(
    answer_id: AnswerId, prompt: str, into: Sequence[Part], naming: Naming = STAR, *, note: str = ""
) -> Message:
    """A text came after its answer was put aside; ``note`` is a line on why it went there."""
    names = " and ".join(naming.names[part] for part in into)
    aside = f"You had put this answer aside. I kept your text with it, as its {escape(names)}."
    return Message(
        f"{_above(note)}{bold(prompt)}\n\n{aside}",
        ((Button("Continue", data("cont", answer_id)), Button("Ask me another", data("new"))),),
    )


def kept_with_next(answer_id: AnswerId, prompt: str, words: str, *, note: str = "") -> Message:
    """A text came while no question was open; ``note`` as above."""
    return Message(
        f"{_above(note)}No question was open, so I kept your text as the beginning of an answer to the next one:\n\n"
        f"{bold(prompt)}\n{quote(shorten(words, _TEXT_UNITS))}",
        (
            (Button("Continue", data("cont", answer_id)),),
            (Button("Ask me another", data("new")), Button("Delete it", data("hr", answer_id))),
        ),
    )


def alone(note: str) -> Message:
    """A line on why a text went where the next message says."""
    return Message(italic(note))


def _above(note: str) -> str:
    return f"{italic(note)}\n\n" if note else ""


DECIDED_ALREADY = "That is decided already."
REWORDED = "Changed."
NOT_A_TIME = "That was no time of day, so it went into your answer. /time asks again."
NOT_A_CLOCK = "That was no time of day, so it went into your answer. /timezone asks again."
NOT_A_ZONE = "That was no place, so it went into your answer. /timezone asks again."
NOT_A_DAY = "That was no day, so it went into your answer. /pause asks again."
NOT_AN_INTERVIEW_DAY = "That was no day, so it went into your answer. /target asks again."
NOT_A_SEARCH = "That was too long for a search, so it went into your answer."
