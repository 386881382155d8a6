"""Telegram's servers in trouble, seen from inside: order, pauses, refusals, and updates of unknown shape."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.state import StoredMessage
from bot.transport.limits import ChatPace
from tests.faults.stand import Stand, stand
from tests.faults.world import PARTS, Someone, World, eventually, part_text, shown

RESUMED_SECONDS = 7.0
"""How soon after the end of an outage the first thing must happen; the longest pause is five seconds."""

LIMIT_SECONDS = 9
"""A 429 long enough to be waited for in the outbox instead of in memory."""


@pytest.fixture
async def telegram(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stand]:
    """An application on SQLite."""
    async with stand(sqlite_url, tmp_path) as built:
        yield built


@pytest.fixture
async def paced(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stand]:
    """The same at the pace that Telegram asks for."""
    async with stand(sqlite_url, tmp_path, pace_of=ChatPace.of, per_second=30) as built:
        yield built


def _texts(person: Someone) -> list[str]:
    return [shown(message) for message in person.received()]


def _heads(person: Someone) -> list[str]:
    return [text.partition("\n")[0] for text in _texts(person)]


async def test_order_in_a_chat_outlasts_a_long_outage(telegram: Stand) -> None:
    """Claims run out and are renewed as often as it takes; a later message never overtakes an earlier one."""
    person = telegram.someone()
    telegram.fault("reset_before", method="sendMessage", times=None)
    for command in ("/help", "/privacy", "/stats"):
        person.write(command)
    for _ in range(3):
        await telegram.world.called("sendMessage")
        telegram.clock.jump(timedelta(seconds=20))
    telegram.fault("clear")
    await person.sees(lambda _message: len(person.received()) == 3, seconds=RESUMED_SECONDS)
    assert _heads(person)[:2] == ["How it works", "What is stored"]
    await eventually(telegram.is_done)
    assert len(person.received()) == 3


async def test_reply_done_without_our_knowing_comes_twice_at_most(telegram: Stand) -> None:
    """When the answer to a call is lost nobody knows whether it was done, so it is made again, once."""
    person = telegram.someone()
    telegram.fault("reset_after", method="sendMessage")
    for command in ("/help", "/privacy"):
        person.write(command)
    await person.reads("Not stored:")
    await telegram.rests()
    assert _heads(person) == ["How it works", "How it works", "What is stored"]


async def test_many_failures_at_once_count_as_one(telegram: Stand) -> None:
    """Twenty calls that fail in the same second are one outage and not twenty in a row."""
    people = [telegram.someone() for _ in range(20)]
    telegram.fault("bad_gateway", method="sendMessage", times=None)
    for person in people:
        person.write("/help")
    await telegram.world.called("sendMessage")
    await asyncio.sleep(0.3)
    telegram.fault("clear")
    for person in people:
        await person.reads("/history", seconds=3.0)
    assert [len(person.received()) for person in people] == [1] * 20


@pytest.mark.slow
async def test_work_goes_on_within_seconds_after_an_outage(telegram: Stand) -> None:
    """However long nothing got through, pauses stay short: people wait on the other side."""
    person, other = telegram.someone(), telegram.someone()
    await person.opens_question()
    telegram.fault("outage")
    texts = [person.write(part_text("outage", part)) for part in PARTS[:2]]
    await asyncio.sleep(19.5)
    other.write("/help")
    telegram.fault("outage", on=False)
    await other.reads("/history", seconds=RESUMED_SECONDS)
    await person.reads("Step 3/4", after=texts[-1], seconds=RESUMED_SECONDS)
    assert telegram.storage.words_of(person.id) == [part_text("outage", part) for part in PARTS[:2]]
    await eventually(telegram.is_done)
    assert len(set(_texts(person))) == len(_texts(person))


async def test_letter_that_telegram_never_takes_stops_nobody(telegram: Stand) -> None:
    """A call that always ends in a 500 while others pass is that chat's trouble; nobody else waits for it."""
    unlucky, other = telegram.someone(), telegram.someone()
    telegram.fault("error", method="sendMessage", chat_id=unlucky.id, code=500, times=None)
    unlucky.write("/help")
    for number in range(6):
        await asyncio.sleep(0.4)
        other.write(f"/nothing{number}")
    began = time.monotonic()
    await other.reads("nothing5")
    assert time.monotonic() - began < 4.0
    telegram.fault("clear")
    await unlucky.reads("/history")


