"""Sending, editing, deleting, and every refusal in Telegram's words."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.bot.sandbox.conftest import ANN, Line, button, keyboard

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_a_sent_message_has_the_shape_of_telegrams(line: Line) -> None:
    """The Message tells id, sender, chat, date, text, entities and keyboard; nobody is left to complain about."""
    await line.person()
    sent = await line.ok(
        "sendMessage",
        chat_id=ANN,
        text="<b>Hello</b> there",
        parse_mode="HTML",
        reply_markup=keyboard([button()]),
        link_preview_options={"is_disabled": True},
    )
    assert sent["from"]["is_bot"] is True
    assert sent["chat"] == {"id": ANN, "first_name": "Ann", "type": "private"}
    assert sent["text"] == "Hello there"
    assert sent["entities"] == [{"offset": 0, "length": 5, "type": "bold"}]
    assert sent["reply_markup"] == keyboard([button()])
    assert isinstance(sent["date"], int)
    assert line.sandbox.complaints == []


async def test_the_sandboxs_clock_dates_messages(session: aiohttp.ClientSession) -> None:
    """Messages carry the time of the clock that was given, not of this machine."""
    moment = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    sandbox = Sandbox(now=lambda: moment)
    await sandbox.start()
    try:
        line = Line(sandbox, session)
        await line.app("POST", "/people", user_id=ANN)
        assert (await line.write("hi"))["date"] == int(moment.timestamp())
    finally:
        await sandbox.stop()


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "Bad Request: text must be non-empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": "x" * 33000}, "Bad Request: text is too long"),
        ({"text": "x", "parse_mode": "HTLM"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "Bad Request: object expected as reply markup"),
        (
            {"text": "x", "reply_parameters": {"message_id": 999}},
            "Bad Request: message to be replied not found",
        ),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "x", "chat_id": 999}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": -100123}, "Bad Request: chat not found"),
    ],
)
async def test_a_wrong_message_is_refused(
    line: Line, parameters: dict[str, object], description: str
) -> None:
    """Each fault of sendMessage gets Telegram's text, and is remembered as a complaint."""
    await line.person()
    assert await line.refusal("sendMessage", **{"chat_id": ANN, **parameters}) == description
    assert line.sandbox.complaints == [f"sendMessage: 400 {description}"]


async def test_the_longest_text_is_measured_after_parsing(line: Line) -> None:
    """4096 units of text may carry tags on top."""
    await line.person()
    text = f"<b>{'x' * 4096}</b>"
    assert len((await line.ok("sendMessage", chat_id=ANN, text=text, parse_mode="HTML"))["text"]) == 4096


async def test_a_person_who_never_wrote_cannot_be_written_to(line: Line) -> None:
    """A bot cannot begin a conversation."""
    await line.person(started=False)
    text = "Forbidden: bot can't initiate conversation with a user"
    assert await line.refusal("sendMessage", chat_id=ANN, text="hi") == text


async def test_a_person_who_blocked_the_bot_cannot_be_written_to(line: Line) -> None:
    """Blocking answers 403 until the person unblocks; it is no fault of the bot's, so nobody complains."""
    await line.person()
    await line.app("POST", f"/people/{ANN}/block")
    assert (
        await line.refusal("sendMessage", chat_id=ANN, text="hi") == "Forbidden: bot was blocked by the user"
    )
    await line.app("POST", f"/people/{ANN}/unblock")
    await line.ok("sendMessage", chat_id=ANN, text="hi")
    assert line.sandbox.complaints == []


async def test_a_deleted_account_cannot_be_written_to(line: Line) -> None:
    """A deactivated person answers 403."""
    await line.person()
    await line.app("POST", f"/people/{ANN}/deactivate")
    assert await line.refusal("sendMessage", chat_id=ANN, text="hi") == "Forbidden: user is deactivated"


async def test_a_reply_shows_what_it_replies_to(line: Line) -> None:
    """reply_parameters puts the other message into the answer; a lost one may be allowed."""
    await line.person()
    asked = (await line.messages())[0]
    sent = await line.ok(
        "sendMessage", chat_id=ANN, text="x", reply_parameters={"message_id": asked["message_id"]}
    )
    assert sent["reply_to_message"]["text"] == "/start"
    lost = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await line.ok(
        "sendMessage", chat_id=ANN, text="x", reply_parameters=lost
    )


