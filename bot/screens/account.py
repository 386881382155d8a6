"""Erasing everything about a person: the question before it, and the last message."""

from bot.screens.buttons import data
from bot.screens.layout import bold
from bot.screens.message import Button, Message
from bot.screens.when import count


def confirm(answers: int, drafts: int, packs: int, stamp: int, *, again: bool = False) -> Message:
    """What would go, and whether it shall; ``stamp`` is the moment of asking in whole seconds since 1970, UTC.

    ``again``: the question before was too old to be answered.
    """
    held = [count(answers, "answer")] if answers else []
    held += [count(drafts, "draft")] if drafts else []
    held += [count(packs, "pack")] if packs else []
    goes = ", ".join([*held, "your settings and the record of what you were asked"])
    lines = ["That question was too old, so I ask once more.", ""] if again else []
    lines += [
        bold("Delete everything?"),
        f"This erases {goes}. It cannot be undone. /export gives you a copy first.",
    ]
    return Message(
        "\n".join(lines), ((Button("Delete everything", data("dd", stamp)), Button("Keep", data("dk"))),)
    )


KEPT = Message("Nothing was deleted.")

DELETED = Message(
    "Everything is deleted: your answers, drafts, packs and settings. What stands in this chat is kept by Telegram; "
    "you can clear it there. /start begins anew."
)
