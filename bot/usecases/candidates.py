"""The questions that may be asked, as the choice takes them; made once for a library, for a push cannot wait for it."""

from collections.abc import Sequence

from bot.domain.selection import Candidate
from bot.domain.terms import CategoryId
from content.library import Library

_Chosen = dict[tuple[CategoryId, ...] | None, tuple[Candidate, ...]]

LIBRARIES_KEPT = 4
"""Of so many libraries, used last, the questions are remembered: everybody's, and a few with packs of one's own."""

CHOICES_KEPT = 1000
"""So many sets of categories are remembered of a library; after that all are made anew."""

_made: tuple[tuple[Library, _Chosen], ...] = ()


def of(library: Library, category_ids: tuple[CategoryId, ...] | None = None) -> Sequence[Candidate]:
    """The questions of these categories (None: of all) that are not retired, in the order of the packs."""
    chosen = _chosen(library)
    known = chosen.get(category_ids)
    if known is None:
        known = chosen[category_ids] = tuple(
            Candidate(question.id, category.id, question.level)
            for category in library.categories
            if category_ids is None or category.id in category_ids
            for question in category.questions
            if not question.retired
        )
    return known


def _chosen(library: Library) -> _Chosen:
    global _made
    made = _made  # threads may lose each other's entries, and make them again
    found = next((chosen for each, chosen in made if each is library), None)
    if found is None or len(found) > CHOICES_KEPT:
        found = {}
    if not made or made[0][0] is not library or made[0][1] is not found:
        others = tuple(entry for entry in made if entry[0] is not library)
        _made = ((library, found), *others)[:LIBRARIES_KEPT]
    return found
