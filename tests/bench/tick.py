"""A tick and a start must not care how many people there are: only who is due counts."""

from collections.abc import Callable
from contextlib import ExitStack

from tests.bench import filling
from tests.bench.ground import Ground
from tests.bench.processes import worker
from tests.bench.results import Figure, middle, ratio
from tests.bench.sizes import Sizes
from tests.bench.start import first_reply

DUE = 100

KINDS = ("sqlite", "postgresql")

FIRST = 1


def measure(ground: Ground, sizes: Sizes, tell: Callable[[str], None]) -> list[Figure]:
    """Ticks on tables of every size in turn, and starts on the smallest and the largest."""
    figures = []
    for kind in KINDS:
        urls = {people: _filled(ground, kind, people) for people in sizes.tick_people}
        tell(f"tick: {kind} is filled")
        figures += _ticks(ground, kind, urls, sizes)
        if kind == "sqlite":
            few = _filled(ground, kind, sizes.start_people[0])
            figures += _starts(ground, few, urls[max(urls)], sizes)
        for url in urls.values():
            ground.drop(url)
        tell(f"tick: {kind} is done")
    return figures


def _filled(ground: Ground, kind: str, people: int) -> str:
    url = ground.database(kind)
    filling.add_people(url, FIRST, people)
    return url


def _ticks(ground: Ground, kind: str, urls: dict[int, str], sizes: Sizes) -> list[Figure]:
    costs: dict[int, list[float]] = {people: [] for people in urls}
    memory: dict[int, list[float]] = {people: [] for people in urls}
    with ExitStack() as closing:
        workers = {
            people: closing.enter_context(worker(url, ground.server_of(url))) for people, url in urls.items()
        }
        for number in range(sizes.tick_rounds + 1):
            for people, each in workers.items():
                filling.make_due(urls[people], FIRST + number * DUE, DUE)
                done = each.do(do="tick")
                if number:  # the first round warms up
                    costs[people].append(done["cpu"] * 1000)
                    memory[people].append(done["resident_mb"])
    fewest, most = min(urls), max(urls)
    return [
        *(middle("tick", f"{kind}, {DUE} due of {people:,}", costs[people], "ms") for people in urls),
        ratio("tick", f"{kind}, {most:,} / {fewest:,} people", costs[most], costs[fewest], bound=1.5),
        ratio("tick", f"{kind}, memory, {most:,} / {fewest:,}", memory[most], memory[fewest], bound=1.5),
    ]


def _starts(ground: Ground, few: str, many: str, sizes: Sizes) -> list[Figure]:
    cpu: dict[str, list[float]] = {few: [], many: []}
    waits: dict[str, list[float]] = {few: [], many: []}
    for number in range(sizes.start_rounds + 1):
        for url in (few, many):
            wait, used, _memory = first_reply(ground, url)
            if number:
                cpu[url].append(used)
                waits[url].append(wait)
    names = f"{sizes.start_people[1]:,} / {sizes.start_people[0]:,} people"
    return [
        ratio("tick", f"CPU of a start, {names}", cpu[many], cpu[few], bound=1.3),
        ratio("tick", f"first reply after a start, {names}", waits[many], waits[few]),
    ]
