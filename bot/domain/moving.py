"""Taking what some messages brought out of one draft, for another: for a text that went to the wrong question."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.practice import STEPS, Draft, Step
from bot.domain.terms import PARTS


@dataclass(frozen=True, slots=True)
class Sent:
    """A text message as it came; one that filled several parts has its labels again."""

    message_id: int
    text: str
    sent_at: datetime


def sent_since(draft: Draft, first_message_id: int) -> tuple[Sent, ...]:
    """What the draft holds of that message and of later ones, in the order in which they came."""
    found: dict[int, list[tuple[str, str, datetime]]] = {}
    for part in PARTS:
        for segment in draft.parts.get(part, ()):
            if segment.message_id >= first_message_id:
                piece = (part.value.capitalize(), segment.text, segment.sent_at)
                found.setdefault(segment.message_id, []).append(piece)
    return tuple(
        Sent(message_id, _whole([(label, text) for label, text, _at in pieces]), pieces[0][2])
        for message_id, pieces in sorted(found.items())
    )


def without(draft: Draft, message_ids: Collection[int]) -> Draft:
    """The draft without what those messages brought, at the first step that has nothing left because of it."""
    kept = {
        part: tuple(segment for segment in told if segment.message_id not in message_ids)
        for part, told in draft.parts.items()
    }
    emptied = [Step(part.value) for part in PARTS if draft.parts.get(part) and not kept[part]]
    step = min([draft.step, *emptied], key=STEPS.index)
    return replace(draft, parts=kept, step=step, asking=False)


def _whole(pieces: list[tuple[str, str]]) -> str:
    if len(pieces) == 1:
        return pieces[0][1]
    return "\n".join(f"{label}: {text}" for label, text in pieces)
