"""Setting up and settings: time, zone, days, categories, pause, and when the next push is due because of them."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import schedule, target, zones
from bot.domain.schedule import parse_pause_date, parse_time_of_day
from bot.domain.terms import CategoryId, Level, QuestionId
from bot.screens import general
from bot.screens import settings as screen
from bot.screens.buttons import LISTED
from bot.screens.message import Message
from bot.screens.question import LINK_GONE
from bot.screens.when import EVERY_DAY, WORKING_DAYS, moment
from bot.usecases import asking, drafts
from bot.usecases.turn import Turn
from db.people import Person

HALF_DAY_MINUTES = 12 * 60

_ZONE_PROMPTS = ("zone", "location", "clock")

PROMPTS = ("time", *_ZONE_PROMPTS, "pause")
"""What the next text is asked for while a setting is being changed."""

FAR_OFF = timedelta(days=60)
"""A pause longer than this is asked about before it begins."""


def start(turn: Turn) -> None:
    """/start: set up whoever is new; greet whoever is not."""
    if turn.person.minute_of_day is None:
        turn.expect("time")
        turn.say(screen.welcome())
    elif turn.person.zone is None:
        _ask_zone(turn)
    elif not drafts.offer_resting(turn, another=True):
        turn.say(general.greeting(_overview_line(turn)))


def start_linked(turn: Turn, question_id: QuestionId) -> None:
    """/start with a link to a question: that one, or a sentence that it is gone and what /start does without it."""
    is_new = turn.person.minute_of_day is None
    if asking.open_linked(turn, question_id, lead=screen.WELCOME if is_new else ""):
        return
    turn.say(LINK_GONE)
    if is_new:
        start(turn)
    else:
        asking.ask(turn)


def open_settings(turn: Turn, *, note: str = "") -> None:
    """/settings."""
    turn.close(*PROMPTS)
    person = turn.person
    turn.show(
        screen.overview(
            minute_of_day=person.minute_of_day,
            zone=person.zone,
            weekdays=person.weekdays,
            category_count=None if person.category_ids is None else len(person.category_ids),
            level=person.level,
            paused=person.paused,
            paused_until=_pause_ahead(turn),
            next_utc=person.next_push_at,
            now_utc=turn.now_utc,
            note=note,
        )
    )


def open_section(turn: Turn, name: str, page: int = 0) -> None:
    """One of the settings, to be changed; of a long list that page."""
    if name == "time":
        turn.expect("time")
        turn.show(screen.choose_time(turn.person.minute_of_day))
    elif name == "zone":
        _ask_zone(turn)
    elif name == "days":
        turn.show(screen.choose_days(turn.person.weekdays))
    elif name == "cats":
        turn.show(screen.choose_categories(turn.library.categories, turn.person.category_ids, page))
    elif name == "level":
        turn.show(screen.choose_level(turn.person.level))
    elif name == "pause":
        turn.expect("pause")
        turn.show(screen.choose_pause())
    else:
        open_settings(turn)


def reads_time(_turn: Turn, text: str) -> bool:
    """Whether the text is a time of day."""
    return parse_time_of_day(text) is not None


def reads_zone(turn: Turn, text: str) -> bool:
    """Whether the text names a zone or a place."""
    return bool(zones.find_zones(text, turn.now_utc))


def reads_pause(turn: Turn, text: str) -> bool:
    """Whether the text names a day to come back, or none at all."""
    return schedule.is_open_ended(text) or parse_pause_date(text, turn.today) is not None


def read_time(turn: Turn, text: str) -> None:
    """A time of day was typed."""
    minute = parse_time_of_day(text)
    if minute is None:
        turn.expect("time")
        _say_not_read(turn, screen.TIME_NOT_READ)
        return
    set_time(turn, minute)


def set_time(turn: Turn, minute_of_day: int) -> None:
    """The time of day is chosen; the zone is asked for next if it is not known."""
    if not 0 <= minute_of_day < 24 * 60:
        turn.notice(general.OLD_BUTTON)
        return
    turn.close(*PROMPTS)
    turn.change(minute_of_day=minute_of_day)
    if turn.person.zone is None:
        _ask_zone(turn, note=screen.time_taken(minute_of_day))
        return
    reschedule(turn)
    note = screen.time_set(minute_of_day, turn.person.next_push_at, turn.now_utc, turn.person.zone)
    open_settings(turn, note=note)


def read_zone(turn: Turn, text: str) -> None:
    """A city, zone or offset was typed; one match is taken, several are offered."""
    if text == screen.NO_LOCATION:
        turn.expect("zone")
        turn.say(screen.location_declined())
        return
    found = zones.find_zones(text, turn.now_utc)
    if len(found) == 1 and _is_meant(found[0], text):
        set_zone(turn, found[0].zone)
        return
    turn.expect(turn.expecting if turn.expecting in _ZONE_PROMPTS else "zone")
    if found:
        turn.say(screen.zones_found(found, turn.now_utc))
    else:
        _say_not_read(turn, screen.zone_not_found(text))


def _is_meant(match: zones.ZoneMatch, typed: str) -> bool:
    """Whether the match is what was typed, as against the nearest to a slip, which is asked about."""
    wanted = typed.strip().casefold()
    names = (
        match.zone,
        match.label,
        match.label.split(",")[0],
        match.zone.rsplit("/", 1)[-1].replace("_", " "),
    )
    return wanted in {name.casefold() for name in names}


def ask_location(turn: Turn) -> None:
    """[Use my location]: the key that shares it appears below the text field."""
    turn.expect("location")
    turn.say(screen.ask_location())


def read_location(turn: Turn, latitude: float, longitude: float) -> None:
    """A location was shared: its zone is kept, the place is not. At sea that is a zone such as Etc/GMT-3."""
    import tzfpy  # 40 ms and a map of the world: loaded when the first person shares a place

    zone = tzfpy.get_tz(longitude, latitude)
    turn.expect("location")
    if not zones.is_zone(zone):
        turn.say(screen.location_declined())
        turn.expect("zone")
        return
    set_zone(turn, zone)


def ask_clock(turn: Turn) -> None:
    """[Go by my clock]."""
    turn.expect("clock")
    turn.show(screen.ask_clock())


def read_clock(turn: Turn, text: str) -> None:
    """The wall-clock time was typed: the zones in which it is that time now are offered."""
    minute = parse_time_of_day(text)
    if minute is None:
        _say_not_read(turn, screen.CLOCK_NOT_READ)
        return
    turn.expect("zone")
    found = zones.zones_at_clock(minute, turn.now_utc)
    if minute < HALF_DAY_MINUTES and not re.search(r"[ap]\.?m", text.lower()):
        # Half past two on a twelve-hour clock: either half of the day.
        found = (*found[:4], *zones.zones_at_clock(minute + HALF_DAY_MINUTES, turn.now_utc)[:4])
    turn.say(screen.zones_found(found, turn.now_utc) if found else screen.zone_not_found(text))


def set_zone(turn: Turn, zone: str) -> None:
    """The zone is chosen. This ends the set-up, or changes the setting."""
    if not zones.is_zone(zone):
        turn.notice(general.OLD_BUTTON)
        return
    is_new = turn.person.zone is None
    if turn.expecting == "location":
        turn.say(screen.location_taken(zone))
    turn.close(*PROMPTS)
    turn.change(zone=zone)
    reschedule(turn)
    person = turn.person
    if person.minute_of_day is None:
        open_section(turn, "time")
    elif is_new:
        lead = screen.all_set(person.minute_of_day, zone, person.weekdays, person.next_push_at, turn.now_utc)
        asking.ask_another(turn, lead=lead)
    else:
        open_settings(turn, note=screen.zone_set(zone, person.next_push_at, turn.now_utc))


def switch_day(turn: Turn, which: str) -> None:
    """A day of the week is switched on or off; one stays on."""
    weekdays = {"all": EVERY_DAY, "work": WORKING_DAYS}.get(which)
    if weekdays is None:
        if which not in set("0123456"):
            turn.notice(general.OLD_BUTTON)
            return
        weekdays = turn.person.weekdays ^ {int(which)}
    if not weekdays:
        turn.notice(screen.ONE_DAY_AT_LEAST)
        return
    if weekdays != turn.person.weekdays:
        turn.change(weekdays=weekdays)
        reschedule(turn)
        turn.show(screen.choose_days(weekdays))


def switch_category(turn: Turn, category_id: CategoryId) -> None:
    """A category is switched on or off; one stays on, and all on is stored as such."""
    known = [category.id for category in turn.library.categories]
    if category_id not in known:
        turn.notice(general.CATEGORY_GONE)
        return
    chosen = set(known if turn.person.category_ids is None else turn.person.category_ids) ^ {category_id}
    kept = tuple(category for category in known if category in chosen)
    if not kept:
        turn.notice(screen.ONE_CATEGORY_AT_LEAST)
        return
    turn.change(category_ids=None if len(kept) == len(known) else kept)
    turn.notice(screen.categories_left(len(kept)))
    page = known.index(category_id) // LISTED
    turn.show(screen.choose_categories(turn.library.categories, turn.person.category_ids, page))


def set_level(turn: Turn, name: str) -> None:
    """A level was chosen, or any (lvl)."""
    if name not in {"any", *Level}:
        turn.notice(general.OLD_BUTTON)
        return
    turn.change(level=None if name == "any" else Level(name))
    turn.notice(screen.CHANGED)
    open_settings(turn)


def pause_for(turn: Turn, days: int) -> None:
    """Pause for some days from today; 0 means until further notice."""
    if not 0 <= days <= 366:
        turn.notice(general.OLD_BUTTON)
        return
    pause_until(turn, turn.today + timedelta(days=days) if days else None)


def pause_until(turn: Turn, until: date | None) -> None:
    """No push before that local date; with None none until /resume."""
    turn.close(*PROMPTS)
    turn.change(paused=until is None, paused_until=until)
    reschedule(turn)
    turn.show(screen.paused(until))


def read_pause(turn: Turn, text: str) -> None:
    """The day to come back was typed. One far off is asked about: it may be a day of the past, or another year."""
    until = parse_pause_date(text, turn.today)
    if schedule.is_open_ended(text):
        pause_until(turn, None)
    elif until is None:
        turn.expect("pause")
        _say_not_read(turn, screen.PAUSE_NOT_READ)
    elif until - turn.today > FAR_OFF:
        turn.expect("pause")
        turn.say(screen.ask_far_off(until))
    else:
        pause_until(turn, until)


def confirm_pause(turn: Turn, iso_date: str) -> None:
    """[Yes] to a day far off (until)."""
    until = schedule.read_iso_date(iso_date)
    if until is None or not 0 < (until - turn.today).days <= schedule.MAX_PAUSE_DAYS:
        turn.notice(general.OLD_BUTTON)
        return
    pause_until(turn, until)


def resume(turn: Turn) -> None:
    """/resume: pushes come again. Without a pause nothing changes."""
    if not turn.person.paused and _pause_ahead(turn) is None:
        turn.close(*PROMPTS)
        turn.show(screen.not_paused(turn.person.next_push_at, turn.now_utc, turn.zone))
        return
    turn.close(*PROMPTS)
    turn.change(paused=False, paused_until=None)
    reschedule(turn)
    turn.show(screen.resumed(turn.person.next_push_at, turn.now_utc, turn.zone))


def reschedule(turn: Turn) -> None:
    """Store when the next push is due after whatever changed."""
    plan = plan_of(turn.person)
    due_at = None if plan is None else schedule.next_push(plan, turn.now_utc, turn.person.last_push_date)
    turn.change(next_push_at=due_at)
    if turn.person.target_date is not None and turn.person.target_next_at is not None:
        turn.change(target_next_at=target.next_moment(turn.person.target_date, turn.zone, turn.now_utc))


def plan_of(person: Person) -> schedule.Plan | None:
    """When this person wants the push; None while they are not set up or have blocked the bot."""
    if person.minute_of_day is None or person.zone is None or person.blocked_at is not None:
        return None
    return schedule.Plan(
        person.minute_of_day,
        person.zone,
        person.weekdays,
        paused=person.paused,
        paused_until=person.paused_until,
    )


def _ask_zone(turn: Turn, *, note: str = "") -> None:
    turn.expect("zone")
    likely = zones.likely_zones(turn.person.language_code)
    turn.show(screen.choose_zone(likely, turn.now_utc, turn.person.zone, note=note))


def _say_not_read(turn: Turn, message: Message) -> None:
    """Say that a text was not read; with an unfinished answer, with the way back to it."""
    resting = asking.resting_button(turn)
    turn.say(message if resting is None else replace(message, rows=(*message.rows, (resting,))))


def _pause_ahead(turn: Turn) -> date | None:
    until = turn.person.paused_until
    return until if until is not None and until > turn.today else None


def _overview_line(turn: Turn) -> str:
    person = turn.person
    if person.next_push_at is None:
        return "The daily question is paused."
    return f"Your next question comes {moment(person.next_push_at, turn.now_utc, turn.zone)}."
