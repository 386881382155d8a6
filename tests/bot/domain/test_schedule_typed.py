"""Reading the times of day and dates that people type; the rest of the schedule is in `test_schedule`."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule import parse_clock_reply, parse_pause_date, parse_time_of_day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("8:30", "08:30"), ("08.30", "08:30"), ("8h30", "08:30"), ("8 30", "08:30"), ("830", "08:30"),
        ("2030", "20:30"),
        ("20", "20:00"), ("7", "07:00"), ("8:30 am", "08:30"), ("8:30p.m.", "20:30"), ("8 PM", "20:00"),
        ("12 am", "00:00"),
        ("12 pm", "12:00"), ("0:15", "00:15"), ("24:00", "00:00"), ("half past 8", "08:30"),
        ("quarter to nine", "08:45"),
        ("a quarter past seven in the morning", "07:15"), ("ten to twelve", "11:50"),
        ("twenty-five past 3 pm", "15:25"),
        ("5 to midnight", None), ("quarter to 24", "23:45"), ("quarter to 0", "23:45"), ("noon", "12:00"),
        ("12 noon", "12:00"),
        ("Midnight", "00:00"), ("eight o’clock", "08:00"), ("8 o clock", "08:00"),
        ("eight thirty", "08:30"), ("８：３０", "08:30"),
        ("٨:٣٠", "08:30"),
        ("८:३०", "08:30"), ("8 Uhr", "08:00"), ("8:30 Uhr", "08:30"), ("18h", "18:00"),
        ("every day at 8:30.", "08:30"),
        ("at 8pm please", "20:00"), ("8 in the evening", "20:00"), ("14:05:33", "14:05"), ("  9:05  ", "09:05"),
        ("25:00", None), ("24:01", None), ("8:60", None), ("13 am", None), ("13pm", None), ("0 pm", None),
        ("half to 8", None), ("half 8", None),
        ("", None), ("   ", None), ("-5", None), ("8:3", None), ("nonsense", None), ("I have 2 dogs", None),
        ("8 noon", None),
        ("12345", None), ("8:30 and 9:30", None), ("2026-07-15", None), ("8" * 1000, None), ("50 past 8", None),
    ],
)  # fmt: skip
def test_times_people_type(text: str, clock: str | None) -> None:
    """The forms the bot promises to read, and nonsense it must not guess at."""
    minutes = parse_time_of_day(text)
    assert (minutes if minutes is None else "{:02}:{:02}".format(*divmod(minutes, 60))) == clock


@given(minute_of_day=st.integers(0, 1439))
def test_every_minute_survives_being_written_and_read(minute_of_day: int) -> None:
    """In the 24-hour forms and the 12-hour form alike."""
    hour, minute = divmod(minute_of_day, 60)
    mark = "am" if hour < 12 else "pm"
    forms = [f"{hour}{sep}{minute:02}" for sep in (":", ".", "h", " : ")]
    for text in (*forms, f"{hour:02}{minute:02}", f"{(hour - 1) % 12 + 1}:{minute:02} {mark}"):
        assert parse_time_of_day(text) == minute_of_day, text
        assert parse_clock_reply(text) == minute_of_day, text


@settings(max_examples=300)
@given(text=st.text(max_size=70) | st.text(alphabet="0123456789:. ampht/-,'²٣", max_size=20))
def test_any_text_is_a_minute_of_the_day_or_nothing(text: str) -> None:
    """Reading a time or a date never raises and never leaves its range."""
    minutes = parse_time_of_day(text)
    assert minutes is None or 0 <= minutes < 1440
    day = parse_pause_date(text, date(2026, 7, 15))
    assert day is None or date(2026, 7, 15) < day <= date(2027, 7, 16)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-24", "2026-12-24"), ("2026/12/24", "2026-12-24"), ("24.12.", "2026-12-24"), ("24.12", "2026-12-24"),
        ("24.12.2026", "2026-12-24"), ("24. 12. 26", "2026-12-24"), ("24 Dec", "2026-12-24"),
        ("Dec 24", "2026-12-24"),
        ("24th of December", "2026-12-24"), ("December 24th, 2026", "2026-12-24"), ("24. Dec.", "2026-12-24"),
        ("24/12", "2026-12-24"), ("12/24/2026", "2026-12-24"), ("5 Sept", "2026-09-05"),
        ("until 1 March", "2027-03-01"),
        ("٢٤.١٢.", "2026-12-24"), ("in 5 days", "2026-07-20"), ("2 weeks", "2026-07-29"),
        ("for a week", "2026-07-22"),
        ("a month", "2026-08-15"), ("tomorrow", "2026-07-16"), ("the day after tomorrow", "2026-07-17"),
        ("monday", "2026-07-20"), ("next monday", "2026-07-20"), ("until Fri", "2026-07-17"),
        ("Wednesday", "2026-07-22"),
        ("next week", "2026-07-20"), ("next month", "2026-08-01"), ("15.7.", "2027-07-15"),
        ("16 July 2027", "2027-07-16"),
        ("17 July 2027", None), ("today", None), ("2026-07-15", None), ("14.7.2026", None), ("0 days", None),
        ("367 days", None),
        ("5/4", None), ("4-5-2027", None), ("31.6.", None), ("29 Feb", None), ("32 Dec", None),
        ("24 Foo", None), ("24 Ma", None),
        ("", None), ("soon", None), ("9" * 40 + " days", None), ("some months", None), ("x" * 1000, None),
    ],
)  # fmt: skip
def test_dates_of_return_people_type(text: str, day: str | None) -> None:
    """Wednesday 2026-07-15 is today: the first day back is after it, within 366 days, and never guessed."""
    found = parse_pause_date(text, date(2026, 7, 15))
    assert (found and found.isoformat()) == day


def test_a_month_from_the_last_of_january_is_the_last_of_february() -> None:
    """A month too short ends early instead of spilling over."""
    assert parse_pause_date("1 month", date(2026, 1, 31)) == date(2026, 2, 28)


@given(today=st.dates(date(2024, 1, 1), date(2040, 1, 1)), ahead=st.integers(-400, 800))
def test_a_date_is_taken_if_it_is_within_the_coming_366_days(today: date, ahead: int) -> None:
    """Whatever the form it is written in."""
    day = today + ahead * timedelta(days=1)
    expected = day if 1 <= ahead <= 366 else None
    for text in (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d %B %Y}",
        f"{day:%b} {day.day}, {day.year}",
    ):
        assert parse_pause_date(text, today) == expected, text
