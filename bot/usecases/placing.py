"""Where a text goes that no prompt has asked for: into an answer, or in any case to where it is kept.

A text belongs to the last thing on the screen: the step of an answer being written, or the card of a question. If
another question's card came after that step it may be for either; then it is kept at once, and asked about.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import coach, moving, practice
from bot.domain.practice import Event
from bot.domain.terms import AnswerId
from bot.screens import answering as answering_screen
from bot.screens import general
from bot.screens import placing as screen
from bot.screens.buttons import Tap
from bot.screens.message import Message, Rows
from bot.screens.question import heading
from bot.usecases import answering, asking, cards, drafts, settings
from bot.usecases.cards import Card
from bot.usecases.drafts import Stored
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers, askings, segments

UNDECIDED = "which"
"""`Person.expecting` while a text may be for either of two answers: this, the older draft, the first message."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text message: its words, its id in the chat, and when it was sent."""

    words: str
    message_id: int
    sent_at: datetime


def place(turn: Turn, text: Text, *, note: str = "") -> None:
    """Put the text where it belongs; ``note`` is a line on why it went there."""
    stored = drafts.active(turn)
    if stored is None:
        _place_without_draft(turn, text, note)
        return
    undecided = _undecided(turn)
    if undecided is not None:
        _keep_and_ask(turn, text, stored, undecided[0], undecided[1])
        return
    card = cards.newest(turn)
    other = cards.open_since(turn, card, stored)
    if other is None:
        answering.receive(turn, stored, text.words, text.message_id, text.sent_at, note=note, card=card)
        return
    turn.change(active_answer_id=None)  # an empty draft too may be what the text is for: nothing is dropped
    fresh = answering.open_draft(turn, other.question)
    _keep_and_ask(turn, text, fresh, stored, text.message_id)


def has_place(turn: Turn, *, card_too: bool) -> bool:
    """Whether an answer is being written, or with ``card_too`` whether a card waits for one."""
    return drafts.active(turn) is not None or (card_too and _waiting_card(turn) is not None)


def is_undecided(turn: Turn) -> bool:
    """Whether it was asked what a text is for, and not yet told."""
    return _undecided(turn) is not None


def ask_again(turn: Turn, note: str, rows: Rows) -> bool:
    """Ask once more what the texts are for, with a line on what changed and rows for it; False if it is decided."""
    new, undecided = drafts.active(turn), _undecided(turn)
    if new is None or undecided is None:
        return False
    message = _which(new, *undecided, note=note)
    turn.show(replace(message, rows=(*message.rows, *rows), standing=not rows))
    return True


def move(turn: Turn, tap: Tap) -> None:
    """[For my answer at …] (mv): the texts go to the older draft, as if they had been sent to it."""
    new_id, old_id, first_id, size = (tap.number(index) for index in range(4))
    new = None if new_id is None else drafts.load(turn, AnswerId(new_id))
    old = None if old_id is None else drafts.load(turn, AnswerId(old_id))
    if new is None or old is None or new_id == old_id or first_id is None:
        turn.notice(answering_screen.NOT_OPEN)
        return
    texts = moving.sent_since(new.draft, first_id)
    if len(texts) != size:
        turn.notice(screen.WENT_ON if texts else screen.MOVED_ALREADY)
        return
    draft = old.draft
    for sent in texts:
        taken = practice.receive(draft, sent.text, sent.message_id, sent.sent_at, coach.thin)
        if taken.event is Event.TOO_LONG:
            turn.say(answering_screen.TOO_LONG)
            return
        draft = taken.draft
    moved_ids = [sent.message_id for sent in texts]
    segments.take_out(turn.tx, new.answer.id, moved_ids)
    left = moving.without(new.draft, moved_ids)
    drafts.save(turn, replace(new, draft=left), left)
    turn.change(active_answer_id=None)  # the question of the card stays open, with its draft empty again
    kept = drafts.save(turn, old, draft)
    answering.resume(turn, kept.answer.id)


def _undecided(turn: Turn) -> tuple[Stored, int] | None:
    """The older draft, and the first message that may be for it; None if there is no doubt."""
    kind, *numbers = (turn.person.expecting or "").split(":")
    if kind != UNDECIDED:
        return None
    old = drafts.load(turn, AnswerId(int(numbers[0])))
    return None if old is None else (old, int(numbers[1]))


