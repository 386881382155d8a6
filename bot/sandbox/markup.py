"""From marked-up text to plain text and entities: Telegram's own parser (tdjson), and what its servers find unasked.

Nothing here knows chats or limits of length.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.errors import SandboxError, bad_request

Entity = dict[str, Any]

PARSE_INPUT_BYTES = 1 << 15
"""Longer raw text is refused before parsing (telegram-bot-api, get_formatted_text)."""

ENTITIES_SHOWN = 100
"""Telegram drops the entities beyond this number (limits.tginfo.me, formatting entities a message)."""

_MODES: dict[str, dict[str, Any]] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}

_NAMES = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypePreCode": "pre",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeMentionName": "text_mention",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeCustomEmoji": "custom_emoji",
    "textEntityTypeDateTime": "date_time",
}

_EXTRAS = {
    "url": "url",
    "language": "language",
    "custom_emoji_id": "custom_emoji_id",
    "unix_time": "unix_time",
}

_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_OPAQUE = frozenset({"code", "pre"})
_NO_LINK_INSIDE = frozenset({"code", "pre", "text_link", "text_mention"})

_FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)\]'»])"
    r"|(?<![\w.+-])(?P<email>[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,63}\w)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@/])(?P<mention>@[A-Za-z][A-Za-z0-9_]{2,31})\b"
    r"|(?<![\w#/&])(?P<hashtag>#\w*[^\W\d]\w*)"
    r"|(?<![\w.@-])(?P<bare>(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|io|me|dev|app|co|ru|uk|de|info|edu)\b"
    r"(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?)"
)
_MAY_HOLD_ENTITY = re.compile(r"[/@#.]")


def utf16_length(text: str) -> int:
    """Length of `text` in UTF-16 units, in which Telegram counts offsets and limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class Parser:
    """Telegram's parser. Raises `SandboxError` when tdjson is not installed."""

    def __init__(self, complain: Callable[[str], None]) -> None:
        try:
            import tdjson
        except ImportError as error:
            text = "the sandbox needs the package tdjson: pip install 'starling-interview[demo]'"
            raise SandboxError(text) from error
        self._execute: Callable[[bytes], bytes | None] = tdjson.td_execute
        self._complain = complain
        self._call({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})

    def parse(self, text: str, parse_mode: str, entities: Any = None) -> tuple[str, list[Entity]]:
        """Plain text, trimmed as Telegram does, with its entities in order of their offsets.

        Entities that Telegram's servers find by themselves (commands, links) are among them.

        Raises:
            ApiError: the text cannot be parsed, or the parse mode has no such name.

        """
        try:
            size = len(text.encode())
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        if size > PARSE_INPUT_BYTES:
            raise bad_request("text is too long")
        mode = parse_mode.lower()
        if mode and mode != "none":
            text, found = self._parse_marked(text, mode)
        else:
            found = _given_entities(entities)
        text, found = _trim(text, found)
        found = self._without_forbidden_nesting(found)
        if len(found) > ENTITIES_SHOWN:
            self._complain(f"formatting: {len(found)} entities, Telegram shows the first {ENTITIES_SHOWN}")
            found = found[:ENTITIES_SHOWN]
        return text, _merge(found, find_entities(text))

    def _parse_marked(self, text: str, mode: str) -> tuple[str, list[Entity]]:
        if mode not in _MODES:
            raise bad_request("unsupported parse_mode")
        answer = self._call({"@type": "parseTextEntities", "text": text, "parse_mode": _MODES[mode]})
        if answer["@type"] == "error":
            raise bad_request(answer["message"])
        return answer["text"], [_entity(entity) for entity in answer["entities"]]

    def _without_forbidden_nesting(self, entities: list[Entity]) -> list[Entity]:
        """Without quotes in quotes and formatting in code: Telegram drops these without a word."""
        kept: list[Entity] = []
        quote_end = code_end = 0
        for entity in entities:
            start, end, kind = entity["offset"], entity["offset"] + entity["length"], entity["type"]
            if (kind in _QUOTES and start < quote_end) or start < code_end:
                self._complain(f"formatting: {kind} inside another quote or code is dropped by Telegram")
                continue
            if kind in _QUOTES:
                quote_end = end
            if kind in _OPAQUE:
                code_end = end
            kept.append(entity)
        return kept

    def _call(self, query: dict[str, Any]) -> dict[str, Any]:
        answer = self._execute(json.dumps(query).encode())
        result: dict[str, Any] = json.loads(answer or b"{}")
        return result


def find_entities(text: str) -> list[Entity]:
    """What Telegram marks in plain text by itself: commands, links, mentions, hashtags, e-mail addresses."""
    if not _MAY_HOLD_ENTITY.search(text):
        return []
    found: list[Entity] = []
    plain = text.isascii()
    for match in _FOUND.finditer(text):
        kind = match.lastgroup or ""
        offset = match.start(kind) if plain else utf16_length(text[: match.start(kind)])
        length = utf16_length(match.group(kind))
        found.append({"offset": offset, "length": length, "type": "url" if kind == "bare" else kind})
    return found


def _given_entities(entities: Any) -> list[Entity]:
    """The entities of a call as a list; anything but a list counts as none, as at Telegram."""
    if not isinstance(entities, list):
        return []
    for entity in entities:
        if not isinstance(entity, dict):
            raise bad_request("can't parse MessageEntity: expected an Object")
        for name, kind in (("type", str), ("offset", int), ("length", int)):
            if not isinstance(entity.get(name), kind):
                raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    return entities


def _entity(td: dict[str, Any]) -> Entity:
    kind = td["type"]
    entity: Entity = {"offset": td["offset"], "length": td["length"], "type": _NAMES[kind["@type"]]}
    entity.update({name: kind[source] for source, name in _EXTRAS.items() if source in kind})
    if "user_id" in kind:
        entity["user"] = {"id": kind["user_id"], "is_bot": False, "first_name": "Person"}
    return entity


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """`text` without white space at its ends; entities moved, cut or left out accordingly."""
    stripped = text.strip()
    if stripped == text:
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(stripped)
    kept: list[Entity] = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] + entity["length"] - lead)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return stripped, kept


def _merge(marked: list[Entity], found: list[Entity]) -> list[Entity]:
    """Both lists by offset, the longer first; nothing is found inside code or a link."""
    if not found:
        return marked
    spans = [(e["offset"], e["offset"] + e["length"]) for e in marked if e["type"] in _NO_LINK_INSIDE]
    for entity in found:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if not any(start < stop and end > begin for begin, stop in spans):
            marked = [*marked, entity]
    return sorted(marked, key=lambda entity: (entity["offset"], -entity["length"]))
