"""Which waiting letters a later one makes needless."""

from datetime import UTC, datetime

import pytest

from bot.domain.terms import PersonId
from bot.screens.message import Button, Document, Message
from bot.transport.limits import ChatPace
from bot.transport.queue import ChatQueue
from bot.usecases import letters
from db.outbox import Lane, Letter, NewLetter

NOW = datetime(2030, 1, 7, tzinfo=UTC)
ANN = PersonId(7)
ROWS = ((Button("Go", "go"),),)


def _step(text: str) -> NewLetter:
    return letters.send("k", ANN, Message(text, standing=True))


def _says(text: str) -> NewLetter:
    return letters.send("k", ANN, Message(text))


def _edits(message_id: int, text: str) -> NewLetter:
    return letters.edit("k", ANN, message_id, Message(text))


def _keys(message_id: int) -> NewLetter:
    return letters.keyboard("k", ANN, message_id, ROWS)


def _file(content: bytes) -> NewLetter:
    return letters.document("k", ANN, Document("answers.md", content))


def _queue(*new: NewLetter) -> ChatQueue:
    queue = ChatQueue(ChatPace.of(ANN))
    for number, letter in enumerate(new):
        values = (letter.key, letter.chat_id, Lane.REPLY, letter.kind, letter.payload, letter.document)
        queue.letters.append(Letter(number, *values, created_at=NOW, not_before=NOW, attempts=0))
    return queue


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (_step("Step 2/4"), _step("Step 3/4")),
        (_says("No question is open."), _says("No question is open.")),
        (_edits(5, "one"), _edits(5, "two")),
        (_keys(5), _edits(5, "two")),
        (_keys(5), _keys(5)),
        (_file(b"old"), _file(b"new")),
    ],
)
def test_later_word_on_the_same_thing_is_enough(first: NewLetter, later: NewLetter) -> None:
    """Where things stand, the same words again, the same message changed again: the last one says it all, even with
    something else in between, and is itself never needless."""
    queue = _queue(first, _says("something else"), later)
    assert [queue.is_needless(letter) for letter in queue.letters] == [True, False, False]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (_says("A model answer, part 1"), _says("A model answer, part 2")),
        (_says("Changed in the stored answer."), _step("Step 3/4")),
        (_step("Step 3/4"), _says("I do not know /x")),
        (_step("Step 3/4"), _edits(5, "two")),
        (_edits(5, "one"), _edits(6, "one")),
        (_edits(5, "one"), _keys(5)),
        (_edits(5, "Step 1/4"), _step("Step 2/4")),
        (_says("the same"), _edits(5, "the same")),
    ],
)
def test_other_letters_all_go(first: NewLetter, later: NewLetter) -> None:
    """Whatever a person would miss is sent."""
    queue = _queue(first, later)
    assert [queue.is_needless(letter) for letter in queue.letters] == [False, False]
