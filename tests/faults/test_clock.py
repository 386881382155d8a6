"""The machine's clock is set forward and back, and the clocks of all zones change: once a day stays once a day."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
import time_machine

from bot.domain import schedule
from bot.domain.schedule import MAX_LATE, Plan
from bot.scheduler import TICK_SECONDS, Scheduler
from db import outbox
from tests.faults.stand import Stand, stand
from tests.faults.world import PARTS, eventually, part_text

HOUR = timedelta(hours=1)
YEARS = range(2026, 2031)
DUE = range(7401, 7411)


@pytest.fixture
async def bot(database_url: str, tmp_path: Path) -> AsyncIterator[Stand]:
    """An application on each database."""
    async with stand(database_url, tmp_path) as built:
        yield built


def _add_people_due(bot: Stand) -> None:
    for person_id in DUE:
        bot.sandbox.state.person(person_id).started = True
    bot.storage.add_people_due(DUE)


async def _ticks(bot: Stand) -> None:
    await bot.app.scheduler.tick()
    bot.app.sender.look()
    await bot.rests()


def _pushed(bot: Stand) -> list[int]:
    return [len(bot.someone(person_id).received()) for person_id in DUE]


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forward", "back"])
async def test_clock_that_jumps_after_the_push_doubles_nothing(bot: Stand, jump: timedelta) -> None:
    """Each person is pushed once for their date, whichever way the clock is set, and set right again."""
    _add_people_due(bot)
    await _ticks(bot)
    for by in (jump, -jump, -jump, jump):
        bot.clock.jump(by)
        await _ticks(bot)
    assert _pushed(bot) == [1] * len(DUE)
    rows = bot.storage.rows(
        "SELECT count(*), count(DISTINCT person_id) FROM askings WHERE push_date IS NOT NULL"
    )
    assert rows == [(len(DUE), len(DUE))]


async def test_clock_that_jumps_back_before_the_push_delays_it_no_longer_than_the_clock(bot: Stand) -> None:
    """Set back an hour, the push is due again when the clock gets there, and goes once."""
    bot.clock.jump(-HOUR)
    _add_people_due(bot)
    await _ticks(bot)
    early = _pushed(bot)
    bot.clock.jump(HOUR)
    await _ticks(bot)
    assert early == [0] * len(DUE)
    assert _pushed(bot) == [1] * len(DUE)


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forward", "back"])
async def test_conversation_goes_on_while_the_clock_jumps(bot: Stand, jump: timedelta) -> None:
    """Every step is answered at once and stored once, though the clock is set between one and the next."""
    person = bot.someone()
    await person.opens_question()
    for part in PARTS[:3]:
        bot.clock.jump(jump)
        await person.tells("jump", (part,))
    assert bot.storage.words_of(person.id) == [part_text("jump", part) for part in PARTS[:3]]
    await bot.rests()


@pytest.mark.slow
async def test_wait_from_before_the_clock_was_set_back_is_no_hour_longer(
    sqlite_url: str, tmp_path: Path
) -> None:
    """A letter put off by a long 429 goes when that is over, though by the clock that was set back it is early."""
    async with stand(sqlite_url, tmp_path) as bot:
        person = bot.someone()
        bot.fault("flood", method="sendMessage", retry_after=9)
        person.write("/privacy")
        await eventually(lambda: bot.storage.rows("SELECT attempts FROM outbox") == [(1,)])
        bot.clock.jump(-HOUR)
        await person.reads("Not stored:", seconds=15)


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forward", "back"])
async def test_start_after_the_clock_jumped_sends_what_was_claimed(
    database_url: str, tmp_path: Path, jump: timedelta
) -> None:
    """A process killed with claimed letters, and a clock that is another one at the next start."""
    async with stand(database_url, tmp_path) as bot:
        person = bot.someone()
        bot.fault("hang", method="sendMessage", seconds=30, times=None)
        person.write("/help")
        await bot.world.called("sendMessage")
        await bot.app.abandon()
        bot.fault("clear")
        bot.clock.jump(jump)
        now = bot.clock.now()
        await bot.app.run(lambda tx: outbox.release(tx, now))
        due = await bot.app.run(lambda tx: outbox.count_due(tx, now))
        assert due == 1


@pytest.mark.slow
async def test_ticks_go_on_when_the_machine_is_set_back() -> None:
    """The jobs are timed by the machine's clock; set back an hour, they do not stand still for that hour."""
    ticks: list[float] = []

    class Counting(Scheduler):
        async def tick(self) -> None:
            ticks.append(asyncio.get_running_loop().time())

        async def keep_house(self) -> None:
            return

    scheduler = Counting(None, None, None, lambda: None)  # type: ignore[arg-type]  # it does nothing but tick
    scheduler.start()
    try:
        await eventually(lambda: len(ticks) == 1)
        with time_machine.travel(datetime.now(UTC) - HOUR):
            await eventually(lambda: len(ticks) >= 2, seconds=2.5 * TICK_SECONDS)
    finally:
        scheduler.stop()