async def test_editing_replaces_text_and_keyboard(line: Line) -> None:
    """An edit without a keyboard takes the keyboard away, and dates the edit."""
    await line.person()
    sent = await line.ok("sendMessage", chat_id=ANN, text="one", reply_markup=keyboard([button()]))
    edited = await line.ok("editMessageText", chat_id=ANN, message_id=sent["message_id"], text="two")
    assert edited["text"] == "two"
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    assert (await line.messages())[-1]["edited"] is True


async def test_an_edit_that_changes_nothing_is_refused(line: Line) -> None:
    """The same text with the same keyboard is an error, another keyboard is not."""
    await line.person()
    sent = await line.ok(
        "sendMessage", chat_id=ANN, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard([button()])
    )
    same = {"chat_id": ANN, "message_id": sent["message_id"], "text": "<b>x</b>", "parse_mode": "HTML"}
    assert await line.refusal("editMessageText", **same, reply_markup=keyboard([button()])) == NOT_MODIFIED
    await line.ok("editMessageText", **same, reply_markup=keyboard([button("Other")]))


async def test_removing_a_keyboard_twice_is_refused(line: Line) -> None:
    """editMessageReplyMarkup without a keyboard removes it once."""
    await line.person()
    sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard([button()]))
    which = {"chat_id": ANN, "message_id": sent["message_id"]}
    assert "reply_markup" not in await line.ok("editMessageReplyMarkup", **which)
    assert await line.refusal("editMessageReplyMarkup", **which) == NOT_MODIFIED


async def test_what_may_not_be_edited(line: Line) -> None:
    """A person's message, a missing one, a document's text and one with a reply keyboard stay as they are."""
    await line.person()
    own = (await line.messages())[0]["message_id"]
    keys = {"keyboard": [[{"text": "Share", "request_location": True}]]}
    with_keys = (await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keys))["message_id"]
    removed = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup={"remove_keyboard": True})
    edit = "editMessageText"
    fixed = "Bad Request: message can't be edited"
    assert await line.refusal(edit, chat_id=ANN, message_id=own, text="y") == fixed
    assert await line.refusal(edit, chat_id=ANN, message_id=with_keys, text="y") == fixed
    assert await line.refusal(edit, chat_id=ANN, message_id=removed["message_id"], text="y") == fixed
    assert (
        await line.refusal(edit, chat_id=ANN, message_id=999, text="y")
        == "Bad Request: message to edit not found"
    )


