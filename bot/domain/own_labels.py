"""The names that a question gives its parts itself, as labels in a text: ``Now: … Before: …``.

They are words that people use, so more has to speak for them than for the usual names, which `labels` finds.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.domain.terms import PARTS, Part

INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f"
_SIGNS = r"\u00b7\u2022\u2013\u2014\u2190-\u2bff\U0001f000-\U0001faff"
LEAD = rf"(?:[\ \t>*_\#+\-\[({_SIGNS}{INVISIBLE}]|\d\ufe0f?\u20e3|\d{{1,2}}[.)]){{0,16}}+"
"""What may stand before a label at the beginning of a line: signs, a number in a list, brackets."""

LEAST_ANYWHERE = 3
"""So many in their order are labels wherever they stand; fewer must begin the text, and name the part that is told."""

_NAMES_KEPT = 256


class Found(NamedTuple):
    """A label: its part, where it begins, where the text under it begins, and whether a mark stands behind it."""

    part: Part
    start: int
    end: int
    is_marked: bool


def own_labels(text: str, names: Mapping[Part, str], at: Part | None) -> list[Found]:
    """The labels of a text in their order, by the names of its question; ``at`` is the part the text is told for."""
    at_line, in_line = _patterns(tuple(names[part] for part in PARTS))
    lines = [
        Found(PARTS[_index(match)], match.start(), match.end(), _is_marked(match))
        for match in at_line.finditer(text)
    ]
    if len(lines) == len(PARTS) == len({label.part for label in lines}):
        return lines
    inside = [
        Found(PARTS[_index(match)], match.start(), match.end(), True) for match in in_line.finditer(text)
    ]
    chains = (_in_order(lines), _in_order(inside))
    return next((chain for chain in chains if len(chain) >= LEAST_ANYWHERE), None) or _few(
        text, chains[0], at
    )


def _few(text: str, chain: list[Found], at: Part | None) -> list[Found]:
    """One or two labels that a text begins with, if the part that is told is among theirs; else none."""
    if not chain or re.search(rf"[^\s{INVISIBLE}]", text[: chain[0].start]):
        return []
    is_one_of_them = any(label.part is at for label in chain)
    if len(chain) == 1:
        return chain if is_one_of_them and chain[0].is_marked else []
    return chain if is_one_of_them or at is None else []


def own_awaited(text: str, names: Mapping[Part, str]) -> Part | None:
    """The part whose text is still to come, if the text is nothing but labels with marks behind them; else None."""
    at_line, _in_line = _patterns(tuple(names[part] for part in PARTS))
    labels = list(at_line.finditer(text))
    if not labels or not all(map(_is_marked, labels)) or at_line.sub("", text).strip():
        return None
    return PARTS[_index(labels[0])]


@lru_cache(_NAMES_KEPT)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds these names at the beginnings of lines, however they are spelled, and in lines as they are."""
    by_length = sorted(range(len(names)), key=lambda index: -len(names[index]))
    words = {index: r"[ ]{1,3}".join(map(re.escape, names[index].split())) for index in by_length}
    either = "|".join(f"(?P<n{index}>{words[index]})" for index in by_length)
    mark = r"(?:[:：]|->|=>|→|[-–—]{1,3}(?=[ \t\n]))[*_]{0,3}"
    at_line = rf"""^{LEAD}(?:the[ ](?!the[ ]))?(?:{either})(?![^\W_]|['’])
        [ ]?(?P<closing>[\])*_]{{0,4}})[ \t]{{0,8}}(?:(?P<mark>{mark})|(?=\n|\Z|(?<=[\])])))
        [ \t]*+(?P<rule>\n[=\-~_]{{3,}}+[ \t]*+(?=\n|\Z))?"""
    in_line = rf"(?:(?<=[\s.!?;,)\]])|\A)(?:{either})[ ]?[:：][ \t]*+"
    return re.compile(at_line, re.IGNORECASE | re.MULTILINE | re.VERBOSE), re.compile(in_line)


def _index(match: re.Match[str]) -> int:
    return next(index for index in range(len(PARTS)) if match[f"n{index}"])


def _is_marked(match: re.Match[str]) -> bool:
    return bool(match["mark"]) or "]" in match["closing"] or ")" in match["closing"]


def _in_order(labels: Sequence[Found]) -> list[Found]:
    """The labels that keep the order of the parts; what stands again is text.

    None of them if the order is broken by one that comes too early, as in a comparison of before and now.
    """
    chain: list[Found] = []
    for label in labels:
        if not chain or PARTS.index(chain[-1].part) < PARTS.index(label.part):
            chain.append(label)
    known = {label.part for label in chain}
    skipped = any(label.part not in known for label in labels)
    return [] if skipped else chain
