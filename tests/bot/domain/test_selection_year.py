"""A simulated year: every sentence on the choice of questions, held on every day of whatever year it is.

The days are not those of somebody tidy: there are gaps between them, several cards on one day, cards swapped away and
answers left unrated. Each property is reckoned from what was shown and due, in its own words.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.selection import NEAR, Candidate
from bot.domain.terms import CategoryId, Level, QuestionId
from tests.bot.domain.life import DAY, DAY_ONE, Life, asked_on, questions

LEVELS = tuple(Level)


@dataclass(frozen=True)
class Visit:
    """Days since the last one (0: the same day once more), cards swapped away before one is kept, and its rating."""

    gap: int
    swaps: int
    rating: int | None


DAILY = st.builds(Visit, st.just(1), st.just(0), st.none() | st.integers(1, 4))
UNTIDY = st.builds(
    Visit,
    st.sampled_from([0, 1, 1, 1, 2, 3, 7]),
    st.sampled_from([0, 0, 0, 1, 4]),
    st.none() | st.integers(1, 4),
)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Somebody with a few categories of mixed levels, perhaps a level of their own and weak categories."""
    sizes = draw(st.lists(st.integers(1, 12), min_size=1, max_size=5))
    levels = draw(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=7))
    numbers = iter(range(sum(sizes)))
    pool = [
        Candidate(QuestionId(f"c{n}-{m}"), CategoryId(f"c{n}"), levels[next(numbers) % len(levels)])
        for n, size in enumerate(sizes)
        for m in range(size)
    ]
    weak = draw(
        st.lists(st.sampled_from([CategoryId(f"c{n}") for n in range(len(sizes))]), max_size=2, unique=True)
    )
    return Life(pool, draw(st.integers(1, 2**40)), draw(st.none() | st.sampled_from(LEVELS)), tuple(weak))


class Judge:
    """Looks on while somebody lives, and holds the choice to what is promised."""

    def __init__(self, life: Life, mixed: Random) -> None:
        self.life = life
        self._mixed = mixed
        self._by_id = {each.id: each for each in life.pool}
        self.repeats: list[int] = []
        """The days on which something came again though new questions were left."""

    def choice(self, n: int, away: Collection[QuestionId] = ()) -> QuestionId | None:
        """The question of the n-th day; ``away`` were swapped away on it, or shown."""
        chosen = self.life.choice(n, away)
        assert chosen == self.life.elsewhere(n, away, self._mixed), "two workers chose differently"
        left = [each for each in self.life.pool if each.id not in away]
        assert (chosen is None) == (not left), "a day without a question"
        if chosen is None:
            return None
        assert chosen not in away, "swapped away, and there again"
        new = [each for each in left if each.id not in self.life.asked]
        due = self._due(n, left)
        if chosen in self.life.asked:
            self._judge_repeat(chosen, n, new, due)
        else:
            assert not (due and self._may_repeat(n)), "a new question went by a review that was due"
            self._judge_new(self._by_id[chosen], new)
        return chosen

    def _judge_repeat(
        self, chosen: QuestionId, n: int, new: list[Candidate], due: dict[QuestionId, date]
    ) -> None:
        if due and (not new or self._may_repeat(n)):
            assert chosen in due, "something else came before a review that was due"
        if chosen in due:
            assert due[chosen] == min(due.values()), "a review went by one that waits longer"
        elif not new:
            moments = [self._last(each) for each in self.life.pool if each.id not in self._shown_on(n)]
            assert (
                not moments
                or self.life.asked[chosen].last_on == DAY_ONE + n * DAY
                or (self.life.asked[chosen].last_at == min(moments))
            ), "not the one asked longest ago"
        if new:
            assert chosen in due, "it came again before all were asked, and was not due"
            assert self._may_repeat(n), "two reviews without a day for a new question between them"
            self.repeats.append(n)

    def _judge_new(self, chosen: Candidate, new: list[Candidate]) -> None:
        level = self.life.level
        if level is not None:
            apart = {each.id: _apart(each, level) for each in new}
            near = [each for each in new if apart[each.id] <= NEAR]
            assert apart[chosen.id] <= NEAR or not near, "too far from the level, with others at hand"
            beside = [apart[each.id] for each in new if each.category_id == chosen.category_id]
            assert apart[chosen.id] == min(beside), "of its category one was nearer to the level"
            new = near or new
        waiting = {each.category_id for each in new}
        asked = {category: self._asked_last(category) for category in waiting}
        last = self._asked_last(None)
        if len(waiting) > 1:
            assert last is None or asked[chosen.category_id] != last, "the same category twice running"
        never = {category for category in waiting if asked[category] is None}
        if never:
            assert chosen.category_id in never, "a category of which nothing was asked had to wait"
            weak = never & set(self.life.weak)
            assert not weak or chosen.category_id in weak, "of those, a weak one had to wait"
            return
        if chosen.category_id not in self.life.weak:
            weak = {asked[each] for each in waiting & set(self.life.weak)} - {last}
            assert all(each > asked[chosen.category_id] for each in filter(None, weak)), (
                "a weak one had to wait"
            )
            others = [asked[each] for each in waiting if asked[each] != last]
            assert not others or asked[chosen.category_id] == min(filter(None, others)), "not its turn"

    def _due(self, n: int, left: list[Candidate]) -> dict[QuestionId, date]:
        """What is due and was not shown on that day: since when it waits."""
        today = DAY_ONE + n * DAY
        found = {}
        for each in left:
            due, known = self.life.due.get(each.id), self.life.asked.get(each.id)
            if due is not None and due <= today and known is not None and known.last_on < today:
                found[each.id] = max(due, known.last_on)
        return found

    def _may_repeat(self, n: int) -> bool:
        """Whether neither yesterday's nor today's nor the last card was of a question asked on an earlier day."""
        today, asked = DAY_ONE + n * DAY, self.life.asked
        lately = {question for question, each in asked.items() if each.last_on >= today - DAY}
        lately |= {self.life.order[-1]} if self.life.order else set()
        return not any(asked[question].is_repeat for question in lately)

    def _shown_on(self, n: int) -> set[QuestionId]:
        return {question for question, each in self.life.asked.items() if each.last_on == DAY_ONE + n * DAY}

    def _last(self, candidate: Candidate) -> datetime:
        return self.life.asked[candidate.id].last_at

    def _asked_last(self, category: CategoryId | None) -> datetime | None:
        """When anything of the category (None: of any) was asked last."""
        moments = [
            self.life.asked[each.id].last_at
            for each in self.life.pool
            if each.id in self.life.asked and category in (None, each.category_id)
        ]
        return max(moments, default=None)


