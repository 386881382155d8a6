"""The day of an interview: reading it, what the days before it are for, and when something is to be said."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import schedule
from bot.domain.schedule import Plan, parse_day_ahead

PACKED_DAYS = 10
"""So many days before an interview every review that would come before it comes first, on every day."""

LIGHT_DAYS = 2
"""On the last days nothing new: only what one has already, said aloud."""

EVENING_MINUTE = 19 * 60
ASKING_MINUTE = 10 * 60
"""When the story sheet comes on the evening before, and the question how it went on the day after."""

NAME_UNITS_MAX = 60
_DATE_WORDS_MAX = 3


class Phase(StrEnum):
    """What a day before an interview is for."""

    COVER = "cover"
    PACK = "pack"
    LIGHT = "light"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed behind /target; ``name`` may be empty."""

    day: date
    name: str


def read(text: str, today: date) -> Typed | None:
    """Today or a day at most a year ahead, and behind it the name of who will be asking; None if it is none clearly."""
    words = text.split()
    for number in range(min(_DATE_WORDS_MAX, len(words)), 0, -1):
        day = parse_day_ahead(" ".join(words[:number]), today)
        if day is not None:
            return Typed(day, " ".join(words[number:]))
    return None


def phase(target: date, today: date) -> Phase:
    """What today is for."""
    left = (target - today).days
    if left < 0:
        return Phase.OVER
    if left <= LIGHT_DAYS:
        return Phase.LIGHT
    return Phase.PACK if left <= PACKED_DAYS else Phase.COVER


def evening_before(target: date, zone: str) -> datetime:
    """The moment of the story sheet, in UTC."""
    return _moment(target - timedelta(days=1), EVENING_MINUTE, zone)


def next_moment(target: date, zone: str, now_utc: datetime) -> datetime:
    """When something is to be said next, in UTC: the sheet, or from that evening on the question how it went."""
    evening = evening_before(target, zone)
    return evening if now_utc < evening else _moment(target + timedelta(days=1), ASKING_MINUTE, zone)


def must_cover(target: date, today: date, uncovered: int) -> bool:
    """Whether so many categories that were never asked need the days left, so that reviews must wait."""
    left = (target - today).days - PACKED_DAYS
    return phase(target, today) is Phase.COVER and uncovered * 2 >= left


def _moment(day: date, minute: int, zone: str) -> datetime:
    return schedule.push_at(Plan(minute, zone, frozenset()), day)
