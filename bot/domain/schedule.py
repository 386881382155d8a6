"""When the next push is due, and what a person means by a written time of day or date.

Here: wall-clock times in a zone, clock changes, weekdays, pauses, outages, [Later], reading typed times and dates.
Not here: finding a zone by name (`zones`), which question comes (`selection`), sentences, rows, the clock.
Once a day means once per local date. Moments go in as aware datetimes and come out in UTC.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal

from bot.domain.zones import zone_info

MINUTES_A_DAY: Final = 24 * 60
MAX_LATE: Final = timedelta(hours=3)
"""A push this late is still sent; a later one is skipped to the next day (DESIGN section 4)."""
MAX_PAUSE_DAYS: Final = 366
"""The farthest first day back: a year, leap day included."""

Later = Literal["hour", "three_hours", "evening"]
"""The three choices behind [Later]."""


class Verdict(StrEnum):
    """What becomes of a push that is due."""

    SEND = "send"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Plan:
    """When one person wants the push.

    ``minute_of_day`` 0..1439 on the wall clock of ``zone`` (IANA name). ``weekdays`` 0 = Monday … 6; empty
    never pushes. ``paused`` is until further notice; ``paused_until`` is the first local date with pushes again.

    Raises:
        ValueError: the minute or a weekday is out of range.
    """

    minute_of_day: int
    zone: str
    weekdays: frozenset[int]
    paused: bool = False
    paused_until: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.minute_of_day < MINUTES_A_DAY:
            raise ValueError(f"minute_of_day must be 0..1439, not {self.minute_of_day}")
        if not self.weekdays <= frozenset(range(7)):
            raise ValueError(f"weekdays must be 0..6, not {sorted(self.weekdays)}")


@dataclass(frozen=True, slots=True)
class Settled:
    """What a tick does for one person who is due.

    ``push_date`` is the local date whose push goes out now (store it as the last date), None if nothing does.
    ``next_at_utc`` is when to look again, later than now; None when the plan never pushes.
    """

    push_date: date | None
    next_at_utc: datetime | None


def local_date(zone: str, now_utc: datetime) -> date:
    """The date on a wall calendar in ``zone``.

    Raises:
        ValueError: ``now_utc`` is naive.
        zoneinfo.ZoneInfoNotFoundError: there is no such zone; ask `zones.is_zone` before storing a name.
    """
    return _utc(now_utc).astimezone(zone_info(zone)).date()


def push_at(plan: Plan, day: date) -> datetime:
    """The UTC moment of the plan's wall-clock time on the local date ``day``, whatever its weekdays and pauses.

    A time that happens twice (clocks go back) is its first occurrence. A time that does not exist (clocks go
    forward) is the first existing minute after it: 02:30 becomes 03:00. Where the gap swallows the end of the
    day (America/Nuuk, 23:00 to midnight) it is the last minute before the gap: the push stays on its date.
    A date that a zone left out (Pacific/Apia, 2011-12-30) yields the first minute of the date that followed.
    """
    moment = _moment(plan, day)
    return moment if moment is not None else push_at(replace(plan, minute_of_day=0), day + timedelta(days=1))


def next_push(plan: Plan, after_utc: datetime, last_date: date | None) -> datetime | None:
    """The first push moment strictly later than ``after_utc``, in UTC; None when paused for good or no weekdays.

    Only allowed weekdays count, from ``paused_until`` on, and only local dates later than ``last_date``: the
    last local date already pushed or skipped, None if there is none. Local dates are compared whatever zone they
    came from, so a person who flies west after today's push waits for a date that has not had one.

    Raises:
        ValueError: ``after_utc`` is naive.
    """
    day = local_date(plan.zone, after_utc)
    if plan.paused or not plan.weekdays:
        return None
    if last_date is not None:
        day = max(day, last_date + timedelta(days=1))
    if plan.paused_until is not None:
        day = max(day, plan.paused_until)
    while True:
        if day.weekday() in plan.weekdays:
            moment = _moment(plan, day)
            if moment is not None and moment > after_utc:
                return moment
        day += timedelta(days=1)


def verdict(push_at_utc: datetime, now_utc: datetime) -> Verdict:
    """SEND up to and including `MAX_LATE` after the push moment, SKIP later.

    The push belongs to the local date of its moment, also when midnight has passed since. A moment still ahead
    is not late: asking only about due rows is the caller's part.
    """
    return Verdict.SEND if _utc(now_utc) - _utc(push_at_utc) <= MAX_LATE else Verdict.SKIP


def settle(plan: Plan, now_utc: datetime, last_date: date | None) -> Settled:
    """What to do for a person whose stored moment has come: the push to send, if any, and when the next is due.

    Computed from the plan, not from the stored moment: after an outage of days today's push still goes out if
    it is at most `MAX_LATE` old, and a moment stored under older zone rules is corrected instead of obeyed.
    """
    just_before = _utc(now_utc) - MAX_LATE - datetime.resolution
    due_at = next_push(plan, just_before, last_date)
    if due_at is None or due_at > now_utc:
        return Settled(push_date=None, next_at_utc=due_at)
    push_date = local_date(plan.zone, due_at)
    return Settled(push_date, next_push(plan, now_utc, push_date))


EVENING_MINUTES: Final = (19 * 60, 21 * 60)
"""What [this evening] may mean, in minutes of the day."""
EVENING_NOTICE: Final = timedelta(minutes=30)


def later_at(choice: Later, zone: str, now_utc: datetime) -> datetime:
    """The UTC moment a [Later] button stands for.

    ``evening`` is 19:00 today on the wall clock of ``zone``; if that is past or less than 30 minutes away,
    21:00; if that is too, in one hour.
    """
    now_utc = _utc(now_utc)
    if choice == "three_hours":
        return now_utc + timedelta(hours=3)
    if choice == "evening":
        today = local_date(zone, now_utc)
        for minute_of_day in EVENING_MINUTES:
            moment = push_at(Plan(minute_of_day, zone, frozenset()), today)
            if moment - now_utc >= EVENING_NOTICE:
                return moment
    return now_utc + timedelta(hours=1)


def minutes_until(at_utc: datetime, now_utc: datetime) -> int:
    """Whole minutes from now to the moment, a started minute counting; 0 when it is past."""
    return max(0, -((_utc(now_utc) - _utc(at_utc)) // timedelta(minutes=1)))


def parse_time_of_day(text: str) -> int | None:
    """Minutes since midnight, 0..1439, that a person typed; None if it is not clearly one time of day.

    Takes ``8:30``, ``08.30``, ``8h30``, ``830``, ``7``, ``8 pm``, ``half past 8``, ``quarter to nine``, ``noon``,
    ``midnight``, digits of any script. Without am or pm the 24-hour clock is meant; 24:00 is midnight. Seconds
    are dropped.
    """
    if len(text) > MAX_TYPED_LENGTH:
        return None
    words = re.sub(r"(?<![a-z])([ap])\.?\s?m(?![a-z])\.?", r"\1m", _plain(text))
    words = _TIME_FILLERS.sub(" ", re.sub(r"twenty[ -]five", "25", words))
    words = " ".join(_NUMBER_WORDS.get(word, word) for word in words.split()).strip(" .,;?")
    words = re.sub(r" in (?:afternoon|evening)$", " pm", re.sub(r" in morning$", " am", words))
    if words in _NAMED_TIMES:
        return _NAMED_TIMES[words]
    if found := _RELATIVE.fullmatch(words):
        return _relative_minute(found["amount"], found["way"], int(found["hour"]), found["mark"])
    if found := _CLOCK.fullmatch(words) or _COMPACT.fullmatch(words):
        return _minute_of_day(int(found["hour"]), int(found["minute"] or 0), found["mark"])
    return None


def parse_clock_reply(text: str) -> int | None:
    """The answer to "what time is it where you are?", in minutes since midnight; None if it is not a time."""
    return parse_time_of_day(text)


def parse_pause_date(text: str, today: date) -> date | None:
    """The first day back that a person typed, later than ``today``, at most 366 days ahead; None otherwise.

    Takes ``2026-12-24``, ``24.12.``, ``24.12.2026``, ``24 Dec``, ``December 24th``, ``in 5 days``, ``2 weeks``,
    ``tomorrow``, ``monday`` and ``next monday`` (both the first Monday after today), ``next week`` (its Monday),
    ``next month`` (its first). A date without a year is the next such date. ``5/4`` is refused, because people
    read two different dates in it.
    """
    day = _typed_day(text, today, _read_date)
    return day if day and today < day <= today + timedelta(days=MAX_PAUSE_DAYS) else None


def parse_day_ahead(text: str, today: date) -> date | None:
    """The day that a person typed, as `parse_pause_date` takes it, with ``today`` among the days.

    A date without a year that is today's is today, and not next year's.
    """
    nearest = _typed_day(text, today - timedelta(days=1), _read_calendar_date)
    if today in (nearest, _typed_day(text, today, _read_date)):
        return today
    return parse_pause_date(text, today)


def is_open_ended(text: str) -> bool:
    """Whether a person typed that a pause shall last until they say otherwise."""
    return len(text) <= MAX_TYPED_LENGTH and _plain(text).strip(" .!;") in _OPEN_ENDED


def read_iso_date(text: str) -> date | None:
    """The date ``2026-12-24``; None if the text is not one in that form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


