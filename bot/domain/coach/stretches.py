"""What a stretch of speech holds, as marks from which weights are learned: words, their meanings, and who did it.

A mark is a stem ("ring"), two in a row ("ring the") or a meaning ("@contact"), with "!" before it where it is denied or
only wished for and "~" where somebody else does it.
"""

from functools import lru_cache
from itertools import pairwise

from bot.domain.coach.clauses import Actor, Sentence, Word, is_number
from bot.domain.coach.lexicon import listed
from bot.domain.coach.meanings import meanings

STRETCH_MAX_WORDS = 22
"""A longer sentence is read in overlapping stretches: it seldom tells of one thing only."""

_EMPTY = listed(
    "a an the of to and in on at for with it that this was were is are be been have has had do did as so by from"
)
_JOINTS = listed("and but so because then")


@lru_cache(maxsize=64)
def stretches(sentence: Sentence) -> tuple[tuple[Word, ...], ...]:
    """The sentence, or when it is long its clauses two by two."""
    if len(sentence.words) <= STRETCH_MAX_WORDS:
        return (sentence.words,)
    clauses: list[list[Word]] = [[]]
    for word in sentence.words:
        so_far = len(clauses[-1])
        if (word.breaks and so_far >= 5) or (word.form in _JOINTS and so_far >= 8):
            clauses.append([])
        clauses[-1].append(word)
    if len(clauses) == 1:
        return (sentence.words,)
    return tuple((*one, *two) for one, two in pairwise(clauses))


def marks(stretch: tuple[Word, ...]) -> frozenset[str]:
    """The marks of a stretch."""
    found: set[str] = set()
    before = ""
    for word in stretch:
        state = "!" if word.denied or word.unreal else "~" if word.actor is Actor.OTHER else ""
        one = "#" if is_number(word.form) else word.stem
        if one not in _EMPTY:
            found.add(state + one)
        found.update(state + meaning for meaning in meanings(word.stem))
        found.add(f"{state}{before} {one}")
        before = one
        found.add(f"={word.actor}")
    if any(word.denied for word in stretch):
        found.add("=denied")
    if any(word.unreal for word in stretch):
        found.add("=unreal")
    return frozenset(found)
