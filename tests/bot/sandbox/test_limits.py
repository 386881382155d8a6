"""Flood limits: what passes, what waits, and how long."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import FloodGate, Limits
from bot.sandbox.server import Sandbox
from tests.bot.sandbox.conftest import ANN, Line


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> FloodGate:
    return FloodGate(Limits(), clock)


def wait_of(gate: FloodGate, chat_id: int, units: int = 0) -> int | None:
    """Seconds for which a send is refused; None when it passed."""
    try:
        gate.pass_send(chat_id, units)
    except ApiError as error:
        return error.retry_after_seconds
    return None


def test_a_private_chat_takes_three_then_one_a_second(gate: FloodGate, clock: Clock) -> None:
    """A refused send does not count; other chats are free."""
    assert [wait_of(gate, ANN) for _ in range(5)] == [None, None, None, 1, 1]
    assert wait_of(gate, ANN + 1) is None
    clock.seconds = 1
    assert [wait_of(gate, ANN) for _ in range(2)] == [None, 1]


def test_a_long_text_takes_two_places(gate: FloodGate) -> None:
    """Over 2,000 units the limit comes sooner."""
    assert [wait_of(gate, ANN, 2001), wait_of(gate, ANN, 2001)] == [None, 1]
    assert [wait_of(gate, ANN + 1, 2000), wait_of(gate, ANN + 1, 2000)] == [None, None]


def test_thirty_a_second_in_all(gate: FloodGate, clock: Clock) -> None:
    """The 31st chat within a second waits."""
    assert [wait_of(gate, 1000 + number) for number in range(31)] == [None] * 30 + [1]
    clock.seconds = 0.5
    assert [wait_of(gate, 2000 + number) for number in range(16)] == [None] * 15 + [1]


def test_a_group_takes_twenty_a_minute(gate: FloodGate, clock: Clock) -> None:
    """The 21st is told to wait until the next place is free."""
    assert [wait_of(gate, -5) for _ in range(21)] == [None] * 20 + [3]
    clock.seconds = 3
    assert wait_of(gate, -5) is None


def test_edits_have_a_wider_bucket(gate: FloodGate) -> None:
    """Twenty edits at once, beside the sends of the chat."""
    for _ in range(20):
        gate.pass_edit(ANN)
    with pytest.raises(ApiError):
        gate.pass_edit(ANN)
    assert wait_of(gate, ANN) is None


@pytest.fixture
async def limited(session: aiohttp.ClientSession) -> AsyncIterator[Line]:
    sandbox = Sandbox()
    await sandbox.start()
    yield Line(sandbox, session)
    await sandbox.stop()


async def test_a_refusal_tells_when_to_try_again(limited: Line) -> None:
    """429 with parameters and header; nothing is sent, and nobody complains."""
    await limited.person()
    for number in range(3):
        await limited.ok("sendMessage", chat_id=ANN, text=str(number))
    refused = await limited.bot("sendMessage", chat_id=ANN, text="3")
    assert refused == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert [message["text"] for message in await limited.messages()] == ["/start", "0", "1", "2"]
    assert limited.sandbox.complaints == []
