"""What the chat page is told: events, panel, page files."""

import asyncio
import json
from typing import Any

import aiohttp

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.conftest import ANN, Line, button, keyboard


async def read_events(
    line: Line, count: int, after: int = 0, headers: dict[str, str] | None = None
) -> list[tuple[int, dict[str, Any]]]:
    """The next events of Ann's stream, with their ids."""
    found: list[tuple[int, dict[str, Any]]] = []
    number = 0
    url = f"{line.sandbox.url}/sandbox/people/{ANN}/events?after={after}"
    async with asyncio.timeout(5), line.session.get(url, headers=headers) as stream:
        assert stream.content_type == "text/event-stream"
        while len(found) < count:
            field, _, value = (await stream.content.readline()).decode().rstrip("\n").partition(": ")
            if field == "id":
                number = int(value)
            elif field == "data":
                found.append((number, json.loads(value)))
    return found


async def test_everything_that_happens_is_streamed(line: Line) -> None:
    """Messages of both sides, typing, edits, deletions and the reply keyboard, in order."""
    await line.person()
    await line.ok("sendChatAction", chat_id=ANN, action="typing")
    sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard([button()]))
    which = {"chat_id": ANN, "message_id": sent["message_id"]}
    await line.ok("editMessageText", **which, text="y")
    await line.ok("deleteMessage", **which)
    await line.ok("sendMessage", chat_id=ANN, text="keys", reply_markup={"keyboard": [["A"]]})
    events = [event for _, event in await read_events(line, 7)]
    assert [event["type"] for event in events] == [
        "message",
        "typing",
        "message",
        "edited",
        "deleted",
        "message",
        "reply_keyboard",
    ]
    assert events[0]["message"]["outgoing"] is True
    assert events[2]["message"]["reply_markup"] == keyboard([button()])
    assert (events[3]["message"]["text"], events[3]["message"]["edited"]) == ("y", True)
    assert events[4]["message_ids"] == [sent["message_id"]]
    assert events[6]["reply_keyboard"]["keyboard"] == [[{"text": "A"}]]


async def test_a_reconnecting_page_misses_nothing(line: Line) -> None:
    """Last-Event-ID, or after, tells from where to go on; `last_event` of the messages is such an id."""
    await line.person()
    seen = (await line.app("GET", f"/people/{ANN}/messages"))["last_event"]
    await line.write("two")
    await line.write("three")
    after = await read_events(line, 2, after=seen)
    assert [event["message"]["text"] for _, event in after] == ["two", "three"]
    header = await read_events(line, 1, headers={"Last-Event-ID": str(after[0][0])})
    assert header == after[1:]


async def test_a_page_that_outlived_a_restart_gets_everything(line: Line) -> None:
    """An id from the future means another sandbox: the stream begins anew."""
    await line.person()
    assert (await read_events(line, 1, after=9999))[0][1]["message"]["text"] == "/start"


async def test_an_open_page_learns_of_time_and_commands(line: Line) -> None:
    """Moving the clock and new commands are told to all who look."""
    await line.person()
    reading = asyncio.create_task(read_events(line, 2, after=1))
    await asyncio.sleep(0.05)
    line.sandbox.announce_time("Tomorrow")
    await line.ok("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    time, commands = [event for _, event in await reading]
    assert (time["type"], time["label"]) == ("time", "Tomorrow")
    assert commands == {"type": "commands", "commands": [{"command": "help", "description": "Help"}]}


async def test_the_panel_is_forwarded(session: aiohttp.ClientSession) -> None:
    """An action goes to the callable of the demo; what it shows may differ from person to person."""
    asked: list[str] = []

    async def panel(action: str) -> dict[str, Any]:
        asked.append(action)
        return {"message": "Moved on."}

    async def panel_state(user_id: int | None) -> dict[str, Any]:
        return {"zone": "Asia/Kolkata" if user_id == ANN else None}

    sandbox = Sandbox(panel=panel, panel_state=panel_state)
    await sandbox.start()
    try:
        line = Line(sandbox, session)
        shown = await line.app("GET", "/panel")
        assert (shown["available"], shown["zone"]) == (True, None)
        assert (await line.app("GET", f"/panel?user_id={ANN}"))["zone"] == "Asia/Kolkata"
        moved = await line.app("POST", "/panel", action="next_day", user_id=ANN)
        assert (moved["message"], moved["zone"]) == ("Moved on.", "Asia/Kolkata")
        assert asked == ["next_day"]
    finally:
        await sandbox.stop()


async def test_without_a_panel_there_is_none(line: Line) -> None:
    """The page hides what is not available."""
    assert (await line.app("GET", "/panel"))["available"] is False
    await line.app("POST", "/panel", action="next_day", status=404)


async def test_mistakes_of_the_page_are_sentences(line: Line) -> None:
    """Unknown people, messages and files, and bodies that are no JSON."""
    assert "error" in await line.app("GET", "/people/9/messages", status=404)
    await line.person()
    assert "error" in await line.app("POST", f"/people/{ANN}/messages", text=" ", status=400)
    assert "error" in await line.app("POST", f"/people/{ANN}/media", kind="smell", status=400)
    assert "error" in await line.app("POST", "/faults", kind="smell", status=400)
    assert "error" in await line.app("GET", "/files/none", status=404)
    async with line.session.post(f"{line.sandbox.url}/sandbox/people", data=b"{") as answer:
        assert answer.status == 400


async def test_the_page_is_served_and_nothing_else(line: Line) -> None:
    """GET / is the chat page; no path leads out of its folder."""
    async with line.session.get(line.sandbox.url) as answer:
        assert answer.content_type == "text/html"
    for path in ("/page/none.js", "/page/..%2Fserver.py", "/page/__init__.py"):
        async with line.session.get(line.sandbox.url + path) as answer:
            assert answer.status == 404


async def test_history_can_be_bounded(session: aiohttp.ClientSession) -> None:
    """A load run keeps only the last messages of each chat."""
    sandbox = Sandbox(history_limit=2)
    await sandbox.start()
    try:
        line = Line(sandbox, session)
        await line.app("POST", "/people", user_id=ANN)
        for text in ("one", "two", "three"):
            await line.write(text)
        assert [message["text"] for message in await line.messages()] == ["two", "three"]
    finally:
        await sandbox.stop()
