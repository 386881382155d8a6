"""Where a text goes that no prompt has asked for: into an answer, or in any case to where it is kept.

A text belongs to the last thing on the screen: the step of an answer being written, or the card of a question. If
another question's card came after that step it may be for either; then it waits as it came, and it is asked about.
While texts wait no answer is the active one; opening either, or any other, decides (`drafts.activate`).
"""

from dataclasses import replace

from bot.domain import coach, practice
from bot.domain.practice import Draft, Event, Received
from bot.screens import answering as answering_screen
from bot.screens import general
from bot.screens import placing as screen
from bot.screens import question as question_screen
from bot.screens import replying as replying_screen
from bot.screens.buttons import Tap
from bot.screens.message import Message, Rows
from bot.screens.naming import naming_of
from bot.screens.question import heading
from bot.screens.replying import Purpose
from bot.usecases import answering, asking, cards, drafts, settings
from bot.usecases.cards import Card
from bot.usecases.drafts import Stored
from bot.usecases.turn import Turn
from content.schema import Question
from db import answers, askings, undecided
from db.undecided import Between


def place(turn: Turn, text: Received, *, note: str = "") -> None:
    """Put the text where it belongs; ``note`` is a line on why it went there."""
    stored = drafts.active(turn)
    if stored is not None:
        _place_with_draft(turn, text, stored, note)
        return
    between = undecided.of_person(turn.tx, turn.person_id)
    if between is None:
        _place_without_draft(turn, text, note)
    else:
        _wait_too(turn, text, between)


def has_place(turn: Turn, *, card_too: bool) -> bool:
    """Whether an answer is being written, or with ``card_too`` whether a card or a draft put aside waits for a text."""
    if drafts.active(turn) is not None or undecided.of_person(turn.tx, turn.person_id) is not None:
        return True
    return card_too and (_waiting_card(turn) is not None or _put_aside(turn) is not None)


def purpose(turn: Turn) -> Purpose:
    """Where a text would be placed now, in words."""
    stored, card = drafts.active(turn), cards.newest(turn)
    if stored is not None:
        card = cards.open_since(turn, card, stored)
    elif undecided.of_person(turn.tx, turn.person_id) is None:
        card, stored = _waiting_card(turn), _put_aside(turn)
    if card is not None:
        return replying_screen.card(card.question.prompt)
    if stored is not None:
        return replying_screen.draft(
            answering_screen.place(stored.draft, stored.naming), stored.answer.prompt
        )
    return replying_screen.NO_PROMPT


def ask_again(turn: Turn, note: str = "", rows: Rows = ()) -> bool:
    """Ask once more what the texts are for, with a line on what changed and rows for it; False if none waits."""
    between = undecided.of_person(turn.tx, turn.person_id)
    message = None if between is None else _which(turn, between, note)
    if message is None:
        return False
    turn.show(replace(message, rows=(*message.rows, *rows), standing=not rows))
    return True


def rewrite(turn: Turn, message_id: int, words: str) -> bool:
    """A message was edited: if its text waits, it waits in the new words; False if it does not wait."""
    between = undecided.of_person(turn.tx, turn.person_id)
    if between is None or message_id not in {text.message_id for text in between.texts}:
        return False
    undecided.rewrite(turn.tx, turn.person_id, message_id, words)
    ask_again(turn, screen.REWORDED)
    return True


def decide(turn: Turn, tap: Tap) -> None:
    """[For the new question] and [For my answer at …] (mv): the texts go there, as if they had been sent to it."""
    between = undecided.of_person(turn.tx, turn.person_id)
    if between is None or between.texts[0].message_id != tap.number(1):
        turn.notice(screen.DECIDED_ALREADY)
        return
    question = turn.library.question(between.question_id)
    is_older = tap.arg(0) == screen.OLDER
    stored = drafts.load(turn, between.draft_id) if is_older else drafts.of_question(turn, question)
    if is_older and stored is None:
        turn.notice(answering_screen.NOT_OPEN)
    elif not is_older and question is None:
        turn.notice(question_screen.GONE)
    elif not _fits(stored, question, between.texts):
        turn.say(answering_screen.TOO_LONG)
    elif is_older and stored is not None:
        answering.resume(turn, stored.answer.id)
    elif question is not None:
        note = answering.note_on_waiting(turn, question.id, stored)
        answering.resume(turn, answering.open_draft(turn, question).answer.id, note)


def settle(turn: Turn) -> Stored | None:
    """Let the texts that wait go to the newer question; the draft they went to, None if there were none."""
    between = undecided.of_person(turn.tx, turn.person_id)
    return None if between is None else drafts.settle(turn, between)


