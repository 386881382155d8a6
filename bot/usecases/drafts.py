"""Drafts as stored: loading, saving, opening, parking. What a reply does to a draft is `bot.domain.practice`'s."""

from dataclasses import dataclass, replace
from functools import partial

from bot.domain import coach, practice
from bot.domain.practice import Draft, Thin
from bot.domain.terms import AnswerId
from bot.screens import answering as screen
from bot.screens.naming import STAR, Naming, naming_of
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers, askings, segments, undecided
from db.answers import Answer
from db.undecided import Between


@dataclass(frozen=True, slots=True)
class Stored:
    """A draft, the row it is kept in, and what its parts are called."""

    answer: Answer
    draft: Draft
    naming: Naming = STAR


def load(turn: Turn, answer_id: AnswerId) -> Stored | None:
    """The person's draft with that id; None if it is another's, submitted or deleted."""
    answer = answers.get(turn.tx, turn.person_id, answer_id)
    if answer is None or answer.submitted_at is not None:
        return None
    return _stored(turn, answer)


def active(turn: Turn) -> Stored | None:
    """The draft the person is writing now; None if there is none."""
    answer_id = turn.person.active_answer_id
    return None if answer_id is None else load(turn, answer_id)


def save(turn: Turn, before: Stored, draft: Draft) -> Stored:
    """Store the draft as it is now."""
    segments.save(turn.tx, turn.person_id, before.answer.id, before.draft.parts, draft.parts)
    answers.save_draft(turn.tx, before.answer.id, draft, turn.now_utc)
    return replace(before, draft=draft)


def begin(turn: Turn, question: Question) -> Stored:
    """A new empty draft, made the active one; the one before is parked, or dropped if nothing was written."""
    park(turn)
    return activate(turn, _add(turn, question))


def activate(turn: Turn, stored: Stored) -> Stored:
    """Make it the draft the next texts go to; if a card was shown since it was touched, it is touched now.

    Opening it decides what a text was for that may have been for it. One between two other answers goes to the
    newer of those, for the answers to both are left.
    """
    if turn.person.active_answer_id != stored.answer.id:
        park(turn)
        between = undecided.of_person(turn.tx, turn.person_id)
        if between is not None:
            is_one = stored.answer.id == between.draft_id or stored.answer.question_id == between.question_id
            filled = put(turn, stored, between) if is_one else None
            if filled is None:
                settle(turn, between)
            stored = filled or stored
    asked = askings.newest(turn.tx, turn.person_id)
    if asked is not None and asked[1] > stored.answer.updated_at:
        answers.save_draft(turn.tx, stored.answer.id, stored.draft, turn.now_utc)
    turn.change(active_answer_id=stored.answer.id, expecting=None)
    return stored


def thin_for(turn: Turn, stored: Stored) -> Thin:
    """When a part of that answer is too thin; a question that names its parts itself asks for no figures."""
    question = turn.library.question(stored.answer.question_id)
    if question is None:
        return coach.thin
    unflagged = coach.FLAGS if question.part_names else frozenset(question.unflagged)
    return partial(coach.thin, unflagged=unflagged)


def put(turn: Turn, stored: Stored, between: Between) -> Stored | None:
    """Take the texts that wait into that draft; None, and they wait on, if a part would grow too long."""
    told = practice.receive_all(stored.draft, between.texts, thin_for(turn, stored))
    if told is None:
        return None
    undecided.clear(turn.tx, turn.person_id)
    for draft in told:  # one by one, so that what a later text replaces is kept too
        stored = save(turn, stored, draft)
    return stored


def of_question(turn: Turn, question: Question | None) -> Stored | None:
    """The person's draft of that question; None if there is none."""
    resting = None if question is None else answers.draft_of(turn.tx, turn.person_id, question.id)
    return None if resting is None else load(turn, resting.id)


def settle(turn: Turn, between: Between) -> Stored | None:
    """The texts that wait go to the newer question, or if that is asked no more to the older draft.

    The draft they went to, which is not made the active one; None if they wait on, for there is neither.
    """
    question = turn.library.question(between.question_id)
    stored = of_question(turn, question)
    if stored is None and question is not None:
        stored = _add(turn, question)
    stored = stored or load(turn, between.draft_id)
    return None if stored is None else put(turn, stored, between)


def park(turn: Turn) -> None:
    """Let the active draft rest. One without words is dropped, for there is nothing to come back to."""
    resting = active(turn)
    if resting is not None and resting.draft.is_empty():
        answers.set_deleted(turn.tx, resting.answer.id, turn.now_utc)
    if turn.person.active_answer_id is not None:
        turn.change(active_answer_id=None)


def offer_resting(turn: Turn, *, another: bool) -> bool:
    """Show the active draft with [Continue] and [Start over], if there is one with words; whether there was."""
    resting = active(turn)
    if resting is None or resting.draft.is_empty():
        return False
    answer = resting.answer
    turn.show(screen.resume(answer.id, resting.draft, answer.prompt, resting.naming, another=another))
    return True


def _add(turn: Turn, question: Question) -> Stored:
    category = turn.library.category_of(question.id)
    if category is None:
        raise LookupError(f"question {question.id} has no category")
    answer_id = answers.start(
        turn.tx, turn.person_id, question.id, category.id, question.prompt, turn.now_utc
    )
    stored = load(turn, answer_id)
    if stored is None:
        raise LookupError("a draft just added is gone")
    return stored


def _stored(turn: Turn, answer: Answer) -> Stored:
    parts = segments.of_answer(turn.tx, answer.id)
    naming = naming_of(turn.library.question(answer.question_id))
    draft = Draft(parts, answer.step, answer.asked, answer.asking, answer.editing, naming.labels)
    return Stored(answer, draft, naming)
