"""Who does what in a sentence: every word with its actor, and whether it is denied or merely wished for.

A light reading, word by word, without a grammar. It has to bear typing without punctuation, dropped subjects and
English learned late, so each rule looks at a few words only. Linear in the length of the text.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from bot.domain.coach import lexicon
from bot.domain.coach.classes import CLASSES
from bot.domain.coach.lexicon import listed
from bot.domain.coach.stems import stem
from bot.domain.coach.text import Span, sentences


class Actor(StrEnum):
    """Whose deed a word tells of; NOBODY for a passive or where no subject can be made out."""

    SPEAKER = "speaker"
    TEAM = "team"
    OTHER = "other"
    NOBODY = "nobody"


class Word(NamedTuple):
    """One word in its sentence.

    ``form`` is in lower case without contraction ("didn't" is "did", "not"); ``stem`` its common form. ``denied``:
    within reach of a negation. ``unreal``: wished for, planned, imagined or advised, not done. ``breaks``: a comma
    or the like stands before it. ``would``: told with "would", be it a habit or a fancy.
    """

    form: str
    stem: str
    span: Span
    actor: Actor
    denied: bool
    unreal: bool
    breaks: bool
    would: bool


class Sentence(NamedTuple):
    """A sentence as words, with its place in the text.

    ``stems`` are those of its words, and `NUMBER` when there is one.
    """

    span: Span
    words: tuple[Word, ...]
    stems: frozenset[str]


NUMBER = "@number"
_NUMBER_WORDS = listed(
    """two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred dozen half twice
    double zero third quarter"""
)


_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*%?|[,;:()–—\"“”]|\s-\s")
_BREAKS = frozenset(',;:()–—-"“”')
_CONTRACTED = {
    "im": "i am", "i'm": "i am", "ive": "i have", "i've": "i have", "i'll": "i will", "i'd": "i 'd",
    "we're": "we are", "we've": "we have", "we'd": "we 'd", "we'll": "we will", "weve": "we have",
    "he'd": "he 'd", "she'd": "she 'd", "they'd": "they 'd", "you'd": "you 'd", "youd": "you 'd",
    "they're": "they are", "he's": "he is", "she's": "she is", "it's": "it is", "that's": "that is", "thats": "that is",
    "cant": "can not", "can't": "can not", "cannot": "can not", "wont": "will not", "won't": "will not",
    "shan't": "shall not", "dont": "do not", "didnt": "did not", "doesnt": "does not", "wasnt": "was not",
    "werent": "were not", "isnt": "is not", "arent": "are not", "havent": "have not", "hasnt": "has not",
    "hadnt": "had not", "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not", "ain't": "is not",
    "noone": "nobody", "gonna": "going to", "wanna": "want to", "ppl": "people", "bc": "because", "cuz": "because",
    "theyre": "they are", "youre": "you are", "hes": "he is", "shes": "she is", "dunno": "do not know",
}  # fmt: skip
_NEGATIONS = listed("not never no nobody none neither nor without hardly barely nothing")
_NEGATION_ENDS = listed("but until till unless except instead because so although though")
_MODALS = listed("should could might may ought must shall")
_WISHES = listed("want wish hope intend mean plan like love prefer")
_SUBJECT_OTHERS = listed("the-it he she they it you who which someone somebody nobody everyone everybody")
_OPENS = listed(
    """and but so because when while where that if as after before until till since although though which
    who then because what how why"""
)
_DETERMINERS = listed("the a an my our his her their this that these those one another some each every")
_AUXILIARIES = listed("was were is are has had have did does do will would could can should might says goes")
_IRREAL_OPENERS = listed("if ideally hypothetically")
_CAPITAL = re.compile(r"[A-Z][a-zà-ÿ]+")
_NOT_NAMES = listed("I The A My Our We He She They It So And But Then When After In On At Since Now")


@lru_cache(maxsize=16)
def parse(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, word by word."""
    return tuple(_sentence(span, _words(text, span)) for span in sentences(text))


def is_number(form: str) -> bool:
    """Whether a word is a number, in digits or spelt out."""
    return form[:1].isdigit() or form in _NUMBER_WORDS


