"""Failures on order, for tests of what the bot does when Telegram or the network fails.

A rule is ``{"kind", "method": "*"|name, "chat_id": null|int, "times": n|null, …}`` and hits the next n calls that
match; `KINDS` lists the kinds and what more they take.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

KINDS = {
    "bad_gateway": "502 with an HTML page, nothing done",
    "reset_before": "the connection is cut, nothing done",
    "reset_after": "the call is done, then the connection is cut before an answer",
    "hang": "nothing happens for `seconds`, then the call is done",
    "hang_after": "the call is done, the answer comes `seconds` later",
    "trickle": "the call is done, the answer comes byte by byte over `seconds`",
    "flood": "429 with `retry_after`, nothing done",
    "error": "`code` and `description`, nothing done",
    "answer": "200 with `body` as it stands, nothing done",
    "duplicate_update": "each of the next `times` updates is delivered twice",
    "outage": 'every call is cut until {"kind": "outage", "on": false}',
    "clear": "forget all rules and end an outage",
}
"""Kinds of rules and what they do."""

_HTML = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>502 Bad Gateway</body>\r\n</html>"
_TRICKLE_STEPS = 20


@dataclass(slots=True)
class Rule:
    """One rule; ``times`` None means for ever."""

    kind: str
    method: str = "*"
    chat_id: int | None = None
    times: int | None = 1
    seconds: float = 1.0
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int = 1
    body: str = ""

    def matches(self, method: str, chat_id: int) -> bool:
        """True when a call of this method about this chat is meant (0: about no chat)."""
        return self.method.lower() in ("*", method.lower()) and self.chat_id in (None, chat_id)


class Faults:
    """The rules in force, in the order in which they came; the first that matches is taken."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.outage = False

    def add(self, given: dict[str, Any]) -> int:
        """Take a rule; the number of updates to deliver twice, else 0.

        Raises:
            ValueError: no such kind, or a field that no rule has.

        """
        kind = given.get("kind")
        if kind not in KINDS:
            raise ValueError(f"kind must be one of: {', '.join(KINDS)}")
        if kind == "clear":
            self.rules.clear()
            self.outage = False
        elif kind == "outage":
            self.outage = bool(given.get("on", True))
        elif kind == "duplicate_update":
            return int(given.get("times") or 1)
        else:
            try:
                self.rules.append(Rule(**given))
            except TypeError as error:
                raise ValueError(str(error)) from None
        return 0

    def take(self, method: str, chat_id: int) -> Rule | None:
        """The rule that this call falls under, used up by one; None when it may pass."""
        if self.outage:
            return Rule("reset_before")
        for rule in self.rules:
            if rule.matches(method, chat_id):
                if rule.times is not None:
                    rule.times -= 1
                    if rule.times <= 0:
                        self.rules.remove(rule)
                return rule
        return None


async def before(rule: Rule, request: web.Request) -> web.StreamResponse | None:
    """What the rule answers instead of the call; None when the call is to be done."""
    if rule.kind == "hang":
        await asyncio.sleep(rule.seconds)
    if rule.kind == "bad_gateway":
        return web.Response(status=502, text=_HTML, content_type="text/html")
    if rule.kind == "reset_before":
        return _cut(request)
    if rule.kind == "flood":
        text = f"Too Many Requests: retry after {rule.retry_after}"
        return _error(429, text, {"parameters": {"retry_after": rule.retry_after}})
    if rule.kind == "error":
        return _error(rule.code, rule.description, {})
    if rule.kind == "answer":
        return web.Response(text=rule.body, content_type="application/json")
    return None


async def after(rule: Rule, request: web.Request, response: web.Response) -> web.StreamResponse:
    """What becomes of the call's answer under the rule."""
    if rule.kind == "reset_after":
        return _cut(request)
    if rule.kind == "hang_after":
        await asyncio.sleep(rule.seconds)
    if rule.kind == "trickle":
        return await _trickle(request, response, rule.seconds)
    return response


def _error(code: int, description: str, extra: dict[str, Any]) -> web.Response:
    body = {"ok": False, "error_code": code, "description": description, **extra}
    return web.Response(status=code, body=json.dumps(body).encode(), content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _trickle(request: web.Request, response: web.Response, seconds: float) -> web.StreamResponse:
    body = response.body if isinstance(response.body, bytes) else b""
    stream = web.StreamResponse(status=response.status, headers={"Content-Type": "application/json"})
    stream.content_length = len(body)
    await stream.prepare(request)
    step = max(1, len(body) // _TRICKLE_STEPS)
    for start in range(0, len(body), step):
        await stream.write(body[start : start + step])
        await asyncio.sleep(seconds / _TRICKLE_STEPS)
    await stream.write_eof()
    return stream
