"""What Telegram looks at before it acts: may the bot write there, is the keyboard in order, is the text short enough.

Reads only; each check returns what it looked up or raises `ApiError` in Telegram's words.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import CHAT_NOT_FOUND, ApiError, bad_request, forbidden
from bot.sandbox.markup import utf16_length
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Chat, Json, KeyboardKind, State, StoredMessage

TEXT_UNITS = 4096
"""Longest message text after parsing (Bot API, sendMessage)."""
CAPTION_UNITS = 1024
"""Longest caption after parsing (Bot API, sendDocument)."""
CALLBACK_DATA_BYTES = 64
"""Longest callback_data (Bot API, InlineKeyboardButton)."""
CALLBACK_TEXT_UNITS = 200
"""Longest text of an answered button (Bot API, answerCallbackQuery)."""
INLINE_BUTTONS = 100
"""More inline buttons are refused (seen in practice; the Bot API names no number)."""
REPLY_BUTTONS = 300
"""More keys of a reply keyboard are refused (seen in practice)."""
BUTTONS_IN_A_ROW = 8
"""More in a row are not all shown (limits.tginfo.me)."""

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_INLINE_FIELDS = frozenset([*_ACTIONS, "text", "icon_custom_emoji_id", "style"])
_REQUESTS = ("contact", "location", "poll", "users", "chat", "managed_bot")
_KEY_FIELDS = frozenset(
    ["text", "icon_custom_emoji_id", "style", "web_app", *(f"request_{what}" for what in _REQUESTS)]
)
_PRIVATE_ONLY = {"request_location": "Location", "request_contact": "Phone number", "request_poll": "Poll"}


def chat_to_read(state: State, parameters: Parameters, name: str = "chat_id") -> Chat:
    """The chat named by the call, without asking whether the bot may write there. Raises `ApiError`."""
    if not parameters.has(name):
        raise bad_request(f"{name} is empty")
    chat = state.chat(parameters.integer(name))
    if chat is None:
        raise bad_request(CHAT_NOT_FOUND)
    return chat


def chat_to_write(state: State, parameters: Parameters) -> Chat:
    """The chat named by the call, in which the bot may write. Raises `ApiError` 400 or 403."""
    chat = chat_to_read(state, parameters)
    if not chat.is_private:
        if not chat.bot_is_member:
            raise forbidden(f"bot was kicked from the {chat.info['type']} chat")
        return chat
    person = state.people[chat.id]
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def message_to_edit(chat: Chat, parameters: Parameters) -> StoredMessage:
    """The bot's own message named by the call, if it may be edited. Raises `ApiError` 400.

    A message that set or removed the reply keyboard can never be edited (tdlib, can_edit_message).
    """
    stored = chat.messages.get(parameters.integer("message_id"))
    if stored is None:
        raise bad_request("message to edit not found")
    if stored.outgoing or stored.keyboard == "reply":
        raise bad_request("message can't be edited")
    return stored


def check_text(text: str, *, editing: bool = False) -> None:
    """Refuse a parsed text that is empty or too long."""
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > TEXT_UNITS:
        raise (
            ApiError(400, "Bad Request: MESSAGE_TOO_LONG") if editing else bad_request("message is too long")
        )


def check_caption(text: str) -> None:
    """Refuse a parsed caption that is too long."""
    if utf16_length(text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")


def reply_to(chat: Chat, parameters: Parameters) -> StoredMessage | None:
    """The message that is replied to; None when none is, or when it is gone and need not be there."""
    given = parameters.structure("reply_parameters", "can't parse reply parameters JSON object")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    stored = chat.messages.get(int(given.get("message_id") or 0))
    if stored is None and not given.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return stored


def read_keyboard(
    parameters: Parameters, chat: Chat, complain: Callable[[str], None]
) -> tuple[KeyboardKind, Json | None]:
    """The keyboard of the call: its kind, and the object as it is shown; None when there is none.

    Raises:
        ApiError: 400, Telegram would refuse the keyboard.

    """
    given = parameters.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if given is None:
        return "none", None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    keys = _rows(given, "keyboard", 'Field "keyboard" must be an Array of Arrays')
    inline_error = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    inline = _rows(given, "inline_keyboard", inline_error)
    if keys:
        return "reply", {**given, "keyboard": _reply_keyboard(keys, chat, complain)}
    if inline:
        return "inline", {"inline_keyboard": _inline_keyboard(inline, complain)}
    if given.get("remove_keyboard") or given.get("force_reply"):
        return "reply", given
    return "none", None


def read_inline_keyboard(parameters: Parameters, chat: Chat, complain: Callable[[str], None]) -> Json | None:
    """As `read_keyboard`, where only inline keyboards may be (edits)."""
    kind, keyboard = read_keyboard(parameters, chat, complain)
    if kind == "reply":
        raise bad_request("inline keyboard expected")
    return keyboard


def _rows(given: Json, name: str, error: str) -> list[list[Any]]:
    rows = given.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(error)
    return [row for row in rows if row]


def _inline_keyboard(rows: list[list[Any]], complain: Callable[[str], None]) -> list[list[Json]]:
    count = 0
    for row in rows:
        count += len(row)
        _check_row(row, _INLINE_FIELDS, complain)
        for button in row:
            _check_inline_button(button)
    if count > INLINE_BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _check_inline_button(button: Json) -> None:
    prefix = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(prefix + "InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad_request(prefix + 'Can\'t find field "text"')
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "", False)]
    if button.get("switch_inline_query_current_chat") == "" or button.get("switch_inline_query") == "":
        actions.append("switch")
    if not actions:
        raise bad_request(prefix + "Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram takes the first and drops the others without a word; nobody means that.
        raise bad_request(prefix + f"exactly one action is allowed, not {' and '.join(actions)}")
    if not str(button["text"]).strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    if len(str(button.get("callback_data") or "").encode()) > CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.get("url"):
        _check_url(str(button["url"]))


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme in ("tg", "ton"):
        return
    if parts.scheme not in ("http", "https"):
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if "." not in (parts.hostname or "") or " " in url:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply_keyboard(rows: list[list[Any]], chat: Chat, complain: Callable[[str], None]) -> list[list[Json]]:
    count = 0
    shown: list[list[Json]] = []
    for row in rows:
        count += len(row)
        keys = [{"text": key} if isinstance(key, str) else key for key in row]
        _check_row(keys, _KEY_FIELDS, complain)
        for key in keys:
            _check_key(key, chat)
        shown.append(keys)
    if count > REPLY_BUTTONS:
        raise bad_request("reply markup is too long")
    return shown


def _check_key(key: Json, chat: Chat) -> None:
    prefix = "can't parse keyboard button: "
    if not isinstance(key, dict):
        raise bad_request(prefix + "KeyboardButton must be a String or an Object")
    if "text" not in key:
        raise bad_request(prefix + 'Can\'t find field "text"')
    if not str(key["text"]).strip():
        raise bad_request("Keyboard button text must be non-empty")
    for name, what in _PRIVATE_ONLY.items():
        if key.get(name) and not chat.is_private:
            raise bad_request(f"{what} can be requested in private chats only")


def _check_row(row: list[Any], fields: frozenset[str], complain: Callable[[str], None]) -> None:
    if len(row) > BUTTONS_IN_A_ROW:
        complain(f"reply_markup: {len(row)} buttons in a row, Telegram shows {BUTTONS_IN_A_ROW}")
    for button in row:
        if isinstance(button, dict) and not fields.issuperset(button):
            complain(f"reply_markup: unknown field in button {json.dumps(button)}")