async def test_an_edit_is_checked_like_a_new_message(line: Line) -> None:
    """Too long a text, and a keyboard that is not inline, are refused."""
    await line.person()
    sent = (await line.ok("sendMessage", chat_id=ANN, text="x"))["message_id"]
    which = {"chat_id": ANN, "message_id": sent}
    assert await line.refusal("editMessageText", **which, text="x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    keys = {"keyboard": [["A"]]}
    text = "Bad Request: inline keyboard expected"
    assert await line.refusal("editMessageText", **which, text="y", reply_markup=keys) == text


async def test_deleting(line: Line) -> None:
    """A message goes once; deleteMessages passes over what is gone, deleteMessage does not."""
    await line.person()
    first = (await line.ok("sendMessage", chat_id=ANN, text="x"))["message_id"]
    second = (await line.ok("sendMessage", chat_id=ANN, text="y"))["message_id"]
    await line.ok("deleteMessage", chat_id=ANN, message_id=first)
    text = "Bad Request: message to delete not found"
    assert await line.refusal("deleteMessage", chat_id=ANN, message_id=first) == text
    await line.ok("deleteMessages", chat_id=ANN, message_ids=[first, second])
    assert [message["text"] for message in await line.messages()] == ["/start"]
    text = "Bad Request: message identifiers are not specified"
    assert await line.refusal("deleteMessages", chat_id=ANN, message_ids=[]) == text
    many = list(range(1, 102))
    text = "Bad Request: too many message identifiers specified"
    assert await line.refusal("deleteMessages", chat_id=ANN, message_ids=many) == text


async def test_messages_older_than_two_days_cannot_be_deleted(session: aiohttp.ClientSession) -> None:
    """Telegram lets a bot delete for 48 hours."""
    clock = [datetime(2030, 1, 1, tzinfo=UTC)]
    sandbox = Sandbox(now=lambda: clock[0])
    await sandbox.start()
    try:
        line = Line(sandbox, session)
        await line.app("POST", "/people", user_id=ANN)
        await line.write("hi")
        sent = (await line.ok("sendMessage", chat_id=ANN, text="x"))["message_id"]
        clock[0] += timedelta(hours=48, seconds=1)
        text = "Bad Request: message can't be deleted for everyone"
        assert await line.refusal("deleteMessage", chat_id=ANN, message_id=sent) == text
    finally:
        await sandbox.stop()


async def test_a_document_can_be_sent_fetched_and_sent_again(line: Line) -> None:
    """An upload gets a file_id, a path to fetch it by, and a download for the person."""
    await line.person()
    form = aiohttp.FormData()
    form.add_field("chat_id", str(ANN))
    form.add_field("caption", "<i>yours</i>")
    form.add_field("parse_mode", "HTML")
    form.add_field("document", "# Größe".encode(), filename="answers.md", content_type="text/markdown")
    async with line.session.post(f"{line.root}/sendDocument", data=form) as answer:
        sent = (await answer.json())["result"]
    assert sent["caption"] == "yours"
    assert sent["caption_entities"] == [{"offset": 0, "length": 5, "type": "italic"}]
    document = sent["document"]
    assert (document["file_name"], document["file_size"]) == ("answers.md", 9)
    file = await line.ok("getFile", file_id=document["file_id"])
    async with line.session.get(
        f"{line.sandbox.url}/file/bot{line.sandbox.token}/{file['file_path']}"
    ) as answer:
        assert (await answer.read()).decode() == "# Größe"
    async with line.session.get(f"{line.sandbox.url}/sandbox/files/{document['file_id']}") as answer:
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''answers.md"
        assert (await answer.read()).decode() == "# Größe"
    again = await line.ok("sendDocument", chat_id=ANN, document=document["file_id"])
    assert again["document"] == document
    text = "Bad Request: there is no text in the message to edit"
    assert await line.refusal("editMessageText", chat_id=ANN, message_id=sent["message_id"], text="y") == text
    assert line.sandbox.complaints == [f"editMessageText: 400 {text}"]


async def test_a_document_is_refused_without_content_or_with_too_long_a_caption(line: Line) -> None:
    """No file, an unknown file_id, and 1025 units of caption."""
    await line.person()
    text = "Bad Request: there is no document in the request"
    assert await line.refusal("sendDocument", chat_id=ANN) == text
    text = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await line.refusal("sendDocument", chat_id=ANN, document="BQAC") == text
    text = "Bad Request: message caption is too long"
    assert await line.refusal("sendDocument", chat_id=ANN, document="BQAC", caption="x" * 1025) == text
    text = "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert await line.refusal("getFile", file_id="BQAC") == text


async def test_a_chat_action_is_shown_and_checked(line: Line) -> None:
    """Typing reaches the page; an action with no such name is refused."""
    await line.person()
    await line.ok("sendChatAction", chat_id=ANN, action="typing")
    event = line.sandbox.state.people[ANN].events.after(0)[-1][1]
    assert event == {"type": "typing", "action": "typing", "seconds": 5}
    text = "Bad Request: wrong parameter action in request"
    assert await line.refusal("sendChatAction", chat_id=ANN, action="yawning") == text


async def test_chats_and_members_can_be_read(line: Line) -> None:
    """getChat tells type and name, getChatMember the status; unknown ones are refused."""
    await line.person()
    assert (await line.ok("getChat", chat_id=ANN))["first_name"] == "Ann"
    assert (await line.ok("getChatMember", chat_id=ANN, user_id=ANN))["status"] == "member"
    assert await line.refusal("getChat", chat_id=77) == "Bad Request: chat not found"
    assert await line.refusal("getChatMember", chat_id=ANN, user_id=77) == "Bad Request: user not found"
