"""Setting up and settings: time of day, zone, days, categories, pause."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot.domain.terms import CategoryId, Level
from bot.domain.zones import ZoneMatch, offset_label, zone_label
from bot.screens.buttons import data, listed
from bot.screens.layout import bold, escape
from bot.screens.message import Button, Message, ReplyButton, Rows
from bot.screens.when import DAYS, EVERY_DAY, WORKING_DAYS, clock, count, day, days, moment
from content.schema import Category

LEVELS = {Level.ENTRY: "Entry", Level.MID: "Mid", Level.SENIOR: "Senior", Level.LEAD: "Lead"}
USUAL_TIMES = (7 * 60, 8 * 60 + 30, 12 * 60 + 30, 18 * 60, 19 * 60 + 30, 21 * 60)
PAUSE_CHOICES = ((3, "3 days"), (7, "1 week"), (14, "2 weeks"))

WELCOME = (
    "Starling asks you one interview question a day.\n"
    "You answer in four parts: Situation, Task, Action, Result.\n"
    "Then I say what an interviewer would have heard, and show a model answer."
)


def welcome() -> Message:
    """The first message of all: three lines, then the first question of the set-up."""
    return Message(f"{WELCOME}\n\n{_TIME_QUESTION}", _time_rows())


def choose_time(minute_of_day: int | None) -> Message:
    """At what time the question shall come."""
    now = f"Now it comes at {clock(minute_of_day)}.\n" if minute_of_day is not None else ""
    return Message(f"{now}{_TIME_QUESTION}", (*_time_rows(), *(_BACK if minute_of_day is not None else ())))


def choose_zone(
    matches: Sequence[ZoneMatch], now_utc: datetime, zone: str | None, *, note: str = ""
) -> Message:
    """In which zone: likely ones as buttons, and the three other ways.

    ``zone`` is the one now, None in the set-up; ``note`` is a plain line on top.
    """
    now = f"{escape(note)}\n\n" if note else ""
    now += f"Your clock is {escape(place(zone))} time.\n" if zone is not None else ""
    rows = (
        *_zone_rows(matches, now_utc),
        (Button("Use my location", data("loc")), Button("Go by my clock", data("clk"))),
        *(_BACK if zone is not None else ()),
    )
    return Message(
        f"{now}{bold('Where are you?')}\nPick a place, or type your city or a zone such as Asia/Kolkata.",
        rows,
    )


def zones_found(matches: Sequence[ZoneMatch], now_utc: datetime) -> Message:
    """Several zones fit what was typed."""
    question = "Did you mean this?" if len(matches) == 1 else "Which of these?"
    return Message(question, _zone_rows(matches, now_utc))


def zone_not_found(typed: str) -> Message:
    """Nothing fits what was typed."""
    return Message(
        f"I know no place called {escape(typed[:60])}. Try a large city nearby, or tell me what your clock shows.",
        ((Button("Use my location", data("loc")), Button("Go by my clock", data("clk"))),),
    )


def ask_location() -> Message:
    """The key that shares a location; Telegram has it only below the text field."""
    return Message(
        "Tap the key below to share where you are. I keep the time zone, not the place.",
        reply_rows=((ReplyButton("Share my location", request_location=True),), (ReplyButton(NO_LOCATION),)),
    )


def ask_clock() -> Message:
    """Asks for the wall-clock time."""
    return Message("What time is it where you are? For instance 14:05.", _BACK_TO_ZONES)


def location_taken(zone: str) -> Message:
    """Said when the location keyboard goes away again."""
    return Message(f"{escape(place(zone))} time it is.", reply_rows=())


def location_declined() -> Message:
    """The location keyboard goes away unused."""
    return Message("Fine. Type your city instead, or a zone such as Asia/Kolkata.", reply_rows=())


def all_set(
    minute_of_day: int, zone: str, weekdays: frozenset[int], next_utc: datetime | None, now_utc: datetime
) -> str:
    """The line that ends the set-up; a question follows it."""
    when = f" The first one comes {moment(next_utc, now_utc, zone)}." if next_utc else ""
    return (
        f"All set: {days(weekdays)} at {clock(minute_of_day)}, {place(zone)} time.{when}"
        " Here is one to begin with, if you have ten minutes now."
    )


def overview(
    *,
    minute_of_day: int | None,
    zone: str | None,
    weekdays: frozenset[int],
    category_count: int | None,
    level: Level | None,
    paused: bool,
    paused_until: date | None,
    next_utc: datetime | None,
    now_utc: datetime,
    note: str = "",
) -> Message:
    """All settings at a glance, each with its button."""
    lines = [escape(note), ""] if note else []
    lines += [
        bold("Settings"),
        f"Time: {clock(minute_of_day) if minute_of_day is not None else 'not set'}",
        f"Zone: {escape(zone_label(zone)) + ' (' + offset_label(zone, now_utc) + ')' if zone else 'not set'}",
        f"Days: {days(weekdays)}",
        f"Categories: {'all' if category_count is None else category_count}",
        f"Level: {LEVELS[level].lower() if level else 'any'}",
        _next_line(paused, paused_until, next_utc, now_utc, zone),
    ]
    pause = (
        Button("Resume", data("resume")) if paused or paused_until else Button("Pause", data("set", "pause"))
    )
    rows: Rows = (
        (Button("Time", data("set", "time")), Button("Zone", data("set", "zone"))),
        (Button("Days", data("set", "days")), Button("Categories", data("set", "cats"))),
        (Button("Level", data("set", "level")), pause),
        (Button("Your packs", data("pkl")),),
    )
    return Message("\n".join(line for line in lines), rows)


def choose_days(weekdays: frozenset[int]) -> Message:
    """The days of the week, each a switch."""
    switches = tuple(_switch(DAYS[number], number in weekdays, data("day", number)) for number in range(7))
    rows = (
        switches[:4],
        switches[4:],
        (
            _switch("Every day", weekdays == EVERY_DAY, data("day", "all")),
            _switch("Mon to Fri", weekdays == WORKING_DAYS, data("day", "work")),
        ),
        (Button("Done", data("set", "all")),),
    )
    return Message(f"{bold('Days')}\nOn which days shall a question come?", rows)


def choose_categories(
    categories: Sequence[Category], chosen: Collection[CategoryId] | None, page: int = 0
) -> Message:
    """A page of the categories, each a switch; None chosen means all. A single one cannot be switched off."""
    if len(categories) == 1:
        only = categories[0]
        size = count(len(only.questions), "question")
        return Message(
            f"{bold('Categories')}\nThere is one category so far: {escape(only.title)}, with {size}. "
            "As soon as there are more, you choose among them here.",
            _BACK,
        )
    shown, turns = listed(categories, page, lambda number: data("set", "cats", number))
    rows = [
        (
            _switch(
                f"{category.title} ({len(category.questions)})",
                chosen is None or category.id in chosen,
                data("cat", category.id),
            ),
        )
        for category in shown
    ]
    return Message(
        f"{bold('Categories')}\nFrom which shall I choose?",
        (*rows, *turns, (Button("Done", data("set", "all")),)),
    )


def choose_level(level: Level | None) -> Message:
    """Questions for whom."""
    switches = tuple(_switch(name, each is level, data("lvl", each)) for each, name in LEVELS.items())
    return Message(
        f"{bold('Level')}\nFor what kind of job are the questions? Those one level up or down come too; the rest only "
        "when no other new one is left.",
        (switches[:2], switches[2:], (_switch("Any", level is None, data("lvl", "any")),), *_BACK),
    )


def choose_pause() -> Message:
    """How long to pause."""
    lengths = tuple(Button(label, data("pause", number)) for number, label in PAUSE_CHOICES)
    return Message(
        f"{bold('Pause')}\nFor how long? You can also type the day to come back, such as 24 Dec or Monday.",
        (lengths, (Button("Until I say so", data("pause", 0)),), *_BACK),
    )


def ask_far_off(until: date) -> Message:
    """The day that was typed is far off: whether it is meant."""
    yes = Button("Yes", data("until", until.isoformat()))
    return Message(
        f"Until {day(until)}? That is a long pause, so I ask first.",
        ((yes, Button("Another date", data("set", "pause"))),),
    )


def paused(until: date | None) -> Message:
    """The pause is on."""
    end = (
        f"The next question comes on {day(until)} or after."
        if until
        else "No question comes until you say /resume."
    )
    return Message(f"Paused. {end}", ((Button("Resume now", data("resume")),),))


def resumed(next_utc: datetime | None, now_utc: datetime, zone: str) -> Message:
    """The pause is over."""
    when = (
        f"The next question comes {moment(next_utc, now_utc, zone)}."
        if next_utc
        else "Set a time with /time."
    )
    return Message(f"Back again. {when}")


def not_paused(next_utc: datetime | None, now_utc: datetime, zone: str) -> Message:
    """There was no pause to end."""
    when = (
        f"The next question comes {moment(next_utc, now_utc, zone)}."
        if next_utc
        else "No question is due yet: set a time with /time."
    )
    return Message(f"Nothing was paused. {when}")


def set_up_waits(*, needs_time: bool) -> Message:
    """The set-up was broken off: what that means, and how to go on."""
    what = "a time and a place are set" if needs_time else "your time zone is set"
    return Message(
        f"Fine. No daily question comes until {what}.",
        (
            (Button("Finish setting up", data("set", "time" if needs_time else "zone")),),
            (Button("Ask me a question", data("new")),),
        ),
    )


def time_taken(minute_of_day: int) -> str:
    """The line that repeats the time in the set-up."""
    return f"{clock(minute_of_day)} it is."


def time_set(minute_of_day: int, next_utc: datetime | None, now_utc: datetime, zone: str) -> str:
    """The note above the settings after the time was changed."""
    when = f" Next: {moment(next_utc, now_utc, zone)}." if next_utc else ""
    return f"The question comes at {clock(minute_of_day)} from now on.{when}"


def zone_set(zone: str, next_utc: datetime | None, now_utc: datetime) -> str:
    """The note above the settings after the zone was changed."""
    when = f" Next: {moment(next_utc, now_utc, zone)}." if next_utc else ""
    return f"Your clock is {place(zone)} time now.{when}"


def place(zone: str) -> str:
    """The city a zone goes by: ``Kolkata`` for Asia/Kolkata."""
    return zone_label(zone).split(",")[0]


def categories_left(number: int) -> str:
    """The notice after a category was switched."""
    return f"{count(number, 'category', 'categories')} chosen."


NO_LOCATION = "Type my city instead"
TIME_NOT_READ = Message("I could not read that as a time. Send something like 8:30 or 7 pm.")
_BACK_TO_ZONES: Rows = ((Button("Back", data("set", "zone")),),)
CLOCK_NOT_READ = Message(
    "I could not read that as a time. What does your clock show, for instance 14:05?", _BACK_TO_ZONES
)
PAUSE_NOT_READ = Message(
    "I could not read that as a day ahead. Send something like 24 Dec, Monday or in 5 days."
)
ONE_DAY_AT_LEAST = "Keep one day at least, or use Pause."
ONE_CATEGORY_AT_LEAST = "Keep one category at least."
CHANGED = "Changed."

_BACK: Rows = ((Button("Back", data("set", "all")),),)
_TIME_QUESTION = f"{bold('When shall I ask?')}\nPick a time or type one, such as 8:30."


def _next_line(
    paused: bool, paused_until: date | None, next_utc: datetime | None, now_utc: datetime, zone: str | None
) -> str:
    if paused:
        return "Paused until you resume."
    if paused_until:
        return f"Paused until {day(paused_until)}."
    if next_utc is None or zone is None:
        return "No daily question yet: set a time and a zone."
    return f"Next question: {moment(next_utc, now_utc, zone)}"


def _time_rows() -> Rows:
    times = tuple(Button(clock(minute), data("time", minute)) for minute in USUAL_TIMES)
    return (times[:3], times[3:])


def _zone_rows(matches: Sequence[ZoneMatch], now_utc: datetime) -> Rows:
    keys = [
        Button(f"{match.label} · {offset_label(match.zone, now_utc)}", data("zone", match.zone))
        for match in matches
    ]
    return tuple((key,) for key in keys)


def _switch(label: str, on: bool, callback_data: str) -> Button:
    return Button(f"✓ {label}" if on else label, callback_data)
