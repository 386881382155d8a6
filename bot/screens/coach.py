"""What the coach says about an answer, in words. Judges nothing: a reading comes in, sentences go out."""

import unicodedata
from collections.abc import Mapping, Sequence
from html import escape

from bot.domain.coach import FLAGS, Code, Finding, Reading, speaking_seconds
from bot.domain.terms import PARTS, Part

READING_LIMIT = 1800
"""UTF-16 units the section may take, tags and entities counted, so that it fits beside others in one message."""

STRENGTHS_SHOWN = 2
FINDINGS_SHOWN = 3

ADVICE: Mapping[Code, str] = {
    Code.NO_NUMBERS: "Say what changed as a figure: a count, a share, a time or money. An estimate will do.",
    Code.WE_OVER_I: "Tell it as “I …”: what you decided, said and did, step by step.",
    Code.VAGUE: "Tell the two or three things you did, in order, so that one can picture them.",
    Code.PART_EMPTY: "Add a sentence or two, so that the story has all four parts.",
    Code.PART_LONG: "Cut what the listener does not need to follow the rest.",
    Code.PART_SHORT: "Give it more room.",
    Code.TOO_LONG: "Cut to three minutes at most. Start with what happened before you acted.",
    Code.TOO_SHORT: "Aim for one and a half to three minutes, more than half of it on what you did.",
    Code.NUMBERS: "Keep it, and say what it was before if you have not.",
    Code.OWN_DEEDS: "Tell every step of the Action this way.",
    Code.BALANCE: "Keep these proportions when you say it aloud.",
}
"""One thing to do for each code, unless `_PART_ADVICE` knows better."""

_PART_ADVICE: Mapping[tuple[Code, Part], str] = {
    (
        Code.PART_EMPTY,
        Part.SITUATION,
    ): "Say in a sentence or two where and when it was and what was at stake.",
    (Code.PART_EMPTY, Part.TASK): "Say in one sentence what was yours to get done.",
    (
        Code.PART_EMPTY,
        Part.RESULT,
    ): "The outcome stands in another part. Move it here, where it is listened for.",
    (Code.PART_LONG, Part.SITUATION): "Keep only what one must know to follow your Action.",
    (Code.PART_LONG, Part.TASK): "One sentence on what was yours to get done is enough.",
    (Code.PART_LONG, Part.ACTION): "Keep the steps that decided it, and give the room to the Result.",
    (Code.PART_LONG, Part.RESULT): "If you tell here what you did, move it to the Action.",
    (Code.PART_SHORT, Part.SITUATION): "Say where and when it was and what was at stake.",
    (Code.PART_SHORT, Part.TASK): "Say what was yours to get done.",
    (Code.PART_SHORT, Part.ACTION): "This is the part they listen for. Add the steps you took.",
    (Code.PART_SHORT, Part.RESULT): "Say what changed, and what you do differently since.",
}

_QUESTIONS: Mapping[Part, str] = {
    Part.SITUATION: "Where and when was this, and what was at stake?",
    Part.TASK: "What exactly was yours to get done?",
    Part.ACTION: "What exactly did you do, step by step?",
    Part.RESULT: "What changed, in numbers?",
}

_HEADINGS: Mapping[Code, str] = {
    Code.NO_NUMBERS: "The Result has no figure",
    Code.WE_OVER_I: "Hard to tell what you did yourself",
    Code.VAGUE: "The Action is empty",
    Code.NUMBERS: "The outcome has a figure",
    Code.OWN_DEEDS: "You say what you did yourself",
    Code.BALANCE: "The four parts are in balance",
}

_QUOTE_LIMITS = (160, 120, 80, 40, 20)
"""Characters a quote may have on screen, tried in this order until the section fits."""

_ORDER_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LITTLE_WORDS = 25


def reading_html(reading: Reading) -> str:
    """The section "What I heard" as Telegram HTML of at most `READING_LIMIT` UTF-16 units."""
    sections = (_section(reading, limit) for limit in _QUOTE_LIMITS)
    shortest = ""
    for shortest in sections:
        if len(shortest.encode("utf-16-le", "surrogatepass")) // 2 <= READING_LIMIT:
            break
    return shortest


