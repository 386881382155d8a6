"""Everything stored about a person, handed over as files."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.practice import Received, Segment
from bot.domain.terms import PARTS, AnswerId, Part
from bot.screens import export as screen
from bot.usecases.detail import shown
from bot.usecases.turn import Turn
from db import (
    answers,
    askings,
    interviews,
    mocks,
    packs,
    readings,
    reminders,
    reviews,
    segments,
    stories,
    undecided,
)
from db.answers import Answer
from db.mocks import Mock
from db.people import Person
from db.readings import Noted
from db.undecided import Between

Pieces = dict[AnswerId, list[tuple[Part, Segment]]]


def export(turn: Turn, limit_bytes: int = screen.UPLOAD_BYTES_MAX) -> None:
    """/export: Markdown to read and JSON with everything; without any answer only the JSON."""
    stored = answers.everything(turn.tx, turn.person_id)
    there = [answer for answer in stored if answer.deleted_at is None]
    submitted = sorted(
        (shown(turn, answer) for answer in there if answer.submitted_at is not None),
        key=lambda answer: answer.submitted_at,
    )
    drafts = [
        shown(turn, answer) for answer in there if answer.submitted_at is None and any(answer.texts.values())
    ]
    if submitted or drafts:
        for file in screen.markdown(submitted, drafts, turn.zone, turn.today, limit_bytes):
            turn.hand(file)
    record = _record(turn, stored)
    for file in screen.complete(record, turn.now_utc.isoformat(), turn.today, limit_bytes):
        turn.hand(file)


def _record(turn: Turn, stored: tuple[Answer, ...]) -> screen.Record:
    rated = answers.rated_moments(turn.tx, turn.person_id)
    messages = _by_answer(segments.of_person(turn.tx, turn.person_id))
    earlier = _by_answer(segments.earlier(turn.tx, turn.person_id))
    heard = readings.every(turn.tx, turn.person_id)
    return screen.Record(
        person=_person(turn.person),
        answers=[
            {
                **_answer(answer, rated.get(answer.id)),
                **_pieces(messages[answer.id], earlier[answer.id]),
                "reading": _reading(heard.get(answer.id)),
            }
            for answer in stored
        ],
        askings=[
            {
                "question_id": asked.question_id,
                "asked_at": _iso(asked.asked_at),
                "local_date": asked.local_date.isoformat(),
                "daily_push": asked.push,
            }
            for asked in askings.every(turn.tx, turn.person_id)
        ],
        reminders=[
            {"question_id": reminder.question_id, "due_at": _iso(reminder.due_at)}
            for reminder in reminders.every(turn.tx, turn.person_id)
        ],
        packs=[
            {
                "id": pack.id,
                "name": pack.name,
                "title": pack.title,
                "questions": pack.questions,
                "digest": pack.digest,
                "kept": pack.kept,
                "sent_at": _iso(pack.sent_at),
                "text": text,
            }
            for pack, text in packs.every(turn.tx, turn.person_id)
        ],
        undecided=_undecided(
            undecided.of_person(turn.tx, turn.person_id), undecided.held(turn.tx, turn.person_id)
        ),
        reviews=[
            {
                "question_id": question_id,
                "stability": review.stability,
                "difficulty": review.difficulty,
                "reviewed_at": _iso(review.reviewed_at),
                "due_at": _iso(review.due_at),
            }
            for question_id, review in reviews.of_person(turn.tx, turn.person_id).items()
        ],
        stories=stories.every(turn.tx, turn.person_id),
        mocks=[_mock(mock) for mock in mocks.every(turn.tx, turn.person_id)],
        interviews=[
            {
                "day": each.day.isoformat(),
                "name": each.name,
                "outcome": each.outcome,
                "told_at": _iso(each.told_at),
            }
            for each in interviews.of_person(turn.tx, turn.person_id)
        ],
    )


def _undecided(between: Between | None, held: Sequence[Received]) -> list[dict[str, Any]]:
    """Texts of which it is not decided what they are for."""
    texts = () if between is None else between.texts
    return [
        {"text": text.text, "message_id": text.message_id, "sent_at": _iso(text.sent_at)}
        for text in (*texts, *held)
    ]


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "created_at": _iso(person.created_at),
        "language_code": person.language_code,
        "minute_of_day": person.minute_of_day,
        "zone": person.zone,
        "weekdays": sorted(person.weekdays),
        "category_ids": None if person.category_ids is None else list(person.category_ids),
        "paused": person.paused,
        "paused_until": None if person.paused_until is None else person.paused_until.isoformat(),
        "blocked_at": _iso(person.blocked_at),
        "next_push_at": _iso(person.next_push_at),
        "last_push_date": None if person.last_push_date is None else person.last_push_date.isoformat(),
        "expecting": person.expecting,
        "active_answer_id": person.active_answer_id,
        "search_words": person.search_words,
        "has_packs": person.has_packs,
        "level": person.level,
        "target_date": None if person.target_date is None else person.target_date.isoformat(),
        "target_name": person.target_name,
        "target_next_at": _iso(person.target_next_at),
        "story_count": person.story_count,
        "weak_category_ids": list(person.weak_category_ids),
    }


def _answer(answer: Answer, rated_at: datetime | None) -> dict[str, Any]:
    return {
        "id": answer.id,
        "state": "draft" if answer.submitted_at is None else "submitted",
        "deleted": answer.deleted_at is not None,
        "question_id": answer.question_id,
        "category_id": answer.category_id,
        "prompt": answer.prompt,
        "attempt": answer.attempt,
        "parts": {part.value: answer.texts[part] for part in PARTS},
        "step": answer.step.value,
        "asking": answer.asking,
        "editing": answer.editing,
        "asked_about": [part.value for part in PARTS if part in answer.asked],
        "rating": answer.rating,
        "rated_at": _iso(rated_at),
        "started_at": _iso(answer.started_at),
        "updated_at": _iso(answer.updated_at),
        "submitted_at": _iso(answer.submitted_at),
        "deleted_at": _iso(answer.deleted_at),
    }


def _reading(noted: Noted | None) -> dict[str, Any] | None:
    """What the coach noted of an answer."""
    if noted is None:
        return None
    return {
        "flags": list(noted.flags),
        "unheard": list(noted.unheard),
        "judged": noted.judged,
        "read_at": _iso(noted.read_at),
    }


def _mock(mock: Mock) -> dict[str, Any]:
    return {
        "id": mock.id,
        "parked": mock.parked,
        "started_at": _iso(mock.started_at),
        "ended_at": _iso(mock.ended_at),
        "questions": [
            {
                "place": item.place,
                "question_id": item.question_id,
                "answer_id": item.answer_id,
                "follow_up": item.follow_up,
                "reply": item.reply,
                "messages": [{"message_id": each.message_id, "text": each.text} for each in item.replies],
                "done_at": _iso(item.done_at),
            }
            for item in mock.items
        ],
    }


def _pieces(messages: list[tuple[Part, Segment]], earlier: list[tuple[Part, Segment]]) -> dict[str, Any]:
    """From which messages the parts come (their words stand in the parts), and what was replaced by other words."""
    return {
        "messages": [
            {"part": part.value, "message_id": segment.message_id, "sent_at": _iso(segment.sent_at)}
            for part, segment in messages
        ],
        "earlier": [
            {
                "part": part.value,
                "text": segment.text,
                "message_id": segment.message_id,
                "sent_at": _iso(segment.sent_at),
            }
            for part, segment in earlier
        ],
    }


def _by_answer(pieces: list[tuple[AnswerId, Part, Segment]]) -> Pieces:
    grouped: Pieces = defaultdict(list)
    for answer_id, part, segment in pieces:
        grouped[answer_id].append((part, segment))
    return grouped


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
