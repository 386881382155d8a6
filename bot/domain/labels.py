"""A whole answer in one text: finding the parts in ``Situation: … Task: …``. Nothing here knows of drafts."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from bot.domain.own_labels import INVISIBLE, LEAD, own_awaited, own_labels
from bot.domain.terms import PARTS, Part

LABELS_LEAST = 2
"""Initials, headings, dashes and other names are labels only where so many stand in the order of the parts."""

NO_NAMES: Mapping[Part, str] = {}
"""Of a question that names its parts as usual."""

_WORD = r"s[*_]{0,3}ituations?|t[*_]{0,3}asks?|a[*_]{0,3}ctions?|r[*_]{0,3}esults?"
_OTHER_NAMES = {
    "background": Part.SITUATION,
    "context": Part.SITUATION,
    "outcome": Part.RESULT,
    "outcomes": Part.RESULT,
}
_NAME = rf"(?:{_WORD}|background|context|outcomes?|[a-z])"
_ALONE = r"(?:situation|task|action|result|[star])"

# What may stand at the beginning of a line: signs, a number in a list, "Step 1:", brackets; then the name, perhaps
# "and" a second name, something in brackets; then a colon, an arrow, a dash, a bracket or the end of the line.
# Every repetition is bounded or possessive, so that no text takes longer than its length warrants.
_AT_LINE = re.compile(
    rf"""^(?P<lead>{LEAD})
    (?P<step>(?:step|part)[ ]?\d(?:[ ]?(?:/|of)[ ]?\d)?[ ]{{0,2}}[:.\-–—·|]?[ ]{{0,2}}[*_]{{0,3}})?
    (?P<the>the[ ])?
    (?P<word>{_NAME})(?![^\W_]|['’])[*_]{{0,3}}
    (?:[ ]?(?:/|&|\+|and\b)[ ]?{_ALONE}\b)?
    (?P<aside>[ ]?\([^()\n]{{1,40}}\))?
    (?P<closing>[\])*_]{{0,4}})[ \t]{{0,8}}
    (?P<mark>(?:[:：]|->|=>|→|[-–—]{{1,3}}(?=[ \t\n]))[*_]{{0,3}})?[ \t]*+
    (?P<rule>\n[=\-~_]{{3,}}+[ \t]*+(?=\n|\Z))?""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_IN_LINE = re.compile(
    rf"(?<=[\s.!?;,)\]])(?P<open>[\[(]?)(?P<word>{_NAME})(?P<closing>[\])]?)[ ]?(?P<mark>[:：]?)[ \t]*+",
    re.IGNORECASE,
)
_STRESS = re.compile("[*_]")
_PARTS_BY_INITIAL = {part.value[0]: part for part in PARTS}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text taken apart: ``before`` the first label, and the text under each label found (never empty)."""

    before: str
    parts: Mapping[Part, str]


@dataclass(frozen=True, slots=True)
class _Label:
    """What may be a label: where it stands, and what speaks for it.

    ``part`` is None for a letter that is no initial. ``style`` tells labels that are written alike: ``word`` as in
    Task, ``lower`` as in task, ``letter``, ``bracket``, ``other`` name, ``own`` name. ``is_plain``: a full word with
    a colon, arrow or brackets. ``opens``: needs no other label where the text begins with it. ``aside``: what stood
    in brackets behind it and belongs to the text.
    """

    part: Part | None
    start: int
    at: int
    end: int
    style: str
    is_plain: bool = False
    opens: bool = False
    aside: str = ""

    @property
    def rank(self) -> int:
        """The place of its part among the four; -1 for none."""
        return -1 if self.part is None else PARTS.index(self.part)


def take_apart(text: str, at: Part | None = None, names: Mapping[Part, str] = NO_NAMES) -> Labelled | None:
    """The labelled parts of a text, or None if it has no label with text under it.

    ``at`` is the part the text is told for, None if for none: a single label for the part after it is trusted
    in the middle of a text, where any other is taken for prose. A label given twice has its texts joined by a
    line break. ``names`` are those that the question gives its parts itself; the usual ones count beside them.
    """
    own = own_labels(text, names, at) if names else []
    found = [_Label(each.part, each.start, each.start, each.end, "own") for each in own] or _labels(text, at)
    parts: dict[Part, str] = {}
    for label, content in zip(found, _contents(text, found), strict=True):
        part = label.part
        if part is not None and content:
            parts[part] = f"{parts[part]}\n{content}" if part in parts else content
    if not parts:
        return None
    return Labelled(_stripped(text[: found[0].start]), parts)


def awaited(text: str, names: Mapping[Part, str] = NO_NAMES) -> Part | None:
    """The part whose text is still to come, if the text is nothing but labels; else None."""
    own = own_awaited(text, names) if names else None
    if own is not None:
        return own
    found = [
        label
        for label in _at_lines(text)
        if label.opens or (label.style == "letter" and text[label.at + 1 : label.at + 2] == ":")
    ]
    if not found or _stripped(text[: found[0].start]) or any(_contents(text, found)):
        return None
    return found[0].part


def _contents(text: str, labels: Sequence[_Label]) -> list[str]:
    stops = [*(label.start for label in labels[1:]), len(text)]
    return [
        " ".join(filter(None, (label.aside, _stripped(text[label.end : stop]))))
        for label, stop in zip(labels, stops, strict=False)
    ]


def _labels(text: str, at: Part | None) -> list[_Label]:
    """The labels, in order of appearance."""
    lines = _at_lines(text)
    if not lines and text.count(":") + text.count("：") <= LABELS_LEAST:
        return []  # as with nearly every text; searching within the lines costs ten times as much as all else
    inside = _outside(_in_lines(text), lines)
    words = [label for label in lines if label.style in ("word", "lower") and label.part is not None]
    letters = _initials(text, lines, inside)
    found = _words(text, words, at, trusted=bool(letters))
    found += _words_inside(text, found, inside) if found else _one_line(words, (*lines, *inside))
    found += letters
    found += _other_names([label for label in (*lines, *inside) if label.style == "other"], found)
    return sorted(found, key=lambda label: label.start)


def _at_lines(text: str) -> list[_Label]:
    """What may be a label at the beginning of a line."""
    return [label for match in _AT_LINE.finditer(text) if (label := _at_line(match, text)) is not None]


def _at_line(match: re.Match[str], text: str) -> _Label | None:
    word = _STRESS.sub("", match["word"]).lower()
    mark = (match["mark"] or "").rstrip("*_")
    in_brackets = "]" in match["closing"] or ")" in match["closing"]
    ends_line = match["rule"] is not None or match.end() == len(text) or text[match.end()] == "\n"
    if not mark and not in_brackets and not (ends_line and len(word) > 1):
        return None
    if match["the"] and not mark:
        return None
    style = _style(match["word"])
    is_dash = mark[:1] in ("-", "–", "—") and mark != "->"
    is_plain = style in ("word", "lower") and not match["the"]
    is_plain = is_plain and (bool(mark) or in_brackets or "#" in match["lead"]) and not is_dash
    line_end = text.find("\n", match.end())
    rest = text[match.end() : len(text) if line_end < 0 else line_end]
    # A second dash closes what the first one opened: "Task - I must say - was clear."
    is_parenthesis = is_dash and re.search(r"\s[-–—]{1,3}\s", rest) is not None
    opens = style in ("word", "lower") and not match["the"] and not is_parenthesis
    aside = (match["aside"] or "").strip()
    if aside.strip("( )").lower() in {*_PARTS_BY_INITIAL, *(part.value for part in PARTS)}:
        aside = ""
    return _Label(_part(word), match.start(), match.start("word"), match.end(), style, is_plain, opens, aside)


def _in_lines(text: str) -> list[_Label]:
    """What may be a label in running text: a name with a colon, or in brackets."""
    return [
        _Label(
            _part(match["word"].lower()),
            match.start(),
            match.start("word"),
            match.end(),
            "bracket" if match["open"] and match["closing"] else _style(match["word"]),
        )
        for match in _IN_LINE.finditer(text)
        if match["mark"] or (match["open"] and match["closing"])
    ]


def _outside(inside: Sequence[_Label], lines: Sequence[_Label]) -> list[_Label]:
    """Those of the labels in running text that are no part of a label at the beginning of a line."""
    starts = [label.start for label in lines]
    before = (bisect_right(starts, label.at) - 1 for label in inside)
    return [
        label
        for label, index in zip(inside, before, strict=True)
        if index < 0 or lines[index].end <= label.at
    ]


def _style(word: str) -> str:
    plain = _STRESS.sub("", word)
    if len(plain) == 1:
        return "letter"
    if plain.lower() in _OTHER_NAMES:
        return "other"
    return "lower" if plain.islower() else "word"


def _part(word: str) -> Part | None:
    return _OTHER_NAMES.get(word) or _PARTS_BY_INITIAL.get(word[0] if len(word) > 1 else word)


def _initials(text: str, lines: Sequence[_Label], inside: Sequence[_Label]) -> list[_Label]:
    """S, T, A and R, if at least two stand in their order and no other letter stands among them as in a list."""
    letters = [label for label in lines if label.style == "letter"]
    if not letters or any(label.part is None for label in letters):
        return []
    plain = [label for label in lines if label.is_plain]
    ways = [letters, sorted((*letters, *plain), key=lambda label: label.at)]
    if _begins(text, letters[0]):
        within = [
            label for label in inside if label.style in ("letter", "bracket") and label.part is not None
        ]
        merged = sorted((*letters, *within), key=lambda label: label.at)
        chain = _whole_chain(merged)
        ways = [chain, *ways, merged] if chain else [*ways, merged]
    way = next((way for way in ways if len(way) >= LABELS_LEAST and _in_order(way)), [])
    return [label for label in way if not label.is_plain]


def _words(text: str, words: Sequence[_Label], at: Part | None, *, trusted: bool) -> list[_Label]:
    """Of the full words at the beginnings of lines those that are labels."""
    if not words:
        return []
    begins = _begins(text, words[0]) and words[0].opens
    if trusted or begins or any(one.rank < next_.rank for one, next_ in pairwise(words)):
        # Headings and dashes are trusted only where they keep the order that the plain labels set.
        least = list(accumulate((label.rank if label.is_plain else -1 for label in words), max))
        most = list(accumulate((label.rank if label.is_plain else 9 for label in reversed(words)), min))[::-1]
        found: list[_Label] = []
        for index, label in enumerate(words):
            fits = least[index] < label.rank <= most[index]
            follows = not found or found[-1].rank < label.rank
            if label.is_plain or (index == 0 and begins) or (fits and follows):
                found.append(label)
        if trusted or begins or len(found) >= LABELS_LEAST:
            return found
    follower = None if at is None else PARTS.index(at) + 1
    return [
        label
        for label in words
        if label.is_plain and (label.rank == follower or _opens_paragraph(text, label.start))
    ]


def _words_inside(text: str, found: Sequence[_Label], inside: Sequence[_Label]) -> list[_Label]:
    """Of the full words in running text those that are labels, where lines begin with labels too."""
    inner = [label for label in inside if label.style == "word"]
    if not _begins(text, found[0]):
        return inner
    if found[0].style == "lower":
        inner += _alike(text, found, [label for label in inside if label.style == "lower"])
    if text[found[0].at - 1 : found[0].at] in ("[", "("):
        inner += _alike(text, found, [label for label in inside if label.style == "bracket"])
    return inner


def _one_line(words: Sequence[_Label], labels: Sequence[_Label]) -> list[_Label]:
    """Capitalised words in running text where no line begins with one: three names or more, all in their order."""
    named = sorted(
        (label for label in labels if label.style in ("word", "other")), key=lambda label: label.at
    )
    if words or len(named) <= LABELS_LEAST or not _in_order(named):
        return []
    return [label for label in named if label.style == "word"]


def _alike(text: str, found: Sequence[_Label], inner: Sequence[_Label]) -> list[_Label]:
    """Labels within a line that go on as the text began: all four, or at least each at the end of a sentence."""
    merged = sorted((*found, *inner), key=lambda label: label.at)
    chain = _whole_chain(merged)
    if not chain and _in_order(merged):
        chain = merged
        if not all(text[: label.start].rstrip()[-1:] in (*".!?;", "") for label in inner):
            return []
    known = {label.at for label in found}
    return [label for label in chain if label.at not in known]


def _other_names(others: Sequence[_Label], found: Sequence[_Label]) -> list[_Label]:
    """Background, Context and Outcome, where at least two of the usual names stand in their places."""
    ranks = {label.rank for label in found}
    if len(ranks) < LABELS_LEAST:
        return []
    first, last = min(label.start for label in found), max(label.start for label in found)
    accepted: dict[Part, _Label] = {}
    for label in others:
        fits = label.start < first if label.part is Part.SITUATION else label.start > last
        if label.part is not None and fits and label.rank not in ranks:
            accepted.setdefault(label.part, label)
    return list(accepted.values())


def _whole_chain(labels: Sequence[_Label]) -> list[_Label]:
    """The first label of each part behind that of the part before; empty unless there are all four."""
    chain: list[_Label] = []
    for label in labels:
        if len(chain) < len(PARTS) and label.rank == len(chain):
            chain.append(label)
    return chain if len(chain) == len(PARTS) else []


def _in_order(labels: Sequence[_Label]) -> bool:
    return all(one.rank < next_.rank for one, next_ in pairwise(labels))


def _begins(text: str, label: _Label) -> bool:
    return not _stripped(text[: label.start])


def _opens_paragraph(text: str, start: int) -> bool:
    return re.search(r"\n[ \t]*\n[ \t]*\Z", text[max(0, start - 40) : start]) is not None


_EDGES = re.compile(rf"^[\s{INVISIBLE}]++|[\s]++\Z")


def _stripped(text: str) -> str:
    """Without white space around it, and without marks that cannot be seen in front."""
    return _EDGES.sub("", text).strip()
