"""Transcripts: conversations as text files. Reading one, playing it on a stage, writing down what was said.

At the beginning of a line stands what somebody does:

    # a remark
    ada> text            Ada sends a text (a name at its first use brings a new person)
    ada! Answer          Ada presses the newest button whose label begins so
    ada!! Answer         she presses it as it last stood, though its message has changed since
    ada~ 3 new text      she edits the third message she sent
    ada+ sticker         she sends a sticker, photo, voice, …; or `location 22.57 88.36`, `block`, `unblock`
    ada+ file a.yaml     she sends a file of ``packs/``; with `as b.yaml` behind it under that name
    @ push | +1h | +1d   the clock moves to what is due next, or on by minutes (m), hours or days; the instances tick
    @ kill               one of the two instances dies

``\\n`` in a text is a line break, ``*9000`` at its end repeats it up to that many characters.

Indented below it stands, word for word, all that is seen because of it, or nothing if nothing is seen:

    new / changed        a message, or one that is changed; `buttons` if only its buttons are
    | text               its lines (``| > `` where they stand in a quote)
    [A] [B]              its rows of buttons
    notice text          the notice over the chat
    keyboard (A) (B)     the keys below the text field, row by row with ` / ` between; `keyboard gone`
    bo new               what somebody else than the one who acts sees

Where not all of it matters, these stand there instead, any number of them:

    ...                  whatever comes is right
    = words              the messages hold these words
    - words              they do not
    [A] [B]              a row of buttons under the newest message
    ? words              the notice holds these words
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.dialogs.somebody import Somebody, rows_of, text_of
from tests.dialogs.stage import Stage

INDENT = "    "
PACKS = Path(__file__).parent / "packs"
"""Files that people on the stage send."""
_DEED = re.compile(r"(?P<name>\w+)(?P<sign>!!|[>!~+]) ?(?P<rest>.*)")
_UNITS = {"m": 60, "h": 3600, "d": 86400}
_LOOSE = ("...", "= ", "- ", "? ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of doing with its number from 1, and the lines below it, without their indentation."""

    number: int
    deed: str
    below: tuple[str, ...]

    @property
    def is_loose(self) -> bool:
        """Whether only some words of the answer are given."""
        return any(line.startswith(_LOOSE) for line in self.below)


def read(text: str) -> Iterator[Entry]:
    """The entries of a transcript; remarks and empty lines come as entries that do nothing."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and lines[end].startswith(INDENT):
            end += 1
        yield Entry(at + 1, lines[at], tuple(line.removeprefix(INDENT) for line in lines[at + 1 : end]))
        at = end


def written(entries: Sequence[Entry]) -> str:
    """The entries as the text of a file."""
    lines = [line for entry in entries for line in (entry.deed, *(INDENT + below for below in entry.below))]
    return "".join(f"{line}\n" for line in lines)


class Play:
    """A transcript being played."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._people: dict[str, Somebody] = {}

    async def do(self, entry: Entry) -> list[str]:
        """Do what the entry says; what everybody sees because of it, as the lines below it would tell it."""
        if not entry.deed.strip() or entry.deed.startswith("#"):
            return []
        for person in self._people.values():
            person.toast = ""
        if entry.deed.startswith("@"):
            await self._move(entry.deed[1:].strip())
            for person in self._people.values():
                await person.look()
            return [line for person in self._people.values() for line in _seen_by(person, f"{person.name} ")]
        person = await self._act(entry.deed)
        lines = _seen_by(person)
        for other in self._people.values():
            if other is not person:
                await other.look()
                lines += _seen_by(other, f"{other.name} ")
        return lines

    def missing(self, entry: Entry) -> list[str]:
        """Of a loose entry just done: the lines that do not hold."""
        match = _DEED.fullmatch(entry.deed)
        people = list(self._people.values()) if match is None else [self._people[match["name"]]]
        heard = "\n".join(person.heard() for person in people)
        rows = [row for person in people for row in person.rows()]
        notice = "".join(person.toast for person in people)
        holds = {
            "...": lambda _words: True,
            "=": lambda words: words in heard,
            "-": lambda words: words not in heard,
            "?": lambda words: words in notice,
        }
        return [
            line
            for line in entry.below
            if not (line in rows if line.startswith("[") else holds[line.split(" ")[0]](line[2:]))
        ]

    async def _act(self, deed: str) -> Somebody:
        match = _DEED.fullmatch(deed)
        assert match is not None, f"nobody knows how to do: {deed}"
        name, sign, rest = match["name"], match["sign"], match["rest"]
        if name not in self._people:
            self._people[name] = await Somebody.arrive(self._stage, name)
        person = self._people[name]
        if sign == ">":
            await person.say(_expanded(rest))
        elif sign == "!":
            await person.press(rest)
        elif sign == "!!":
            await person.press_again(rest)
        elif sign == "~":
            number, text = rest.split(" ", 1)
            await person.edit(int(number), _expanded(text))
        elif rest.startswith("location "):
            latitude, longitude = rest.split()[1:]
            await person.share(float(latitude), float(longitude))
        elif rest.startswith("file "):
            name, _, other = rest.removeprefix("file ").partition(" as ")
            await person.attach(other or name, (PACKS / name).read_text(encoding="utf-8"))
        elif rest in ("block", "unblock"):
            await person.act("POST", f"/{rest}", {})
        else:
            await person.send(rest)
        return person

    async def _move(self, how: str) -> None:
        if how == "push":
            await self._stage.move_to_next_push()
        elif how == "kill":
            await self._stage.kill(0)
        else:
            self._stage.clock.move_on(timedelta(seconds=int(how[1:-1]) * _UNITS[how[-1]]))
            await self._stage.tick()


def _seen_by(person: Somebody, prefix: str = "") -> list[str]:
    lines = []
    for message in person.new:
        what = person.changed.get(message["message_id"], "new")
        lines.append(f"{prefix}{what}")
        if what != "buttons":
            lines += [f"| {line}".rstrip() for line in text_of(message).split("\n")]
        lines += rows_of(message)
    if person.keyboard_changed:
        lines.append(f"{prefix}keyboard {' / '.join(person.keyboard) or 'gone'}")
    if person.toast:
        lines.append(f"{prefix}notice {person.toast}")
    return lines


def _expanded(text: str) -> str:
    text = text.replace("\\n", "\n")
    repeated = re.fullmatch(r"(.*)\*(\d+)", text, re.DOTALL)
    if repeated is None:
        return text
    return (repeated[1] * int(repeated[2]))[: int(repeated[2])]
