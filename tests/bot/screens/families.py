"""Every screen by its family, made of the worst values there are. No tests in here."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from html import escape
from itertools import product

from bot.domain import coach
from bot.domain import mock as mocked
from bot.domain.practice import Amended, Draft, Segment, Step
from bot.domain.stories import NAME_UNITS_MAX
from bot.domain.streak import Streak
from bot.domain.target import Phase
from bot.domain.terms import PARTS, AnswerId, CategoryId, Level, Part, QuestionId
from bot.domain.weakness import Missed, Recurring
from bot.domain.zones import ZoneMatch
from bot.screens import (
    account,
    after,
    amending,
    answering,
    detail,
    following,
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
from bot.screens.coach import Since
from bot.screens.history import DraftEntry, Filter, Place, Submitted
from bot.screens.layout import cut
from bot.screens.message import Button, Message
from bot.screens.naming import STAR, naming_of
from content.private import QUESTIONS_MAX, own_category_id
from content.problems import Problem
from tests.bot.screens.worst import (
    ID,
    LONG_ID,
    NOW,
    ZONE,
    longest_category,
    longest_question,
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
    yield placing.kept_with_next(ID, prompt, text or "x", note=stories.NOT_A_NAME)
    yield placing.kept_aside(ID, prompt, PARTS, note=stories.NOT_A_NAME)
    yield placing.alone(placing.NOT_A_TIME)


def replying_screens(text: str, _texts: Mapping[Part, str]) -> Iterator[Message]:
    """All of `bot.screens.replying`."""
    asked, name = longest_question(), cut(text, NAME_UNITS_MAX)[0].strip() or "x"
    replies = [
        *(replying.addition(ID, part, asked.prompt) for part in asked.part_names.values()),
        replying.new_text(ID, "Situation", asked.prompt),
        replying.follow_up(asked.prompt),
        replying.name_of(name),
    ]
    others = [
        *(
            replying.setting(each)
            for each in ("time", "zone", "location", "clock", "pause", "target", "search")
        ),
        replying.card(asked.prompt),
        replying.draft("the review", asked.prompt),
        replying.NO_PROMPT,
    ]
    for reply in replies:
        yield replying.still(reply)
        for other in others:
            yield replying.which(reply, other, 2**31, 99, note=placing.REWORDED)
    for each in (*replies, *others):
        yield replying.decided(each)


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
    yield stories.named(10**15, name, None)
    yield stories.named(10**15, name, (2**31, 2**32 - 1))
    yield stories.unnamed(name)
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
    yield account.confirm(account.Held(3, 2, 4, 5, 6, 2, 7, 1, interview=True), 10**15 - 1, again=True)
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
    replying_screens,
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
