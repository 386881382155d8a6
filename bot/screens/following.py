"""Answering the question that the coach's reading ends with: the reply is put behind the part it belongs to."""

from bot.domain.terms import AnswerId, Part
from bot.screens.buttons import data
from bot.screens.layout import bold, escape
from bot.screens.message import Button, Message
from bot.screens.naming import Naming


def ask(answer_id: AnswerId, question: str, part: Part, naming: Naming) -> Message:
    """The question on its own; the next text is its answer."""
    into = escape(naming.names[part])
    return Message(
        f"{bold(question)}\n\nSend it as a message; I put it at the end of your {into}.",
        ((Button("Leave it", data("ho", answer_id)),),),
    )


SINCE = "you added that"
ANSWERED_ALREADY = "That is answered. /history has the answer and what I hear in it now."