@pytest.mark.slow
async def test_limit_of_one_chat_keeps_its_order(paced: Stand) -> None:
    """What is said while a chat waits for a long 429 comes after what waited already, and each once."""
    person = paced.someone()
    paced.fault("flood", method="sendMessage", retry_after=LIMIT_SECONDS)
    person.write("/help")
    await eventually(lambda: bool(paced.events("telegram_limited")))
    began = time.monotonic()
    person.write("/privacy")
    await asyncio.sleep(LIMIT_SECONDS - 0.5)
    person.write("/settings")
    await person.reads("Settings")
    assert time.monotonic() - began >= LIMIT_SECONDS - 0.1
    assert _heads(person) == ["How it works", "What is stored", "Settings"]


@pytest.mark.slow
async def test_letters_withdrawn_during_a_limit_hold_nothing_up(paced: Stand) -> None:
    """What was put off may be deleted meanwhile; what is said then goes as soon as the limit is over."""
    person = paced.someone()
    paced.fault("flood", method="sendMessage", retry_after=LIMIT_SECONDS)
    person.write("/help")
    await eventually(lambda: paced.storage.rows("SELECT attempts FROM outbox") == [(1,)])
    person.write("/deleteme")
    person.write("/privacy")
    await eventually(lambda: paced.storage.rows("SELECT attempts FROM outbox") == [(1,)] * 3)
    paced.storage.change("DELETE FROM outbox WHERE id < (SELECT max(id) FROM outbox)")
    await person.reads("Not stored:", seconds=LIMIT_SECONDS + 3)
    assert len(person.received()) == 1


@pytest.mark.slow
async def test_long_limit_of_all_is_waited_for_in_order(paced: Stand) -> None:
    """After a long 429 for everybody nothing goes before its end; then everything goes, in order in each chat."""
    people = [paced.someone() for _ in range(4)]
    paced.fault("flood", method="sendMessage", retry_after=LIMIT_SECONDS, times=2)
    began = time.monotonic()
    for command in ("/help", "/privacy"):
        for person in people:
            person.write(command)
    await eventually(lambda: any(event["covers_all"] for event in paced.events("telegram_limited")))
    await asyncio.sleep(2.0)
    before = [len(person.received()) for person in people]
    for person in people:
        await person.reads("Not stored:")
    assert sum(before) <= 2  # what was in flight with the second refusal
    assert time.monotonic() - began >= LIMIT_SECONDS
    assert [_heads(person) for person in people] == [["How it works", "What is stored"]] * 4


async def test_deactivated_account_is_left_alone(telegram: Stand) -> None:
    """ "User is deactivated" pauses the person as a block does; what waited for them is dropped."""
    gone, other = telegram.someone(7301), telegram.someone(7302)
    for person in (gone, other):
        telegram.sandbox.state.person(person.id).started = True
    telegram.sandbox.people.deactivate(telegram.sandbox.state.person(gone.id))
    telegram.storage.add_people_due(range(7301, 7303))
    await telegram.app.scheduler.tick()
    await other.sees(_anything)
    await eventually(telegram.is_done)
    blocked = telegram.storage.rows(
        "SELECT id FROM people WHERE next_push_at IS NULL AND blocked_at IS NOT NULL"
    )
    assert blocked == [(gone.id,)]


async def test_edit_that_changes_nothing_is_done(telegram: Stand) -> None:
    """ "Message is not modified" means that the message looks as it should."""
    person = telegram.someone()
    person.write("/start q_failure-failed")
    description = "Bad Request: message is not modified: specified new message content is exactly the same"
    telegram.fault("error", method="editMessageText", code=400, description=description)
    card = await person.press("Answer")
    await eventually(telegram.is_done)
    assert telegram.events("letter_rejected") == []
    assert [message.api["message_id"] for message in person.received()] == [card]
    await person.tells("same", PARTS[:1])


async def test_tap_that_cannot_be_answered_in_time_works(telegram: Stand) -> None:
    """ "Query is too old" concerns the spinner on the button; what the button does is done."""
    person = telegram.someone()
    description = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    telegram.fault("error", method="answerCallbackQuery", code=400, description=description, times=None)
    await person.opens_question()
    await person.tells("old", PARTS[:1])


