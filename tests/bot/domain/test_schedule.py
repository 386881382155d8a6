"""The schedule: once per local date, at the person's wall-clock time, whatever zones, clocks and outages do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedule import (
    MAX_LATE,
    Plan,
    Settled,
    Verdict,
    later_at,
    local_date,
    minutes_until,
    next_push,
    push_at,
    settle,
    verdict,
)

EVERY_DAY = frozenset(range(7))
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
FIRST_YEAR, LAST_YEAR = 2022, 2029
ODD_ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham",
    "America/Nuuk", "America/Santiago", "America/Havana", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut",
    "Antarctica/Troll", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns", "UTC",
)  # fmt: skip


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def moments_between(first_year: int, last_year: int) -> st.SearchStrategy[datetime]:
    start, end = moment(f"{first_year}-01-01"), moment(f"{last_year}-01-01")
    return st.timedeltas(timedelta(0), end - start).map(lambda passed: start + passed)


def plan_at(hour: int, minute: int = 0, zone: str = "Europe/Berlin", **more: object) -> Plan:
    return replace(Plan(hour * 60 + minute, zone, EVERY_DAY), **more)  # type: ignore[arg-type] # fields by name


def wall(zone: str, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@cache
def clock_changes() -> tuple[tuple[str, date], ...]:
    """A zone for each set of rules in use, with each local date in the years tested on which its offset changes."""
    start, weeks = datetime(FIRST_YEAR, 1, 1, 12, tzinfo=UTC), (LAST_YEAR - FIRST_YEAR + 1) * 52
    samples = [start + timedelta(weeks=week) for week in range(weeks)]
    seen: dict[tuple[timedelta | None, ...], str] = {}
    changes: list[tuple[str, date]] = []
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        offsets = tuple([sample.astimezone(zone).utcoffset() for sample in samples])
        if seen.setdefault(offsets, name) != name:
            continue
        for before, after, sample in zip(offsets, offsets[1:], samples, strict=False):
            if before != after:
                hours = (sample + timedelta(hours=hour) for hour in range(7 * 24 + 1))
                found = next(hour for hour in hours if hour.astimezone(zone).utcoffset() == after)
                changes.append((name, (found - timedelta(hours=1)).astimezone(zone).date()))
    return tuple(changes)


def minutes_of(zone: str, day: date) -> dict[int, datetime]:
    """By brute force: each minute that the wall clock shows on the date, with the first moment it shows it."""
    found: dict[int, datetime] = {}
    start = datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=15)
    for step in range(55 * 60):
        at = start + step * MINUTE
        shown = at.astimezone(ZoneInfo(zone))
        if shown.date() == day:
            found.setdefault(shown.hour * 60 + shown.minute, at)
    return found


# --- the moment of a wall-clock time ---


def test_both_clock_changes_of_every_zone_agree_with_a_wall_clock_watched_minute_by_minute() -> None:
    """A push is the first moment showing its minute, else the next minute shown that date, else the last one."""
    changes = clock_changes()
    assert len({zone for zone, _ in changes}) > 20
    sampled = [change for n, change in enumerate(changes) if n % 3 == 0 or change[0] in ODD_ZONES]
    for zone, change in sampled:
        for day in (change, change + DAY):
            shown = minutes_of(zone, day)
            missing = [minute for minute in range(1440) if minute not in shown]
            for minute in {0, 1, 90, 150, 720, 1410, 1439, *missing[::7], *missing[-1:]}:
                later = [known for known in shown if known >= minute]
                expected = shown[min(later) if later else max(shown)]
                assert push_at(Plan(minute, zone, EVERY_DAY), day) == expected, (zone, day, minute)


@pytest.mark.parametrize(
    ("zone", "day", "asked", "shown"),
    [
        ("Europe/Berlin", date(2026, 3, 29), (2, 30), "2026-03-29 03:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), (2, 10), "2026-10-04 02:30"),
        ("Antarctica/Troll", date(2026, 3, 29), (2, 0), "2026-03-29 03:00"),
        ("America/Santiago", date(2026, 9, 6), (0, 30), "2026-09-06 01:00"),
        ("America/Nuuk", date(2026, 3, 28), (23, 30), "2026-03-28 22:59"),
        ("Asia/Kathmandu", date(2026, 3, 29), (8, 30), "2026-03-29 08:30"),
    ],
)
def test_a_time_that_does_not_exist_moves_to_the_nearest_later_minute_of_its_date(
    zone: str, day: date, asked: tuple[int, int], shown: str
) -> None:
    """Gaps of an hour, of half an hour, at midnight, and one that ends the day."""
    assert wall(zone, push_at(plan_at(*asked, zone), day)).isoformat(" ", "minutes") == shown


def test_a_time_that_happens_twice_is_its_first_occurrence() -> None:
    """When clocks go back, 02:30 is the summer-time one."""
    assert push_at(plan_at(2, 30), date(2026, 10, 25)) == moment("2026-10-25 00:30")


@pytest.mark.parametrize(
    ("zone", "missing"), [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))]
)
def test_a_date_the_zone_left_out_has_no_push(zone: str, missing: date) -> None:
    """Across the date line the days before and after are pushed, the missing one is not."""
    plan = plan_at(8, 30, zone)
    eve = push_at(plan, missing - DAY)
    following = next_push(plan, eve, missing - DAY)
    assert following is not None
    assert wall(zone, following) == datetime.combine(missing + DAY, time(8, 30))
    assert wall(zone, push_at(plan, missing)) == datetime.combine(missing + DAY, time())


# --- the next push ---


def test_once_on_every_allowed_local_date_of_a_year() -> None:
    """Following `next_push` for a year visits each allowed date exactly once, in order, in zones of every kind."""
    weekdays = frozenset({0, 2, 5, 6})
    for zone in ODD_ZONES:
        for minute in (0, 150, 1410):
            plan, visited = Plan(minute, zone, weekdays), list[date]()
            at, last = moment("2025-12-31 12:00"), date(2025, 12, 31)
            while last < date(2027, 1, 5):
                following = next_push(plan, at, last)
                assert following is not None
                assert following > at
                at, last = following, local_date(zone, following)
                visited.append(last)
            allowed = [date(2026, 1, 1) + n * DAY for n in range(400)]
            assert visited == [day for day in allowed if day.weekday() in weekdays][: len(visited)], zone


@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"})),
    minute=st.integers(0, 1439),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    after=moments_between(2009, 2036),
    last_offset=st.none() | st.integers(-3, 3),
    wait=st.timedeltas(timedelta(0), timedelta(days=9)),
)
def test_the_next_push_is_later_allowed_new_and_monotonic(
    zone: str,
    minute: int,
    weekdays: frozenset[int],
    after: datetime,
    last_offset: int | None,
    wait: timedelta,
) -> None:
    """In any zone: strictly later, on an allowed weekday, after the last date, and never earlier for a later ask."""
    plan = Plan(minute, zone, weekdays)
    last = None if last_offset is None else local_date(zone, after) + last_offset * DAY
    found, found_later = next_push(plan, after, last), next_push(plan, after + wait, last)
    assert found is not None
    assert found_later is not None
    assert found > after
    assert found_later >= found
    assert found.utcoffset() == timedelta(0)
    day = local_date(zone, found)
    assert day.weekday() in weekdays
    assert last is None or day > last
    assert found == push_at(plan, day)
    assert found_later == found or after + wait >= found


def test_nothing_is_due_without_weekdays_or_when_paused_for_good() -> None:
    """Both mean None, even with a date of return."""
    now = moment("2026-07-15 12:00")
    assert next_push(plan_at(8, weekdays=frozenset()), now, None) is None
    assert next_push(plan_at(8, paused=True, paused_until=date(2026, 7, 20)), now, None) is None


def test_a_pause_ends_on_its_date() -> None:
    """The first push after a pause is on `paused_until` or the first allowed weekday after it."""
    now, back = moment("2026-07-15 12:00"), date(2026, 12, 24)
    assert next_push(plan_at(8, paused_until=back), now, None) == moment("2026-12-24 07:00")
    sundays = plan_at(8, paused_until=back, weekdays=frozenset({6}))
    assert next_push(sundays, now, None) == moment("2026-12-27 07:00")


def test_a_pause_in_the_past_means_nothing() -> None:
    """A forgotten `paused_until` neither delays nor brings back old dates."""
    assert next_push(plan_at(8, paused_until=date(2020, 1, 1)), moment("2026-07-15 12:00"), None) == moment(
        "2026-07-16 06:00"
    )


def test_exactly_at_the_push_the_next_one_is_tomorrows() -> None:
    """Strictly later than `after_utc`, also without a last date."""
    assert next_push(plan_at(8), moment("2026-07-15 06:00"), None) == moment("2026-07-16 06:00")
    assert next_push(plan_at(8), moment("2026-07-15 05:59"), None) == moment("2026-07-15 06:00")


def test_flying_west_after_a_push_does_not_bring_the_date_twice() -> None:
    """Pushed on the 15th in Auckland, in Honolulu still the 14th: the next date is the 16th."""
    pushed = push_at(plan_at(8, zone="Pacific/Auckland"), date(2026, 7, 15))
    following = next_push(plan_at(18, zone="Pacific/Honolulu"), pushed, date(2026, 7, 15))
    assert following is not None
    assert wall("Pacific/Honolulu", following) == datetime(2026, 7, 16, 18)  # noqa: DTZ001 (a wall clock)


@pytest.mark.parametrize("minute", [-1, 1440])
def test_a_plan_outside_the_day_is_refused(minute: int) -> None:
    """The minute of the day is 0..1439."""
    with pytest.raises(ValueError, match="minute_of_day"):
        Plan(minute, "UTC", EVERY_DAY)


def test_a_plan_with_an_eighth_weekday_is_refused() -> None:
    """Weekdays are 0..6."""
    with pytest.raises(ValueError, match="weekdays"):
        Plan(0, "UTC", frozenset({7}))


def test_naive_datetimes_are_refused_everywhere() -> None:
    """A datetime without a zone tells no moment."""
    naive, aware, plan = datetime(2026, 7, 15), moment("2026-07-15"), plan_at(8)  # noqa: DTZ001 (the point)
    for call in (
        lambda: local_date("UTC", naive),
        lambda: next_push(plan, naive, None),
        lambda: next_push(replace(plan, paused=True), naive, None),
        lambda: verdict(naive, aware),
        lambda: verdict(aware, naive),
        lambda: settle(plan, naive, None),
        lambda: later_at("hour", "UTC", naive),
        lambda: minutes_until(aware, naive),
    ):
        with pytest.raises(ValueError, match="naive"):
            call()


# --- outages ---


def test_late_by_three_hours_is_sent_and_later_is_skipped() -> None:
    """The limit itself still sends."""
    due = moment("2026-07-15 06:00")
    assert verdict(due, due) is Verdict.SEND
    assert verdict(due, due + MAX_LATE) is Verdict.SEND
    assert verdict(due, due + MAX_LATE + timedelta(microseconds=1)) is Verdict.SKIP


def test_settling_sends_what_is_late_by_three_hours_exactly() -> None:
    """`settle` draws the same line as `verdict`."""
    plan, due = plan_at(8), moment("2026-07-15 06:00")
    tomorrow = moment("2026-07-16 06:00")
    assert settle(plan, due + MAX_LATE, date(2026, 7, 14)) == Settled(date(2026, 7, 15), tomorrow)
    beyond = due + MAX_LATE + timedelta(microseconds=1)
    assert settle(plan, beyond, date(2026, 7, 14)) == Settled(None, tomorrow)


def test_after_days_of_outage_todays_push_still_goes_out() -> None:
    """Skipping old dates must not skip the one that is only two hours late."""
    assert settle(plan_at(8), moment("2026-07-15 08:00"), date(2026, 7, 10)) == Settled(
        date(2026, 7, 15), moment("2026-07-16 06:00")
    )


def test_a_push_sent_after_midnight_belongs_to_its_own_date() -> None:
    """Late by two hours into the 16th it is the 15th's, and the 16th gets its own."""
    settled = settle(plan_at(23), moment("2026-07-15 23:00"), None)
    assert settled == Settled(date(2026, 7, 15), moment("2026-07-16 21:00"))


