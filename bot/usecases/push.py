"""The daily push, and questions that come back after [Later]: what a tick of the scheduler does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import schedule
from bot.domain.terms import PersonId, QuestionId
from bot.screens import question as screen
from bot.usecases import asking, letters, packs, targeting
from bot.usecases.settings import plan_of
from bot.usecases.turn import Turn
from content.library import Library
from db import askings, duty, outbox, people, reminders
from db.engine import Transaction
from db.outbox import Lane, NewLetter
from db.people import Person
from db.reminders import Reminder

BATCH = 50
"""People handled in one transaction of a tick; a bound on how long their rows stay locked and replies wait for it."""

SET_ASIDE = timedelta(hours=1)
"""How long a row that cannot be handled is left alone, so that it stops nobody else's and is tried again."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that comes due by rows: a batch in one transaction, or one row by its id, which may be put off."""

    batch: Callable[[Transaction, Library, datetime], int]
    due_ids: Callable[[Transaction, datetime, int], tuple[int, ...]]
    one: Callable[[Transaction, Library, int, datetime], None]
    put_off: Callable[[Transaction, int, datetime], None]


def tick(tx: Transaction, library: Library, now_utc: datetime) -> int:
    """Put the pushes that are due into the outbox, at most `BATCH`; how many people were due.

    The push's date, the next due moment and the letter are stored together, so a crash leaves all or nothing.
    """
    due = people.due(tx, now_utc, BATCH)
    if due:
        _push(tx, library, due, now_utc)
        duty.announce(tx)
    return len(due)


def remind(tx: Transaction, library: Library, now_utc: datetime) -> int:
    """Put the questions whose [Later] is over into the outbox, at most `BATCH`; how many were due."""
    due = reminders.due(tx, now_utc, BATCH)
    for reminder in due:
        _remind(tx, library, reminder, now_utc)
    if due:
        duty.announce(tx)
    return len(due)


def _push_one(tx: Transaction, library: Library, person_id: int, now_utc: datetime) -> None:
    person = people.lock(tx, PersonId(person_id))
    if person is not None and person.next_push_at is not None and person.next_push_at <= now_utc:
        _push(tx, library, [person], now_utc)


def _remind_one(tx: Transaction, library: Library, reminder_id: int, now_utc: datetime) -> None:
    reminder = reminders.get(tx, reminder_id)
    if reminder is not None and reminder.due_at <= now_utc:
        _remind(tx, library, reminder, now_utc)


def next_moment(tx: Transaction, person_id: PersonId | None = None) -> datetime | None:
    """When something is due next, of one person or of all; None if nothing is."""
    moments = [
        people.next_push_moment(tx, person_id),
        people.next_target_moment(tx, person_id),
        reminders.next_moment(tx, person_id),
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def remind_of_targets(tx: Transaction, library: Library, now_utc: datetime) -> int:
    """Put the story sheets, and the questions how it went, into the outbox, at most `BATCH`; how many were due."""
    due = targeting.remind_all(tx, library, now_utc, BATCH)
    if due:
        duty.announce(tx)
    return due


def _push(tx: Transaction, library: Library, due: Sequence[Person], now_utc: datetime) -> None:
    """Settle these people together, in few statements: a question each, and when they are due next."""
    asked = askings.of_people(tx, [person.id for person in due])
    reviews = asking.due_until(tx, due, now_utc)
    settled: list[tuple[PersonId, datetime | None, date | None]] = []
    pushes: list[tuple[PersonId, QuestionId, date]] = []
    waiting: list[NewLetter] = []
    for person in due:
        plan = plan_of(person)
        if plan is None:
            settled.append((person.id, None, person.last_push_date))
            continue
        outcome = schedule.settle(plan, now_utc, person.last_push_date)
        settled.append((person.id, outcome.next_at_utc, outcome.push_date or person.last_push_date))
        if outcome.push_date is None:
            continue
        seen = packs.library_of(tx, library, person)
        choice = asking.pick(seen, person, asked[person.id], reviews[person.id], now_utc=now_utc)
        if choice is None:
            continue
        question = choice.question
        key = f"push:{person.id}:{outcome.push_date.isoformat()}"
        turn = Turn(tx, seen, now_utc, person, key)
        turn.overtake(by_itself=True)
        resting = asking.resting_button(turn)
        card = screen.card(
            question,
            seen.category_of(question.id),
            lead=choice.lead,
            resting=resting,
            stories=person.story_count > 0,
        )
        pushes.append((person.id, question.id, outcome.push_date))
        waiting.append(letters.send(key, person.id, card, Lane.PUSH))
    people.settle(tx, settled)
    askings.add_pushes(tx, pushes, now_utc)
    outbox.add_waiting(tx, waiting, now_utc)


def _remind(tx: Transaction, library: Library, reminder: Reminder, now_utc: datetime) -> None:
    reminders.done(tx, reminder)
    person = people.lock(tx, reminder.person_id)
    if person is not None:
        library = packs.library_of(tx, library, person)
    question = library.question(reminder.question_id)
    late = schedule.verdict(reminder.due_at, now_utc) is schedule.Verdict.SKIP
    if person is None or person.blocked_at is not None or question is None or question.retired or late:
        return
    turn = Turn(tx, library, now_utc, person, key=f"later:{reminder.id}:{int(reminder.due_at.timestamp())}")
    turn.overtake(by_itself=True)
    askings.add(tx, person.id, question.id, now_utc, turn.today)
    category = library.category_of(question.id)
    card = screen.card(
        question,
        category,
        lead=screen.LATER_LEAD,
        resting=asking.resting_button(turn),
        stories=person.story_count > 0,
    )
    outbox.add(tx, [letters.send(turn.key, person.id, card, Lane.PUSH)], now_utc, now_utc)


PUSHES = Job(tick, people.due_ids, _push_one, people.put_push_off)
TARGETS = Job(remind_of_targets, people.due_target_ids, targeting.remind_one, people.put_target_off)
REMINDERS = Job(remind, reminders.due_ids, _remind_one, reminders.put_off)
