"""Finds outcomes told in figures. Says where they stand, not whether they are good.

A figure is an outcome when it counts or measures something: a count, a share, money, a time, a rating, a
comparison. A year, a date, an hour of the day, a version, a label ("Year 5"), an age, a tenure, a bare team
size or the number of lessons is not.

Every repetition in the patterns is bounded, so that no text takes more than linear time.
"""

import re
from itertools import islice
from typing import NamedTuple

from bot.domain.coach.text import Span, sentences

_LOOK_CHARS = 48
"""How far left and right of a number its meaning is sought."""

_READ_CHARS = 16_000
"""Where the search ends: about 20 minutes of talk, and the costliest step of a reading."""

_NUMBERS_A_SENTENCE = 60
"""How many bare numbers of one sentence are looked at; a sentence with more is a table."""

_SMALL = "two|three|four|five|six|seven|eight|nine"
_WORD = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|{_SMALL}))?"
    rf"|{_SMALL}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|hundreds?|thousands?|millions?|billions?|lakhs?|crores?|dozens?|zero|nil)"
)
_DIGITS = r"(?<!\d)(?<!\d[.,])\d{1,12}(?:[.,]\d{1,6}){0,4}"
_N = rf"(?:{_DIGITS}|\b{_WORD}\b)"
_A = r"(?:an?|one)"
_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|fortnights?|months?|years?|sprints?)"
)
_FRACTION = r"(?:third|quarter|fifth|tenth)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_TEAM = (
    r"(?:team|crew|squad|group|department|staff|unit|class|company|family|office|shift|pod|committee|board|firm"
    r"|start-?up)"
)
_PEOPLE = (
    r"(?:people|persons|members|colleagues|staff|employees|engineers|developers|devs|agents|nurses|teachers"
    r"|drivers|workers|volunteers|analysts|designers|technicians|cooks|carers|guys|reports|interns|apprentices)"
)


def _any(*patterns: str) -> re.Pattern[str]:
    """One pattern that matches what any of the given ones does, whatever the case."""
    return re.compile("|".join(patterns), re.IGNORECASE)


_IDIOM = _any(
    r"\b(?:24[/-]7|9[ -]?(?:to|-)[ -]?5|50[/-]50|1[:-]1s?|1[- ]on[- ]1|360(?:[- ]degrees?)?|180[- ]degrees?)\b",
    r"\b(?:gave|give|giving|given) (?:it |my |her |his |their )?1[01]0 ?(?:%|per ?cent)",
    r"\b1[01]0 ?(?:%|per ?cent) (?:sure|certain|committed|honest|agree|behind|right)\b",
    r"\b(?:cloud nine|two cents|two minds|two and two|second to none|once or twice)\b",
    r"\b(?:one|a thing|a word|an hour) or two\b",
    r"\b(?:a |one )?(?:thousand|million|hundred) (?:times|things|thanks|reasons|questions|miles)\b",
    r"\bdoubl(?:ed|ing) (?:down|over|back|up)\b",
    r"\b(?:covid|iso|en|din|bs|rfc|b2|w)[- ]?\d{1,6}(?:[-:]\d{1,6})?\b",
)
"""Numbers in sayings and names, which count nothing."""

_STRONG = _any(
    # shares and money
    rf"{_N}[ \u00a0\u202f-]?(?:%|per ?cent\b|pct\b|percentage points?\b|basis points\b)",
    r"[£$€₹¥₱₦₩][ \u00a0]?\d",
    rf"{_N}[ \u00a0\u202f-]?(?:k|m|bn|million|thousand|grand|lakh|crore|dollars?|euros?|pounds?|bucks|quid"
    r"|usd|eur|gbp|rupees|pesos|rand|francs|zloty|kroner|cents)\b",
    r"\b(?:a|one) (?:million|hundred|thousand)\b",
    # multiples and fractions
    r"\b(?:doubl|tripl|quadrupl|halv)(?:ed|ing)\b|\bhalve\b|\b(?:triple|quadruple)\b",
    r"\bdouble (?:the|what|that|our|its|as|my|last)\b|\b(?:twice|thrice) (?:as|the|what|that|our|my|its)\b",
    rf"\b(?:{_WORD}|\d{{1,4}})-?fold\b|(?<![\d.])\d{{1,4}}(?:\.\d{{1,2}})?x\b",
    rf"{_N} times (?:as|more|less|fewer|faster|higher|lower|the|better|bigger|quicker|longer|over)\b",
    r"\b(?:in|by|about|nearly|almost) half\b(?! (?:term|past|time|an?\b))",
    r"(?<!second )(?<!first )(?<!other )\bhalf (?:of(?! me\b| myself\b)|the|as|what|our|that|their|my)\b",
    r"\bhalf (?:a (?:million|day)|an hour)\b",
    rf"\b{_A} {_FRACTION} (?:of|less|more|fewer|faster|off|shorter|lower|higher|quicker)\b|\bby {_A} {_FRACTION}\b",
    rf"\b(?:two|three|four|nine)[- ]{_FRACTION}s\b",
    # so many of so many, ranks and marks
    rf"\bone in (?:every )?(?:{_WORD}|\d{{1,6}})\b|{_N} (?:out of|of (?:the|those|my|our)) {_N}",
    rf"\b(?:not one|none) of (?:the |our |my )?{_N}|\b(?:first|second|third) (?:place )?(?:out )?of {_N}",
    r"(?<![\d/])\d{1,3}/(?:5|10|20|50|100)(?![\d/])|\bfive[- ]stars?\b",
    r"\b(?:only|down to|just) one\b(?! (?:of|another|thing|who|way))|\b(?:one|a) (?:per|out of)\b",
    r"\b(?:fewer than|less than|exactly) one (?:person|customer|complaint|error)\b",
    # time
    rf"\b{_UNIT} (?:instead of|rather than|not) {_UNIT}\b",
    rf"\bfrom (?:several |a few |many )?(?!week to week|day to day){_UNIT} to"
    rf" (?:just |only |a few |under an? )?{_UNIT}\b",
    rf"\b(?:{_A}|half an?) (?:full |whole )?{_UNIT} (?:early|earlier|ahead|faster|sooner|quicker|late|behind"
    r"|over|under|less|shorter|per|a|each|every)\b",
    rf"\b(?:took|takes|within|under)(?: \w{{1,8}})? {_A} (?:full |whole )?{_UNIT}\b|\bin (?:just |only )?one {_UNIT}\b",
    rf"\ba fortnight\b(?! (?:later|ago))|\bsav(?:ed|es|ing) (?:\w{{1,12}} ){{0,3}}{_UNIT}\b",
    rf"\b{_UNIT} (?:saved|early|ahead of|sooner|faster|shorter)\b",
)
"""Figures that are an outcome wherever they stand in a Result."""

