"""Rules that look for one kind of phrase or clause and count: what the flags weigh beside the learned signs.

What is decided with them stands in `bot.domain.coach.flags`.
"""

import re
from functools import cache

from bot.domain.coach import phrases
from bot.domain.coach.clauses import Actor, Sentence, Word, is_past, parse
from bot.domain.coach.cues import Cue, Match, cue, find
from bot.domain.coach.kinds import KINDS_OF
from bot.domain.coach.lexicon import listed
from bot.domain.coach.stems import stem


@cache
def _cues(text: str) -> tuple[Cue, ...]:
    return tuple(cue(one) for one in text.strip().split("\n"))


def matches(text: str, cues: tuple[Cue, ...], *, own: bool = False) -> list[Match]:
    """At most one match for each sentence."""
    found = []
    for sentence in parse(text):
        match = next((m for one in cues if (m := find(one, sentence, own=own))), None)
        if match:
            found.append(match)
    return found


def blames(text: str) -> list[Match]:
    """Phrases of blame that are not about the speaker, one for each sentence."""
    return [
        m
        for m in matches(text, _cues(phrases.BLAME))
        if not _SPEAKERS_OWN.search(text[max(0, m.focus.start - 8) : m.focus.end])
        and not _speakers_should_have(text, m)
    ]


def blaming(text: str) -> int:
    """Sentences with a phrase of blame that is not about the speaker."""
    return len(blames(text))


def owning(text: str) -> int:
    """Sentences with a phrase that owns a fault."""
    return len(matches(text, _cues(phrases.OWNING)))


def denials(text: str) -> list[Match]:
    """Phrases of denial, one for each sentence."""
    return matches(text, _cues(phrases.DENIAL))


def denying(text: str) -> int:
    """Sentences with a phrase of denial."""
    return len(denials(text))


def learning(text: str) -> int:
    """Sentences with a phrase that tells a lesson of the speaker's."""
    return len(matches(text, _cues(phrases.LESSON), own=True))


def habits(text: str) -> int:
    """Sentences that tell what the speaker does now."""
    return sum(map(_tells_habit, parse(text)))


def troubles(text: str) -> int:
    """Words of trouble."""
    return sum(word.stem in _TROUBLE for sentence in parse(text) for word in sentence.words)


def premises(text: str, premise: tuple[str, ...]) -> int:
    """Sentences in which something the question supposes is told."""
    return len(matches(text, tuple(cue(one) for one in premise)))


def done_and_imagined(text: str) -> tuple[int, int]:
    """Deeds told as done, and told with "would" or as a habit."""
    done = imagined = 0
    for sentence in parse(text):
        past, fancy = _own_verbs(sentence)
        done += past
        imagined += fancy
    return done, imagined


def concrete_and_general(text: str) -> tuple[int, int]:
    """Deeds that one could picture, and those told in words that fit any story."""
    concrete = general = 0
    for sentence in parse(text):
        for at, word in enumerate(sentence.words):
            if not _is_deed(sentence.words, at) or word.actor is Actor.OTHER or word.unreal:
                continue
            detailed = _has_detail(text, sentence, at)
            if detailed or word.stem not in _LIGHT | _GENERAL:
                concrete += 1
            else:
                general += word.stem in _GENERAL
    return concrete, general


def lofty_share(text: str) -> float:
    """The share of words that sound well and picture nothing ("growth mindset"); 0 for no words."""
    said = [word for sentence in parse(text) for word in sentence.words]
    return sum("LOFTY" in KINDS_OF.get(word.stem, ()) for word in said) / len(said) if said else 0.0


def deeds_of(text: str, actor: Actor) -> int:
    """How many past verbs have this actor as their subject."""
    return sum(w.actor is actor and is_past(w.form) for s in parse(text) for w in s.words)


def share_of_deeds(text: str, *actors: Actor) -> float:
    """The share of past verbs whose subject is one of these; a half for no verb at all."""
    told = [w.actor for s in parse(text) for w in s.words if is_past(w.form)]
    return (0.5 + sum(one in actors for one in told)) / (1 + len(told))


_SPEAKERS_OWN = re.compile(r"\bi (?:couldn|could|can|cannot|didn|did not|don|was|am)", re.I)


