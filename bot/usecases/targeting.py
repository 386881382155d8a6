"""/target: the day of an interview, what comes towards it by itself, and the story sheet."""

from datetime import datetime

from bot.domain import schedule, target, weakness
from bot.domain.schedule import read_iso_date
from bot.domain.terms import PersonId
from bot.screens import target as screen
from bot.screens.buttons import Tap
from bot.screens.history import UNKNOWN_CATEGORY
from bot.screens.layout import cut
from bot.screens.message import Message
from bot.usecases import candidates, letters, noting, packs
from bot.usecases.turn import Turn
from content.library import Library
from db import askings, interviews, outbox, people, stories
from db.engine import Transaction
from db.outbox import Lane
from db.people import Person

EXPECTING = "target"
"""`Person.expecting` while the next text is the day of an interview."""

NAME_WORDS_MAX = 5
"""With more words behind it a text is no day and a name, though it may begin with what reads as a day."""

SHEET_LINES = 8

_OFF = frozenset({"off", "none", "stop", "no"})


def open_target(turn: Turn, text: str) -> None:
    """/target: with a day and a name, `off`, or nothing."""
    if not text:
        show(turn)
    elif text.casefold().strip(" .") in _OFF:
        switch_off(turn)
    else:
        _remember_over(turn)
        typed = target.read(text, turn.today)
        if typed is None:
            turn.expect(EXPECTING)
            turn.say(screen.NOT_READ)
            return
        # None: it was moved to this day. Without a name any other day is another interview's.
        is_the_same = turn.person.target_date in (None, typed.day)
        said = typed.name or (turn.person.target_name or "" if is_the_same else "")
        name, _rest = cut(said, target.NAME_UNITS_MAX)
        turn.close(EXPECTING)
        turn.change(
            target_date=typed.day,
            target_name=name or None,
            target_next_at=target.next_moment(typed.day, turn.zone, turn.now_utc),
        )
        show(turn, lead=screen.TAKEN)
        if turn.now_utc >= target.evening_before(typed.day, turn.zone):
            say_sheet(turn)


def reads_day(turn: Turn, text: str) -> bool:
    """Whether a text that came while the day was asked for is one, or says that there is none."""
    if text.casefold().strip(" .") in _OFF:
        return True
    typed = target.read(text, turn.today)
    return typed is not None and "\n" not in text.strip() and len(typed.name.split()) <= NAME_WORDS_MAX


def show(turn: Turn, *, lead: str = "") -> None:
    """The plan towards the day."""
    day = turn.person.target_date
    if day is None:
        turn.expect(EXPECTING)
        turn.show(screen.none_set(went(turn)))
        return
    name = turn.person.target_name or ""
    phase = target.phase(day, turn.today)
    if phase is target.Phase.OVER:
        _remember_over(turn)
        turn.show(screen.ask_outcome(day, name))
        return
    asked = askings.of_person(turn.tx, turn.person_id)
    among = candidates.of(turn.library, turn.person.category_ids)
    covered = {each.category_id for each in among if each.id in asked}
    uncovered = [
        category.title
        for category in turn.library.categories
        if category.id in {each.category_id for each in among} - covered
    ]
    turn.show(
        screen.plan(
            day,
            name,
            turn.today,
            phase,
            len(covered),
            uncovered,
            went(turn),
            lead=lead,
            sheet_comes=turn.now_utc < target.evening_before(day, turn.zone),
        )
    )


def went(turn: Turn) -> list[screen.Went]:
    """The person's interviews of which they said how they went."""
    told = interviews.of_person(turn.tx, turn.person_id)
    return [screen.Went(each.day, each.name or "", each.outcome) for each in told if each.outcome]


def switch_off(turn: Turn) -> None:
    """/target off, and [No interview any more] (tgo)."""
    turn.close(EXPECTING)
    turn.change(target_date=None, target_name=None, target_next_at=None)
    turn.show(screen.OFF)


def say_sheet(turn: Turn) -> None:
    """[Story sheet now] (tgs)."""
    turn.message_id = None
    for message in _sheet(turn):
        turn.say(message)


