"""What the coach says about an answer, in words. Judges nothing: a reading comes in, sentences go out."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from bot.domain.coach import FLAGS, Code, Finding, Progress, Reading, read, speaking_seconds
from bot.domain.terms import PARTS, Part
from bot.screens import probing
from bot.screens.naming import STAR, Naming
from content.schema import Question

READING_LIMIT = 1800
"""UTF-16 units the section may take, tags and entities counted, so that it fits beside others in one message."""

STRENGTHS_SHOWN = 2
ASKED_ONLY = frozenset({Code.BLAMES_OTHERS, Code.OFF_TOPIC})
"""Flags that are not right often enough on answers nothing was learned from (`tests.coach_eval`): they lead to the
question that an interviewer would ask next, and are not said to anybody's face."""

FINDINGS_SHOWN = 2
UNHEARD_SHOWN = 2
POINTS_SHOWN = 2
CHANGES_SHOWN = 4

ADVICE: Mapping[Code, str] = {
    Code.NO_NUMBERS: "Say what changed as a figure: a count, a share, a time or money. An estimate will do.",
    Code.WE_OVER_I: "Tell it as “I …”: what you decided, said and did, step by step.",
    Code.HYPOTHETICAL: "Pick one time when it happened, and tell what you did that day.",
    Code.BLAMES_OTHERS: "Name your own part first: what you could have done, and what you did about it.",
    Code.NO_LEARNING: "Add a sentence on what you do differently since, and when you last did it.",
    Code.DENIES_FAILURE: "Choose a time when it did go wrong, and say so plainly. That is what they ask about.",
    Code.OFF_TOPIC: "Read the question once more and choose a story that answers it.",
    Code.VAGUE: "Tell the two or three things you did, in order, so that one can picture them.",
    Code.PART_EMPTY: "Add a sentence or two, so that the story has all four parts.",
    Code.PART_LONG: "Cut what the listener does not need to follow the rest.",
    Code.PART_SHORT: "Give it more room.",
    Code.TOO_LONG: "Cut to three minutes at most. Start with what happened before you acted.",
    Code.MISPLACED: "Move it to the Result, where it is listened for.",
    Code.LONG_SENTENCE: "Break it in two or three. Say each aloud: where you take breath, a sentence ends.",
    Code.HEDGES: "Say it without them. What you did needs no “kind of” in front.",
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

Asked = tuple[str, Part | None]
"""A question that might come next, and the part its reply belongs to; None if it would begin another story."""

_FOLLOW_UPS: Mapping[Code, Asked] = {
    Code.OFF_TOPIC: ("Which other time comes to mind when you hear the question?", None),
    Code.HYPOTHETICAL: ("When did you last do that, and what happened?", Part.ACTION),
    Code.DENIES_FAILURE: ("What would you do differently if you had that time again?", Part.RESULT),
    Code.BLAMES_OTHERS: ("What was your own part in it?", Part.ACTION),
    Code.VAGUE: ("What was the first thing you did, and what came after it?", Part.ACTION),
    Code.WE_OVER_I: ("Which part of that was yours alone?", Part.ACTION),
    Code.NO_LEARNING: ("What do you do differently today because of it?", Part.RESULT),
    Code.NO_NUMBERS: ("How much did it change, in numbers?", Part.RESULT),
}
"""What an interviewer would ask next about each flag."""

_MENDED: Mapping[Code, str] = {
    Code.NO_NUMBERS: "The Result has a figure now.",
    Code.WE_OVER_I: "I can tell now what you did yourself.",
    Code.HYPOTHETICAL: "It is a time that happened now.",
    Code.BLAMES_OTHERS: "You tell your own part now.",
    Code.NO_LEARNING: "I hear now what you learned.",
    Code.DENIES_FAILURE: "You say plainly now what went wrong.",
    Code.OFF_TOPIC: "It answers the question now.",
    Code.VAGUE: "I can picture the steps now.",
}
"""What is better once a flag is gone."""

_HEADINGS: Mapping[Code, str] = {
    Code.NO_NUMBERS: "The Result has no figure",
    Code.WE_OVER_I: "Hard to tell what you did yourself",
    Code.HYPOTHETICAL: "What you would do, more than what you did",
    Code.BLAMES_OTHERS: "The fault seems to lie with others",
    Code.NO_LEARNING: "I did not hear what you learned",
    Code.DENIES_FAILURE: "It sounds as if nothing went wrong",
    Code.OFF_TOPIC: "This may not answer the question",
    Code.VAGUE: "The steps are hard to picture",
    Code.MISPLACED: "The figure stands in the Action, the Result has none",
    Code.NUMBERS: "The outcome has a figure",
    Code.OWN_DEEDS: "You say what you did yourself",
    Code.BALANCE: "The four parts are in balance",
}


@dataclass(frozen=True, slots=True)
class Since:
    """What changed, and since when: "attempt 1", "your last words"."""

    what: str
    progress: Progress


_QUOTE_LIMITS = (160, 120, 80, 40, 20)
"""Characters a quote may have on screen, tried in this order until the section fits."""

_ORDER_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LITTLE_WORDS = 25


def reading_html(
    reading: Reading,
    points: Mapping[str, str] = MappingProxyType({}),
    naming: Naming = STAR,
    since: Since | None = None,
    nth: int = 0,
) -> str:
    """The section "What I heard" as Telegram HTML of at most `READING_LIMIT` UTF-16 units.

    ``points`` holds the text of each point of the question by its id, to ask about those not heard; ``naming``
    is what its parts are called; ``since`` compares with what was heard before; the ``nth`` of `questions` ends it.
    """
    changes = [] if since is None else [_changes(since, points)]
    tail = [*changes, *_asked(reading, points, naming, nth), _measures(reading, naming)]
    sections = (_section(reading, naming, tail, limit) for limit in _QUOTE_LIMITS)
    shortest = ""
    for shortest in sections:
        if len(shortest.encode("utf-16-le", "surrogatepass")) // 2 <= READING_LIMIT:
            break
    return shortest


def line(parts: Mapping[Part, str], record_id: object, question: Question | None) -> dict[str, object]:
    """One record of `starling coach`, ready for JSON.

    ``flags`` holds flags in the sense of the glossary only; what concerns shape follows from ``words`` and
    ``speaking_seconds``. ``points`` is empty when ``question`` is None, which is for a question not known here.
    """
    heard = read(parts, question.rubric()) if question else read(parts)
    return {
        "id": record_id,
        "flags": [
            {"code": f.code.value, "quote": f.quote, "advice": advice(f)}
            for f in heard.findings
            if f.code in FLAGS
        ],
        "points": [{"id": p.id, "heard": p.heard, "quote": p.quote} for p in heard.points],
        "words": {part.value: heard.words[part] for part in PARTS},
        "speaking_seconds": heard.speaking_seconds,
    }


def point_texts(question: Question | None) -> Mapping[str, str]:
    """The text of each point by its id; empty without a question."""
    return {point.id: point.text for point in question.points} if question else {}


def questions(
    reading: Reading, points: Mapping[str, str] = MappingProxyType({}), naming: Naming = STAR
) -> list[Asked]:
    """What an interviewer might ask next, about the weakest spot first; none where hardly anything was told."""
    if reading.total_words < _LITTLE_WORDS:
        return []
    asked: list[Asked] = []
    for finding in reading.findings:
        if finding.code in _FOLLOW_UPS:
            asked.append(_FOLLOW_UPS[finding.code])
        elif finding.code is Code.PART_EMPTY and finding.part:
            question = naming.prompts[finding.part] if naming.is_own else _QUESTIONS[finding.part]
            asked.append((question, finding.part))
    return asked + [probing.ask(point) for point in _unheard(reading, points)]


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


def _unheard(reading: Reading, points: Mapping[str, str]) -> list[str]:
    return [points[p.id] for p in reading.points if p.judged and not p.heard and p.id in points]


def _inside(point: str) -> str:
    """A point's text within a sentence: without its full stop, and with a small first letter."""
    return point[:1].lower() + point[1:].rstrip(".")


def _asked(reading: Reading, points: Mapping[str, str], naming: Naming, nth: int) -> list[str]:
    """What was not heard, and the question that would come next; neither where hardly anything was told."""
    if reading.total_words < _LITTLE_WORDS:
        return []
    question = next((question for question, _part in questions(reading, points, naming)[nth:]), "")
    unheard = [text for text in _unheard(reading, points) if probing.ask(text)[0] != question][:UNHEARD_SHOWN]
    said = [escape(f"I did not hear that {_inside(text)}.", quote=False) for text in unheard]
    asked = f"They might ask next: <i>{escape(question, quote=False)}</i>"
    return ["\n".join(said)] * bool(said) + [asked] * bool(question)


def _section(reading: Reading, naming: Naming, tail: list[str], quote_limit: int) -> str:
    lines = ["<b>What I heard</b>"]
    if reading.total_words < _LITTLE_WORDS:
        lines.append("Too little yet for an interviewer to hear a story. What is missing:")
    lines += [_item("✓", f, naming, quote_limit) for f in reading.strengths[:STRENGTHS_SHOWN]]
    said = [finding for finding in reading.findings if finding.code not in ASKED_ONLY]
    lines += [_item("→", f, naming, quote_limit) for f in said[:FINDINGS_SHOWN]]
    return "\n\n".join([*lines, *tail])


def _changes(since: Since, points: Mapping[str, str]) -> str:
    """What changed since the attempt before, as a paragraph of a few lines."""
    changed = since.progress
    lines = [_MENDED[fault.code] for fault in changed.mended if fault.code in _MENDED]
    gained = [_inside(points[point]) for point in changed.gained if point in points]
    lines += [f"I hear now that {text}." for text in gained[:POINTS_SHOWN]]
    lost = [_inside(points[point]) for point in changed.lost if point in points]
    lines += [f"I heard before, and not now, that {text}." for text in lost[:1]]
    if changed.seconds is not None:
        before, after = map(_time, changed.seconds)
        lines.append(f"It takes {after} to say, {before} before.")
    said = lines[:CHANGES_SHOWN] or ["Much as before, as far as I can hear."]
    return "\n".join([f"<b>Since {since.what}</b>", *(escape(line, quote=False) for line in said)])


def _item(sign: str, finding: Finding, naming: Naming, quote_limit: int) -> str:
    quoted = _shown(finding.quote, quote_limit)
    heading = escape(naming.reworded(_heading(finding)), quote=False)
    # What is advised for one of the four STAR parts does not hold for a part of another name.
    said = escape(naming.reworded(ADVICE[finding.code]), quote=False) if naming.is_own else advice(finding)
    return f"{sign} <b>{heading}</b>{f': <i>“{quoted}”</i>' if quoted else '.'}\n{said}"


def _heading(finding: Finding) -> str:
    part = finding.part.value.capitalize() if finding.part else ""
    percent = round(finding.figures.get("share", 0) * 100)
    time = _time(round(finding.figures.get("seconds", 0)))
    match finding.code:
        case Code.VAGUE if not finding.figures.get("words", 1):
            return "The Action is empty"
        case Code.NO_NUMBERS if not finding.figures.get("words", 1):
            return "The Result is empty"
        case Code.PART_EMPTY:
            return f"The {part} is empty"
        case Code.PART_LONG:
            return f"The {part} takes {percent} % of the story"
        case Code.PART_SHORT:
            return f"The {part} is only {percent} % of the story"
        case Code.LONG_SENTENCE:
            return f"One sentence has {round(finding.figures.get('words', 0))} words"
        case Code.HEDGES:
            return f"{round(finding.figures.get('count', 0))} hedges and fillers, such as here"
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


def _measures(reading: Reading, naming: Naming) -> str:
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
    initials = naming.initials()
    shares = " · ".join(f"{escape(initials[part], quote=False)} {percents[part]}" for part in PARTS)
    return f"{measures}\nBalance: {shares} %"


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"


def _time(seconds: int) -> str:
    """A time to the nearest five seconds: "about 1 min 50 s"."""
    minutes, rest = divmod(5 * round(seconds / 5), 60)
    if not minutes and not rest:
        return "a few seconds"
    return "about " + " ".join(([f"{minutes} min"] if minutes else []) + ([f"{rest} s"] if rest else []))
