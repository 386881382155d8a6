"""Every screen, with the worst a person can type and the longest a pack may hold, as Telegram's own parser reads it."""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from html import escape, unescape
from itertools import product
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain import coach
from bot.domain import mock as mocked
from bot.domain.practice import PART_UNITS_MAX, Amended, Draft, Segment, Step
from bot.domain.stories import NAME_UNITS_MAX
from bot.domain.streak import Streak
from bot.domain.target import Phase
from bot.domain.terms import PARTS, AnswerId, CategoryId, Level, Part, QuestionId
from bot.domain.weakness import Missed, Recurring
from bot.domain.zones import ZoneMatch
from bot.sandbox.markup import PARSE_INPUT_BYTES
from bot.screens import (
    account,
    after,
    amending,
    answering,
    detail,
    export,
    following,
    general,
    history,
    mock,
    packs,
    placing,
    practice,
    question,
    stats,
    stories,
    target,
)
from bot.screens import settings as settings_screen
from bot.screens.buttons import CALLBACK_DATA_BYTES
from bot.screens.coach import Since
from bot.screens.history import DraftEntry, Filter, Place, Submitted
from bot.screens.layout import CAPTION_UNITS, MESSAGE_UNITS, cut
from bot.screens.message import Button, Document, Message
from bot.screens.naming import STAR, naming_of
from bot.transport.handlers import clean
from content import texts
from content.private import QUESTIONS_MAX, own_category_id, own_question_id
from content.problems import Problem
from content.schema import Category, Question

tdjson = pytest.importorskip("tdjson", reason="the tdjson wheel is not installed")

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ID = AnswerId(10**15 - 1)
LONG_ID = "i" * texts.ID_MAX_CHARS
OWN_ID = own_question_id(9_999_999_999, LONG_ID)
"""The longest id a question can have: one of a pack that a person sent."""
ZONE = "America/Argentina/ComodRivadavia"
NEEDLE = "<b>&amp;x"
LONG_LINE = (NEEDLE + " ‮שלום​😀 ") * 400

HOSTILE = [
    NEEDLE,
    "</b></i></blockquote>",
    "<a href='tg://user?id=1'>x</a> & &lt; &#60; &amp;amp;",
    "😀" * 4096,
    "&" * 4096,
    "<" * PART_UNITS_MAX,
    "שלום \u202eabc\u202c \u2066x\u2069",
    "\u200b\u200c\u200d\ufeff\u2060",
    "a\x00b\x01\ud800c",
    "\u2003" * 50 + "x" + "\u3164" * 5000,
    "👨‍👩‍👧‍👦" * 2000,
    "Situation: x\nTask: y",
    "word " * 4000,
    "dunno",
    "",
]
TEXTS = (st.sampled_from(HOSTILE) | st.text(max_size=300)).map(clean)


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


@cache
def longest_question() -> Question:
    """A question as long in every field as a pack may make it, full of signs that HTML would read."""

    def line(limit: int) -> str:
        return ("<b>&amp;x " * limit)[: limit - 1] + "."

    part = texts.MODEL_ANSWER_MAX_CHARS // 4
    return Question(
        id=QuestionId(LONG_ID),
        prompt=line(texts.PROMPT_MAX_CHARS),
        about=line(texts.ABOUT_MAX_CHARS),
        hints={part.value: line(texts.HINT_MAX_CHARS) for part in PARTS},
        model_answer={name.value: line(part) for name in PARTS},
        points=[{"id": f"p{number}", "text": line(texts.POINT_MAX_CHARS)} for number in range(6)],
        tips=[line(texts.TIP_MAX_CHARS)] * 6,
        follow_ups=[line(texts.FOLLOW_UP_MAX_CHARS)] * 3,
        traps=[line(texts.NOTE_MAX_CHARS)] * 4,
        part_names={part.value: f"<b>&amp;x {part.value}"[: texts.PART_NAME_MAX_CHARS] for part in PARTS},
    ).model_copy(update={"id": OWN_ID})


@cache
def longest_category() -> Category:
    """A category likewise."""
    note = ("<b>&amp;x " * texts.NOTE_MAX_CHARS)[: texts.NOTE_MAX_CHARS - 1] + "."
    title = ("<b>&amp;x " * 10)[: texts.TITLE_MAX_CHARS - 1] + "."
    named = [{"name": title, "text": note}] * 8
    return Category(
        id=CategoryId(LONG_ID),
        title=title,
        about=note,
        tips=[note] * 6,
        star={part.value: note for part in PARTS},
        wanted=[note] * 8,
        indicators=named,
        red_flags=[note] * 8,
        kinds=named,
        outcomes=[note] * 8,
        questions=(longest_question(),),
    )