def take_outcome(turn: Turn, tap: Tap) -> None:
    """How it went (tgw): kept, and if no other day is ahead the plan is over."""
    _remember_over(turn)
    day = read_iso_date(tap.arg(1)) or turn.person.target_date
    if tap.arg(0) not in dict(screen.OUTCOMES) or day is None:
        turn.notice(screen.NONE_NOW)
        return
    known = interviews.get(turn.tx, turn.person_id, day)
    if known is not None and known.outcome == tap.arg(0):
        turn.notice(screen.KEPT_ALREADY)
        return
    if known is None:
        if turn.person.target_date is None:
            turn.notice(screen.NONE_NOW)
        else:
            show(turn)  # an old button; another day is ahead
        return
    interviews.tell(turn.tx, turn.person_id, day, tap.arg(0), turn.now_utc)
    if turn.person.target_date == day:
        turn.change(target_date=None, target_name=None, target_next_at=None)
    turn.show(screen.outcome(tap.arg(0), plan_is_over=turn.person.target_date is None))


def moved(turn: Turn, tap: Tap) -> None:
    """[It was moved] (tgm): it did not take place on its day, and the next text is the new one."""
    day = read_iso_date(tap.arg(0)) or turn.person.target_date
    if day is not None:
        interviews.remove_untold(turn.tx, turn.person_id, day)
    if day == turn.person.target_date:
        turn.change(target_date=None, target_next_at=None)  # the name stays, for the new day
    turn.expect(EXPECTING)
    turn.show(screen.MOVED)


def remind_all(tx: Transaction, library: Library, now_utc: datetime, limit: int) -> int:
    """Say what is due towards the days of interviews; of how many people."""
    due = people.due_targets(tx, now_utc, limit)
    for person in due:
        _remind(tx, library, person, now_utc)
    return len(due)


def remind_one(tx: Transaction, library: Library, person_id: int, now_utc: datetime) -> None:
    """The same for one person."""
    person = people.lock(tx, PersonId(person_id))
    if person is not None and person.target_next_at is not None and person.target_next_at <= now_utc:
        _remind(tx, library, person, now_utc)


def _remind(tx: Transaction, library: Library, person: Person, now_utc: datetime) -> None:
    library = packs.library_of(tx, library, person)
    turn = Turn(tx, library, now_utc, person, key=f"target:{person.id}:{int(now_utc.timestamp())}")
    day = person.target_date
    if day is None or person.blocked_at is not None:
        turn.change(target_next_at=None)
        return
    is_over = target.phase(day, turn.today) is target.Phase.OVER
    turn.change(target_next_at=None if is_over else target.next_moment(day, turn.zone, now_utc))
    due_at = person.target_next_at
    if due_at is None or (schedule.verdict(due_at, now_utc) is schedule.Verdict.SKIP and not is_over):
        return  # the evening has gone by; how it went may be asked late
    if is_over:
        _remember_over(turn)
    name = person.target_name or ""
    messages = [screen.ask_outcome(day, name)] if is_over else _sheet(turn)
    new = [
        letters.send(f"{turn.key}.{number}", person.id, message, Lane.PUSH)
        for number, message in enumerate(messages)
    ]
    outbox.add(tx, new, now_utc, now_utc)


def _remember_over(turn: Turn) -> None:
    """Keep the interview that is over under its day, so that how it went can be said when another one is set."""
    day = turn.person.target_date
    if day is not None and target.phase(day, turn.today) is target.Phase.OVER:
        interviews.add(turn.tx, turn.person_id, day, turn.person.target_name)


def _sheet(turn: Turn) -> list[Message]:
    """The best of the latest answers, of each category the best first."""
    best = sorted(
        noting.latest(turn),
        key=lambda pair: (
            weakness.Told(
                pair[0].category_id,
                len(pair[1].flags),
                len(pair[1].unheard),
                pair[1].judged,
                pair[0].rating,
            ).fault
        ),
    )
    chosen, seen = [], set()
    for answer, _noted in best:
        if answer.category_id not in seen:
            seen.add(answer.category_id)
            chosen.append(answer)
    kept = {answer.id for answer in chosen}
    chosen += [answer for answer, _noted in best if answer.id not in kept]
    names = {story.answer_id: story.name for story in stories.of_person(turn.tx, turn.person_id)}
    lines = []
    for answer in chosen[:SHEET_LINES]:
        category = turn.library.category(answer.category_id)
        story = next((text for text in answer.texts.values() if text), "")
        lines.append(
            (category.title if category else UNKNOWN_CATEGORY, names.get(answer.id, answer.prompt), story)
        )
    return screen.sheet(turn.person.target_name or "", lines)