def test_settling_a_paused_plan_sends_nothing() -> None:
    """A row that is due although its person has paused since is put to rest."""
    assert settle(plan_at(8, paused=True), moment("2026-07-15 06:00"), None) == Settled(None, None)


plans = st.builds(
    Plan,
    minute_of_day=st.integers(0, 1439),
    zone=st.sampled_from(ODD_ZONES),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
waits = st.one_of(
    st.timedeltas(timedelta(0), timedelta(minutes=5)),
    st.timedeltas(timedelta(0), timedelta(hours=14)),
    st.timedeltas(timedelta(0), timedelta(days=6)),
)


@settings(max_examples=300, deadline=None)
@given(
    start=moments_between(2025, 2028),
    first=plans,
    steps=st.lists(st.tuples(waits, st.none() | plans), min_size=5, max_size=60),
)
def test_outages_and_new_plans_never_double_a_date_nor_send_late(
    start: datetime, first: Plan, steps: list[tuple[timedelta, Plan | None]]
) -> None:
    """Ticks at random, plans changing between them: dates only grow, nothing is sent early or over 3 h late."""
    plan, now, last = first, start, None
    stored = next_push(plan, now, last)
    for wait, changed in steps:
        now += wait
        if changed is not None:
            plan = changed
            stored = next_push(plan, now, last)
        elif stored is not None and stored <= now:
            settled = settle(plan, now, last)
            if settled.push_date is not None:
                assert last is None or settled.push_date > last
                assert verdict(push_at(plan, settled.push_date), now) is Verdict.SEND
                assert push_at(plan, settled.push_date) <= now
                last = settled.push_date
            else:
                assert now - stored > MAX_LATE
            stored = settled.next_at_utc
        assert stored is not None
        assert stored > now


@settings(max_examples=60, deadline=None)
@given(plan=plans, minutes=st.lists(st.integers(1, 175), min_size=30, max_size=200))
def test_gaps_below_three_hours_lose_no_date(plan: Plan, minutes: list[int]) -> None:
    """However the ticks fall, every allowed date whose push has come was sent."""
    now, sent, stored = moment("2026-03-25 00:00"), list[date](), None
    first = stored = next_push(plan, now, None)
    for gap in minutes:
        now += gap * MINUTE
        if stored is not None and stored <= now:
            settled = settle(plan, now, sent[-1] if sent else None)
            assert settled.push_date is not None
            sent.append(settled.push_date)
            stored = settled.next_at_utc
    assert first is not None
    days = (local_date(plan.zone, first) + n * DAY for n in range(40))
    assert sent == [day for day in days if day.weekday() in plan.weekdays and push_at(plan, day) <= now]


# --- later, and what a screen needs ---


@pytest.mark.parametrize(
    ("now", "later"),
    [
        ("08:00", "19:00"),
        ("18:30", "19:00"),
        ("18:31", "21:00"),
        ("20:30", "21:00"),
        ("20:31", "21:31"),
        ("23:30", "00:30"),
    ],
)
def test_this_evening_is_seven_then_nine_then_an_hour_from_now(now: str, later: str) -> None:
    """At least 30 minutes away, on the person's clock."""
    at = (
        datetime.fromisoformat(f"2026-07-15 {now}").replace(tzinfo=ZoneInfo("Asia/Kathmandu")).astimezone(UTC)
    )
    assert wall("Asia/Kathmandu", later_at("evening", "Asia/Kathmandu", at)).strftime("%H:%M") == later


def test_hours_from_now_ignore_the_wall_clock() -> None:
    """One hour and three hours are elapsed time, also when clocks change."""
    now = moment("2026-03-29 00:30")
    assert later_at("hour", "Europe/Berlin", now) == moment("2026-03-29 01:30")
    assert later_at("three_hours", "Europe/Berlin", now) == moment("2026-03-29 03:30")


def test_minutes_until_count_a_started_minute_and_never_go_below_zero() -> None:
    """61 seconds are two minutes; the past is 0."""
    now = moment("2026-07-15 06:00")
    assert minutes_until(now + timedelta(seconds=61), now) == 2
    assert minutes_until(now + timedelta(seconds=60), now) == 1
    assert minutes_until(now - DAY, now) == 0
