"""Reads an answer: what is measurable in it, with the person's own words. The sentences on screen are elsewhere.

Here stands which part is read for what; the rules of each finding are in the files beside this one.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from bot.domain.coach import flags, learned, manner, points, rules, shape, weighing
from bot.domain.coach.findings import Code, Finding, Heard, Reading, Rubric
from bot.domain.coach.flags import Fault
from bot.domain.coach.manner import TELLS_OUTCOME
from bot.domain.coach.numbers import Figure, figures
from bot.domain.coach.text import (
    Span,
    is_blank,
    is_repetitive,
    points_elsewhere,
    quote,
    read_closely,
    sentences,
    words,
)
from bot.domain.coach.voice import Voice, voice
from bot.domain.terms import PARTS, Part

PRAISE_MIN_WORDS = 25
"""A shorter answer is not praised: too little was said to be good at anything."""

PRAISE_MIN_DEEDS = 3
"""Fewer deeds told as "I" are not yet a way of telling."""

STORY_MIN_WORDS = 25
"""A part this long can hold the story of another that was left empty."""

OUTCOME_TAIL = 0.6
"""Where a whole story stands in one part, its outcome is sought behind this fraction of the text."""

THIN_WORDS: Mapping[Part, int] = {Part.SITUATION: 6, Part.TASK: 4, Part.ACTION: 10, Part.RESULT: 8}
"""A part with fewer words is too thin to judge; a Result with a figure never is."""

ASKED_MAX_WORDS = 40
"""A part with so many words is not asked about for what it lacks."""

_COUNTS = re.compile(r"\d")  # as with most Results; looking for figures told in words costs more than a step

NO_RUBRIC = Rubric()

_UNTOLD = (Code.OFF_TOPIC, Code.BLAMES_OTHERS)
"""Flags with which an answer makes no point of its question, where they are sure."""

POINTS_MIN_WORDS = 12
"""Below this an answer makes no point that an interviewer would believe."""

RECITED_SHARE = 0.35
"""Above this share of words copied from what the person was shown, an answer is recited, not told."""

_RANK = (
    Code.OFF_TOPIC,
    Code.HYPOTHETICAL,
    Code.DENIES_FAILURE,
    Code.BLAMES_OTHERS,
    Code.VAGUE,
    Code.WE_OVER_I,
    Code.NO_LEARNING,
    Code.MISPLACED,
    Code.NO_NUMBERS,
    Code.PART_EMPTY,
    Code.TOO_LONG,
    Code.PART_SHORT,
    Code.PART_LONG,
    Code.TOO_SHORT,
    Code.LONG_SENTENCE,
    Code.HEDGES,
)
_PART_RANK = (Part.ACTION, Part.RESULT, Part.SITUATION, Part.TASK, None)


def prepare() -> None:
    """Load what was learned, so that the first reading does not wait for it."""
    weighing.weights()
    learned.learned()


def read(parts: Mapping[Part, str], rubric: Rubric = NO_RUBRIC) -> Reading:
    """What the coach heard in an answer; a part that is missing counts as empty.

    Without a rubric no point is judged, and only what holds for any question is found. All words are counted; of a
    part far longer than an answer should be, only the beginning is judged.
    """
    counts = {part: words(parts.get(part, "")) for part in PARTS}
    told = {part: read_closely(parts.get(part, "")) for part in PARTS}
    total = sum(counts.values())
    said = voice(_story(told, Part.ACTION))
    outcome = _outcome(told)
    faults = _faults(told, rubric)
    found = [
        *_empty_parts(told, outcome),
        *_we_over_i(told, said),
        *_no_numbers(told, outcome),
        *_told_faults(told, rubric, faults),
        *(() if any(map(_is_empty, told.values())) else shape.balance_findings(told, counts)),
        *shape.time_findings(total),
        *manner.misplaced(told),
        *manner.manner_findings(told, total),
    ]
    findings = sorted(
        (finding for finding in found if finding.code not in rubric.unflagged),
        key=lambda f: (_is_doubtful(f, faults), _RANK.index(f.code), _PART_RANK.index(f.part)),
    )
    return Reading(
        words=counts,
        shares=shape.shares(counts),
        total_words=total,
        speaking_seconds=shape.speaking_seconds(total),
        findings=tuple(findings),
        strengths=()
        if _is_recited("\n".join(told.values()), rubric)
        else tuple(_strengths(told, counts, said, outcome)),
        points=_points(told, rubric, faults, {finding.code for finding in findings}),
    )


def _is_doubtful(finding: Finding, faults: Mapping[Code, Fault]) -> bool:
    """Whether other findings come first: a story that may be beside the question is heard to its end before."""
    return finding.code is Code.OFF_TOPIC and finding.code in faults and not faults[finding.code].sure


def _faults(told: Mapping[Part, str], rubric: Rubric) -> Mapping[Code, Fault]:
    """The flags in what is told, without those the question does not want."""
    if all(map(_is_empty, told.values())):
        return {}
    return {c: fault for c, fault in flags.found(told, rubric).items() if c not in rubric.unflagged}


def _points(
    told: Mapping[Part, str], rubric: Rubric, faults: Mapping[Code, Fault], found: set[Code]
) -> tuple[Heard, ...]:
    """The points heard; none in an answer that surely tells no deed of the speaker's, or says too little.

    Who perhaps blames others keeps what is told elsewhere: only in the sentence of blame no point is heard.
    """
    whole = "\n".join(told.values())
    if (
        _tells_nothing(faults, whole)
        or words(whole) < POINTS_MIN_WORDS
        or is_repetitive(whole)
        or _is_recited(whole, rubric)
    ):
        return points.nothing_heard(rubric)
    heard = points.heard(told, rubric, found)
    blame = faults.get(Code.BLAMES_OTHERS)
    if not blame or not blame.place:
        return heard
    said = told[blame.place.part][slice(*blame.place.sentence)]
    return tuple(Heard(h.id, heard=False) if h.heard and h.quote in said else h for h in heard)


def _tells_nothing(faults: Mapping[Code, Fault], whole: str) -> bool:
    """Whether an answer makes no point of its question: imagined, surely beside it or about others, or only phrases."""
    sure = {code for code, fault in faults.items() if fault.sure}
    only_phrases = Code.VAGUE in faults and rules.lofty_share(whole) > flags.LOFTY_SHARE
    return Code.HYPOTHETICAL in faults or only_phrases or not sure.isdisjoint(_UNTOLD)


def _is_recited(whole: str, rubric: Rubric) -> bool:
    """Whether much of an answer is what the person was shown."""
    return points.copied_share(whole, rubric) > RECITED_SHARE


def _told_faults(told: Mapping[Part, str], rubric: Rubric, faults: Mapping[Code, Fault]) -> Iterator[Finding]:
    """The faults that lie in what is told, each with the sentence that shows it."""
    if all(map(_is_empty, told.values())) and rubric.asks_lesson:
        yield Finding(Code.NO_LEARNING, Part.RESULT)
    for code, fault in faults.items():
        place = fault.place
        if place:
            yield Finding(code, place.part, quote(told[place.part], place.sentence, place.focus))
        else:
            yield Finding(code, Part.RESULT, shape.opening(told[Part.RESULT]))


def thin(part: Part, text: str, unflagged: Collection[Code] = frozenset()) -> bool:
    """Whether to ask about a part, once: too short, "dunno", a Result without a figure, an Action without a step.

    What is ``unflagged`` is not asked about either.
    A longer part is not asked about: who told that much has told what there is, and the reading says the rest.
    """
    count = words(text)
    if count < STORY_MIN_WORDS and is_blank(text):
        return True
    if count < THIN_WORDS[part]:
        return not (part is Part.RESULT and figures(text))
    if len(set(text.lower().split())) < 3 and is_repetitive(text):  # "ok ok ok ok ok ok ok"
        return True
    if count >= ASKED_MAX_WORDS:
        return False
    if part is Part.RESULT:
        return Code.NO_NUMBERS not in unflagged and not _COUNTS.search(text) and not figures(text)
    if part is not Part.ACTION or Code.VAGUE in unflagged:
        return False
    concrete, general = rules.concrete_and_general(text)
    return general > 0 and concrete == 0


def _is_empty(text: str) -> bool:
    return is_blank(text) or points_elsewhere(text)


def _host(told: Mapping[Part, str], part: Part) -> Part:
    """The part in which this one is told: itself, or when it is empty the longest that can hold it."""
    if not _is_empty(told[part]):
        return part
    longest = max((p for p in PARTS if p is not part), key=lambda p: words(told[p]))
    return longest if words(told[longest]) >= STORY_MIN_WORDS else part


def _story(told: Mapping[Part, str], part: Part) -> str:
    """The text in which a part is told; empty when it is told nowhere."""
    text = told[_host(told, part)]
    return "" if _is_empty(text) else text


def _outcome(told: Mapping[Part, str]) -> list[Figure]:
    """The figures of the Result; of the end of the story where the Result was left empty.

    There, a figure in a sentence about the speaker's deeds ("I rang 12 families") is no outcome, unless it says
    what the deed brought about ("I cut the waiting time by half").
    """
    text = _story(told, Part.RESULT)
    found = figures(text)
    if _host(told, Part.RESULT) is Part.RESULT:
        return found
    return [
        f
        for f in found
        if f.span.start >= len(text) * OUTCOME_TAIL
        and (
            not voice(text[f.sentence.start : f.sentence.end]).own
            or (f.strong and TELLS_OUTCOME.search(text, *f.sentence))
        )
    ]


def _empty_parts(told: Mapping[Part, str], outcome: list[Figure]) -> Iterator[Finding]:
    """An empty Action as vague, other empty parts as such; an empty Result without a figure has its own finding."""
    for part in PARTS:
        if not _is_empty(told[part]):
            continue
        own_words = shape.opening(told[part])
        if part is Part.ACTION:
            yield Finding(Code.VAGUE, part, own_words, {"words": 0})
        elif part is not Part.RESULT:
            yield Finding(Code.PART_EMPTY, part, own_words)
        elif outcome:
            text = _story(told, part)
            yield Finding(Code.PART_EMPTY, part, quote(text, outcome[0].sentence, outcome[0].span))


def _we_over_i(told: Mapping[Part, str], said: Voice) -> Iterator[Finding]:
    """Whether one cannot tell what the speaker did: no deed of one's own, or one against three of others."""
    if said.team and said.team_sentence and said.own < 4 and said.own * 3 <= said.team:
        text = _story(told, Part.ACTION)
        yield Finding(
            Code.WE_OVER_I, Part.ACTION, quote(text, said.team_sentence), {"own": said.own, "team": said.team}
        )


