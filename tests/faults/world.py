"""What a Starling process lives in: the sandbox, people in it, and the processes started so far."""

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.sandbox.people import Refused
from bot.sandbox.server import Sandbox
from bot.sandbox.state import StoredMessage
from tests.faults.child import Child, Launch, free_port, launch_python

REPLY_SECONDS = 20.0
"""Longest wait for a reply; generous, for the machine may be busy."""

WEBHOOK_SECRET = "a-webhook-secret"

PARTS = ("Situation", "Task", "Action", "Result")

_WORDS = (
    "in my second year at a firm of nine people I was asked to look after the release, and so I wrote down the "
    "eleven steps, called each of the four teams twice, and found 3 of the 17 faults before anybody else saw them"
)


def part_text(mark: str, part: str) -> str:
    """A text for a part that needs no question after it; ``mark`` makes it one of its kind."""
    return f"{mark} {part.lower()} {_WORDS}"


class Someone:
    """A person at their phone."""

    def __init__(self, sandbox: Sandbox, user_id: int, name: str = "Ann") -> None:
        self._sandbox = sandbox
        self.id = user_id
        self._person = sandbox.state.person(user_id, name, "en")

    def write(self, text: str) -> int:
        """Send a text; its message id."""
        return int(self._sandbox.people.write(self._person, text)[-1]["message_id"])

    async def press(self, label: str, *, after: int = 0, seconds: float = REPLY_SECONDS) -> int:
        """Press the newest button of that label, under a message of id ``after`` or higher, once it is there.

        Gives the id of the message.
        """
        stored = await self.sees(
            lambda message: message.api["message_id"] >= after and _data(message, label) is not None,
            seconds=seconds,
        )
        message_id = int(stored.api["message_id"])
        data = _data(stored, label)
        assert data is not None
        try:
            await self._sandbox.people.press(self._person, message_id, data)
        except Refused as refused:
            raise AssertionError(refused.text) from None
        return message_id

    async def reads(self, words: str, *, after: int = 0, seconds: float = REPLY_SECONDS) -> StoredMessage:
        """The newest message of the bot with these words, of id ``after`` or higher, once it is there."""
        return await self.sees(
            lambda message: message.api["message_id"] >= after and words in shown(message), seconds=seconds
        )

    async def sees(
        self, wanted: Callable[[StoredMessage], bool], *, seconds: float = REPLY_SECONDS
    ) -> StoredMessage:
        """The newest message of the bot that is as wanted, once it is there."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    found = next((message for message in reversed(self.received()) if wanted(message)), None)
                    if found is not None:
                        return found
                    await asyncio.sleep(0.01)
        except TimeoutError:
            texts = [shown(message)[:60] for message in self.received()]
            raise AssertionError(f"person {self.id} waited in vain; the chat holds {texts}") from None

    def received(self) -> list[StoredMessage]:
        """The bot's messages, oldest first."""
        return [message for message in self._person.chat.messages.values() if not message.outgoing]

    async def opens_question(
        self, question: str = "failure-failed", *, seconds: float = REPLY_SECONDS
    ) -> int:
        """Up to the first step of a question; the id of its message."""
        asked = self.write(f"/start q_{question}")
        card = await self.press("Answer", after=asked, seconds=seconds)
        await self.reads("Step 1/4", after=card, seconds=seconds)
        return card

    async def tells(self, mark: str, parts: tuple[str, ...] = PARTS) -> None:
        """Write the texts of these parts, each after the reply to the one before."""
        for part in parts:
            message_id = self.write(part_text(mark, part))
            await self.reads(_reply_to(part), after=message_id)

    async def writes_unanswered(self, mark: str, part: str) -> int:
        """Write the text of a part and return when Telegram has handed it over; the message's id."""
        message_id = self.write(part_text(mark, part))
        await eventually(lambda: not self._sandbox.updates.pending)
        return message_id

    async def submits(self, *, after: int = 0, seconds: float = REPLY_SECONDS) -> None:
        """From the review to the last message that comes back."""
        review = await self.press("Submit", after=after, seconds=seconds)
        await self.sees(
            lambda message: message.api["message_id"] > review and _data(message, "Good") is not None,
            seconds=seconds,
        )


class World:
    """One sandbox, one database, one Starling after the other."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.children: list[Child] = []
        self.launch: Launch = launch_python
        self._people = itertools.count(9001)

    def start(self, database_url: str, **environment: str) -> Child:
        """Start a Starling; it need not be ready yet. Variables in ``environment`` win."""
        folder = self.folder / f"child{len(self.children)}"
        folder.mkdir()
        given = {
            "BOT_TOKEN": self.sandbox.token,
            "BOT_API_URL": self.sandbox.url,
            "DATABASE_URL": database_url,
            **environment,
        }
        child = Child(folder, given, self.launch)
        self.children.append(child)
        return child

    async def run(self, database_url: str, **environment: str) -> Child:
        """Start a Starling and return when it is ready."""
        child = self.start(database_url, **environment)
        await child.logs("started")
        return child

    def way_in(self, way: str) -> dict[str, str]:
        """The settings for "polling" or "webhook"."""
        if way == "polling":
            return {}
        port = free_port()
        url = f"http://127.0.0.1:{port}/telegram"
        return {"WEB_PORT": str(port), "WEBHOOK_URL": url, "WEBHOOK_SECRET": WEBHOOK_SECRET}

    def someone(self, user_id: int | None = None, name: str = "Ann") -> Someone:
        """A person, by default a new one."""
        return Someone(self.sandbox, next(self._people) if user_id is None else user_id, name)

    def fault(self, kind: str, **more: Any) -> None:
        """Let the sandbox fail; see `bot.sandbox.faults`."""
        self.sandbox.updates.duplicate_next += self.sandbox.faults.add({"kind": kind, **more})

    async def called(self, method: str) -> None:
        """Return when the bot calls that method once more than it has up to now."""
        before = self.sandbox.state.requests[method]
        await eventually(lambda: self.sandbox.state.requests[method] > before)

    def is_acknowledged(self, user_id: int, message_id: int) -> bool:
        """Whether Telegram considers the message delivered to the bot and would not bring it again."""
        return all(
            update.body.get("message", {}).get("message_id") != message_id
            for update in self.sandbox.updates.pending.values()
            if update.chat_id == user_id
        )


async def eventually(holds: Callable[[], bool], *, seconds: float = REPLY_SECONDS) -> None:
    """Return when it holds; fail when it does not come to that in time."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


def shown(message: StoredMessage) -> str:
    """The text a person sees."""
    return str(message.api.get("text") or message.api.get("caption") or "")


def _reply_to(part: str) -> str:
    index = PARTS.index(part)
    return "Review" if part == "Result" else f"Step {index + 2}/4"


def _data(message: StoredMessage, label: str) -> str | None:
    rows: list[list[dict[str, str]]] = message.api.get("reply_markup", {}).get("inline_keyboard", [])
    return next(
        (button.get("callback_data") for row in rows for button in row if button["text"] == label), None
    )
