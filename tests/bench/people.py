"""People at their phones, many at once: each acts, waits for the bot's message, and acts again."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tests.bench.account import Account, Message

PARTS = ("Situation", "Task", "Action", "Result")

REPLY_SECONDS = 60.0
"""Longest wait for a reply; one that takes longer breaks the bench."""

_WORDS = (
    "in my second year at a firm of nine people I was asked to look after the release, and so I wrote down the "
    "eleven steps, called each of the four teams twice, and found 3 of the 17 faults before anybody else saw them"
)

Scene = Callable[["Person"], Awaitable[None]]


def part_text(part: str) -> str:
    """A text that no part is too thin with."""
    return f"{part} {_WORDS}"


class Person:
    """One chat with the bot."""

    def __init__(self, account: Account, person_id: int) -> None:
        self._account = account
        self.id = person_id
        self.waits: list[float] = []
        self.latest: Message | None = None
        self._wanted: Callable[[Message], bool] | None = None
        self._found: asyncio.Future[Message] | None = None

    def hear(self, message: Message) -> None:
        """A message of the bot came or changed."""
        self.latest = message
        if (
            self._wanted is not None
            and self._found is not None
            and not self._found.done()
            and self._wanted(message)
        ):
            self._found.set_result(message)

    async def writes(self, text: str, wanted: Callable[[Message], bool] = lambda _message: True) -> Message:
        """Write; the first message after it that is as wanted."""
        return await self._await(lambda: self._account.write(self.id, text), wanted)

    async def presses(self, message: Message, label: str, wanted: Callable[[Message], bool]) -> Message:
        """Press a button; the first message after it that is as wanted."""
        return await self._await(
            lambda: self._account.press(self.id, message, data_of(message, label)), wanted
        )

    async def _await(self, act: Callable[[], None], wanted: Callable[[Message], bool]) -> Message:
        self._wanted = wanted
        self._found = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        act()
        found = await asyncio.wait_for(self._found, REPLY_SECONDS)
        self.waits.append(time.monotonic() - began)
        self._wanted = None
        return found


class Crowd:
    """All the people of one bot."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._people: dict[int, Person] = {}
        account.on_message = self._hear

    async def play(self, ids: Sequence[int], scene: Scene) -> list[float]:
        """Play a scene with all of them at once; the seconds of each wait for a reply.

        Raises:
            TimeoutError: somebody waited in vain.
        """
        people = [self._people.setdefault(person_id, Person(self._account, person_id)) for person_id in ids]
        for person in people:
            person.waits = []
        async with asyncio.TaskGroup() as tasks:
            for person in people:
                tasks.create_task(_as_task(scene, person))
        return [wait for person in people for wait in person.waits]

    def _hear(self, chat_id: int, message: Message) -> None:
        person = self._people.get(chat_id)
        if person is not None:
            person.hear(message)


async def _as_task(scene: Scene, person: Person) -> None:
    await scene(person)


def open_question(question: str) -> Scene:
    """Up to the first step."""

    async def play(person: Person) -> None:
        card = await person.writes(f"/start q_{question}", lambda message: has(message, "Answer"))
        await person.presses(card, "Answer", lambda message: "Step 1/4" in message["text"])

    return play


async def answer(person: Person) -> None:
    """The four steps."""
    for part in PARTS:
        await person.writes(part_text(part))


async def submit(person: Person) -> None:
    """From the review to the last message that comes back."""
    if person.latest is None:
        raise LookupError("nothing was written yet")
    await person.presses(person.latest, "Submit", lambda message: has(message, "Good"))


def now_and_then(seconds: float, pause_seconds: float, act: str) -> Scene:
    """Write the same for that long, with pauses of that length on average."""

    async def play(person: Person) -> None:
        rng = random.Random(person.id)
        until = time.monotonic() + seconds
        while True:
            await asyncio.sleep(rng.uniform(0.5, 1.5) * pause_seconds)
            if time.monotonic() > until:
                return
            await person.writes(act)

    return play


def has(message: Message, label: str) -> bool:
    """Whether a button of that label hangs on it."""
    return any(button["text"] == label for button in _buttons(message))


def data_of(message: Message, label: str) -> str:
    """What stands behind the button. Raises StopIteration when there is none."""
    return next(str(button["callback_data"]) for button in _buttons(message) if button["text"] == label)


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]