def _no_numbers(told: Mapping[Part, str], outcome: list[Figure]) -> Iterator[Finding]:
    """Whether the outcome is told without a figure, with the sentence that could have had one."""
    if outcome:
        return
    text = _story(told, Part.RESULT)
    spans = sentences(text)
    if _host(told, Part.RESULT) is not Part.RESULT:
        spans = spans[-1:]
    best: Span | None = next(
        (s for s in spans if TELLS_OUTCOME.search(text, *s)), spans[0] if spans else None
    )
    own_words = quote(text, best) if best else shape.opening(told[Part.RESULT])
    yield Finding(Code.NO_NUMBERS, Part.RESULT, own_words, {"words": words(text)})


def _strengths(
    told: Mapping[Part, str], counts: Mapping[Part, int], said: Voice, outcome: list[Figure]
) -> Iterator[Finding]:
    """What is good, only where enough was said in words that do not merely repeat."""
    if sum(counts.values()) < PRAISE_MIN_WORDS or is_repetitive(" ".join(told.values())):
        return
    if outcome:
        text = _story(told, Part.RESULT)
        best = next((f for f in outcome if f.strong), outcome[0])
        if words(text[best.sentence.start : best.sentence.end]) >= 3:
            yield Finding(Code.NUMBERS, Part.RESULT, quote(text, best.sentence, best.span))
    text = _story(told, Part.ACTION)
    told_in_steps = len(sentences(text)) > 1
    if told_in_steps and said.own >= PRAISE_MIN_DEEDS and said.own > said.team and said.own_sentence:
        yield Finding(Code.OWN_DEEDS, Part.ACTION, quote(text, said.own_sentence))
    if not any(map(_is_empty, told.values())) and shape.is_balanced(counts):
        yield Finding(Code.BALANCE)
