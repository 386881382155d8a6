"""Streak and progress on one screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.streak import Streak
from bot.screens import coach
from bot.screens.after import RATINGS
from bot.screens.buttons import data
from bot.screens.layout import bold, escape
from bot.screens.message import Button, Message
from bot.screens.target import Went, how_they_went
from bot.screens.when import count, day

DAYS_SHOWN = 14
RECENT_ANSWERS = 10
"""How many of the latest answers the averages are taken of."""

_CATEGORIES_SHOWN_MAX = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """What a person has done so far.

    ``last_days`` says of each of the last `DAYS_SHOWN` days whether it had an answer, today last. ``recent_words``
    are the words of each of the latest answers. ``by_category`` has (title, answers), ``by_rating`` answers by
    rating 1 to 4. ``answered`` of the ``askable`` questions were answered at least once. ``went`` are interviews
    that are over.
    """

    today: date
    streak: Streak
    last_days: tuple[bool, ...]
    answers: int
    this_week: int
    answered: int
    askable: int
    by_category: Sequence[tuple[str, int]]
    by_rating: Mapping[int, int]
    recent_words: Sequence[int]
    went: Sequence[Went] = ()


def stats(progress: Progress) -> Message:
    """/stats."""
    if not progress.answers:
        return Message(
            f"{bold('Progress')}\nNothing to count yet. Your first answer starts the streak.",
            ((Button("Ask me a question", data("new")),),),
        )
    signs = "".join("●" if answered else "○" for answered in progress.last_days)
    begin = progress.today - timedelta(days=len(progress.last_days) - 1)
    lines = [
        bold("Progress"),
        _streak_line(progress),
        "",
        signs,
        f"{day(begin)} to today",
        "",
        f"{bold(count(progress.answers, 'answer'))}, {progress.this_week} this week",
        f"{progress.answered} of {count(progress.askable, 'question')} answered",
        *_averages(progress.recent_words),
        *_ratings(progress.by_rating),
        "",
        bold("By category"),
        *(f"{escape(title)}: {number}" for title, number in progress.by_category[:_CATEGORIES_SHOWN_MAX]),
        *how_they_went(progress.went),
    ]
    return Message(
        "\n".join(lines),
        ((Button("Ask me a question", data("new")), Button("History", data("h"))),),
    )


def _streak_line(progress: Progress) -> str:
    now, best = progress.streak.current, progress.streak.best
    if not now:
        return f"No streak just now. The best was {count(best, 'day')}."
    kept = "" if progress.last_days[-1] else f" An answer today makes it {now + 1}."
    record = " That is your best so far." if now == best else f" The best was {count(best, 'day')}."
    return f"{bold(count(now, 'day'))} in a row.{kept or record}"


def _averages(words: Sequence[int]) -> list[str]:
    if not words:
        return []
    last = "Last answer" if len(words) == 1 else f"Last {len(words)} answers, on average"
    return [f"{last}: {escape(coach.words_and_time(round(sum(words) / len(words))))}"]


def _ratings(by_rating: Mapping[int, int]) -> list[str]:
    rated = [f"{word} {by_rating[value]}" for value, word in RATINGS if by_rating.get(value)]
    return [f"It felt: {' · '.join(rated)}"] if rated else []
