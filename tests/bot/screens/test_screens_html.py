"""Every screen, with the worst a person can type and the longest a pack may hold, as Telegram's own parser reads it."""

import inspect
import json
import re
from collections.abc import Mapping
from html import unescape
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.practice import PART_UNITS_MAX
from bot.domain.terms import PARTS, Part
from bot.sandbox.markup import PARSE_INPUT_BYTES
from bot.screens import (
    account,
    after,
    amending,
    answering,
    detail,
    export,
    general,
    history,
    mock,
    packs,
    placing,
    practice,
    question,
    replying,
    stats,
    stories,
    target,
)
from bot.screens import settings as settings_screen
from bot.screens.buttons import CALLBACK_DATA_BYTES
from bot.screens.history import Submitted
from bot.screens.layout import CAPTION_UNITS, MESSAGE_UNITS
from bot.screens.message import Document, Message
from content.schema import Question
from tests.bot.screens.families import (
    FAMILIES,
    after_screens,
    answering_screens,
    detail_screens,
    history_screens,
)
from tests.bot.screens.worst import (
    ID,
    LONG_ID,
    LONG_LINE,
    NEEDLE,
    NOW,
    TEXTS,
    ZONE,
    longest_category,
    longest_question,
)

tdjson = pytest.importorskip("tdjson", reason="the tdjson wheel is not installed")