def _sentence(span: Span, words: tuple[Word, ...]) -> Sentence:
    stems = {word.stem for word in words}
    return Sentence(
        span, words, frozenset(stems | ({NUMBER} if any(is_number(w.form) for w in words) else set()))
    )


class _Raw(NamedTuple):
    form: str
    span: Span
    breaks: bool
    shown: str


def _raw(text: str, sentence: Span) -> list[_Raw]:
    """The bare words of a sentence, contractions opened."""
    found: list[_Raw] = []
    breaks = False
    for match in _TOKEN.finditer(text, *sentence):
        shown = match.group().strip()
        if shown in _BREAKS:
            breaks = True
            continue
        span = Span(*match.span())
        for form in ["the-it"] if shown == "IT" else _opened(shown.lower().replace("’", "'")):
            found.append(_Raw(form, span, breaks, shown))
            breaks = False
    return found


def _opened(form: str) -> list[str]:
    """The words in a contraction: "didn't" as "did", "not"."""
    if form in _CONTRACTED:
        return _CONTRACTED[form].split()
    if form.endswith("n't"):
        return [form[:-3], "not"]
    if form.endswith(("'s", "s'")):
        return [form[:-2] if form.endswith("'s") else form[:-1]]
    for ending, word in (("'ve", "have"), ("'re", "are"), ("'ll", "will"), ("'d", "'d")):
        if form.endswith(ending):
            return [form[: -len(ending)], word]
    return [form]


def is_past(form: str) -> bool:
    """Whether a word is a past form of a verb."""
    return form in lexicon.PAST or (form.endswith("ed") and len(form) > 3 and form not in lexicon.NOT_PAST)


class _State:
    """What holds at a word: the actor, and what a negation or a wish before it reaches."""

    def __init__(self) -> None:
        self.actor = Actor.NOBODY
        self.denied = False
        self.unreal = False
        self.would = False
        self.if_clause = False

    def new_subject(self, actor: Actor) -> None:
        self.actor = actor
        self.denied = self.would = False
        self.unreal = self.if_clause


def _words(text: str, sentence: Span) -> tuple[Word, ...]:
    raw = _raw(text, sentence)
    state = _State()
    found: list[Word] = []
    for at, token in enumerate(raw):
        _subject(raw, at, state)
        _reach(raw, at, state)
        found.append(
            Word(
                token.form, stem(token.form), token.span, state.actor, state.denied, state.unreal, token.breaks,
                state.would,
            )
        )  # fmt: skip
    return tuple(found)


def _form(raw: list[_Raw], at: int) -> str:
    return raw[at].form if 0 <= at < len(raw) else ""


def _is_opening(raw: list[_Raw], at: int) -> bool:
    return at == 0 or raw[at].breaks or _form(raw, at - 1) in _OPENS


def _subject(raw: list[_Raw], at: int, state: _State) -> None:
    """Change the actor where a subject stands or a dropped one is understood."""
    form, before = raw[at].form, _form(raw, at - 1)
    if form == "i" or (form == "id" and _form(raw, at + 1) in lexicon.PARTICIPLES | {"been"}):
        state.new_subject(Actor.SPEAKER)
    elif form == "we":
        state.new_subject(Actor.TEAM)
    elif form in _SUBJECT_OTHERS:
        if form in ("it", "you", "who", "which", "everyone", "everybody") and not _acts(raw, at):
            return
        state.new_subject(Actor.NOBODY if form == "it" else Actor.OTHER)
    elif _is_opening(raw, at):
        _noun_or_dropped(raw, at, state, before)


def _acts(raw: list[_Raw], at: int) -> bool:
    following = _form(raw, at + 1)
    return is_past(following) or following in _AUXILIARIES or following.endswith("s")


