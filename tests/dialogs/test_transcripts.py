"""Plays every transcript in ``transcripts/`` over two alternating instances, on both databases.

    # a remark
    ada> text           Ada sends a text (a name at the first use brings a new person)
    ada! Answer         Ada presses the newest button whose label begins so
    ada~ 3 new text     Ada edits the third message she sent
    ada= words          the bot's new or changed messages hold these words; once per line, in any order
    ada- words          they do not hold them
    ada[ [A] [B]        the newest message has this row of buttons
    ada? words          the notice over the chat
    @ push | +1h | +1d  the clock moves: to the next push, or by hours or days; the instances tick

``\\n`` in a text is a line break, ``*9000`` at its end repeats it up to that many characters.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.usecases import push
from tests.dialogs.stage import Somebody, Stage, set_up

FOLDER = Path(__file__).parent / "transcripts"
LINE = re.compile(r"(?P<name>\w+)(?P<sign>[>!~=\-\[?]) ?(?P<rest>.*)")
UNITS = {"h": 3600, "d": 86400}


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
async def test_transcript(name: str, database_url: str) -> None:
    """The conversation goes as written, whichever instance has the turn."""
    async with set_up(database_url) as stage:
        people: dict[str, Somebody] = {}
        for number, line in enumerate((FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                await _play(stage, people, line, f"{name}.txt:{number}: {line}")


async def _play(stage: Stage, people: dict[str, Somebody], line: str, place: str) -> None:
    if line.startswith("@"):
        await _move(stage, line[1:].strip())
        for somebody in people.values():
            await somebody.look()
        return
    match = LINE.fullmatch(line)
    assert match is not None, place
    name, sign, rest = match["name"], match["sign"], match["rest"]
    if name not in people:
        people[name] = await Somebody.arrive(stage, name)
    person = people[name]
    if sign == ">":
        await person.say(_expanded(rest))
    elif sign == "!":
        await person.press(rest)
    elif sign == "~":
        number, text = rest.split(" ", 1)
        await person.edit(int(number), _expanded(text))
    elif sign == "=":
        assert rest in person.heard(), f"{place}\n--- heard\n{person.heard()}\n--- notice\n{person.toast}"
    elif sign == "-":
        assert rest not in person.heard(), f"{place}\n{person.heard()}"
    elif sign == "[":
        assert rest in person.buttons(), f"{place}\n{person.buttons()}"
    else:
        assert rest in person.toast, f"{place}\n{person.toast}"


async def _move(stage: Stage, how: str) -> None:
    if how == "push":
        due_at = await stage.apps[0].run(push.next_moment)
        assert due_at is not None
        stage.clock.move_on(due_at - stage.clock.now() + timedelta(seconds=1))
    else:
        stage.clock.move_on(timedelta(seconds=int(how[1:-1]) * UNITS[how[-1]]))
    await stage.tick()


def _expanded(text: str) -> str:
    text = text.replace("\\n", "\n")
    repeated = re.fullmatch(r"(.*)\*(\d+)", text, re.DOTALL)
    if repeated is None:
        return text
    return (repeated[1] * int(repeated[2]))[: int(repeated[2])]
