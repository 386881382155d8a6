"""Questions as they come and go: on demand, put off, swapped, declined."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast

from bot.domain import schedule, selection, target
from bot.domain.reviews import MAX_INTERVAL_DAYS
from bot.domain.terms import CategoryId, Level, PersonId, QuestionId
from bot.screens import question as screen
from bot.screens import target as target_screen
from bot.screens.answering import place
from bot.screens.buttons import data
from bot.screens.message import Button
from bot.usecases import candidates, cards, drafts
from bot.usecases.turn import Turn
from content.library import Library
from content.schema import Question
from db import answers, askings, reminders, reviews
from db.engine import Transaction
from db.people import Person

A_DAY_ANYWHERE = timedelta(hours=26)
"""From any moment to the end of the day it is in, with the hour that a change of the clocks may add."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The question that comes next, and the line on its card that says why it comes again."""

    question: Question
    lead: str = ""


def ask(turn: Turn, *, lead: str = "") -> None:
    """/question: today's question if it is still open, else the next one; an answer in progress is offered first."""
    if drafts.offer_resting(turn, another=True):
        return
    ask_another(turn, lead=lead)


def ask_another(turn: Turn, *, lead: str = "") -> None:
    """Show today's open question or the next one, whatever else is in progress."""
    question = _open_today(turn)
    choice = _choose(turn) if question is None else Choice(question)
    if choice is None:
        turn.show(screen.none_left())
        return
    ask_this(turn, choice.question, lead=lead or choice.lead)


def practise(
    turn: Turn,
    category_ids: tuple[CategoryId, ...] | None = None,
    *,
    level: Level | None = None,
    lead: str = "",
) -> None:
    """A question of these categories (None: of the person's) and of that level (None: of any), now."""
    choice = _choose(turn, category_ids, only_level=level)
    if choice is None:
        turn.notice(screen.NO_OTHER_TODAY)
        return
    ask_this(turn, choice.question, lead=lead or choice.lead)


def ask_this(turn: Turn, question: Question, *, lead: str = "") -> None:
    """Show the card of that question, and remember that it was asked."""
    remember(turn, question.id)
    _show_card(turn, question, lead=lead)


def open_linked(turn: Turn, question_id: QuestionId, *, lead: str = "") -> bool:
    """The question a deep link names; False if it is not asked any more."""
    question = turn.library.question(question_id)
    if question is None or question.retired:
        return False
    remember(turn, question.id)
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
    choice = _choose(turn, apart_from=question_id)
    if choice is None:
        turn.notice(screen.NO_OTHER_TODAY)
        return
    reminders.drop(turn.tx, turn.person_id, question_id)
    ask_this(turn, choice.question, lead=choice.lead)


def decline(turn: Turn, question_id: QuestionId) -> None:
    """[Not today]: said once, and what was put off is off."""
    question = _known(turn, question_id)
    if question is None:
        return
    reminders.drop(turn.tx, turn.person_id, question_id)
    cards.turn_down(turn, question)
    category = turn.library.category_of(question_id)
    turn.show(screen.declined(question, category, turn.person.next_push_at, turn.now_utc, turn.zone))


def next_question(turn: Turn) -> Question | None:
    """The person's next question; None if there is none."""
    choice = _choose(turn)
    return None if choice is None else choice.question


def pick(
    library: Library,
    person: Person,
    asked: Mapping[QuestionId, selection.Asked],
    due: Mapping[QuestionId, datetime],
    *,
    now_utc: datetime,
    category_ids: tuple[CategoryId, ...] | None = None,
    exclude: Collection[QuestionId] = (),
) -> Choice | None:
    """The next question of these categories (None: of the person's) for who was asked that and has that due."""
    zone, day = person.zone or "UTC", schedule.local_date(person.zone or "UTC", now_utc)
    among = candidates.of(library, category_ids or person.category_ids)
    wishes = selection.Wishes(
        {question_id: schedule.local_date(zone, moment) for question_id, moment in due.items()},
        person.level,
        person.weak_category_ids,
    )
    if person.target_date is not None:
        wishes = _towards(person.target_date, day, wishes, among, asked)
        light = _light(person, day, wishes, {each.id for each in among} - set(exclude), asked)
        drill = None if light is None else library.question(light)
        if drill is not None:
            return Choice(drill, target_screen.light(person.target_name or ""))
        if (
            target.phase(person.target_date, day) is target.Phase.LIGHT
        ):  # nothing new, if there is anything else
            among = [each for each in among if each.id in asked] or among
    chosen = selection.choose(
        among,
        asked,
        person=person.id,
        day=day,
        wishes=wishes,
        exclude=exclude,
    )
    question = None if chosen is None else library.question(chosen)
    if question is None:
        return None
    is_review = question.id in asked and wishes.due.get(question.id, day + timedelta(1)) <= day
    return Choice(question, screen.DUE_AGAIN if is_review else "")