def _speakers_should_have(text: str, match: Match) -> bool:
    """Whether "should have" is said of the speaker ("I should have checked"), which is no blame."""
    said = text[match.focus.start : match.focus.end].lower()
    before = re.findall(r"[\w'’]+", text[match.sentence.start : match.focus.start])[-2:]
    return said.startswith("should") and any(
        w in ("I", "i", "we", "We", "it", "that", "there", "what") for w in before
    )


_HABITUAL = listed("usually normally generally typically always often sometimes tend whenever")


def _own_verbs(sentence: Sentence) -> tuple[int, int]:
    """Deeds told as done, and told with "would" or as a habit, by the speaker, "we" or "you"."""
    past = fancy = 0
    words = sentence.words
    habit = any(w.form in _HABITUAL for w in words) or any(
        w.form in ("when", "if") and words[i + 1 : i + 2] and words[i + 1].form in ("i", "you", "someone", "a")
        and not any(is_past(x.form) or x.form in ("was", "were") for x in words[i + 1 : i + 6])
        for i, w in enumerate(words)
    )  # fmt: skip
    for at, word in enumerate(words):
        if word.form in ("i", "we", "you"):
            kind = _kind(words, at, habit=habit)
            past += kind == "past"
            fancy += kind == "fancy"
        elif (is_past(word.form) and word.actor in (Actor.SPEAKER, Actor.TEAM) and at and (
            words[at - 1].form in ("and", "then") or word.breaks
        )) or (at == 0 and is_past(word.form)):  # fmt: skip
            past += 1
    return past, fancy


_SKIP = listed(
    """also then just always usually normally never really generally often sometimes would probably not
    first"""
)


def _kind(words: tuple[Word, ...], at: int, *, habit: bool) -> str:
    following = words[at + 1 : at + 5]
    forms = [w.form for w in following]
    if forms[:2] in (["would", "say"], ["'d", "say"], ["would", "like"], ["'d", "like"], ["would", "love"]):
        return ""
    if forms[:1] and forms[0] in ("would", "'d", "could", "might", "will", "should", "can"):
        rest = [f for f in forms[1:] if f not in _SKIP]
        if (
            forms[0] == "'d"
            and rest[:1]
            and (is_past(rest[0]) or rest[0] in ("been", "done", "gone", "better"))
        ):
            return "past" if rest[0] != "better" else ""
        if "have" in rest[:1] or "of" in rest[:1] or ("not" in forms[1:2] and forms[0] in ("could", "can")):
            return ""
        return "fancy"
    verb = next((f for f in forms if f not in _SKIP), "")
    if is_past(verb) or verb in ("was", "were", "did", "had"):
        return "past"
    return "fancy" if habit and verb and verb not in ("am", "is", "are", "think", "have", "guess") else ""


_NO_HABIT = listed("am have be would 'd will could can do not think guess know")


def _tells_habit(sentence: Sentence) -> bool:
    """Whether the speaker says what they do now ("I train in threes now", "we still do it")."""
    for at, word in enumerate(sentence.words):
        if word.form not in ("now", "still", "always", "since", "anymore") or word.denied or word.unreal:
            continue
        subject = next(
            (i for i in range(at, max(-1, at - 14), -1) if sentence.words[i].form in ("i", "we")), None
        )
        if subject is None or word.actor not in (Actor.SPEAKER, Actor.TEAM):
            continue
        verb = next(
            (
                w
                for w in sentence.words[subject + 1 :]
                if w.form not in ("now", "still", "always", "only", "just", "also")
            ),
            None,
        )
        is_present = verb and verb.stem not in _NO_HABIT and not is_past(verb.form) and not verb.would
        if is_present and word.form in ("now", "anymore", "still"):
            return True
    return False


_TROUBLE = frozenset(map(stem, phrases.TROUBLE))
_GENERAL = frozenset(map(stem, phrases.GENERAL_VERBS))
_LIGHT = frozenset(map(stem, phrases.LIGHT_VERBS))
_CONCRETE = re.compile(r"\d|[\"“]")


def _is_deed(words: tuple[Word, ...], at: int) -> bool:
    return is_past(words[at].form) or (
        words[at].form in ("brought", "put", "set", "cut") and words[at].actor is not Actor.OTHER
    )


def _has_detail(text: str, sentence: Sentence, at: int) -> bool:
    """Whether a number, a name or quoted words follow a verb."""
    following = sentence.words[at + 1 : at + 10]
    if not following:
        return False
    after = text[sentence.words[at].span.end : following[-1].span.end]
    return bool(_CONCRETE.search(after) or re.search(r" (?!I\b)[A-Z][a-z]", after))