def _keep_and_ask(turn: Turn, text: Text, new: Stored, old: Stored, first_message_id: int) -> None:
    """Put the text into the newer draft, and ask which of the two it is for."""
    taken = practice.receive(new.draft, text.words, text.message_id, text.sent_at, coach.thin)
    if taken.event is Event.TOO_LONG:
        turn.say(answering_screen.TOO_LONG)
        return
    kept = drafts.save(turn, new, taken.draft)
    turn.change(expecting=f"{UNDECIDED}:{old.answer.id}:{first_message_id}")
    turn.say(_which(kept, old, first_message_id))


def _which(new: Stored, old: Stored, first_message_id: int, note: str = "") -> Message:
    return screen.which(
        (new.answer.id, new.answer.prompt),
        (old.answer.id, old.answer.prompt),
        answering_screen.place(old.draft),
        first_message_id,
        len(moving.sent_since(new.draft, first_message_id)),
        note=note,
    )


def _place_without_draft(turn: Turn, text: Text, note: str) -> None:
    card, aside = _waiting_card(turn), _put_aside(turn)
    if card is not None and (aside is None or aside.answer.question_id == card.question.id):
        stored = answering.open_draft(turn, card.question)
        category = turn.library.category_of(card.question.id)
        above = heading(category, stored.answer.prompt)
        answering.receive(
            turn, stored, text.words, text.message_id, text.sent_at, note=note, above=above, card=card
        )
    elif aside is not None:
        _keep_aside(turn, aside, text)
    elif turn.person.minute_of_day is None:
        settings.start(turn)
    else:
        _keep_with_next(turn, text)


def _waiting_card(turn: Turn) -> Card | None:
    """The card shown last, if it is of late and still waits for an answer."""
    card = cards.newest(turn)
    if card is None or not cards.is_fresh(turn, card.asked_at):
        return None
    return None if cards.is_settled(turn, card.question.id, card.asked_at) else card


def _put_aside(turn: Turn) -> Stored | None:
    """The draft that was put aside lately, if nothing else was asked or submitted since."""
    newest = next(iter(answers.drafts(turn.tx, turn.person_id, 1)), None)
    stored = None if newest is None else drafts.load(turn, newest.id)
    if stored is None or not cards.is_fresh(turn, stored.answer.updated_at):
        return None
    card = cards.newest(turn)
    is_last = card is None or card.question.id == stored.answer.question_id
    return stored if is_last or (card and card.asked_at <= stored.answer.updated_at) else None


def _keep_aside(turn: Turn, stored: Stored, text: Text) -> None:
    """Keep the text with the draft that was put aside, and leave that aside until [Continue]."""
    taken = practice.receive(stored.draft, text.words, text.message_id, text.sent_at, coach.thin)
    if taken.event is Event.TOO_LONG:
        turn.say(answering_screen.TOO_LONG)
        return
    kept = drafts.save(turn, stored, taken.draft)
    turn.say(screen.kept_aside(kept.answer.id, kept.answer.prompt, taken.into))


def _keep_with_next(turn: Turn, text: Text) -> None:
    """No question is open: keep the text as the beginning of an answer to the next one, and offer that."""
    question = asking.pick(
        turn.library,
        turn.person.category_ids,
        askings.of_person(turn.tx, turn.person_id),
        person_id=turn.person_id,
        today=turn.today,
    )
    if question is None:
        turn.say(general.no_question_open())
        return
    askings.add(turn.tx, turn.person_id, question.id, turn.now_utc, turn.today)
    stored = _begin_aside(turn, question)
    taken = practice.receive(stored.draft, text.words, text.message_id, text.sent_at, coach.thin)
    kept = drafts.save(turn, stored, taken.draft)
    turn.say(screen.kept_with_next(kept.answer.id, kept.answer.prompt, text.words))


def _begin_aside(turn: Turn, question: Question) -> Stored:
    stored = answering.open_draft(turn, question)
    turn.change(active_answer_id=None)
    return stored
