"""Which points are heard: done by the speaker, not denied, not wished for; every sentence is invented."""

import pytest

from bot.domain.coach import Listened, Rubric, cue, read
from bot.domain.terms import Part

STORY = "Last autumn the boiler of our sports hall failed on the morning of a tournament with forty children."
EXAMPLES = Listened("examples", cues=("ask for example",))
NOTE = Listened("note", cues=("write … note/card",))


def heard(sentence: str, point: Listened, story: str = STORY) -> bool:
    reading = read({Part.SITUATION: story, Part.ACTION: sentence}, Rubric(points=(point,)))
    return reading.points[0].heard


@pytest.mark.parametrize(
    "sentence",
    [
        "I asked her for two examples.",
        "asked for examples, got three",
        "- Asked for an example",
        "so then i asked him for some examples and he gave me two",
        "I did not argue and asked for examples.",
        "I didn't see it at first, but I asked her for an example.",
        "I could not sleep, so I asked for an example.",
    ],
)
def test_a_deed_is_heard(sentence: str) -> None:
    """In any form, with a dropped subject, in a list, and after a negation that does not reach it."""
    assert heard(sentence, EXAMPLES)


@pytest.mark.parametrize(
    "sentence",
    [
        "I did not ask for examples.",
        "I never asked her for an example.",
        "I didnt ask for any examples",
        "I should have asked for examples.",
        "I wanted to ask for examples but there was no time.",
        "Next time I would ask for examples.",
        "I thought about asking for examples.",
        "If I had asked for examples it would be different.",
        "To ask for examples.",
        "My colleague asked for examples.",
        "She asked me for examples.",
        "Kate asked for two examples.",
    ],
)
def test_denied_wished_for_or_another_persons_is_not_heard(sentence: str) -> None:
    """What was not done, only wished for, or done by somebody else makes no point."""
    assert not heard(sentence, EXAMPLES)


def test_anyones_deed_counts_where_the_pack_says_so() -> None:
    """An outcome counts whoever acts."""
    assert heard("She asked me for examples.", Listened("examples", cues=("ask for example",), anyones=True))


def test_the_gap_is_bounded() -> None:
    """Three words may stand between two of a cue, ten behind an ellipsis, none before an equals sign."""
    assert not heard("I asked the very old caretaker himself for examples.", EXAMPLES)
    assert heard("I wrote for each of the nine coaches a card.", NOTE)
    assert not heard("I asked kindly for examples.", Listened("examples", cues=("ask =for example",)))


def test_a_comma_ends_a_cue() -> None:
    """Words of two clauses make no phrase."""
    assert not heard("I asked, for example, nobody.", EXAMPLES)


def test_numbers_stand_for_numbers() -> None:
    """``@number`` is a number in digits or in words."""
    point = Listened("fell", cues=("fall from @number to @number",), anyones=True)
    assert heard("Complaints fell from 12 to three.", point)
    assert not heard("Complaints fell from many to few.", point)


def test_an_exemplar_is_heard_without_cues() -> None:
    """A sentence like an exemplar makes the point, its opposite does not."""
    point = Listened("told", exemplars=("I told the whole story at the staff meeting.",))
    assert heard("Afterwards I told the whole story at our staff meeting.", point)
    assert not heard("I never told the story at the staff meeting.", point)


def test_an_exemplar_is_heard_in_words_of_like_meaning() -> None:
    """Words that share a meaning with the exemplar's count in part, those of another story do not."""
    point = Listened("told", exemplars=("I told the whole story at the staff meeting.",))
    assert heard("I explained the whole story at the team meeting.", point)
    assert not heard("I drove the whole class to the museum in the rain.", point)


def test_a_counter_example_silences_a_cue() -> None:
    """A sentence nearer to a counter-example is not heard, though a cue stands in it."""
    point = Listened(
        "told", cues=("tell @people",), counter_examples=("I told the team that we would be late.",)
    )
    assert heard("I told my manager about the leak.", point)
    assert not heard("I told the team that we would be late.", point)


def test_without_cues_nothing_is_judged() -> None:
    """A point with neither cues nor exemplars is not heard, and the reading says that it was not judged."""
    (point,) = read({Part.ACTION: STORY * 2}, Rubric(points=(Listened("told"),))).points
    assert (point.heard, point.judged) == (False, False)


def test_copied_sentences_are_not_heard() -> None:
    """What stands in the pack's own texts tells nothing."""
    copied = "I asked her for two examples of it."
    rubric = Rubric(points=(EXAMPLES,), shown=(copied,))
    assert not read({Part.SITUATION: STORY, Part.ACTION: copied}, rubric).points[0].heard


def test_the_quote_is_the_sentence() -> None:
    """A heard point quotes the sentence that says so."""
    reading = read(
        {Part.SITUATION: STORY, Part.ACTION: "It was cold. I asked for examples. She smiled."},
        Rubric(points=(EXAMPLES,)),
    )
    assert reading.points[0].quote == "I asked for examples."


def test_an_unknown_class_is_refused() -> None:
    """A cue that names a class nobody defined is an error naming it."""
    with pytest.raises(ValueError, match="@peple"):
        cue("tell @peple")