def parsed(html: str) -> str:
    """The visible text, as Telegram's parser gives it.

    Raises AssertionError if Telegram would refuse the HTML.
    """
    answer = _td({"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}})
    assert answer["@type"] == "formattedText", answer
    return str(answer["text"])


def _td(query: Mapping[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(query).encode()))
    return answer


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> None:
    _td({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def check(message: Message) -> str:
    """The visible text of a message that Telegram would take as it is meant.

    Raises AssertionError for one that it would refuse, or show otherwise.
    """
    assert len(message.html.encode()) <= PARSE_INPUT_BYTES
    text = parsed(message.html)
    assert text == unescape(re.sub(r"</?(?:b|i|blockquote|blockquote expandable)>", "", message.html))
    assert text.strip()
    assert len(text.encode("utf-16-le")) // 2 <= MESSAGE_UNITS
    buttons = [button for row in message.rows for button in row]
    assert len(buttons) <= 100
    for row in message.rows:
        assert 1 <= len(row) <= 8
    for button in buttons:
        assert button.label.strip()
        assert bool(button.data) != bool(button.url)
        assert len(button.data.encode()) <= CALLBACK_DATA_BYTES
    for keys in message.reply_rows or ():
        assert all(key.label.strip() for key in keys)
    return text


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
@settings(max_examples=12, deadline=None)
@given(text=TEXTS, texts=st.fixed_dictionaries(dict.fromkeys(PARTS, TEXTS)))
@example(text=NEEDLE, texts=dict.fromkeys(PARTS, ""))
@example(text="😀" * 2048, texts=dict.fromkeys(PARTS, "😀" * 10_000))
@example(text="&" * 4096, texts=dict.fromkeys(PARTS, "&" * PART_UNITS_MAX))
@example(text=LONG_LINE[:4096], texts=dict.fromkeys(PARTS, LONG_LINE))
def test_telegram_shows_every_screen_as_it_is_meant(family, text: str, texts: dict[Part, str]) -> None:
    """It parses to the text that was meant, within the limits of Telegram, whatever was typed."""
    for message in family(text, texts):
        check(message)


@pytest.mark.parametrize("family", [answering_screens, after_screens, history_screens, detail_screens])
def test_a_persons_words_are_shown_as_typed(family) -> None:
    """Signs that HTML would read stand on the screen as they were typed."""
    story = f"We sold 120 {NEEDLE} in 3 days, and I rang 9 people."
    shown = [check(message) for message in family(story, dict.fromkeys(PARTS, story))]
    assert sum(NEEDLE in text for text in shown) >= len(shown) // 4


@pytest.mark.parametrize("screen", [settings_screen.zone_not_found, general.unknown_command])
def test_what_was_not_understood_is_repeated_as_typed(screen) -> None:
    """A name that is not known is told back literally."""
    assert NEEDLE in check(screen(NEEDLE))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_every_screen_is_checked(family) -> None:
    """A function that makes a message stands in the list above, so that none escapes these tests."""
    modules: dict[str, list[ModuleType]] = {
        "after_screens": [after],
        "answering_screens": [answering],
        "amending_screens": [amending],
        "detail_screens": [detail],
        "general_screens": [account, general, stats],
        "history_screens": [history],
        "packs_screens": [packs],
        "mock_screens": [mock],
        "placing_screens": [placing],
        "practice_screens": [practice],
        "question_screens": [question],
        "replying_screens": [replying],
        "settings_screens": [settings_screen],
        "stories_screens": [stories],
        "target_screens": [target],
    }
    source = inspect.getsource(family)
    for module in modules[family.__name__]:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            makes = "Message" in str(function.__annotations__.get("return", ""))
            if makes and function.__module__ == module.__name__ and not name.startswith("_"):
                assert f".{name}(" in source, name


def test_every_ready_made_message_is_sound() -> None:
    """Messages and notices that stand as constants are taken by Telegram too; a notice has at most 200 units."""
    for module in (
        account,
        after,
        amending,
        answering,
        detail,
        general,
        history,
        packs,
        mock,
        placing,
        practice,
        question,
        replying,
        settings_screen,
        stats,
        stories,
        target,
    ):
        for name, value in vars(module).items():
            if isinstance(value, Message):
                check(value)
            elif isinstance(value, str) and name.isupper() and name not in {"WELCOME", "DESCRIPTION"}:
                assert len(value.encode("utf-16-le")) // 2 <= 200, name


def test_the_profile_fits() -> None:
    """Descriptions and commands are within Telegram's limits (setMyDescription, setMyShortDescription, BotCommand)."""
    assert len(general.DESCRIPTION) <= 512
    assert len(general.SHORT_DESCRIPTION) <= 120
    for name, line in general.COMMANDS:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= len(line) <= 256


def test_captions_fit() -> None:
    """The captions of all files parse and are short enough."""
    text = NEEDLE * 30
    entry = Submitted(ID, NOW, text, text, 1, None, dict.fromkeys(PARTS, text))
    record = export.Record({}, [{"text": text}] * 20, [], [], [], [])
    files: list[Document] = [
        *export.markdown([entry] * 9, [entry], ZONE, NOW.date(), limit_bytes=9_000),
        *export.complete(record, NOW.isoformat(), NOW.date(), limit_bytes=2_000),
    ]
    assert len(files) > 4
    for file in files:
        assert 0 < len(parsed(file.caption_html)) <= CAPTION_UNITS


def _widened(value: Any) -> Any:
    """The same with every text in it made of emoji, as many characters as before; ids stay."""
    if isinstance(value, dict):
        return {key: _widened(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_widened(each) for each in value]
    return value.replace("<b>&amp;x ", "😀" * 10) if isinstance(value, str) else value


def test_a_pack_in_emoji_still_fits() -> None:
    """A pack's limits count characters, which may be two units each: what does not fit a message is split."""
    wide = _widened(longest_question().model_dump())
    wide["id"] = LONG_ID
    asked = Question.model_validate(wide)
    for message in (
        *after.model(asked, dict.fromkeys(PARTS, "x" * 900), ID),
        *map(Message, after.model_only(asked)),
    ):
        check(message)


def test_no_tip_of_a_category_is_left_out() -> None:
    """However much a pack says about its category, all of it is shown."""
    category = longest_category()
    shown = "\n".join(map(check, general.category_tips(category)))
    lines = [*category.tips, *category.wanted, *category.red_flags, *category.outcomes]
    named = [*category.indicators, *category.kinds]
    assert shown.count("•") == len(lines) + len(named)


@pytest.mark.parametrize("number", [60, 120])
def test_many_categories_do_not_burst_the_keyboard(number: int) -> None:
    """With more packs than a keyboard has room for, the screens still go out."""
    categories = [longest_category()] * number
    for page in range(number // 20 + 1):
        check(general.practice(categories, 9, page))
        check(settings_screen.choose_categories(categories, None, page))
