"""A person in an open transaction, whose buttons are pressed by their labels, for the tests of use cases."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from re import sub

from bot.domain.practice import Draft, Segment, Step
from bot.domain.terms import PARTS, AnswerId, CategoryId, Part, PersonId, QuestionId
from bot.screens.buttons import CALLBACK_DATA_BYTES, Tap, parse
from bot.screens.layout import MESSAGE_UNITS, shown_units
from bot.screens.message import Message
from bot.usecases import account, detail, history
from bot.usecases.letters import unpack
from bot.usecases.turn import Turn
from content.library import Library
from db import answers, people, segments
from db.engine import Database, Transaction
from tests.dialogs.packs import one_category

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ANNA = PersonId(1_000_001)
BORIS = PersonId(1_000_002)
FAILED = QuestionId("failure-failed")
MISTAKE = QuestionId("failure-mistake")
GONE = QuestionId("a-question-that-was-withdrawn")
FAILURE = CategoryId("failure-and-learning")
TEXTS = {
    Part.SITUATION: "Our shop lost its card terminal on a Saturday.",
    Part.TASK: "I had to keep the till going.",
    Part.ACTION: "I rang the bank, wrote receipts by hand and moved the queue.",
    Part.RESULT: "We served 212 people and lost no sale.",
}

TAPS: Mapping[str, Callable[[Turn, Tap], None]] = {
    "h": history.show_list,
    "hx": history.clear_filter,
    "hm": history.choose_category,
    "hs": history.ask_words,
    "hd": history.show_drafts,
    "ho": detail.open_answer,
    "hw": detail.show_reading,
    "ha": detail.show_model,
    "hc": detail.compare,
    "he": detail.choose_part,
    "hp": detail.ask_text,
    "hb": history.show_deleted,
    "hr": history.delete,
    "hu": history.undo_delete,
    "hn": detail.tell_page,
    "dd": account.delete_everything,
    "dk": account.keep,
}


@cache
def library() -> Library:
    """The shipped packs."""
    return one_category()


class Scene:
    """One person's side of a conversation. Every call is a turn; what it said is in ``said`` and ``toast``."""

    def __init__(self, tx: Transaction, person_id: PersonId = ANNA, packs: Library | None = None) -> None:
        self.tx = tx
        self.person_id = person_id
        self.packs = packs or library()
        self.now = NOW
        self.turn = self._turn(None)
        self._message_ids = iter(range(1, 1_000_000))

    def does(self, usecase: Callable[..., object], *args: object, tapped: bool = False) -> Message:
        """Run a use case and give the last message it said, or an empty one."""
        self.turn = self._turn(500 if tapped else None)
        usecase(self.turn, *args)
        for message in self.said:
            assert shown_units(message.html) <= MESSAGE_UNITS
            assert all(len(b.data.encode()) <= CALLBACK_DATA_BYTES for row in message.rows for b in row)
        return self.said[-1] if self.said else Message("")

    def press(self, message: Message, label: str) -> Message:
        """Press the button with that label under the message."""
        found = [button for row in message.rows for button in row if button.label == label]
        assert len(found) == 1, f"{label!r} is not one of {labels(message)}"
        return self.tap(found[0].data)

    def tap(self, callback_data: str) -> Message:
        """Press a button that carries this data."""
        tap = parse(callback_data)
        return self.does(TAPS[tap.verb], tap, tapped=True)

    @property
    def said(self) -> list[Message]:
        """What was said in the last turn, files left out."""
        return [unpack(letter.payload).message for letter in self.turn.letters if letter.document is None]

    @property
    def toast(self) -> str:
        """The notice of the last turn."""
        return self.turn.toast

    def draft(
        self,
        texts: Mapping[Part, str] = TEXTS,
        *,
        question: QuestionId = FAILED,
        category: CategoryId = FAILURE,
        prompt: str | None = None,
        at: datetime | None = None,
    ) -> AnswerId:
        """Store a draft as if each part had come as a message."""
        moment = at or self.now
        people.lock_or_add(self.tx, self.person_id, "en", NOW)
        known = self.packs.question(question)
        said = prompt or (known.prompt if known else "A question of old?")
        answer_id = answers.start(self.tx, self.person_id, question, category, said, moment)
        parts = {
            part: (Segment(next(self._message_ids), texts[part], moment),)
            for part in PARTS
            if texts.get(part)
        }
        segments.save(self.tx, self.person_id, answer_id, {}, parts)
        answers.save_draft(self.tx, answer_id, Draft(parts, Step.REVIEW), moment)
        return answer_id

    def answer(
        self,
        texts: Mapping[Part, str] = TEXTS,
        *,
        question: QuestionId = FAILED,
        category: CategoryId = FAILURE,
        prompt: str | None = None,
        at: datetime | None = None,
        rating: int | None = None,
    ) -> AnswerId:
        """Store a submitted answer."""
        answer_id = self.draft(texts, question=question, category=category, prompt=prompt, at=at)
        draft = answers.get(self.tx, self.person_id, answer_id)
        assert draft is not None
        answers.submit(self.tx, draft, at or self.now)
        if rating is not None:
            answers.rate(self.tx, answer_id, rating, at or self.now)
        return answer_id

    def later(self, **apart: float) -> None:
        """Let time pass."""
        self.now += timedelta(**apart)

    def _turn(self, message_id: int | None) -> Turn:
        person = people.lock_or_add(self.tx, self.person_id, "en", NOW)
        return Turn(self.tx, self.packs, self.now, person, "key", message_id)


@contextmanager
def opened(database: Database) -> Iterator[Scene]:
    """Anna in a transaction of her own."""
    with database.transaction() as tx:
        yield Scene(tx)


def labels(message: Message) -> list[str]:
    """The labels of all buttons, row by row."""
    return [button.label for row in message.rows for button in row]


def plain(message: Message) -> str:
    """The message as it is read."""
    return unescape(sub(r"<[^>]*>", "", message.html))


def with_two_categories(scene: Scene) -> CategoryId:
    """Give the scene a second category; its id, as long as ids may be."""
    other = CategoryId("c" * 32)
    first = library().categories[0]
    scene.packs = Library(
        (first, first.model_copy(update={"id": other, "title": "Teamwork", "questions": ()}))
    )
    return other
