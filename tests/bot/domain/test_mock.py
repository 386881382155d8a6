"""Mock interviews: which questions in which order, follow-ups, and what stands out."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.coach import Code, Finding, Reading
from bot.domain.mock import OPENING, SIZES, Spoken, aim_seconds, follow_up, plan, summary
from bot.domain.selection import Asked, Candidate, Wishes
from bot.domain.terms import PARTS, CategoryId, Level, QuestionId

DAY = date(2026, 1, 1)
CATEGORIES = ("failure-and-learning", "conflict", "teamwork", "cooking", "introduction-and-motivation")


def pool(*categories: str, each: int = 3) -> list[Candidate]:
    return [
        Candidate(QuestionId(f"{name}-{number}"), CategoryId(name))
        for name in categories
        for number in range(each)
    ]


def chosen(candidates: list[Candidate], size: int, person: int = 7, level: Level | None = None) -> list[str]:
    found = plan(candidates, {}, size, person=person, day=DAY, wishes=Wishes(level=level))
    return [question.rsplit("-", 1)[0] for question in found]


def reading(*codes: Code, seconds: int = 100) -> Reading:
    shares = dict.fromkeys(PARTS, 0.25)
    return Reading(dict.fromkeys(PARTS, 60), shares, 240, seconds, tuple(map(Finding, codes)), ())


@pytest.mark.parametrize("size", SIZES)
def test_it_opens_with_the_introduction_and_ends_with_what_is_hard(size: int) -> None:
    """Of different categories while there are any, in the order of an interview, whoever asks."""
    for person in range(20):
        order = chosen(pool(*CATEGORIES), size, person)
        assert len(order) == size
        assert order[0].startswith(OPENING)
        ranks = [
            ("introduction-and-motivation", "teamwork", "cooking", "conflict", "failure-and-learning").index(
                c
            )
            for c in order
        ]
        assert ranks == sorted(ranks)
        assert len(set(order)) == min(size, len(CATEGORIES))


def test_no_question_comes_twice_and_few_are_enough() -> None:
    """With fewer questions than asked for, all of them once."""
    found = plan(pool("teamwork", each=4), {}, 6, person=7, day=DAY, wishes=Wishes())
    assert sorted(found) == [f"teamwork-{number}" for number in range(4)]
    assert plan([], {}, 3, person=7, day=DAY, wishes=Wishes()) == ()


def test_what_was_never_asked_comes_first_and_nothing_for_being_due() -> None:
    """A due review is for its day, not for an interview."""
    candidates = pool("teamwork", each=4)
    asked = {candidates[0].id: Asked(1, DAY, DAY, datetime(2026, 1, 1, tzinfo=UTC))}
    wishes = Wishes(due={candidates[0].id: DAY})
    assert candidates[0].id not in plan(candidates, asked, 3, person=7, day=DAY, wishes=wishes)


def test_the_level_counts() -> None:
    """Questions of the person's level come first."""
    near = [Candidate(QuestionId(f"lead-{n}"), CategoryId("teamwork"), Level.LEAD) for n in range(3)]
    far = [Candidate(QuestionId(f"entry-{n}"), CategoryId("teamwork"), Level.ENTRY) for n in range(3)]
    assert chosen([*far, *near], 3, level=Level.LEAD) == ["lead"] * 3


def test_an_introduction_takes_less_time_and_a_leads_answer_more() -> None:
    """The time to aim for goes by both."""
    assert aim_seconds(CategoryId("introduction-and-motivation"), Level.LEAD) == 90
    assert aim_seconds(CategoryId("conflict"), Level.MID) < aim_seconds(CategoryId("conflict"), Level.LEAD)


def test_follow_ups_are_the_packs_or_the_coachs() -> None:
    """Whatever there is is used; with both, each has its turn, and always the same one for the same question."""

    def asked(written: tuple[str, ...], coachs: str) -> set[str]:
        return {
            follow_up(written, coachs, person=person, day=DAY, question=QuestionId("q"))
            for person in range(50)
        }

    assert asked((), "") == {""}
    assert asked((), "coach") == {"coach"}
    assert asked(("a", "b"), "") == {"a", "b"}
    assert asked(("a", "b"), "coach") == {"a", "b", "coach"}


def test_what_is_raised_most_is_the_one_thing() -> None:
    """Each flag counts once an answer; codes that are not said do not count."""
    said = {Code.VAGUE, Code.NO_NUMBERS}
    found = summary(
        [
            Spoken(reading(Code.NO_NUMBERS, Code.NO_NUMBERS, Code.BLAMES_OTHERS), 120),
            Spoken(reading(Code.VAGUE, Code.BLAMES_OTHERS), 120),
            Spoken(reading(Code.VAGUE, Code.BLAMES_OTHERS), 120),
        ],
        said,
    )
    assert found.flags == ((Code.VAGUE, 2), (Code.NO_NUMBERS, 1))
    assert found.one_thing is Code.VAGUE


def test_well_over_the_time_to_aim_for_is_too_long() -> None:
    """Also where the coach, who knows no aim, would say nothing; and not counted twice where it does."""
    assert summary([Spoken(reading(seconds=130), 120)], set()).one_thing is None
    assert summary([Spoken(reading(seconds=160), 120)], set()).flags == ((Code.TOO_LONG, 1),)
    both = Spoken(reading(Code.TOO_LONG, seconds=400), 120)
    assert summary([both], {Code.TOO_LONG}).flags == ((Code.TOO_LONG, 1),)
