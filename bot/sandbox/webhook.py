"""Pushing updates to the bot's webhook: those of one chat in order, again until taken, many chats at once."""

import asyncio
import ipaddress
import json
import re
import time
from collections import deque
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.errors import POLL_TERMINATED_BY_WEBHOOK, bad_request, too_many_requests
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Json, State
from bot.sandbox.updates import Update, UpdateQueue

CONNECTIONS_DEFAULT = 40
CONNECTIONS_AT_MOST = 100
"""Sizes as the Bot API documents them (setWebhook)."""
ANSWER_SECONDS = 60
"""How long Telegram waits for the bot's answer (seen in practice)."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


class Webhook:
    """The webhook, if set, and the deliveries under way.

    A refused update is tried again at once, then after the first of `retry_pauses` (seconds) and each time twice as
    long, up to the second (telegram-bot-api, on_update_error).
    """

    def __init__(
        self, state: State, queue: UpdateQueue, retry_pauses: tuple[float, float], set_pause_seconds: float
    ) -> None:
        self.url = ""
        self._state = state
        self._queue = queue
        self._retry_seconds, self._retry_at_most = retry_pauses
        self._set_pause_seconds = set_pause_seconds
        self._set_again_at = 0.0
        self._secret = ""
        self._max_connections = CONNECTIONS_DEFAULT
        self._error: tuple[int, str] | None = None
        self._waiting: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(CONNECTIONS_DEFAULT)
        self._session: aiohttp.ClientSession | None = None

    async def set(self, parameters: Parameters) -> str:
        """Set, change or (with an empty url) delete the webhook; what Telegram says about it.

        Raises:
            ApiError: 400, the url or the secret cannot be used; 429, set less than a second ago.

        """
        url = parameters.text("url")
        if not url:
            return await self.delete(parameters)
        if time.monotonic() < self._set_again_at:
            raise too_many_requests(1)
        self._set_again_at = time.monotonic() + self._set_pause_seconds
        _check_url(url)
        secret = parameters.text("secret_token")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        connections = parameters.integer("max_connections", CONNECTIONS_DEFAULT)
        connections = min(max(connections, 1), CONNECTIONS_AT_MOST)
        drop = parameters.flag("drop_pending_updates")
        self._queue.allow(parameters.strings("allowed_updates"))
        if not drop and (url, secret, connections) == (self.url, self._secret, self._max_connections):
            return "Webhook is already set"
        await self._stop_deliveries()
        if drop:
            self._queue.clear()
        self.url, self._secret, self._max_connections = url, secret, connections
        self._slots, self._error = asyncio.Semaphore(connections), None
        self._queue.abort_poll(POLL_TERMINATED_BY_WEBHOOK)
        self._queue.on_new = self._push
        for update in list(self._queue.pending.values()):
            self._push(update)
        return "Webhook was set"

    async def delete(self, parameters: Parameters) -> str:
        """Go back to long polling; what Telegram says about it."""
        was_set = bool(self.url)
        await self._stop_deliveries()
        self.url = ""
        self._queue.on_new = None
        if parameters.flag("drop_pending_updates"):
            self._queue.clear()
        return "Webhook was deleted" if was_set else "Webhook is already deleted"

    def info(self) -> Json:
        """The WebhookInfo."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue.pending),
        }
        if self.url:
            info["max_connections"] = self._max_connections
        if self._error is not None:
            info["last_error_date"], info["last_error_message"] = self._error
        return info

    async def stop(self) -> None:
        """End all deliveries and close the connections."""
        await self._stop_deliveries()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _stop_deliveries(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._waiting.clear()

    def _push(self, update: Update) -> None:
        line = self._waiting.get(update.chat_id)
        if line is not None:
            line.append(update)
            return
        line = self._waiting[update.chat_id] = deque([update])
        task = asyncio.get_running_loop().create_task(self._deliver_line(update.chat_id, line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver_line(self, chat_id: int, line: deque[Update]) -> None:
        """Deliver the updates of one chat, one after the other, until there are none."""
        while line:
            update = line[0]
            await self._deliver(update)
            if update.twice:
                update.twice = False
                await self._deliver(update)
            self._queue.pending.pop(update.id, None)
            line.popleft()
        del self._waiting[chat_id]

    async def _deliver(self, update: Update) -> None:
        """Try until the bot answers with 2xx or the update is dropped."""
        body = json.dumps(update.body, ensure_ascii=False).encode()
        pause = 0.0
        while update.id in self._queue.pending:
            async with self._slots:
                error = await self._post(body)
            if error is None:
                return
            self._error = (self._state.timestamp(), error)
            await asyncio.sleep(pause)
            pause = min(max(pause * 2, self._retry_seconds), self._retry_at_most)

    async def _post(self, body: bytes) -> str | None:
        """Send one update; None when it was taken, else what went wrong."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0))
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        started = time.monotonic()
        try:
            async with self._session.post(self.url, data=body, headers=headers) as answer:
                await answer.read()
                status, reason = answer.status, answer.reason
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, ConnectionError):
            return f"Connection closed after {time.monotonic() - started:.1f} seconds"
        if 200 <= status < 300:
            return None
        return f"Wrong response from the webhook: {status} {reason}"


def _check_url(url: str) -> None:
    """Refuse what a local Bot API server would: plain http is allowed on this machine only."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
