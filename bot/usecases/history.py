"""Looking back: the lists of answers, of drafts and of what was deleted; deleting and bringing back."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from bot.domain.terms import PARTS
from bot.screens import detail as detail_screen
from bot.screens import history as screen
from bot.screens.buttons import Tap
from bot.screens.history import PAGE_ANSWERS, PAGE_DELETED, WHOLE_LIST, Place, place_at
from bot.screens.layout import cut, units
from bot.usecases import detail, noting
from bot.usecases.turn import Turn
from db import answers

EXPECTING = "search"
"""`Person.expecting` while the next text is what to search for."""

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
    turn.close(EXPECTING)
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
    named = [(category_id, detail.title(turn, category_id), number) for category_id, number in counts.items()]
    named.sort(key=lambda entry: (-entry[2], entry[1]))
    turn.show(screen.choose_category(named, place_at(tap, 0)))


def ask_words(turn: Turn, tap: Tap) -> None:
    """[Search]: the next text is what to search for (hs)."""
    turn.expect(EXPECTING)
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


def delete(turn: Turn, tap: Tap) -> None:
    """[Delete]: at once, an answer or a draft; [Undo] brings it back (hr)."""
    answer = detail.own(turn, tap)
    if answer is None:
        turn.notice(detail_screen.NOT_THERE)
        return
    detail.stop_expecting(turn)
    answers.set_deleted(turn.tx, answer.id, turn.now_utc)
    noting.rated(turn, answer.question_id)
    if turn.person.active_answer_id == answer.id:
        turn.change(active_answer_id=None)
    is_draft = answer.submitted_at is None
    turn.show(detail_screen.deleted(answer.id, answer.prompt, place_at(tap, 1), UNDO_DAYS, is_draft=is_draft))


def undo_delete(turn: Turn, tap: Tap) -> None:
    """[Undo]: the deleted answer or draft is back (hu)."""
    answer = detail.own(turn, tap, deleted=True)
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
            detail.show(turn, answer, 0, place_at(tap, 1), note=detail_screen.BROUGHT_BACK)


def _show_list(turn: Turn, place: Place) -> None:
    _stop_expecting(turn)
    words = turn.person.search_words if place.searching else None
    place = replace(place, searching=words is not None)
    by = screen.Filter(None if place.category_id is None else detail.title(turn, place.category_id), words)
    found = _page(turn, place, words)
    if found.total and not found.answers:  # answers were deleted since the button was made
        place = replace(place, page=(found.total - 1) // PAGE_ANSWERS)
        found = _page(turn, place, words)
    drafts = answers.count_drafts(turn.tx, turn.person_id)
    if found.total:
        entries = [detail.shown(turn, answer) for answer in found.answers]
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
            naming=detail.naming(turn, draft),
        )
        for draft in found
    ]
    turn.show(screen.drafts_page(entries, total, page, turn.zone, note))


def _stop_expecting(turn: Turn) -> None:
    """Words are not waited for under a list, nor is a story's name if it was tapped for; a reply is."""
    turn.close(EXPECTING)
    if turn.message_id is not None:
        turn.close("story")
