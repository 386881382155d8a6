"""Practising day after day: streaks of local dates. Where the dates come from is not decided here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row: ``current`` is the one still alive, 0 if none is; ``best`` the longest there ever was."""

    current: int
    best: int


def streak(dates: Collection[date], today: date) -> Streak:
    """The streaks in a collection of local dates, in any order and with repetitions.

    The current one is alive while its last date is yesterday or later, so that a day is lost only when it is over.
    A date after today, left by a move to a zone further west, counts like today.
    """
    days = sorted(set(dates))
    runs: list[int] = []
    for index, day in enumerate(days):
        if index and day - days[index - 1] == _DAY:
            runs[-1] += 1
        else:
            runs.append(1)
    is_alive = bool(days) and days[-1] >= today - _DAY
    return Streak(current=runs[-1] if is_alive else 0, best=max(runs, default=0))


def last_days(dates: Collection[date], today: date, days: int) -> tuple[bool, ...]:
    """Whether each of the last so many days is among the dates; today stands last."""
    return tuple(today - back * _DAY in dates for back in reversed(range(days)))
