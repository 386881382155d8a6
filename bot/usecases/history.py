"""Looking back: the list of answers, one answer, attempts side by side; editing, deleting and bringing back."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import coach, practice
from bot.domain.practice import Draft, Event, Step
from bot.domain.terms import PARTS, AnswerId, CategoryId, Part
from bot.screens import answering as answering_screen
from bot.screens import detail as detail_screen
from bot.screens import history as screen
from bot.screens.buttons import Tap
from bot.screens.history import PAGE_ANSWERS, PAGE_DELETED, WHOLE_LIST, Place, Submitted, place_at
from bot.screens.layout import cut, units
from bot.screens.naming import Naming, naming_of
from bot.usecases import following, noting
from bot.usecases.turn import Turn
from db import answers, segments
from db.answers import Answer

UNDO_DAYS = 7
"""How long a deleted answer can be brought back; housekeeping erases it after that."""

SEARCH_UNITS_MAX = 100
"""Of a longer search text the beginning is taken, in UTF-16 units."""


def open_history(turn: Turn, words: str = "") -> None:
    """/history: the newest answers, or those that hold the words."""
    if words.strip():
        search(turn, words)
    else:
        _show_list(turn, WHOLE_LIST)


def search(turn: Turn, words: str) -> None:
    """Words to search for were typed."""
    kept, _rest = cut(" ".join(words.split()), SEARCH_UNITS_MAX)
    turn.change(search_words=kept or None)
    _show_list(turn, Place(searching=bool(kept)))


def reads_words(_turn: Turn, text: str) -> bool:
    """Whether a typed text may be words to search for: a line that is not too long for it."""
    return "\n" not in text.strip() and units(text) <= SEARCH_UNITS_MAX


def show_list(turn: Turn, tap: Tap) -> None:
    """A page of the list (h)."""
    _show_list(turn, place_at(tap, 0))


def clear_filter(turn: Turn, _tap: Tap) -> None:
    """[Clear filter] and [Show all]: the whole list; the words are forgotten (hx)."""
    turn.change(search_words=None)
    _show_list(turn, WHOLE_LIST)


def choose_category(turn: Turn, tap: Tap) -> None:
    """[Category]: those that have answers (hm)."""
    _stop_expecting(turn)
    counts = answers.count_by_category(turn.tx, turn.person_id)
    named = [(category_id, _title(turn, category_id), number) for category_id, number in counts.items()]
    named.sort(key=lambda entry: (-entry[2], entry[1]))
    turn.show(screen.choose_category(named, place_at(tap, 0)))


def ask_words(turn: Turn, tap: Tap) -> None:
    """[Search]: the next text is what to search for (hs)."""
    turn.change(expecting="search")
    turn.show(screen.ask_words(place_at(tap, 0)))


def show_drafts(turn: Turn, tap: Tap) -> None:
    """[Drafts]: the answers that wait to be finished (hd)."""
    _show_drafts(turn, min(tap.number(0) or 0, screen.PAGE_MAX))


def show_deleted(turn: Turn, tap: Tap) -> None:
    """[Deleted]: what can still be brought back, by page (hb)."""
    _stop_expecting(turn)
    total = _count_deleted(turn)
    if not total:
        turn.notice(screen.NO_DELETED)
        _show_list(turn, WHOLE_LIST)
        return
    page = min(tap.number(0) or 0, (total - 1) // PAGE_DELETED)
    turn.show(screen.deleted_page(_deleted(turn, page), total, page, turn.zone))


def open_answer(turn: Turn, tap: Tap) -> None:
    """One answer in full (ho)."""
    answer = _submitted(turn, tap)
    if answer is not None:
        _show_answer(turn, answer, tap.number(1) or 0, place_at(tap, 2))


def show_reading(turn: Turn, tap: Tap) -> None:
    """[What I hear]: the coach's reading of the words as they are now (hw)."""
    answer = _submitted(turn, tap)
    if answer is not None:
        _stop_expecting(turn)
        question = turn.library.question(answer.question_id)
        heard = following.read(answer, question)
        turn.show(detail_screen.reading(shown(turn, answer), heard, place_at(tap, 1), question))


