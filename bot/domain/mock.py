"""A mock interview: which questions in which order, how long each may take, and what stands out across the answers."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import selection
from bot.domain.coach import Code, Reading
from bot.domain.selection import Asked, Candidate, Wishes
from bot.domain.terms import CategoryId, Level, QuestionId

SIZES = (3, 4, 5, 6)
"""Fewer is no interview; more takes longer than the half hour that people set aside."""

OPENING = "introduction"
"""What the ids of categories begin with that open an interview."""

_ORDER = (
    OPENING,
    "motivation",
    "teamwork",
    "customer",
    "delivering",
    "results",
    "ownership",
    "communication",
    "growth",
    "innovation",
    "",  # whatever else there is
    "deadlines",
    "decisions",
    "ambiguity",
    "diversity",
    "leadership",
    "feedback",
    "conflict",
    "ethics",
    "failure",
)
"""Interviewers begin easily and come to what is hard to tell; by the beginnings of category ids."""

_OPENING_SECONDS = 90
_SECONDS = {Level.ENTRY: 105, Level.MID: 120, Level.SENIOR: 150, Level.LEAD: 150}

OVER_AIM = 1.25
"""From this share of the time to aim for on an answer is long."""


def plan(
    candidates: Sequence[Candidate],
    asked: Mapping[QuestionId, Asked],
    size: int,
    *,
    person: int,
    day: date,
    wishes: Wishes,
) -> tuple[QuestionId, ...]:
    """So many questions in interview order, or as many as there are: of different categories as far as possible.

    The opening is among them if there is one. Reviews are no reason here: the least asked come.
    """
    chosen: list[Candidate] = []
    openings = [each for each in candidates if each.category_id.startswith(OPENING)]
    while len(chosen) < size:
        used = {each.category_id for each in chosen}
        free = [each for each in candidates if each.category_id not in used] or list(candidates)
        found = selection.choose(
            openings if openings and not chosen else free,
            asked,
            person=person,
            day=day,
            wishes=Wishes(level=wishes.level, weak=wishes.weak),
            exclude={each.id for each in chosen},
        )
        if found is None:
            break
        chosen += [each for each in candidates if each.id == found]
    return tuple(each.id for each in sorted(chosen, key=lambda each: _place(each.category_id)))


def aim_seconds(category_id: CategoryId, level: Level) -> int:
    """How long an answer should take when it is spoken."""
    return _OPENING_SECONDS if category_id.startswith(OPENING) else _SECONDS[level]


def follow_up(written: Sequence[str], coachs: str, *, person: int, day: date, question: QuestionId) -> str:
    """What is asked after an answer: what the coach would ask about it, else one of the pack's; empty if neither."""
    # The pack's are about the question; every second time it is about what was just told.
    number = selection.number_of(person, day, question)
    if written and (not coachs or number % 2 == 0):
        return written[number // 2 % len(written)]
    return coachs


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer of the interview: what was heard in it, and the seconds to aim for."""

    reading: Reading
    aim_seconds: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands out: flags with the number of answers they are in, and the one thing to work on.

    ``one_thing`` is the code of a finding, None if nothing stands out.
    """

    flags: tuple[tuple[Code, int], ...]
    one_thing: Code | None


def summary(spoken: Sequence[Spoken], said: Collection[Code]) -> Summary:
    """Across the answers; of the findings only those count that are ``said`` to people."""
    times = Counter(
        code
        for each in spoken
        for code in {finding.code for finding in each.reading.findings}
        if code in said
    )
    for each in spoken:
        if each.reading.speaking_seconds > each.aim_seconds * OVER_AIM:
            times[Code.TOO_LONG] += Code.TOO_LONG not in {finding.code for finding in each.reading.findings}
    # What is raised equally often counts in the order in which the coach would say it first.
    order = [finding.code for each in spoken for finding in each.reading.findings]
    ranked = sorted(
        times.items(),
        key=lambda entry: (-entry[1], order.index(entry[0]) if entry[0] in order else len(order)),
    )
    return Summary(tuple(ranked), ranked[0][0] if ranked else None)


def _place(category_id: CategoryId) -> int:
    found = (place for place, stem in enumerate(_ORDER) if stem and category_id.startswith(stem))
    return next(found, _ORDER.index(""))
