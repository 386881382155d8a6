"""/mock: an interview of a few questions, with follow-ups, nothing said in between and one report at the end.

Where it stands is read from its rows every time; the answers are answers like all others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import coach, mock, practice
from bot.domain.coach import Reading
from bot.domain.practice import Received
from bot.domain.selection import Wishes
from bot.domain.terms import AnswerId, QuestionId
from bot.screens import coach as coach_screen
from bot.screens import mock as screen
from bot.screens.buttons import Tap
from bot.screens.naming import naming_of
from bot.usecases import answering, asking, candidates, detail, drafts, following, noting, placing
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers, askings, mocks
from db.mocks import Item, Mock

EXPECTING = "mock"
"""`Person.expecting` while the next text is the reply to a follow-up."""

Open = tuple[Mock, Item]
"""An interview and the question in it whose follow-up is open."""


@dataclass(frozen=True, slots=True)
class _Now:
    """The interview under way and the question it is at; None is one asked no more whose follow-up is open."""

    mock: Mock
    item: Item
    question: Question | None

    @property
    def prompt(self) -> str:
        """What it is at, in words."""
        return self.question.prompt if self.question else self.item.follow_up


def open_mock(turn: Turn) -> None:
    """/mock: go on with the interview under way, or begin one."""
    now = _now(turn)
    if now is not None:
        turn.show(screen.resume(now.item.place, len(now.mock.items), now.prompt))
        return
    if _ended_by_itself(turn):
        return
    ended = mocks.every(turn.tx, turn.person_id)
    turn.show(screen.offer(ended[-1].id if ended else None))


def begin(turn: Turn, tap: Tap) -> None:
    """The number of questions was chosen (mkn); without a number it is asked for."""
    size = tap.number(0)
    if size not in mock.SIZES:
        turn.message_id = None
        open_mock(turn)
        return
    now = _now(turn)
    if now is not None:
        turn.notice(screen.open_already(now.item.place, len(now.mock.items)))
        return
    if _ended_by_itself(turn):
        return
    among = candidates.of(turn.library, turn.person.category_ids)
    if len(among) < mock.SIZES[0]:
        turn.message_id = None
        turn.show(screen.too_few(len(among)))
        return
    chosen = mock.plan(
        among,
        askings.of_person(turn.tx, turn.person_id),
        size,
        person=turn.person_id,
        day=turn.today,
        wishes=Wishes(level=turn.person.level, weak=turn.person.weak_category_ids),
    )
    mocks.start(turn.tx, turn.person_id, chosen, turn.now_utc)
    _go_on(turn)


def go_on(turn: Turn, _tap: Tap) -> None:
    """[Go on] (mkg): the question or the follow-up that is open."""
    if _now(turn) is None:
        if not _ended_by_itself(turn):
            turn.notice(screen.NOT_OPEN)
        return
    _go_on(turn)


def skip(turn: Turn, tap: Tap) -> None:
    """[Skip it] under a question (mks)."""
    now = _at(turn, tap)
    if now is None:
        return
    if now.item.answer_id is not None:
        turn.notice(screen.WENT_ON)
        return
    resting = drafts.active(turn)
    if resting is not None and resting.answer.question_id == now.item.question_id:
        drafts.park(turn)
    mocks.done(turn.tx, now.mock.id, now.item.place, turn.now_utc)
    _go_on(turn)


def leave_follow_up(turn: Turn, tap: Tap) -> None:
    """[Skip it] under a follow-up, or [Next question] after a long reply (mkf)."""
    now = _at(turn, tap)
    if now is None:
        return
    if now.item.answer_id is None:
        turn.notice(screen.WENT_ON)
        return
    mocks.done(turn.tx, now.mock.id, now.item.place, turn.now_utc)
    _go_on(turn)


def park(turn: Turn, _tap: Tap) -> None:
    """[Park the interview] (mkp): it rests, and so does the answer being written."""
    now = _now(turn)
    if now is None:
        if not _ended_by_itself(turn):
            turn.notice(screen.NOT_OPEN)
        return
    resting = drafts.active(turn)
    if resting is not None and resting.answer.question_id == now.item.question_id:
        drafts.park(turn)
    mocks.set_parked(turn.tx, now.mock.id, parked=True)
    _stop_expecting(turn)
    turn.show(screen.parked(now.item.place, len(now.mock.items)))


def end(turn: Turn, _tap: Tap) -> None:
    """[End it here] (mke): the report on what was answered."""
    now = _now(turn)
    if now is None:
        if not _ended_by_itself(turn):
            turn.notice(screen.NOT_OPEN)
        return
    _finish(turn, now.mock)


def show_report(turn: Turn, tap: Tap) -> None:
    """[The last report] (mkr)."""
    number = tap.number(0)
    found = None if number is None else mocks.get(turn.tx, turn.person_id, number)
    if found is None:
        turn.notice(screen.GONE)
        return
    turn.message_id = None
    _report(turn, found)


def open_answer(turn: Turn, tap: Tap) -> None:
    """[Answer 1] under a report (mko): the answer below it, so that the report stays."""
    turn.message_id = None
    detail.open_answer(turn, tap)


def answer(turn: Turn, question_id: QuestionId) -> None:
    """[Answer]: as always; of the question that the interview is at, the first step says how long it may take."""
    found = mocks.open_one(turn.tx, turn.person_id)
    item = None if found is None or found.parked else found.current
    question = turn.library.question(question_id)
    lead = ""
    if found is not None and item is not None and question is not None:
        is_at = item.question_id == question_id and item.answer_id is None
        lead = screen.where(item.place, len(found.items), _aim(turn, question)) if is_at else ""
    answering.begin(turn, question_id, lead=lead)


def submit(turn: Turn, answer_id: AnswerId) -> None:
    """[Submit]: in an interview the answer is kept and the follow-up asked; else the coach reads it."""
    stored, now = drafts.load(turn, answer_id), _now(turn)
    is_of_it = (
        stored is not None
        and now is not None
        and not now.mock.parked
        and now.item.answer_id is None
        and stored.answer.question_id == now.item.question_id
        and not stored.draft.is_empty()
    )
    if stored is None or now is None or now.question is None or not is_of_it:
        answering.submit(turn, answer_id)
        return
    answers.submit(turn.tx, stored.answer, turn.now_utc)
    if turn.person.active_answer_id == answer_id:
        turn.change(active_answer_id=None)
    reading = coach.read(stored.draft.texts(), now.question.rubric())
    noting.submitted(turn, stored.answer, reading)
    next_ = coach_screen.questions(reading, coach_screen.point_texts(now.question), naming_of(now.question))
    asked = mock.follow_up(
        now.question.follow_ups,
        next((question for question, _part in next_), ""),
        person=turn.person_id,
        day=turn.today,
        question=now.question.id,
    )
    mocks.answered(turn.tx, now.mock.id, now.item.place, answer_id, asked)
    if asked:
        _ask_follow_up(turn, now.item.place, asked, kept=True)
        return
    mocks.done(turn.tx, now.mock.id, now.item.place, turn.now_utc)
    _go_on(turn)


def open_follow_up(turn: Turn) -> str:
    """The follow-up that is open; empty if none is, or if the interview is parked."""
    open_ = _open_one(turn)
    return "" if open_ is None else open_[1].follow_up


def awaits_reply(turn: Turn) -> bool:
    """Whether a follow-up is open and nothing else was asked since, so that a text without an address is the reply."""
    open_ = _open_one(turn)
    if open_ is None:
        return False
    asked = askings.newest(turn.tx, turn.person_id)
    is_last = asked is not None and asked[0] == open_[1].question_id
    return is_last and not placing.has_place(turn, card_too=False)


def reply(turn: Turn, texts: Sequence[Received]) -> None:
    """The reply to the follow-up came. After a text that may have been cut, the rest is waited for."""
    open_ = _open_one(turn)
    if open_ is None:
        return
    found, item = open_
    if not turn.expecting:  # the follow-up is open, but was not what was asked for last
        turn.expect(EXPECTING)
    told = [*(each.text for each in item.replies), *(text.text for text in texts)]
    if practice.units("\n".join(told)) > practice.PART_UNITS_MAX:
        turn.say(screen.REPLY_TOO_LONG)
        return
    for text in texts:
        mocks.replied(turn.tx, found.id, item.place, text.message_id, text.text)
    if practice.units(texts[-1].text) >= practice.CUT_AT_LEAST_UNITS:
        turn.say(screen.more(item.place))
        return
    mocks.done(turn.tx, found.id, item.place, turn.now_utc)
    _go_on(turn)


def rewrite(turn: Turn, message_id: int, words: str) -> bool:
    """A message was edited: if it replied to a follow-up, that is what it says now; False if it did not."""
    found = mocks.of_message(turn.tx, turn.person_id, message_id)
    if found is None:
        return False
    told, item = found
    texts = [words if each.message_id == message_id else each.text for each in item.replies]
    if texts == [each.text for each in item.replies]:
        return True
    if practice.units("\n".join(texts)) > practice.PART_UNITS_MAX:
        turn.say(screen.REPLY_TOO_LONG)
        return True
    mocks.rewrite_reply(turn.tx, told.id, item.place, message_id, words)
    turn.say(screen.reply_changed(item.follow_up, told.id, is_over=told.ended_at is not None))
    return True


def _go_on(turn: Turn) -> None:
    """Show the question or follow-up that is open, or end with the report."""
    under_way = mocks.open_one(turn.tx, turn.person_id)
    if under_way is None:
        return
    now = _now(turn)
    if now is None:
        _finish(turn, under_way)
        return
    if now.mock.parked:
        mocks.set_parked(turn.tx, now.mock.id, parked=False)
    if now.item.answer_id is not None:
        _ask_follow_up(turn, now.item.place, now.item.follow_up, kept=False)
        return
    if now.question is None:  # only a follow-up outlives its question
        return
    turn.change(expecting=None)  # what is typed next is about the question, whatever prompt was open
    asking.remember(turn, now.question.id)
    category = turn.library.category_of(now.question.id)
    turn.show(
        screen.card(now.question, category, now.item.place, len(now.mock.items), _aim(turn, now.question))
    )


def _ask_follow_up(turn: Turn, place: int, asked: str, *, kept: bool) -> None:
    turn.expect(EXPECTING)
    turn.show(screen.follow_up(asked, place, kept=kept))


def _finish(turn: Turn, found: Mock) -> None:
    mocks.end(turn.tx, found.id, turn.now_utc)
    _stop_expecting(turn)
    _report(turn, found)


def _report(turn: Turn, found: Mock) -> None:
    told: list[screen.Told] = []
    spoken: list[mock.Spoken] = []
    for item in found.items:
        question = turn.library.question(item.question_id)
        answer = None if item.answer_id is None else answers.get(turn.tx, turn.person_id, item.answer_id)
        prompt = answer.prompt if answer else question.prompt if question else screen.ASKED_NO_MORE
        aim = 0 if question is None else _aim(turn, question)
        if answer is None:
            told.append(screen.Told(prompt, aim))
            continue
        reading = following.read(answer, question)
        spoken.append(mock.Spoken(reading, aim))
        unheard = _unheard(reading, question)
        told.append(
            screen.Told(
                prompt, aim, answer.id, reading, unheard, item.follow_up, item.reply, naming_of(question)
            )
        )
    if not spoken:
        drafts_of = (answers.draft_of(turn.tx, turn.person_id, item.question_id) for item in found.items)
        turn.show(screen.nothing_told(begun=any(d is not None and any(d.texts.values()) for d in drafts_of)))
        return
    for message in screen.report(told, mock.summary(spoken, screen.said_codes())):
        turn.show(message)


def _unheard(reading: Reading, question: Question | None) -> Sequence[str]:
    texts = coach_screen.point_texts(question)
    return [texts[point.id] for point in reading.points if point.judged and not point.heard]


def _aim(turn: Turn, question: Question) -> int:
    category = turn.library.category_of(question.id)
    return 0 if category is None else mock.aim_seconds(category.id, question.level)


def _now(turn: Turn) -> _Now | None:
    """Where the interview under way stands; None if all is done. Questions that are asked no more count as done."""
    found = mocks.open_one(turn.tx, turn.person_id)
    while found is not None and (item := found.current) is not None:
        question = turn.library.question(item.question_id)
        is_asked = question is not None and not question.retired
        if is_asked or item.answer_id is not None:
            return _Now(found, item, question)
        mocks.done(turn.tx, found.id, item.place, turn.now_utc)
        found = mocks.open_one(turn.tx, turn.person_id)
    return None


def _ended_by_itself(turn: Turn) -> bool:
    """End the interview under way of which nothing is left to ask, with its report; whether there was one."""
    found = mocks.open_one(turn.tx, turn.person_id)
    if found is not None:
        _finish(turn, found)
    return found is not None


def _at(turn: Turn, tap: Tap) -> _Now | None:
    """The interview under way if it is at the place the button names; else a notice is given and None."""
    now = _now(turn)
    if now is None:
        if not _ended_by_itself(turn):
            turn.notice(screen.NOT_OPEN)
    elif tap.number(0) != now.item.place:
        turn.notice(screen.WENT_ON)
    else:
        return now
    return None


def _open_one(turn: Turn) -> Open | None:
    found = mocks.open_one(turn.tx, turn.person_id)
    item = None if found is None else found.current
    if found is None or found.parked or item is None or item.answer_id is None:
        return None
    return found, item


def _stop_expecting(turn: Turn) -> None:
    turn.close(EXPECTING)