MAX_TYPED_LENGTH: Final = 60
_OPEN_ENDED: Final = frozenset({
    "forever", "for ever", "indefinitely", "until i say so", "till i say so", "until i say", "until i resume",
    "until further notice", "till further notice", "no end", "open end", "open-ended", "for good",
})  # fmt: skip
_TIME_FILLERS: Final = re.compile(
    r"\b(?:at|around|about|by|every|day|daily|please|it's|its|it|is|now|the|time|a|uhr|hrs|hours|o'? ?clock)\b|@"
)
_DATE_FILLERS: Final = re.compile(r"\b(?:until|till|to|for|on|in|of|the|from|now|coming|please|back)\b")
_NUMBER_WORDS: Final = {
    "a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
}  # fmt: skip
_NAMED_TIMES: Final = {
    **dict.fromkeys(("noon", "12 noon", "midday", "12 midday"), 12 * 60),
    **dict.fromkeys(("midnight", "12 midnight"), 0),
}
_MARK: Final = r"\s?(?P<mark>am|pm)?"
_RELATIVE: Final = re.compile(
    r"(?P<amount>half|quarter|\d\d?)(?: minutes?)? (?P<way>past|after|to|before|till) (?P<hour>\d\d?)" + _MARK
)
_CLOCK: Final = re.compile(
    r"(?P<hour>\d\d?)(?:\s?[:.,h' ]\s?(?P<minute>\d\d)(?::\d\d)?\s?[h']?|\s?h)?" + _MARK
)
_COMPACT: Final = re.compile(r"(?P<hour>\d\d?)(?P<minute>\d\d)\s?h?" + _MARK)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YEAR: Final = r"(?P<year>\d{4}|\d\d)"
_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})[-/. ](?P<month>\d\d?)[-/. ](?P<day>\d\d?)",
        rf"(?P<day>\d\d?)\s?\.\s?(?P<month>\d\d?)(?:\s?\.\s?{_YEAR})?",
        rf"(?P<day>\d\d?)(?:st|nd|rd|th|\.)? (?P<name>[a-z]{{3,9}})\.?(?: {_YEAR})?",
        rf"(?P<name>[a-z]{{3,9}})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?(?: {_YEAR})?",
        rf"(?P<first>\d\d?)[/-](?P<second>\d\d?)(?:[/-]{_YEAR})?",
    )
)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a naive datetime tells no moment: pass an aware one")
    return moment.astimezone(UTC)


