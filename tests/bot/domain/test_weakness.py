"""Which categories a person answers worst."""

from bot.domain.terms import CategoryId, QuestionId
from bot.domain.weakness import LOOKED_AT, Heard, Missed, Recurring, Told, missed, recurring, weakest

A, B = CategoryId("a"), CategoryId("b")


def test_good_answers_are_no_weakness() -> None:
    """No flag and all points heard, or nothing there to be heard."""
    assert weakest([Told(A, 0, 0, 4), Told(B, 0, 0, 0, rating=3)]) == ()


def test_the_weakest_comes_first() -> None:
    """By flags, points not heard and how it felt together."""
    assert weakest([Told(A, 1, 2, 4), Told(B, 2, 4, 4, rating=1)]) == (B, A)


def test_better_answers_make_up_for_worse() -> None:
    """The average of a category counts, not its worst answer."""
    bad, good = Told(A, 2, 4, 4), Told(A, 0, 0, 4)
    assert weakest([bad]) == (A,)
    assert weakest([bad, good, good]) == ()


def test_only_the_latest_count() -> None:
    """What lies further back than that is forgiven."""
    assert weakest([Told(A, 0, 0, 4)] * LOOKED_AT + [Told(A, 2, 4, 4)] * 50) == ()


def test_how_it_felt_counts_where_nothing_else_tells() -> None:
    """A flag alone is not enough for weak, a flag that felt hard is."""
    assert weakest([Told(A, 1, 0, 0)]) == ()
    assert weakest([Told(A, 1, 0, 0, rating=2)]) == (A,)


def heard(question: str, category: CategoryId = A, flags: tuple[str, ...] = (), unheard: str = "") -> Heard:
    return Heard(QuestionId(question), category, flags, tuple(unheard))


def test_a_flag_that_came_twice_keeps_coming_back() -> None:
    """Once may be chance; the most frequent first, with the category it came in most."""
    found = recurring(
        [
            heard("1", A, ("vague", "no_numbers")),
            heard("2", B, ("no_numbers",)),
            heard("3", B, ("no_numbers", "we_over_i")),
            heard("4", B, ("we_over_i",)),
        ]
    )
    assert found == (Recurring("no_numbers", 3, B), Recurring("we_over_i", 2, B))


def test_a_flag_that_a_later_attempt_is_free_of_is_forgotten() -> None:
    """Told again without it, it is mended for that question, however often it was raised before."""
    again = [
        heard("1"),
        heard("1", flags=("vague",)),
        heard("1", flags=("vague",)),
        heard("2", flags=("vague",)),
    ]
    assert recurring(again) == ()
    still = [heard("1", flags=("vague",)), *again[1:]]
    assert recurring(still) == (Recurring("vague", 4, A),)
    relapsed = [heard("1", flags=("vague",)), *again]
    assert recurring(relapsed) == (Recurring("vague", 2, A),)


def test_points_count_as_of_the_latest_answer() -> None:
    """What was heard the second time is missed no more; the question with most points comes first."""
    found = missed([heard("1", unheard="c"), heard("2", unheard="xy"), heard("1", unheard="abc"), heard("3")])
    assert found == (Missed(QuestionId("2"), ("x", "y")), Missed(QuestionId("1"), ("c",)))
