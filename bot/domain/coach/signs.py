"""What a stretch of a sentence shows, as signs that can be weighed: its words, their kinds, and who acts.

A sign is a short name ("w:late", "k:ROLE NOT"), so that every judgement can be taken apart into the words it rests on.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.domain.coach.clauses import Actor, Sentence, Word, is_number, is_past, parse
from bot.domain.coach.kinds import KINDS_OF
from bot.domain.coach.lexicon import listed
from bot.domain.coach.text import Span

LONG = 24
"""A sentence of more words is weighed in pieces, cut where a clause may end."""

PIECE = 9
"""So many words at least stand in such a piece."""

_REACH = 3
"""Two words this far apart or nearer make a sign together."""

_JOINS = listed("and but so because then when which although though while after before")
_COMMON = listed("SELF TEAM OTHERS ROLE NOT MODAL IT EVERYONE NOBODY NUMBER")


class Piece(NamedTuple):
    """A stretch of a sentence with its signs."""

    sentence: Span
    span: Span
    words: tuple[Word, ...]
    signs: frozenset[str]


@lru_cache(maxsize=64)
def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of a text in their order; a short sentence is one piece."""
    return tuple(
        Piece(sentence.span, Span(words[0].span.start, words[-1].span.end), words, frozenset(_signs(words)))
        for sentence in parse(text)
        for words in _cut(sentence)
    )


def _cut(sentence: Sentence) -> Iterator[tuple[Word, ...]]:
    words = sentence.words
    if len(words) <= LONG:
        if words:
            yield words
        return
    start = 0
    for at in range(PIECE, len(words)):
        if at - start < PIECE or len(words) - at < PIECE // 2:
            continue
        if words[at].breaks or words[at].form in _JOINS or at - start >= 2 * LONG:
            yield words[start:at]
            start = at
    yield words[start:]


def _signs(words: tuple[Word, ...]) -> Iterator[str]:
    kinds = [_kinds(word) for word in words]
    shown = [_shown(word, kind) for word, kind in zip(words, kinds, strict=True)]
    for word, kind, form in zip(words, kinds, shown, strict=True):
        yield f"w:{form}"
        if word.denied:
            yield f"n:{form}"
        for one in kind:
            yield f"k:{one}"
            if one not in _COMMON:
                yield f"a:{_actor(word)} {one}"
    yield f"o:{shown[0]}"
    for a, b in pairwise(("^", *shown, "$")):
        yield f"b:{a} {b}"
    for a, b, c in zip(shown, shown[1:], shown[2:], strict=False):
        yield f"t:{a} {b} {c}"
    yield from _kind_pairs(kinds)
    yield from _whole(words)


def _kind_pairs(kinds: list[tuple[str, ...]]) -> Iterator[str]:
    for at, first in enumerate(kinds):
        for gap in range(1, _REACH + 1):
            if at + gap >= len(kinds):
                break
            for a in first:
                for b in kinds[at + gap]:
                    yield f"p:{a} {b}"
    told = [kind for kind in kinds if kind]
    for x, y, z in zip(told, told[1:], told[2:], strict=False):
        yield f"q:{x[0]} {y[0]} {z[0]}"


def _whole(words: tuple[Word, ...]) -> Iterator[str]:
    """What only the whole piece shows: who acts in it, in which tense, how long it is."""
    actors = {word.actor for word in words}
    for actor in actors:
        yield f"s:{actor}"
    if Actor.SPEAKER not in actors and Actor.TEAM not in actors:
        yield "s:none of us"
    past = sum(is_past(word.form) or word.form in ("was", "were", "had", "did") for word in words)
    yield f"s:past {min(past, 3)}"
    for word in words:
        if is_past(word.form):
            yield f"d:{word.actor} {word.stem}"
            yield f"d:{word.actor}"
    if any(is_number(word.form) for word in words):
        yield "s:number"
    yield f"s:long {min(len(words) // 4, 6)}"


def _kinds(word: Word) -> tuple[str, ...]:
    if is_number(word.form):
        return ("NUMBER",)
    found = KINDS_OF.get(word.stem, ())
    if is_past(word.form):
        found = (*found, "PAST")
    return found


def _shown(word: Word, kinds: tuple[str, ...]) -> str:
    """The word as it goes into a sign; all numbers look alike."""
    return "#" if kinds == ("NUMBER",) else word.stem


def _actor(word: Word) -> str:
    return f"not {word.actor}" if word.denied else str(word.actor)
