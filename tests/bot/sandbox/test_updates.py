"""Long polling: confirmations, waiting, conflicts."""

import asyncio

import aiohttp
import pytest

from tests.bot.sandbox.conftest import ANN, Line


async def test_updates_are_repeated_until_confirmed(line: Line) -> None:
    """An offset beyond an update confirms it and all before it."""
    await line.person()
    for text in ("one", "two", "three"):
        await line.write(text)
    first = await line.ok("getUpdates")
    assert [update["message"]["text"] for update in first] == ["one", "two", "three"]
    assert await line.ok("getUpdates") == first
    assert await line.ok("getUpdates", offset=first[1]["update_id"]) == first[1:]
    assert await line.ok("getUpdates") == first[1:]
    assert await line.ok("getUpdates", limit=1) == first[1:2]


async def test_ids_count_up_by_one(line: Line) -> None:
    """Updates are numbered without gaps."""
    await line.person()
    for text in ("one", "two", "three"):
        await line.write(text)
    ids = [update["update_id"] for update in await line.updates()]
    assert ids == list(range(ids[0], ids[0] + 3))


async def test_a_negative_offset_keeps_the_last_updates(line: Line) -> None:
    """-1 forgets all but the last one."""
    await line.person()
    for text in ("one", "two", "three"):
        await line.write(text)
    kept = await line.ok("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in kept] == ["three"]
    assert await line.ok("getUpdates") == kept


async def test_an_offset_from_another_life_confirms_nothing(line: Line) -> None:
    """Ids may restart after a quiet week: an offset far ahead is taken as none."""
    await line.person()
    await line.write("one")
    waiting = await line.ok("getUpdates")
    assert await line.ok("getUpdates", offset=waiting[0]["update_id"] + 1000) == waiting


async def test_a_poll_waits_for_the_next_update(line: Line) -> None:
    """An update ends the wait at once."""
    await line.person()
    poll = asyncio.create_task(line.ok("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await line.write("now")
    async with asyncio.timeout(1):
        assert [update["message"]["text"] for update in await poll] == ["now"]


async def test_a_poll_ends_empty_after_its_timeout(line: Line) -> None:
    """timeout is in seconds."""
    assert await line.ok("getUpdates", timeout=1) == []


async def test_a_second_poll_ends_the_first(line: Line) -> None:
    """The older one gets 409, the newer one the update."""
    await line.person()
    older = asyncio.create_task(line.bot("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(line.bot("getUpdates", timeout=20))
    refused = await older
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await line.write("hi")
    assert (await newer)["result"][0]["message"]["text"] == "hi"
    assert line.sandbox.complaints == [f"getUpdates: 409 {refused['description']}"]


async def test_a_poller_that_died_is_no_conflict(line: Line) -> None:
    """When the connection is gone, so is its wait; the next poller gets the update."""
    await line.person()
    dead = asyncio.create_task(line.bot("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    dead.cancel()
    await asyncio.sleep(0.05)
    await line.write("hi")
    assert len(await line.ok("getUpdates", timeout=5)) == 1
    assert line.sandbox.complaints == []


async def test_only_wanted_kinds_are_kept(line: Line) -> None:
    """allowed_updates holds until it is changed; an empty list is the default."""
    await line.person()
    await line.ok("getUpdates", allowed_updates=["callback_query"])
    await line.write("unseen")
    assert await line.ok("getUpdates") == []
    await line.ok("getUpdates", allowed_updates=[])
    await line.write("seen")
    assert [update["message"]["text"] for update in await line.updates()] == ["seen"]


@pytest.mark.parametrize("travel", ["query", "form", "json", "multipart"])
async def test_parameters_travel_in_any_way(line: Line, travel: str) -> None:
    """Query, form, JSON and multipart, with nested values as JSON text as python-telegram-bot sends them."""
    await line.person()
    markup = '{"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}'
    values = {"chat_id": str(ANN), "text": "hi", "reply_markup": markup}
    url = f"{line.root}/SendMessage"
    if travel == "query":
        request = line.session.get(url, params=values)
    elif travel == "json":
        request = line.session.post(url, json=values)
    elif travel == "form":
        request = line.session.post(url, data=values)
    else:
        form = aiohttp.FormData(values)
        form.add_field("unused", b"x", filename="x")
        request = line.session.post(url, data=form)
    async with request as answer:
        sent = (await answer.json())["result"]
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a"
