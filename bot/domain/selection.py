"""Which question comes next for a person.

Here: the order among questions that may be asked. Not here: which categories a person practises, when a rated
question is due again, reading or writing what was asked.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.domain.terms import QuestionId


@dataclass(frozen=True, slots=True)
class Asked:
    """How often one question was asked of one person, at least once, and the last moment (aware).

    Raises:
        ValueError: ``times`` is below 1 or ``last_at`` is naive.
    """

    times: int
    last_at: datetime

    def __post_init__(self) -> None:
        if self.times < 1:
            raise ValueError(f"times must be 1 or more, not {self.times}: leave out what was never asked")
        if self.last_at.utcoffset() is None:
            raise ValueError("last_at must be aware")


def choose(
    candidates: Sequence[QuestionId],
    asked: Mapping[QuestionId, Asked],
    *,
    person: int,
    day: date,
    exclude: Collection[QuestionId] = (),
) -> QuestionId | None:
    """The next question: a never asked one, else the one asked longest ago; None if every candidate is excluded.

    Hence nothing repeats before all candidates were asked, also when packs grow or counts are uneven: going by
    ``times`` alone would ask a new question day after day until it caught up. ``times`` decides between equal
    moments. Among the never asked the order is a hash of person, ``day`` (local date) and question: it differs
    between people, is the same in every worker, and does not put forward again tomorrow what was swapped away
    today. The order of ``candidates`` does not matter.
    """

    def order(question: QuestionId) -> tuple[bool, datetime, int, bytes]:
        shuffled = hashlib.blake2b(f"{person} {day.isoformat()} {question}".encode(), digest_size=8).digest()
        known = asked.get(question)
        if known is None:
            return False, datetime.min.replace(tzinfo=UTC), 0, shuffled
        return True, known.last_at, known.times, shuffled

    return min((question for question in candidates if question not in exclude), key=order, default=None)
