"""Words, sentences, quotes and answers that say nothing."""

import pytest

from bot.domain.coach.text import (
    QUOTE_LIMIT,
    READ_CHARS,
    READ_SENTENCES,
    Span,
    is_blank,
    is_repetitive,
    points_elsewhere,
    quote,
    read_closely,
    sentences,
    words,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("… — !! 🙂👍🏽 1️⃣", 0),
        ("I paid £1,200.50 at 8:30", 5),
        ("a well-known fault, isn't it", 5),
        ("first—then/or second", 4),
        ("so,and then...nothing", 4),
        ("Ich fuhr über die Brücke", 5),
        ("मैंने सबको फ़ोन किया", 4),
        ("失敗した", 2),
    ],
)
def test_words_are_what_one_would_say(text: str, count: int) -> None:
    """Words of any script and numbers count; punctuation and emoji do not."""
    assert words(text) == count


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


def test_sentences_end_at_marks_and_lines() -> None:
    """A sentence ends at . ! ? … or at the end of the line, bullets are left out."""
    assert cut("One. Two!\n- three\n• four? Five…") == ["One.", "Two!", "three", "four?", "Five…"]


def test_abbreviations_and_decimals_do_not_end_a_sentence() -> None:
    """ "e.g.", "Dr." and "3.5" are inside a sentence."""
    assert cut("Dr. May moved, e.g. to ward 3.5 km away. Done.") == [
        "Dr. May moved, e.g. to ward 3.5 km away.",
        "Done.",
    ]


def test_a_short_sentence_is_quoted_whole() -> None:
    """A quote is the sentence as it was typed."""
    text = "It rained. We left early. It was fine."
    assert quote(text, sentences(text)[1]) == "We left early."


def test_a_long_sentence_is_quoted_by_its_clauses() -> None:
    """The quote of a run-on sentence holds the words it is about and fits the limit."""
    text = (
        "so we went on and on about the roof, " * 8
        + "the leak cost 900 euros in the end, "
        + "and so on, " * 30
    )
    at = text.index("900")
    found = quote(text, Span(0, len(text)), Span(at, at + 3))
    assert "cost 900 euros" in found
    assert found in text
    assert len(found) <= QUOTE_LIMIT


@pytest.mark.parametrize(
    "text",
    [
        *("", " \n", "...", "🙂", "dunno", "Dunno, sorry", "idk lol", "N/A", "no idea", "nothing", "skip"),
        *("I don't know", "dont remember", "I really can’t say", "dunno dunno dunno"),
    ],
)
def test_a_reply_that_says_nothing_is_blank(text: str) -> None:
    """Nothing, signs only, and the usual ways of not answering are the same as an empty part."""
    assert is_blank(text)


@pytest.mark.parametrize(
    "text", ["Nothing broke after that", "I did not know the way, so I asked", "no complaints since"]
)
def test_a_reply_with_content_is_not_blank(text: str) -> None:
    """A negative word does not make an answer empty."""
    assert not is_blank(text)


@pytest.mark.parametrize(
    "text", ["see above", "all in the first box, sorry", "As I said above.", "it's in the action part"]
)
def test_a_pointer_is_recognised(text: str) -> None:
    """A part may say only that its story stands elsewhere."""
    assert points_elsewhere(text)


@pytest.mark.parametrize(
    "text", ["20 % above target", "A on the last one", "It was better than before", "in the last part of May"]
)
def test_an_outcome_is_not_a_pointer(text: str) -> None:
    """Words of place inside an outcome do not send the reader elsewhere."""
    assert not points_elsewhere(text)


def test_repetition_is_recognised() -> None:
    """The same phrase again and again is repetitive, a told story is not."""
    assert is_repetitive("I fixed it by half. " * 12)
    assert is_repetitive("very " * 30)
    assert not is_repetitive(
        "I found the leak behind the freezer, shut the valve and called the owner at home."
    )


def test_an_answer_of_usual_length_is_read_to_its_end() -> None:
    """Three minutes of talk in one part, in short sentences or in one."""
    for text in ("I rang every ward that day. " * 70, "and then I rang the ward " * 70, "", "aa"):
        assert read_closely(text) == text


def test_of_a_text_without_end_the_beginning_is_read() -> None:
    """It ends with a sentence where there are many, and in the middle of one that has no end."""
    assert read_closely("aa. " * 5000) == ("aa. " * READ_SENTENCES).strip()
    assert read_closely("a" * 20_000) == "a" * READ_CHARS
