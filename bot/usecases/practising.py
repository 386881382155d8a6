"""/practice: choosing what to be asked about."""

from bot.domain.terms import CategoryId, QuestionId
from bot.screens import general
from bot.usecases import answering, asking
from bot.usecases.turn import Turn
from db import answers


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


def show_tips(turn: Turn, category_id: CategoryId) -> None:
    """The general tips of a category."""
    category = turn.library.category(category_id)
    if category is None:
        turn.notice(general.CATEGORY_GONE)
        return
    for message in general.category_tips(category):
        turn.say(message)


def _hard(turn: Turn) -> list[QuestionId]:
    asked = answers.felt_hard(turn.tx, turn.person_id)
    known = (turn.library.question(question_id) for question_id in asked)
    return [question.id for question in known if question is not None and not question.retired]
