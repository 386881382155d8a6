"""One answer of the history: its words, what is heard in them, the model answer, attempts, and a part told anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain import coach, practice, prompts
from bot.domain.practice import Draft, Event, Received, Step
from bot.domain.terms import PARTS, AnswerId, CategoryId, Part
from bot.screens import answering as answering_screen
from bot.screens import detail as screen
from bot.screens.buttons import Tap
from bot.screens.history import UNKNOWN_CATEGORY, WHOLE_LIST, Place, Submitted, place_at
from bot.screens.naming import Naming, naming_of
from bot.usecases import following
from bot.usecases.turn import Turn
from db import answers, segments
from db.answers import Answer

EXPECTING = "edit"
"""`Person.expecting` begins so while the new text of a part is waited for; then the answer's id and the part."""


def open_answer(turn: Turn, tap: Tap) -> None:
    """One answer in full (ho)."""
    answer = _submitted(turn, tap)
    if answer is not None:
        show(turn, answer, tap.number(1) or 0, place_at(tap, 2))


def show_reading(turn: Turn, tap: Tap) -> None:
    """[What I hear]: the coach's reading of the words as they are now (hw)."""
    answer = _submitted(turn, tap)
    if answer is not None:
        turn.close("search", "story")
        question = turn.library.question(answer.question_id)
        heard = following.read(answer, question)
        turn.show(screen.reading(shown(turn, answer), heard, place_at(tap, 1), question))


def show_model(turn: Turn, tap: Tap) -> None:
    """[Model answer] with points and tips; only for what was submitted (ha)."""
    answer = _submitted(turn, tap)
    if answer is None:
        return
    question = turn.library.question(answer.question_id)
    if question is None:
        turn.notice(screen.NO_QUESTION)
        return
    turn.close("search", "story")
    turn.show(screen.model(question, answer.id, tap.number(1) or 0, place_at(tap, 2)))


def compare(turn: Turn, tap: Tap) -> None:
    """[Compare attempts]: with the first, or the first with the latest, until another is picked (hc)."""
    answer = _submitted(turn, tap)
    if answer is None:
        return
    attempts = {
        attempt.attempt: attempt
        for attempt in answers.attempts(turn.tx, turn.person_id, answer.question_id)
        if attempt.attempt is not None
    }
    first, latest = min(attempts), max(attempts)
    picked = tap.number(1) or (latest if answer.attempt == first else first)
    if picked == answer.attempt or picked not in attempts:
        turn.notice(screen.NOTHING_TO_COMPARE)
        return
    turn.close("search", "story")
    this, other = (shown(turn, each) for each in (answer, attempts[picked]))
    turn.show(
        screen.comparison(
            (this, coach.read(this.texts)),
            (other, coach.read(other.texts)),
            tuple(attempts),
            tap.number(2) or 0,
            place_at(tap, 3),
            turn.zone,
        )
    )


def choose_part(turn: Turn, tap: Tap) -> None:
    """[Edit]: which part (he)."""
    answer = _submitted(turn, tap)
    if answer is not None:
        stop_expecting(turn)
        turn.show(screen.choose_part(shown(turn, answer), place_at(tap, 1)))


def ask_text(turn: Turn, tap: Tap) -> None:
    """A part was chosen: the next text takes its place (hp)."""
    answer = _submitted(turn, tap)
    index = tap.number(1)
    if answer is None:
        return
    if index is None or index >= len(PARTS):
        turn.notice(screen.NOT_THERE)
        return
    part = PARTS[index]
    turn.expect(f"{EXPECTING}:{answer.id}:{part.value}")
    turn.show(screen.ask_text(shown(turn, answer), part, place_at(tap, 2)))


def edit_part(
    turn: Turn, answer_id: AnswerId, part: Part, text: str, message_id: int, sent_at: datetime
) -> None:
    """The new text of a part came. With labels in it, it replaces each part it names, as in a draft."""
    turn.close(EXPECTING)
    answer = answers.get(turn.tx, turn.person_id, answer_id)
    if answer is None or answer.submitted_at is None:
        turn.say(screen.NOT_THERE_TO_EDIT)
        return

    def edited(parts: segments.Parts) -> practice.Taken:
        opened = practice.edit(_draft(turn, answer, parts), part)
        return practice.receive(opened, text, message_id, sent_at, practice.never_thin)

    _take(turn, answer, edited)


def add_to_part(turn: Turn, answer_id: AnswerId, part: Part, text: Received) -> None:
    """One more text for a part that was just told anew: it goes behind that."""
    answer = answers.get(turn.tx, turn.person_id, answer_id)
    if answer is None or answer.submitted_at is None:
        turn.say(screen.NOT_THERE_TO_EDIT)
        return

    def added(parts: segments.Parts) -> practice.Taken:
        draft = practice.add(_draft(turn, answer, parts), part, text)
        return practice.Taken(draft or Draft(parts), Event.ADDED if draft else Event.TOO_LONG, (part,))

    _take(turn, answer, added)


