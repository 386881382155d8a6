"""How large each bench is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of people, rounds and rows; seconds where it says so."""

    step_people: int
    step_rounds: int
    push_people: int
    push_rounds: int
    paced_people: int
    paced_seconds: float
    naive_people: int
    naive_seconds: float
    tick_people: tuple[int, ...]
    tick_rounds: int
    start_people: tuple[int, int]
    start_rounds: int
    history_answers: int
    history_long: int
    history_rounds: int
    soak_updates: int


FULL = Sizes(
    step_people=250,
    step_rounds=5,
    push_people=10_000,
    push_rounds=3,
    paced_people=10_000,
    paced_seconds=90.0,
    naive_people=1_000,
    naive_seconds=40.0,
    tick_people=(1_000, 100_000, 1_000_000),
    tick_rounds=9,
    start_people=(10, 1_000_000),
    start_rounds=7,
    history_answers=1_000_000,
    history_long=10_000,
    history_rounds=7,
    soak_updates=200_000,
)

QUICK = Sizes(
    step_people=25,
    step_rounds=1,
    push_people=300,
    push_rounds=1,
    paced_people=200,
    paced_seconds=5.0,
    naive_people=100,
    naive_seconds=6.0,
    tick_people=(1_000, 10_000),
    tick_rounds=2,
    start_people=(10, 10_000),
    start_rounds=1,
    history_answers=20_000,
    history_long=1_000,
    history_rounds=2,
    soak_updates=2_800,
)