def drafts(texts: Mapping[Part, str]) -> Iterator[Draft]:
    """The draft at each step, opened from the review or not."""
    parts = {part: (Segment(1, text, NOW),) for part, text in texts.items() if text}
    for step in Step:
        yield Draft(parts, step)
        if step is not Step.REVIEW:
            yield Draft(parts, step, editing=True)
            yield Draft(parts, step, frozenset(PARTS), asking=True)


def answering_screens(text: str, texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.answering`."""
    asked = longest_question()
    above = question.heading(longest_category(), asked.prompt)
    naming = naming_of(asked)
    for draft in drafts(texts):
        if draft.step is Step.REVIEW:
            yield answering.review(ID, draft, asked.prompt, naming, note=cut(text, 200)[0])
        else:
            yield answering.step(ID, draft, naming, above=above, note="Joined.", hint=asked.hints[Part.TASK])
            yield answering.step(ID, draft)
            yield answering.ask_more(ID, draft, naming, above=answering.named(asked.prompt), note="Joined.")
            yield answering.add_more(ID, draft, naming)
        yield answering.resume(ID, draft, asked.prompt, naming, another=True)
        yield answering.put_aside(ID, draft)
        yield Message(escape(answering.stands_at(draft, naming)))
    yield answering.started_over(ID, ID, Draft(), asked.prompt)
    yield from map(Message, answering.whole(asked.prompt, texts, naming, head="Head"))
    for part in PARTS:
        yield Message(answering.joined(part, texts))
        yield Message(answering.filled(PARTS, (part,)))
        yield Message(answering.added(part))
        yield Message(answering.awaited(part))
    for submitted_since, draft_since in product((True, False), repeat=2):
        yield Message(answering.brought_back(submitted_since=submitted_since, draft_since=draft_since))
    yield answering.TOO_LONG


def placing_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.placing`."""
    prompt = longest_question().prompt
    yield placing.which(prompt, prompt, "the review", 2**31, 99)
    yield placing.kept_aside(ID, prompt, PARTS)
    yield placing.kept_with_next(ID, prompt, text or "x")


def amending_screens(_text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.amending`."""
    for count in range(1, len(PARTS) + 1):
        named = PARTS[:count]
        for amended in (
            Amended({}, changed=named),
            Amended({}, kept=named),
            Amended({}, newer=named),
            Amended({}, named, named, named),
        ):
            for is_submitted, is_deleted in product((True, False), repeat=2):
                whose = amending.Whose(ID, is_submitted, is_deleted)
                rows = amending.kept_rows(amended, 2**53, whose)
                yield amending.alone(amending.changes(amended, whose), whose, rows)
                yield Message(amending.emptied(named, whose))
    yield amending.COMMAND
    yield amending.IN_NO_ANSWER


def after_screens(_text: str, texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.after` and so of `bot.screens.coach`."""
    asked = longest_question()
    reading = coach.read(texts, asked.rubric())
    since = Since("attempt 8", coach.progress(coach.read({}, asked.rubric()), reading))
    yield after.heard(reading, asked.prompt, 9, asked, answer_id=ID, since=since)
    for part in PARTS:
        yield following.ask(ID, asked.prompt, part, STAR)
    heard = [point.id for point in asked.points]
    yield from after.model(asked, texts, ID, heard, daily_time_set=False)
    yield from map(Message, after.model_only(asked))
    yield Message("x", after.rating_rows(ID, 4))
    yield Message(after.rated(2))


def history_screens(text: str, texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.history`."""
    place = Place(9_999, CategoryId(LONG_ID), searching=True)
    asked = longest_question()
    entry = Submitted(ID, NOW, longest_category().title, asked.prompt, 99, 4, texts)
    by = Filter(longest_category().title, text or "x")
    yield history.answers_page([entry] * history.PAGE_ANSWERS, 60_000, place, by, ZONE, 99, 8, note="Back.")
    gone = history.DeletedEntry(ID, NOW, asked.prompt, text or "x", is_draft=False)
    yield history.nothing_yet(3, [gone] * history.PAGE_DELETED, 9, ZONE, "Gone.")
    yield history.nothing_yet(0, [], 0, ZONE)
    yield history.deleted_page([gone] * history.PAGE_DELETED, 20, 1, ZONE)
    yield history.nothing_found(place, by, "Gone.")
    yield history.choose_category([(CategoryId(LONG_ID), longest_category().title, 999)] * 60, place)
    yield history.ask_words(place)
    draft = DraftEntry(ID, NOW, asked.prompt, Step.REVIEW, text or "x", is_open=False, begun_at=NOW)
    yield history.drafts_page([draft] * history.PAGE_ANSWERS, 99, 5, ZONE, "Gone.")


def detail_screens(text: str, texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.detail`, all pages."""
    place = Place(9_999, CategoryId(LONG_ID), searching=True)
    entry = Submitted(ID, NOW, longest_category().title, longest_question().prompt, 99, 4, texts)
    other = Submitted(AnswerId(1), NOW, entry.category, entry.prompt, 1, None, dict.fromkeys(PARTS, text))
    reading = coach.read(texts)
    for page in range(60):
        yield detail.answer(entry, 4000, page, place, ZONE, attempts=99, note="Changed.")
        yield detail.model(longest_question(), ID, page, place)
        yield detail.comparison(
            (entry, reading), (other, coach.read(other.texts)), range(1, 100), page, place, ZONE
        )
    yield detail.reading(entry, reading, place)
    yield detail.choose_part(entry, place)
    for part in PARTS:
        yield detail.ask_text(entry, part, place)
    yield detail.deleted(ID, text or "x", place, 7, is_draft=True)
    yield detail.deleted(ID, entry.prompt, place, 7, is_draft=False)
    yield Message(detail.changed(PARTS))
    yield Message(detail.page_number(1, 9))
    yield detail.NOT_THERE_TO_EDIT


def question_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.question`."""
    asked, category = longest_question(), longest_category()
    resting = Button("Go on with the other one", f"cont:{ID}")
    yield question.card(asked, category, lead=cut(text, 60)[0], resting=resting)
    yield question.card(asked, None)
    yield question.later_choices(asked, category)
    yield question.put_off(asked, category, NOW + timedelta(days=9), NOW, ZONE)
    yield question.declined(asked, category, None, NOW, ZONE)
    yield question.declined(asked, category, NOW + timedelta(days=1), NOW, ZONE)
    yield question.none_left()


def settings_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.settings`."""
    zones = [ZoneMatch(ZONE, "A <place> & another, United <States>")] * 8
    yield settings_screen.welcome()
    for minute in (None, 1439):
        yield settings_screen.choose_time(minute)
    yield settings_screen.choose_zone(zones, NOW, None, note=settings_screen.time_taken(510))
    yield settings_screen.choose_zone(zones, NOW, "Europe/Berlin")
    yield settings_screen.zones_found(zones, NOW)
    yield settings_screen.zone_not_found(text)
    yield settings_screen.ask_location()
    yield settings_screen.ask_clock()
    yield settings_screen.location_taken(ZONE)
    yield settings_screen.location_declined()
    yield Message(settings_screen.all_set(510, ZONE, frozenset({1, 3}), NOW, NOW))
    for paused in (None, date(2027, 1, 1)):
        yield settings_screen.overview(
            minute_of_day=510,
            zone=ZONE,
            weekdays=frozenset(),
            category_count=None,
            level=Level.SENIOR,
            paused=False,
            paused_until=paused,
            next_utc=NOW,
            now_utc=NOW,
            note=text[:60],
        )
        yield settings_screen.paused(paused)
    yield settings_screen.choose_days(frozenset(range(7)))
    yield settings_screen.choose_categories([longest_category()] * 20, None)
    yield settings_screen.choose_categories([longest_category()], None)
    for level in (None, *Level):
        yield settings_screen.choose_level(level)
    yield settings_screen.choose_pause()
    yield settings_screen.ask_far_off(date(2027, 11, 23))
    yield settings_screen.not_paused(NOW, NOW, ZONE)
    yield settings_screen.not_paused(None, NOW, ZONE)
    yield settings_screen.set_up_waits(needs_time=True)
    yield settings_screen.set_up_waits(needs_time=False)
    yield settings_screen.resumed(NOW, NOW, ZONE)
    yield Message(settings_screen.time_set(1, NOW, NOW, ZONE))
    yield Message(settings_screen.zone_set(ZONE, NOW, NOW))
    yield Message(settings_screen.categories_left(1))


def practice_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.practice`."""
    flags = [Recurring(code, 20, CategoryId(LONG_ID)) for code in sorted(coach.FLAGS)]
    missed = [(Missed(QuestionId(LONG_ID), ("p",) * 6), longest_question())] * 20
    yield practice.weak_points(flags, missed, 20)
    yield practice.weak_points([], [], 20)
    yield practice.weak_points([], [], 0)
    yield practice.levels(dict.fromkeys(Level, 999))
    point = longest_question().points[0].text
    for lead in (practice.missing([point, point]), *(practice.aim_at(code) for code in sorted(coach.FLAGS))):
        yield question.card(longest_question(), longest_category(), lead=lead)


def mock_screens(text: str, texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.mock`."""
    asked, category = longest_question(), longest_category()
    for last_id in (None, 10**15):
        yield mock.offer(last_id)
    yield mock.resume(5, 6, asked.prompt)
    yield mock.card(asked, category, 5, 6, 150)
    for kept in (True, False):
        yield mock.follow_up(asked.tips[0], 5, kept=kept)
    yield mock.more(5)
    yield mock.parked(5, 6)
    for begun in (False, True):
        yield mock.nothing_told(begun=begun)
    yield mock.too_few(0)
    for is_over in (False, True):
        yield mock.reply_changed(asked.tips[0], ID, is_over=is_over)
    reading = coach.read(texts, asked.rubric())
    unheard = [point.text for point in asked.points]
    told = mock.Told(asked.prompt, 150, ID, reading, unheard, asked.tips[0], text)
    skipped = mock.Told(asked.prompt, 150)
    flags = tuple((code, 6) for code in sorted(mock.said_codes()))
    for summary in (mocked.Summary(flags, flags[0][0]), mocked.Summary((), None)):
        yield from mock.report([told] * 5 + [skipped], summary)


def target_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.target`."""
    today, titles = NOW.date(), [longest_category().title] * 60
    for phase in Phase:
        yield target.plan(today + timedelta(days=1), text[:60], today, phase, 3, titles, lead=target.TAKEN)
    went = [target.Went(today, text[:60], value) for value, _label in target.OUTCOMES] * 2
    yield target.plan(today, "", today, Phase.LIGHT, 3, [], went, sheet_comes=False)
    yield target.none_set(went)
    yield from target.sheet(text[:60], [(titles[0], longest_question().prompt, text)] * 8)
    yield from target.sheet("", [])
    yield target.ask_outcome(today, text[:60])
    for value, _label in target.OUTCOMES:
        yield target.outcome(value)
        yield target.outcome(value, plan_is_over=False)
    yield question.card(longest_question(), longest_category(), lead=target.light(text[:60]))


def stories_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.stories`."""
    name = cut(text, NAME_UNITS_MAX)[0].strip() or "x"
    titles = [longest_category().title] * 60
    prompt = longest_question().prompt
    yield stories.ask_name(name)
    yield stories.named(name)
    yield stories.ask_rename(name)
    yield stories.overview([(10**15, name, 9)] * 60, name, titles, 1)
    yield stories.overview([], "", [])
    yield stories.story(10**15, name, 1, ID, prompt, text)
    yield stories.removed(name, ID)
    for fit in (True, False):
        yield stories.choose(QuestionId(LONG_ID), prompt, [(10**15, name, 9)] * 8, fit=fit)
    yield question.card(longest_question(), longest_category(), stories=True)


def general_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.general`, `account` and `stats`."""
    yield general.help_screen()
    yield general.privacy()
    yield general.practice([longest_category()] * 20, 9)
    yield from general.category_tips(longest_category())
    yield general.greeting("The next question comes <soon>.")
    yield general.only_text(general.still_at("Action"))
    yield general.in_group("starling_bot")
    yield general.not_allowed()
    yield general.no_question_open()
    yield general.unknown_command(text)
    yield account.confirm(3, 2, 0, 10**15 - 1, again=True)
    days = tuple(number % 3 == 0 for number in range(stats.DAYS_SHOWN))
    by_category = [(longest_category().title, 999)] * 60
    ratings = {1: 1, 2: 2, 3: 3, 4: 4}
    yield stats.stats(
        stats.Progress(NOW.date(), Streak(3, 9), days, 99, 9, 9, 9, by_category, ratings, [250] * 9)
    )
    yield stats.stats(stats.Progress(NOW.date(), Streak(0, 0), days, 0, 0, 0, 9, [], {}, []))


def packs_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.packs`."""
    title = longest_category().title
    problem = Problem("a.yaml", LONG_ID, text or "x", text * 3, 9999, 9999)
    own = packs.OwnPack(10**10 - 1, LONG_ID, title, QUESTIONS_MAX)
    where = general.still_at("<Now> & then")
    yield packs.broken([problem] * 30, where)
    yield packs.broken([Problem("a.yaml", None, "file", text)])
    yield packs.preview(own.id, longest_category(), replaces=title, where=where)
    yield packs.kept(own.id, title, own_category_id(own.id))
    yield packs.listed([own] * 5)
    yield packs.one(own, own_category_id(own.id))
    yield packs.confirm_removal(own)
    yield packs.refused(packs.too_many_questions(99, 99), where)


FAMILIES = (
    packs_screens,
    answering_screens,
    placing_screens,
    amending_screens,
    after_screens,
    history_screens,
    detail_screens,
    question_screens,
    settings_screens,
    practice_screens,
    mock_screens,
    target_screens,
    stories_screens,
    general_screens,
)


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
