"""The stub: a Bot API server in a process of its own, with the people who write to its bots.

It checks nothing, so that it costs little; what Telegram checks is the sandbox's business. `/bot<token>/<method>` is
the Bot API, `/control/<token>/<order>` the bench's way in, by `tests.bench.control`.
"""

import asyncio
import contextlib
import json
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop

from tests.bench import people
from tests.bench.account import Account
from tests.bench.people import Crowd, Scene
from tests.bench.wire import Answer, Parameters, Protocol

_LOOK_SECONDS = 0.005


class Server:
    """All bots by their tokens."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._crowds: dict[str, Crowd] = {}

    def route(self, path: str, given: Parameters) -> Answer | Awaitable[Answer]:
        """Answer one request."""
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            answer: Answer | Awaitable[Answer] = self._account(token).call(method, given)
            return answer
        _, _, token, order = path.split("/")
        return self._control(token, order, given)

    def _account(self, token: str) -> Account:
        account = self._accounts.get(token)
        if account is None:
            account = self._accounts[token] = Account(token)
            self._crowds[token] = Crowd(account)
        return account

    async def _control(self, token: str, order: str, given: Parameters) -> Answer:
        account = self._account(token)
        try:
            answer = await _ORDERS[order](account, self._crowds[token], given)
        except Exception as error:
            return 500, json.dumps({"error": f"{order}: {error!r}"}).encode()
        return 200, json.dumps(answer).encode()


async def _forget(account: Account, _crowd: Crowd, _given: Parameters) -> dict[str, Any]:
    """Count from here on."""
    account.calls.clear()
    account.refused = 0
    account.sent_at.clear()
    return {}


async def _limit(account: Account, _crowd: Crowd, given: Parameters) -> dict[str, Any]:
    account.limit(on=given["on"])
    return {}


async def _write(account: Account, _crowd: Crowd, given: Parameters) -> dict[str, Any]:
    """One person writes; nobody waits for the reply."""
    account.write(given["person"], given["text"])
    return {}


async def _listening(account: Account, _crowd: Crowd, given: Parameters) -> dict[str, Any]:
    """Return when the bot takes updates."""
    await _until(lambda: account.is_listening, given["seconds"])
    return {}


async def _sent(account: Account, _crowd: Crowd, given: Parameters) -> dict[str, Any]:
    """Return when so many messages were sent, or the time is over: when each was, by the machine's monotonic clock."""
    with contextlib.suppress(TimeoutError):
        await _until(lambda: len(account.sent_at) >= given["count"], given["seconds"])
    return {
        "sent_at": account.sent_at[given.get("after", 0) :],
        "refused": account.refused,
        "calls": account.calls,
    }


async def _play(account: Account, crowd: Crowd, given: Parameters) -> dict[str, Any]:
    """Let people play a scene; how long each waited for each reply."""
    ids = range(given["first"], given["first"] + given["people"])
    return {"waits": await crowd.play(ids, _scene(given))}


def _scene(given: Parameters) -> Scene:
    scene = given["scene"]
    if scene == "open":
        return people.open_question(given["question"])
    if scene == "now and then":
        return people.now_and_then(given["seconds"], given["pause_seconds"], given["text"])
    return {"answer": people.answer, "submit": people.submit}[scene]


async def _until(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(_LOOK_SECONDS)


_ORDERS: dict[str, Callable[[Account, Crowd, Parameters], Awaitable[dict[str, Any]]]] = {
    "forget": _forget,
    "limit": _limit,
    "write": _write,
    "listening": _listening,
    "sent": _sent,
    "play": _play,
}


async def serve() -> None:
    """Serve on a free port, which is the one line written, until told to stop."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, told.set)
    server = Server()
    listener = await loop.create_server(lambda: Protocol(server.route), "127.0.0.1", 0)
    sys.stdout.write(f"{listener.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await told.wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
