"""What is read where, what is praised, and what holds for any text; every answer is invented."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.coach import Code, Listened, Reading, Rubric, clauses, read, thin
from bot.domain.coach.text import READ_CHARS, READ_SENTENCES, Span, words
from bot.domain.terms import PARTS, Part

GOOD = {
    Part.SITUATION: "In spring the freezer of our bakery failed on a Friday night, with all the dough for "
    "Saturday inside.",
    Part.TASK: "I was the only baker on shift and had to open the shop at seven with something to sell.",
    Part.ACTION: "I checked the breaker first and saw that the compressor was dead. I rang the butcher next door "
    "and asked for his cold room. I carried forty trays over in an hour, labelled each with the time, and threw away "
    "whatever had been warm too long. Then I wrote a short list of what we could bake and called two "
    "colleagues to come in an hour earlier. We shaped the rest together. In the morning I told the owner "
    "that I had skipped the weekly defrost, and I put a thermometer with an alarm on the wall.",
    Part.RESULT: "We opened on time and sold 85 percent of a normal Saturday. The alarm has rung twice since, and both "
    "times the dough was saved because somebody was there within minutes.",
}


def codes(reading: Reading) -> list[Code]:
    return [f.code for f in reading.findings]


def strengths(reading: Reading) -> dict[Code, str]:
    return {s.code: s.quote for s in reading.strengths}


def test_a_good_answer_is_praised_in_its_own_words() -> None:
    """The figure and the deeds are quoted, and no flag is raised."""
    reading = read(GOOD)
    assert strengths(reading)[Code.NUMBERS] == "We opened on time and sold 85 percent of a normal Saturday."
    assert strengths(reading)[Code.OWN_DEEDS].startswith("I carried forty trays over in an hour")
    assert not {Code.NO_NUMBERS, Code.WE_OVER_I, Code.VAGUE} & set(codes(reading))


def test_no_figure_in_the_result_quotes_the_sentence_that_lacks_it() -> None:
    """The quote is the sentence that tells a change without saying how much."""
    reading = read({**GOOD, Part.RESULT: "That was the weekend. Sales were better than we feared."})
    (finding,) = [f for f in reading.findings if f.code is Code.NO_NUMBERS]
    assert finding.quote == "Sales were better than we feared."


@pytest.mark.parametrize("empty", ["", "dunno", "n/a", "👍"])
def test_an_empty_result_has_no_figure(empty: str) -> None:
    """An empty Result, or one that says nothing, lacks the figure when no other part ends with one."""
    assert Code.NO_NUMBERS in codes(read({**GOOD, Part.RESULT: empty}))


@pytest.mark.parametrize("empty", ["", "no idea"])
def test_an_empty_action_is_vague(empty: str) -> None:
    """An Action that says nothing is vague; one with words is not judged yet."""
    assert codes(read({**GOOD, Part.ACTION: empty}))[0] is Code.VAGUE
    assert Code.VAGUE not in codes(read({**GOOD, Part.ACTION: "Rang the owner."}))


@pytest.mark.parametrize("left_empty", ["", "see above"])
def test_an_outcome_told_at_the_end_of_the_action_is_read_there(left_empty: str) -> None:
    """With the Result left empty, a figure at the end of the story counts, and is asked to move."""
    reading = read({Part.ACTION: f"{GOOD[Part.ACTION]} {GOOD[Part.RESULT]}", Part.RESULT: left_empty})
    assert Code.NO_NUMBERS not in codes(reading)
    (finding,) = [f for f in reading.findings if f.code is Code.PART_EMPTY and f.part is Part.RESULT]
    assert finding.quote == "We opened on time and sold 85 percent of a normal Saturday."


def test_a_deed_counted_in_the_action_is_not_an_outcome() -> None:
    """With the Result empty, how many the speaker called or carried does not stand for a result."""
    action = GOOD[Part.ACTION] + " I also phoned 14 customers one by one."
    assert Code.NO_NUMBERS in codes(read({Part.ACTION: action}))


def test_an_action_told_in_the_situation_is_read_there() -> None:
    """With the Action left empty, who acted is read in the part that holds the story."""
    team = "We met, we split the rooms between us and we cleaned all night. " * 3
    assert Code.WE_OVER_I in codes(read({Part.SITUATION: team}))
    assert Code.WE_OVER_I not in codes(read({Part.SITUATION: GOOD[Part.ACTION]}))


@pytest.mark.parametrize(
    "parts",
    [
        {},
        dict.fromkeys(PARTS, "dunno"),
        dict.fromkeys(PARTS, "fine, I fixed it, saved 50 %"),
        dict.fromkeys(PARTS, "I fixed it and I saved 50 percent. " * 20),
        {**dict.fromkeys(PARTS, "very " * 40), Part.RESULT: "very good 10 % " * 20},
    ],
)
def test_nothing_is_praised_for_little_or_repeated_words(parts: dict[Part, str]) -> None:
    """Empty answers, "dunno", a few words and repeated words get no strength."""
    assert read(parts).strengths == ()


def test_the_most_useful_finding_stands_first() -> None:
    """What one cannot hear at all comes before what is out of proportion."""
    reading = read({**GOOD, Part.ACTION: "", Part.RESULT: "It went well.", Part.TASK: ""})
    assert codes(reading) == [Code.VAGUE, Code.NO_NUMBERS, Code.PART_EMPTY, Code.TOO_SHORT]


def test_words_are_counted_per_part() -> None:
    """A part that is missing has no words; the total is the sum."""
    reading = read({Part.TASK: "Fix it by nine.", Part.RESULT: "Done."})
    assert reading.words == {Part.SITUATION: 0, Part.TASK: 4, Part.ACTION: 0, Part.RESULT: 1}
    assert reading.total_words == 5


@pytest.mark.parametrize(
    ("part", "text", "is_thin"),
    [
        (Part.SITUATION, "At work last year", True),
        (Part.SITUATION, "At the depot, the week before Christmas", False),
        (Part.TASK, "Fix it", True),
        (Part.TASK, "Get it running again", False),
        (Part.ACTION, "Rang the owner and said sorry", True),
        (Part.ACTION, "Rang the owner, said sorry, ordered a new one and fitted it", False),
        (Part.RESULT, "All good in 2021", True),
        (Part.RESULT, "Took 11 days", False),
        (Part.RESULT, "The owner was relieved and gave me the keys", True),
        (Part.RESULT, "The owner was relieved and gave me half of the keys", False),
        (Part.ACTION, "I don't know, I really can't remember anything, sorry, no idea at all", True),
        (Part.ACTION, "ok ok ok ok ok ok ok ok ok ok ok ok", True),
    ],
)
def test_thin_is_what_cannot_be_judged(part: Part, text: str, is_thin: bool) -> None:
    """Each part has its least number of words; a Result has a figure; "dunno" is thin at any length."""
    assert thin(part, text) is is_thin


PIECES = st.sampled_from(
    ["I ", "we ", "was held ", "50 % ", "from 9 to 3 ", "dunno ", "see above", ". ", "\n- ", "“", '"', "'",
     "i'", "2021 ", "😀", "\u202e", "\u0301", "\ud800", "<b>", "&", "told ", "twenty-two ", "é", "中文", "1️⃣", ", ",
     "half ", "team of 5 ", "\x00", "a" * 170]
)  # fmt: skip
ANSWERS = st.fixed_dictionaries(
    {}, optional={p: st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)) for p in PARTS}
)


@settings(max_examples=150, deadline=None)
@given(ANSWERS)
def test_every_quote_is_verbatim(parts: dict[Part, str]) -> None:
    """Whatever was written, a quote is a piece of some part and at most 160 characters long."""
    reading = read(parts)
    for finding in reading.findings + reading.strengths:
        assert len(finding.quote) <= 160
        assert not finding.quote or any(finding.quote in text for text in parts.values())


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_shares_add_up_to_one(parts: dict[Part, str]) -> None:
    """The shares are fractions of the whole, or all nothing when there are no words."""
    reading = read(parts)
    assert sum(reading.shares.values()) == pytest.approx(1 if reading.total_words else 0)


@settings(max_examples=50, deadline=None)
@given(ANSWERS)
def test_reading_again_says_the_same(parts: dict[Part, str]) -> None:
    """The same words give the same reading, whatever order the parts come in."""
    reading = read(parts)
    assert replace(reading) == read(dict(reversed(parts.items())))


@pytest.mark.parametrize(
    "hostile",
    ["😀" * 4096, "1/" * 50_000, "a." * 50_000, '"' * 100_000, "I " * 50_000, "two-" * 25_000, " " * 100_000],
)
def test_hostile_text_is_read(hostile: str) -> None:
    """A hundred thousand characters of anything end in a reading; pytest's own limit catches a runaway pattern."""
    assert read({Part.ACTION: hostile, Part.RESULT: hostile}).total_words >= 0