def line(reading: Reading, record_id: object, points: Sequence[str] = ()) -> dict[str, object]:
    """One record of `starling coach`, ready for JSON.

    ``flags`` holds flags in the sense of the glossary only; what concerns shape follows from ``words`` and
    ``speaking_seconds``. No point is judged yet: each of the ids in ``points`` comes back as not heard.
    """
    return {
        "id": record_id,
        "flags": [
            {"code": f.code.value, "quote": f.quote, "advice": advice(f)}
            for f in reading.findings
            if f.code in FLAGS
        ],
        "points": [{"id": point, "heard": False, "quote": ""} for point in points],
        "words": {part.value: reading.words[part] for part in PARTS},
        "speaking_seconds": reading.speaking_seconds,
    }


def advice(finding: Finding) -> str:
    """The one thing to do about a finding."""
    if finding.part is not None and (finding.code, finding.part) in _PART_ADVICE:
        return _PART_ADVICE[finding.code, finding.part]
    return ADVICE[finding.code]


def thin_question(part: Part) -> str:
    """The one question asked about a part that is too thin to judge."""
    return _QUESTIONS[part]


def words_and_time(words: int) -> str:
    """Length of an answer for the review: "212 words, about 1 min 30 s spoken"."""
    return f"{_words(words)}, {_time(speaking_seconds(words))} spoken" if words else "No words yet"


def _section(reading: Reading, quote_limit: int) -> str:
    lines = ["<b>What I heard</b>"]
    if reading.total_words < _LITTLE_WORDS:
        lines.append("Too little yet for an interviewer to hear a story. What is missing:")
    lines += [_item("✓", f, quote_limit) for f in reading.strengths[:STRENGTHS_SHOWN]]
    lines += [_item("→", f, quote_limit) for f in reading.findings[:FINDINGS_SHOWN]]
    return "\n\n".join([*lines, _measures(reading)])


def _item(sign: str, finding: Finding, quote_limit: int) -> str:
    quoted = _shown(finding.quote, quote_limit)
    head = f"{sign} <b>{_heading(finding)}</b>"
    return f"{head}{f': <i>“{quoted}”</i>' if quoted else '.'}\n{advice(finding)}"


def _heading(finding: Finding) -> str:
    part = finding.part.value.capitalize() if finding.part else ""
    percent = round(finding.figures.get("share", 0) * 100)
    time = _time(round(finding.figures.get("seconds", 0)))
    match finding.code:
        case Code.NO_NUMBERS if not finding.figures.get("words", 1):
            return "The Result is empty"
        case Code.PART_EMPTY:
            return f"The {part} is empty"
        case Code.PART_LONG:
            return f"The {part} takes {percent} % of the story"
        case Code.PART_SHORT:
            return f"The {part} is only {percent} % of the story"
        case Code.TOO_LONG:
            return f"Long to listen to, {time}"
        case Code.TOO_SHORT:
            return f"Short to listen to, {time}"
        case _:
            return _HEADINGS[finding.code]


def _shown(quote: str, limit: int) -> str:
    """The quote on one line, cut at a word, escaped; empty when nothing in it can be seen."""
    visible = "".join(
        c
        for c in " ".join(quote.split())
        if c not in _ORDER_MARKS and unicodedata.category(c) not in ("Cc", "Cs")
    ).strip()
    if len(visible) > limit:
        cut = visible[: limit - 1]
        visible = (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:.") + "…"
    return escape(visible, quote=False)


def _measures(reading: Reading) -> str:
    """Words and time; below it, for more than a few words, the balance in whole per cents that add up to 100."""
    if not reading.total_words:
        return "No words yet."
    measures = words_and_time(reading.total_words)
    if reading.total_words < _LITTLE_WORDS:
        return measures
    exact = {part: reading.shares[part] * 100 for part in PARTS}
    percents = {part: int(exact[part]) for part in PARTS}
    left = 100 - sum(percents.values())
    for part in sorted(PARTS, key=lambda p: percents[p] - exact[p])[:left]:
        percents[part] += 1
    # Initials, because the four names do not fit a phone's line.
    return f"{measures}\n" + " · ".join(f"{part.value[0].upper()} {percents[part]} %" for part in PARTS)


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"


def _time(seconds: int) -> str:
    """A time to the nearest five seconds: "about 1 min 50 s"."""
    minutes, rest = divmod(5 * round(seconds / 5), 60)
    if not minutes and not rest:
        return "a few seconds"
    return "about " + " ".join(([f"{minutes} min"] if minutes else []) + ([f"{rest} s"] if rest else []))