_GRADE = re.compile(
    r"(?<![\w-])(?:from (?:an? )?[A-F][+-]?|[B-F][+-]|[C-F]) (?:to|up to|→|->) (?:an? )?[A-E](?:[+-]|\b)(?!\w)"
)
_FROM_TO = _any(
    rf"({_N})(?: ?\w{{1,14}}%?){{0,3}} ?(?:\bdown to|\bup to|\bto|→|->) (?:\w{{1,8}} ){{0,2}}({_N})",
)
_COUNT = _any(_N)

_NOT_BEFORE = re.compile(
    r"(?:\b(?:year|room|level|phase|step|stage|version|v|release|section|chapter|part|grade|class|band|tier|type"
    r"|page|line|no|ticket|issue|unit|building|floor|ward|bay|gate|platform|route|bus|terminal|warehouse|python"
    r"|java|windows|ios|android|office|excel|sprint|season|week|day|month|quarter|aged?|block|lot|plot|flat"
    r"|apartment|option|plan|item|article|rule|model|formula|form|exhibit|module|appendix|figure|table|team|ks"
    r"|key stage)s?\.?"
    r"|(?:ticket|order|invoice|case|bus|room|flight|phone|account|serial|part) number|#|['’]|\d[:h/]"
    rf"|\b{_MONTH}(?: the)?|\b(?:19|20)\d\d ?[-/–]|(?:half|quarter) (?:past|to)"
    r"|\b(?:the|these|those|both|other|or|us|you|between)(?: other| first| last)?"
    rf"|\b{_TEAM} (?:of|with)(?: about| around| over| nearly| only| just| now| roughly)?|\b{_TEAM},"
    r"|\bi (?:was|am)(?: only| just)?"
    r"|\bafter(?: about| around| only| just| another)?|\b(?:for|in|over|during) the (?:past|last|next|first)"
    r"|\b(?:opened|started|began|left|arrived|came|met|closed|finished|ready|home|meeting) at)\s?[-.]?$",
    re.IGNORECASE,
)
"""What stands before a number that is a label, a date, an age, an hour or the size of a team."""

_NOT_AFTER = _any(
    r"(?:st|nd|rd|th|s)\b|[:.]\d\d\b|/\d",
    r"\s?(?:am|pm|a\.m|p\.m|o['’]clock|in the (?:morning|afternoon|evening)|at night)\b",
    rf"[- ](?:years?|yrs?|months?)[- ]old\b|\s(?:of )?{_MONTH}\b",
    rf"-(?:person|people|man|woman|member|strong|head)\b|[- ](?:person|people|man|member)[- ]{_TEAM}\b|[- ]strong\b",
    rf" of us\b|\s{_PEOPLE}?\s?(?:in|on) (?:the|my|our|this|that) (?:\w{{1,12}} )?{_TEAM}\b",
    rf"\s{_UNIT} (?:later|ago|after\b|afterwards|on\b|in\b|into\b|down the line|of experience)",
    r"\s(?:\w{1,12}\s)?(?:things?|lessons?|learnings|takeaways?|reasons?|steps?|ways?|sides|stages|phases|rules?"
    r"|habits?|parts)\b",
    r"\stimes (?:a|per|each|every) (?:day|week|month|year)",
)
"""What stands after a number that is an hour, an age, a date, a team, a moment in the story or a list of lessons."""

