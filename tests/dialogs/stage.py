"""The stage for dialogs: the sandbox, and two instances of the application that take updates in turn.

Every delivery goes through a small proxy to the instance that did not have the one before, over HTTP and on one
database. A dialog that passes therefore shows that nothing of a conversation is held in a process.
"""

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from aiohttp import web

from bot.app import App
from bot.clock import Clock
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.transport.connection import connect
from bot.transport.limits import ChatPace, Pace
from content.library import load_library
from db.engine import Database

SECRET = "a-secret-of-the-tests"
WAIT_SECONDS = 15.0


def quick_pace(_chat_id: int) -> ChatPace:
    """No waiting between the messages of a chat; the pacing has tests of its own."""
    return ChatPace(Pace(1000.0, 1000.0), Pace(1000.0, 1000.0))


class Stage:
    """Two instances and what is around them."""

    def __init__(self, database_url: str) -> None:
        self.clock = Clock()
        self.sandbox = Sandbox(now=self.clock.now, limits=None)
        self.apps: list[App] = []
        self.http = aiohttp.ClientSession()
        self._database_url = database_url
        self._turns = itertools.count()
        self._targets: list[str] = []

    async def tick(self) -> None:
        """Let the instances tick, one after the other; only one of them may find anything due."""
        for app in self.apps:
            await app.scheduler.tick()
            app.sender.look()
        await self.settle()

    async def settle(self) -> None:
        """Wait until every update is handled and every letter is sent."""
        deadline = time.monotonic() + WAIT_SECONDS
        quiet = 0
        while quiet < 2:
            if time.monotonic() > deadline:
                raise AssertionError("the application did not come to rest")
            stats = await self.get("/sandbox/stats")
            waiting = [await app.run(_count_letters) for app in self.apps[:1]]
            is_quiet = (
                not stats["pending_updates"] and not any(waiting) and all(a.sender.is_idle for a in self.apps)
            )
            quiet = quiet + 1 if is_quiet else 0
            await asyncio.sleep(0.01)

    async def get(self, path: str) -> Any:
        async with self.http.get(self.sandbox.url + path) as response:
            return await response.json()

    async def send(self, method: str, path: str, body: dict[str, Any]) -> Any:
        async with self.http.request(method, self.sandbox.url + path, json=body) as response:
            return await response.json()

    async def proxy(self, request: web.Request) -> web.Response:
        """Hand the delivery to the instance whose turn it is."""
        target = self._targets[next(self._turns) % len(self._targets)]
        headers = {name: request.headers[name] for name in request.headers if name.startswith("X-Telegram")}
        async with self.http.post(target, data=await request.read(), headers=headers) as response:
            return web.Response(status=response.status)

    def drop_instance(self, number: int) -> None:
        """Deliver nothing more to that instance."""
        del self._targets[number]

    async def add_instance(self, closing: contextlib.AsyncExitStack, webhook_url: str) -> None:
        settings = Settings(
            _env_file=None,
            bot_token=self.sandbox.token,
            bot_api_url=self.sandbox.url,
            database_url=self._database_url,
            webhook_url=webhook_url,
            webhook_secret=SECRET,
            web_port=0,
            send_rate_per_second=10_000,
        )
        database = Database(self._database_url)
        closing.callback(database.close)
        connection = await closing.enter_async_context(connect(self.sandbox.token, self.sandbox.url))
        app = App(settings, load_library(), database, connection, self.clock, alone=False, pace_of=quick_pace)
        await app.start(schedule=False)
        closing.push_async_callback(app.stop)
        self.apps.append(app)
        self._targets.append(f"http://127.0.0.1:{app.web_port}/hook")


def _count_letters(tx: Any) -> int:
    from db import outbox

    return outbox.count(tx)


@contextlib.asynccontextmanager
async def set_up(database_url: str, *, same_again: bool = False) -> AsyncIterator[Stage]:
    """A stage, and at the end the check that no request was one that Telegram would refuse.

    ``same_again``: buttons are pressed that show what is shown already, so "message is not modified" is expected.
    """
    async with contextlib.AsyncExitStack() as closing:
        stage = Stage(database_url)
        closing.push_async_callback(stage.http.close)
        await stage.sandbox.start()
        closing.push_async_callback(stage.sandbox.stop)
        proxy = web.Application()
        proxy.router.add_post("/hook", stage.proxy)
        runner = web.AppRunner(proxy, access_log=None)
        await runner.setup()
        closing.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        for _ in range(2):
            await stage.add_instance(closing, f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
        yield stage
        await stage.settle()
        refused = [
            complaint
            for complaint in stage.sandbox.complaints
            if not (same_again and "message is not modified" in complaint)
        ]
        assert refused == []


class Somebody:
    """A person with a Telegram app."""

    def __init__(self, stage: Stage, user_id: int, name: str) -> None:
        self._stage = stage
        self._path = f"/sandbox/people/{user_id}"
        self.user_id = user_id
        self.name = name
        self._seen: dict[int, str] = {}
        self.new: list[dict[str, Any]] = []
        self.toast = ""

    @classmethod
    async def arrive(cls, stage: Stage, name: str, language: str = "en") -> "Somebody":
        person = await stage.send("POST", "/sandbox/people", {"first_name": name, "language_code": language})
        return cls(stage, person["user_id"], name)

    async def say(self, text: str) -> None:
        await self.act("POST", "/messages", {"text": text})

    async def edit(self, number: int, text: str) -> None:
        """Edit the n-th message this person sent, from 1."""
        own = [message for message in await self.messages() if message["outgoing"]]
        await self.act("PATCH", f"/messages/{own[number - 1]['message_id']}", {"text": text})

    async def press(self, label: str) -> None:
        """Press the newest button whose label begins so."""
        for message in reversed(await self.messages()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"].startswith(label):
                        await self.press_data(message["message_id"], button["callback_data"])
                        return
        raise AssertionError(f"{self.name} has no button {label}")

    async def press_data(self, message_id: int, data: str, *, forged: bool = False) -> None:
        body = {"message_id": message_id, "data": data, "forged": forged}
        answer = await self.act("POST", "/press", body)
        assert answer.get("answered"), answer
        self.toast = answer["text"] or ""

    async def act(self, method: str, path: str, body: dict[str, Any]) -> Any:
        self.toast = ""
        answer = await self._stage.send(method, self._path + path, body)
        await self._stage.settle()
        await self.look()
        return answer

    async def messages(self) -> list[dict[str, Any]]:
        chat = await self._stage.get(f"{self._path}/messages")
        messages: list[dict[str, Any]] = chat["messages"]
        return messages

    async def look(self) -> None:
        """Note which of the bot's messages are new or changed."""
        self.new = []
        for message in await self.messages():
            shape = json.dumps(message, sort_keys=True)
            if not message["outgoing"] and self._seen.get(message["message_id"]) != shape:
                self.new.append(message)
            self._seen[message["message_id"]] = shape

    def heard(self) -> str:
        """What the bot said since the last look."""
        return "\n".join(_text(message) for message in self.new)

    def buttons(self) -> list[str]:
        """The rows under the newest message, as ``[A] [B]``."""
        rows = self.new[-1].get("reply_markup", {}).get("inline_keyboard", []) if self.new else []
        return [" ".join(f"[{button['text']}]" for button in row) for row in rows]


def _text(message: dict[str, Any]) -> str:
    document = message.get("document")
    return str(message.get("text") or message.get("caption") or "") + (
        document["file_name"] if document else ""
    )
