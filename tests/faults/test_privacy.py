"""No line of output and no metric holds a person's words, a name, an id or the token, however much is logged."""

import aiohttp
import pytest

from tests.faults.storage import Storage
from tests.faults.world import PARTS, Someone, World, part_text

NAME = "Quetzalcoatla"
MARK = "xylophonic"
SEARCH = "marzipanner"

_DISTINCTIVE = (NAME, MARK, SEARCH, "eleven steps", "seventeenth-of-never")


async def _talks_at_length(person: Someone) -> None:
    """Through every corner where words are taken, with some that nobody understands."""
    await person.opens_question()
    await person.tells(MARK)
    await person.submits()
    for text in (f"/history {SEARCH}", f"/{MARK}", f"/time {MARK}", f"/timezone {MARK}", "/pause seventeenth-of-never"):
        before = len(person.received())
        person.write(text)
        await person.sees(lambda _message, seen=before: len(person.received()) > seen)


def _assert_told_nothing(world: World, person: Someone) -> None:
    for child in world.children:
        told = [words for words in (*_DISTINCTIVE, str(person.id)) if words.lower() in child.output.lower()]
        assert told == []


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_conversation_leaves_no_trace_in_the_log(world: World, storage: Storage, way: str) -> None:
    """At LOG_LEVEL=debug, a long conversation and failing calls tell nothing about whom and what."""
    person = world.someone(87_654_321, NAME)
    child = await world.run(storage.url, LOG_LEVEL="debug", **world.way_in(way))
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery"):
        world.fault("bad_gateway", method=method)
        world.fault("reset_after", method=method)
    await _talks_at_length(person)
    _assert_told_nothing(world, person)
    assert child.events("telegram_unreachable")


async def test_refusal_that_quotes_the_words_is_logged_without_them(world: World, sqlite_url: str) -> None:
    """Telegram's reason may repeat the message; the log names the kind only."""
    person = world.someone(87_654_321, NAME)
    child = await world.run(sqlite_url, LOG_LEVEL="debug")
    for reason in ("can't parse entities: unexpected end in", "message is bad:", ""):
        description = f"Bad Request: {reason} {MARK} of {NAME}"
        world.fault("error", method="sendMessage", code=400, description=description, times=2)
    for text in ("/start", "/help", "/privacy"):
        person.write(f"{text} {MARK}")
    await child.logs("letter_rejected")
    _assert_told_nothing(world, person)


async def test_use_case_that_raises_is_logged_without_words(world: World, storage: Storage) -> None:
    """A bug (here: rows that cannot be read) is logged with its place; the person gets a sentence, not an error."""
    person = world.someone(87_654_321, NAME)
    child = await world.run(storage.url, LOG_LEVEL="debug")
    await person.opens_question()
    await person.tells(MARK, PARTS[:1])
    storage.change(f"UPDATE answers SET step = '{MARK}'")  # noqa: S608 - a fixed word
    person.write(part_text(MARK, "Task"))
    await child.logs("update_failed")
    await person.reads("wrong")
    storage.change(f"UPDATE people SET category_ids = '{MARK}'")  # noqa: S608 - a fixed word
    person.write(part_text(MARK, "Task"))
    await child.logs("update_failed", times=2)
    _assert_told_nothing(world, person)


async def test_metrics_tell_of_nobody(world: World, sqlite_url: str) -> None:
    """/metrics counts; no label and no value is a person's."""
    settings = world.way_in("webhook")
    person = world.someone(87_654_321, NAME)
    await world.run(sqlite_url, **settings)
    await _talks_at_length(person)
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{settings['WEB_PORT']}/metrics") as answer,
    ):
        metrics = await answer.text()
    assert answer.status == 200
    assert "starling" in metrics
    assert [words for words in (*_DISTINCTIVE, str(person.id), world.sandbox.token) if words in metrics] == []


async def test_export_and_deletion_leave_no_trace_either(world: World, storage: Storage) -> None:
    """/export and /deleteme handle everything at once; none of it reaches the log or stays in the database."""
    person = world.someone(87_654_321, NAME)
    await world.run(storage.url, LOG_LEVEL="debug")
    await person.opens_question()
    await person.tells(MARK, PARTS[:2])
    person.write("/export")
    await person.sees(lambda message: "document" in message.api)
    person.write("/deleteme")
    await person.press(_deletion_label(await person.sees(lambda message: "reply_markup" in message.api)))
    await person.sees(lambda _message: not storage.rows("SELECT id FROM people"))
    _assert_told_nothing(world, person)
    assert Storage(storage.url).rows("SELECT count(*) FROM segments") == [(0,)]


def _deletion_label(message: object) -> str:
    return "Delete everything"
