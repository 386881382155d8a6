"""Failures on order."""

import asyncio
import time

import aiohttp
import pytest

from bot.sandbox.faults import Faults
from tests.bot.sandbox.conftest import ANN, Line


async def test_a_bad_gateway_is_a_page(line: Line) -> None:
    """502 with HTML instead of JSON, once; nothing is sent."""
    await line.person()
    await line.app("POST", "/faults", kind="bad_gateway", method="sendMessage")
    async with line.session.post(f"{line.root}/sendMessage", json={"chat_id": ANN, "text": "x"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert len(await line.messages()) == 1
    await line.ok("sendMessage", chat_id=ANN, text="x")


@pytest.mark.parametrize(("kind", "sent"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_reset_cuts_the_connection(line: Line, kind: str, sent: int) -> None:
    """Before or after the message was sent: the bot cannot tell which."""
    await line.person()
    await line.app("POST", "/faults", kind=kind, method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await line.bot("sendMessage", chat_id=ANN, text="x")
    assert len(await line.messages()) == 1 + sent


@pytest.mark.parametrize(("kind", "sent"), [("hang", 0), ("hang_after", 1)])
async def test_a_hang_outlasts_the_bots_patience(line: Line, kind: str, sent: int) -> None:
    """When the bot gives up during a hang, nothing is sent; during hang_after it was."""
    await line.person()
    await line.app("POST", "/faults", kind=kind, seconds=5, method="sendMessage")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await line.bot("sendMessage", chat_id=ANN, text="x")
    await asyncio.sleep(0.05)
    assert len(await line.messages()) == 1 + sent


async def test_a_short_hang_is_only_slow(line: Line) -> None:
    """A bot that waits gets its answer."""
    await line.person()
    await line.app("POST", "/faults", kind="hang", seconds=0.1, method="sendMessage")
    started = time.monotonic()
    await line.ok("sendMessage", chat_id=ANN, text="x")
    assert time.monotonic() - started >= 0.1


async def test_a_trickled_answer_is_whole(line: Line) -> None:
    """The body comes in small pieces, over the given time."""
    await line.person()
    await line.app("POST", "/faults", kind="trickle", seconds=0.2, method="sendMessage")
    started = time.monotonic()
    assert (await line.ok("sendMessage", chat_id=ANN, text="x"))["text"] == "x"
    assert time.monotonic() - started >= 0.15


async def test_a_flood_of_one_chat_spares_the_others(line: Line) -> None:
    """429 for the chat that is named, as often as was said."""
    await line.person()
    await line.person(ANN + 1)
    await line.app("POST", "/faults", kind="flood", chat_id=ANN, times=2, retry_after=7)
    for _ in range(2):
        refused = await line.bot("sendMessage", chat_id=ANN, text="x")
        assert refused["parameters"] == {"retry_after": 7}
        await line.ok("sendMessage", chat_id=ANN + 1, text="x")
    await line.ok("sendMessage", chat_id=ANN, text="x")


async def test_any_error_can_be_had(line: Line) -> None:
    """Code and description as given."""
    await line.app("POST", "/faults", kind="error", code=500, description="Internal Server Error")
    body = await line.bot("getMe")
    assert body == {"ok": False, "error_code": 500, "description": "Internal Server Error"}


async def test_an_outage_lasts_until_it_is_ended(line: Line) -> None:
    """Every call is cut; people can still write, and the bot gets it afterwards."""
    await line.person()
    await line.app("POST", "/faults", kind="outage")
    for method in ("getMe", "getUpdates"):
        with pytest.raises(aiohttp.ClientError):
            await line.bot(method)
    await line.write("anybody?")
    await line.app("POST", "/faults", kind="outage", on=False)
    assert [update["message"]["text"] for update in await line.updates()] == ["anybody?"]


async def test_an_update_can_come_twice(line: Line) -> None:
    """A confirmed update comes once more, under its id."""
    await line.person()
    await line.app("POST", "/faults", kind="duplicate_update", times=1)
    await line.write("one")
    (first,) = await line.ok("getUpdates")
    assert await line.ok("getUpdates", offset=first["update_id"] + 1) == [first]
    assert await line.ok("getUpdates", offset=first["update_id"] + 1) == []


async def test_rules_can_be_cleared(line: Line) -> None:
    """Endless rules end with clear."""
    await line.app("POST", "/faults", kind="error", times=None)
    for _ in range(3):
        assert (await line.bot("getMe"))["error_code"] == 500
    assert (await line.app("POST", "/faults", kind="clear"))["rules"] == []
    await line.ok("getMe")


def test_a_rule_with_an_unknown_field_is_refused() -> None:
    """A misspelt rule would let a test pass that tests nothing."""
    with pytest.raises(ValueError, match="secondes"):
        Faults().add({"kind": "hang", "secondes": 3})
