"""What is asked about a text that may be the reply to something or be meant otherwise, and the reminder of a reply."""

from dataclasses import dataclass

from bot.domain.practice import PART_UNITS_MAX
from bot.domain.terms import AnswerId
from bot.screens.buttons import data
from bot.screens.layout import bold, escape, shorten
from bot.screens.message import Button, Message, Rows

REPLY, OTHER = "r", "o"
"""What the buttons of `which` say the texts are for."""

_PROMPT_UNITS = 400
_NAME_UNITS = 30


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a text may be for: a button's label, and what stands about it in the message, both plain.

    ``leave`` is what the button says and carries that ends the asking; None where there is no such button.
    """

    label: str
    about: str
    leave: tuple[str, str] | None = None


def addition(answer_id: AnswerId, part: str, question: str) -> Purpose:
    """The reply to the coach's question, which goes behind a part."""
    return Purpose(
        f"Behind my {_short(part)}", f"What I asked about your answer:\n{question}", _leave(answer_id)
    )


def new_text(answer_id: AnswerId, part: str, prompt: str) -> Purpose:
    """The new text of a part of a submitted answer."""
    return Purpose(
        f"My new {_short(part)}", f"The new {part} of your answer to:\n{prompt}", _leave(answer_id)
    )


def follow_up(question: str) -> Purpose:
    """The reply to a mock interview's follow-up."""
    return Purpose("For the follow-up", f"The follow-up of your interview:\n{question}")


def name_of(name: str) -> Purpose:
    """The name of a story."""
    return Purpose("It is the name", f"A name for your story:\n{name}", ("This name is fine", data("st")))


def setting(prompt: str) -> Purpose:
    """The setting that is asked for, by its prompt."""
    what = {"time": "A time of day", "clock": "A time of day", "pause": "A day", "target": "A day"}
    label = what.get(prompt, "Words to search for" if prompt == "search" else "A place")
    return Purpose(label, f"{label}, as asked last.")


def card(prompt: str) -> Purpose:
    """The question of the card shown last."""
    return Purpose("For the new question", f"The new question:\n{prompt}")


def draft(place: str, prompt: str) -> Purpose:
    """The answer that is being written, or was put aside."""
    return Purpose(f"For my answer at {_short(place)}", f"Your answer at {place} to:\n{prompt}")


NO_PROMPT = Purpose("For another answer", "An answer to another question.")


def which(reply: Purpose, other: Purpose, first_message_id: int, size: int, *, note: str = "") -> Message:
    """Two things may be meant by ``size`` texts; ``note`` is a line on what just happened."""
    kept = note or ("Kept." if size == 1 else f"Kept, {size} messages so far.")
    what = "What is it for?" if size == 1 else "What are they for?"
    lines = [f"{escape(kept)} {bold(what)}", "", _about(reply), "", f"Or: {_about(other)}"]
    buttons = (
        Button(reply.label, data("hl", REPLY, first_message_id)),
        Button(other.label, data("hl", OTHER, first_message_id)),
    )
    return Message("\n".join(lines), tuple((button,) for button in buttons), standing=True)


def decided(purpose: Purpose) -> Message:
    """What the texts are for, in the place of the question."""
    return Message(f"{bold(purpose.label)}\n{_about(purpose)}")


def still(purpose: Purpose) -> Message:
    """What was asked in between is settled, and the reply is awaited again."""
    rows: Rows = () if purpose.leave is None else ((Button(*purpose.leave),),)
    return Message(f"{bold('Your next message is still for this.')}\n{_about(purpose)}", rows)


AGAIN = Message("Then I could not read it. Send it once more, or /cancel.")
TOO_LONG = Message(
    f"That would be more than {PART_UNITS_MAX:,} characters. It was not kept; say first what the others are for."
)


def _leave(answer_id: AnswerId) -> tuple[str, str]:
    return "Leave it", data("ho", answer_id)


def _about(purpose: Purpose) -> str:
    return escape(shorten(purpose.about, _PROMPT_UNITS))


def _short(name: str) -> str:
    return shorten(name, _NAME_UNITS)
