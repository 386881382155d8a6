"""The choice of the next question: nothing repeats before all were asked, two workers choose alike."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.selection import Asked, choose
from bot.domain.terms import QuestionId

DAY_ONE = date(2026, 1, 1)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def questions(count: int) -> list[QuestionId]:
    return [QuestionId(f"q-{n}") for n in range(count)]


def remember(asked: dict[QuestionId, Asked], question: QuestionId, at: datetime) -> None:
    before = asked.get(question)
    asked[question] = Asked(times=before.times + 1 if before else 1, last_at=at)


@given(count=st.integers(1, 40), person=st.integers(1, 2**40))
def test_over_a_year_nothing_repeats_before_all_were_asked(count: int, person: int) -> None:
    """Any run of as many days as there are questions asks each of them once."""
    pool, asked, order = questions(count), dict[QuestionId, Asked](), list[QuestionId]()
    for n in range(365):
        chosen = choose(pool, asked, person=person, day=DAY_ONE + timedelta(days=n))
        assert chosen is not None
        remember(asked, chosen, NOON + timedelta(days=n))
        order.append(chosen)
    for start in range(365 - count + 1):
        assert len(set(order[start : start + count])) == count


def test_a_grown_pack_is_caught_up_with_once_not_for_days() -> None:
    """A new question among often asked ones comes next, then waits for all the others."""
    pool = questions(4)
    asked = {question: Asked(5, NOON - timedelta(days=9 - n)) for n, question in enumerate(pool[:3])}
    order = []
    for n in range(4):
        chosen = choose(pool, asked, person=7, day=DAY_ONE + timedelta(days=n))
        assert chosen is not None
        remember(asked, chosen, NOON + timedelta(days=n))
        order.append(chosen)
    assert order == [pool[3], pool[0], pool[1], pool[2]]


def test_the_one_asked_longest_ago_comes_first() -> None:
    """When all were asked, equally often or not."""
    pool = questions(3)
    asked = {
        pool[0]: Asked(2, NOON - timedelta(days=1)),
        pool[1]: Asked(2, NOON - timedelta(days=3)),
        pool[2]: Asked(1, NOON - timedelta(days=2)),
    }
    assert choose(pool, asked, person=7, day=DAY_ONE) == pool[1]


def test_asked_at_the_same_moment_the_rarer_comes_first() -> None:
    """`times` decides between equal moments."""
    pool = questions(2)
    assert choose(pool, {pool[0]: Asked(3, NOON), pool[1]: Asked(2, NOON)}, person=7, day=DAY_ONE) == pool[1]


@given(pool=st.permutations(questions(12)), person=st.integers(1, 2**40))
def test_two_workers_choose_alike(pool: list[QuestionId], person: int) -> None:
    """The order in which candidates were read does not matter."""
    expected = choose(questions(12), {}, person=person, day=DAY_ONE)
    assert choose(pool, {}, person=person, day=DAY_ONE) == expected


def test_people_start_with_different_questions() -> None:
    """A hundred people on one day meet every question of a pack of six first."""
    firsts = {choose(questions(6), {}, person=person, day=DAY_ONE) for person in range(100)}
    assert firsts == set(questions(6))


def test_the_first_choice_stays_the_same_in_every_version() -> None:
    """The order comes from a fixed hash, not from Python's, which differs from process to process."""
    chosen = [choose(questions(6), {}, person=person, day=DAY_ONE) for person in (1, 2, 3)]
    assert chosen == ["q-3", "q-2", "q-2"]


def test_swapping_visits_every_other_question_and_then_ends() -> None:
    """What was swapped away today is not offered again; None when nothing else is left."""
    pool, away = questions(5), list[QuestionId]()
    while (chosen := choose(pool, {}, person=7, day=DAY_ONE, exclude=away)) is not None:
        assert chosen not in away
        away.append(chosen)
    assert sorted(away) == pool


def test_no_candidates_means_none() -> None:
    """A person without categories gets no question, not an error."""
    assert choose([], {}, person=7, day=DAY_ONE) is None


def test_what_was_asked_outside_the_candidates_does_not_count() -> None:
    """Questions of other categories neither come nor disturb."""
    pool = questions(2)
    asked = {QuestionId("retired"): Asked(1, NOON), pool[0]: Asked(1, NOON)}
    assert choose(pool, asked, person=7, day=DAY_ONE) == pool[1]


def test_asked_refuses_a_naive_moment() -> None:
    """A datetime without a zone cannot be ordered among moments."""
    with pytest.raises(ValueError, match="aware"):
        Asked(1, NOON.replace(tzinfo=None))


def test_asked_refuses_zero_times() -> None:
    """What was never asked is left out of the mapping."""
    with pytest.raises(ValueError, match="times"):
        Asked(0, NOON)