def _place_with_draft(turn: Turn, text: Received, stored: Stored, note: str) -> None:
    card = cards.newest(turn)
    other = cards.open_since(turn, card, stored)
    if other is None:
        answering.receive(turn, stored, text, note=note, card=card)
    else:
        _let_wait(turn, text, Between(stored.answer.id, other.question.id, ()))


def _wait_too(turn: Turn, text: Received, between: Between) -> None:
    """One more text while others wait: it waits too, unless a third card came since or one of the two is gone."""
    card, old = cards.newest(turn), drafts.load(turn, between.draft_id)
    known = {between.question_id, *(() if old is None else (old.answer.question_id,))}
    is_third = card is not None and card.question.id not in known
    if old is not None and turn.library.question(between.question_id) is not None and not is_third:
        _let_wait(turn, text, between)
        return
    settled = drafts.settle(turn, between)
    if settled is None:  # neither question is there any more; the others stay in the export
        _place_without_draft(turn, text, "")
    elif card is not None and is_third and not cards.is_settled(turn, card.question.id, card.asked_at):
        _let_wait(turn, text, Between(settled.answer.id, card.question.id, ()))
    else:
        answering.receive(turn, drafts.activate(turn, settled), text, card=card)


def _let_wait(turn: Turn, text: Received, between: Between) -> None:
    """Keep the text as it came, and ask which of the two it is for."""
    waiting = replace(between, texts=(*between.texts, text))
    question = turn.library.question(between.question_id)
    if not _fits(drafts.of_question(turn, question), question, waiting.texts):
        turn.say(answering_screen.TOO_LONG)
        return
    turn.change(active_answer_id=None)  # an empty draft too may be what the text is for: nothing is dropped
    undecided.add(turn.tx, turn.person_id, between.draft_id, between.question_id, text)
    message = _which(turn, waiting)
    if message is not None:
        turn.say(message)


def _fits(stored: Stored | None, question: Question | None, texts: tuple[Received, ...]) -> bool:
    draft = Draft(names=naming_of(question).labels) if stored is None else stored.draft
    return practice.receive_all(draft, texts, coach.thin) is not None


def _which(turn: Turn, between: Between, note: str = "") -> Message | None:
    """The question which of the two is meant; None if one of them is gone."""
    old, question = drafts.load(turn, between.draft_id), turn.library.question(between.question_id)
    if old is None or question is None:
        return None
    return screen.which(
        question.prompt,
        old.answer.prompt,
        answering_screen.place(old.draft, old.naming),
        between.texts[0].message_id,
        len(between.texts),
        note=note,
    )


def _place_without_draft(turn: Turn, text: Received, note: str) -> None:
    card, aside = _waiting_card(turn), _put_aside(turn)
    if card is not None and (aside is None or aside.answer.question_id == card.question.id):
        stored = answering.open_draft(turn, card.question)
        category = turn.library.category_of(card.question.id)
        above = heading(category, stored.answer.prompt)
        answering.receive(turn, stored, text, note=note, above=above, card=card)
    elif aside is not None:
        _keep_aside(turn, aside, text, note)
    elif turn.person.minute_of_day is None:
        settings.start(turn)
    else:
        _keep_with_next(turn, text, note)


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


def _keep_aside(turn: Turn, stored: Stored, text: Received, note: str) -> None:
    """Keep the text with the draft that was put aside, and leave that aside until [Continue]."""
    taken = practice.receive(
        stored.draft, text.text, text.message_id, text.sent_at, drafts.thin_for(turn, stored)
    )
    if taken.event is Event.TOO_LONG:
        turn.say(answering_screen.TOO_LONG)
        return
    kept = drafts.save(turn, stored, taken.draft)
    turn.say(screen.kept_aside(kept.answer.id, kept.answer.prompt, taken.into, kept.naming, note=note))


def _keep_with_next(turn: Turn, text: Received, note: str) -> None:
    """No question is open: keep the text as the beginning of an answer to the next one, and offer that."""
    question = asking.next_question(turn)
    if question is None:
        turn.say(general.no_question_open())
        return
    askings.add(turn.tx, turn.person_id, question.id, turn.now_utc, turn.today)
    stored = _begin_aside(turn, question)
    taken = practice.receive(
        stored.draft, text.text, text.message_id, text.sent_at, drafts.thin_for(turn, stored)
    )
    kept = drafts.save(turn, stored, taken.draft)
    turn.say(screen.kept_with_next(kept.answer.id, kept.answer.prompt, text.text, note=note))


def _begin_aside(turn: Turn, question: Question) -> Stored:
    stored = answering.open_draft(turn, question)
    turn.change(active_answer_id=None)
    return stored
