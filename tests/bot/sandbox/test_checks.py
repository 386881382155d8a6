"""Keyboards that Telegram refuses, and those it takes."""

from typing import Any

import pytest

from tests.bot.sandbox.conftest import ANN, Line, button, keyboard

_PARSE = "Bad Request: can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (keyboard([button(data="x" * 65)]), "Bad Request: BUTTON_DATA_INVALID"),
        (keyboard([button(data="ж" * 33)]), "Bad Request: BUTTON_DATA_INVALID"),
        (keyboard([button(data="")]), _PARSE + "Text buttons are unallowed in the inline keyboard"),
        (keyboard([{"text": "Go"}]), _PARSE + "Text buttons are unallowed in the inline keyboard"),
        (keyboard([{"callback_data": "x"}]), _PARSE + 'Can\'t find field "text"'),
        (
            keyboard([{"text": "Go", "callback_data": "x", "url": "https://example.org"}]),
            _PARSE + "exactly one action is allowed, not url and callback_data",
        ),
        (keyboard([button("")]), "Bad Request: inline keyboard button text must be non-empty"),
        (
            keyboard([{"text": "Go", "url": "http://localhost/x"}]),
            "Bad Request: inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
        (keyboard(*[[button()] * 4] * 26), "Bad Request: reply markup is too long"),
        (
            {"inline_keyboard": [button()]},
            'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"inline_keyboard": {}}, 'Bad Request: field "inline_keyboard" must be of type Array'),
        ({"keyboard": [["A"], "B"]}, 'Bad Request: field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [[{"text": ""}]]}, "Bad Request: keyboard button text must be non-empty"),
        (
            {"keyboard": [[7]]},
            "Bad Request: can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
    ],
)
async def test_a_wrong_keyboard_is_refused(line: Line, markup: dict[str, Any], description: str) -> None:
    """Each fault of a keyboard gets Telegram's text, or a stricter one where Telegram drops things silently."""
    await line.person()
    assert await line.refusal("sendMessage", chat_id=ANN, text="x", reply_markup=markup) == description


async def test_a_full_keyboard_is_taken(line: Line) -> None:
    """100 buttons with 64 bytes of data each, and a link, are allowed."""
    await line.person()
    rows = [[button(data="x" * 64)] * 4] * 24 + [
        [button()] * 3 + [{"text": "Site", "url": "https://example.org"}]
    ]
    sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard(*rows))
    assert sent["reply_markup"] == keyboard(*rows)
    assert line.sandbox.complaints == []


async def test_an_empty_keyboard_is_none(line: Line) -> None:
    """Rows without buttons leave no keyboard."""
    await line.person()
    sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard([], []))
    assert "reply_markup" not in sent


async def test_what_telegram_would_not_show_is_complained_about(line: Line) -> None:
    """An unknown field of a button, and nine buttons in a row."""
    await line.person()
    markup = keyboard([{**button(), "colour": "red"}], [button()] * 9)
    await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=markup)
    unknown, crowded = line.sandbox.complaints
    assert unknown.startswith("reply_markup: unknown field in button")
    assert crowded == "reply_markup: 9 buttons in a row, Telegram shows 8"


async def test_the_reply_keyboard_comes_and_goes(line: Line) -> None:
    """It is no part of the message; the chat keeps it until it is removed."""
    await line.person()
    keys = {
        "keyboard": [[{"text": "Share location", "request_location": True}], ["Skip"]],
        "resize_keyboard": True,
    }
    sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keys)
    assert "reply_markup" not in sent
    shown = (await line.app("GET", f"/people/{ANN}/messages"))["reply_keyboard"]
    assert shown["keyboard"] == [[{"text": "Share location", "request_location": True}], [{"text": "Skip"}]]
    await line.ok("sendMessage", chat_id=ANN, text="plain")
    assert (await line.app("GET", f"/people/{ANN}/messages"))["reply_keyboard"] == shown
    await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup={"remove_keyboard": True})
    assert (await line.app("GET", f"/people/{ANN}/messages"))["reply_keyboard"] is None


async def test_a_one_time_keyboard_goes_with_the_next_message(line: Line) -> None:
    """one_time_keyboard hides the keys once one was used."""
    await line.person()
    keys = {"keyboard": [["Yes"]], "one_time_keyboard": True}
    await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keys)
    await line.write("Yes")
    assert (await line.app("GET", f"/people/{ANN}/messages"))["reply_keyboard"] is None


async def test_a_group_cannot_be_asked_for_a_location(line: Line) -> None:
    """Keys that ask for private things are refused in groups."""
    group = (await line.app("POST", "/groups", title="Team"))["chat_id"]
    keys = {"keyboard": [[{"text": "Where", "request_location": True}]]}
    text = "Bad Request: location can be requested in private chats only"
    assert await line.refusal("sendMessage", chat_id=group, text="x", reply_markup=keys) == text
