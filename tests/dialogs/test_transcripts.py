"""Plays every transcript in ``transcripts/``, on both databases; `tests.dialogs.transcript` tells how one is written.

After an intended change of what is said, ``REWRITE_TRANSCRIPTS=1 pytest tests/dialogs/test_transcripts.py`` writes
down what is said now (below entries that are not loose); then read the difference as carefully as code.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.dialogs.packs import three_categories
from tests.dialogs.stage import Stage, polled, set_up
from tests.dialogs.transcript import Entry, Play, read, written

FOLDER = Path(__file__).parent / "transcripts"
REWRITES = os.environ.get("REWRITE_TRANSCRIPTS", "") == "1"
WITH_THREE_CATEGORIES = frozenset({"reviews", "practice", "mock", "target", "stories"})
POLLED = ("first_day", "nothing_is_lost", "packs", "push")


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
async def test_transcript(name: str, database_url: str) -> None:
    """The conversation goes as written, word for word, whichever instance has the turn."""
    library = three_categories() if name in WITH_THREE_CATEGORIES else None
    async with set_up(database_url, library=library) as stage:
        await _play(stage, name, rewrites=REWRITES)


@pytest.mark.parametrize("name", POLLED)
async def test_transcript_by_polling(name: str, database_url: str) -> None:
    """The same conversation goes the same way when instances poll, each stopped after every step."""
    async with polled(database_url) as stage:
        await _play(stage, name, rewrites=False)


async def _play(stage: Stage, name: str, *, rewrites: bool) -> None:
    path = FOLDER / f"{name}.txt"
    play = Play(stage)
    told: list[Entry] = []
    for entry in read(path.read_text(encoding="utf-8")):
        seen = await play.do(entry)
        place = f"{path.name}:{entry.number}: {entry.deed}"
        if rewrites and not entry.is_loose:
            told.append(replace(entry, below=tuple(seen)))
            continue
        told.append(entry)
        if entry.is_loose:
            assert play.missing(entry) == [], "\n".join([place, *seen])
        else:
            assert seen == list(entry.below), place
    if rewrites:
        path.write_text(written(told), encoding="utf-8")
