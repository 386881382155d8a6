"""Updates pushed to the bot's own server."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.conftest import ANN, Line


class Receiver:
    """A bot's web server: keeps what comes, answers as `statuses` say, else 200."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.pause_seconds = 0.0
        self.at_once = self.most_at_once = 0
        self.url = ""
        self._came = asyncio.Event()

    async def receive(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        body = await request.json()
        await asyncio.sleep(self.pause_seconds)
        self.bodies.append(body)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.at_once -= 1
        self._came.set()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    def texts(self) -> list[str]:
        return [body["message"]["text"] for body in self.bodies]

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.bodies) < count:
                self._came.clear()
                await self._came.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret(line: Line, receiver: Receiver) -> None:
    """What waits and what comes is posted as JSON; nothing is left pending."""
    await line.person()
    await line.write("before")
    await line.ok("setWebhook", url=receiver.url, secret_token="s3cret_-")
    await line.write("after")
    await receiver.wait_for(2)
    assert receiver.texts() == ["before", "after"]
    assert receiver.secrets == ["s3cret_-", "s3cret_-"]
    await asyncio.sleep(0.02)
    info = await line.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (receiver.url, 0, 40)


async def test_a_refused_update_is_tried_again_in_order(line: Line, receiver: Receiver) -> None:
    """The next update of the chat waits; the error is told in getWebhookInfo."""
    await line.person()
    receiver.statuses = [500, 502, 500]
    await line.ok("setWebhook", url=receiver.url)
    await line.write("one")
    await line.write("two")
    await receiver.wait_for(5)
    assert receiver.texts() == ["one", "one", "one", "one", "two"]
    info = await line.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_one_persons_trouble_does_not_stop_the_others(line: Line, receiver: Receiver) -> None:
    """Chats are delivered beside each other, up to max_connections."""
    receiver.pause_seconds = 0.03
    await line.ok("setWebhook", url=receiver.url, max_connections=3)
    for user_id in range(ANN, ANN + 8):
        await line.person(user_id, started=False)
        await line.write("one", user_id)
        await line.write("two", user_id)
    await receiver.wait_for(16)
    assert receiver.most_at_once == 3
    for user_id in range(ANN, ANN + 8):
        own = [
            body["message"]["text"] for body in receiver.bodies if body["message"]["chat"]["id"] == user_id
        ]
        assert own == ["one", "two"]


async def test_an_unreachable_server_gets_its_updates_later(line: Line, receiver: Receiver) -> None:
    """Nothing is lost while the bot is away: another webhook gets what waits."""
    await line.person()
    await line.ok("setWebhook", url="http://127.0.0.1:9/hook")
    await line.write("hello?")
    await asyncio.sleep(0.05)
    assert (await line.ok("getWebhookInfo"))["last_error_message"] == "Connection refused"
    await line.ok("setWebhook", url=receiver.url)
    await receiver.wait_for(1)
    assert receiver.texts() == ["hello?"]


async def test_a_webhook_excludes_polling(line: Line, receiver: Receiver) -> None:
    """A waiting poll is ended, a new one refused, until the webhook is deleted."""
    poll = asyncio.create_task(line.bot("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await line.ok("setWebhook", url=receiver.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    refused = await line.bot("getUpdates")
    assert (refused["error_code"], refused["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert (await line.bot("deleteWebhook"))["description"] == "Webhook was deleted"
    assert (await line.bot("deleteWebhook"))["description"] == "Webhook is already deleted"
    assert await line.ok("getUpdates") == []
    assert (await line.ok("getWebhookInfo"))["url"] == ""


async def test_pending_updates_can_be_dropped(line: Line, receiver: Receiver) -> None:
    """drop_pending_updates forgets what waits, for both methods."""
    await line.person()
    await line.write("old")
    await line.ok("deleteWebhook", drop_pending_updates=True)
    assert await line.ok("getUpdates") == []
    await line.write("old too")
    await line.ok("setWebhook", url=receiver.url, drop_pending_updates=True)
    await line.write("new")
    await receiver.wait_for(1)
    assert receiver.texts() == ["new"]


async def test_a_duplicate_is_pushed_twice(line: Line, receiver: Receiver) -> None:
    """Under the same id."""
    await line.person()
    await line.ok("setWebhook", url=receiver.url)
    await line.app("POST", "/faults", kind="duplicate_update")
    await line.write("one")
    await receiver.wait_for(2)
    assert receiver.bodies[0] == receiver.bodies[1]


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        (
            {"url": "http://example.org/x"},
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
        ({"url": "ftp://127.0.0.1/x"}, "Bad Request: invalid webhook URL specified"),
        ({"url": "http://127.0.0.1:99999/x"}, "Bad Request: invalid webhook URL specified"),
        (
            {"url": "http://127.0.0.1/x", "secret_token": "no spaces"},
            "Bad Request: secret token contains unallowed characters",
        ),
        ({"url": "http://127.0.0.1/x", "secret_token": "x" * 257}, "Bad Request: secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(line: Line, parameters: dict[str, str], description: str) -> None:
    """Address and secret are checked; the old state stays."""
    assert await line.refusal("setWebhook", **parameters) == description
    assert (await line.ok("getWebhookInfo"))["url"] == ""


async def test_setting_the_same_webhook_again_changes_nothing(line: Line, receiver: Receiver) -> None:
    """Two instances of one bot may both set it."""
    assert (await line.bot("setWebhook", url=receiver.url))["description"] == "Webhook was set"
    assert (await line.bot("setWebhook", url=receiver.url))["description"] == "Webhook is already set"


async def test_webhooks_may_be_set_once_a_second(session: Any, receiver: Receiver) -> None:
    """With limits on, a second setWebhook at once is told to wait, as Telegram does."""
    sandbox = Sandbox()
    await sandbox.start()
    try:
        line = Line(sandbox, session)
        await line.ok("setWebhook", url=receiver.url)
        assert await line.refusal("setWebhook", url=receiver.url) == "Too Many Requests: retry after 1"
    finally:
        await sandbox.stop()
