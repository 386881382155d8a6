"""The other side over HTTP: what a chat page and the tests call to be a person.

Everything is JSON under ``/sandbox``; an error is ``{"error": sentence}`` with a fitting status.
"""

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.faults import Faults
from bot.sandbox.media import location_content
from bot.sandbox.methods import client_message
from bot.sandbox.people import People, Refused
from bot.sandbox.profile import ProfileMethods
from bot.sandbox.state import Json, Person, State
from bot.sandbox.updates import UpdateQueue

HEARTBEAT_SECONDS = 15.0
"""A silent stream of events says this often that it lives."""

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

PAGE_FOLDER = Path(__file__).parent / "page"

Panel = Callable[[str], Awaitable[dict[str, Any]]]
"""What the demo does: takes an action such as "next_day", answers with what the page shows about it."""

PanelState = Callable[[int | None], Awaitable[dict[str, Any]]]
"""What the panel shows to the person with this id (None: nobody yet), such as the zone and the next push."""


class ClientApi:
    """Answers the page and the tests."""

    def __init__(
        self,
        state: State,
        people: People,
        profile: ProfileMethods,
        queue: UpdateQueue,
        faults: Faults,
        panel: Panel | None,
        panel_state: PanelState | None,
    ) -> None:
        self._state = state
        self._people = people
        self._profile = profile
        self._queue = queue
        self._faults = faults
        self._panel = panel
        self._panel_state = panel_state
        self._person = "/sandbox/people/{uid:\\d+}"
        self._group = "/sandbox/groups/{chat_id:-?\\d+}"

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where the calls come in."""
        person, group = self._person, self._group
        message = person + "/messages/{message_id:\\d+}"
        return [
            web.get("/", _index),
            web.get("/page/{name:[A-Za-z0-9._-]+}", _page_file),
            web.post("/sandbox/people", self._add_person),
            web.get("/sandbox/people", self._list_people),
            web.get("/sandbox/bot", self._bot),
            web.get(person + "/messages", self._messages),
            web.post(person + "/messages", self._write),
            web.patch(message, self._edit),
            web.delete(message, self._delete),
            web.post(person + "/press", self._press),
            web.post(person + "/media", self._media),
            web.post(person + "/location", self._location),
            web.post(person + "/{action:block|unblock|deactivate}", self._account),
            web.get(person + "/events", self._events),
            web.post("/sandbox/groups", self._add_group),
            web.get(group + "/messages", self._group_messages),
            web.post(group + "/messages", self._write_in_group),
            web.post(group + "/kick", self._kick),
            web.get("/sandbox/files/{file_id}", self._file),
            web.get("/sandbox/panel", self._show_panel),
            web.post("/sandbox/panel", self._use_panel),
            web.get("/sandbox/stats", self._stats),
            web.post("/sandbox/faults", self._add_fault),
        ]

    async def _add_person(self, request: web.Request) -> web.Response:
        given = await _body(request)
        user_id = given.get("user_id")
        person = self._state.person(
            int(user_id) if user_id else None,
            str(given.get("first_name") or ""),
            str(given.get("language_code") or ""),
        )
        return web.json_response(_described(person))

    async def _list_people(self, _request: web.Request) -> web.Response:
        return web.json_response({"people": [_described(person) for person in self._state.people.values()]})

    async def _bot(self, request: web.Request) -> web.Response:
        bot = self._state.bot
        return web.json_response(
            {
                "id": bot.id,
                "username": bot.username,
                "first_name": bot.user["first_name"],
                "commands": self._profile.shown_commands(request.query.get("language_code", "")),
                "description": bot.description.get("", ""),
                "short_description": bot.short_description.get("", ""),
            }
        )

    async def _messages(self, request: web.Request) -> web.Response:
        person = self._find(request)
        return web.json_response(
            {
                "messages": [client_message(stored) for stored in person.chat.messages.values()],
                "last_event": person.events.last_id,
                "reply_keyboard": person.reply_keyboard,
                "started": person.started,
                "blocked": person.blocked,
            }
        )

    async def _write(self, request: web.Request) -> web.Response:
        given = await _body(request)
        reply_to = given.get("reply_to")
        sent = self._people.write(
            self._find(request), str(given.get("text") or ""), int(reply_to) if reply_to else None
        )
        return web.json_response({"message": sent[0], "messages": sent})

    async def _edit(self, request: web.Request) -> web.Response:
        given = await _body(request)
        text = str(given.get("text") or "")
        edited = self._people.edit(self._find(request), int(request.match_info["message_id"]), text)
        return web.json_response({"message": edited})

    async def _delete(self, request: web.Request) -> web.Response:
        self._people.delete(self._find(request), int(request.match_info["message_id"]))
        return web.json_response({"ok": True})

    async def _press(self, request: web.Request) -> web.Response:
        given = await _body(request)
        answer = await self._people.press(
            self._find(request),
            int(given.get("message_id") or 0),
            str(given.get("data") or ""),
            forged=bool(given.get("forged")),
        )
        return web.json_response(answer)

    async def _media(self, request: web.Request) -> web.Response:
        sent = self._people.send_media(self._find(request), await _body(request))
        return web.json_response({"message": sent})

    async def _location(self, request: web.Request) -> web.Response:
        try:
            content = location_content(await _body(request))
        except (KeyError, TypeError, ValueError) as error:
            raise Refused(400, f"latitude and longitude are needed: {error}") from None
        return web.json_response({"message": self._people.send(self._find(request), content)})

    async def _account(self, request: web.Request) -> web.Response:
        person = self._find(request)
        actions = {
            "block": self._people.block,
            "unblock": self._people.unblock,
            "deactivate": self._people.deactivate,
        }
        actions[request.match_info["action"]](person)
        return web.json_response(_described(person))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        person = self._find(request)
        self._state.watch(person.events)
        last = request.headers.get("Last-Event-ID") or request.query.get("after") or "0"
        seen = int(last) if last.isdecimal() else 0
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        await stream.write(b"retry: 1000\n\n")
        try:
            while True:
                events = await person.events.wait(seen, HEARTBEAT_SECONDS)
                if not events:
                    await stream.write(b": here\n\n")
                for event_id, event in events:
                    seen = event_id
                    data = json.dumps(event, ensure_ascii=False)
                    await stream.write(f"id: {event_id}\ndata: {data}\n\n".encode())
        except ConnectionError:
            return stream

    async def _add_group(self, request: web.Request) -> web.Response:
        given = await _body(request)
        chat_id, user_id = given.get("chat_id"), given.get("user_id")
        chat = self._people.open_group(
            str(given.get("title") or "Group"),
            int(chat_id) if chat_id else None,
            int(user_id) if user_id else None,
        )
        return web.json_response({"chat_id": chat.id, **chat.info})

    async def _group_messages(self, request: web.Request) -> web.Response:
        chat = self._people.find_group(int(request.match_info["chat_id"]))
        return web.json_response({"messages": [client_message(stored) for stored in chat.messages.values()]})

    async def _write_in_group(self, request: web.Request) -> web.Response:
        given = await _body(request)
        chat = self._people.find_group(int(request.match_info["chat_id"]))
        person = self._state.person(int(given.get("user_id") or 0) or None)
        sent = self._people.write_in_group(chat, person, str(given.get("text") or ""))
        return web.json_response({"message": sent})

    async def _kick(self, request: web.Request) -> web.Response:
        self._people.remove_bot(self._people.find_group(int(request.match_info["chat_id"])))
        return web.json_response({"ok": True})

    async def _file(self, request: web.Request) -> web.Response:
        file = self._state.files.get(request.match_info["file_id"])
        if file is None:
            raise Refused(404, "no such file")
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.content, content_type=file.mime_type, headers=headers)

    async def _show_panel(self, request: web.Request) -> web.Response:
        user_id = request.query.get("user_id", "")
        return web.json_response(await self._panel_for(int(user_id) if user_id.isdecimal() else None))

    async def _use_panel(self, request: web.Request) -> web.Response:
        given = await _body(request)
        if self._panel is None:
            raise Refused(404, "there is no panel here")
        answer = await self._panel(str(given.get("action") or ""))
        now = self._state.now().isoformat()
        self._state.tell_everybody({"type": "panel", "now": now, "available": True, **answer})
        user_id = given.get("user_id")
        return web.json_response({**await self._panel_for(int(user_id) if user_id else None), **answer})

    async def _panel_for(self, user_id: int | None) -> Json:
        more = await self._panel_state(user_id) if self._panel_state is not None else {}
        return {"now": self._state.now().isoformat(), "available": self._panel is not None, **more}

    async def _stats(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "requests": dict(self._state.requests),
                "answers": {str(code): count for code, count in self._state.answers.items()},
                "complaints": self._state.complaints,
                "pending_updates": len(self._queue.pending),
                "people": len(self._state.people),
            }
        )

    async def _add_fault(self, request: web.Request) -> web.Response:
        try:
            self._queue.duplicate_next += self._faults.add(await _body(request))
        except (TypeError, ValueError) as error:
            raise Refused(400, str(error)) from None
        rules = [
            {"kind": rule.kind, "method": rule.method, "times": rule.times} for rule in self._faults.rules
        ]
        return web.json_response({"rules": rules, "outage": self._faults.outage})

    def _find(self, request: web.Request) -> Person:
        return self._people.find(int(request.match_info["uid"]))


@web.middleware
async def refusals(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Turn `Refused` into its answer."""
    try:
        return await handler(request)
    except Refused as refused:
        return web.json_response({"error": refused.text}, status=refused.status)


async def _body(request: web.Request) -> Json:
    if not request.can_read_body:
        return {}
    try:
        given = _whole(json.loads(await request.read()))
    except (ValueError, RecursionError):
        raise Refused(400, "the body is no JSON") from None
    if not isinstance(given, dict):
        raise Refused(400, "the body is no JSON object")
    return given


def _whole(given: Any) -> Any:
    """The same with half characters, which JSON can hold and Telegram's apps cannot send, shown as unknown ones."""
    if isinstance(given, str):
        return _HALF_CHARACTER.sub("\ufffd", given)
    if isinstance(given, list):
        return [_whole(value) for value in given]
    return (
        {_whole(name): _whole(value) for name, value in given.items()} if isinstance(given, dict) else given
    )


def _described(person: Person) -> Json:
    return {
        "user_id": person.id,
        "first_name": person.user["first_name"],
        "language_code": person.user.get("language_code"),
        "started": person.started,
        "blocked": person.blocked,
    }


async def _index(_request: web.Request) -> web.StreamResponse:
    return _served("index.html")


async def _page_file(request: web.Request) -> web.StreamResponse:
    return _served(request.match_info["name"])


def _served(name: str) -> web.StreamResponse:
    path = PAGE_FOLDER / name
    if not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})
