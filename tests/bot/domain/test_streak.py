"""Streaks of local dates."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.streak import Streak, last_days, streak

TODAY = date(2026, 11, 24)


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in days]


def test_no_date_is_no_streak() -> None:
    """Without any date both streaks are 0."""
    assert streak([], TODAY) == Streak(0, 0)


def test_today_counts() -> None:
    """A first answer today is a streak of one day."""
    assert streak(ago(0), TODAY) == Streak(1, 1)


def test_yesterday_keeps_a_streak_alive() -> None:
    """As long as today is not over, the days up to yesterday count."""
    assert streak(ago(1, 2, 3), TODAY).current == 3


def test_a_missed_day_ends_a_streak() -> None:
    """With the last date before yesterday nothing is alive, and the best stays."""
    assert streak(ago(2, 3, 4), TODAY) == Streak(0, 3)


def test_several_answers_on_a_day_count_once() -> None:
    """Repetitions and order do not matter."""
    assert streak(ago(1, 0, 0, 1, 0), TODAY) == Streak(2, 2)


def test_a_gap_separates_streaks() -> None:
    """The best is the longest run of days, wherever it stands."""
    assert streak(ago(0, 1, 5, 6, 7, 8, 20), TODAY) == Streak(2, 4)


def test_a_streak_runs_over_the_end_of_a_year() -> None:
    """31 December and 1 January are neighbours."""
    assert streak([date(2026, 12, 31), date(2027, 1, 1)], date(2027, 1, 1)).current == 2


def test_a_date_after_today_counts_like_today() -> None:
    """Who moved west may have answered tomorrow already."""
    assert streak(ago(-1, 0, 1), TODAY).current == 3


@given(st.sets(st.integers(min_value=0, max_value=40)))
def test_streaks_agree_with_counting_day_by_day(days: set[int]) -> None:
    """Walking back from today day by day gives the same current streak; no run is longer than the best."""
    start = 0 if 0 in days else 1
    current = 0
    while start + current in days:
        current += 1
    found = streak(ago(*days), TODAY)
    assert found.current == current
    assert found.best == max((len(run) for run in _runs(days)), default=0)


def _runs(days: set[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in range(42):
        if day in days and day - 1 in days:
            runs[-1].append(day)
        elif day in days:
            runs.append([day])
    return runs


def test_the_last_days_end_with_today() -> None:
    """One sign a day, the oldest first."""
    assert last_days(ago(0, 2, 9), TODAY, 4) == (False, True, False, True)
