"""A person with a Telegram app: what they can do, and what they see. Nothing here knows what is right."""

import json
from dataclasses import dataclass
from typing import Any

from tests.dialogs.stage import Stage

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button as it once stood under a message."""

    message_id: int
    label: str
    data: str


class Somebody:
    """Acts in the private chat; after each act `new` holds what the bot wrote or changed because of it."""

    def __init__(self, stage: Stage, user_id: int, name: str) -> None:
        self._stage = stage
        self._path = f"/sandbox/people/{user_id}"
        self.user_id = user_id
        self.name = name
        self._seen: dict[int, Json] = {}
        self.new: list[Json] = []
        self.changed: dict[int, str] = {}
        self.toast = ""
        self.keyboard: list[str] = []
        self.keyboard_changed = False
        self.buttons_seen: dict[Button, None] = {}

    @classmethod
    async def arrive(cls, stage: Stage, name: str, language: str = "en") -> "Somebody":
        """A person the bot has never heard of."""
        person = await stage.call("POST", "/sandbox/people", {"first_name": name, "language_code": language})
        return cls(stage, person["user_id"], name)

    async def say(self, text: str) -> None:
        """Send a text; over 4096 characters it is cut as Telegram's app cuts it."""
        await self.act("POST", "/messages", {"text": text})

    async def edit(self, number: int, text: str) -> None:
        """Edit the n-th message this person sent, from 1."""
        own = [message for message in await self.messages() if message["outgoing"]]
        await self.act("PATCH", f"/messages/{own[number - 1]['message_id']}", {"text": text})

    async def send(self, kind: str) -> None:
        """Send a sticker, photo, voice message or the like."""
        await self.act("POST", "/media", {"kind": kind})

    async def attach(self, filename: str, content: str) -> None:
        """Send a file."""
        await self.act("POST", "/media", {"kind": "document", "filename": filename, "content": content})

    async def share(self, latitude: float, longitude: float) -> None:
        """Share a place."""
        await self.act("POST", "/location", {"latitude": latitude, "longitude": longitude})

    async def press(self, label: str) -> None:
        """Press the newest button whose label begins so."""
        for message in reversed(await self.messages()):
            for button in buttons_of(message):
                if button.label.startswith(label):
                    await self.press_data(button.message_id, button.data)
                    return
        raise AssertionError(f"{self.name} has no button {label}")

    async def press_again(self, label: str) -> None:
        """Press the newest button of that label there ever was, though its message may have changed since."""
        button = next(button for button in reversed(self.buttons_seen) if button.label.startswith(label))
        await self.press_data(button.message_id, button.data, forged=True)

    async def press_data(self, message_id: int, data: str, *, forged: bool = False) -> None:
        """Press what has this behind it; ``forged``: though no such button is there."""
        body = {"message_id": message_id, "data": data, "forged": forged}
        answer = await self.act("POST", "/press", body)
        assert answer.get("answered"), answer
        self.toast = answer["text"] or ""

    async def act(self, method: str, path: str, body: Json) -> Any:
        """Do something, and look at what came of it."""
        await self._stage.next_turn()
        self.toast = ""
        answer = await self._stage.call(method, self._path + path, body)
        assert "error" not in answer, answer
        await self._stage.settle()
        await self.look()
        return answer

    async def messages(self) -> list[Json]:
        """The whole chat, oldest first."""
        messages: list[Json] = (await self._chat())["messages"]
        return messages

    async def look(self) -> None:
        """Note which of the bot's messages are new or changed, and whether the keys below the text field are."""
        chat = await self._chat()
        keys = (chat["reply_keyboard"] or {}).get("keyboard", [])
        keyboard = [" ".join(f"({key['text']})" for key in row) for row in keys]
        self.keyboard, self.keyboard_changed = keyboard, keyboard != self.keyboard
        self.new, self.changed = [], {}
        for message in chat["messages"]:
            before = self._seen.get(message["message_id"])
            self._seen[message["message_id"]] = message
            if message["outgoing"] or before == message:
                continue
            self.new.append(message)
            if before is not None:
                only_buttons = text_of(before) == text_of(message)
                self.changed[message["message_id"]] = "buttons" if only_buttons else "changed"
            self.buttons_seen |= dict.fromkeys(buttons_of(message))

    async def _chat(self) -> Json:
        chat: Json = await self._stage.call("GET", f"{self._path}/messages")
        return chat

    def heard(self) -> str:
        """What the bot said since the last look."""
        return "\n".join(text_of(message) for message in self.new)

    def rows(self) -> list[str]:
        """The rows under the newest message, as ``[A] [B]``."""
        return rows_of(self.new[-1]) if self.new else []

    def labels(self) -> list[str]:
        """The inline buttons under the newest message."""
        return [button.label for button in buttons_of(self.new[-1])] if self.new else []

    async def exported(self) -> Json:
        """The person's whole JSON export."""
        await self.say("/export")
        document = next(
            message["document"]
            for message in self.new
            if message.get("document", {}).get("file_name", "").endswith(".json")
        )
        url = f"{self._stage.sandbox.url}/sandbox/files/{document['file_id']}"
        async with self._stage.http.get(url) as response:
            exported: Json = json.loads(await response.text())
            return exported


def buttons_of(message: Json) -> list[Button]:
    """The inline buttons under a message, without links."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        Button(message["message_id"], button["text"], button["callback_data"])
        for row in rows
        for button in row
        if "callback_data" in button
    ]


def rows_of(message: Json) -> list[str]:
    """The inline buttons, one row each."""
    markup = message.get("reply_markup", {})
    return [" ".join(f"[{key['text']}]" for key in row) for row in markup.get("inline_keyboard", [])]


def text_of(message: Json) -> str:
    """The words of a message, ``> `` in front of the lines of a quote; of a file its caption and name."""
    text = str(message.get("text") or message.get("caption") or "")
    units = text.encode("utf-16-le")
    quotes = [
        (entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2)
        for entity in message.get("entities", [])
        if entity["type"].endswith("blockquote")
    ]
    lines, at = [], 0
    for line in text.split("\n"):
        is_quoted = any(start <= at < end for start, end in quotes)
        lines.append(f"> {line}" if is_quoted else line)
        at += len(line.encode("utf-16-le")) + 2
    assert at == len(units) + 2
    name = message.get("document", {}).get("file_name")
    return "\n".join([*filter(None, lines), f"file {name}"] if name else lines)