@pytest.mark.parametrize(
    "reason", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
async def test_edit_of_a_message_long_gone_comes_as_a_new_one(telegram: Stand, reason: str) -> None:
    """The content is what the person asked for; where it stands matters less."""
    person = telegram.someone()
    person.write("/start q_failure-failed")
    telegram.fault("error", method="editMessageText", code=400, description=f"Bad Request: {reason}")
    card = await person.press("Answer")
    await person.reads("Step 1/4", after=card + 1)


async def test_buttons_of_a_message_long_gone_are_no_error(telegram: Stand) -> None:
    """When only buttons were to change and their message is gone, there is nothing to say and nothing to log."""
    person = telegram.someone()
    await person.opens_question()
    await person.tells("gone")
    await person.submits()
    description = "Bad Request: message to edit not found"
    telegram.fault("error", method="editMessageReplyMarkup", code=400, description=description)
    await person.press("Good")
    await eventually(telegram.is_done)
    assert telegram.events("letter_rejected") == []
    assert telegram.storage.rows("SELECT rating FROM answers") == [(3,)]


async def test_typing_sign_that_hangs_delays_nothing(paced: Stand) -> None:
    """ "Is typing" is a courtesy; the message itself never waits for it."""
    person = paced.someone()
    paced.fault("hang", method="sendChatAction", seconds=8, times=None)
    for command in ("/help", "/privacy", "/stats", "/nothing"):
        person.write(command)
    await person.reads("/nothing", seconds=4.0)


_ODD_ANSWERS = [
    "",
    "{",
    "null",
    '{"ok": true}',
    '{"ok": true, "result": null}',
    '{"ok": true, "result": [null, 7, "x", [], {}]}',
    '{"ok": false}',
]


async def test_answers_of_no_sense_are_outlasted(telegram: Stand) -> None:
    """Whatever getUpdates brings instead of updates is a pause and a new try."""
    person = telegram.someone()
    for number, body in enumerate(_ODD_ANSWERS):
        telegram.fault("answer", method="getUpdates", body=body)
        person.write(f"/nothing{number}")
        await person.reads(f"/nothing{number}")
        await eventually(lambda: not telegram.sandbox.faults.rules)
        telegram.fault("clear")


async def test_unreadable_update_does_not_hold_up_the_rest(
    telegram: Stand, capfd: pytest.CaptureFixture[str]
) -> None:
    """An update that cannot be read is passed over, once, and nothing of it is told to the log."""
    person = telegram.someone()
    user = {"id": person.id, "is_bot": False, "first_name": "Ann"}
    chat = {"id": person.id, "type": "private"}
    message = {"message_id": 5, "date": 1_790_000_000, "from": user, "chat": chat, "text": "xylophonic"}
    odd = [
        7,
        {"text": "xylophonic"},
        {**message, "date": 10**18},
        {**message, "date": "xylophonic"},
        {**message, "from": {"id": 10**30, "is_bot": False, "first_name": "xylophonic"}},
        {**message, "chat": "xylophonic"},
        {**message, "text": 7},
        {**message, "text": ["xylophonic"]},
        {**message, "location": {"latitude": "x", "longitude": None}},
    ]
    for payload in odd:
        telegram.sandbox.updates.add("message", payload, person.id)
    person.write("/help")
    await person.reads("/history")
    await eventually(lambda: not telegram.sandbox.updates.pending)
    assert telegram.events("poll_failed") == []
    assert "xylophonic" not in "".join(capfd.readouterr()) + str(telegram.log)
    telegram.log.clear()  # that they were passed over may be told in whichever way


async def test_unknown_kinds_and_fields_are_passed_over(telegram: Stand) -> None:
    """A newer Telegram sends more than this bot knows; that hurts nothing."""
    person = telegram.someone()
    queue = telegram.sandbox.updates
    queue.allowed = queue.allowed | {"telepathy", "message_reaction"}
    queue.add("telepathy", {"thought": {"deep": True}}, person.id)
    queue.add("message_reaction", {"chat": {"id": person.id, "type": "private"}, "message_id": 1}, person.id)
    user = {"id": person.id, "is_bot": False, "first_name": "Ann", "aura": "blue"}
    chat = {"id": person.id, "type": "private", "mood": 7}
    message = {
        "message_id": 5,
        "date": 1_790_000_000,
        "from": user,
        "chat": chat,
        "text": "/help",
        "smell": ["x"],
    }
    telegram.sandbox.state.person(person.id).started = True
    queue.add("message", message, person.id)
    await person.reads("/history")
    await eventually(lambda: not queue.pending)


async def test_update_ids_that_restart_lower_are_handled(sqlite_url: str, tmp_path: Path) -> None:
    """After a quiet week ids go on at random, perhaps far below; nothing is taken for old because of that."""
    first = Sandbox(limits=None, first_update_id=800_000_000)
    async with stand(sqlite_url, tmp_path, sandbox=first) as built:
        person = built.someone()
        person.write("/help")
        await person.reads("/history")
        port = int(first.url.rpartition(":")[2])
        await first.stop()
        second = Sandbox(limits=None, first_update_id=700_000_000)
        await second.start(port=port)
        try:
            late = World(second, tmp_path).someone(person.id)
            late.write("/privacy")
            await late.reads("Not stored:")
        finally:
            await second.stop()


def _anything(_message: StoredMessage) -> bool:
    return True
