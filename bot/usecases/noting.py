"""What stays of each answer for the choice of the next: what was heard in it, and when its question comes back."""

from bot.domain import reviews, weakness
from bot.domain.coach import FLAGS, Reading
from bot.domain.terms import QuestionId
from bot.screens.coach import ASKED_ONLY
from bot.usecases import following
from bot.usecases.turn import Turn
from db import answers, readings
from db import reviews as stored_reviews
from db.answers import Answer
from db.readings import Noted


def submitted(turn: Turn, answer: Answer, reading: Reading) -> None:
    """An answer was submitted and read."""
    _note(turn, answer, reading)
    reckon_weakness(turn)


def rated(turn: Turn, question_id: QuestionId) -> None:
    """A rating of an answer to that question was given or changed, or the answer went or came back."""
    attempts = answers.attempts(turn.tx, turn.person_id, question_id)
    known = [
        reviews.Rated(each.rating, each.submitted_at)
        for each in attempts
        if each.rating is not None and each.submitted_at is not None
    ]
    stored_reviews.put(turn.tx, turn.person_id, question_id, reviews.reviewed(known))
    reckon_weakness(turn)


def latest(turn: Turn) -> list[tuple[Answer, Noted]]:
    """The latest answers, newest first, with what was heard in them; what was edited since is read anew."""
    found = answers.page(turn.tx, turn.person_id, limit=weakness.LOOKED_AT, offset=0).answers
    noted = readings.of_answers(turn.tx, [answer.id for answer in found])
    pairs = []
    for answer in found:
        known = noted.get(answer.id)
        if known is None or known.read_at < answer.updated_at:
            question = turn.library.question(answer.question_id)
            known = _note(
                turn,
                answer,
                following.read(answer, question),
            )
        pairs.append((answer, known))
    return pairs


def reckon_weakness(turn: Turn) -> None:
    """Store with the person which categories are weak, where the choice finds it without another query."""
    told = [
        weakness.Told(answer.category_id, len(noted.flags), len(noted.unheard), noted.judged, answer.rating)
        for answer, noted in latest(turn)
    ]
    turn.change(weak_category_ids=weakness.weakest(told))


def _note(turn: Turn, answer: Answer, reading: Reading) -> Noted:
    codes = (finding.code for finding in reading.findings)
    noted = Noted(
        answer.id,
        tuple(dict.fromkeys(code.value for code in codes if code in FLAGS - ASKED_ONLY)),
        tuple(point.id for point in reading.points if point.judged and not point.heard),
        sum(point.judged for point in reading.points),
        turn.now_utc,
    )
    readings.put(turn.tx, turn.person_id, noted)
    return noted