@cache
def _changes(zone: str) -> tuple[date, ...]:
    """The UTC dates in those years on which the zone's offset changes."""
    info = ZoneInfo(zone)

    def offset(day: date) -> timedelta | None:
        return datetime(day.year, day.month, day.day, tzinfo=UTC).astimezone(info).utcoffset()

    days = [date(YEARS[0], 1, 1) + timedelta(days=n) for n in range(365 * len(YEARS))]
    weeks = [days[n : n + 8] for n in range(0, len(days) - 8, 7)]  # no change is taken back within a week
    return tuple(
        day
        for week in weeks
        if offset(week[0]) != offset(week[-1])
        for day, next_day in itertools.pairwise(week)
        if offset(day) != offset(next_day)
    )


def _kinds_of_zone() -> Iterator[str]:
    """One zone for each way in which clocks change; names that share one behave alike."""
    seen = set()
    for zone in sorted(available_timezones()):
        info = ZoneInfo(zone)
        offsets = tuple(
            datetime(day.year, day.month, day.day, tzinfo=UTC).astimezone(info).utcoffset()
            for change in _changes(zone)
            for day in (change, change + timedelta(days=1))
        )
        kind = (_changes(zone), offsets, datetime(YEARS[0], 1, 1, tzinfo=info).utcoffset())
        if kind not in seen:
            seen.add(kind)
            yield zone


def _minutes_around(zone: str, change: date) -> Iterator[int]:
    """Minutes of the day about the hour that a change leaves out or repeats, and the ends of the day."""
    info = ZoneInfo(zone)
    yield from (0, 1, 1438, 1439)
    start = datetime(change.year, change.month, change.day, tzinfo=UTC)
    hours = [start + timedelta(minutes=30 * n) for n in range(49)]
    for before, after in itertools.pairwise(hours):
        if before.astimezone(info).utcoffset() != after.astimezone(info).utcoffset():
            for moment in (before, after):
                local = moment.astimezone(info)
                minute = local.hour * 60 + local.minute
                yield from ((minute + step) % 1440 for step in (-31, -30, -1, 0, 1, 29, 30, 31))


@pytest.mark.slow
def test_every_change_of_every_zone_keeps_one_push_a_date() -> None:
    """For five years, in every zone, about every change: each local date has one push, on that date, at the chosen
    time or the next one that exists; a tick at that moment sends it, and none sends it again."""
    everyday = frozenset(range(7))
    checked = 0
    for zone in _kinds_of_zone():
        for change in _changes(zone):
            for minute in sorted(set(_minutes_around(zone, change))):
                plan = Plan(minute, zone, everyday)
                first = change - timedelta(days=2)
                moment = schedule.push_at(plan, first)
                for number in range(1, 5):
                    settled = schedule.settle(plan, moment, first + timedelta(days=number - 2))
                    assert settled.push_date == first + timedelta(days=number - 1), (zone, minute, moment)
                    assert settled.next_at_utc is not None
                    assert schedule.settle(plan, moment + HOUR, settled.push_date).push_date is None
                    assert schedule.settle(plan, moment - HOUR, settled.push_date).push_date is None
                    assert timedelta(hours=20) <= settled.next_at_utc - moment <= timedelta(hours=28)
                    assert schedule.local_date(zone, settled.next_at_utc) == first + timedelta(days=number)
                    moment = settled.next_at_utc
                    checked += 1
    assert checked > 10_000


def test_outage_over_a_change_skips_or_sends_once() -> None:
    """A process that was down over a change of clocks sends what is at most three hours late, once."""
    plan = Plan(150, "Europe/Berlin", frozenset(range(7)))
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        due = schedule.push_at(plan, day)
        late = schedule.settle(plan, due + MAX_LATE, day - timedelta(days=1))
        assert late.push_date == day
        assert schedule.settle(plan, due + MAX_LATE + HOUR, day - timedelta(days=1)).push_date is None