PLAN = GOOD | {
    Part.ACTION: "I would first check the breaker and then I would ring the butcher next door. I would carry the trays "
    "over and I would label each of them with the time."
}


def test_what_a_question_does_not_want_flagged_is_not_found() -> None:
    """A flag that makes no sense for a question is left out, and does not stop a point from being heard."""
    point = Listened("sold", ("we open on time",), anyones=True)
    rubric = Rubric(points=(point,))
    flagged = read(PLAN, rubric)
    assert Code.HYPOTHETICAL in codes(flagged)
    assert not flagged.points[0].heard
    unflagged = read(PLAN, replace(rubric, unflagged=frozenset({Code.HYPOTHETICAL})))
    assert codes(unflagged) == [code for code in codes(flagged) if code is not Code.HYPOTHETICAL]
    assert unflagged.points[0].heard


def test_a_part_is_not_asked_for_what_its_question_does_not_want() -> None:
    """A plan for the years to come has no figure, and a question about it need not ask for one."""
    plan = "I would like to teach one apprentice a year here and to run the night shift."
    assert thin(Part.RESULT, plan)
    assert not thin(Part.RESULT, plan, {Code.NO_NUMBERS})
    assert thin(Part.RESULT, "Nothing yet.", {Code.NO_NUMBERS})
    vague = "I did my best and I worked hard on it and I handled everything as one does."
    assert thin(Part.ACTION, vague)
    assert not thin(Part.ACTION, vague, {Code.VAGUE})


@pytest.mark.parametrize("said", ["aa. ", "1. 2 ", "I asked.\n", "I rang them and ", "a, "])
def test_the_longest_answer_costs_no_more_than_a_long_one(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four parts of 20,000 characters only the beginnings are taken apart; every word is counted."""
    sentences: list[int] = []
    told_apart = clauses._sentence

    def counting(span: Span, words: tuple[clauses.Word, ...]) -> clauses.Sentence:
        sentences.append(span.end - span.start)
        return told_apart(span, words)

    monkeypatch.setattr(clauses, "_sentence", counting)
    parts = {part: f"{said * (20_000 // len(said))}{part}" for part in PARTS}
    reading = read(parts)
    assert reading.total_words == sum(map(words, parts.values()))
    # The whole story and a part, or all parts, by turns.
    assert len(sentences) <= 3 * len(PARTS) * READ_SENTENCES
    assert sum(sentences) <= 3 * len(PARTS) * READ_CHARS
