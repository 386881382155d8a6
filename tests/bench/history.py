"""/history must not care how many answers there are, one's own or others'."""

from collections.abc import Callable

from tests.bench import filling
from tests.bench.ground import Ground
from tests.bench.processes import Worker, worker
from tests.bench.results import Figure, middle, ratio
from tests.bench.sizes import Sizes

KINDS = ("sqlite", "postgresql")

SHORT, LONG, FIRST_OTHER = 1, 2, 1_000
"""The person with few answers, the one with many, and the first of all others."""

SHORT_ANSWERS = 10
"""Answers of everybody but one."""

TIMES = 20
"""Repetitions that are measured together; a server's CPU is counted in hundredths of a second."""

PAGES = {"page 1 of few": (SHORT, 0), "page 1 of many": (LONG, 0), "page 100 of many": (LONG, 99)}
SEARCHES = {
    "rare word in few": (SHORT, filling.RARE),
    "rare word in many": (LONG, filling.RARE),
    "common word in few": (SHORT, filling.COMMON),
    "common word in many": (LONG, filling.COMMON),
}


def measure(ground: Ground, sizes: Sizes, tell: Callable[[str], None]) -> list[Figure]:
    """Pages and searches in turn, in several rounds."""
    figures = []
    for kind in KINDS:
        url = ground.database(kind)
        fill(url, sizes)
        tell(f"history: {kind} is filled")
        costs: dict[str, list[float]] = {name: [] for name in (*PAGES, *SEARCHES)}
        with worker(url, ground.server_of(url)) as each:
            for number in range(sizes.history_rounds + 1):
                for name, cost in _round(each).items():
                    if number:  # the first round warms up
                        costs[name].append(cost * 1000)
        ground.drop(url)
        figures += _figures(kind, costs)
    return figures


def fill(url: str, sizes: Sizes) -> None:
    """One person with few answers, one with many, and others with few each."""
    rest = sizes.history_answers - sizes.history_long - SHORT_ANSWERS
    others = rest // SHORT_ANSWERS
    filling.add_people(url, SHORT, 2)
    filling.add_people(url, FIRST_OTHER, others)
    with filling.search_built_later(url):
        filling.add_answers(url, str(SHORT), 1, SHORT_ANSWERS)
        filling.add_answers(url, f"{FIRST_OTHER} + n % {others}", 1, rest)
        filling.add_answers(url, str(LONG), 1, sizes.history_long)


def _round(each: Worker) -> dict[str, float]:
    costs = {}
    for name, (person, page) in PAGES.items():
        costs[name] = each.do(do="page", person=person, page=page, times=TIMES)["cpu"] / TIMES
    for name, (person, words) in SEARCHES.items():
        costs[name] = each.do(do="search", person=person, words=words, times=TIMES)["cpu"] / TIMES
    return costs


def _figures(kind: str, costs: dict[str, list[float]]) -> list[Figure]:
    few = costs["page 1 of few"]
    return [
        *(middle("history", f"{kind}, {name}", values, "ms") for name, values in costs.items()),
        *(
            ratio("history", f"{kind}, {name} / page 1 of few", costs[name], few, bound=1.5)
            for name in ("page 1 of many", "page 100 of many")
        ),
        *(
            ratio(
                "history",
                f"{kind}, {word}, many / few",
                costs[f"{word} in many"],
                costs[f"{word} in few"],
                bound=3.0,
            )
            for word in ("rare word", "common word")
        ),
        # A search that walks everybody's answers is as slow with few of one's own as with many.
        ratio(
            "history",
            f"{kind}, common word in few / page 1 of few",
            costs["common word in few"],
            few,
            bound=3.0,
        ),
    ]
