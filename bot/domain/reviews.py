"""When a rated question comes back: py-fsrs behind values of our own.

The one place in the domain that imports a library. It is pure: every moment is handed in, nothing is drawn by chance.
Not here: which of the questions that are due comes, and when a question that was never rated is asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler, State

MAX_INTERVAL_DAYS = 180
"""The longest a rated question stays away: a search for a job is over sooner than memory fades."""

# Without steps every interval is whole days; without fuzz two workers reckon alike.
_SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=MAX_INTERVAL_DAYS, enable_fuzzing=False
)


@dataclass(frozen=True, slots=True)
class Rated:
    """One attempt: how it felt, 1 (again) to 4 (easy), and when it was submitted (aware)."""

    rating: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """How well a person has a question, in the figures of FSRS, and when it is due again (UTC)."""

    stability: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime


def reviewed(attempts: Iterable[Rated]) -> Review | None:
    """The state after those attempts, in any order; None if none was rated.

    Reckoned from the first attempt every time, so that a changed rating or a deleted answer leaves no trace.

    Raises:
        ValueError: a rating is not 1..4, or a moment is naive.
    """
    card = Card(card_id=0, due=datetime.min.replace(tzinfo=UTC))  # its defaults would read the clock
    for attempt in sorted(attempts, key=lambda attempt: attempt.at):
        if attempt.at.utcoffset() is None:
            raise ValueError("a naive moment tells no time: pass an aware one")
        card, _log = _SCHEDULER.review_card(card, Rating(attempt.rating), attempt.at.astimezone(UTC))
    if card.stability is None or card.difficulty is None or card.last_review is None:
        return None
    return Review(card.stability, card.difficulty, card.last_review, card.due)


def recall(review: Review, now_utc: datetime) -> float:
    """How likely it is, 0 to 1, that the person has the answer ready now."""
    card = Card(
        card_id=0,
        state=State.Review,
        stability=review.stability,
        difficulty=review.difficulty,
        due=review.due_at,
        last_review=review.reviewed_at,
    )
    return _SCHEDULER.get_card_retrievability(card, now_utc)