def _noun_or_dropped(raw: list[_Raw], at: int, state: _State, before: str) -> None:
    """A clause may open with a noun as its subject, or with a verb whose subject was dropped."""
    form = raw[at].form
    if (form in _DETERMINERS or _is_name(raw, at)) and (verb := _noun_verb(raw, at)):
        people = not CLASSES["people"].isdisjoint(r.form for r in raw[at:verb])
        passive = _form(raw, verb) in ("was", "were", "been", "is", "are") and (
            not people or is_past(_form(raw, verb + 1))
        )
        team = {"team", "crew", "department"} & {r.form for r in raw[at:verb]} and "our" in {
            r.form for r in raw[at:verb]
        }
        state.new_subject(Actor.NOBODY if passive else Actor.TEAM if team else Actor.OTHER)
    elif at == 0 or all(r.form in lexicon.LEAD_INS for r in raw[:at]):
        if is_past(form) or stem(form) in ("keep", "do", "make", "ask", "tell", "write", "call", "get"):
            state.new_subject(Actor.SPEAKER)
    elif is_past(form) and (raw[at].breaks or before in ("and", "but", "then", "so")):
        state.denied = state.unreal = state.would = False


def _is_name(raw: list[_Raw], at: int) -> bool:
    return bool(_CAPITAL.fullmatch(raw[at].shown)) and raw[at].shown not in _NOT_NAMES


def _noun_verb(raw: list[_Raw], at: int) -> int:
    """Where the verb stands whose subject is the noun phrase that begins here; 0 when there is none."""
    first = 1 if _is_name(raw, at) else 2
    for there in range(at + first, min(at + 6, len(raw))):
        form = raw[there].form
        if raw[there].breaks or form in ("i", "we", "he", "she", "they", "and", "but", "to", "for", "with"):
            return 0
        if form in _AUXILIARIES or is_past(form):
            return there
    return 0


def _reach(raw: list[_Raw], at: int, state: _State) -> None:
    """Begin and end what a negation or a wish reaches."""
    token, form, before = raw[at], raw[at].form, _form(raw, at - 1)
    if token.breaks and not _lists_on(raw, at):
        state.denied = False
        if not state.if_clause:
            state.unreal = False
        state.if_clause = False
    if (
        form in _NEGATION_ENDS
        or (form == "before" and state.denied)
        or (form == "and" and is_past(_form(raw, at + 1)))
    ):
        state.denied = False
        if form != "so":
            state.unreal = state.unreal and form in ("because",)
    if form in _NEGATIONS and _form(raw, at + 1) not in (
        "only",
        "just",
        "least",
        "matter",
        "longer",
        "doubt",
    ):
        state.denied = True
    if form in _IRREAL_OPENERS and before not in (
        "as",
        "asked",
        "ask",
        "see",
        "check",
        "wonder",
        "wondered",
        "know",
    ):
        state.unreal = state.if_clause = True
    if form in ("would", "'d") and _form(raw, at + 1) not in ("been",) and not is_past(_form(raw, at + 1)):
        state.would = True
        state.unreal = (
            state.unreal
            or _form(raw, at + 1) in ("have", "of", "like", "love")
            or (
                _form(raw, at + 1) in ("not", "never", "also", "really")
                and _form(raw, at + 2) in ("have", "like", "of")
            )
        )
    _wish(raw, at, state)


def _lists_on(raw: list[_Raw], at: int) -> bool:
    """Whether what follows a comma goes on with the list that a negation opened ("no log, no note or sign")."""
    return raw[at].form in ("or", "nor")


def _wish(raw: list[_Raw], at: int, state: _State) -> None:
    form, following = raw[at].form, _form(raw, at + 1)
    wish = stem(form) in _WISHES and following in ("to", "i", "we", "that")
    if stem(form) in ("like", "love") and not state.would:
        wish = False
    future = form == "will" and following not in ("always", "now", "still")
    goes_to = form == "going" and following == "to" and _form(raw, at - 1) in ("am", "are", "'m")
    never_got = form in ("never", "not") and stem(following) in ("get", "happen", "manage")
    thought_of = form in ("thought", "considered", "thinking") and following in ("about", "of")
    nearly = form in ("nearly", "almost", "supposed", "tempted") and following in ("to",)
    next_time = form == "next" and following == "time" and _form(raw, at + 3) in ("would", "'d", "will")
    state.if_clause = state.if_clause or next_time
    purpose = form == "to" and at == 0
    if (
        purpose
        or form in _MODALS
        or wish
        or future
        or goes_to
        or never_got
        or thought_of
        or nearly
        or next_time
    ):
        state.unreal = True
