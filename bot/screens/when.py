"""Days, times and counts in words, as they stand on screens."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EVERY_DAY = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))


def clock(minute_of_day: int) -> str:
    """``08:30`` for 510."""
    return f"{minute_of_day // 60:02d}:{minute_of_day % 60:02d}"


def day(value: date) -> str:
    """``24 Nov 2026``."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def day_of(moment_utc: datetime, zone: str | None) -> str:
    """The local day of a moment; in UTC for a person without a zone."""
    return day(moment_utc.astimezone(ZoneInfo(zone or "UTC")).date())


def minute_of(moment_utc: datetime, zone: str | None) -> str:
    """``24 Nov 2026 at 19:30``; in UTC for a person without a zone."""
    return f"{day_of(moment_utc, zone)} at {moment_utc.astimezone(ZoneInfo(zone or 'UTC')):%H:%M}"


def days(weekdays: frozenset[int]) -> str:
    """``every day``, ``Monday to Friday`` or the days by name."""
    if weekdays == EVERY_DAY:
        return "every day"
    if weekdays == WORKING_DAYS:
        return "Monday to Friday"
    return ", ".join(DAYS[number] for number in sorted(weekdays)) or "on no day"


def moment(moment_utc: datetime, now_utc: datetime, zone: str) -> str:
    """``today at 19:00``, ``tomorrow at 08:30`` or ``Thu 26 Nov at 08:30``, on the person's clock."""
    local = moment_utc.astimezone(ZoneInfo(zone))
    today = now_utc.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        name = "today"
    elif local.date() == today + timedelta(days=1):
        name = "tomorrow"
    else:
        name = f"{DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    return f"{name} at {local:%H:%M}"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 word``, ``2 words``; thousands with a comma."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
