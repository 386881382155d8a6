"""The question that the coach's reading ends with, and the reply to it, which goes into the submitted answer."""

from collections.abc import Sequence

from bot.domain import coach, practice
from bot.domain.coach import Reading
from bot.domain.practice import Draft, Received
from bot.domain.terms import AnswerId, Part
from bot.screens import after, detail
from bot.screens import answering as answering_screen
from bot.screens import coach as coach_screen
from bot.screens import following as screen
from bot.screens.buttons import Tap
from bot.screens.coach import Asked, Since
from bot.screens.naming import naming_of
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers, segments
from db.answers import Answer

EXPECTING = "more"
"""`Person.expecting` begins so while a reply is waited for; then the answer's id, the part, which question it is."""


def ask(turn: Turn, tap: Tap) -> None:
    """[Answer that] (more): the question once more, and the next text is its answer."""
    number, nth = tap.number(0), tap.number(2) or 0
    answer = None if number is None else answers.get(turn.tx, turn.person_id, AnswerId(number))
    if answer is None or answer.submitted_at is None:
        turn.notice(detail.NOT_THERE)
        return
    question = turn.library.question(answer.question_id)
    asked, part = next(iter(_questions(read(answer, question), question)[nth:]), ("", None))
    if part is None or part.value != tap.arg(1):
        turn.notice(screen.ANSWERED_ALREADY)
        return
    turn.expect(f"{EXPECTING}:{answer.id}:{part.value}:{nth}")
    turn.message_id = None
    turn.say(screen.ask(answer.id, asked, part, naming_of(question)))


def take(turn: Turn, prompt: str, texts: Sequence[Received]) -> None:
    """The reply to that prompt came: it is put behind the part, and said what is heard now.

    What was asked is not asked again.
    """
    _more, number, name, nth = prompt.split(":")
    part = Part(name)
    turn.close(EXPECTING)
    answer = answers.get(turn.tx, turn.person_id, AnswerId(int(number)))
    if answer is None or answer.submitted_at is None or answer.attempt is None:
        turn.say(detail.NOT_THERE_TO_EDIT)
        return
    before = segments.of_answer(turn.tx, answer.id)
    question = turn.library.question(answer.question_id)
    added = Draft(before, names=naming_of(question).labels)
    for text in texts:
        longer = practice.add(added, part, text)
        if longer is None:
            turn.say(answering_screen.TOO_LONG)
            return
        added = longer
    segments.save(turn.tx, turn.person_id, answer.id, before, added.parts)
    answers.save_texts(turn.tx, answer.id, added.texts(), turn.now_utc)
    earlier, now = read(answer, question), read(answer, question, added)
    asked = _questions(earlier, question)[: int(nth) + 1]
    following = [new in asked for new in _questions(now, question)]
    since = Since(screen.SINCE, coach.progress(earlier, now))
    next_ = following.index(False) if False in following else len(following)
    turn.say(
        after.heard(now, answer.prompt, answer.attempt, question, answer_id=answer.id, since=since, nth=next_)
    )


def question_of(turn: Turn, answer: Answer, nth: int) -> str:
    """What was asked, for the answer as it is now; the answer's own question if that is asked no more."""
    question = turn.library.question(answer.question_id)
    asked = [text for text, _part in _questions(read(answer, question), question)]
    return next(iter(asked[nth:]), answer.prompt)


def _questions(reading: Reading, question: Question | None) -> list[Asked]:
    return coach_screen.questions(reading, coach_screen.point_texts(question), naming_of(question))


def read(answer: Answer, question: Question | None, draft: Draft | None = None) -> Reading:
    """What the coach hears in an answer as it is stored, or with the parts of ``draft``."""
    texts = answer.texts if draft is None else draft.texts()
    return coach.read(texts, question.rubric()) if question else coach.read(texts)
