"""How an answer sounds: hedges, sentences without end, the outcome in the wrong part."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coach import Code, Finding, read, thin
from bot.domain.terms import PARTS, Part

PLAIN = {
    Part.SITUATION: "In May our clinic lost the letters of 40 patients.",
    Part.TASK: "I had to find out who had not been told.",
    Part.ACTION: "I rang each of them. I wrote a list. I checked it with the ward twice.",
    Part.RESULT: "All 40 came to their appointment.",
}


def _found(code: Code, parts: dict[Part, str]) -> Finding | None:
    return next((finding for finding in read(PLAIN | parts).findings if finding.code is code), None)


def test_many_hedges_are_named_with_the_sentence_that_has_most() -> None:
    """Four and more, and enough of them for the length, are what one hears."""
    hedged = "I kind of rang them, I guess. I maybe sort of basically wrote a list, you know, or something."
    found = _found(Code.HEDGES, {Part.ACTION: hedged})
    assert found is not None
    assert found.quote.startswith("I maybe sort of basically wrote a list")
    assert found.figures["count"] == 7
    assert found.part is Part.ACTION


def test_three_hedges_are_how_people_talk() -> None:
    """Nothing is said about a few, nor about many in a very long answer."""
    few = "I kind of rang them, I guess, and maybe wrote a list."
    assert _found(Code.HEDGES, {Part.ACTION: few}) is None
    assert (
        _found(Code.HEDGES, {Part.ACTION: few + " I think so." + " I rang another ward that day." * 40})
        is None
    )


def test_a_sentence_without_end_is_quoted_from_its_beginning() -> None:
    """Above the limit; at the limit nothing is said."""
    long = "I rang the ward " + "and then the next one " * 10
    found = _found(Code.LONG_SENTENCE, {Part.ACTION: long})
    assert found is not None
    assert found.figures["words"] == 54
    assert found.quote.startswith("I rang the ward")
    assert _found(Code.LONG_SENTENCE, {Part.ACTION: "go " * 45}) is None


def test_the_outcome_in_the_action_is_to_be_moved() -> None:
    """The Result has words and no figure, and the Action ends with one."""
    parts = {
        Part.ACTION: "I rang each ward. I wrote one list for all. Missed appointments fell by 30 percent.",
        Part.RESULT: "Everybody was happy with how it went in the end.",
    }
    found = _found(Code.MISPLACED, parts)
    assert found is not None
    assert "30 percent" in found.quote
    codes = [finding.code for finding in read(PLAIN | parts).findings]
    assert codes.index(Code.MISPLACED) < codes.index(Code.NO_NUMBERS)


def test_what_one_did_with_a_number_is_no_outcome() -> None:
    """Nor is a figure of the Action where the Result has its own."""
    deeds = {Part.ACTION: "I rang 30 wards. I wrote 12 lists.", Part.RESULT: "Everybody was happy with it."}
    assert _found(Code.MISPLACED, deeds) is None
    both = {Part.ACTION: "I rang each ward. Missed appointments fell by 30 percent."}
    assert _found(Code.MISPLACED, both) is None


def test_a_result_without_a_figure_is_asked_about_once_it_is_short() -> None:
    """By the rule by which the reading says so; who told a lot is not asked."""
    assert thin(Part.RESULT, "Everybody was happy with it and we went on like this for good.")
    assert not thin(Part.RESULT, "Missed appointments fell by half and we went on like this for good.")
    assert not thin(Part.RESULT, "Everybody was happy with it and we went on. " * 6)


def test_a_vague_action_is_asked_about() -> None:
    """By the rule by which the reading says so."""
    assert thin(
        Part.ACTION, "I communicated proactively, stayed positive and went the extra mile for the team."
    )
    assert not thin(
        Part.ACTION, "I rang each of the six pilots, rebuilt the table from their logs and tested it."
    )


@given(st.fixed_dictionaries(dict.fromkeys(PARTS, st.text(max_size=200))))
def test_every_quote_stands_in_its_part(parts: dict[Part, str]) -> None:
    """Whatever is typed, what is shown as said was said."""
    for finding in read(parts).findings:
        if finding.code in {Code.HEDGES, Code.LONG_SENTENCE, Code.MISPLACED} and finding.part:
            assert finding.quote in parts[finding.part]
