"""The STAR flow: an answer being written, and what each reply, back, skip and edit does to it.

A draft is a value; every function gives a new one. Nothing here knows how a draft is stored or shown.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from zlib import crc32

from bot.domain.labels import NO_NAMES, Labelled, awaited, take_apart
from bot.domain.terms import PARTS, Part

JOIN_WITHIN_SECONDS = 2
"""Pieces of one long text reach the bot with send times at most this far apart (Telegram counts whole seconds)."""

CUT_AT_LEAST_UNITS = 2048
"""Telegram's apps cut a text over 4096 UTF-16 units at a good break in the second half, so no piece but the last
is shorter than this (Telegram Desktop, ``TextUtilities::CutPart``)."""

CUT_AT_MOST_UNITS = 4096
"""A piece of exactly this length was cut in mid-sentence, perhaps mid-word: it is joined without a space."""

PART_UNITS_MAX = 20_000
"""The longest part that is taken, in UTF-16 units: about two hours of talking."""


class Step(StrEnum):
    """Where a draft stands: at one of the parts, or at the review of all four."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    REVIEW = "review"

    @property
    def part(self) -> Part | None:
        """The part of this step; None at the review."""
        return None if self is Step.REVIEW else Part(self.value)


STEPS: tuple[Step, ...] = tuple(Step)


class Event(StrEnum):
    """What a text did to the draft, for the screen to say."""

    NEXT = "next"  # taken; the draft moved on
    ASK = "ask"  # taken, but too thin: asked about once
    ADDED = "added"  # added to a part after such a question; the draft moved on
    JOINED = "joined"  # the rest of a long text, joined to what came before
    FILLED = "filled"  # a labelled text filled several parts
    AWAITED = "awaited"  # a label alone: its part is open, nothing was taken yet
    CHANGED = "changed"  # an edit from the review was taken; back at the review
    TOO_LONG = "too_long"  # refused: the part would grow beyond PART_UNITS_MAX; nothing was changed


