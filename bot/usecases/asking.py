"""Questions as they come and go: on demand, put off, swapped, declined."""

from collections.abc import Mapping
from datetime import date
from typing import cast

from bot.domain import schedule, selection
from bot.domain.terms import CategoryId, PersonId, QuestionId
from bot.screens import question as screen
from bot.screens.answering import place
from bot.screens.buttons import data
from bot.screens.message import Button
from bot.usecases import cards, drafts
from bot.usecases.turn import OVERTAKEN, Turn
from content.library import Library
from content.schema import Question
from db import askings, reminders
from db.askings import Asking

_TAKES_ANYTHING = frozenset({"edit", "more", "search"})
"""What `Person.expecting` begins with while any text would be taken for what was asked, an answer to a card too."""


def ask(turn: Turn, *, lead: str = "") -> None:
    """/question: today's question if it is still open, else the next one; an answer in progress is offered first."""
    if drafts.offer_resting(turn, another=True):
        return
    ask_another(turn, lead=lead)


def ask_another(turn: Turn, *, lead: str = "") -> None:
    """Show today's open question or the next one, whatever else is in progress."""
    question = _open_today(turn) or _choose(turn)
    if question is None:
        turn.show(screen.none_left())
        return
    _remember(turn, question.id)
    _show_card(turn, question, lead=lead)


def practise(turn: Turn, category_id: CategoryId) -> None:
    """A question of one category, now."""
    question = _choose(turn, (category_id,))
    if question is None:
        turn.notice(screen.NO_OTHER_TODAY)
        return
    _remember(turn, question.id)
    _show_card(turn, question)


def open_linked(turn: Turn, question_id: QuestionId, *, lead: str = "") -> bool:
    """The question a deep link names; False if it is not asked any more."""
    question = turn.library.question(question_id)
    if question is None or question.retired:
        return False
    _remember(turn, question.id)
    _show_card(turn, question, lead=lead)
    return True


def show_card(turn: Turn, question_id: QuestionId) -> None:
    """[Back] from the later choices: the card as it was."""
    question = _known(turn, question_id)
    if question is not None:
        _show_card(turn, question)


def offer_later(turn: Turn, question_id: QuestionId) -> None:
    """[Later]: the moments to choose from."""
    question = _known(turn, question_id)
    if question is not None:
        turn.show(screen.later_choices(question, turn.library.category_of(question_id)))


def put_off(turn: Turn, question_id: QuestionId, choice: str) -> None:
    """One of the moments was chosen: the question comes back then, once."""
    question = _known(turn, question_id)
    if question is None or choice not in dict(screen.LATER_CHOICES):
        return
    at_utc = schedule.later_at(cast("schedule.Later", choice), turn.zone, turn.now_utc)
    reminders.put(turn.tx, turn.person_id, question.id, at_utc)
    category = turn.library.category_of(question.id)
    turn.show(screen.put_off(question, category, at_utc, turn.now_utc, turn.zone))


def swap(turn: Turn, question_id: QuestionId) -> None:
    """[Swap]: another question in its place, none that was on a card today."""
    question = _choose(turn, apart_from=question_id)
    if question is None:
        turn.notice(screen.NO_OTHER_TODAY)
        return
    reminders.drop(turn.tx, turn.person_id, question_id)
    _remember(turn, question.id)
    _show_card(turn, question)


def decline(turn: Turn, question_id: QuestionId) -> None:
    """[Not today]: said once, and what was put off is off."""
    question = _known(turn, question_id)
    if question is None:
        return
    reminders.drop(turn.tx, turn.person_id, question_id)
    cards.turn_down(turn, question)
    category = turn.library.category_of(question_id)
    turn.show(screen.declined(question, category, turn.person.next_push_at, turn.now_utc, turn.zone))


def pick(
    library: Library,
    category_ids: tuple[CategoryId, ...] | None,
    asked: Mapping[QuestionId, Asking],
    *,
    person_id: PersonId,
    today: date,
    exclude: frozenset[QuestionId] = frozenset(),
) -> Question | None:
    """The next question of these categories (None: of all) for who was asked that; None if there is no other."""
    chosen = selection.choose(
        [question.id for question in library.askable(category_ids)],
        {question_id: selection.Asked(asking.times, asking.last_at) for question_id, asking in asked.items()},
        person=person_id,
        day=today,
        exclude=exclude,
    )
    return None if chosen is None else library.question(chosen)


def close_prompt(turn: Turn) -> None:
    """Before a card that comes by itself: what is typed next is about the card, unless it fits what was open before."""
    if turn.expecting.partition(":")[0] in _TAKES_ANYTHING:
        turn.change(expecting=None)
    elif turn.expecting:
        turn.change(expecting=OVERTAKEN + turn.expecting)


def resting_button(turn: Turn) -> Button | None:
    """The way back to an unfinished answer, to hang under a card; None if there is none with words in it."""
    resting = drafts.active(turn)
    if resting is None or resting.draft.is_empty():
        return None
    where = place(resting.draft, resting.naming)
    return Button(f"Go on with your answer at {where}", data("cont", resting.answer.id))


def _show_card(turn: Turn, question: Question, *, lead: str = "") -> None:
    if turn.person.expecting is not None:  # what is typed next is about the card
        turn.change(expecting=None)
    category = turn.library.category_of(question.id)
    turn.show(screen.card(question, category, lead=lead, resting=resting_button(turn)))


def _known(turn: Turn, question_id: QuestionId) -> Question | None:
    question = turn.library.question(question_id)
    if question is None or question.retired:
        turn.notice(screen.GONE)
        return None
    return question


def _open_today(turn: Turn) -> Question | None:
    """The last question asked today, if nothing became of it yet; so that asking twice burns no question."""
    asked = askings.of_person(turn.tx, turn.person_id)
    today = [
        (asking.last_at, question_id)
        for question_id, asking in asked.items()
        if asking.last_date == turn.today
    ]
    if not today:
        return None
    last_at, question_id = max(today)
    question = turn.library.question(question_id)
    if question is None or question.retired:
        return None
    resting = drafts.active(turn)
    if resting is not None and resting.answer.question_id == question_id and not resting.draft.is_empty():
        return None  # it is being answered already
    return None if cards.is_settled(turn, question_id, last_at) else question


def _choose(
    turn: Turn,
    category_ids: tuple[CategoryId, ...] | None = None,
    *,
    apart_from: QuestionId | None = None,
    exclude: frozenset[QuestionId] = frozenset(),
) -> Question | None:
    """The next question; with ``apart_from`` (a swap) none that was on a card today."""
    asked = askings.of_person(turn.tx, turn.person_id)
    if apart_from is not None:
        today = {question_id for question_id, asking in asked.items() if asking.last_date == turn.today}
        exclude = exclude | today | {apart_from}
    return pick(
        turn.library,
        category_ids or turn.person.category_ids,
        asked,
        person_id=turn.person_id,
        today=turn.today,
        exclude=exclude,
    )


def _remember(turn: Turn, question_id: QuestionId) -> None:
    askings.add(turn.tx, turn.person_id, question_id, turn.now_utc, turn.today)
