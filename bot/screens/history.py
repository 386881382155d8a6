"""The list of answers: its pages, filters and search, and the list of drafts. One answer alone is `detail`'s."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.practice import Step
from bot.domain.terms import AnswerId, CategoryId, Part
from bot.screens.after import RATINGS
from bot.screens.buttons import Tap, data
from bot.screens.layout import bold, escape, italic, quote, shorten
from bot.screens.message import Button, Message, Rows
from bot.screens.naming import STAR, Naming
from bot.screens.when import count, day_of, minute_of

PAGE_ANSWERS = 5
"""Entries on one page, of answers as of drafts."""

PAGE_MAX = 9_999
"""The last page a button can name."""

CATEGORIES_SHOWN_MAX = 40
CATEGORY_ID_BYTES_MAX = 32

PAGE_DELETED = 8
"""Entries on a page of the list of what was deleted."""

_PROMPT_UNITS = 110
_FIRST_WORDS_UNITS = 60
_BEGINNING_UNITS = 140
_WORDS_UNITS = 60
_SEARCHING = "w"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list one is: the page, counted from 0, the category, and whether the stored search words apply."""

    page: int = 0
    category_id: CategoryId | None = None
    searching: bool = False

    def args(self) -> tuple[str, ...]:
        """The place as a button's last arguments; none at all for the beginning of the whole list."""
        page = f"{min(self.page, PAGE_MAX)}{_SEARCHING if self.searching else ''}"
        if self.category_id is not None:
            return (page, self.category_id)
        return () if page == "0" else (page,)


WHOLE_LIST = Place()


def place_at(tap: Tap, index: int) -> Place:
    """The place whose arguments begin there; whatever cannot be read is left out."""
    token = tap.arg(index)
    digits = token.removesuffix(_SEARCHING)
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= len(str(PAGE_MAX))
    category_id = tap.arg(index + 1)
    is_category = 0 < len(category_id.encode()) <= CATEGORY_ID_BYTES_MAX
    return Place(
        page=int(digits) if is_number else 0,
        category_id=CategoryId(category_id) if is_category else None,
        searching=token.endswith(_SEARCHING),
    )


def placed(place: Place, verb: str, *args: object) -> str:
    """Callback data that carries the place along; without it if that would be too long for Telegram."""
    try:
        return data(verb, *args, *place.args())
    except ValueError:
        return data(verb, *args)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submitted answer as it is shown; ``category`` is a title, ``rating`` None: not rated."""

    answer_id: AnswerId
    submitted_at: datetime
    category: str
    prompt: str
    attempt: int
    rating: int | None
    texts: Mapping[Part, str]
    naming: Naming = STAR


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """One draft in its list; ``beginning`` is the first thing told, ``is_open`` marks the one being written.

    ``begun_at`` tells it from another draft of the same question; None if there is no other.
    """

    answer_id: AnswerId
    updated_at: datetime
    prompt: str
    step: Step
    beginning: str
    is_open: bool
    begun_at: datetime | None = None
    naming: Naming = STAR


@dataclass(frozen=True, slots=True)
class DeletedEntry:
    """A deleted answer or draft that can be brought back before ``until``, in UTC."""

    answer_id: AnswerId
    until: datetime
    prompt: str
    beginning: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows the list: the title of a category, words to hold, each None if it does not apply."""

    category: str | None = None
    words: str | None = None


