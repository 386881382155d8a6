"""What people do, and how it reaches the bot."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.people import split_as_the_app_does
from bot.sandbox.server import Sandbox
from tests.bot.sandbox.conftest import ANN, Line, button, keyboard

QUERY_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_text_reaches_the_bot_with_its_command_marked(line: Line) -> None:
    """/start with a payload, as a deep link sends it."""
    await line.person(started=False)
    await line.app("POST", "/people", user_id=ANN, language_code="de")
    await line.write("/start q_failure-failed")
    (update,) = await line.updates()
    message = update["message"]
    assert message["text"] == "/start q_failure-failed"
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert message["from"] == {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "de"}
    assert message["chat"]["id"] == ANN
    assert "outgoing" not in message


async def test_a_person_gets_a_fresh_id_and_stays_known(line: Line) -> None:
    """Without user_id the sandbox chooses one; with a known one it changes the name."""
    made = await line.app("POST", "/people", first_name="Bo")
    again = await line.app("POST", "/people", user_id=made["user_id"], first_name="Bea")
    assert again["first_name"] == "Bea"
    assert (await line.app("GET", "/people"))["people"] == [again]


async def test_a_long_text_arrives_in_pieces(line: Line) -> None:
    """Telegram's app cuts at 4096 units and sends the pieces at once, in order."""
    await line.person()
    sent = await line.app("POST", f"/people/{ANN}/messages", text="a" * 4096 + "b" * 5)
    assert [len(message["text"]) for message in sent["messages"]] == [4096, 5]
    assert [update["message"]["text"][0] for update in await line.updates()] == ["a", "b"]


def test_a_cut_never_falls_within_a_character() -> None:
    """An emoji at the edge moves to the next piece whole."""
    assert split_as_the_app_does("x" * 4095 + "😀y") == ["x" * 4095, "😀y"]
    assert split_as_the_app_does("x" * 4096) == ["x" * 4096]


async def test_a_reply_names_the_message(line: Line) -> None:
    """reply_to puts the other message into the update."""
    await line.person()
    asked = await line.ok("sendMessage", chat_id=ANN, text="How?")
    await line.app("POST", f"/people/{ANN}/messages", text="So.", reply_to=asked["message_id"])
    (update,) = await line.updates()
    assert update["message"]["reply_to_message"]["text"] == "How?"


async def test_editing_an_own_message_reaches_the_bot(line: Line) -> None:
    """edited_message carries the new text under the old id."""
    await line.person()
    sent = await line.write("one")
    await line.updates()
    path = f"/people/{ANN}/messages/{sent['message_id']}"
    await line.app("PATCH", path, text="two /cancel")
    (update,) = await line.updates()
    edited = update["edited_message"]
    assert (edited["message_id"], edited["text"]) == (sent["message_id"], "two /cancel")
    assert edited["entities"][0]["type"] == "bot_command"
    assert "edit_date" in edited
    bots = await line.ok("sendMessage", chat_id=ANN, text="x")
    await line.app("PATCH", f"/people/{ANN}/messages/{bots['message_id']}", text="y", status=404)


async def test_deleting_a_message_is_not_told(line: Line) -> None:
    """As in Telegram, the bot never learns of it."""
    await line.person()
    sent = await line.write("oops")
    await line.updates()
    await line.app("DELETE", f"/people/{ANN}/messages/{sent['message_id']}")
    assert await line.updates() == []
    assert [message["text"] for message in await line.messages()] == ["/start"]


async def test_a_press_waits_for_its_answer(line: Line) -> None:
    """The query carries the message and the data; the answer carries text and alert."""
    await line.person()
    sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard([button()]))
    press = asyncio.create_task(
        line.app("POST", f"/people/{ANN}/press", message_id=sent["message_id"], data="go")
    )
    (update,) = await line.ok("getUpdates", timeout=5)
    query = update["callback_query"]
    assert query["message"] == sent
    assert (query["data"], query["from"]["id"]) == ("go", ANN)
    assert isinstance(query["chat_instance"], str)
    await line.ok("answerCallbackQuery", callback_query_id=query["id"], text="Done", show_alert=True)
    assert await press == {"answered": True, "text": "Done", "show_alert": True, "url": None}