def due_until(
    tx: Transaction, asking_of: Sequence[Person], now_utc: datetime
) -> Mapping[PersonId, Mapping[QuestionId, datetime]]:
    """What is due for each of these people by the end of their day, and perhaps a little beyond.

    On the last days before an interview all they answered is: what was not rated comes behind what was.
    """
    until, light = now_utc + A_DAY_ANYWHERE, list[Person]()
    for person in asking_of:
        if person.target_date is not None:
            phase = target.phase(person.target_date, schedule.local_date(person.zone or "UTC", now_utc))
            if phase is not target.Phase.COVER:  # what is due later counts too
                until = max(until, now_utc + timedelta(days=MAX_INTERVAL_DAYS + 1))
            if phase is target.Phase.LIGHT:
                light.append(person)
    due = reviews.due(tx, [person.id for person in asking_of], until)
    if not light:
        return due
    unrated = {
        person.id: dict.fromkeys(answers.questions_answered(tx, person.id), person.created_at)
        for person in light
    }
    return {person.id: {**unrated.get(person.id, {}), **due.get(person.id, {})} for person in asking_of}


def _towards(
    interview: date,
    day: date,
    wishes: selection.Wishes,
    among: Sequence[selection.Candidate],
    asked: Mapping[QuestionId, selection.Asked],
) -> selection.Wishes:
    """The wishes as the day of an interview changes them: cover the categories, then pack what is due before it."""
    covered = {each.category_id for each in among if each.id in asked}
    uncovered = len({each.category_id for each in among} - covered)
    packed = target.phase(interview, day) is target.Phase.PACK
    due = {
        question: min(when, day) if packed and when <= interview else when
        for question, when in wishes.due.items()
    }
    return replace(wishes, due=due, packed=packed, cover=target.must_cover(interview, day, uncovered))


def _light(
    person: Person,
    day: date,
    wishes: selection.Wishes,
    among: Collection[QuestionId],
    asked: Mapping[QuestionId, selection.Asked],
) -> QuestionId | None:
    """On the last days before an interview, the question known best that was not on a card today."""
    if person.target_date is None or target.phase(person.target_date, day) is not target.Phase.LIGHT:
        return None
    known = (
        question
        for question in wishes.due
        if question in among and (question not in asked or asked[question].last_on < day)
    )
    return max(known, key=lambda question: (wishes.due[question], question), default=None)


def resting_button(turn: Turn) -> Button | None:
    """The way back to an unfinished answer, to hang under a card; None if there is none with words in it."""
    resting = drafts.active(turn)
    if resting is None or resting.draft.is_empty():
        return None
    where = place(resting.draft, resting.naming)
    return Button(f"Go on with your answer at {where}", data("cont", resting.answer.id))


def _show_card(turn: Turn, question: Question, *, lead: str = "") -> None:
    turn.overtake()
    category = turn.library.category_of(question.id)
    has_stories = turn.person.story_count > 0
    turn.show(screen.card(question, category, lead=lead, resting=resting_button(turn), stories=has_stories))


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
        (asking.last_at, question_id) for question_id, asking in asked.items() if asking.last_on == turn.today
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
    only_level: Level | None = None,
    apart_from: QuestionId | None = None,
) -> Choice | None:
    """The next question; with ``apart_from`` (a swap) none that was on a card today."""
    asked = askings.of_person(turn.tx, turn.person_id)
    exclude: set[QuestionId] = set()
    if apart_from is not None:
        exclude = {question_id for question_id, asking in asked.items() if asking.last_on == turn.today}
        exclude.add(apart_from)
    if only_level is not None:
        exclude |= {question.id for question in turn.library.askable() if question.level is not only_level}
    due = due_until(turn.tx, [turn.person], turn.now_utc)[turn.person_id]
    return pick(
        turn.library,
        turn.person,
        asked,
        due,
        now_utc=turn.now_utc,
        category_ids=category_ids,
        exclude=exclude,
    )


def remember(turn: Turn, question_id: QuestionId) -> None:
    """Store that the question was shown."""
    askings.add(turn.tx, turn.person_id, question_id, turn.now_utc, turn.today)
