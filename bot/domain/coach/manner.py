"""How an answer sounds: hedges and fillers, sentences too long to follow, an outcome told in the Action.

These are about the telling and not about the story, so they come after every flag.
"""

import re
from collections.abc import Iterator, Mapping

from bot.domain.coach.findings import Code, Finding
from bot.domain.coach.numbers import Figure, figures
from bot.domain.coach.text import Span, quote, sentences, words
from bot.domain.coach.voice import voice
from bot.domain.terms import PARTS, Part

HEDGES_LEAST = 4
"""Fewer than this in a whole answer are how people talk."""

HEDGED_SHARE = 0.03
"""Above this share of all words the hedges are what one hears."""

SENTENCE_WORDS_MOST = 45
"""About 20 seconds without a breath; a listener loses the beginning."""

TELLS_OUTCOME = re.compile(
    r"\b(?:better|worse|improv\w{1,5}|increas\w{1,5}|decreas\w{1,5}|reduc\w{1,5}|faster|quicker|slower|more|less|fewer"
    r"|success\w{0,5}|happy|happier|satisf\w{1,6}|went|worked|delivered|finished|completed|saved|grew|dropped|fell|rose"
    r"|cut|halved|doubled|tripled|raised|brought|won)\b",
    re.I,
)
"""Words by which a sentence says what came out, a deed or not."""

_READ_CHARS = 20_000
_HEDGE = re.compile(
    r"\b(?:(?:kind|sort)(?:a| of)|kinda|sorta|maybe|perhaps|probably|basically|actually|literally|honestly|obviously"
    r"|i (?:guess|suppose|think|feel like|mean)|you know|a (?:little )?bit|pretty much|more or less|somewhat|or so"
    r"|or something|and stuff|stuff like that|and so on|um+|uh+|erm+)\b|\blike,|\bjust (?=\w+ed\b)",
    re.I,
)


def manner_findings(parts: Mapping[Part, str], total_words: int) -> Iterator[Finding]:
    """What is worth a word about the telling, each with the words it is about."""
    yield from _hedges(parts, total_words)
    yield from _long_sentence(parts)


def misplaced(parts: Mapping[Part, str]) -> Iterator[Finding]:
    """The outcome's figure where it stands at the end of the Action, for a Result that has words and no figure."""
    action, result = parts[Part.ACTION], parts[Part.RESULT]
    if not words(result) or figures(result):
        return
    spans = sentences(action)
    behind = spans[len(spans) // 2].start if spans else 0
    told = [figure for figure in figures(action) if figure.sentence.start >= behind]
    outcome = next((figure for figure in told if _is_outcome(action, figure)), None)
    if outcome is not None:
        yield Finding(Code.MISPLACED, Part.ACTION, quote(action, outcome.sentence, outcome.span))


def _is_outcome(text: str, figure: Figure) -> bool:
    """Whether the figure is what came out, and not how much the speaker did."""
    is_deed = voice(text[figure.sentence.start : figure.sentence.end]).own > 0
    return figure.strong and (not is_deed or TELLS_OUTCOME.search(text, *figure.sentence) is not None)


def _hedges(parts: Mapping[Part, str], total_words: int) -> Iterator[Finding]:
    found = {
        part: [Span(*match.span()) for match in _HEDGE.finditer(parts[part][:_READ_CHARS])] for part in PARTS
    }
    count = sum(map(len, found.values()))
    if count < HEDGES_LEAST or count < HEDGED_SHARE * total_words:
        return
    _most, part, sentence, first = max(
        (
            (len(held), part, sentence, held[0])
            for part in PARTS
            for sentence in sentences(parts[part])
            if (held := [hedge for hedge in found[part] if sentence.start <= hedge.start < sentence.end])
        ),
        key=lambda entry: entry[0],
    )
    yield Finding(Code.HEDGES, part, quote(parts[part], sentence, first), {"count": count})


def _long_sentence(parts: Mapping[Part, str]) -> Iterator[Finding]:
    longest = max(
        (
            (words(parts[part][sentence.start : sentence.end]), part, sentence)
            for part in PARTS
            for sentence in sentences(parts[part])
        ),
        key=lambda entry: entry[0],
        default=None,
    )
    if longest is not None and longest[0] > SENTENCE_WORDS_MOST:
        count, part, sentence = longest
        yield Finding(Code.LONG_SENTENCE, part, quote(parts[part], sentence), {"words": count})