def _apart(candidate: Candidate, level: Level) -> int:
    return abs(LEVELS.index(candidate.level) - LEVELS.index(level))


def live(life: Life, visits: list[Visit], mixed: Random, until: int = 365) -> Judge:
    """Let the year go by, the visits over and over."""
    judge = Judge(life, mixed)
    n, minute, turn = 0, 0, 0
    while n < until:
        visit = visits[turn % len(visits)]
        turn += 1
        n, minute = (n + visit.gap, 0) if visit.gap else (n, minute + 1)
        if minute > len(life.pool):  # a day has an end
            n, minute = n + 1, 0
        chosen = judge.choice(n)
        assert chosen is not None
        life.ask(chosen, n, minute)
        for _ in range(visit.swaps):
            other = judge.choice(n, {question for question in life.asked if _is_today(life, question, n)})
            if other is None:
                break
            minute += 1
            life.ask(other, n, minute)
            chosen = other
        if visit.rating is not None:
            life.rate(chosen, n, visit.rating)
    return judge


def _is_today(life: Life, question: QuestionId, n: int) -> bool:
    return life.asked[question].last_on == DAY_ONE + n * DAY


@settings(max_examples=25, deadline=None)
@given(lives(), st.lists(DAILY, min_size=1, max_size=30), st.integers(0, 2**32))
def test_a_year_of_every_day(life: Life, visits: list[Visit], seed: int) -> None:
    """Whatever is promised, on each of 365 days; no two days running are for reviews while anything is new."""
    judge = live(life, visits, Random(seed))
    assert all(later - earlier >= 2 for earlier, later in pairwise(judge.repeats))
    assert len(life.order) == 365


@settings(max_examples=25, deadline=None)
@given(lives(), st.lists(UNTIDY, min_size=1, max_size=30), st.integers(0, 2**32))
def test_an_untidy_year(life: Life, visits: list[Visit], seed: int) -> None:
    """With gaps, several cards a day, and cards swapped away."""
    if any(visit.gap for visit in visits):
        live(life, visits, Random(seed), until=200)


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 7), st.integers(1, 2**40), st.none() | st.integers(1, 4), st.sampled_from([1, 2, 7]))
def test_a_weak_category_has_more_of_the_cards_than_any_other(
    number: int, person: int, rating: int | None, gap: int
) -> None:
    """While all have new questions, however seldom somebody is asked; it comes first of all, never twice running."""
    pool = [each for n in range(number) for each in questions(40, f"c{n}")]
    life = Life(pool, person, weak=(CategoryId("c1"),))
    for n in range(12 * number):
        life.live(n * gap, rating)
    of = {each.id: each.category_id for each in pool}
    times = Counter(of[question] for question in life.order)
    assert of[life.order[0]] == "c1"
    assert all(times["c1"] > times[other] for other in times if other != "c1")
    if rating is None:
        assert all(of[one] != of[next_] for one, next_ in pairwise(life.order))


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8),
    st.lists(st.integers(0, 6), max_size=8),
    st.integers(0, 2**32),
)
def test_workers_choose_alike_where_moments_are_equal(
    days: list[tuple[int, int]], due: list[int], seed: int
) -> None:
    """Two cards of one moment, or due on one day, are no reason for two workers to differ."""
    pool = [each for n in range(3) for each in questions(4, f"c{n}")]
    life = Life(pool, weak=(CategoryId("c1"), CategoryId("c2")), level=Level.MID)
    mixed = Random(seed)
    life.asked = {
        each.id: asked_on(*pair) for each, pair in zip(mixed.sample(pool, len(pool)), days, strict=False)
    }
    life.due = {each.id: DAY_ONE + day * DAY for each, day in zip(pool, due, strict=False)}
    for n in (3, 4, 5):
        chosen = {life.elsewhere(n, (), mixed) for _ in range(6)} | {life.choice(n)}
        assert len(chosen) == 1
