"""Telegram HTML: escaping, measuring as Telegram measures, fitting and splitting. No sentence stands here."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MESSAGE_UNITS = 4096
"""Longest message in UTF-16 units, counted after parsing (https://core.telegram.org/bots/api#sendmessage)."""

CAPTION_UNITS = 1024
"""Longest caption, counted likewise (https://core.telegram.org/bots/api#senddocument)."""

ELLIPSIS = "…"

_TAG = re.compile(r"<[^>]*>")


def units(text: str) -> int:
    """Length of plain text in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown_units(markup: str) -> int:
    """Length of Telegram HTML after parsing: tags gone, entities turned back."""
    return units(html.unescape(_TAG.sub("", markup)))


def escape(text: str) -> str:
    """Plain text as HTML; the only way in which a person's words enter a message."""
    return html.escape(text, quote=False)


def bold(text: str) -> str:
    """Escaped and bold."""
    return f"<b>{escape(text)}</b>"


def italic(text: str) -> str:
    """Escaped and italic."""
    return f"<i>{escape(text)}</i>"


def quote(text: str, *, expandable: bool = True) -> str:
    """Escaped, as a block quotation, which Telegram folds to three lines if ``expandable``."""
    opening = "<blockquote expandable>" if expandable else "<blockquote>"
    return f"{opening}{escape(text)}</blockquote>"


def shorten(text: str, limit_units: int) -> str:
    """At most that many units; a longer text is cut at a word if one ends near, and closed with an ellipsis."""
    if units(text) <= limit_units:
        return text
    if limit_units < units(ELLIPSIS):
        return ""
    kept = cut(text, limit_units - units(ELLIPSIS))[0]
    space = kept.rfind(" ")
    if space > len(kept) - 30 and space > 0:
        kept = kept[:space]
    return kept.rstrip() + ELLIPSIS


def cut(text: str, limit_units: int) -> tuple[str, str]:
    """The longest beginning of at most that many units, and the rest; never between the halves of a character."""
    if units(text) <= limit_units:
        return text, ""
    length = 0
    for index, character in enumerate(text):
        length += 2 if ord(character) > 0xFFFF else 1
        if length > limit_units:
            return text[:index], text[index:]
    return text, ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a long message: ready HTML, or with ``quoted`` a text shown as a quotation, which may be split."""

    html: str = ""
    quoted: str = ""

    def render(self) -> str:
        """The block as HTML."""
        return self.html + (quote(self.quoted) if self.quoted else "")

    def size(self) -> int:
        """Units after parsing."""
        return shown_units(self.html) + units(self.quoted)


def pages(blocks: Iterable[Block], limit_units: int = MESSAGE_UNITS) -> list[str]:
    """Blocks packed into as few messages of at most that many units as their order allows.

    Blocks in one message stand a line break apart. A quotation that does not fit is split at a line, a sentence or
    a word; ready HTML longer than a message is refused with ValueError, as splitting it would break its tags.
    """
    filled: list[list[str]] = [[]]
    room = limit_units
    queue = list(blocks)
    while queue:
        block = queue.pop(0)
        gap = 1 if filled[-1] else 0
        if block.size() + gap <= room:
            filled[-1].append(block.render())
            room -= block.size() + gap
            continue
        head_units = shown_units(block.html)
        if head_units > limit_units or (not block.quoted and block.size() > limit_units):
            raise ValueError("a block of ready HTML is longer than a message")
        least = min(units(block.quoted), limit_units // 4)
        if block.quoted and room - gap - head_units >= least:
            first, rest = _split_text(block.quoted, room - gap - head_units)
            filled[-1].append(Block(block.html, first).render())
            if rest:  # nothing is left of a text that ends in blanks
                queue.insert(0, Block(quoted=rest))
        else:
            queue.insert(0, block)
        if not filled[-1]:
            raise ValueError("a block does not fit an empty message")
        filled.append([])
        room = limit_units
    return ["\n".join(parts) for parts in filled if parts]


def _split_text(text: str, limit_units: int) -> tuple[str, str]:
    first, _rest = cut(text, limit_units)
    for breaks in ("\n", ". ", " "):
        at = first.rfind(breaks)
        if at > len(first) // 2:
            first = first[: at + len(breaks)]
            break
    return first.rstrip() or first, text[len(first) :].lstrip()


def fit_quotes(texts: Sequence[str], room_units: int) -> list[str]:
    """The texts shortened so that together they take at most that many units; short ones leave their room to long."""
    shares = [0] * len(texts)
    left = room_units
    order = sorted(range(len(texts)), key=lambda index: units(texts[index]))
    for position, index in enumerate(order):
        fair = left // (len(order) - position)
        shares[index] = min(units(texts[index]), fair)
        left -= shares[index]
    return [shorten(text, share) for text, share in zip(texts, shares, strict=True)]


def enumerated(things: Sequence[str]) -> str:
    """One or more things in a sentence: Task, Action and Result."""
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"
