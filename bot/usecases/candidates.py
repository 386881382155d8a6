"""The questions that may be asked, as the choice takes them; made once for a library, for a push cannot wait for it."""

from collections.abc import Sequence

from bot.domain.selection import Candidate
from bot.domain.terms import CategoryId
from content.library import Library

_Made = tuple[Library, dict[tuple[CategoryId, ...] | None, tuple[Candidate, ...]]]
_made: _Made | None = None

CHOICES_KEPT = 1000
"""So many sets of categories are remembered; after that all are made anew."""


def of(library: Library, category_ids: tuple[CategoryId, ...] | None = None) -> Sequence[Candidate]:
    """The questions of these categories (None: of all) that are not retired, in the order of the packs."""
    global _made
    made = _made
    if made is None or made[0] is not library or len(made[1]) > CHOICES_KEPT:
        made = _made = (library, {})
    known = made[1].get(category_ids)
    if known is None:
        known = made[1][category_ids] = tuple(
            Candidate(question.id, category.id, question.level)
            for category in library.categories
            if category_ids is None or category.id in category_ids
            for question in category.questions
            if not question.retired
        )
    return known
