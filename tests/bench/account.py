"""One bot as the stub knows it: its updates on their way in, its messages, and the limits it is held to."""

import asyncio
import html
import itertools
import json
import re
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import FloodGate, Limits
from tests.bench.wire import Answer, Parameters, Poster

Message = dict[str, Any]

OK = b'{"ok":true,"result":true}'

_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_ENTITIES = {
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "blockquote": "blockquote",
}
_REPEAT_SECONDS = 0.1

_UPDATE_IDS = itertools.count(1)
"""For all bots together: several processes, each with a token of its own, may work on one database."""


class Account:
    """A bot of the stub. ``on_message`` hears every message that it sends or changes."""

    def __init__(self, token: str) -> None:
        self.me = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Bench",
            "username": "bench_bot",
        }
        self.calls: Counter[str] = Counter()
        self.refused = 0
        self.sent_at: list[float] = []
        self.on_message: Callable[[int, Message], None] = lambda _chat_id, _message: None
        self.chats: dict[int, Message] = {}
        self._gate = FloodGate(None, time.monotonic)
        self._message_ids: dict[int, int] = {}
        self._pending: deque[tuple[int, bytes]] = deque()
        self._news = asyncio.Event()
        self._polls = 0
        self._webhook: list[asyncio.Task[None]] = []
        self._deliveries: asyncio.Queue[bytes] = asyncio.Queue()

    def limit(self, *, on: bool) -> None:
        """Hold it to Telegram's limits, or to none."""
        self._gate = FloodGate(Limits() if on else None, time.monotonic)

    @property
    def is_listening(self) -> bool:
        """Whether it polls or has a webhook."""
        return bool(self._webhook) or self.calls["getUpdates"] > 0

    def write(self, chat_id: int, text: str) -> None:
        """A person writes."""
        message = {**self._stamp(chat_id), "from": _person(chat_id), "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        self._bring({"message": message})

    def press(self, chat_id: int, message: Message, data: str) -> None:
        """A person presses a button of that message."""
        query = {"from": _person(chat_id), "message": message, "chat_instance": str(chat_id), "data": data}
        self._bring({"callback_query": {"id": str(message["message_id"]), **query}})

    def call(self, method: str, given: Parameters) -> Any:
        """Answer a call; getUpdates is awaited, everything else is answered at once."""
        self.calls[method] += 1
        handler = _METHODS.get(method)
        if handler is None:
            return 200, OK
        try:
            return handler(self, given)
        except ApiError as error:
            self.refused += 1
            return error.code, _refusal(error)

    def _bring(self, content: dict[str, Any]) -> None:
        update_id = next(_UPDATE_IDS)
        body = json.dumps({"update_id": update_id, **content}, ensure_ascii=False).encode()
        if self._webhook:
            self._deliveries.put_nowait(body)
        else:
            self._pending.append((update_id, body))
            self._news.set()

    def _stamp(self, chat_id: int) -> Message:
        number = self._message_ids[chat_id] = self._message_ids.get(chat_id, 0) + 1
        chat = {"id": chat_id, "type": "private", "first_name": "Ann"}
        return {"message_id": number, "date": int(time.time()), "chat": chat}

    async def _updates(self, given: Parameters) -> Answer:
        offset, limit = int(given.get("offset") or 0), int(given.get("limit") or 100)
        self._polls += 1
        poll = self._polls
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        if not self._pending:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), float(given.get("timeout") or 0))
            except TimeoutError:
                return 200, b'{"ok":true,"result":[]}'
        if poll != self._polls:
            return (
                409,
                b'{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}',
            )
        batch = itertools.islice(self._pending, limit)
        return 200, b'{"ok":true,"result":[%b]}' % b",".join(body for _, body in batch)

    def _set_webhook(self, given: Parameters) -> Answer:
        self._drop_webhook()
        headers = {"X-Telegram-Bot-Api-Secret-Token": given.get("secret_token", "")}
        url = given.get("url", "")
        connections = int(given.get("max_connections") or 40) if url else 0
        self._webhook = [asyncio.ensure_future(self._deliver(url, headers)) for _ in range(connections)]
        return 200, OK

    def _delete_webhook(self, _given: Parameters) -> Answer:
        self._drop_webhook()
        return 200, OK

    def _drop_webhook(self) -> None:
        for task in self._webhook:
            task.cancel()
        self._webhook = []

    async def _deliver(self, url: str, headers: dict[str, str]) -> None:
        poster = Poster(url, headers)
        try:
            while True:
                body = await self._deliveries.get()
                while not await _is_taken(poster, body):
                    await asyncio.sleep(_REPEAT_SECONDS)
        finally:
            poster.close()

    def _get_me(self, _given: Parameters) -> Answer:
        return _result(self.me)

    def _get_list(self, _given: Parameters) -> Answer:
        return _result([])

    def _get_texts(self, _given: Parameters) -> Answer:
        return _result({"description": "", "short_description": ""})

    def _send(self, given: Parameters) -> Answer:
        chat_id = int(given["chat_id"])
        self._gate.pass_send(chat_id, len(given.get("text", "")))
        self.sent_at.append(time.monotonic())
        return self._show(chat_id, self._stamp(chat_id), given)

    def _edit(self, given: Parameters) -> Answer:
        chat_id = int(given["chat_id"])
        self._gate.pass_edit(chat_id)
        stamp = {**self._stamp(chat_id), "message_id": int(given["message_id"])}
        return self._show(chat_id, {**stamp, "edit_date": stamp["date"]}, given)

    def _show(self, chat_id: int, stamp: Message, given: Parameters) -> Answer:
        text, entities = (
            parse(given.get("text", "")) if given.get("parse_mode") == "HTML" else (given.get("text", ""), [])
        )
        message: Message = {**stamp, "from": self.me, "text": text}
        if entities:
            message["entities"] = entities
        markup = given.get("reply_markup")
        parsed = json.loads(markup) if isinstance(markup, str) else markup
        if parsed and "inline_keyboard" in parsed:
            message["reply_markup"] = parsed
        self.on_message(chat_id, message)
        return _result(message)