@dataclass(frozen=True, slots=True)
class Received:
    """A text message as it came: its id in the chat, its words, and when it was sent."""

    message_id: int
    text: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Segment:
    """The text of one Telegram message, as far as it belongs to one part.

    ``joint`` is what stands between it and the segment before.
    """

    message_id: int
    text: str
    sent_at: datetime
    joint: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer being written.

    ``asked`` are the parts already asked about as too thin; ``asking``: that question is open for this step's
    part; ``editing``: the part was opened from the review, so the next text goes back there. ``names``: what the
    question calls the parts itself, so that they are labels too.
    """

    parts: Mapping[Part, tuple[Segment, ...]] = field(default_factory=dict)
    step: Step = Step.SITUATION
    asked: frozenset[Part] = frozenset()
    asking: bool = False
    editing: bool = False
    names: Mapping[Part, str] = field(default_factory=dict)

    def text(self, part: Part) -> str:
        """The part's text, empty if nothing was said yet."""
        return "".join(
            segment.text if index == 0 else segment.joint + segment.text
            for index, segment in enumerate(self.parts.get(part, ()))
        )

    def texts(self) -> dict[Part, str]:
        """All four parts, told or not."""
        return {part: self.text(part) for part in PARTS}

    def is_empty(self) -> bool:
        """Whether nothing at all was said yet."""
        return not any(self.parts.get(part) for part in PARTS)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a text: the new draft, what happened, the parts it went to, and of those which it told anew."""

    draft: Draft
    event: Event
    into: tuple[Part, ...] = ()
    anew: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Amended:
    """What became of an edited message: the new parts, and by part what was done with its new text.

    ``changed``: took it over. ``kept``: hold words of the message which its new text has no part for; they stay.
    ``newer``: stood in the message and were told anew since; they stay, and the text for them is not taken.
    """

    parts: Mapping[Part, tuple[Segment, ...]]
    changed: tuple[Part, ...] = ()
    kept: tuple[Part, ...] = ()
    newer: tuple[Part, ...] = ()


NOWHERE: Mapping[Part, Segment] = {}
"""No part at all."""

Thin = Callable[[Part, str], bool]
"""Says whether a part is too thin to judge."""


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def receive(draft: Draft, text: str, message_id: int, sent_at: datetime, thin: Thin) -> Taken:
    """Take one text message into the draft.

    The rest of a long text that Telegram's app has cut is joined to the part the beginning went to; a text with
    labels fills the parts it names; anything else is the text of the part the draft stands at. At the review a
    plain text is added to the Result, the last thing told, rather than lost. A label alone opens its part.
    """
    before = _piece_before(draft, sent_at)
    if before is not None:
        return _checked(draft, _join(draft, before, text, message_id, sent_at))
    part = draft.step.part
    labelled = take_apart(text, part, draft.names)
    if labelled is not None:
        return _checked(draft, _fill(draft, labelled, message_id, sent_at))
    named = awaited(text, draft.names)
    if named is not None:
        return Taken(_open(draft, named), Event.AWAITED)
    if part is None:
        return _checked(draft, _append(draft, text, message_id, sent_at))
    return _checked(draft, _take(draft, part, text, message_id, sent_at, thin))


def never_thin(_part: Part, _text: str) -> bool:
    """Asks about nothing: for a text that is not told step by step."""
    return False


def receive_all(draft: Draft, texts: Sequence[Received], thin: Thin) -> tuple[Draft, ...] | None:
    """Take texts that waited into the draft, each as if it had just come: the draft after each of them.

    None if a part would grow too long. Only the last text is asked about as too thin: what came after the others may
    well be what they lacked.
    """
    drafts: list[Draft] = []
    for index, text in enumerate(texts, 1):
        judge = thin if index == len(texts) else never_thin
        taken = receive(draft, text.text, text.message_id, text.sent_at, judge)
        if taken.event is Event.TOO_LONG:
            return None
        draft = taken.draft
        drafts.append(draft)
    return tuple(drafts)


def back(draft: Draft) -> Draft:
    """Go one part back; from Situation nowhere. The part's text stays until another is sent."""
    if draft.editing:
        return replace(draft, step=Step.REVIEW, editing=False, asking=False)
    index = STEPS.index(draft.step)
    return replace(draft, step=STEPS[max(0, index - 1)], asking=False)


def forward(draft: Draft) -> Draft:
    """Go on with the part as it is, told or empty ([Skip], [Keep as it is]); at the review stay there."""
    if draft.editing:
        return replace(draft, step=Step.REVIEW, editing=False, asking=False)
    index = STEPS.index(draft.step)
    return replace(draft, step=STEPS[min(len(STEPS) - 1, index + 1)], asking=False)


def edit(draft: Draft, part: Part) -> Draft:
    """Open a part from the review; the next text takes its place."""
    return replace(draft, step=Step(part.value), editing=True, asking=False)


def amend(
    parts: Mapping[Part, tuple[Segment, ...]],
    message_id: int,
    text: str,
    stood: Mapping[Part, Segment] = NOWHERE,
    names: Mapping[Part, str] = NO_NAMES,
) -> Amended | None:
    """What becomes of the parts when the person edits their own Telegram message; None if it never was in any.

    ``stood`` holds what the message once brought to parts it is no longer in. One told anew since is left alone.
    A labelled text is read anew, by ``names`` too. No part is emptied: what the new text has no part for
    stays, see `empty`.
    """
    holding = [part for part in PARTS if _of_message(parts.get(part, ()), message_id)]
    newer = [part for part in PARTS if part in stood and part not in holding and parts.get(part)]
    if not holding and not stood:
        return None
    first = next(part for part in PARTS if part in holding or part in stood)
    contents = _contents(text, first, holding, names)
    old = next((s for part in holding for s in _of_message(parts[part], message_id)), stood.get(first))
    amended = dict(parts)
    for part, content in contents.items():
        told = amended.get(part, ())
        if part in holding:
            told = tuple(
                replace(segment, text=content) if segment.message_id == message_id else segment
                for segment in told
            )
        elif part not in newer and old is not None:  # there is one wherever the message holds or held a part
            told = (*told, replace(old, text=content, joint="\n"))
        amended[part] = told
    return Amended(
        amended,
        changed=tuple(part for part in PARTS if amended.get(part, ()) != parts.get(part, ())),
        kept=tuple(part for part in holding if part not in contents),
        newer=tuple(part for part in newer if part in contents),
    )


