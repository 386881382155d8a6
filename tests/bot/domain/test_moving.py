"""Taking what some messages brought out of one draft, to give it to another."""

from datetime import UTC, datetime, timedelta

from bot.domain.moving import sent_since, without
from bot.domain.practice import Draft, Step, receive
from bot.domain.terms import Part

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def _told(*texts: str) -> Draft:
    draft = Draft()
    for number, text in enumerate(texts, 1):
        moment = NOW + timedelta(minutes=number)
        draft = receive(draft, text, number, moment, lambda _part, _text: False).draft
    return draft


def test_messages_come_out_in_the_order_in_which_they_came() -> None:
    """From the named message on, each with its own words and moment."""
    sent = sent_since(_told("The kiln broke.", "I had to mend it.", "I took it apart."), 2)
    assert [(each.message_id, each.text) for each in sent] == [
        (2, "I had to mend it."),
        (3, "I took it apart."),
    ]
    assert sent[0].sent_at == NOW + timedelta(minutes=2)


def test_a_message_that_filled_several_parts_has_its_labels_again() -> None:
    """Received by another draft it fills the same parts there."""
    first = _told("Situation: the kiln broke.\nTask: mend it.\nAction: I took it apart.\nResult: it burned.")
    (sent,) = sent_since(first, 1)
    assert _told(sent.text).texts() == first.texts()


def test_what_is_taken_out_is_told_again_first() -> None:
    """The draft stands at the first part that lost its words; what came before stays."""
    left = without(_told("The kiln broke.", "I had to mend it.", "I took it apart."), {2, 3})
    assert left.text(Part.SITUATION) == "The kiln broke."
    assert left.step is Step.TASK
    assert not left.text(Part.ACTION)


def test_taking_out_nothing_changes_nothing() -> None:
    """A message that is not in the draft is no reason to go back."""
    draft = _told("The kiln broke.", "I had to mend it.")
    assert without(draft, {9}) == draft
