"""Which of a question's points an answer makes, with the sentence that says so. Silent when in doubt."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from bot.domain.coach import evidence
from bot.domain.coach.clauses import Actor, Sentence, parse
from bot.domain.coach.cues import cue, find
from bot.domain.coach.evidence import Spoken
from bot.domain.coach.findings import Code, Heard, Listened, Rubric
from bot.domain.coach.learned import Weights, key, learned
from bot.domain.coach.lexicon import listed
from bot.domain.coach.meanings import meanings
from bot.domain.coach.stems import stem
from bot.domain.coach.stretches import stretches
from bot.domain.coach.text import Span, quote
from bot.domain.terms import PARTS, Part

UNHEARD = frozenset({Code.HYPOTHETICAL, Code.OFF_TOPIC, Code.BLAMES_OTHERS})
"""With one of these faults the speaker tells no deed of the kind asked for."""

LIKE = 0.55
"""Share of an exemplar's telling words that a sentence must hold to be like it."""

KINDRED = 0.5
"""What a word counts that shares a meaning with the exemplar's."""

TELLING_WORDS = 3
"""An exemplar with fewer telling words is too short to be like anything."""

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


def heard(told: Mapping[Part, str], rubric: Rubric, faults: Collection[Code] = ()) -> tuple[Heard, ...]:
    """Every point of the rubric, heard or not; ``faults``: what was found wrong with the answer."""
    spoken = spoken_by(told, rubric)
    weights = [learned().points.get(key(point.exemplars)) for point in rubric.points]
    known = [w for w in weights if w is not None]
    if len(known) == len(weights):
        return _weighed(rubric.points, known, spoken, faults, "\n".join(told.values()))
    if not UNHEARD.isdisjoint(faults):
        return nothing_heard(rubric)
    return tuple(_point(point, spoken) for point in rubric.points)


def spoken_by(told: Mapping[Part, str], rubric: Rubric) -> list[Spoken]:
    """The sentences of an answer that are not copied from what the person was shown."""
    copied = _runs(rubric.shown)
    return [
        Spoken(part, told[part], sentence)
        for part in PARTS
        for sentence in parse(told[part])
        if not _is_copied(told[part], sentence, copied)
    ]


def _weighed(
    points: Sequence[Listened],
    weights: Sequence[Weights],
    spoken: Sequence[Spoken],
    faults: Collection[Code],
    whole: str,
) -> tuple[Heard, ...]:
    """Points for which weights were learned: all evidence is weighed together."""
    said = evidence.all_stretches(spoken)
    cues = [evidence.cued(point, spoken) for point in points]
    scores = [evidence.best_score(w, said) for w in weights]
    found = []
    for at, weighed in enumerate(evidence.weighed(cues, scores, faults, whole)):
        is_heard = evidence.is_made(learned().judge, weighed)
        quoted = _said_best(weights[at], cues[at], said, spoken) if is_heard else ""
        found.append(Heard(points[at].id, heard=is_heard, quote=quoted))
    return tuple(found)


def _said_best(
    weights: Weights, cues: evidence.Cued, said: Sequence[evidence.Stretch], spoken: Sequence[Spoken]
) -> str:
    """The sentence that says it most plainly; one in which a cue stands, if there is one."""
    best = max(said, key=lambda s: (s.at in cues.places, weights.score(s.marks)))
    focus = cues.places.get(best.at, best.span)
    return quote(spoken[best.at].text, spoken[best.at].sentence.span, focus)


def nothing_heard(rubric: Rubric) -> tuple[Heard, ...]:
    """Every point as not heard."""
    return tuple(Heard(p.id, heard=False, judged=_is_judged(p)) for p in rubric.points)


def copied_share(text: str, rubric: Rubric) -> float:
    """The share of a text's words that stand in runs copied from what the person was shown; 0 for no words."""
    said = _WORD.findall(text.lower())
    return _copied(said, _runs(rubric.shown)) / len(said) if said else 0.0


def _is_judged(point: Listened) -> bool:
    return bool(point.cues or point.exemplars)


def _point(point: Listened, spoken: Iterable[Spoken]) -> Heard:
    """A point that has only the cues and the exemplars of its pack: each alone is enough."""
    cues = [cue(one) for one in point.cues]
    for said in spoken:
        text, sentence = said.text, said.sentence
        focus: Span | None = None
        for one in cues:
            if match := find(one, sentence, own=not point.anyones):
                focus = match.focus
                break
        near = _like(sentence, point.exemplars, own=not point.anyones)
        if (focus or near >= LIKE) and near >= _like(sentence, point.counter_examples, own=False, least=0.7):
            return Heard(point.id, heard=True, quote=quote(text, sentence.span, focus))
    return Heard(point.id, heard=False, judged=_is_judged(point))


@lru_cache(maxsize=256)
def _telling(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in _WORD.findall(text.lower()) if w not in _EMPTY)


def _like(sentence: Sentence, samples: tuple[str, ...], *, own: bool, least: float = LIKE) -> float:
    """How much of the nearest sample a stretch of the sentence holds, from 0 to 1.

    Words denied, wished for or of another's deed do not count; a word that shares a meaning counts in part.
    """
    if not samples:
        return 0.0
    best = 0.0
    for stretch in stretches(sentence):
        counted = [w for w in stretch if not own or not (w.denied or w.unreal or w.actor is Actor.OTHER)]
        said = {w.stem for w in counted}
        shared = {meaning for w in counted for meaning in meanings(w.stem)}
        for telling in map(_telling, samples):
            if len(telling) >= TELLING_WORDS:
                held = sum(
                    1 if word in said else 0 if shared.isdisjoint(meanings(word)) else KINDRED
                    for word in telling
                )
                best = max(best, held / len(telling))
    return best if best >= least else 0.0


@lru_cache(maxsize=8)
def _runs(shown: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    found = set()
    for text in shown:
        shown_words = _WORD.findall(text.lower())
        found |= {tuple(shown_words[i : i + COPIED_RUN]) for i in range(len(shown_words) - COPIED_RUN + 1)}
    return frozenset(found)


def _copied(said: list[str], runs: frozenset[tuple[str, ...]]) -> int:
    hit = [False] * len(said)
    for at in range(len(said) - COPIED_RUN + 1):
        if tuple(said[at : at + COPIED_RUN]) in runs:
            hit[at : at + COPIED_RUN] = [True] * COPIED_RUN
    return sum(hit)


def _is_copied(text: str, sentence: Sentence, runs: frozenset[tuple[str, ...]]) -> bool:
    said = _WORD.findall(text[sentence.span.start : sentence.span.end].lower())
    return bool(said) and _copied(said, runs) > COPIED_SHARE * len(said)