_SPEC = _any(
    r"-(?:page|hour|minute|min|day|week|month|year|step|part|stage|way|point)s?[- ](?!delay|rise|increase|drop"
    r"|improvement|reduction|saving|turnaround|lead|gap|cut|decrease|gain|jump|fall|lift|boost|streak)"
)
"""What makes a number an adjective of some thing ("a 12-page guide"), not of a change ("a 2-week delay")."""

_TOGETHER = _any(
    r"\b(?:managed?|lead|led|supervised?|look after|close with|close to|touch with|friends with|work(?:ed|ing)? with"
    r"|there (?:are|were)|there['’]s|we (?:are|were)|we['’]re|my|our|his|her|their)"
    r"(?: now| still| only| all| about)?(?: the| my)?\s$"
)
_TOGETHER_AFTER = _any(rf"\s(?:other )?(?:of (?:us|them)|{_PEOPLE})\b|\s?(?:[.,;]\s|[.,;]?$)")
_TENURE = _any(
    r"\b(?:been|worked|working|works|am|employed|stayed|doing)\b[^.]{0,32}\b(?:for|since|these|over)?\s$"
)
_TENURE_AFTER = _any(r"\s(?:years|months)\b(?! (?:early|ahead|without))")
_ROUTINE = r"(?:check|ask|read|test|keep|make|use|do|write|take|put|go|count|send|double)"
_HABIT = _any(
    r"\b(?:i(?:['’]ll)?|we) (?:now |still |also )?(?:always|never|will|plan to|want to|would|should|usually"
    r"|try to)\b[^.]{0,40}$",
    rf"\bnow(?: i|,)[^.]{{0,24}}\bi? ?{_ROUTINE}\b[^.]{{0,24}}$|\bi now {_ROUTINE}\b[^.]{{0,32}}$",
    r"\b(?:next time|in future|in the future|going forward)\b[^.]{0,40}$",
)
"""What stands before a number in a habit or an intention, which is no outcome yet."""

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
_YEAR_CUE = _any(
    r"\b(?:in|since|until|till|during|early|late|mid|of|spring|summer|autumn|fall|winter|fy|q[1-4])\s?$",
    rf"\b{_MONTH}\s?$|[(,/–-]\s?$",
)
_PLURAL_AFTER = re.compile(r"\s(?:[a-z]{2,12}\s)?[a-z]{2,14}s\b")
_NAME_BEFORE = re.compile(r"\S\s[A-Z]\w{1,15}\s$")
_NAME_ENDS = re.compile(r"\s{0,9}(?:$|[.,;:!?)\n]|(?:and|or|in|on|with|for|by|to)\b)")


class Figure(NamedTuple):
    """An outcome told in figures: where it stands, its sentence, and whether it is more than a bare count."""

    span: Span
    sentence: Span
    strong: bool


def figures(text: str) -> list[Figure]:
    """The outcomes told in figures, in the order of the text."""
    plain = _IDIOM.sub(lambda m: " " * (m.end() - m.start()), text[:_READ_CHARS])
    found: list[Figure] = []
    for sentence in sentences(text[:_READ_CHARS]):
        strong = _strong(plain, sentence)
        if strong:
            found.append(Figure(strong, sentence, strong=True))
            continue
        count = _count(plain, sentence)
        if count:
            found.append(Figure(count, sentence, strong=False))
    return found


def _strong(text: str, sentence: Span) -> Span | None:
    """The first figure of the sentence that needs no context, None when there is none."""
    for pattern in (_STRONG, _GRADE):
        match = pattern.search(text, sentence.start, sentence.end)
        if match:
            return Span(*match.span())
    for match in islice(_FROM_TO.finditer(text, *sentence), _NUMBERS_A_SENTENCE):
        if not any(_YEAR.fullmatch(number) for number in match.groups()) and _is_count(
            text, match.span(2), sentence
        ):
            return Span(*match.span())
    return None


def _count(text: str, sentence: Span) -> Span | None:
    """The first bare number of the sentence that counts an outcome, None when there is none."""
    for match in islice(_COUNT.finditer(text, *sentence), _NUMBERS_A_SENTENCE):
        if _is_count(text, match.span(), sentence):
            return Span(*match.span())
    return None


def _is_count(text: str, number: tuple[int, int], sentence: Span) -> bool:
    """Whether the words around a number leave it a count of an outcome."""
    start, end = number
    before = text[max(sentence.start, start - _LOOK_CHARS) : start]
    after = text[end : min(sentence.end, end + _LOOK_CHARS)]
    if before[-1:].isalpha() or before[-1:] == "_" or text[start:end].count(".") > 1:
        return False
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after) or _SPEC.match(after) or _HABIT.search(before):
        return False
    if _TOGETHER.search(before) and _TOGETHER_AFTER.match(after):
        return False
    if _TENURE.search(before) and _TENURE_AFTER.match(after):
        return False
    if _YEAR.fullmatch(text[start:end]) and (_YEAR_CUE.search(before) or not _PLURAL_AFTER.match(after)):
        return False
    return not (_NAME_BEFORE.search(before) and _NAME_ENDS.match(after))
