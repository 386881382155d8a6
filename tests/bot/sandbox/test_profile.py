"""What the bot tells about itself."""

import pytest

from tests.bot.sandbox.conftest import ANN, Line


async def test_get_me_tells_the_bot(line: Line) -> None:
    """The id is the token's first part."""
    me = await line.ok("getMe")
    assert str(me["id"]) == line.sandbox.token.partition(":")[0]
    assert me["is_bot"] is True
    assert me["can_read_all_group_messages"] is False


async def test_commands_are_kept_by_scope_and_language(line: Line) -> None:
    """Each scope and language has its own list; a person's menu takes the narrowest."""
    default = [{"command": "help", "description": "Help"}]
    private = [{"command": "start", "description": "Begin"}]
    german = [{"command": "start", "description": "Anfangen"}]
    scope = {"type": "all_private_chats"}
    await line.ok("setMyCommands", commands=default)
    await line.ok("setMyCommands", commands=private, scope=scope)
    await line.ok("setMyCommands", commands=german, scope=scope, language_code="de")
    assert await line.ok("getMyCommands") == default
    assert (await line.app("GET", "/bot"))["commands"] == private
    assert (await line.app("GET", "/bot?language_code=de"))["commands"] == german
    await line.ok("deleteMyCommands", scope=scope)
    assert (await line.app("GET", "/bot"))["commands"] == default


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"commands": [{"command": "Start", "description": "x"}]}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "Bad Request: BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x", "description": ""}]}, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "x", "description": "x"}] * 101}, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
        ({"commands": "["}, "Bad Request: can't parse commands JSON object"),
        ({"commands": {}}, "Bad Request: expected an Array of BotCommand"),
        ({"commands": ["x"]}, "Bad Request: can't parse BotCommand: expected an Object"),
        (
            {"commands": [], "scope": {"type": "everybody"}},
            "Bad Request: can't parse BotCommandScope: Unsupported type specified",
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 9}}, "Bad Request: chat not found"),
    ],
)
async def test_wrong_commands_are_refused(
    line: Line, parameters: dict[str, object], description: str
) -> None:
    """Names, descriptions, number and scope are checked."""
    assert await line.refusal("setMyCommands", **parameters) == description


async def test_name_and_texts_are_set_and_read(line: Line) -> None:
    """Each has a getter, a size, and shows in the client API."""
    await line.ok("setMyName", name="Lark")
    await line.ok("setMyDescription", description="d" * 512)
    await line.ok("setMyShortDescription", short_description="s" * 120)
    assert await line.ok("getMyName") == {"name": "Lark"}
    assert await line.ok("getMyDescription", language_code="de") == {"description": "d" * 512}
    assert await line.ok("getMyShortDescription") == {"short_description": "s" * 120}
    shown = await line.app("GET", "/bot")
    assert (shown["first_name"], shown["description"]) == ("Lark", "d" * 512)
    assert (await line.bot("setMyName", name="x" * 65))["error_code"] == 400
    assert (await line.bot("setMyDescription", description="x" * 513))["error_code"] == 400
    assert (await line.bot("setMyShortDescription", short_description="x" * 121))["error_code"] == 400


async def test_the_menu_button_is_kept_by_chat(line: Line) -> None:
    """A chat without an own button has the general one."""
    await line.person()
    await line.ok("setChatMenuButton", menu_button={"type": "commands"})
    assert await line.ok("getChatMenuButton", chat_id=ANN) == {"type": "commands"}
    await line.ok("setChatMenuButton", chat_id=ANN, menu_button={"type": "default"})
    assert await line.ok("getChatMenuButton", chat_id=ANN) == {"type": "default"}
    assert (await line.bot("setChatMenuButton", menu_button={"type": "x"}))["error_code"] == 400
