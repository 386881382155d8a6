"""Answering a question: the four steps, the review, submission, and the reply after it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain import coach, practice
from bot.domain.practice import Draft, Event, Received, Step, Taken
from bot.domain.terms import AnswerId, Part, QuestionId
from bot.screens import after
from bot.screens import answering as screen
from bot.screens import question as question_screen
from bot.screens.coach import Since
from bot.screens.layout import bold
from bot.screens.message import Message, Rows
from bot.screens.naming import Naming, naming_of
from bot.usecases import cards, drafts, following, noting
from bot.usecases.cards import Card
from bot.usecases.drafts import Stored
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers, reminders, undecided
from db.answers import Answer


def begin(turn: Turn, question_id: QuestionId, *, lead: str = "") -> None:
    """[Answer]: the first step in the place of the card, or the draft of this question that rests.

    ``lead`` is a line of ready HTML above the first step.
    """
    question = turn.library.question(question_id)
    if question is None or question.retired:
        turn.notice(question_screen.GONE)
        return
    reminders.drop(turn.tx, turn.person_id, question_id)
    resting = answers.draft_of(turn.tx, turn.person_id, question_id)
    stored = None if resting is None else drafts.load(turn, resting.id)
    if stored is not None and not stored.draft.is_empty():
        stored = drafts.activate(turn, stored)
        answer = stored.answer
        turn.show(screen.resume(answer.id, stored.draft, answer.prompt, stored.naming, another=False))
        return
    note = note_on_waiting(turn, question_id, stored)
    stored = open_draft(turn, question)
    category = turn.library.category_of(question_id)
    named = question_screen.heading(category, stored.answer.prompt)
    turn.show(_where(stored, above=f"{lead}\n\n{named}" if lead else named, note=note))


def open_draft(turn: Turn, question: Question) -> Stored:
    """The draft of that question made the active one, begun if there is none; what was put off is off."""
    reminders.drop(turn.tx, turn.person_id, question.id)
    resting = answers.draft_of(turn.tx, turn.person_id, question.id)
    stored = None if resting is None else drafts.load(turn, resting.id)
    if stored is None:
        return drafts.begin(turn, question)
    return drafts.activate(turn, stored)


def receive(
    turn: Turn,
    stored: Stored,
    text: Received,
    *,
    note: str = "",
    above: str = "",
    card: Card | None = None,
) -> None:
    """A text message goes into the draft.

    ``note`` is a line to say with it, ``above`` ready HTML that names the question; without it the question is
    named if ``card``, the card shown last, was another's.
    """
    taken = practice.receive(
        stored.draft, text.text, text.message_id, text.sent_at, drafts.thin_for(turn, stored)
    )
    if taken.event is Event.TOO_LONG:
        turn.say(screen.TOO_LONG)
        return
    kept = drafts.save(turn, stored, taken.draft)
    if taken.event is Event.ASK:
        above = above or _name(kept, card)
        turn.say(screen.ask_more(kept.answer.id, kept.draft, kept.naming, above=above, note=note))
        return
    turn.message_id = None
    notes = " ".join(filter(None, (note, _note(taken, kept.naming))))
    _show_where(turn, kept, above=above or _name(kept, card), note=notes)


def resume(turn: Turn, answer_id: AnswerId, note: str = "") -> None:
    """[Continue]: the draft becomes the active one, at the step where it stood; ``note`` is a line on top."""
    stored = drafts.load(turn, answer_id)
    if stored is None:
        turn.notice(screen.NOT_OPEN)
        return
    note = note or note_on_waiting(turn, stored.answer.question_id, stored)
    stored = drafts.activate(turn, stored)
    _show_where(turn, stored, above=bold(stored.answer.prompt), note=note)


def start_over(turn: Turn, answer_id: AnswerId) -> None:
    """[Start over]: an empty draft of the same question; the old one can be brought back."""
    stored = drafts.load(turn, answer_id)
    question = None if stored is None else turn.library.question(stored.answer.question_id)
    if stored is None or question is None:
        turn.notice(screen.NOT_OPEN)
        return
    answers.set_deleted(turn.tx, answer_id, turn.now_utc)
    fresh = drafts.begin(turn, question)
    turn.show(screen.started_over(fresh.answer.id, answer_id, fresh.draft, fresh.answer.prompt, fresh.naming))


def undo_start_over(turn: Turn, answer_id: AnswerId) -> None:
    """[Bring the old words back]: the draft that was started over; what was begun since stays if it has words."""
    answer = answers.get(turn.tx, turn.person_id, answer_id, deleted=True)
    if answer is None or answer.submitted_at is not None:
        turn.notice(screen.NOT_OPEN)
        return
    note = ""
    if answer.deleted_at is not None:
        note = screen.brought_back(
            submitted_since=_submitted_since(turn, answer, answer.deleted_at),
            draft_since=_draft_since(turn, answer),
        )
        answers.set_deleted(turn.tx, answer_id, None)
    resume(turn, answer_id, note)


def _submitted_since(turn: Turn, answer: Answer, since_utc: datetime) -> bool:
    attempts = answers.attempts(turn.tx, turn.person_id, answer.question_id)
    return any(attempt.submitted_at is not None and attempt.submitted_at >= since_utc for attempt in attempts)


def _draft_since(turn: Turn, answer: Answer) -> bool:
    """Whether there is another draft with words of the question; one without words is dropped."""
    other = answers.draft_of(turn.tx, turn.person_id, answer.question_id)
    if other is None:
        return False
    if any(other.texts.values()):
        return True
    answers.set_deleted(turn.tx, other.id, turn.now_utc)
    return False


def hint(turn: Turn, answer_id: AnswerId, part: Part) -> None:
    """[Hint]: the same step with this question's hint in it."""
    stored = _at(turn, answer_id, part)
    if stored is None:
        return
    question = turn.library.question(stored.answer.question_id)
    text = "" if question is None else question.hints[part]
    turn.show(
        screen.step(answer_id, stored.draft, stored.naming, above=bold(stored.answer.prompt), hint=text)
    )


