"""When a rated question comes back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reviews import MAX_INTERVAL_DAYS, Rated, recall, reviewed

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def days(*attempts: tuple[int, int]) -> float:
    """Days from the last attempt until it is due; attempts are (day, rating)."""
    state = reviewed(Rated(rating, NOON + timedelta(days=day)) for day, rating in attempts)
    assert state is not None
    return (state.due_at - state.reviewed_at) / timedelta(days=1)


def test_the_better_it_felt_the_longer_it_stays_away() -> None:
    """After one attempt and after two; Again comes back the next day."""
    first = [days((0, rating)) for rating in (1, 2, 3, 4)]
    assert first[0] == 1
    assert first == sorted(first)
    assert first[3] > first[2] > first[0]
    second = [days((0, 3), (3, rating)) for rating in (1, 2, 3, 4)]
    assert second == sorted(second)
    assert second[2] > first[2]


def test_nothing_rated_is_never_due() -> None:
    """Without a rating there is no review."""
    assert reviewed([]) is None


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 4)), min_size=1, max_size=30))
def test_always_a_whole_number_of_days_ahead(attempts: list[tuple[int, int]]) -> None:
    """Between one day and the longest interval, whatever the ratings, and the same every time it is reckoned."""
    gap = days(*attempts)
    assert 1 <= gap <= MAX_INTERVAL_DAYS
    assert gap == int(gap)
    assert days(*reversed(attempts)) == gap or len({day for day, _rating in attempts}) < len(attempts)


def test_recall_falls_with_the_days() -> None:
    """Sure on the day itself, less sure a month later, about nine in ten on the day it is due."""
    state = reviewed([Rated(3, NOON)])
    assert state is not None
    assert recall(state, NOON) == 1
    assert recall(state, state.due_at) == pytest.approx(0.9, abs=0.03)
    assert recall(state, NOON + timedelta(days=60)) < 0.8


def test_what_cannot_be_reckoned_with_is_refused() -> None:
    """A rating that is none, and a naive moment."""
    with pytest.raises(ValueError, match="5"):
        reviewed([Rated(5, NOON)])
    with pytest.raises(ValueError, match="naive"):
        reviewed([Rated(3, NOON.replace(tzinfo=None))])
