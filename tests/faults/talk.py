"""People who practise while processes die around them, and what must be true of what they wrote."""

import asyncio
import itertools
from collections import Counter
from dataclasses import dataclass, field

from content.library import load_library
from tests.faults.storage import Storage
from tests.faults.world import PARTS, Someone, World, part_text

KILLS_IN_A_ROW = 4
"""Each kill repeats what is in flight, also what the kill before has repeated: a message may be hit again when it is
the first thing a new process sends. More than so many times would be no chance."""

WAIT_SECONDS = 90.0
"""Longest wait for a reply while processes are killed; Telegram would wait as long."""

QUESTIONS = tuple(question.id for category in load_library().categories for question in category.questions)


@dataclass
class Talk:
    """One person's answers, one after the other. They wait for each reply and know nothing of the kills."""

    person: Someone
    mark: str
    message_ids: dict[str, int] = field(default_factory=dict)
    answers: int = 0

    async def hold(self) -> None:
        """One whole answer, from the question to its model answer."""
        mark = f"{self.mark}-{self.answers}"
        card = await self.person.opens_question(
            QUESTIONS[self.answers % len(QUESTIONS)], seconds=WAIT_SECONDS
        )
        for part in PARTS:
            text = part_text(mark, part)
            card = self.message_ids[text] = self.person.write(text)
            reply = "Review" if part == "Result" else f"Step {PARTS.index(part) + 2}/4"
            await self.person.reads(reply, after=card, seconds=WAIT_SECONDS)
        await self.person.submits(after=card, seconds=WAIT_SECONDS)
        self.answers += 1

    async def go_on(self, ended: asyncio.Event) -> None:
        """One answer after the other, the last one begun before the end."""
        while not self.answers or not ended.is_set():
            await self.hold()

    def repeated(self, messages_of_an_answer: int) -> int:
        """How many messages stand in the chat beyond those that so many answers bring."""
        return len(self.person.received()) - self.answers * messages_of_an_answer


def assert_acknowledged_is_stored(world: World, storage: Storage, talks: list[Talk]) -> None:
    """What Telegram was told is received is stored, once; nothing else is stored twice either."""
    stored = Counter(text for (text,) in storage.rows("SELECT text FROM segments"))
    assert max(stored.values(), default=1) == 1
    for talk in talks:
        for text, message_id in talk.message_ids.items():
            if world.is_acknowledged(talk.person.id, message_id):
                assert stored[text] == 1


def assert_all_is_there_once(storage: Storage, talks: list[Talk]) -> None:
    """Every answer is stored once, in the order in which it was told, with every part as it was written."""
    columns = ", ".join(part.lower() for part in PARTS)
    for talk in talks:
        told = [
            tuple(part_text(f"{talk.mark}-{number}", part) for part in PARTS)
            for number in range(talk.answers)
        ]
        assert storage.words_of(talk.person.id) == list(itertools.chain.from_iterable(told))
        rows = storage.rows(
            f"SELECT {columns} FROM answers WHERE person_id = {talk.person.id} AND submitted_at IS NOT NULL ORDER BY id"  # noqa: S608 - fixed names and a number
        )
        assert rows == told


def assert_pushed_once(world: World, storage: Storage, people: range, repeats: int) -> None:
    """Each person has one push in the rows and one in the chat, but for so many messages in flight at a kill."""
    rows = storage.rows(
        "SELECT person_id, count(*) FROM askings WHERE push_date IS NOT NULL GROUP BY person_id"
    )
    assert dict(rows) == dict.fromkeys(people, 1)
    received = [len(world.someone(person_id).received()) for person_id in people]
    assert min(received) == 1
    assert max(received) <= 1 + KILLS_IN_A_ROW
    assert sum(received) - len(people) <= repeats
