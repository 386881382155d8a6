"""Many people due in one minute: as fast as it goes, at Telegram's pace, and with people writing meanwhile."""

import pickle
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench import filling
from tests.bench.ground import NAIVE, REAL, STARLING, Ground
from tests.bench.processes import Contestant
from tests.bench.results import Figure, middle
from tests.bench.sizes import Sizes

FIRST = 1

RATE = 30
"""Messages a second that Telegram allows (https://core.telegram.org/bots/faq)."""

PATIENCE_SECONDS = 300.0

SETTLE_SECONDS = 1.0

RAMP_SECONDS = 2.0
"""After the first push, before the pace is read; Telegram allows a burst."""

WRITERS, FIRST_WRITER = 10, 9_000_000
PAUSE_SECONDS = 3.0

TICK_SECONDS = 5
"""Longest time until a tick finds who is due."""

LEAD_SECONDS, JOBS_A_SECOND = 5, 100
"""From the start of the naive bot to the moment when everybody is due: for the start, and for making its jobs."""


def measure(ground: Ground, sizes: Sizes, tell: Callable[[str], None]) -> list[Figure]:
    """The three, one after the other; then the naive bot beside Starling."""
    figures = []
    for kind in ("sqlite", "postgresql"):
        figures += _unlimited(ground, kind, sizes)
        tell(f"push: {kind} is done")
    figures += _paced(ground, sizes)
    tell("push: the paced drain is done")
    return figures + _beside_the_naive(ground, sizes)


def _unlimited(ground: Ground, kind: str, sizes: Sizes) -> list[Figure]:
    """Everybody due at once, no limits."""
    rates, costs = [], []
    url = ground.database(kind)
    people = sizes.push_people
    filling.add_people(url, FIRST, people * (sizes.push_rounds + 1))
    with ground.running(f"starling {kind} push", STARLING, DATABASE_URL=url) as program:
        for number in range(sizes.push_rounds):
            ground.stub.order(program.token, "forget")
            before = program.cpu_seconds()
            filling.make_due(url, FIRST + number * people, people)
            sent = ground.stub.order(program.token, "sent", count=people, seconds=PATIENCE_SECONDS)["sent_at"]
            if len(sent) < people:
                raise RuntimeError(f"{len(sent)} of {people} pushes came: {program.output}")
            time.sleep(SETTLE_SECONDS)
            costs.append((program.cpu_seconds() - before) / people * 1000)
            rates.append((people - 1) / (sent[people - 1] - sent[0]))
        if ground.profiles is not None:
            ground.stub.order(program.token, "forget")
            with ground.profiled(f"push-{kind}", program):
                filling.make_due(url, FIRST + sizes.push_rounds * people, people)
                ground.stub.order(program.token, "sent", count=people, seconds=PATIENCE_SECONDS)
    ground.drop(url)
    bound = 1000.0 if kind == "sqlite" else None
    return [
        middle("push", f"{kind}, no limit, {people:,} due", rates, "/s", bound=bound, at_least=True),
        middle(
            "push",
            f"{kind}, pushes per CPU second",
            [1000 / cost for cost in costs],
            "/s",
            bound=bound,
            at_least=True,
        ),
    ]


def _paced(ground: Ground, sizes: Sizes) -> list[Figure]:
    """The real program under enforced limits, a sample of the drain, while some people write."""
    url = ground.database("sqlite")
    filling.add_people(url, FIRST, sizes.paced_people)
    with ground.running("starling paced", REAL, DATABASE_URL=url) as program:
        ground.stub.order(program.token, "limit", on=True)
        ground.stub.order(program.token, "forget")
        filling.make_due(url, FIRST, sizes.paced_people)
        ground.stub.order(program.token, "sent", count=1, seconds=PATIENCE_SECONDS)
        waits = program.play(
            "now and then",
            WRITERS,
            FIRST_WRITER,
            seconds=sizes.paced_seconds,
            pause_seconds=PAUSE_SECONDS,
            text="/help",
        )
        found = ground.stub.order(program.token, "sent", count=0, seconds=0)
    ground.drop(url)
    until = found["sent_at"][0] + sizes.paced_seconds
    pace = rate_between(found["sent_at"], found["sent_at"][0] + RAMP_SECONDS, until)
    return [
        Figure("push", f"at {RATE} a second: pace over {sizes.paced_seconds:g} s of the drain", pace, "/s"),
        Figure("push", "distance from that pace", abs(pace / RATE - 1) * 100, "%", bound=3.0),
        Figure("push", "429 answers meanwhile", found["refused"], "", bound=0.0),
        Figure(
            "reply",
            f"wait of a reply meanwhile, 95th of 100, of {len(waits)}",
            percentile(waits, 95),
            "s",
            bound=1.0,
        ),
        Figure("reply", "the longest", max(waits), "s"),
    ]


def _beside_the_naive(ground: Ground, sizes: Sizes) -> list[Figure]:
    """As many people due at one moment for both, under enforced limits, and what came within the window."""
    people = sizes.naive_people
    url = ground.database("sqlite")
    filling.add_people(url, FIRST, people)
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=LEAD_SECONDS + people // JOBS_A_SECOND)
    pickled = ground.folder / "naive.pickle"
    write_pickle(pickled, people, at)
    with (
        ground.running("starling window", REAL, DATABASE_URL=url) as starling,
        ground.running("naive window", NAIVE, PICKLE=str(pickled)) as naive,
    ):
        for contestant in (starling, naive):
            ground.stub.order(contestant.token, "limit", on=True)
            ground.stub.order(contestant.token, "forget")
        time.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))
        filling.make_due(url, FIRST, people)
        time.sleep(sizes.naive_seconds)
        figures = []
        for name, contestant in (("starling", starling), ("naive", naive)):
            figures += _window(ground, name, contestant, sizes)
    ground.drop(url)
    return figures


def _window(ground: Ground, name: str, contestant: Contestant, sizes: Sizes) -> list[Figure]:
    found = ground.stub.order(contestant.token, "sent", count=0, seconds=0)
    title = f"{name}, delivered of {sizes.naive_people:,} in {sizes.naive_seconds:g} s"
    # What Telegram lets through, less the wait for the tick.
    possible = min(sizes.naive_people, RATE * (sizes.naive_seconds - TICK_SECONDS))
    bound = possible * 0.97 if name == "starling" else None
    return [
        Figure("push", title, len(found["sent_at"]), "", bound=bound, at_least=True),
        Figure(
            "push",
            f"{name}, 429 answers meanwhile",
            found["refused"],
            "",
            bound=0.0 if name == "starling" else None,
        ),
    ]


def write_pickle(path: Path, people: int, at: datetime) -> None:
    """The naive bot's file, as its persistence writes it, with everybody's time in it."""
    user_data = {person: {"at": f"{at:%H:%M:%S}"} for person in range(FIRST, FIRST + people)}
    kept = {
        "conversations": {},
        "user_data": user_data,
        "chat_data": {},
        "bot_data": {},
        "callback_data": None,
    }
    path.write_bytes(pickle.dumps(kept))


def rate_between(moments: Sequence[float], begin: float, end: float) -> float:
    """How many a second."""
    return sum(begin <= moment < end for moment in moments) / (end - begin)


def percentile(values: Sequence[float], share: int) -> float:
    """The value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]
