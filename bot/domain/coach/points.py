"""Which of a question's points an answer makes, with the sentence that says so. Silent when in doubt."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.domain.coach.clauses import Actor, Sentence, parse
from bot.domain.coach.cues import cue, find
from bot.domain.coach.findings import Heard, Listened, Rubric
from bot.domain.coach.lexicon import listed
from bot.domain.coach.stems import stem
from bot.domain.coach.text import Span, quote
from bot.domain.terms import PARTS, Part

LIKE = 0.62
"""Share of an exemplar's telling words that a sentence must hold to be like it."""

COPIED_RUN = 3
"""So many words in a row as in the pack are copied, not told."""

COPIED_SHARE = 0.5
"""A sentence of which more than this share is copied is not heard."""

_EMPTY = listed(
    """i a an the of to and in on at for with my me it that this was were is are be had have has did do as
    so we our they them he she his her by from then when which who what but or not all up out about into
    after before just very really one would will"""
)
_WORD = re.compile(r"[^\W_]+")


def heard(told: Mapping[Part, str], rubric: Rubric) -> tuple[Heard, ...]:
    """Every point of the rubric, heard or not."""
    copied = _runs(rubric.shown)
    spoken = [
        (told[part], sentence)
        for part in PARTS
        for sentence in parse(told[part])
        if not _is_copied(told[part], sentence, copied)
    ]
    return tuple(_point(point, spoken) for point in rubric.points)


def nothing_heard(rubric: Rubric) -> tuple[Heard, ...]:
    """Every point as not heard."""
    return tuple(Heard(p.id, heard=False, judged=_is_judged(p)) for p in rubric.points)


def copied_share(text: str, rubric: Rubric) -> float:
    """The share of a text's words that stand in runs copied from what the person was shown; 0 for no words."""
    words = _WORD.findall(text.lower())
    return _copied(words, _runs(rubric.shown)) / len(words) if words else 0.0


def _is_judged(point: Listened) -> bool:
    return bool(point.cues or point.exemplars)


def _point(point: Listened, spoken: Iterable[tuple[str, Sentence]]) -> Heard:
    cues = [cue(one) for one in point.cues]
    for text, sentence in spoken:
        focus: Span | None = None
        for one in cues:
            if match := find(one, sentence, own=not point.anyones):
                focus = match.focus
                break
        near = _like(sentence, point.exemplars, own=not point.anyones)
        if (focus or near >= LIKE) and near >= _like(sentence, point.counter_examples, own=False, least=0.7):
            return Heard(point.id, heard=True, quote=quote(text, sentence.span, focus))
    return Heard(point.id, heard=False, judged=_is_judged(point))


@lru_cache(maxsize=2048)
def _telling(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in _WORD.findall(text.lower()) if w not in _EMPTY)


def _like(sentence: Sentence, samples: tuple[str, ...], *, own: bool, least: float = LIKE) -> float:
    """How much of the nearest sample the sentence holds, from 0 to 1; words denied or wished for do not count."""
    if not samples:
        return 0.0
    said = {w.stem for w in sentence.words if not own or not (w.denied or w.unreal or w.actor is Actor.OTHER)}
    shares = [len(t & said) / len(t) for s in samples if len(t := _telling(s)) >= 3]
    best = max(shares, default=0.0)
    return best if best >= least else 0.0


@lru_cache(maxsize=64)
def _runs(shown: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    found = set()
    for text in shown:
        words = _WORD.findall(text.lower())
        found |= {tuple(words[i : i + COPIED_RUN]) for i in range(len(words) - COPIED_RUN + 1)}
    return frozenset(found)


def _copied(words: list[str], runs: frozenset[tuple[str, ...]]) -> int:
    hit = [False] * len(words)
    for at in range(len(words) - COPIED_RUN + 1):
        if tuple(words[at : at + COPIED_RUN]) in runs:
            hit[at : at + COPIED_RUN] = [True] * COPIED_RUN
    return sum(hit)


def _is_copied(text: str, sentence: Sentence, runs: frozenset[tuple[str, ...]]) -> bool:
    words = _WORD.findall(text[sentence.span.start : sentence.span.end].lower())
    return bool(words) and _copied(words, runs) > COPIED_SHARE * len(words)
