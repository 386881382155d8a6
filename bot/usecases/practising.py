"""/practice: choosing what to be asked about."""

from collections import Counter

from bot.domain import weakness
from bot.domain.coach import Code
from bot.domain.terms import CategoryId, Level, QuestionId
from bot.domain.weakness import Heard, Missed
from bot.screens import general
from bot.screens import practice as screen
from bot.screens.question import GONE
from bot.usecases import answering, asking, candidates, noting
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers

POINTS_NAMED = 2
"""So many of the points that were not heard are named above the question."""


def open_practice(turn: Turn, page: int = 0) -> None:
    """/practice, and turning its pages (pp)."""
    turn.show(general.practice(turn.library.categories, len(_hard(turn)), page))


def practise_category(turn: Turn, category_id: CategoryId) -> None:
    """A question of that category."""
    if turn.library.category(category_id) is None:
        turn.notice(general.CATEGORY_GONE)
        return
    turn.message_id = None
    asking.practise(turn, (category_id,))


def practise_hard(turn: Turn) -> None:
    """The question that felt hard and was practised longest ago."""
    hard = _hard(turn)
    if not hard:
        turn.notice(general.NOTHING_HARD)
        return
    turn.message_id = None
    answering.begin(turn, hard[0])


def show_weak_points(turn: Turn) -> None:
    """[Weak points] (wp)."""
    heard = _heard(turn)
    turn.show(screen.weak_points(weakness.recurring(heard), _missed(turn, heard), len(heard)))


def practise_flag(turn: Turn, code: str) -> None:
    """A question where that flag is raised most, with what to do about it above (wf)."""
    found = [each for each in weakness.recurring(_heard(turn)) if each.flag == code]
    if not found or code not in {*Code}:
        turn.notice(screen.NOT_WEAK_ANY_MORE)
        return
    known = turn.library.category(found[0].category_id)
    turn.message_id = None
    asking.practise(turn, None if known is None else (known.id,), lead=screen.aim_at(code))


def practise_missed(turn: Turn, question_id: QuestionId) -> None:
    """A question of which points were not heard, with those above (wq)."""
    found = [pair for pair in _missed(turn, _heard(turn)) if pair[1].id == question_id]
    if not found:
        known = turn.library.question(question_id)
        turn.notice(GONE if known is None or known.retired else screen.NOT_WEAK_ANY_MORE)
        return
    missed, question = found[0]
    texts = [point.text for point in question.points if point.id in missed.points]
    turn.message_id = None
    asking.ask_this(turn, question, lead=screen.missing(texts[:POINTS_NAMED]))


def show_levels(turn: Turn) -> None:
    """[By level] (lvs)."""
    among = candidates.of(turn.library, turn.person.category_ids)
    turn.show(screen.levels(Counter(each.level for each in among)))


def practise_level(turn: Turn, name: str) -> None:
    """A question of that level and no other (lv)."""
    if name not in {*Level}:
        turn.notice(general.OLD_BUTTON)
        return
    turn.message_id = None
    asking.practise(turn, level=Level(name))


def show_tips(turn: Turn, category_id: CategoryId) -> None:
    """The general tips of a category."""
    category = turn.library.category(category_id)
    if category is None:
        turn.notice(general.CATEGORY_GONE)
        return
    for message in general.category_tips(category):
        turn.say(message)


def _heard(turn: Turn) -> list[Heard]:
    return [
        Heard(answer.question_id, answer.category_id, noted.flags, noted.unheard)
        for answer, noted in noting.latest(turn)
    ]


def _missed(turn: Turn, heard: list[Heard]) -> list[tuple[Missed, Question]]:
    """The questions with points to be heard yet, as far as they are still asked."""
    found = ((each, turn.library.question(each.question_id)) for each in weakness.missed(heard))
    return [(each, question) for each, question in found if question is not None and not question.retired]


def _hard(turn: Turn) -> list[QuestionId]:
    asked = answers.felt_hard(turn.tx, turn.person_id)
    known = (turn.library.question(question_id) for question_id in asked)
    return [question.id for question in known if question is not None and not question.retired]