def _moment(plan: Plan, day: date) -> datetime | None:
    """`push_at`, or None if the zone left the date out."""
    zone = zone_info(plan.zone)
    later = range(plan.minute_of_day, MINUTES_A_DAY)
    earlier = range(plan.minute_of_day - 1, -1, -1)
    for minutes in (later, earlier):
        for minute_of_day in minutes:
            wall = datetime.combine(day, time(*divmod(minute_of_day, 60)))
            moment = wall.replace(tzinfo=zone).astimezone(UTC)
            if moment.astimezone(zone).replace(tzinfo=None) == wall:
                return moment
    return None


def _plain(text: str) -> str:
    """Lower case, compatibility forms resolved, every script's digits as 0..9, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    digits = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in folded)
    return " ".join("".join(digits).split())


def _minute_of_day(hour: int, minute: int, mark: str | None) -> int | None:
    if minute > 59 or hour > 24 or (hour == 24 and (minute or mark)):
        return None
    if mark and (hour > 12 or (mark == "pm" and hour == 0)):
        return None
    if mark and hour == 12:
        hour = 0
    if mark == "pm" and hour < 12:
        hour += 12
    return (hour * 60 + minute) % MINUTES_A_DAY


def _relative_minute(amount: str, way: str, hour: int, mark: str | None) -> int | None:
    hour_start = _minute_of_day(hour, 0, mark)
    is_before = way in ("to", "before", "till")
    minutes = {"half": 30, "quarter": 15}.get(amount) or int(amount)
    if hour_start is None or minutes > 30 or (amount == "half" and is_before):
        return None
    return (hour_start + (-minutes if is_before else minutes)) % MINUTES_A_DAY


def _typed_day(text: str, today: date, read: Callable[[str, date], date | None]) -> date | None:
    if len(text) > MAX_TYPED_LENGTH:
        return None
    words = " ".join(_DATE_FILLERS.sub(" ", _plain(text)).replace(",", " ").split()).strip(" .;?")
    try:
        return read(words, today)
    except (ValueError, OverflowError):  # a 31st of June, a number of days beyond the calendar
        return None


def _read_date(words: str, today: date) -> date | None:
    if (weekday := _number_of(words.removeprefix("next ").removeprefix("this "), _WEEKDAYS)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if words == "today":
        return today
    if words == "tomorrow":
        return today + timedelta(days=1)
    if words == "day after tomorrow":
        return today + timedelta(days=2)
    if words == "next week":
        return today + timedelta(days=7 - today.weekday())
    if words == "next month":
        return _months_later(today.replace(day=1), 1)
    if found := re.fullmatch(r"(\w+) (day|week|month)s?", words):
        count = int(_NUMBER_WORDS.get(found[1], found[1]))
        if found[2] == "month":
            return _months_later(today, count)
        return today + timedelta(days=count * (7 if found[2] == "week" else 1))
    return _read_calendar_date(words, today)


def _read_calendar_date(words: str, today: date) -> date | None:
    found = next((match for pattern in _DATES if (match := pattern.fullmatch(words))), None)
    if found is None:
        return None
    parts = found.groupdict()
    if "first" in parts:
        month, day = sorted((int(parts["first"]), int(parts["second"])))
        if day <= 12 and day != month:
            return None
    else:
        named = _number_of(parts["name"], _MONTHS) if "name" in parts else int(parts["month"]) - 1
        if named is None:
            return None
        month, day = named + 1, int(parts["day"])
    if parts["year"]:
        return date(int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0), month, day)
    for year in (today.year, today.year + 1):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) > today:
            return date(year, month, day)
    return None


def _months_later(day: date, months: int) -> date:
    """The same day some months on, or the last of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _number_of(word: str, names: tuple[str, ...]) -> int | None:
    """The index of the name that the word is or shortens to three letters or more; None if there is none."""
    return next((n for n, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)