def step_back(turn: Turn, answer_id: AnswerId, part: Part) -> None:
    """[Back]: one part back, or from an edit to the review."""
    _move(turn, answer_id, part, practice.back)


def step_forward(turn: Turn, answer_id: AnswerId, part: Part) -> None:
    """[Skip] and [Keep as it is]: on to the next part."""
    _move(turn, answer_id, part, practice.forward)


def add(turn: Turn, answer_id: AnswerId, part: Part) -> None:
    """[Add] under the question about a thin part: the next text is put after what is there."""
    stored = _at(turn, answer_id, part)
    if stored is None:
        return
    if not stored.draft.asking:
        turn.notice(screen.stands_at(stored.draft, stored.naming))
        return
    turn.show(screen.add_more(answer_id, stored.draft, stored.naming))


def edit(turn: Turn, answer_id: AnswerId, part: Part) -> None:
    """[Edit …] in the review: the part is opened, the next text takes its place."""
    stored = drafts.load(turn, answer_id)
    if stored is None:
        turn.notice(screen.SUBMITTED_ALREADY if _is_submitted(turn, answer_id) else screen.NOT_OPEN)
        return
    stored = drafts.activate(turn, stored)
    kept = drafts.save(turn, stored, practice.edit(stored.draft, part))
    turn.show(screen.step(answer_id, kept.draft, kept.naming, above=_name(kept, cards.newest(turn))))


def cancel(turn: Turn, answer_id: AnswerId) -> None:
    """[Cancel] and /cancel: the draft is put aside with all its words."""
    stored = drafts.load(turn, answer_id)
    if stored is None:
        turn.notice(screen.SUBMITTED_ALREADY if _is_submitted(turn, answer_id) else screen.NOT_OPEN)
        return
    if turn.person.active_answer_id == answer_id:
        drafts.park(turn)
    turn.show(screen.put_aside(answer_id, stored.draft))


def submit(turn: Turn, answer_id: AnswerId) -> None:
    """[Submit]: the draft becomes an answer; the coach's reading and the model answer come back."""
    stored = drafts.load(turn, answer_id)
    if stored is None:
        turn.notice(screen.SUBMITTED_ALREADY if _is_submitted(turn, answer_id) else screen.NOT_OPEN)
        return
    if stored.draft.is_empty():
        turn.notice(screen.NOTHING_TO_SUBMIT)
        return
    attempt = answers.submit(turn.tx, stored.answer, turn.now_utc)
    if turn.person.active_answer_id == answer_id:
        turn.change(active_answer_id=None)
    texts = stored.draft.texts()
    question = turn.library.question(stored.answer.question_id)
    reading = following.read(stored.answer, question, stored.draft)
    noting.submitted(turn, stored.answer, reading)
    since = _since(turn, stored.answer, attempt, reading, question)
    turn.show(after.heard(reading, stored.answer.prompt, attempt, question, answer_id=answer_id, since=since))
    if question is not None:
        ticked = [point.id for point in reading.points if point.heard]
        daily = turn.person.minute_of_day is not None
        for message in after.model(question, texts, answer_id, ticked, daily_time_set=daily):
            turn.say(message)


def _since(
    turn: Turn, answer: Answer, attempt: int, reading: coach.Reading, question: Question | None
) -> Since | None:
    """What changed since the attempt before; None if there is none."""
    earlier = [
        other
        for other in answers.attempts(turn.tx, turn.person_id, answer.question_id)
        if other.attempt is not None and other.attempt < attempt
    ]
    if not earlier:
        return None
    before = earlier[-1]
    return Since(f"attempt {before.attempt}", coach.progress(following.read(before, question), reading))


