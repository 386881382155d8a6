"""The choice of the next question: reviews and new ones, categories in turn, levels, and two workers choosing alike."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.selection import Asked, Candidate, Wishes, choose
from bot.domain.terms import CategoryId, Level, QuestionId
from tests.bot.domain.life import DAY, DAY_ONE, NOON, Life, asked_on, questions


def test_reviews_are_asked_the_day_they_are_due() -> None:
    """One question rated, many new ones left: it comes back on its day, or on the day after if that was a review's."""
    life = Life(questions(50))
    first = life.live(0, 3)
    due = life.due[first]
    for n in range(1, 20):
        if life.live(n) == first:
            assert DAY_ONE + n * DAY == due
            return
    pytest.fail("it never came back")


def test_a_review_at_most_every_other_day() -> None:
    """With everything rated Again, new questions still come on the days between."""
    life = Life(questions(100))
    for n in range(60):
        life.live(n, 1)
    repeats = [n for n, question in enumerate(life.order) if question in life.order[:n]]
    assert len(repeats) > 20
    assert all(later - earlier >= 2 for earlier, later in pairwise(repeats))


def test_who_is_asked_once_a_week_has_new_questions_too() -> None:
    """Every review would be a day apart enough; still no two come running."""
    life = Life(questions(100))
    for week in range(30):
        life.live(7 * week, 1)
    assert len(set(life.order)) >= 15


def test_packed_reviews_come_every_day() -> None:
    """Before an interview reviews need not wait for a day between."""
    pool = questions(10)
    asked = {pool[n].id: asked_on(0, 9) if n == 0 else asked_on(n) for n in range(3)}
    due = {pool[1].id: DAY_ONE + 5 * DAY}
    for packed, expected in ((True, {pool[1].id}), (False, {each.id for each in pool[3:]})):
        chosen = choose(pool, asked, person=7, day=DAY_ONE + 10 * DAY, wishes=Wishes(due, packed=packed))
        assert chosen in expected


def test_a_review_that_was_left_alone_lets_others_go_first() -> None:
    """Put forward since it fell due, and not answered: the next one that is due comes before it."""
    pool = questions(3)
    asked = {pool[0].id: asked_on(0, 6), pool[1].id: asked_on(1), pool[2].id: asked_on(7)}
    due = {pool[0].id: DAY_ONE + 4 * DAY, pool[1].id: DAY_ONE + 5 * DAY}
    assert choose(pool, asked, person=7, day=DAY_ONE + 8 * DAY, wishes=Wishes(due)) == pool[1].id


@given(count=st.integers(1, 40), person=st.integers(1, 2**40))
def test_unrated_nothing_repeats_before_all_were_asked(count: int, person: int) -> None:
    """Any run of as many days as there are questions asks each of them once."""
    life = Life(questions(count), person)
    for n in range(120):
        life.live(n)
    for start in range(120 - count + 1):
        assert len(set(life.order[start : start + count])) == count


def test_categories_take_turns() -> None:
    """With three categories, three days running have one of each."""
    life = Life([each for name in "abc" for each in questions(9, name)])
    for n in range(27):
        life.live(n)
    for start in range(25):
        assert len({question[0] for question in life.order[start : start + 3]}) == 3


def test_a_weak_category_comes_first_and_more_often() -> None:
    """It begins, and has clearly more of the days than its share, but never two running."""
    life = Life([each for name in "abcdef" for each in questions(20, name)], weak=(CategoryId("d"),))
    for n in range(36):
        life.live(n)
    assert life.order[0].startswith("d")
    mine = [n for n, question in enumerate(life.order) if question.startswith("d")]
    assert 9 <= len(mine) <= 13
    assert all(later - earlier > 1 for earlier, later in pairwise(mine))


def test_levels_that_fit_come_first() -> None:
    """Within a category the person's level, then the next to it; one far away when no other new one is left."""
    pool = [each for level in Level for each in questions(2, level.value, level)]
    pool = [Candidate(each.id, CategoryId("one"), each.level) for each in pool]
    life = Life(pool, level=Level.ENTRY)
    for n in range(8):
        life.live(n)
    assert [question.split("-")[0] for question in life.order[:4]] == ["entry", "entry", "mid", "mid"]
    assert {question.split("-")[0] for question in life.order[4:]} == {"senior", "lead"}


def test_a_grown_pack_is_caught_up_with_once_not_for_days() -> None:
    """A new question among often asked ones comes next, then waits for all the others."""
    pool = questions(4)
    life = Life(pool, asked={pool[n].id: asked_on(n, n - 20, n - 40) for n in range(3)})
    assert [life.live(n) for n in range(10, 14)] == [pool[3].id, pool[0].id, pool[1].id, pool[2].id]


def test_asked_at_the_same_moment_the_rarer_comes_first() -> None:
    """`times` decides between equal moments."""
    pool = questions(2)
    asked = {pool[0].id: asked_on(1, 1, 1), pool[1].id: asked_on(1, 1)}
    assert choose(pool, asked, person=7, day=DAY_ONE + 9 * DAY) == pool[1].id


def test_people_start_with_different_questions() -> None:
    """A hundred people on one day meet every question of a pack of six first."""
    firsts = {choose(questions(6), {}, person=person, day=DAY_ONE) for person in range(100)}
    assert firsts == {each.id for each in questions(6)}


def test_the_first_choice_stays_the_same_in_every_version() -> None:
    """The order comes from a fixed hash, not from Python's, which differs from process to process."""
    chosen = [choose(questions(6), {}, person=person, day=DAY_ONE) for person in (1, 2, 3)]
    assert chosen == ["q-3", "q-2", "q-2"]


def test_swapping_visits_every_other_question_and_then_ends() -> None:
    """What was swapped away today is not offered again; None when nothing else is left."""
    pool, away = questions(5), list[QuestionId]()
    due = Wishes({pool[0].id: DAY_ONE})
    while (chosen := choose(pool, {}, person=7, day=DAY_ONE, wishes=due, exclude=away)) is not None:
        assert chosen not in away
        away.append(chosen)
    assert sorted(away) == [each.id for each in pool]


def test_no_candidates_means_none() -> None:
    """A person without categories gets no question, not an error."""
    assert choose([], {}, person=7, day=DAY_ONE) is None


def test_what_was_asked_outside_the_candidates_does_not_come() -> None:
    """Questions of other categories do not come, due or not."""
    pool = questions(2)
    asked = {QuestionId("retired"): asked_on(0), pool[0].id: asked_on(1)}
    wishes = Wishes({QuestionId("retired"): DAY_ONE})
    assert choose(pool, asked, person=7, day=DAY_ONE + 2 * DAY, wishes=wishes) == pool[1].id


def test_asked_refuses_what_would_mislead() -> None:
    """A question never asked must be left out, and a naive moment has no place in an order."""
    with pytest.raises(ValueError, match="times"):
        Asked(0, DAY_ONE, DAY_ONE, NOON)
    with pytest.raises(ValueError, match="aware"):
        Asked(1, DAY_ONE, DAY_ONE, NOON.replace(tzinfo=None))
