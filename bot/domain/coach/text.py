"""Words, sentences and quotes of free text. Knows nothing of parts, flags or advice.

Every function takes time linear in the length of the text, whatever the text is.
"""

import re
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from bot.domain.coach import lexicon

QUOTE_LIMIT = 160
"""Longest quote, in characters: about two lines on a phone."""

REPETITION_LIMIT = 3.0
"""Distinct words per root of all words (Guiraud's index). Told stories lie above 4, repeated phrases below 3."""

READ_SENTENCES = 120
READ_CHARS = 6_000
"""How much of a part is read closely: some seven minutes of talk, when a whole answer should take three. Reading costs
most by the sentence, and a part can be sent that has 7,000 of two letters."""

_SEPARATOR = re.compile(r"\s+|[—–/|…]+|\.{2,}|[,;!?](?=[^\W\d_])")
_KEYCAP = re.compile(r"[0-9]\ufe0f?\u20e3")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[.!?…]{1,9}[\"'”’)\]]{0,3}(?=\s)|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|mr|mrs|ms|dr|prof|st|vs|no|nr|approx|etc|inc|ltd|dept|min|max|p\.m|a\.m)\.$"
    r"|^\s*\d{1,2}\.$",
    re.I,
)
_CLAUSE_BREAK = re.compile(r"[,;:](?=\s)|\s[—–-](?=\s)|(?=\s(?:and|but|so|because|then)\s)", re.I)
_BULLET = re.compile(r"\s*(?:[-*–—>]\s+|[•·]\s*|\(?\d{1,2}[.)]\s+|[a-z]\)\s+)?")

_NON_ANSWER = re.compile(
    r"\b(?:dun+o|idk|n/?a|none|noth?ing|nope|nah|skip|pass|tbd|todo|test|unsure|blank"
    r"|(?:no|not|any) (?:idea|sure|clue|comment)"
    r"|(?:do ?n['’]?o?t|can['’]?t|cannot|could ?n['’]?t) (?:know|remember|recall|think|say)|no|same)\b",
    re.I,
)
_TOLD = r"(?:said|told|wrote|written|described|explained|mentioned|covered|included)"
_PLACE = r"(?:box|field|part(?! of)|message|situation|task|action|result)"
_ELSEWHERE = re.compile(
    r"\W{0,9}(?:please |sorry )?(?:see|same as|(?:i (?:have )?)?already "
    + _TOLD
    + rf"|as (?:i )?(?:{_TOLD}|above|below)"
    rf"|(?:it(?:['’]?s| is) )?(?:all |everything )?(?:(?:is |was )?{_TOLD} )?"
    rf"(?:in (?:the |my )?(?:(?:first|second|third|previous|last|other|next) )?{_PLACE}|(?:above|below)(?=\W*$)))\b",
    re.I,
)
_ELSEWHERE_WORDS = 9


class Span(NamedTuple):
    """A piece of a text, as offsets in characters; ``end`` is the first one behind it."""

    start: int
    end: int


@lru_cache(maxsize=128)
def words(text: str) -> int:
    """Number of words: numbers count, emoji and punctuation do not, joined words ("well-known") count once.

    Chinese and Japanese have no spaces between words and count one word for every two characters.
    """
    count = 0
    for token in _SEPARATOR.split(_KEYCAP.sub(" ", text)):
        unspaced = len(_UNSPACED.findall(token)) if not token.isascii() else 0
        count += (unspaced + 1) // 2 if unspaced else token.isalnum() or any(map(str.isalnum, token))
    return count


def sentences(text: str) -> list[Span]:
    """The sentences in order, without the space around them and without bullets; every line ends a sentence."""
    found: list[Span] = []
    start = 0
    for end in [m.end() for m in _SENTENCE_END.finditer(text)] + [len(text)]:
        if end < len(text) and _ABBREVIATION.search(text[max(start, end - 8) : end]):
            continue
        span = _trimmed(text, Span(start, end))
        if span.end > span.start:
            found.append(span)
        start = end
    return found


def read_closely(text: str) -> str:
    """The beginning of a part that is read closely; all of it, unless it is far longer than an answer should be."""
    spans = sentences(text[:READ_CHARS])
    if len(spans) > READ_SENTENCES:
        return text[: spans[READ_SENTENCES - 1].end]
    return text[:READ_CHARS]


def _trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends and without a bullet or list number in front."""
    end = span.start + len(text[span.start : span.end].rstrip())
    bullet = _BULLET.match(text, span.start, end)
    return Span(min(bullet.end() if bullet else span.start, end), end)


def quote(text: str, sentence: Span, focus: Span | None = None) -> str:
    """The sentence, or when it is too long the clauses around ``focus`` (default: its beginning); verbatim."""
    if sentence.end - sentence.start <= QUOTE_LIMIT:
        return text[sentence.start : sentence.end].strip()
    focus = focus or Span(sentence.start, sentence.start + 1)
    low = max(sentence.start, focus.start - QUOTE_LIMIT // 2)
    high = min(sentence.end, low + 2 * QUOTE_LIMIT)
    breaks = [m.end() for m in _CLAUSE_BREAK.finditer(text, low, high)]
    start = max([b for b in breaks if b <= focus.start], default=low)
    if start == low and low > sentence.start:
        space = text.find(" ", low, focus.start)
        start = space if space >= 0 else low
    limit = min(start + QUOTE_LIMIT, sentence.end)
    if limit == sentence.end:
        return text[start:limit].strip()
    end = max([b for b in breaks if focus.end <= b <= limit], default=-1)
    if end < 0:
        end = text.rfind(" ", focus.end, limit)
    return text[start : end if end > 0 else limit].strip().rstrip(",;:")


def is_blank(text: str) -> bool:
    """Whether nothing was said: no word at all, or only "dunno", "n/a", "no idea" and the like."""
    if not any(map(str.isalnum, text)):
        return True
    rest, hits = _NON_ANSWER.subn(" ", text)
    if not hits:
        return False
    return all(
        token.strip(".,;:!?…-()'\"").lower() in lexicon.NON_ANSWER_FILLERS | {""} for token in rest.split()
    )


def points_elsewhere(text: str) -> bool:
    """Whether a part only says that its story stands in another part ("see above", "all in the first box")."""
    return bool(_ELSEWHERE.match(text[:200])) and words(text[:400]) <= _ELSEWHERE_WORDS


def is_repetitive(text: str) -> bool:
    """Whether the text is the same few words again and again."""
    tokens = re.findall(r"\w+", text.lower())
    if not tokens:
        return False
    same_word = sum(a == b for a, b in pairwise(tokens))
    return len(set(tokens)) / sqrt(len(tokens)) < REPETITION_LIMIT or same_word * 5 > len(tokens)