def join_edit(turn: Turn, text: str, message_id: int, sent_at: datetime) -> bool:
    """Take the rest of a long new text that Telegram's app has cut; whether this text was one.

    To be asked of a text while nothing is expected, before it goes to a draft.
    """
    last = segments.newest(turn.tx, turn.person_id)
    answer = None if last is None else answers.get(turn.tx, turn.person_id, last[0])
    if answer is None or answer.submitted_at is None:
        return False

    def joined(parts: segments.Parts) -> practice.Taken:
        return practice.receive(_draft(turn, answer, parts), text, message_id, sent_at, practice.never_thin)

    if joined(segments.of_answer(turn.tx, answer.id)).event is not Event.JOINED:
        return False
    _take(turn, answer, joined)
    return True


def tell_page(turn: Turn, tap: Tap) -> None:
    """A tap on the page number itself (hn)."""
    turn.notice(screen.page_number(tap.number(0) or 1, tap.number(1) or 1))


def shown(turn: Turn, answer: Answer) -> Submitted:
    """An answer as its screens take it; a draft counts as of its last change."""
    return Submitted(
        answer_id=answer.id,
        submitted_at=answer.submitted_at or answer.updated_at,
        category=title(turn, answer.category_id),
        prompt=answer.prompt,
        attempt=answer.attempt or 1,
        rating=answer.rating,
        texts=answer.texts,
        naming=naming(turn, answer),
    )


def show(turn: Turn, answer: Answer, page: int, place: Place, note: str = "") -> None:
    """The answer in full, from that page on; ``note`` is a line on what just happened."""
    stop_expecting(turn)
    total_words = sum(coach.words(text) for text in answer.texts.values())
    attempts = len(answers.attempts(turn.tx, turn.person_id, answer.question_id))
    view = shown(turn, answer)
    turn.show(screen.answer(view, total_words, page, place, turn.zone, attempts=attempts, note=note))


def stop_expecting(turn: Turn) -> None:
    """Search words, new texts and a story's name are not waited for once an answer is opened.

    While a text is kept of which it is asked what it is for, only that question decides.
    """
    if prompts.is_holding(turn.person.expecting):
        turn.close("search")
    else:
        turn.close("search", "story", "more", EXPECTING)


def own(turn: Turn, tap: Tap, *, deleted: bool = False) -> Answer | None:
    """The person's answer or draft that the first argument names, if it is there."""
    number = tap.number(0)
    if number is None:
        return None
    return answers.get(turn.tx, turn.person_id, AnswerId(number), deleted=deleted)


def title(turn: Turn, category_id: CategoryId) -> str:
    """What the category is called."""
    category = turn.library.category(category_id)
    return UNKNOWN_CATEGORY if category is None else category.title


def naming(turn: Turn, answer: Answer) -> Naming:
    """What the parts of the answer are called."""
    return naming_of(turn.library.question(answer.question_id))


def _take(turn: Turn, answer: Answer, change: Callable[[segments.Parts], practice.Taken]) -> None:
    """Change the parts of a submitted answer and show it, or say that a part would grow too long."""
    before = segments.of_answer(turn.tx, answer.id)
    taken = change(before)
    if taken.event is Event.TOO_LONG:
        turn.say(answering_screen.TOO_LONG)
        return
    awaited = taken.draft.step.part
    if taken.event is Event.AWAITED and awaited is not None:
        turn.expect(f"{EXPECTING}:{answer.id}:{awaited.value}")
        turn.say(screen.ask_text(shown(turn, answer), awaited, WHOLE_LIST))
        return
    texts = taken.draft.texts()
    segments.save(turn.tx, turn.person_id, answer.id, before, taken.draft.parts)
    answers.save_texts(turn.tx, answer.id, texts, turn.now_utc)
    note = screen.changed(taken.into, naming(turn, answer))
    show(turn, replace(answer, texts=texts), 0, WHOLE_LIST, note=note)


def _draft(turn: Turn, answer: Answer, parts: segments.Parts) -> Draft:
    return Draft(parts, Step.REVIEW, names=naming(turn, answer).labels)


def _submitted(turn: Turn, tap: Tap) -> Answer | None:
    """The submitted answer that the first argument names; else a notice is given and None."""
    answer = own(turn, tap)
    if answer is None or answer.submitted_at is None:
        turn.notice(screen.NOT_THERE)
        return None
    return answer