def answers_page(
    entries: Sequence[Submitted],
    total: int,
    place: Place,
    by: Filter,
    zone: str,
    drafts: int,
    deleted: int = 0,
    note: str = "",
    *,
    is_longer: bool = False,
) -> Message:
    """One page of the list, newest first, of ``total`` answers or more; ``note`` is a plain line on top.

    ``drafts`` wait to be finished, ``deleted`` can be brought back.
    """
    last = max(0, (total - 1) // PAGE_ANSWERS)
    if is_longer:
        size = f"more than {count(total, 'answer')}, page {place.page + 1}"
    else:
        size = count(total, "answer") + (f", page {place.page + 1} of {last + 1}" if last else "")
    lines = [italic(note), ""] if note else []
    lines.append(f"{bold('History')} · {size}")
    if _narrowed(by):
        lines.append(f"Only {escape(_narrowed(by))}")
    for number, entry in enumerate(entries, 1):
        facts = [f"attempt {entry.attempt}"] if entry.attempt > 1 else []
        facts += [word for value, word in RATINGS if value == entry.rating]
        lines += [
            "",
            f"{bold(str(number))}  {day_of(entry.submitted_at, zone)} · {escape(entry.category)}",
            escape(shorten(entry.prompt, _PROMPT_UNITS)),
            f"“{escape(_first_words(next(filter(None, entry.texts.values()), '')))}”",
        ]
        if facts:
            lines.append(italic(" · ".join(facts)))
    numbers = tuple(
        Button(str(number), placed(place, "ho", entry.answer_id, 0))
        for number, entry in enumerate(entries, 1)
    )
    steps = []
    if place.page > 0:
        steps.append(Button("‹ Newer", placed(replace(place, page=place.page - 1), "h")))
    if place.page < last:
        steps.append(Button("Older ›", placed(replace(place, page=place.page + 1), "h")))
    rows = [numbers, tuple(steps), _tools(place, by), *_waiting_row(drafts, deleted)]
    return Message("\n".join(lines), tuple(row for row in rows if row))


def nothing_yet(
    drafts: int, deleted: Sequence[DeletedEntry], total: int, zone: str, note: str = ""
) -> Message:
    """The list of someone who has no answer in it, or none any more.

    ``total`` that were deleted can be brought back; ``deleted`` are the last of them, all if they fit on a page.
    """
    head = f"{italic(note)}\n\n" if note else ""
    line = "Nothing here yet. Every answer you submit is kept, and this is where you find it."
    if total > len(deleted):
        line = f"No answer is here. {count(total, 'deleted answer')} or drafts can be brought back."
    elif deleted:
        first = "" if total == 1 else ", the first of them"
        until = day_of(min(entry.until for entry in deleted), zone)
        line = f"No answer is here. {_deleted_count(deleted)} can be brought back{first} until {until}."
    return Message(
        f"{head}{bold('History')}\n{line}",
        ((Button("Ask me a question", data("new")),), *_waiting_row(drafts, total)),
    )


def nothing_found(place: Place, by: Filter, note: str = "") -> Message:
    """No answer passes the filter."""
    head = f"{italic(note)}\n\n" if note else ""
    return Message(
        f"{head}{bold('History')}\nNo answer {escape(_narrowed(by))}.",
        ((Button("Search", placed(place, "hs")), Button("Show all", data("hx"))),),
    )


def choose_category(counts: Sequence[tuple[CategoryId, str, int]], place: Place) -> Message:
    """The categories that have answers, as (id, title, answers), to narrow the list to."""
    buttons = [
        Button(f"{title} ({number})", placed(Place(0, category_id, place.searching), "h"))
        for category_id, title, number in counts[:CATEGORIES_SHOWN_MAX]
    ]
    buttons.append(Button("All", placed(Place(0, None, place.searching), "h")))
    rows = [(button,) for button in buttons]
    return Message("Which category?", (*rows, (Button("Back to the list", placed(place, "h")),)))


def ask_words(place: Place) -> Message:
    """The next text is what to search for."""
    return Message(
        "Which words? Send one or several; the beginning of a word is enough. "
        "I look for answers that hold all of them.",
        ((Button("Back to the list", placed(place, "h")),),),
    )


def deleted_page(entries: Sequence[DeletedEntry], total: int, page: int, zone: str) -> Message:
    """One page of what was deleted and can be brought back, ``total`` in all."""
    lines = [f"{bold('Deleted')} · {total}"]
    for number, entry in enumerate(entries, 1):
        what = "draft" if entry.is_draft else "answer"
        lines += [
            "",
            f"{bold(str(number))}  {escape(shorten(entry.prompt, _PROMPT_UNITS))}",
            italic(f"{what}, can be brought back until {day_of(entry.until, zone)}"),
            f"“{escape(_first_words(entry.beginning))}”",
        ]
    rows: list[tuple[Button, ...]] = [
        (Button(f"Bring back {number}", data("hu", entry.answer_id)),)
        for number, entry in enumerate(entries, 1)
    ]
    rows += _turns("hb", page, has_more=(page + 1) * PAGE_DELETED < total)
    return Message("\n".join(lines), (*rows, (Button("Back to the list", data("h")),)))


def drafts_page(entries: Sequence[DraftEntry], total: int, page: int, zone: str, note: str = "") -> Message:
    """One page of the answers that wait to be finished."""
    lines = [italic(note), ""] if note else []
    lines.append(f"{bold('Drafts')} · {total}")
    rows: list[tuple[Button, ...]] = []
    for number, entry in enumerate(entries, 1):
        part = entry.step.part
        place = "at the review" if part is None else f"at {entry.naming.names[part]}"
        if entry.begun_at is not None:
            place += f", begun {minute_of(entry.begun_at, zone)}"
        state = "open now" if entry.is_open else f"last changed {day_of(entry.updated_at, zone)}"
        lines += [
            "",
            f"{bold(str(number))}  {escape(shorten(entry.prompt, _PROMPT_UNITS))}",
            italic(f"{place}, {state}"),
            quote(shorten(entry.beginning, _BEGINNING_UNITS), expandable=False),
        ]
        rows.append(
            (
                Button(f"Continue {number}", data("cont", entry.answer_id)),
                Button(f"Delete {number}", data("hr", entry.answer_id)),
            )
        )
    rows += _turns("hd", page, has_more=(page + 1) * PAGE_ANSWERS < total)
    return Message("\n".join(lines), (*rows, (Button("Back to the list", data("h")),)))


ONLY_NEWEST = "These are the newest; another word narrows it."
NO_DRAFTS = "No draft is waiting."
NO_DELETED = "Nothing is left to bring back."
UNKNOWN_CATEGORY = "A category that is gone"


def _narrowed(by: Filter) -> str:
    """The filter in words, plain; empty if there is none."""
    named = [f"in {by.category}"] if by.category is not None else []
    if by.words is not None:
        named.append(f"with “{shorten(by.words, _WORDS_UNITS)}”")
    return " ".join(named)


def _tools(place: Place, by: Filter) -> tuple[Button, ...]:
    tools = [Button("Category", placed(place, "hm")), Button("Search", placed(place, "hs"))]
    if _narrowed(by):
        tools.append(Button("Clear filter", data("hx")))
    return tuple(tools)


def _turns(verb: str, page: int, *, has_more: bool) -> list[tuple[Button, ...]]:
    """The row that turns the pages of a list; none if there is one page."""
    steps = [Button("‹ Newer", data(verb, page - 1))] if page > 0 else []
    steps += [Button("Older ›", data(verb, page + 1))] if has_more else []
    return [tuple(steps)] if steps else []


def _waiting_row(drafts: int, deleted: int) -> Rows:
    buttons = [Button(f"Drafts {drafts}", data("hd"))] if drafts else []
    buttons += [Button(f"Deleted {deleted}", data("hb"))] if deleted else []
    return (tuple(buttons),) if buttons else ()


def _first_words(text: str) -> str:
    """The beginning of a text in one short line."""
    return shorten(" ".join(text.split()), _FIRST_WORDS_UNITS)


def _deleted_count(entries: Sequence[DeletedEntry]) -> str:
    drafts = sum(1 for entry in entries if entry.is_draft)
    counted = ((len(entries) - drafts, "deleted answer"), (drafts, "deleted draft"))
    return " and ".join(count(number, what) for number, what in counted if number)
