"""A running sandbox, and short ways to be its bot and its people."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox

ANN = 501


class Line:
    """Both sides of one sandbox over HTTP: `bot` calls methods, `app` acts as a person's app."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session
        self.root = f"{sandbox.url}/bot{sandbox.token}"

    async def bot(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Answer of a method, whatever it is."""
        async with self.session.post(f"{self.root}/{method}", json=parameters) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def ok(self, method: str, **parameters: Any) -> Any:
        """Result of a method that must succeed."""
        body = await self.bot(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """Description of a method that must be refused."""
        body = await self.bot(method, **parameters)
        assert not body["ok"], body
        return str(body["description"])

    async def app(self, verb: str, path: str, *, status: int = 200, **body: Any) -> dict[str, Any]:
        """Answer of the client API under /sandbox, which must come with `status`."""
        async with self.session.request(verb, f"{self.sandbox.url}/sandbox{path}", json=body) as answer:
            assert answer.status == status, await answer.text()
            result: dict[str, Any] = await answer.json()
            return result

    async def person(self, user_id: int = ANN, *, started: bool = True) -> int:
        """A person who has written to the bot; the update is confirmed away."""
        await self.app("POST", "/people", user_id=user_id, first_name="Ann")
        if started:
            await self.write("/start", user_id)
            await self.ok("getUpdates", offset=-1)
            await self.updates()
        return user_id

    async def write(self, text: str, user_id: int = ANN) -> dict[str, Any]:
        """The message a person wrote."""
        sent: dict[str, Any] = (await self.app("POST", f"/people/{user_id}/messages", text=text))["message"]
        return sent

    async def updates(self) -> list[dict[str, Any]]:
        """All waiting updates, confirmed."""
        found: list[dict[str, Any]] = await self.ok("getUpdates")
        if found:
            await self.ok("getUpdates", offset=found[-1]["update_id"] + 1)
        return found

    async def messages(self, user_id: int = ANN) -> list[dict[str, Any]]:
        """What stands in a person's chat."""
        found: list[dict[str, Any]] = (await self.app("GET", f"/people/{user_id}/messages"))["messages"]
        return found


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Without limits and with short waits."""
    sandbox = Sandbox(limits=None, press_seconds=0.2, webhook_retry_seconds=0.01)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def line(sandbox: Sandbox, session: aiohttp.ClientSession) -> Line:
    return Line(sandbox, session)


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    """An inline keyboard."""
    return {"inline_keyboard": list(rows)}


def button(text: str = "Go", data: str = "go") -> dict[str, Any]:
    """An inline button with callback data."""
    return {"text": text, "callback_data": data}
