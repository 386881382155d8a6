"""Looks for cues in a text: a few words in their order, in any form, with a little between them.

A cue is written as words with blanks between ("ask for example"): each stands for all its forms, at most three other
words may stand between two of them, and no comma. ``a/b`` takes either word, ``@name`` any word of a class in
`bot.domain.coach.classes`, ``@number`` a number; ``=`` before a word wants it right behind the one before, and ``…``
lets up to ten words stand between, commas too.
"""

from functools import lru_cache
from typing import NamedTuple

from bot.domain.coach.classes import CLASSES
from bot.domain.coach.clauses import NUMBER, Actor, Sentence, Word, is_number
from bot.domain.coach.lexicon import listed
from bot.domain.coach.stems import stem
from bot.domain.coach.text import Span

_NEAR, _FAR = 3, 10
_NEGATIONS = listed("not never no nobody none nothing without")
_UNREAL = listed("should would could might wish will")
_SUBJECTS = listed("i we he she they it who nobody everyone")


class Cue(NamedTuple):
    """A cue ready to be looked for; ``gaps[n]`` is how many words may stand before the n-th step."""

    steps: tuple[frozenset[str], ...]
    gaps: tuple[int, ...]


class Match(NamedTuple):
    """Where a cue was found: its sentence and the words from its first to its last."""

    sentence: Span
    focus: Span


@lru_cache(maxsize=4096)
def cue(text: str) -> Cue:
    """The cue written so.

    Raises ValueError naming the class when there is none of that name.
    """
    steps: list[frozenset[str]] = []
    gaps: list[int] = []
    gap = _NEAR
    for piece in text.lower().replace("...", "…").split():
        if piece == "…":
            gap = _FAR
            continue
        if piece.startswith("="):
            piece, gap = piece[1:], 0
        words: set[str] = set()
        for word in piece.split("/"):
            if word.startswith("@"):
                if word == NUMBER:
                    words.add(word)
                    continue
                if word[1:] not in CLASSES:
                    raise ValueError(word)
                words |= CLASSES[word[1:]]
            else:
                words.add(word)
        steps.append(frozenset(map(stem, words)))
        gaps.append(gap)
        gap = _NEAR
    return Cue(tuple(steps), tuple(gaps))


def find(one: Cue, sentence: Sentence, *, own: bool) -> Match | None:
    """Where the cue stands in the sentence as something done; with ``own``, not by somebody else.

    A negation, a wish or a subject that the cue itself names is wanted there and does not stand against it.
    """
    words, stems = sentence.words, sentence.stems
    if any(step.isdisjoint(stems) for step in one.steps):
        return None
    for start, word in enumerate(words):
        if not _is_one_of(word, one.steps[0]):
            continue
        places = _follow(one, words, start)
        if places and _counts([words[p] for p in places], own=own):
            return Match(sentence.span, Span(word.span.start, words[places[-1]].span.end))
    return None


def _follow(one: Cue, words: tuple[Word, ...], start: int) -> list[int]:
    places = [start]
    for step, gap in zip(one.steps[1:], one.gaps[1:], strict=True):
        for at in range(places[-1] + 1, min(places[-1] + gap + 2, len(words))):
            if gap != _FAR and words[at].breaks:
                return []
            if _is_one_of(words[at], step):
                places.append(at)
                break
        else:
            return []
    return places


def _is_one_of(word: Word, step: frozenset[str]) -> bool:
    return word.stem in step or (NUMBER in step and is_number(word.form))


def _counts(words: list[Word], *, own: bool) -> bool:
    forms = {word.form for word in words}
    if forms.isdisjoint(_NEGATIONS) and any(word.denied for word in words):
        return False
    if forms.isdisjoint(_UNREAL) and any(word.unreal for word in words):
        return False
    return not own or not forms.isdisjoint(_SUBJECTS) or words[0].actor is not Actor.OTHER
