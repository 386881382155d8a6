"""The files of the export: readable Markdown and complete JSON. What goes into the JSON is `bot.usecases.export`'s."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.coach import words
from bot.domain.terms import PARTS
from bot.screens import coach
from bot.screens.after import RATINGS
from bot.screens.history import Submitted
from bot.screens.message import Document
from bot.screens.when import count, day, day_of

UPLOAD_BYTES_MAX = 50_000_000
"""Largest file a bot may send, 50 MB (https://core.telegram.org/bots/api#sending-files)."""

FORMAT = "starling-export"
VERSION = 1
"""Raised whenever a reader of the JSON would have to change."""

_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|$])")
_AT_START = re.compile(r"^([#+\-=]|\d{1,9}(?=[.)]))")
_INDENT = re.compile(r"^\s+")


@dataclass(frozen=True, slots=True)
class Record:
    """Everything stored about one person, ready for JSON."""

    person: Mapping[str, Any]
    answers: Sequence[Mapping[str, Any]]
    askings: Sequence[Mapping[str, Any]]
    reminders: Sequence[Mapping[str, Any]]
    packs: Sequence[Mapping[str, Any]]
    undecided: Sequence[Mapping[str, Any]]
    reviews: Sequence[Mapping[str, Any]] = ()
    mocks: Sequence[Mapping[str, Any]] = ()
    stories: Sequence[Mapping[str, Any]] = ()
    interviews: Sequence[Mapping[str, Any]] = ()


def markdown(
    submitted: Sequence[Submitted],
    drafts: Sequence[Submitted],
    zone: str,
    today: date,
    limit_bytes: int = UPLOAD_BYTES_MAX,
) -> list[Document]:
    """The answers, oldest first, and after them the drafts, in as many files as the limit asks for."""
    sizes = [count(len(submitted), "answer")] if submitted else []
    sizes += [count(len(drafts), "draft")] if drafts else []
    head = f"# Starling: answers\n\n{' and '.join(sizes)}, oldest first, exported on {day(today)}.\n"
    sections = [_section(answer, number, zone) for number, answer in enumerate(submitted, 1)]
    sections += [_section(draft, None, zone) for draft in drafts]
    pieces = [section.encode() for section in sections]
    groups = _grouped([len(piece) for piece in pieces], len(head.encode()), limit_bytes)
    return [
        Document(
            _filename(today, "md", number, len(groups)),
            head.encode() + b"".join(pieces[index] for index in group),
            _caption(f"A text to read: {' and '.join(sizes)}", number, len(groups)),
        )
        for number, group in enumerate(groups, 1)
    ]


def complete(
    record: Record, exported_at: str, today: date, limit_bytes: int = UPLOAD_BYTES_MAX
) -> list[Document]:
    """Everything, in as many files as the limit asks for; each is JSON of its own, and only answers are spread."""
    frame: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": exported_at,
        "file": 1,
        "files": 1,
        "person": record.person,
        "askings": record.askings,
        "reminders": record.reminders,
        "packs": record.packs,
        "undecided": record.undecided,
        "reviews": record.reviews,
        "mocks": record.mocks,
        "stories": record.stories,
        "interviews": record.interviews,
        "answers": [],
    }
    sizes = [_size(answer) for answer in record.answers]
    groups = _grouped(sizes, _size(frame) + 100, limit_bytes)
    what = (
        "Everything that is stored, as JSON"
        if record.answers
        else "Your settings as JSON; there are no answers yet"
    )
    return [
        Document(
            _filename(today, "json", number, len(groups)),
            _json(
                {
                    **frame,
                    "file": number,
                    "files": len(groups),
                    "answers": [record.answers[index] for index in group],
                }
            ),
            _caption(what, number, len(groups)),
        )
        for number, group in enumerate(groups, 1)
    ]


def as_written(text: str) -> str:
    """Plain text as a Markdown block quote that shows it word for word and line by line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    quoted = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        # Two blanks at the end break the line; within a paragraph Markdown would join it with the next.
        end = "  " if line.strip() and following.strip() else ""
        quoted.append(f"> {_escape_line(line)}{end}" if line.strip() else ">")
    return "\n".join(quoted)


def _section(answer: Submitted, number: int | None, zone: str) -> str:
    prompt = _escape_line(" ".join(answer.prompt.split()))
    facts = [day_of(answer.submitted_at, zone), _escape_line(answer.category)]
    if number is not None:
        facts += [
            f"attempt {answer.attempt}",
            *(f"felt {word}" for value, word in RATINGS if value == answer.rating),
        ]
    facts.append(coach.words_and_time(sum(map(words, answer.texts.values()))))
    lines = ["", f"## {f'{number}.' if number is not None else 'Draft:'} {prompt}", "", " · ".join(facts)]
    for part in PARTS:
        told = answer.texts[part]
        lines += ["", f"### {_escape_line(answer.naming.names[part])}"]
        lines += ["", as_written(told) if told.strip() else "*not told*"]
    return "\n".join(lines) + "\n"


def _escape_line(line: str) -> str:
    """One line with nothing left in it that Markdown would read as its own; blanks in front are kept."""
    indent = _INDENT.match(line)
    blanks = 0 if indent is None else len(indent[0])
    rest = _ANYWHERE.sub(r"\\\1", line[blanks:].rstrip())
    # Written out, because readers strip blanks from the start of a line, the no-break space among them.
    return "&nbsp;" * blanks + _AT_START.sub(lambda match: _escape_start(match[0]), rest)


def _escape_start(opening: str) -> str:
    return f"{opening}\\" if opening[0].isdigit() else f"\\{opening}"


def _grouped(sizes: Sequence[int], fixed: int, limit: int) -> list[list[int]]:
    """Indexes in groups whose sizes with the fixed one stay within the limit; one too large stands alone."""
    groups: list[list[int]] = [[]]
    room = limit - fixed
    for index, size in enumerate(sizes):
        if groups[-1] and size > room:
            groups.append([])
            room = limit - fixed
        groups[-1].append(index)
        room -= size
    return groups


def _size(value: Mapping[str, Any]) -> int:
    """Bytes of a value in the file, where each of its lines stands two levels further in than alone."""
    text = _json(value)
    return len(text) + 4 * (text.count(b"\n") + 2)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _filename(today: date, ending: str, number: int, total: int) -> str:
    which = f"-{number}-of-{total}" if total > 1 else ""
    return f"starling-answers-{today.isoformat()}{which}.{ending}"


def _caption(what: str, number: int, total: int) -> str:
    return f"{what}, file {number} of {total}." if total > 1 else f"{what}."
