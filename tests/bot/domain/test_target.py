"""The day of an interview: reading it, and what the days before it are for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.target import (
    LIGHT_DAYS,
    PACKED_DAYS,
    Phase,
    Typed,
    evening_before,
    must_cover,
    next_moment,
    phase,
    read,
)

TODAY = date(2026, 11, 24)
TARGET = date(2027, 3, 14)


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("2027-03-14 Acme", TARGET, "Acme"),
        ("2027-03-14", TARGET, ""),
        ("14 March Acme & Sons", TARGET, "Acme & Sons"),
        ("in 5 days Acme", date(2026, 11, 29), "Acme"),
        ("tomorrow Acme", date(2026, 11, 25), "Acme"),
        ("today", TODAY, ""),
        ("Today Acme", TODAY, "Acme"),
        ("2026-11-24 Acme", TODAY, "Acme"),
        ("24 Nov Acme", TODAY, "Acme"),
        ("23 Nov Acme", date(2027, 11, 23), "Acme"),
    ],
)
def test_a_day_and_a_name(text: str, day: date, name: str) -> None:
    """The longest beginning that is a day is the day; the rest is the name."""
    assert read(text, TODAY) == Typed(day, name)


@pytest.mark.parametrize(
    "text", ["", "Acme", "2026-11-23 Acme", "2020-01-01", "2029-01-01 Acme", "Acme 2027-03-14"]
)
def test_what_is_no_day_ahead_is_refused(text: str) -> None:
    """The past, more than a year ahead, or no day at the beginning."""
    assert read(text, TODAY) is None


def test_the_days_count_down() -> None:
    """Cover, then pack, then light, and over from the day after."""
    phases = [phase(TARGET, TARGET - timedelta(days=left)) for left in range(30, -2, -1)]
    assert phases[: 30 - PACKED_DAYS] == [Phase.COVER] * (30 - PACKED_DAYS)
    assert phases[30 - PACKED_DAYS : 30 - LIGHT_DAYS] == [Phase.PACK] * (PACKED_DAYS - LIGHT_DAYS)
    assert phases[30 - LIGHT_DAYS :] == [Phase.LIGHT] * (LIGHT_DAYS + 1) + [Phase.OVER]


def test_the_sheet_comes_at_seven_on_the_evening_before_and_the_question_a_day_after() -> None:
    """By the person's clock; from the evening on only the question is left."""
    evening = evening_before(TARGET, "America/New_York")
    assert evening == datetime(2027, 3, 13, 19, tzinfo=UTC) + timedelta(hours=5)
    assert next_moment(TARGET, "America/New_York", evening - timedelta(minutes=1)) == evening
    assert next_moment(TARGET, "America/New_York", evening) == datetime(2027, 3, 15, 14, tzinfo=UTC)


def test_reviews_wait_only_while_the_days_are_short() -> None:
    """Three categories in a month need no hurry, in a fortnight they do; packing has its own rule."""
    assert not must_cover(TARGET, TARGET - timedelta(days=40), 3)
    assert must_cover(TARGET, TARGET - timedelta(days=15), 3)
    assert not must_cover(TARGET, TARGET - timedelta(days=5), 3)