def empty(
    parts: Mapping[Part, tuple[Segment, ...]], message_id: int, emptied: Collection[Part]
) -> dict[Part, tuple[Segment, ...]]:
    """The parts without what that message brought to those named; what others brought stays."""
    return {
        part: tuple(segment for segment in told if part not in emptied or segment.message_id != message_id)
        for part, told in parts.items()
    }


def fingerprint(parts: Mapping[Part, tuple[Segment, ...]], message_id: int, of: Collection[Part]) -> int:
    """A number that tells what that message says in those parts from what it said before or after an edit."""
    said = [
        f"{part.value}:{segment.text}"
        for part in PARTS
        if part in of
        for segment in _of_message(parts.get(part, ()), message_id)
    ]
    return crc32("\0".join(said).encode("utf-8", "surrogatepass"))


def add(draft: Draft, part: Part, text: Received) -> Draft | None:
    """The draft with the text behind what the part has; None if the part would grow too long.

    A label in front that names the part is left out; with others the text stays as it is: nothing is replaced.
    """
    labelled = take_apart(text.text, part, draft.names)
    is_named = labelled is not None and not labelled.before and set(labelled.parts) == {part}
    said = labelled.parts[part] if labelled is not None and is_named else text.text
    told = draft.parts.get(part, ())
    added = _with(draft, part, (*told, Segment(text.message_id, said, text.sent_at, "\n" if told else "")))
    return None if units(added.text(part)) > PART_UNITS_MAX else added


def first_empty(draft: Draft) -> Step:
    """The first part with nothing told, or the review."""
    return next((Step(part.value) for part in PARTS if not draft.parts.get(part)), Step.REVIEW)


def _piece_before(draft: Draft, sent_at: datetime) -> Segment | None:
    """The piece which a text sent now must be the rest of, or None."""
    segments = [segment for part in PARTS for segment in draft.parts.get(part, ())]
    if not segments or draft.editing:
        return None
    newest = max(segment.message_id for segment in segments)
    last = [segment for segment in segments if segment.message_id == newest][-1]
    whole = sum(units(segment.text) for segment in segments if segment.message_id == newest)
    apart = (sent_at - last.sent_at).total_seconds()
    return last if whole >= CUT_AT_LEAST_UNITS and 0 <= apart <= JOIN_WITHIN_SECONDS else None


def _of_message(segments: tuple[Segment, ...], message_id: int) -> list[Segment]:
    return [segment for segment in segments if segment.message_id == message_id]


def _contents(text: str, first: Part, holding: list[Part], names: Mapping[Part, str]) -> dict[Part, str]:
    """What an edited message now has for each part; nothing if it is labels alone."""
    labelled = take_apart(text, first, names)
    if labelled is None:
        return {} if awaited(text, names) else {first: text}
    unnamed = [part for part in holding if part not in labelled.parts]
    # What stands before the labels stays where it was; not where the next edit would find something else first.
    return _with_preface(labelled, (unnamed or sorted(labelled.parts, key=PARTS.index))[0])


def _open(draft: Draft, part: Part) -> Draft:
    """Go to a part, for its text is on the way; from the review or an edit the draft comes back to the review."""
    if draft.step.part is part:
        return draft
    is_review = draft.editing or draft.step is Step.REVIEW
    return replace(draft, step=Step(part.value), editing=is_review, asking=False)


