"""How soon a new process answers, what it holds in memory, and whether that grows."""

import time
from collections.abc import Callable

from tests.bench.ground import REAL, STARLING, Ground
from tests.bench.people import PARTS
from tests.bench.results import Figure, middle
from tests.bench.sizes import Sizes
from tests.bench.steps import QUESTIONS

PERSON = 1

PATIENCE_SECONDS = 30.0

IDLE_SECONDS = 1.0

SOAK_PEOPLE = 200

UPDATES_EACH = len(PARTS) + 3
"""The question, its button, the parts, and submission."""


def measure(ground: Ground, sizes: Sizes, tell: Callable[[str], None]) -> list[Figure]:
    """Start the real program again and again, on no database and on one that is there."""
    found: dict[str, list[tuple[float, float, float]]] = {"first start": [], "start": []}
    for number in range(sizes.start_rounds):
        for name, values in found.items():
            url = ground.database("sqlite", migrated=name == "start")
            values.append(first_reply(ground, url))
        tell(f"start: round {number + 1} of {sizes.start_rounds}")
    figures = []
    for name, values in found.items():
        waits, cpu, memory = zip(*values, strict=True)
        figures += [
            middle("start", f"{name}, until the first reply", waits, "s", bound=1.5),
            middle("start", f"{name}, CPU until the first reply", cpu, "s"),
            middle("start", f"{name}, resident after it", memory, "MB", bound=100.0),
        ]
    return figures


def first_reply(ground: Ground, url: str) -> tuple[float, float, float]:
    """Seconds from the start of the process to its first reply, its CPU seconds by then, and its memory soon after.

    Raises:
        RuntimeError: no reply came.
    """
    began = time.monotonic()
    program = ground.start("starling", REAL, DATABASE_URL=url)
    try:
        ground.stub.order(program.token, "write", person=PERSON, text="/start")
        sent = ground.stub.order(program.token, "sent", count=1, seconds=PATIENCE_SECONDS)["sent_at"]
        cpu = program.cpu_seconds()
        if not sent:
            raise RuntimeError(f"no reply: {program.output}")
        time.sleep(IDLE_SECONDS)
        return sent[0] - began, cpu, program.resident_mb()
    finally:
        program.stop()


def soak(ground: Ground, sizes: Sizes, tell: Callable[[str], None]) -> list[Figure]:
    """Whole conversations, one after the other, and the memory after a tenth of them and after all."""
    tenth, whole = (
        updates // (SOAK_PEOPLE * UPDATES_EACH) for updates in (sizes.soak_updates // 10, sizes.soak_updates)
    )
    memory = {}
    url = ground.database("sqlite")
    with ground.running("starling soak", STARLING, DATABASE_URL=url) as program:
        for number in range(1, max(2, whole) + 1):
            question = QUESTIONS[number % len(QUESTIONS)]
            program.play("open", SOAK_PEOPLE, question=question)
            program.play("answer", SOAK_PEOPLE)
            program.play("submit", SOAK_PEOPLE)
            memory[number] = program.resident_mb()
            if number % 10 == 0:
                tell(f"soak: {number * SOAK_PEOPLE * UPDATES_EACH} updates, {memory[number]:.1f} MB")
        before, after = memory[max(1, tenth)], memory[max(memory)]
    return [
        Figure("soak", f"resident after {sizes.soak_updates // 10:,} updates", before, "MB", bound=100.0),
        Figure("soak", f"resident after {sizes.soak_updates:,} updates", after, "MB"),
        Figure("soak", "growth between", after / before, "x", bound=1.1),
    ]