async def test_a_press_is_answered_once_and_in_time(line: Line) -> None:
    """A second answer and an unknown id are refused; an unanswered press tells so."""
    await line.person()
    sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard([button()]))
    answer = await line.app("POST", f"/people/{ANN}/press", message_id=sent["message_id"], data="go")
    assert answer == {"answered": False, "text": None, "show_alert": False, "url": None}
    query = (await line.updates())[0]["callback_query"]["id"]
    await line.ok("answerCallbackQuery", callback_query_id=query)
    assert await line.refusal("answerCallbackQuery", callback_query_id=query) == QUERY_TOO_OLD
    assert await line.refusal("answerCallbackQuery", callback_query_id="1") == QUERY_TOO_OLD
    text = "Bad Request: MESSAGE_TOO_LONG"
    assert await line.refusal("answerCallbackQuery", callback_query_id=query, text="x" * 201) == text


async def test_a_late_answer_is_refused(session: aiohttp.ClientSession) -> None:
    """After `callback_seconds` Telegram has forgotten the press."""
    sandbox = Sandbox(press_seconds=0.05, callback_seconds=0.02)
    await sandbox.start()
    try:
        line = Line(sandbox, session)
        await line.person()
        sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard([button()]))
        await line.app("POST", f"/people/{ANN}/press", message_id=sent["message_id"], data="go")
        query = (await line.updates())[0]["callback_query"]["id"]
        assert await line.refusal("answerCallbackQuery", callback_query_id=query) == QUERY_TOO_OLD
    finally:
        await sandbox.stop()


async def test_only_a_forged_press_may_be_off_the_keyboard(line: Line) -> None:
    """The app knows the current buttons only; an attacker is not bound to them."""
    await line.person()
    sent = await line.ok("sendMessage", chat_id=ANN, text="x", reply_markup=keyboard([button()]))
    path, which = f"/people/{ANN}/press", {"message_id": sent["message_id"], "data": "other"}
    await line.app("POST", path, status=404, **which)
    await line.app("POST", path, forged=True, **which)
    assert (await line.updates())[0]["callback_query"]["data"] == "other"
    await line.ok("editMessageText", chat_id=ANN, message_id=sent["message_id"], text="y")
    await line.app("POST", path, status=404, message_id=sent["message_id"], data="go")


@pytest.mark.parametrize(
    "kind",
    [
        "sticker",
        "photo",
        "voice",
        "video",
        "video_note",
        "audio",
        "animation",
        "document",
        "contact",
        "poll",
        "dice",
    ],
)
async def test_media_reach_the_bot(line: Line, kind: str) -> None:
    """Each kind stands under its own name in the message."""
    await line.person()
    await line.app("POST", f"/people/{ANN}/media", kind=kind, caption="look")
    (update,) = await line.updates()
    assert kind in update["message"]
    assert "text" not in update["message"]


async def test_a_document_of_a_person_can_be_fetched(line: Line) -> None:
    """Its content is the text that was given."""
    await line.person()
    await line.app("POST", f"/people/{ANN}/media", kind="document", filename="a.txt", content="abc")
    (update,) = await line.updates()
    file = await line.ok("getFile", file_id=update["message"]["document"]["file_id"])
    async with line.session.get(
        f"{line.sandbox.url}/file/bot{line.sandbox.token}/{file['file_path']}"
    ) as answer:
        assert await answer.read() == b"abc"


async def test_a_document_may_hold_any_bytes(line: Line) -> None:
    """The page sends files as they are; what is no base64 is refused."""
    await line.person()
    given = {"kind": "document", "filename": "a.bin", "content_base64": "AP+A"}
    await line.app("POST", f"/people/{ANN}/media", **given)
    (update,) = await line.updates()
    file = await line.ok("getFile", file_id=update["message"]["document"]["file_id"])
    url = f"{line.sandbox.url}/file/bot{line.sandbox.token}/{file['file_path']}"
    async with line.session.get(url) as answer:
        assert await answer.read() == b"\x00\xff\x80"
    await line.app("POST", f"/people/{ANN}/media", status=400, **given | {"content_base64": "A"})


