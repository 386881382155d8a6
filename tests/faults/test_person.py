"""What people send, however odd: it is kept as typed or refused in a sentence, and never breaks anything.

Commands, media and forged buttons in mid-answer are in `tests.dialogs.test_refusals`.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.transport.limits import ChatPace
from tests.faults.stand import Stand, stand
from tests.faults.world import PARTS, Someone, eventually, part_text, shown

_ODD_WORDS = {
    "html": "<b>&\"'</b></blockquote><a href='x'>&amp;&lt;<!-- ",
    "right to left": "שלום ‏عليكم‎ abc ⁧ghi⁩",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufeff",
    "emoji": "👩‍👩‍👧‍👦🏴‍☠️🇩🇪👍🏽 😀😀",
    "markdown": "*a* _b_ `c` [d](e) ||f|| ```g```",
    "combining": "e" + "\u0301" * 40 + " z͎͗ͣḁ̵̑l̉̃ͦg̐̓̒o",
}


@pytest.fixture
async def bot(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stand]:
    """An application on SQLite."""
    async with stand(sqlite_url, tmp_path) as built:
        yield built


async def _set_up(bot: Stand) -> Someone:
    person = bot.someone()
    for text in ("/start", "8:30", "Europe/Berlin"):
        person.write(text)
    await bot.rests()
    await person.opens_question()
    return person


def _all_shown(person: Someone) -> str:
    return "\n".join(shown(message) for message in person.received())


@pytest.mark.parametrize("words", _ODD_WORDS.values(), ids=_ODD_WORDS)
async def test_words_are_shown_as_typed_everywhere(bot: Stand, words: str) -> None:
    """In steps, review, coach's reading, model answer, history, search, comparison and export, nothing is
    interpreted and nothing is refused."""
    person = await _set_up(bot)
    for attempt in range(2):
        await person.tells(words)
        message_id = person.write("/question")
        await person.reads("You are at the review", after=message_id)
        assert words in shown(await person.reads(words, after=message_id))
        await person.press("Continue")
        await person.submits()
        await bot.rests()
        if not attempt:
            await person.press("Try again")
            await person.reads("Step 1/4", after=message_id)
    assert bot.storage.words_of(person.id) == 2 * [part_text(words, part) for part in PARTS]
    message_id = person.write(f"/history {words}")
    await person.reads("History", after=message_id)
    message_id = person.write("/history eleven steps")
    await person.reads("2 answers", after=message_id)
    await person.press("1")
    await person.press("Compare attempts")
    await bot.rests()
    person.write("/export")
    await bot.rests()
    files = [
        bot.sandbox.state.files[message.api["document"]["file_id"]]
        for message in person.received()
        if "document" in message.api
    ]
    assert len(files) == 2


@pytest.mark.parametrize(
    "command", ["", "/history", "/time", "/timezone", "/pause", "/start", "/start q_", "/help", "/x"]
)
@pytest.mark.parametrize(
    "words",
    [*_ODD_WORDS.values(), "x" * 4000, "😀" * 2040, "9" * 4000, ": " * 2000],
    ids=[*_ODD_WORDS, "long", "long emoji", "long number", "colons"],
)
async def test_any_argument_is_answered(bot: Stand, command: str, words: str) -> None:
    """Whatever stands behind a command, or is typed where a setting is asked for, gets one calm reply, soon."""
    person = bot.someone()
    began = time.monotonic()
    if command:
        person.write(f"{command} {words}"[:4096])
    else:
        for opening in ("/time", "/timezone", "/pause"):
            person.write(opening)
            person.write(words)
    await bot.rests()
    assert time.monotonic() - began < 3.0
    assert person.received()
    assert "went wrong" not in _all_shown(person)


async def test_search_finds_words_with_accents_behind_their_letters(bot: Stand) -> None:
    """Some keyboards send an accent as a sign of its own; such a word is one word."""
    person = await _set_up(bot)
    await person.tells("cafe\u0301s garc\u0327on")
    await person.submits()
    message_id = person.write("/history cafe\u0301s garc\u0327on")
    await person.reads("1 answer", after=message_id)


async def test_part_of_4096_emoji(bot: Stand) -> None:
    """Two messages of 2,048 emoji, 4,096 units each, are one part, and every screen of it fits into a message."""
    person = await _set_up(bot)
    person.write("😀" * 4096)
    await bot.rests()
    bot.clock.jump(timedelta(seconds=10))  # what comes at once would be a rest of the text
    await person.tells("emoji", PARTS[1:])
    assert bot.storage.rows("SELECT length(situation) FROM answers")[-1] == (4096,)
    await person.submits()
    person.write("/history")
    await person.press("1")
    await bot.rests()


async def test_nul_and_broken_characters_are_taken(bot: Stand) -> None:
    """What no database and no JSON can hold is left out or replaced; the words around it stay."""
    person = await _set_up(bot)
    for part in PARTS:
        await bot.receives(person, text=f"one\x00two \ud83d three \ude00 {part_text('x', part)}")
    await person.reads("Review")
    stored = bot.storage.words_of(person.id)
    assert [text.split(" x ")[0] for text in stored] == ["onetwo � three �"] * 4


@pytest.mark.parametrize(
    "text", [" ", "\n\n", "\u200b", "\u2060\u200d\ufeff", "\u3164", "\u2800 \u00ad", "\u202e\u202c", "\x00"]
)
async def test_text_without_anything_to_see_is_no_part(bot: Stand, text: str) -> None:
    """Nothing that a person could see was sent, so nothing is taken and the step stays open."""
    person = await _set_up(bot)
    await bot.receives(person, text=text)
    await bot.rests()
    assert bot.storage.words_of(person.id) == []
    assert "You are still at Situation" in _all_shown(person)


@pytest.mark.slow
async def test_200_messages_in_a_second(sqlite_url: str, tmp_path: Path) -> None:
    """All are taken, in order; the chat is not flooded with what was overtaken, and the last word is how it stands."""
    async with stand(sqlite_url, tmp_path, pace_of=ChatPace.of, per_second=30) as bot:
        person = await _set_up(bot)
        before = len(person.received())
        texts = [f"sentence number {number} of the many that I had to say about it" for number in range(200)]
        for text in texts:
            person.write(text)
        await bot.rests()
        assert bot.storage.words_of(person.id) == texts
        await asyncio.sleep(0.2)
        assert len(person.received()) - before <= 12
        assert "Review" in shown(person.received()[-1])
        assert "number 199" in bot.storage.rows("SELECT result FROM answers")[-1][0]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["/help", "hello", "/question", "/nothing", "sticker"])
async def test_one_thing_100_times_is_answered_a_few_times(
    sqlite_url: str, tmp_path: Path, text: str
) -> None:
    """The same reply is not sent again while it is still on its way."""
    async with stand(sqlite_url, tmp_path, pace_of=ChatPace.of, per_second=30) as bot:
        person = bot.someone()
        for command in ("/start", "8:30", "Europe/Berlin"):
            person.write(command)
        await bot.rests()
        before = len(person.received())
        for _ in range(100):
            if text == "sticker":
                bot.sandbox.people.send_media(bot.sandbox.state.person(person.id), {"kind": "sticker"})
            else:
                person.write(text)
        await bot.rests()
        assert 1 <= len(person.received()) - before <= 8


async def test_parts_sent_at_once_go_where_they_belong(bot: Stand) -> None:
    """Messages that come while the one before is being handled wait for it."""
    person = await _set_up(bot)
    for part in PARTS:
        person.write(part_text("once", part))
    await person.reads("Review")
    stored = bot.storage.rows("SELECT situation, task, action, result FROM answers WHERE situation <> ''")
    assert stored == [tuple(part_text("once", part) for part in PARTS)]


async def test_album_gets_one_sentence(bot: Stand) -> None:
    """Ten photos sent as one are one thing to the person who sent them."""
    person = await _set_up(bot)
    before = len(person.received())
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 9, "height": 9}]
    for _ in range(10):
        await bot.receives(person, photo=photo, media_group_id="77")
    await bot.receives(person, photo=photo)
    await bot.rests()
    said = [shown(message) for message in person.received()[before:]]
    assert len(said) == 2
    assert all("still at Situation" in text for text in said)


async def test_caption_is_no_part(bot: Stand) -> None:
    """A caption goes with its picture; the person is told that nothing of it was kept."""
    person = await _set_up(bot)
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 9, "height": 9}]
    await bot.receives(person, photo=photo, caption=part_text("caption", "Situation"))
    await person.reads("did not keep that")
    assert bot.storage.words_of(person.id) == []


async def test_forwarded_text_is_a_text(bot: Stand) -> None:
    """People keep their stories in other chats and forward them."""
    person = await _set_up(bot)
    origin = {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "Me"}
    await bot.receives(person, text=part_text("forwarded", "Situation"), forward_origin=origin)
    await person.reads("Step 2/4")
    assert bot.storage.words_of(person.id) == [part_text("forwarded", "Situation")]


async def test_edited_command_and_edited_strangers_do_nothing(bot: Stand) -> None:
    """An edit changes a stored part or nothing, and says so; a command that was edited is not given again."""
    person = await _set_up(bot)
    command = person.write("/help")
    await bot.rests()
    said = len(person.received())
    state = bot.sandbox.state.person(person.id)
    bot.sandbox.people.edit(state, command, "/deleteme")
    await bot.rests()
    bot.sandbox.people.edit(state, command, part_text("edited", "Situation"))
    await bot.rests()
    told = [message.api["text"] for message in person.received()[said:]]
    assert [text.split(",")[0] for text in told] == [
        "An edit runs no command",
        "That message is in none of your answers",
    ]
    assert bot.storage.words_of(person.id) == []


async def test_edit_of_a_message_of_a_deleted_answer_brings_it_not_back(bot: Stand) -> None:
    """The edit goes into the deleted answer, in case it is brought back, and says so; it stays deleted."""
    person = await _set_up(bot)
    message_id = person.write(part_text("gone", "Situation"))
    await person.tells("gone", PARTS[1:])
    await person.submits()
    person.write("/history")
    await person.press("1")
    await person.press("Delete")
    await bot.rests()
    said = len(person.received())
    bot.sandbox.people.edit(bot.sandbox.state.person(person.id), message_id, "other words than before")
    await bot.rests()
    told = [message.api["text"] for message in person.received()[said:]]
    assert told == ["Your Situation is changed in the deleted answer."]
    person.write("/history")
    await bot.rests()
    assert "1 deleted answer can be brought back" in person.received()[-1].api["text"]


async def test_location_in_mid_answer_loses_nothing(bot: Stand) -> None:
    """A place is taken for the zone; the draft stands where it stood."""
    person = await _set_up(bot)
    await person.tells("place", PARTS[:1])
    await bot.receives(person, location={"latitude": 22.57, "longitude": 88.36})
    await bot.rests()
    await person.tells("place", PARTS[1:2])
    assert bot.storage.words_of(person.id) == [part_text("place", part) for part in PARTS[:2]]


@pytest.mark.parametrize("has_message", [True, False])
async def test_buttons_of_last_month_work(sqlite_url: str, tmp_path: Path, has_message: bool) -> None:
    """Telegram no longer shows the message to the bot (date 0), or not at all; what the button does comes as new."""
    async with stand(sqlite_url, tmp_path, sandbox_complains=True) as bot:
        person = await _set_up(bot)
        state = bot.sandbox.state.person(person.id)
        query = {"id": "5", "from": state.user, "chat_instance": "1", "data": "ans:failure-mistake"}
        if has_message:
            query["message"] = {"chat": state.chat.info, "message_id": 3, "date": 0}
            state.chat.messages.pop(3)
        after = person.received()[-1].api["message_id"]
        await bot.deliver("callback_query", query)
        await person.reads("Step 1/4", after=after + 1)
        answered = bot.sandbox.state.requests["answerCallbackQuery"]
        await bot.deliver("callback_query", {**query, "id": "6", "data": "rate:1:3"})
        await eventually(lambda: bot.sandbox.state.requests["answerCallbackQuery"] > answered)


async def test_double_taps_do_a_thing_once(bot: Stand) -> None:
    """Two taps on [Submit] submit once, with one set of replies."""
    person = await _set_up(bot)
    await person.tells("twice")
    review = await person.press("Submit")
    [(answer_id,)] = bot.storage.rows("SELECT max(id) FROM answers")
    data = f"submit:{answer_id}"
    state = bot.sandbox.state.person(person.id)
    toast = await bot.sandbox.people.press(state, review, data, forged=True)
    await bot.rests()
    assert "already submitted" in (toast["text"] or "")
    assert bot.storage.rows("SELECT count(*) FROM answers WHERE submitted_at IS NOT NULL") == [(1,)]
    assert sum("A model answer" in shown(message) for message in person.received()) == 1


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("/help!", "How it works"),
        ("/help, please", "How it works"),
        ("/HELP", "How it works"),
        ("/time08:30", "08:30"),
        ("/time: 9:15", "09:15"),
        ("/pause3 days", "aus"),
        ("/helpme", "I do not know /helpme"),
        ("/history?", "Nothing here yet"),
    ],
)
async def test_command_glued_to_text_is_understood(bot: Stand, text: str, reply: str) -> None:
    """A command with something right behind it is meant as a command; it never becomes part of an answer."""
    person = await _set_up(bot)
    message_id = person.write(text)
    await person.reads(reply, after=message_id)
    assert bot.storage.words_of(person.id) == []


async def test_text_that_only_begins_with_a_slash_is_a_text(bot: Stand) -> None:
    """A story may begin with a path."""
    person = await _set_up(bot)
    text = "/etc/passwd was world writable, " + part_text("slash", "Situation")
    person.write(text)
    await person.reads("Step 2/4")
    assert bot.storage.words_of(person.id) == [text]


@pytest.mark.parametrize(
    "code", [None, "", "en", "pt-br", "zh-hans", "xx", "e", "-", "de-DE-1996", "😀", "x" * 500, "\x00"]
)
async def test_any_language_code_is_good_enough(bot: Stand, code: str | None) -> None:
    """It only helps to guess likely zones."""
    person = bot.someone()
    state = bot.sandbox.state.person(person.id)
    state.user = {**state.user, "language_code": code}
    state.started = True
    for text in ("/start", "8:30"):
        await bot.receives(person, text=text)
    await bot.rests()
    assert "went wrong" not in _all_shown(person)
    assert len(person.received()) == 2
