"""Who acts in a text: the speaker, or "we", the team and nobody in particular. Counts; judges nothing.

Only subjects count ("I rang", "we met", "it was decided"). "my", "our", "me" and "us" tell whose a thing is, not who
did the work, and stand as often in the one kind of story as in the other.
"""

import re
from dataclasses import dataclass

from bot.domain.coach import lexicon
from bot.domain.coach.text import Span, sentences

_TOKEN = re.compile(r"[^\W\d_]{1,40}(?:['’][^\W\d_]{1,10}){0,2}|[,;:()–—]")
_SPEECH = re.compile(r"\"[^\"\n]{0,300}\"|“[^”\n]{0,300}”")
_LATIN_I = re.compile(r"\bi\.e\b|\b(?:phase|type|tier|class|war|part|stage) I\b", re.I)


@dataclass(frozen=True, slots=True)
class Voice:
    """Deeds told with the speaker as subject, deeds without, and where each kind is told best (None: nowhere)."""

    own: int
    team: int
    own_sentence: Span | None
    team_sentence: Span | None


@dataclass(slots=True)
class _Tally:
    """Counts of one sentence.

    ``past`` is the part of ``own`` told in the past tense, ``team_aside`` counts "we" that tells no deed.
    """

    own: int = 0
    past: int = 0
    team: int = 0
    team_aside: int = 0
    negated: bool = False


def voice(text: str) -> Voice:
    """Who acts in the text. "We" in a subordinate clause counts only when nothing else tells who acted."""
    plain = _LATIN_I.sub(_blank, _SPEECH.sub(_blank, text))
    tallies = [(span, _tally(plain[span.start : span.end])) for span in sentences(text)]
    own = sum(t.own for _, t in tallies)
    team = sum(t.team for _, t in tallies) + (sum(t.team_aside for _, t in tallies) if not own else 0)
    best = max(
        tallies, key=lambda pair: min(pair[1].past, 3) - pair[1].team - 2 * pair[1].negated, default=None
    )
    worst = max(
        tallies, key=lambda pair: min(pair[1].team + pair[1].team_aside, 3) - pair[1].own, default=None
    )
    return Voice(
        own=own,
        team=team,
        own_sentence=best[0] if best and best[1].past else None,
        team_sentence=worst[0] if worst and worst[1].team + worst[1].team_aside else None,
    )


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _tally(sentence: str) -> _Tally:
    """Who acts in one sentence; "I rang her, wrote it down and went home" tells three deeds."""
    heard = [t.lower().replace("’", "'") for t in _TOKEN.findall(sentence)]
    tally = _Tally(negated=any(t in ("not", "never", "without") or t.endswith("n't") for t in heard))
    bare_verb = _bare_verb(heard)
    actor = ""
    for at, word in enumerate(heard):
        if at == bare_verb:
            tally.own += 1
            tally.past += 1
            actor = "own"
        elif word in lexicon.SPEAKER or (
            word == "id" and _next_verb(heard, at) in lexicon.PARTICIPLES | {"been"}
        ):
            _add_own(tally, heard, at)
            actor = "own"
        elif word in lexicon.WE:
            _add_we(tally, heard, at)
            actor = "team"
        elif _is_team_subject(heard, at) or _is_passive(heard, at):
            tally.team += 1
            actor = ""
        elif word in lexicon.OTHERS and (word != "it" or _is_past(_next_verb(heard, at))):
            actor = ""
        elif actor and at and heard[at - 1] in lexicon.JOINTS and _is_past(word):
            tally.own += actor == "own"
            tally.past += actor == "own"
            tally.team += actor == "team"
    return tally


def _next_verb(heard: list[str], at: int) -> str:
    """The word after a subject, adverbs skipped; empty at the end."""
    return next((t for t in heard[at + 1 : at + 5] if t not in lexicon.ADVERBS), "")


def _is_past(word: str) -> bool:
    return word in lexicon.PAST or (word.endswith("ed") and len(word) > 3 and word not in lexicon.NOT_PAST)


def _add_own(tally: _Tally, heard: list[str], at: int) -> None:
    """Count the deed told after an "I"; a state, an opinion or something done to the speaker is none."""
    if heard[at] == "myself" and at and not _is_past(_next_verb(heard, at)):
        return
    verb = _next_verb(heard, at)
    if verb in lexicon.OPINIONS or not verb or not verb[0].isalpha():
        return
    if verb in lexicon.BE or heard[at] in ("i'm", "im"):
        if any(t.endswith("ing") for t in heard[at + 1 : at + 4]):
            tally.own += 1
        return
    tally.own += 1
    tally.past += _is_past(verb) and verb not in ("had", "knew", "got", "felt", "meant")


def _add_we(tally: _Tally, heard: list[str], at: int) -> None:
    """Count the deed told after a "we"; a state and a subordinate clause ("what we needed") only aside."""
    verb = _next_verb(heard, at)
    is_state = heard[at] == "we're" or verb in lexicon.BE or not verb[:1].isalpha()
    is_deed = not is_state or any(t.endswith("ing") for t in heard[at + 1 : at + 4])
    if is_deed and (not at or heard[at - 1] not in lexicon.SUBORDINATORS):
        tally.team += 1
    else:
        tally.team_aside += 1


def _is_team_subject(heard: list[str], at: int) -> bool:
    """Whether the word is "the team", "everyone" and the like as the one who acts."""
    verb = heard[at + 1] if at + 1 < len(heard) else ""
    if heard[at] in lexicon.EVERYBODY:
        return _is_past(verb) and (not at or heard[at - 1] not in lexicon.PREPOSITIONS_AND_TELLING)
    if heard[at] not in lexicon.TEAM or not (
        _is_past(verb) or verb in ("was", "were", "has", "have", "would", "could")
    ):
        return False
    if at == 0:
        return True
    return heard[at - 1] in ("the", "our", "whole", "entire") and (
        at < 2 or heard[at - 2] not in lexicon.PREPOSITIONS_AND_TELLING
    )


def _is_passive(heard: list[str], at: int) -> bool:
    """Whether a passive without a person as its subject begins at this word ("meetings were held")."""
    if heard[at] not in ("was", "were", "been") or any(
        t in lexicon.PERSONS for t in heard[max(0, at - 2) : at]
    ):
        return False
    verb = _next_verb(heard, at)
    return verb in lexicon.PARTICIPLES or (_is_past(verb) and verb not in lexicon.PAST)


def _bare_verb(heard: list[str]) -> int | None:
    """Where the deed stands in a sentence that starts with one and names nobody ("Then rang the bank")."""
    at = next((i for i, t in enumerate(heard[:6]) if t not in lexicon.LEAD_INS), None)
    if at is None or not _is_past(heard[at]) or heard[at + 1 : at + 2] == ["by"]:
        return None
    if heard[at] in lexicon.PARTICIPLE_OPENERS:
        opening = heard[at + 1 : at + 20]
        clause = opening[opening.index(",") :][:3] if "," in opening else []
        if any(t in lexicon.WE | lexicon.SPEAKER | {"the"} for t in clause):
            return None
    return at
