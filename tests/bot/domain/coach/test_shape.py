"""Shares of the parts and speaking time."""

import pytest

from bot.domain.coach import Code, Finding, read, speaking_seconds
from bot.domain.terms import PARTS, Part


def told(situation: int, task: int, action: int, result: int) -> dict[Part, str]:
    """An answer with so many words per part."""
    return {p: "word " * n for p, n in zip(PARTS, (situation, task, action, result), strict=True)}


def shape_codes(parts: dict[Part, str]) -> set[tuple[Code, Part | None]]:
    shape = {Code.PART_LONG, Code.PART_SHORT, Code.TOO_LONG, Code.TOO_SHORT}
    return {(f.code, f.part) for f in read(parts).findings if f.code in shape}


def test_speaking_time_is_words_at_140_a_minute() -> None:
    """280 words take two minutes, none take none."""
    assert speaking_seconds(280) == 120
    assert speaking_seconds(0) == 0


@pytest.mark.parametrize(
    ("total", "expected"),
    [(208, Code.TOO_SHORT), (210, None), (420, None), (423, Code.TOO_LONG)],
)
def test_time_is_held_against_one_and_a_half_to_three_minutes(total: int, expected: Code | None) -> None:
    """Only an answer outside 90 to 180 seconds is too short or too long."""
    codes = {f.code for f in read({Part.ACTION: "word " * total}).findings} & {Code.TOO_SHORT, Code.TOO_LONG}
    assert codes == ({expected} if expected else set())


def test_a_considerable_deviation_is_found_with_its_figures() -> None:
    """A Situation of half the story is too long, the Action then too short; each says how much is usual."""
    reading = read(told(110, 20, 60, 30))
    assert (Code.PART_LONG, Part.SITUATION) in shape_codes(told(110, 20, 60, 30))
    assert (Code.PART_SHORT, Part.ACTION) in shape_codes(told(110, 20, 60, 30))
    (long,) = [f for f in reading.findings if f.code is Code.PART_LONG]
    assert long.figures == {"share": 0.5, "low": 0.10, "high": 0.25}


def test_a_small_deviation_is_not_worth_a_word() -> None:
    """A Situation of 30 % and an Action of 40 % are near enough."""
    assert shape_codes(told(66, 22, 88, 44)) == set()


def test_shares_of_a_few_words_are_not_judged() -> None:
    """Below 60 words in all one sentence decides the shares."""
    assert shape_codes(told(30, 5, 10, 10)) == {(Code.TOO_SHORT, None)}


def test_balance_is_not_judged_while_a_part_is_empty() -> None:
    """An empty part is one finding, not also a long one beside it."""
    assert shape_codes(told(0, 0, 230, 0)) == set()


def test_balance_is_a_strength_only_inside_every_usual_range() -> None:
    """All four parts in range are praised once, one part out of range is not."""
    text = [f"word{n}" for n in range(30)]
    good = {p: " ".join(text[:n]) for p, n in zip(PARTS, (12, 8, 25, 12), strict=True)}
    good[Part.ACTION] += " and again " + " ".join(reversed(text[:5]))
    assert Finding(Code.BALANCE) in read(good).strengths
    assert Finding(Code.BALANCE) not in read({**good, Part.RESULT: "Nothing"}).strengths