def rate(turn: Turn, answer_id: AnswerId, rating: int) -> None:
    """[Again] [Hard] [Good] [Easy]: stored, marked on the button, and changeable."""
    answer = answers.get(turn.tx, turn.person_id, answer_id)
    if answer is None or answer.submitted_at is None or rating not in dict(after.RATINGS):
        turn.notice(screen.NOT_OPEN)
        return
    turn.notice(after.rated(rating))
    if answer.rating != rating:
        answers.rate(turn.tx, answer_id, rating, turn.now_utc)
        noting.rated(turn, answer.question_id)
        turn.rekey(after.rating_rows(answer_id, rating))


def try_again(turn: Turn, answer_id: AnswerId) -> None:
    """[Try again]: a new attempt at the same question, as a new message so that the reading above stays."""
    answer = answers.get(turn.tx, turn.person_id, answer_id)
    if answer is None:
        turn.notice(screen.NOT_OPEN)
        return
    turn.message_id = None
    begin(turn, answer.question_id)


def show_where(turn: Turn, stored: Stored, *, note: str = "", rows: Rows = ()) -> None:
    """Show the step the draft stands at, with a line on top and perhaps rows of buttons that belong to it."""
    stored = drafts.activate(turn, stored)
    message = _where(stored, above=_name(stored, cards.newest(turn)), note=note)
    # What the line says is said nowhere else, so the message must not give way to a later one.
    turn.show(replace(message, rows=(*message.rows, *rows), standing=message.standing and not rows))


def _move(turn: Turn, answer_id: AnswerId, part: Part, move: Callable[[Draft], Draft]) -> None:
    stored = _at(turn, answer_id, part)
    if stored is not None:
        # The step may take the place of the only message that has the question.
        above = bold(stored.answer.prompt)
        _show_where(turn, drafts.save(turn, stored, move(stored.draft)), above=above)


def _at(turn: Turn, answer_id: AnswerId, part: Part) -> Stored | None:
    """The active draft if it stands at that part; else a notice is given and None.

    While texts wait, a tap on a step does not decide where they go; that is said, and its buttons are still there.
    """
    stored = drafts.load(turn, answer_id)
    if stored is None:
        turn.notice(screen.SUBMITTED_ALREADY if _is_submitted(turn, answer_id) else screen.NOT_OPEN)
        return None
    if undecided.of_person(turn.tx, turn.person_id) is not None:
        turn.notice(screen.DECIDE_FIRST)
        return None
    stored = drafts.activate(turn, stored)
    if stored.draft.step.part is not part:
        turn.notice(screen.stands_at(stored.draft, stored.naming))
        return None
    return stored


def _is_submitted(turn: Turn, answer_id: AnswerId) -> bool:
    answer = answers.get(turn.tx, turn.person_id, answer_id)
    return answer is not None and answer.submitted_at is not None


def _show_where(turn: Turn, stored: Stored, *, above: str = "", note: str = "") -> None:
    """The step the draft stands at, in the place of the tapped message."""
    turn.show(_where(stored, above=above, note=note))


def _where(stored: Stored, *, above: str = "", note: str = "") -> Message:
    if stored.draft.step is Step.REVIEW:
        return screen.review(stored.answer.id, stored.draft, stored.answer.prompt, stored.naming, note=note)
    if stored.draft.asking:
        return screen.ask_more(stored.answer.id, stored.draft, stored.naming, above=above, note=note)
    return screen.step(stored.answer.id, stored.draft, stored.naming, above=above, note=note)


def _name(stored: Stored, card: Card | None) -> str:
    """The question in a short line, if another's card was shown since the draft was begun."""
    return screen.named(stored.answer.prompt) if cards.stands_between(card, stored) else ""


def note_on_waiting(turn: Turn, question_id: QuestionId, stored: Stored | None) -> str:
    """Which parts the texts that wait will have named once this draft, or one of that question, is opened.

    To be asked before it is opened, for that takes them.
    """
    between = undecided.of_person(turn.tx, turn.person_id)
    is_one = between is not None and (
        question_id == between.question_id or (stored is not None and stored.answer.id == between.draft_id)
    )
    if between is None or not is_one:
        return ""
    naming = naming_of(turn.library.question(question_id))
    draft = Draft(names=naming.labels) if stored is None else stored.draft
    notes = []
    for text in between.texts:
        taken = practice.receive(draft, text.text, text.message_id, text.sent_at, practice.never_thin)
        draft = taken.draft
        if taken.event in {Event.FILLED, Event.AWAITED}:
            notes.append(_note(taken, naming))
    return " ".join(dict.fromkeys(notes))


def _note(taken: Taken, naming: Naming) -> str:
    if taken.event is Event.JOINED:
        return screen.joined(taken.into[0], taken.draft.texts(), naming)
    if taken.event is Event.ADDED:
        return screen.added(taken.into[0], naming)
    if taken.event is Event.AWAITED and taken.draft.step.part is not None:
        return screen.awaited(taken.draft.step.part, naming)
    if taken.event is Event.FILLED:
        return screen.filled(taken.into, taken.anew, naming)
    return screen.CHANGED if taken.event is Event.CHANGED else ""
