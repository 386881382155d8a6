"""Which stories fit, which are worn out, what is missing."""

from bot.domain.stories import OVERUSED_FROM, Kept, fitting, overused, without
from bot.domain.terms import CategoryId

A, B, C = CategoryId("a"), CategoryId("b"), CategoryId("c")


def test_the_same_category_and_competencies_in_common_fit() -> None:
    """The closest first, among equals the less told; what has nothing in common does not fit."""
    kept = [
        Kept(1, B, ("planning",), 1),
        Kept(2, A, (), 3),
        Kept(3, A, ("planning",), 1),
        Kept(4, C, ("ethics",), 1),
        Kept(5, A, (), 1),
    ]
    assert fitting(kept, A, ("planning", "influence")) == (3, 5, 2, 1)


def test_only_a_story_told_too_often_is_worn_out() -> None:
    """The one told most."""
    assert overused([]) is None
    assert overused([Kept(1, A, (), OVERUSED_FROM - 1)]) is None
    assert overused([Kept(1, A, (), OVERUSED_FROM), Kept(2, A, (), OVERUSED_FROM + 1)]) == 2


def test_categories_without_a_story() -> None:
    """In their order."""
    assert without([Kept(1, B, (), 1)], [C, B, A]) == (C, A)