def parse(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities of HTML that is known to be right, as Telegram would give them back."""
    plain, entities, opened, at = "", [], [], 0
    for tag in _TAG.finditer(text):
        plain += html.unescape(text[at : tag.start()])
        at = tag.end()
        if not tag[1]:
            opened.append((tag[2], len(plain.encode("utf-16-le")) // 2))
        elif opened:
            name, begin = opened.pop()
            length = len(plain.encode("utf-16-le")) // 2 - begin
            entities.append({"type": _ENTITIES.get(name, "bold"), "offset": begin, "length": length})
    return plain + html.unescape(text[at:]), entities


async def _is_taken(poster: Poster, body: bytes) -> bool:
    try:
        return await poster.post(body) == 200
    except (OSError, asyncio.IncompleteReadError):
        return False


def _refusal(error: ApiError) -> bytes:
    refusal: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after_seconds is not None:
        refusal["parameters"] = {"retry_after": error.retry_after_seconds}
    return json.dumps(refusal).encode()


def _person(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": "Ann", "language_code": "en"}


def _result(value: Any) -> Answer:
    return 200, b'{"ok":true,"result":%b}' % json.dumps(value, ensure_ascii=False).encode()


_METHODS: dict[str, Callable[[Account, Parameters], Any]] = {
    "getMe": Account._get_me,
    "getUpdates": Account._updates,
    "setWebhook": Account._set_webhook,
    "deleteWebhook": Account._delete_webhook,
    "getMyCommands": Account._get_list,
    "getMyDescription": Account._get_texts,
    "getMyShortDescription": Account._get_texts,
    "sendMessage": Account._send,
    "editMessageText": Account._edit,
}