def _append(draft: Draft, text: str, message_id: int, sent_at: datetime) -> Taken:
    told = draft.parts.get(Part.RESULT, ())
    segment = Segment(message_id, text, sent_at, "\n")
    return Taken(_with(draft, Part.RESULT, (*told, segment)), Event.ADDED, (Part.RESULT,))


def _join(draft: Draft, before: Segment, text: str, message_id: int, sent_at: datetime) -> Taken:
    part = [part for part in PARTS if before in draft.parts.get(part, ())][-1]
    labelled = take_apart(text, part, draft.names)
    rest = text if labelled is None else labelled.before
    joint = "" if units(before.text) >= CUT_AT_MOST_UNITS else " "
    # A message has one segment in a part, be it the rest of that part, what a label brings, or both.
    contents = {part: rest} if rest else {}
    for named, content in (labelled.parts if labelled else {}).items():
        contents[named] = f"{contents[named]}\n{content}" if named in contents else content
    parts = dict(draft.parts)
    for into, content in contents.items():
        between = joint if rest and into is part else "\n"
        parts[into] = (*parts.get(into, ()), Segment(message_id, content, sent_at, between))
    joined = replace(draft, parts=parts)
    if labelled is not None:
        joined = replace(joined, step=first_empty(joined), asking=False)
    return Taken(joined, Event.JOINED, tuple(contents))


def _fill(draft: Draft, labelled: Labelled, message_id: int, sent_at: datetime) -> Taken:
    first = min(labelled.parts, key=PARTS.index)
    here = draft.step.part
    # A part told and then, behind a label, the next: what stands before that label is what was asked for.
    is_here = here is not None and set(labelled.parts) == set(PARTS[PARTS.index(here) + 1 :][:1])
    contents = _with_preface(labelled, here if here is not None and is_here else first)
    parts = dict(draft.parts)
    for part, content in contents.items():
        is_added = draft.asking and is_here and part is here
        told = parts.get(part, ()) if is_added else ()
        parts[part] = (*told, Segment(message_id, content, sent_at, "\n" if told else ""))
    filled = replace(draft, parts=parts, asking=False, editing=False)
    anew = tuple(part for part in contents if draft.parts.get(part) and len(parts[part]) == 1)
    return Taken(replace(filled, step=first_empty(filled)), Event.FILLED, tuple(contents), anew)


def _with_preface(labelled: Labelled, first: Part) -> dict[Part, str]:
    """The labelled texts, with what stood before the first label put in front of part ``first``."""
    contents = {part: labelled.parts[part] for part in PARTS if part in labelled.parts}
    if labelled.before:
        contents[first] = "\n".join(filter(None, (labelled.before, contents.get(first, ""))))
    return contents


def _take(draft: Draft, part: Part, text: str, message_id: int, sent_at: datetime, thin: Thin) -> Taken:
    segment = Segment(message_id, text, sent_at)
    if draft.asking:
        added = _with(draft, part, (*draft.parts.get(part, ()), replace(segment, joint="\n")))
        return Taken(forward(added), Event.ADDED, (part,))
    taken = _with(draft, part, (segment,))
    # A piece of a long text is never thin, and its rest is on the way.
    if units(text) < CUT_AT_LEAST_UNITS and part not in draft.asked and thin(part, text):
        return Taken(replace(taken, asking=True, asked=draft.asked | {part}), Event.ASK, (part,))
    event = Event.CHANGED if draft.editing else Event.NEXT
    return Taken(forward(taken), event, (part,))


def _with(draft: Draft, part: Part, segments: tuple[Segment, ...]) -> Draft:
    return replace(draft, parts={**draft.parts, part: segments})


def _checked(before: Draft, taken: Taken) -> Taken:
    """Refuse what would make a part longer than is sensible."""
    if any(units(taken.draft.text(part)) > PART_UNITS_MAX for part in taken.into):
        return Taken(before, Event.TOO_LONG)
    return taken
