"""What one step costs: a person's text comes in, is stored, and is answered; beside the echo of others."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from tests.bench.ground import AIOGRAM, NAIVE, PTB, STARLING, Ground
from tests.bench.people import PARTS
from tests.bench.processes import Contestant
from tests.bench.results import Figure, middle, ratio
from tests.bench.sizes import Sizes

BENCH = "step"

QUESTIONS = ("failure-failed", "failure-mistake", "failure-feedback", "failure-not-as-planned")

SETTLE_SECONDS = 0.3
"""After the last reply; what is still done behind it belongs to the step."""

OWN = ("sqlite polling", "sqlite webhook", "postgresql polling", "postgresql webhook")


def measure(ground: Ground, sizes: Sizes, tell: Callable[[str], None]) -> list[Figure]:
    """All contestants in turn, in several rounds."""
    with ExitStack() as closing:
        contestants = {name: closing.enter_context(way) for name, way in _contestants(ground).items()}
        costs: dict[str, list[float]] = {name: [] for name in contestants}
        for number in range(sizes.step_rounds + 1):
            for name, contestant in contestants.items():
                cost = step_cost(contestant, name in OWN, sizes.step_people, number)
                if number:  # the first round warms up
                    costs[name].append(cost * 1000)
            tell(f"step: round {number} of {sizes.step_rounds}")
        for name in OWN if ground.profiles is not None else ():
            with ground.profiled(f"step-{name.replace(' ', '-')}", contestants[name]):
                step_cost(contestants[name], is_starling=True, people=sizes.step_people, number=0)
    return _figures(costs)


def step_cost(contestant: Contestant, is_starling: bool, people: int, number: int) -> float:
    """CPU seconds a step, over many people who answer at once; opening and submitting are not counted."""
    if is_starling:
        contestant.play("open", people, question=QUESTIONS[number % len(QUESTIONS)])
    time.sleep(SETTLE_SECONDS)
    before = contestant.cpu_seconds()
    contestant.play("answer", people)
    time.sleep(SETTLE_SECONDS)
    cost = (contestant.cpu_seconds() - before) / (people * len(PARTS))
    if is_starling:
        contestant.play("submit", people)
    return cost


def _contestants(ground: Ground) -> dict[str, AbstractContextManager[Contestant]]:
    ways: dict[str, AbstractContextManager[Contestant]] = {}
    for name in OWN:
        kind, way = name.split()
        url = ground.database(kind)
        ways[name] = ground.running(f"starling {name}", STARLING, webhook=way == "webhook", DATABASE_URL=url)
    ways["aiogram polling"] = ground.running("aiogram polling", AIOGRAM)
    ways["aiogram webhook"] = ground.running("aiogram webhook", AIOGRAM, webhook=True)
    ways["ptb polling"] = ground.running("ptb polling", PTB)
    ways["naive polling"] = ground.running("naive polling", NAIVE)
    return ways


def _figures(costs: dict[str, list[float]]) -> list[Figure]:
    figures = [middle(BENCH, f"{name}, CPU of a step", values, "ms") for name, values in costs.items()]
    for name in OWN:
        kind, way = name.split()
        bounded = kind == "sqlite"
        peers = ((f"aiogram {way}", 1.0), ("ptb polling", 0.2))
        figures += [
            ratio(BENCH, f"{name} / {peer}", costs[name], costs[peer], bound=bound if bounded else None)
            for peer, bound in peers
        ]
    return figures
