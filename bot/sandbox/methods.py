"""The methods that send, change and delete messages, and answer buttons. Errors are raised as `ApiError`."""

import mimetypes
from typing import Any

from bot.sandbox import checks
from bot.sandbox.callbacks import Callbacks
from bot.sandbox.errors import NOT_MODIFIED, ApiError, bad_request
from bot.sandbox.limits import FloodGate
from bot.sandbox.markup import Parser, utf16_length
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Chat, Json, KeyboardKind, State, StoredFile, StoredMessage

DELETABLE_SECONDS = 48 * 3600
"""Older messages stay (Bot API, deleteMessage)."""
DOWNLOAD_BYTES = 20 * 1024 * 1024
"""Larger files cannot be fetched by a bot (Bot API, getFile)."""
IDS_AT_ONCE = 100
"""Most messages deleted in one call (Bot API, deleteMessages)."""
TYPING_SECONDS = 5
"""How long a chat action is shown (Bot API, sendChatAction)."""

_COMPARED = ("text", "entities", "reply_markup")
_RECORDED = ("video", "voice", "video_note")
_UPLOADED = (*_RECORDED, "photo", "audio", "document")
_CHAT_ACTIONS = frozenset(
    ["typing", "choose_sticker", "find_location", "cancel", "record_audio"]
    + [f"record_{what}" for what in _RECORDED]
    + [f"upload_{what}" for what in _UPLOADED]
)