def show_model(turn: Turn, tap: Tap) -> None:
    """[Model answer] with points and tips; only for what was submitted (ha)."""
    answer = _submitted(turn, tap)
    if answer is None:
        return
    question = turn.library.question(answer.question_id)
    if question is None:
        turn.notice(detail_screen.NO_QUESTION)
        return
    _stop_expecting(turn)
    turn.show(detail_screen.model(question, answer.id, tap.number(1) or 0, place_at(tap, 2)))


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
        turn.notice(detail_screen.NOTHING_TO_COMPARE)
        return
    _stop_expecting(turn)
    this, other = (shown(turn, each) for each in (answer, attempts[picked]))
    turn.show(
        detail_screen.comparison(
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
        _stop_expecting(turn)
        turn.show(detail_screen.choose_part(shown(turn, answer), place_at(tap, 1)))


def ask_text(turn: Turn, tap: Tap) -> None:
    """A part was chosen: the next text takes its place (hp)."""
    answer = _submitted(turn, tap)
    index = tap.number(1)
    if answer is None:
        return
    if index is None or index >= len(PARTS):
        turn.notice(detail_screen.NOT_THERE)
        return
    part = PARTS[index]
    turn.change(expecting=f"edit:{answer.id}:{part.value}")
    turn.show(detail_screen.ask_text(shown(turn, answer), part, place_at(tap, 2)))


def edit_part(
    turn: Turn, answer_id: AnswerId, part: Part, text: str, message_id: int, sent_at: datetime
) -> None:
    """The new text of a part came. With labels in it, it replaces each part it names, as in a draft."""
    turn.change(expecting=None)
    answer = answers.get(turn.tx, turn.person_id, answer_id)
    if answer is None or answer.submitted_at is None:
        turn.say(detail_screen.NOT_THERE_TO_EDIT)
        return

    def edited(parts: segments.Parts) -> practice.Taken:
        opened = practice.edit(_draft(turn, answer, parts), part)
        return practice.receive(opened, text, message_id, sent_at, practice.never_thin)

    _take(turn, answer, edited)


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


def delete(turn: Turn, tap: Tap) -> None:
    """[Delete]: at once, an answer or a draft; [Undo] brings it back (hr)."""
    answer = _own(turn, tap)
    if answer is None:
        turn.notice(detail_screen.NOT_THERE)
        return
    _stop_expecting(turn)
    answers.set_deleted(turn.tx, answer.id, turn.now_utc)
    noting.rated(turn, answer.question_id)
    if turn.person.active_answer_id == answer.id:
        turn.change(active_answer_id=None)
    is_draft = answer.submitted_at is None
    turn.show(detail_screen.deleted(answer.id, answer.prompt, place_at(tap, 1), UNDO_DAYS, is_draft=is_draft))


def undo_delete(turn: Turn, tap: Tap) -> None:
    """[Undo]: the deleted answer or draft is back (hu)."""
    answer = _own(turn, tap, deleted=True)
    if answer is None:
        turn.notice(detail_screen.NOT_THERE)
    elif answer.deleted_at is None:
        turn.notice(detail_screen.BACK_ALREADY)
    elif turn.now_utc - answer.deleted_at > timedelta(days=UNDO_DAYS):
        turn.notice(detail_screen.TOO_LATE)
    else:
        answers.set_deleted(turn.tx, answer.id, None)
        noting.rated(turn, answer.question_id)
        if answer.submitted_at is None:
            _show_drafts(turn, 0, note=detail_screen.BROUGHT_BACK)
        else:
            _show_answer(turn, answer, 0, place_at(tap, 1), note=detail_screen.BROUGHT_BACK)


def tell_page(turn: Turn, tap: Tap) -> None:
    """A tap on the page number itself (hn)."""
    turn.notice(detail_screen.page_number(tap.number(0) or 1, tap.number(1) or 1))


def shown(turn: Turn, answer: Answer) -> Submitted:
    """An answer as its screens take it; a draft counts as of its last change."""
    return Submitted(
        answer_id=answer.id,
        submitted_at=answer.submitted_at or answer.updated_at,
        category=_title(turn, answer.category_id),
        prompt=answer.prompt,
        attempt=answer.attempt or 1,
        rating=answer.rating,
        texts=answer.texts,
        naming=_naming(turn, answer),
    )


def _show_list(turn: Turn, place: Place) -> None:
    _stop_expecting(turn)
    words = turn.person.search_words if place.searching else None
    place = replace(place, searching=words is not None)
    by = screen.Filter(None if place.category_id is None else _title(turn, place.category_id), words)
    found = _page(turn, place, words)
    if found.total and not found.answers:  # answers were deleted since the button was made
        place = replace(place, page=(found.total - 1) // PAGE_ANSWERS)
        found = _page(turn, place, words)
    drafts = answers.count_drafts(turn.tx, turn.person_id)
    if found.total:
        entries = [shown(turn, answer) for answer in found.answers]
        gone = _count_deleted(turn)
        note = screen.ONLY_NEWEST if found.has_more and words is not None else ""
        is_longer = found.has_more and words is None
        turn.show(
            screen.answers_page(
                entries, found.total, place, by, turn.zone, drafts, gone, note, is_longer=is_longer
            )
        )
    elif place.category_id is None and words is None:
        turn.show(screen.nothing_yet(drafts, _deleted(turn, 0), _count_deleted(turn), turn.zone))
    else:
        turn.show(screen.nothing_found(place, by))


def _count_deleted(turn: Turn) -> int:
    return answers.count_deleted(turn.tx, turn.person_id, turn.now_utc - timedelta(days=UNDO_DAYS))


def _deleted(turn: Turn, page: int) -> list[screen.DeletedEntry]:
    """A page of what was deleted and can still be brought back, the last one first."""
    kept_for = timedelta(days=UNDO_DAYS)
    found = answers.deleted(
        turn.tx, turn.person_id, turn.now_utc - kept_for, PAGE_DELETED, page * PAGE_DELETED
    )
    return [
        screen.DeletedEntry(
            answer_id=answer.id,
            until=answer.deleted_at + kept_for,
            prompt=answer.prompt,
            beginning=next(answer.texts[part] for part in PARTS if answer.texts[part]),
            is_draft=answer.submitted_at is None,
        )
        for answer in found
        if answer.deleted_at is not None
    ]


def _page(turn: Turn, place: Place, words: str | None) -> answers.Page:
    return answers.page(
        turn.tx,
        turn.person_id,
        limit=PAGE_ANSWERS,
        offset=place.page * PAGE_ANSWERS,
        category_id=place.category_id,
        words=words,
    )


def _show_drafts(turn: Turn, page: int, note: str = "") -> None:
    _stop_expecting(turn)
    total = answers.count_drafts(turn.tx, turn.person_id)
    if not total:
        turn.notice(screen.NO_DRAFTS)
        _show_list(turn, WHOLE_LIST)
        return
    page = min(page, (total - 1) // PAGE_ANSWERS)
    found = answers.drafts(turn.tx, turn.person_id, (page + 1) * PAGE_ANSWERS)[page * PAGE_ANSWERS :]
    prompts = Counter(draft.prompt for draft in found)
    entries = [
        screen.DraftEntry(
            answer_id=draft.id,
            updated_at=draft.updated_at,
            prompt=draft.prompt,
            step=draft.step,
            beginning=next(draft.texts[part] for part in PARTS if draft.texts[part]),
            is_open=draft.id == turn.person.active_answer_id,
            begun_at=draft.started_at if prompts[draft.prompt] > 1 else None,
            naming=_naming(turn, draft),
        )
        for draft in found
    ]
    turn.show(screen.drafts_page(entries, total, page, turn.zone, note))


def _show_answer(turn: Turn, answer: Answer, page: int, place: Place, note: str = "") -> None:
    _stop_expecting(turn)
    total_words = sum(coach.words(text) for text in answer.texts.values())
    attempts = len(answers.attempts(turn.tx, turn.person_id, answer.question_id))
    view = shown(turn, answer)
    turn.show(detail_screen.answer(view, total_words, page, place, turn.zone, attempts=attempts, note=note))


def _take(turn: Turn, answer: Answer, change: Callable[[segments.Parts], practice.Taken]) -> None:
    """Change the parts of a submitted answer and show it, or say that a part would grow too long."""
    before = segments.of_answer(turn.tx, answer.id)
    taken = change(before)
    if taken.event is Event.TOO_LONG:
        turn.say(answering_screen.TOO_LONG)
        return
    awaited = taken.draft.step.part
    if taken.event is Event.AWAITED and awaited is not None:
        turn.change(expecting=f"edit:{answer.id}:{awaited.value}")
        turn.say(detail_screen.ask_text(shown(turn, answer), awaited, WHOLE_LIST))
        return
    texts = taken.draft.texts()
    segments.save(turn.tx, turn.person_id, answer.id, before, taken.draft.parts)
    answers.save_texts(turn.tx, answer.id, texts, turn.now_utc)
    note = detail_screen.changed(taken.into, _naming(turn, answer))
    _show_answer(turn, replace(answer, texts=texts), 0, WHOLE_LIST, note=note)


def _draft(turn: Turn, answer: Answer, parts: segments.Parts) -> Draft:
    return Draft(parts, Step.REVIEW, names=_naming(turn, answer).labels)


def _stop_expecting(turn: Turn) -> None:
    """Search words, new texts and a story's name are not waited for once something else of the history is opened."""
    if turn.expecting in {"search", "story"} or turn.expecting.startswith(("edit:", "more:")):
        turn.change(expecting=None)


def _own(turn: Turn, tap: Tap, *, deleted: bool = False) -> Answer | None:
    """The person's answer or draft that the first argument names, if it is there."""
    number = tap.number(0)
    if number is None:
        return None
    return answers.get(turn.tx, turn.person_id, AnswerId(number), deleted=deleted)


def _submitted(turn: Turn, tap: Tap) -> Answer | None:
    """The submitted answer that the first argument names; else a notice is given and None."""
    answer = _own(turn, tap)
    if answer is None or answer.submitted_at is None:
        turn.notice(detail_screen.NOT_THERE)
        return None
    return answer


def _title(turn: Turn, category_id: CategoryId) -> str:
    category = turn.library.category(category_id)
    return screen.UNKNOWN_CATEGORY if category is None else category.title


def _naming(turn: Turn, answer: Answer) -> Naming:
    return naming_of(turn.library.question(answer.question_id))
