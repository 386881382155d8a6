"""Streak and progress, counted from the stored answers."""

from datetime import timedelta

from bot.domain import coach
from bot.domain.schedule import local_date
from bot.domain.streak import last_days, streak
from bot.screens import stats as screen
from bot.screens.history import UNKNOWN_CATEGORY
from bot.screens.stats import DAYS_SHOWN, RECENT_ANSWERS
from bot.usecases import targeting
from bot.usecases.turn import Turn
from db import answers


def show_stats(turn: Turn) -> None:
    """/stats."""
    moments = answers.submitted_moments(turn.tx, turn.person_id)
    dates = [local_date(turn.zone, moment) for moment in moments]
    monday = turn.today - timedelta(days=turn.today.weekday())
    askable = {question.id for question in turn.library.askable()}
    recent = answers.page(turn.tx, turn.person_id, limit=RECENT_ANSWERS, offset=0).answers
    turn.show(
        screen.stats(
            screen.Progress(
                today=turn.today,
                streak=streak(dates, turn.today),
                last_days=last_days(set(dates), turn.today, DAYS_SHOWN),
                answers=len(dates),
                this_week=sum(1 for day in dates if day >= monday),
                answered=len(askable & answers.questions_answered(turn.tx, turn.person_id)),
                askable=len(askable),
                by_category=_by_category(turn),
                by_rating=answers.count_by_rating(turn.tx, turn.person_id),
                recent_words=[sum(map(coach.words, answer.texts.values())) for answer in recent],
                went=targeting.went(turn),
            )
        )
    )


def _by_category(turn: Turn) -> list[tuple[str, int]]:
    """Answers of each category that has any, in the order of the packs; those of categories that are gone last."""
    counts = answers.count_by_category(turn.tx, turn.person_id)
    named = [
        (category.title, counts.pop(category.id))
        for category in turn.library.categories
        if category.id in counts
    ]
    gone = sum(counts.values())
    return [*named, (UNKNOWN_CATEGORY, gone)] if gone else named
