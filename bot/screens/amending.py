"""What is said when a person edits a message they sent before: what was taken over, and what stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import practice
from bot.domain.practice import Amended
from bot.domain.terms import PARTS, AnswerId, Part
from bot.screens.answering import listed
from bot.screens.buttons import data
from bot.screens.layout import escape
from bot.screens.message import Button, Message, Rows
from bot.screens.naming import STAR, Naming


@dataclass(frozen=True, slots=True)
class Whose:
    """The answer that an edited message belongs to, and what has become of it."""

    answer_id: AnswerId
    is_submitted: bool
    is_deleted: bool
    naming: Naming = STAR


def changes(amended: Amended, whose: Whose) -> str:
    """The line after such an edit: which parts changed, which keep words that the message has no more."""
    lines = []
    if amended.changed:
        lines.append(f"{_your(amended.changed, whose)} changed{_where(whose)}.")
    if amended.newer:
        stays = "it stays as it is" if len(amended.newer) == 1 else "they stay as they are"
        lines.append(
            f"You told your {listed(amended.newer, whose.naming)} anew since that message, so {stays}."
        )
    if amended.kept:
        lines.append(f"{_your(amended.kept, whose)} not in that message any more; I kept what I had.")
    return " ".join(lines)


def emptied(parts: Sequence[Part], whose: Whose) -> str:
    """The line after [Empty it too]."""
    return f"{_your(parts, whose)} emptied{_where(whose)}."


def kept_rows(amended: Amended, message_id: int, whose: Whose) -> Rows:
    """The way to do the other with the parts that were kept; no row if there are none, or if no word would be left.

    An answer that was submitted without a word is none; to be rid of it there is [Delete].
    """
    left = practice.empty(amended.parts, message_id, amended.kept)
    if not amended.kept or (whose.is_submitted and not any(left.values())):
        return ()
    seen = practice.fingerprint(amended.parts, message_id, amended.kept)
    initials = "".join(part.value[0] for part in amended.kept)
    label = ("Empty it" if len(amended.kept) == 1 else "Empty them") + (" too" if amended.changed else "")
    return ((Button(label, data("empty", whose.answer_id, message_id, initials, seen)),),)


def alone(note: str, whose: Whose, above: Rows = ()) -> Message:
    """The line when the answer is not the one being written, with the way to it; ``above`` are rows before that."""
    if whose.is_deleted:
        button = Button("Bring it back", data("hu" if whose.is_submitted else "undo", whose.answer_id))
    elif whose.is_submitted:
        button = Button("Open it", data("ho", whose.answer_id))
    else:
        button = Button("Continue it", data("cont", whose.answer_id))
    return Message(escape(note), (*above, (button,)))


def parts_of(initials: str) -> tuple[Part, ...]:
    """The parts behind a button of `kept_rows`."""
    return tuple(part for part in PARTS if part.value[0] in initials)


CHANGED_SINCE = "You have changed that message since."
NO_WORD_LEFT = "That would leave the answer without a word. /history can delete it."
EMPTY_ALREADY = "Nothing of that message is left there."
COMMAND = Message(
    "An edit runs no command, and it changed nothing here. Send the command as a message of its own."
)
IN_NO_ANSWER = Message(
    "That message is in none of your answers, so its edit changed nothing. Send the new text as a message of its own."
)


def _your(parts: Sequence[Part], whose: Whose) -> str:
    return f"Your {listed(parts, whose.naming)} {'is' if len(parts) == 1 else 'are'}"


def _where(whose: Whose) -> str:
    if whose.is_deleted:
        return " in the deleted answer" if whose.is_submitted else " in the draft you put away"
    return " in the stored answer" if whose.is_submitted else ""
