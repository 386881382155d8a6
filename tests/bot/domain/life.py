"""A person's days with the choice of questions, for its tests: what was asked, rated and due. Nothing here judges."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

from bot.domain.reviews import Rated, reviewed
from bot.domain.selection import Asked, Candidate, Wishes, choose
from bot.domain.terms import CategoryId, Level, QuestionId

DAY_ONE = date(2026, 1, 1)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

T = TypeVar("T")


def questions(count: int, category: str = "c", level: Level = Level.MID) -> list[Candidate]:
    """So many questions of one category."""
    prefix = "q" if category == "c" else category
    return [Candidate(QuestionId(f"{prefix}-{n}"), CategoryId(category), level) for n in range(count)]


def asked_on(*days: int) -> Asked:
    """Asked at noon of those days, the first day being 0."""
    first, last = DAY_ONE + min(days) * DAY, DAY_ONE + max(days) * DAY
    return Asked(len(days), first, last, NOON + max(days) * DAY)


@dataclass
class Life:
    """A person who is asked and rates as they like; ``order`` is what they were shown."""

    pool: list[Candidate]
    person: int = 7
    level: Level | None = None
    weak: tuple[CategoryId, ...] = ()
    asked: dict[QuestionId, Asked] = field(default_factory=dict)
    ratings: dict[QuestionId, list[Rated]] = field(default_factory=dict)
    due: dict[QuestionId, date] = field(default_factory=dict)
    order: list[QuestionId] = field(default_factory=list)

    def choice(self, n: int, exclude: Collection[QuestionId] = ()) -> QuestionId | None:
        """What would be asked on the n-th day."""
        wishes = Wishes(self.due, self.level, self.weak)
        day = DAY_ONE + n * DAY
        return choose(self.pool, self.asked, person=self.person, day=day, wishes=wishes, exclude=exclude)

    def elsewhere(self, n: int, exclude: Collection[QuestionId], mixed: Random) -> QuestionId | None:
        """The same in another process, which has everything in another order."""
        pool, weak = mixed.sample(self.pool, len(self.pool)), mixed.sample(self.weak, len(self.weak))
        asked, due = _mixed(self.asked, mixed), _mixed(self.due, mixed)
        wishes = Wishes(due, self.level, tuple(weak))
        day = DAY_ONE + n * DAY
        return choose(pool, asked, person=self.person, day=day, wishes=wishes, exclude=set(exclude))

    def live(self, n: int, rating: int | None = None, minute: int = 0) -> QuestionId:
        """Be asked on the n-th day, so many minutes past noon, and perhaps rate the answer."""
        chosen = self.choice(n)
        assert chosen is not None
        self.ask(chosen, n, minute)
        if rating is not None:
            self.rate(chosen, n, rating)
        return chosen

    def ask(self, question: QuestionId, n: int, minute: int = 0) -> None:
        """The question's card was shown."""
        before, today = self.asked.get(question), DAY_ONE + n * DAY
        first, times = (before.first_on, before.times + 1) if before else (today, 1)
        self.asked[question] = Asked(times, first, today, NOON + n * DAY + minute * MINUTE)
        self.order.append(question)

    def rate(self, question: QuestionId, n: int, rating: int) -> None:
        """It was answered and rated."""
        self.ratings.setdefault(question, []).append(Rated(rating, NOON + n * DAY))
        state = reviewed(self.ratings[question][-6:])  # all of them would take the tests too long
        assert state is not None
        self.due[question] = state.due_at.date()


def _mixed(mapping: dict[QuestionId, T], mixed: Random) -> dict[QuestionId, T]:
    return dict(mixed.sample(list(mapping.items()), len(mapping)))
