"""The methods about the bot itself: its name, texts, commands and menu button."""

import json
import re
from typing import Any

from bot.sandbox import checks
from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import Json, State

COMMANDS_AT_MOST = 100
COMMAND_DESCRIPTION_CHARACTERS = 256
NAME_CHARACTERS = 64
DESCRIPTION_CHARACTERS = 512
SHORT_DESCRIPTION_CHARACTERS = 120
"""Sizes as the Bot API documents them (setMyCommands, setMyName, setMyDescription, setMyShortDescription)."""

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
_SCOPES = _CHAT_SCOPES | {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_SHOWN_SCOPES = ("all_private_chats", "default")


class ProfileMethods:
    """Methods whose names begin with getMy, setMy and deleteMy, and the menu button."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._bot = state.bot

    def get_me(self, _parameters: Parameters) -> Json:
        """The User of the bot, with what only getMe tells."""
        return {
            **self._bot.user,
            "can_join_groups": True,
            "can_read_all_group_messages": self._bot.reads_all_group_messages,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def set_my_commands(self, parameters: Parameters) -> bool:
        """Replace the commands of a scope and language."""
        given = parameters.structure("commands", "can't parse commands JSON object")
        if given is None:
            given = []
        if not isinstance(given, list):
            raise bad_request("expected an Array of BotCommand")
        if len(given) > COMMANDS_AT_MOST:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        commands = [_command(item) for item in given]
        self._bot.commands[self._scope(parameters)] = commands
        self._tell()
        return True

    def get_my_commands(self, parameters: Parameters) -> list[Json]:
        """The commands of exactly this scope and language; empty when there are none."""
        return self._bot.commands.get(self._scope(parameters), [])

    def delete_my_commands(self, parameters: Parameters) -> bool:
        """Forget the commands of a scope and language."""
        self._bot.commands.pop(self._scope(parameters), None)
        self._tell()
        return True

    def shown_commands(self, language_code: str = "") -> list[Json]:
        """The commands in the menu of a private chat: the narrower scope first, the own language first."""
        for kind in _SHOWN_SCOPES:
            for language in dict.fromkeys((language_code, "")):
                commands = self._bot.commands.get((json.dumps({"type": kind}), language))
                if commands:
                    return commands
        return []

    def set_my_name(self, parameters: Parameters) -> bool:
        """Set the name, by language; an empty one takes it back."""
        return _set_text(self._bot.names, parameters, "name", NAME_CHARACTERS)

    def get_my_name(self, parameters: Parameters) -> Json:
        """The name in a language."""
        return {"name": _get_text(self._bot.names, parameters) or self._bot.first_name}

    def set_my_description(self, parameters: Parameters) -> bool:
        """Set what an empty chat shows, by language."""
        return _set_text(self._bot.description, parameters, "description", DESCRIPTION_CHARACTERS)

    def get_my_description(self, parameters: Parameters) -> Json:
        """What an empty chat shows, in a language."""
        return {"description": _get_text(self._bot.description, parameters)}

    def set_my_short_description(self, parameters: Parameters) -> bool:
        """Set the text of the bot's profile page, by language."""
        texts = self._bot.short_description
        return _set_text(texts, parameters, "short_description", SHORT_DESCRIPTION_CHARACTERS)

    def get_my_short_description(self, parameters: Parameters) -> Json:
        """The text of the bot's profile page, in a language."""
        return {"short_description": _get_text(self._bot.short_description, parameters)}

    def set_chat_menu_button(self, parameters: Parameters) -> bool:
        """Set the menu button of a chat, or of all when no chat is given."""
        given = parameters.structure("menu_button", "can't parse menu button JSON object")
        if given is not None and (
            not isinstance(given, dict) or given.get("type") not in ("commands", "web_app", "default")
        ):
            raise bad_request("can't parse menu button: MenuButton has unsupported type")
        chat_id = checks.chat_to_read(self._state, parameters).id if parameters.has("chat_id") else 0
        self._bot.menu_buttons[chat_id] = given or {"type": "default"}
        return True

    def get_chat_menu_button(self, parameters: Parameters) -> Json:
        """The menu button of a chat, or of all when no chat is given."""
        buttons = self._bot.menu_buttons
        return buttons.get(parameters.integer("chat_id")) or buttons.get(0) or {"type": "default"}

    def _scope(self, parameters: Parameters) -> tuple[str, str]:
        scope: Any = parameters.structure("scope", "can't parse BotCommandScope JSON object")
        if scope is None:
            scope = {"type": "default"}
        if not isinstance(scope, dict):
            raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
        if scope.get("type") not in _SCOPES:
            raise bad_request("can't parse BotCommandScope: Unsupported type specified")
        if scope["type"] in _CHAT_SCOPES:
            checks.chat_to_read(self._state, Parameters(scope))
        return json.dumps(scope), parameters.text("language_code")

    def _tell(self) -> None:
        self._state.tell_everybody({"type": "commands", "commands": self.shown_commands()})


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = str(item.get("command", "")), str(item.get("description", ""))
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= COMMAND_DESCRIPTION_CHARACTERS:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command.removeprefix("/"), "description": description}


def _set_text(texts: dict[str, str], parameters: Parameters, name: str, characters: int) -> bool:
    text = parameters.text(name)
    if len(text) > characters:
        # Telegram's own text is not known; that it refuses is documented.
        raise bad_request(f"{name} is too long")
    texts[parameters.text("language_code")] = text
    return True


def _get_text(texts: dict[str, str], parameters: Parameters) -> str:
    return texts.get(parameters.text("language_code")) or texts.get("", "")
