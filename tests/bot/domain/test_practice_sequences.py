"""Whatever happens to a draft in whatever order, no word that was taken is lost unless another took its place."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from bot.domain import practice
from bot.domain.practice import PART_UNITS_MAX, Draft, Event, Step, units
from bot.domain.terms import PARTS, Part

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

# What is written around the words, which are numbered so that each can be followed.
SHAPES = st.sampled_from(
    [
        "{}",
        "{}",
        "short {} and {}",
        "Situation: {}\nTask: {}\nAction: {}\nResult: {}",
        "Result: {}\nSituation: {}",
        "{}\nTask: {}",
        "Task: {}\n{}\nTask: {}",
        "Action: {} Result: {}",
        "Situation:\nTask:\n{}",
        "Action:",
        "S: {} T: {} A: {} R: {}",
        "We had options:\nA: {}\nB: {}",
        "Background: {}\nTask: {}\nAction: {}\nOutcome: {}",
        "Situation & Task (2021): {}\nResult\n===\n{}",
        "{} " + "long " * 500,
        "Action: {} " + "long " * 600 + "\nResult: {}",
        "long " * 700 + "{}\nAction: {}",
        "{}" + "x" * 4085,
        "{} " + "huge " * 4000,
    ]
)


class Answering(RuleBasedStateMachine):
    """One draft, and beside it which words must be in it."""

    messages = Bundle("messages")

    def __init__(self) -> None:
        super().__init__()
        self.draft = Draft()
        self.words: dict[str, int] = {}  # word -> message it stands in now
        self.texts_before: dict[Part, str] = self.draft.texts()
        self.message_id = 0
        self.word_number = 0
        self.now = NOW

    def written(self, shape: str) -> tuple[str, list[str]]:
        """The shape with new words in it."""
        words = [f"⟦{self.word_number + index}⟧" for index in range(shape.count("{}"))]
        self.word_number += len(words)
        return shape.format(*words), words

    def forget_replaced(self, parts: tuple[Part, ...], before: Draft) -> None:
        """Words that stood in these parts before need not be there any more."""
        for word in list(self.words):
            if any(word in before.text(part) for part in parts):
                del self.words[word]

    @rule(target=messages, shape=SHAPES, seconds=st.sampled_from([0, 1, 2, 60]), thin=st.booleans())
    def receive(self, shape: str, seconds: int, thin: bool) -> int:
        """A text comes."""
        before = self.draft
        self.message_id += 1
        self.now += timedelta(seconds=seconds)
        text, words = self.written(shape)
        taken = practice.receive(before, text, self.message_id, self.now, lambda _part, _text: thin)
        self.draft = taken.draft
        if taken.event is Event.TOO_LONG:
            assert taken.draft is before
            assert taken.into == ()
            return self.message_id
        if taken.event is Event.AWAITED:
            assert (taken.into, words, taken.draft.parts) == ((), [], before.parts)
            return self.message_id
        assert taken.into
        if taken.event in {Event.NEXT, Event.ASK, Event.CHANGED, Event.FILLED}:
            self.forget_replaced(taken.into, before)
        for part in PARTS:
            if part not in taken.into:
                assert self.draft.parts.get(part, ()) == before.parts.get(part, ())
        self.words |= dict.fromkeys(words, self.message_id)
        return self.message_id

    @rule(message_id=messages, shape=SHAPES)
    def amend(self, message_id: int, shape: str) -> None:
        """One of the messages is edited; only what came from it changes, and no part is emptied."""
        before = self.draft
        text, words = self.written(shape)
        amended = practice.amend(before.parts, message_id, text)
        stood = any(s.message_id == message_id for part in before.parts.values() for s in part)
        assert (amended is not None) == stood
        if amended is None:
            return
        after = Draft(amended.parts)
        if any(units(after.text(part)) > PART_UNITS_MAX for part in PARTS):
            return
        assert all(after.text(part) for part in PARTS if before.text(part))
        for part in PARTS:
            assert (part in amended.changed) == (after.parts.get(part, ()) != before.parts.get(part, ()))
            if part in amended.kept:
                assert after.text(part) == before.text(part)
        for part in PARTS:
            others = [s for s in before.parts.get(part, ()) if s.message_id != message_id]
            assert [s for s in after.parts.get(part, ()) if s.message_id != message_id] == others
        self.draft = Draft(amended.parts, before.step, before.asked, before.asking, before.editing)
        self.words = {word: origin for word, origin in self.words.items() if origin != message_id}
        self.words |= dict.fromkeys(words, message_id)

    @rule(message_id=messages, data=st.data())
    def amend_twice_alike(self, message_id: int, data: st.DataObject) -> None:
        """Editing a message to what it was edited to already changes nothing more."""
        text, _ = self.written(data.draw(SHAPES))
        once = practice.amend(self.draft.parts, message_id, text)
        if once is not None:
            twice = practice.amend(once.parts, message_id, text)
            assert twice is not None
            assert twice.changed == ()
            assert Draft(twice.parts).texts() == Draft(once.parts).texts()

    @rule()
    def back(self) -> None:
        """[Back]."""
        parts = self.draft.parts
        self.draft = practice.back(self.draft)
        assert self.draft.parts == parts

    @rule()
    def forward(self) -> None:
        """[Skip] or [Keep as it is]."""
        parts = self.draft.parts
        self.draft = practice.forward(self.draft)
        assert self.draft.parts == parts

    @precondition(lambda self: self.draft.step is Step.REVIEW)
    @rule(part=st.sampled_from(PARTS))
    def edit(self, part: Part) -> None:
        """[Edit …] in the review."""
        parts = self.draft.parts
        self.draft = practice.edit(self.draft, part)
        assert self.draft.parts == parts

    @invariant()
    def every_word_is_there_once(self) -> None:
        """Each word that nothing took the place of stands in exactly one part."""
        whole = "\n".join(self.draft.texts().values())
        for word in self.words:
            assert whole.count(word) == 1, word

    @invariant()
    def the_step_is_sound(self) -> None:
        """A part is open while one is asked about or edited, and no part is longer than allowed."""
        assert isinstance(self.draft.step, Step)
        if self.draft.asking or self.draft.editing:
            assert self.draft.step.part is not None
        assert not self.draft.asking or self.draft.step.part in self.draft.asked
        assert all(units(text) <= PART_UNITS_MAX for text in self.draft.texts().values())

    @invariant()
    def no_message_twice_in_a_part(self) -> None:
        """The rows of a part are told apart by their message."""
        for segments in self.draft.parts.values():
            ids = [segment.message_id for segment in segments]
            assert len(ids) == len(set(ids))


TestAnswering = Answering.TestCase
TestAnswering.settings = settings(max_examples=150, stateful_step_count=20, deadline=None)
