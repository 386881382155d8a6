"""A whole answer in one text: finding the parts in ``Situation: … Task: …``. Nothing here knows of drafts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.terms import PARTS, Part

# A label is a whole word, perhaps decorated (**Task**, "2. Task", "[T]"), and ends in a colon or dash. Alone on its
# line it needs neither. In running text only a capitalised word with a colon counts, as "my task: to …" is prose.
_LINE_LABEL = re.compile(
    r"^(?:[ \t>*_#\-•\[(]|\d{1,2}[.)]){0,8}"
    r"(?P<word>situation|task|action|result|actions|results|tasks|s|t|a|r)"
    r"[\])*_]{0,4}[ \t]*(?:(?:[:：]|[-–—]+(?=[ \t]))[*_]{0,2}[ \t]*|[ \t]*(?=\n|\Z))",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE_LABEL = re.compile(r"(?<=[\s.!?;,])(?P<word>Situation|Task|Action|Result|Actions|Results)[:：][ \t]*")
_PARTS_BY_INITIAL = {part.value[0]: part for part in PARTS}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text taken apart: ``before`` the first label, and the text under each label found (never empty)."""

    before: str
    parts: Mapping[Part, str]


def take_apart(text: str) -> Labelled | None:
    """The labelled parts of a text, or None if it has no label with text under it.

    A label given twice has its texts joined by a line break.
    """
    found = _labels(text)
    if not found:
        return None
    parts: dict[Part, str] = {}
    for index, (part, _start, end) in enumerate(found):
        stop = found[index + 1][1] if index + 1 < len(found) else len(text)
        content = text[end:stop].strip()
        if content:
            parts[part] = f"{parts[part]}\n{content}" if part in parts else content
    if not parts:
        return None
    return Labelled(text[: found[0][1]].strip(), parts)


def _labels(text: str) -> list[tuple[Part, int, int]]:
    """Labels as (part, start, end of the label), in order of appearance."""
    found = [match for match in _LINE_LABEL.finditer(text) if _is_label(match, text)]
    taken = {match.start("word") for match in found}
    if found:
        found += [match for match in _INLINE_LABEL.finditer(text) if match.start("word") not in taken]
        found.sort(key=lambda match: match.start("word"))
    return [(_part(match["word"]), match.start(), match.end()) for match in found]


def _is_label(match: re.Match[str], text: str) -> bool:
    """A single letter is a label only with a colon behind it: "a - small thing" is prose."""
    if len(match["word"]) > 1:
        return True
    return ":" in text[match.end("word") : match.end()] or "：" in text[match.end("word") : match.end()]


def _part(word: str) -> Part:
    return _PARTS_BY_INITIAL[word[0].lower()]
