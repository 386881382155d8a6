"""The Bot API over HTTP: ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``. What the methods do is elsewhere."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox import faults
from bot.sandbox.errors import WEBHOOK_IS_ACTIVE, ApiError
from bot.sandbox.methods import MessageMethods
from bot.sandbox.parameters import BY_LOWER_NAME, KNOWN, Parameters, read_parameters
from bot.sandbox.profile import ProfileMethods
from bot.sandbox.state import State
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

LONG_POLL_SECONDS_AT_MOST = 50
"""Longest wait of getUpdates (telegram-bot-api, LONG_POLL_MAX_TIMEOUT)."""
UPDATES_AT_ONCE = 100
"""Most updates of one answer (Bot API, getUpdates)."""

_TOKEN = re.compile(r"[1-9][0-9]*:[A-Za-z0-9_-]+")
_COMPLAIN_ABOUT = frozenset({400, 404, 409, 413})

Method = Callable[[Parameters], Any]


class BotApi:
    """Answers the bot's calls."""

    def __init__(
        self,
        state: State,
        messages: MessageMethods,
        profile: ProfileMethods,
        queue: UpdateQueue,
        webhook: Webhook,
        fault_rules: faults.Faults,
    ) -> None:
        self._state = state
        self._queue = queue
        self._webhook = webhook
        self._faults = fault_rules
        self._methods = _table(messages, profile)
        self._waiting_methods: dict[str, Callable[[Parameters], Awaitable[Any]]] = {
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
        }

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where the calls come in."""
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        method = BY_LOWER_NAME.get(request.match_info["method"].lower(), request.match_info["method"])
        self._state.requests[method] += 1
        try:
            self._check_token(request.match_info["token"])
            parameters = await read_parameters(request)
        except ApiError as error:
            return self._refused(request, method, error)
        except web.HTTPRequestEntityTooLarge:
            return self._refused(request, method, ApiError(413, "Request Entity Too Large"))
        rule = self._faults.take(method, parameters.integer("chat_id")) if self._has_faults() else None
        if rule is None:
            return await self._answer(request, method, parameters)
        instead = await faults.before(rule, request)
        if instead is not None:
            return instead
        return await faults.after(rule, request, await self._answer(request, method, parameters))

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The content of a file, by the path that getFile told."""
        file = self._state.file_paths.get(request.match_info["path"])
        try:
            self._check_token(request.match_info["token"])
            if file is None:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return self._refused(request, "file", error)
        return web.Response(body=file.content, content_type="application/octet-stream")

    async def _answer(self, request: web.Request, method: str, parameters: Parameters) -> web.Response:
        unknown = parameters.names() - KNOWN.get(method, frozenset())
        try:
            plain = self._methods.get(method)
            extra: dict[str, Any] = {}
            if plain is not None:
                result = plain(parameters)
            elif method in self._waiting_methods:
                result = await self._waiting_methods[method](parameters)
                if isinstance(result, str):
                    result, extra = True, {"description": result}
            else:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return self._refused(request, method, error)
        for name in sorted(unknown):
            if name not in parameters.uploads:
                self._state.complain(f"{method}: unknown parameter {name}")
        self._state.answers[200] += 1
        return _json(200, {"ok": True, "result": result, **extra})

    def _refused(self, request: web.Request, method: str, error: ApiError) -> web.Response:
        listening = request.transport is not None and not request.transport.is_closing()
        if error.code in _COMPLAIN_ABOUT and listening:
            self._state.complain(f"{method}: {error.code} {error.description}")
        self._state.answers[error.code] += 1
        body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
        response = _json(error.code, body)
        if error.retry_after_seconds is not None:
            body["parameters"] = {"retry_after": error.retry_after_seconds}
            response = _json(error.code, body)
            response.headers["Retry-After"] = str(error.retry_after_seconds)
        return response

    def _check_token(self, token: str) -> None:
        if token == self._state.bot.token:
            return
        if not _TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        raise ApiError(401, "Unauthorized")

    def _has_faults(self) -> bool:
        return bool(self._faults.rules) or self._faults.outage

    async def _get_updates(self, parameters: Parameters) -> list[dict[str, Any]]:
        if self._webhook.url:
            raise ApiError(409, WEBHOOK_IS_ACTIVE)
        self._queue.allow(parameters.strings("allowed_updates"))
        limit = min(max(parameters.integer("limit", UPDATES_AT_ONCE), 1), UPDATES_AT_ONCE)
        seconds = min(max(parameters.integer("timeout"), 0), LONG_POLL_SECONDS_AT_MOST)
        return await self._queue.get(parameters.integer("offset"), limit, seconds)

    async def _set_webhook(self, parameters: Parameters) -> str:
        return await self._webhook.set(parameters)

    async def _delete_webhook(self, parameters: Parameters) -> str:
        return await self._webhook.delete(parameters)

    async def _get_webhook_info(self, _parameters: Parameters) -> dict[str, Any]:
        return self._webhook.info()


def _table(messages: MessageMethods, profile: ProfileMethods) -> dict[str, Method]:
    return {
        "getMe": profile.get_me,
        "sendMessage": messages.send_message,
        "sendDocument": messages.send_document,
        "editMessageText": messages.edit_message_text,
        "editMessageReplyMarkup": messages.edit_message_reply_markup,
        "deleteMessage": messages.delete_message,
        "deleteMessages": messages.delete_messages,
        "answerCallbackQuery": messages.answer_callback_query,
        "sendChatAction": messages.send_chat_action,
        "getFile": messages.get_file,
        "getChat": messages.get_chat,
        "getChatMember": messages.get_chat_member,
        "setMyCommands": profile.set_my_commands,
        "getMyCommands": profile.get_my_commands,
        "deleteMyCommands": profile.delete_my_commands,
        "setMyName": profile.set_my_name,
        "getMyName": profile.get_my_name,
        "setMyDescription": profile.set_my_description,
        "getMyDescription": profile.get_my_description,
        "setMyShortDescription": profile.set_my_short_description,
        "getMyShortDescription": profile.get_my_short_description,
        "setChatMenuButton": profile.set_chat_menu_button,
        "getChatMenuButton": profile.get_chat_menu_button,
    }


def _json(status: int, body: dict[str, Any]) -> web.Response:
    encoded = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(status=status, body=encoded, content_type="application/json")