class MessageMethods:
    """Methods whose names begin with send, edit, delete and answer, and those that read chats and files."""

    def __init__(self, state: State, parser: Parser, gate: FloodGate, callbacks: Callbacks) -> None:
        self._state = state
        self._parser = parser
        self._gate = gate
        self._callbacks = callbacks

    def send_message(self, parameters: Parameters) -> Json:
        """Send a text; the Message sent."""
        raw = parameters.text("text")
        if not raw:
            raise bad_request("message text is empty")
        text, entities = self._parse(raw, parameters, "entities")
        chat = checks.chat_to_write(self._state, parameters)
        kind, keyboard = checks.read_keyboard(parameters, chat, self._complain)
        checks.check_text(text)
        content = _reply_content(checks.reply_to(chat, parameters))
        content |= _text_content(text, entities, parameters)
        self._gate.pass_send(chat.id, utf16_length(text))
        return self._send(chat, content, kind, keyboard)

    def send_document(self, parameters: Parameters) -> Json:
        """Send an uploaded file, or one sent before by its file_id; the Message sent."""
        caption, entities = self._parse(parameters.text("caption"), parameters, "caption_entities")
        chat = checks.chat_to_write(self._state, parameters)
        kind, keyboard = checks.read_keyboard(parameters, chat, self._complain)
        checks.check_caption(caption)
        reply = _reply_content(checks.reply_to(chat, parameters))
        file = self._document(parameters)
        self._gate.pass_send(chat.id, utf16_length(caption))
        content: Json = {**reply, "document": document_object(file)}
        if caption:
            content["caption"] = caption
            if entities:
                content["caption_entities"] = entities
        return self._send(chat, content, kind, keyboard)

    def edit_message_text(self, parameters: Parameters) -> Json:
        """Put another text into a message of the bot; the Message as it is now."""
        raw = parameters.text("text")
        if not raw:
            raise bad_request("message text is empty")
        text, entities = self._parse(raw, parameters, "entities")
        chat = checks.chat_to_write(self._state, parameters)
        keyboard = checks.read_inline_keyboard(parameters, chat, self._complain)
        stored = checks.message_to_edit(chat, parameters)
        if "text" not in stored.api:
            raise bad_request("there is no text in the message to edit")
        checks.check_text(text, editing=True)
        kept = ("reply_to_message",)
        content = {name: stored.api[name] for name in kept if name in stored.api}
        content |= _text_content(text, entities, parameters)
        return self._edit(chat, stored, content, keyboard)

    def edit_message_reply_markup(self, parameters: Parameters) -> Json:
        """Put another inline keyboard under a message of the bot, or none; the Message as it is now."""
        chat = checks.chat_to_write(self._state, parameters)
        keyboard = checks.read_inline_keyboard(parameters, chat, self._complain)
        stored = checks.message_to_edit(chat, parameters)
        head = ("message_id", "from", "chat", "date", "edit_date", "reply_markup")
        content = {name: value for name, value in stored.api.items() if name not in head}
        return self._edit(chat, stored, content, keyboard)

    def delete_message(self, parameters: Parameters) -> bool:
        """Delete one message of a chat, whoever wrote it."""
        if not parameters.has("chat_id"):
            raise bad_request("Chat identifier is not specified")
        message_id = parameters.integer("message_id")
        if message_id == 0:
            raise bad_request("Message identifier is not specified")
        chat = checks.chat_to_write(self._state, parameters)
        if message_id not in chat.messages:
            raise bad_request("message to delete not found")
        self._delete(chat, [message_id])
        return True

    def delete_messages(self, parameters: Parameters) -> bool:
        """Delete up to 100 messages of a chat; those that are gone already are passed over."""
        given = parameters.structure("message_ids", "can't parse message_ids JSON object")
        if not given:
            raise bad_request("Message identifiers are not specified")
        if not isinstance(given, list):
            raise bad_request("Expected an Array of message identifiers")
        if len(given) > IDS_AT_ONCE:
            raise bad_request("Too many message identifiers specified")
        try:
            ids = [int(item) for item in given]
        except (TypeError, ValueError):
            raise bad_request("Message identifier must be a Number") from None
        chat = checks.chat_to_write(self._state, parameters)
        self._delete(chat, [message_id for message_id in ids if message_id in chat.messages])
        return True

    def answer_callback_query(self, parameters: Parameters) -> bool:
        """Tell the person who pressed a button that it was understood, with a text or without."""
        text = parameters.text("text")
        if utf16_length(text) > checks.CALLBACK_TEXT_UNITS:
            raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
        url = parameters.text("url") or None
        self._callbacks.answer(
            parameters.text("callback_query_id"), text or None, parameters.flag("show_alert"), url
        )
        return True

    def send_chat_action(self, parameters: Parameters) -> bool:
        """Show for five seconds that the bot is typing or the like."""
        action = parameters.text("action")
        if action not in _CHAT_ACTIONS:
            raise bad_request("Wrong parameter action in request")
        chat = checks.chat_to_write(self._state, parameters)
        self._tell(chat, {"type": "typing", "action": action, "seconds": TYPING_SECONDS})
        return True

    def get_file(self, parameters: Parameters) -> Json:
        """The File with the path from which it can be fetched."""
        if not parameters.has("file_id"):
            raise bad_request("file_id not specified")
        file = self._state.files.get(parameters.text("file_id"))
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        return {**_file_object(file), "file_path": file.path}

    def get_chat(self, parameters: Parameters) -> Json:
        """The ChatFullInfo of a chat."""
        chat = checks.chat_to_read(self._state, parameters)
        gifts = dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        )
        return {**chat.info, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}

    def get_chat_member(self, parameters: Parameters) -> Json:
        """The ChatMember: everybody known is a plain member."""
        chat = checks.chat_to_read(self._state, parameters)
        user_id = parameters.integer("user_id")
        if user_id <= 0:
            raise bad_request("Invalid user_id specified")
        if user_id == self._state.bot.id:
            return {"user": self._state.bot.user, "status": "member" if chat.bot_is_member else "kicked"}
        person = self._state.people.get(user_id)
        if person is None:
            raise bad_request("user not found")
        return {"user": person.user, "status": "member"}

    def _parse(self, raw: str, parameters: Parameters, entities: str) -> tuple[str, list[Json]]:
        given = parameters.structure(entities, f"can't parse {entities} JSON object")
        return self._parser.parse(raw, parameters.text("parse_mode"), given)

    def _document(self, parameters: Parameters) -> StoredFile:
        given = parameters.text("document")
        upload = parameters.uploads.get(given.removeprefix("attach://") or "document")
        if upload is not None:
            if not upload.content:
                raise bad_request("file must be non-empty")
            guessed = mimetypes.guess_type(upload.filename)[0]
            return self._state.add_file(upload.filename, guessed or upload.mime_type, upload.content)
        if not given:
            raise bad_request("There is no document in the request")
        known = self._state.files.get(given)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return known

    def _send(self, chat: Chat, content: Json, kind: KeyboardKind, keyboard: Json | None) -> Json:
        if kind == "inline":
            content["reply_markup"] = keyboard
        stored = self._state.add_message(chat, self._state.bot.user, content, outgoing=False, keyboard=kind)
        self._tell(chat, {"type": "message", "message": client_message(stored)})
        if kind == "reply" and chat.is_private:
            shown = keyboard if keyboard and "keyboard" in keyboard else None
            self._state.people[chat.id].reply_keyboard = shown
            self._tell(chat, {"type": "reply_keyboard", "reply_keyboard": shown})
        return stored.api

    def _edit(self, chat: Chat, stored: StoredMessage, content: Json, keyboard: Json | None) -> Json:
        api: Json = {name: stored.api[name] for name in ("message_id", "from", "chat", "date")}
        api |= content
        if keyboard is not None:
            api["reply_markup"] = keyboard
        if all(api.get(name) == stored.api.get(name) for name in _COMPARED):
            raise bad_request(NOT_MODIFIED)
        self._gate.pass_edit(chat.id)
        api["edit_date"] = self._state.timestamp()
        stored.api = api
        stored.keyboard = "inline" if keyboard is not None else "none"
        self._tell(chat, {"type": "edited", "message": client_message(stored)})
        return api

    def _delete(self, chat: Chat, message_ids: list[int]) -> None:
        oldest_allowed = self._state.timestamp() - DELETABLE_SECONDS
        for message_id in message_ids:
            stored = chat.messages[message_id]
            if stored.api["date"] < oldest_allowed:
                raise bad_request("message can't be deleted for everyone")
            if stored.outgoing and not chat.is_private:
                raise bad_request("message can't be deleted")
        for message_id in message_ids:
            del chat.messages[message_id]
        if message_ids:
            self._tell(chat, {"type": "deleted", "message_ids": message_ids})

    def _tell(self, chat: Chat, event: Json) -> None:
        if chat.is_private:
            self._state.people[chat.id].events.add(event)

    def _complain(self, text: str) -> None:
        self._state.complain(text)


def client_message(stored: StoredMessage) -> Json:
    """The message as a chat page gets it: the Bot API's, with ``outgoing`` and ``edited``."""
    return {**stored.api, "outgoing": stored.outgoing, "edited": "edit_date" in stored.api}


def document_object(file: StoredFile) -> Json:
    """The Document of a file."""
    return {"file_name": file.name, "mime_type": file.mime_type, **_file_object(file)}


def _file_object(file: StoredFile) -> Json:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.content)}


def _reply_content(replied: StoredMessage | None) -> Json:
    if replied is None:
        return {}
    nested = {name: value for name, value in replied.api.items() if name != "reply_to_message"}
    return {"reply_to_message": nested}


def _text_content(text: str, entities: list[Json], parameters: Parameters) -> Json:
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    options: Any = parameters.structure(
        "link_preview_options", "can't parse link preview options JSON object"
    )
    if options is not None:
        if not isinstance(options, dict):
            raise bad_request("object expected as link preview options")
        if options:
            content["link_preview_options"] = options
    return content
