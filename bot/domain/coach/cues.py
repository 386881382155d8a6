"""Looks for cues in a text: a few words in their order, in any form, with a little between them.

A cue is written as words with blanks between ("ask for example"): each stands for all its forms, at most three other
words may stand between two of them, and no comma. ``a/b`` takes either word, ``@name`` any word of a class in
`bot.domain.coach.classes`, ``@number`` a number; ``=`` before a word wants it right behind the one before, and ``…``
lets up to ten words stand between, commas too.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.domain.coach.classes import CLASSES
from bot.domain.coach.clauses import NUMBER, Actor, Sentence, Word, is_number
from bot.domain.coach.lexicon import listed
from bot.domain.coach.stems import stem
from bot.domain.coach.text import Span

_NEAR, _FAR = 3, 10

CUES_KEPT = 1024
"""Cues held ready: those of all flags and of the few questions that are being answered. More would fill the memory
with the whole bank and read no answer sooner."""

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


def cue_steps(text: str) -> int:
    """How many words a cue written so has; nothing is made ready to look for it.

    Raises ValueError naming the class when there is none of that name.
    """
    steps = 0
    for piece in text.lower().replace("...", "…").split():
        if piece != "…":
            steps += 1
            if "@" in piece:
                for word in piece.removeprefix("=").split("/"):
                    _refuse_unknown_class(word)
    return steps


@lru_cache(maxsize=CUES_KEPT)
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
        steps.append(_step(piece))
        gaps.append(gap)
        gap = _NEAR
    return Cue(tuple(steps), tuple(gaps))


@lru_cache(maxsize=CUES_KEPT)
def _step(piece: str) -> frozenset[str]:
    """The stems that a piece of a cue stands for; shared by all cues that have the same piece."""
    words: set[str] = set()
    for word in piece.split("/"):
        _refuse_unknown_class(word)
        words |= CLASSES[word[1:]] if _is_class(word) else {word}
    return frozenset(map(stem, words))


def _is_class(word: str) -> bool:
    return word.startswith("@") and word != NUMBER


def _refuse_unknown_class(word: str) -> None:
    if _is_class(word) and word[1:] not in CLASSES:
        raise ValueError(word)


def find(one: Cue, sentence: Sentence, *, own: bool) -> Match | None:
    """Where the cue stands in the sentence as something done; with ``own``, not by somebody else.

    A negation, a wish or a subject that the cue itself names is wanted there and does not stand against it.
    """
    for words in _places(one, sentence):
        if not _is_undone(words) and not (own and _is_anothers(words)):
            return Match(sentence.span, Span(words[0].span.start, words[-1].span.end))
    return None


def is_disowned(one: Cue, sentence: Sentence) -> bool:
    """Whether the cue stands in the sentence as something denied, wished for or planned."""
    return any(_is_undone(words) for words in _places(one, sentence))


def may_stand(one: Cue, stems: frozenset[str]) -> bool:
    """Whether words with these stems can hold the cue at all."""
    return all(not step.isdisjoint(stems) for step in one.steps)


def _places(one: Cue, sentence: Sentence) -> Iterator[list[Word]]:
    """The words of the cue wherever it stands in the sentence."""
    if not may_stand(one, sentence.stems):
        return
    for start, word in enumerate(sentence.words):
        if _is_one_of(word, one.steps[0]) and (places := _follow(one, sentence.words, start)):
            yield [sentence.words[at] for at in places]


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


def _is_undone(words: list[Word]) -> bool:
    """Whether what the words tell is denied or not real, unless a word of the cue itself says so."""
    forms = {word.form for word in words}
    return (forms.isdisjoint(_NEGATIONS) and any(word.denied for word in words)) or (
        forms.isdisjoint(_UNREAL) and any(word.unreal for word in words)
    )


def _is_anothers(words: list[Word]) -> bool:
    return words[0].actor is Actor.OTHER and _SUBJECTS.isdisjoint(word.form for word in words)
