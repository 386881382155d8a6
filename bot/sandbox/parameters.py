"""Reading the parameters of one call, however they travelled, and which parameters each method knows."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.sandbox.errors import bad_request

_SEND = (
    "business_connection_id chat_id message_thread_id direct_messages_topic_id parse_mode disable_notification "
    "protect_content allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_markup"
)
_EDIT = "business_connection_id chat_id message_id inline_message_id reply_markup"

METHODS: dict[str, str] = {
    "getMe": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "setWebhook": "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    "deleteWebhook": "drop_pending_updates",
    "getWebhookInfo": "",
    "sendMessage": f"{_SEND} text entities link_preview_options",
    "sendDocument": f"{_SEND} document thumbnail caption caption_entities disable_content_type_detection",
    "editMessageText": f"{_EDIT} text parse_mode entities link_preview_options rich_message",
    "editMessageReplyMarkup": _EDIT,
    "deleteMessage": "chat_id message_id",
    "deleteMessages": "chat_id message_ids",
    "answerCallbackQuery": "callback_query_id text show_alert url cache_time",
    "sendChatAction": "business_connection_id chat_id message_thread_id action",
    "getFile": "file_id",
    "setMyCommands": "commands scope language_code",
    "getMyCommands": "scope language_code",
    "deleteMyCommands": "scope language_code",
    "setMyDescription": "description language_code",
    "getMyDescription": "language_code",
    "setMyShortDescription": "short_description language_code",
    "getMyShortDescription": "language_code",
    "setMyName": "name language_code",
    "getMyName": "language_code",
    "setChatMenuButton": "chat_id menu_button",
    "getChatMenuButton": "chat_id",
    "getChat": "chat_id",
    "getChatMember": "chat_id user_id",
}
"""Parameters of each method (Bot API 10.1), in names separated by spaces."""

KNOWN = {name: frozenset(parameters.split()) for name, parameters in METHODS.items()}
BY_LOWER_NAME = {name.lower(): name for name in METHODS}
"""Telegram takes method names in any case."""


class Upload:
    """A file that came with the call."""

    __slots__ = ("content", "filename", "mime_type")

    def __init__(self, filename: str, mime_type: str, content: bytes) -> None:
        self.filename = filename
        self.mime_type = mime_type
        self.content = content


class Parameters:
    """The parameters of one call. Missing, null and empty are the same, as at Telegram."""

    __slots__ = ("_values", "uploads")

    def __init__(self, values: Mapping[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self._values = values
        self.uploads = uploads or {}

    def names(self) -> set[str]:
        """Names of all parameters and uploads given."""
        return {*self._values, *self.uploads}

    def has(self, name: str) -> bool:
        """True when given and not empty."""
        return self._values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """As text; numbers, truth values and objects as JSON writes them."""
        value = self._values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """As a whole number; `default` when missing, 0 when not a number, as at Telegram."""
        if not self.has(name):
            return default
        try:
            return int(self.text(name))
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        """As a truth value (telegram-bot-api, to_bool)."""
        return self.text(name).lower() in ("true", "yes", "1")

    def structure(self, name: str, error: str) -> Any:
        """As decoded JSON, None when missing. Raises `ApiError` 400 with the text `error` when it is no JSON."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(error) from None

    def strings(self, name: str) -> list[str] | None:
        """As a list of texts; None when missing or not a list."""
        value = self.structure(name, f"can't parse {name} JSON object")
        return [str(item) for item in value] if isinstance(value, list) else None


async def read_parameters(request: web.Request) -> Parameters:
    """The parameters of `request`: query, then body as JSON, form or multipart.

    Raises:
        ApiError: 400, the JSON body is no object.

    """
    if request.method == "GET" or not request.can_read_body:
        return Parameters(request.query)
    kind = request.content_type
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if kind == "application/json":
        try:
            body = json.loads(await request.read())
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("JSON object expected")
        values.update(body)
        return Parameters(values)
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value
    return Parameters(values, uploads)
