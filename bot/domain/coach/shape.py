"""How an answer is built: shares of the parts and time to say it, against what is usual. No word is judged here."""

from collections.abc import Iterator, Mapping

from bot.domain.coach.findings import Code, Finding
from bot.domain.coach.text import quote, sentences
from bot.domain.terms import PARTS, Part

WORDS_PER_MINUTE = 140
"""The middle of the 130 to 150 words a minute at which people speak in an interview."""

USUAL_SHARES: Mapping[Part, tuple[float, float]] = {
    Part.SITUATION: (0.10, 0.25),
    Part.TASK: (0.05, 0.20),
    Part.ACTION: (0.45, 0.65),
    Part.RESULT: (0.15, 0.30),
}
"""The usual balance: lowest and highest share of each part, as fractions of all words."""

TOLERANCE = 0.25
"""A share is worth a word only when it misses the usual range by more than this fraction of the bound it misses."""

BALANCE_MIN_WORDS = 60
"""Below this total a single sentence decides the shares, and nothing is said about them."""

USUAL_SECONDS = (90, 180)
"""An interviewer listens for one and a half to three minutes."""


def speaking_seconds(total_words: int) -> int:
    """Seconds it takes to say so many words aloud."""
    return round(total_words * 60 / WORDS_PER_MINUTE)


def shares(words: Mapping[Part, int]) -> dict[Part, float]:
    """The share of each part as a fraction of all words; all 0 when there are none."""
    total = sum(words.values())
    return {part: words[part] / total if total else 0.0 for part in PARTS}


def is_balanced(words: Mapping[Part, int]) -> bool:
    """Whether there is enough to go by and every part lies in its usual range."""
    return sum(words.values()) >= BALANCE_MIN_WORDS and all(
        USUAL_SHARES[part][0] <= share <= USUAL_SHARES[part][1] for part, share in shares(words).items()
    )


def balance_findings(parts: Mapping[Part, str], words: Mapping[Part, int]) -> Iterator[Finding]:
    """Parts that are considerably longer or shorter than usual, each with its first sentence."""
    if sum(words.values()) < BALANCE_MIN_WORDS:
        return
    for part, share in shares(words).items():
        low, high = USUAL_SHARES[part]
        if share > high * (1 + TOLERANCE):
            code = Code.PART_LONG
        elif share < low * (1 - TOLERANCE):
            code = Code.PART_SHORT
        else:
            continue
        yield Finding(code, part, opening(parts[part]), {"share": share, "low": low, "high": high})


def time_findings(total_words: int) -> Iterator[Finding]:
    """Whether the answer takes too long or not long enough to say."""
    seconds = speaking_seconds(total_words)
    low, high = USUAL_SECONDS
    if low <= seconds <= high:
        return
    code = Code.TOO_LONG if seconds > high else Code.TOO_SHORT
    yield Finding(code, None, "", {"seconds": seconds, "low": low, "high": high})


def opening(text: str) -> str:
    """The first sentence, cut to a quote; empty for an empty text."""
    spans = sentences(text)
    return quote(text, spans[0]) if spans else ""