async def test_a_location_reaches_the_bot(line: Line) -> None:
    """Shared places come as numbers; places off the globe do not come."""
    await line.person()
    await line.app("POST", f"/people/{ANN}/location", latitude=52.5, longitude=13.4)
    (update,) = await line.updates()
    assert update["message"]["location"] == {"latitude": 52.5, "longitude": 13.4}
    await line.app("POST", f"/people/{ANN}/location", latitude=152.5, longitude=13.4, status=400)


async def test_blocking_is_told_as_membership(line: Line) -> None:
    """my_chat_member goes from member to kicked and back; a blocked chat cannot be written in."""
    await line.person()
    await line.app("POST", f"/people/{ANN}/block")
    await line.app("POST", f"/people/{ANN}/block")
    await line.app("POST", f"/people/{ANN}/messages", text="hi", status=409)
    await line.app("POST", f"/people/{ANN}/unblock")
    changes = [update["my_chat_member"] for update in await line.updates()]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]
    assert changes[0]["new_chat_member"]["user"]["is_bot"] is True
    assert changes[0]["from"]["id"] == ANN


async def test_in_a_group_the_bot_sees_what_speaks_to_it(line: Line) -> None:
    """Privacy mode: commands and mentions only. The bot may answer there until it is thrown out."""
    group = (await line.app("POST", "/groups", title="Team", user_id=ANN))["chat_id"]
    added = await line.updates()
    assert [kind for update in added for kind in update if kind != "update_id"] == [
        "my_chat_member",
        "message",
    ]
    for text in ("just talk", "/question", "what do you think, @starling_sandbox_bot"):
        await line.app("POST", f"/groups/{group}/messages", user_id=ANN, text=text)
    seen = [update["message"] for update in await line.updates()]
    assert [message["text"] for message in seen] == ["/question", "what do you think, @starling_sandbox_bot"]
    assert seen[0]["chat"] == {"id": group, "title": "Team", "type": "supergroup"}
    await line.ok("sendMessage", chat_id=group, text="Write to me alone.")
    assert (await line.app("GET", f"/groups/{group}/messages"))["messages"][-1][
        "text"
    ] == "Write to me alone."
    await line.app("POST", f"/groups/{group}/kick")
    text = "Forbidden: bot was kicked from the supergroup chat"
    assert await line.refusal("sendMessage", chat_id=group, text="x") == text


@pytest.mark.parametrize("text", ["half \ud83d an emoji", "\udc00", "\ude00\ud83d"])
async def test_half_a_character_becomes_the_sign_for_one_unknown(line: Line, text: str) -> None:
    """A text cut within a character is sent as Telegram's apps do, which have no half characters; so is an edit."""
    uid = await line.person()
    shown = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    sent = await line.write(text)
    assert sent["text"] == shown
    edited = await line.app("PATCH", f"/people/{uid}/messages/{sent['message_id']}", text=f"more {text}")
    assert edited["message"]["text"] == f"more {shown}"
    assert [body["message"]["text"] for body in await line.updates() if "message" in body] == [shown]


async def test_half_a_character_in_a_group_and_a_name(line: Line) -> None:
    """The same for all else that people give: what they are called, and what they write in groups."""
    await line.app("POST", "/people", user_id=502, first_name="Ann \ud83d")
    group = await line.app("POST", "/groups", title="Choir \ud83d", user_id=502)
    sent = await line.app("POST", f"/groups/{group['chat_id']}/messages", user_id=502, text="/help \ud83d")
    assert sent["message"]["text"] == "/help \ufffd"
    assert group["title"] == "Choir \ufffd"


async def test_half_a_character_of_the_bot_is_refused(line: Line) -> None:
    """Telegram takes only whole characters from a bot, and says so."""
    uid = await line.person()
    refusal = await line.refusal("sendMessage", chat_id=uid, text="half \ud83d")
    assert refusal == "Bad Request: strings must be encoded in UTF-8"


async def test_two_halves_make_a_whole(line: Line) -> None:
    """JSON may write an emoji as two escapes; that is one character."""
    await line.person()
    assert (await line.write("fine \U0001f600"))["text"] == "fine \U0001f600"
