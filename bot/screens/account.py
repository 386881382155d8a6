"""Erasing everything about a person: the question before it, and the last message."""

from dataclasses import dataclass

from bot.screens.buttons import data
from bot.screens.layout import bold, enumerated
from bot.screens.message import Button, Message
from bot.screens.when import count


@dataclass(frozen=True, slots=True)
class Held:
    """How much is stored of a person.

    ``undecided`` are texts of which it is not known yet what they are for, ``interviews`` those that are over,
    ``packs`` those that are kept, and ``waiting`` the one that is neither kept nor dropped yet.
    """

    answers: int = 0
    drafts: int = 0
    undecided: int = 0
    stories: int = 0
    mocks: int = 0
    interviews: int = 0
    packs: int = 0
    waiting: int = 0
    interview: bool = False


def confirm(held: Held, stamp: int, *, again: bool = False) -> Message:
    """What would go, and whether it shall; ``stamp`` is the moment of asking in whole seconds since 1970, UTC.

    ``again``: the question before was too old to be answered.
    """
    lines = ["That question was too old, so I ask once more.", ""] if again else []
    lines += [
        bold("Delete everything?"),
        f"This erases {enumerated(_goes(held))}. It cannot be undone. /export gives you a copy first.",
    ]
    return Message(
        "\n".join(lines), ((Button("Delete everything", data("dd", stamp)), Button("Keep", data("dk"))),)
    )


def _goes(held: Held) -> list[str]:
    counted = (
        (held.answers, "answer", "answers"),
        (held.drafts, "draft", "drafts"),
        (held.undecided, "text of which I asked what it is for", "texts of which I asked what they are for"),
        (held.stories, "story", "stories"),
        (held.mocks, "mock interview", "mock interviews"),
        (held.interviews, "past interview", "past interviews"),
        (held.packs, "pack", "packs"),
        (held.waiting, "pack that waits to be kept", "packs that wait to be kept"),
    )
    named = [count(number, one, many) for number, one, many in counted if number]
    named += ["the day of your interview"] * held.interview
    return [*named, "your settings", "the record of what you were asked and of what I noted"]


KEPT = Message("Nothing was deleted.")

DELETED = Message(
    "Everything is deleted: your answers, drafts, stories, mock interviews and packs, the day of an interview and how "
    "it went, your settings, and the record of what you were asked and of what I noted. What stands in this chat is "
    "kept by Telegram; you can clear it there. /start begins anew."
)
