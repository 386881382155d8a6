"""One submitted answer: its words, readings of it, attempts side by side, editing and deletion."""

from collections.abc import Sequence

from bot.domain.coach import Reading
from bot.domain.terms import PARTS, AnswerId, Part
from bot.screens import coach
from bot.screens.after import RATINGS, model_only
from bot.screens.answering import whole
from bot.screens.buttons import data
from bot.screens.history import Place, Submitted, placed
from bot.screens.layout import Block, bold, escape, italic, pages, quote, shorten
from bot.screens.message import Button, Message, Rows
from bot.screens.naming import STAR, Naming, naming_of
from bot.screens.when import day_of
from content.schema import Question

ATTEMPTS_OFFERED_MAX = 8
"""Other attempts that get a button under a comparison."""

_PROMPT_UNITS = 600  # packs allow half of it; an older prompt must not burst a message either
_EDITED_UNITS = 3000


def answer(
    shown: Submitted, total_words: int, page: int, place: Place, zone: str, *, attempts: int, note: str = ""
) -> Message:
    """One page of an answer in full; ``attempts`` is how many there are to its question, ``note`` a line on top."""
    facts = [day_of(shown.submitted_at, zone), shown.category, f"attempt {shown.attempt}"]
    facts += [word for value, word in RATINGS if value == shown.rating]
    head = [italic(note), ""] if note else []
    head += [escape(" · ".join(facts)), escape(coach.words_and_time(total_words)), ""]
    html_pages = whole(_prompt(shown), shown.texts, shown.naming, head="\n".join(head))
    compare = (
        (Button("Compare attempts", placed(place, "hc", shown.answer_id, 0, 0)),) if attempts > 1 else ()
    )
    rows: Rows = (
        (
            Button("What I hear", placed(place, "hw", shown.answer_id)),
            Button("Model answer", placed(place, "ha", shown.answer_id, 0)),
        ),
        compare,
        (
            Button("Edit", placed(place, "he", shown.answer_id)),
            Button("Delete", placed(place, "hr", shown.answer_id)),
            Button("Try again", data("again", shown.answer_id)),
        ),
        (Button("Keep as a story", data("stk", shown.answer_id)),),
        (Button("Back to the list", placed(place, "h")),),
    )
    return _one_of(html_pages, page, rows, place, "ho", shown.answer_id)


def reading(shown: Submitted, heard: Reading, place: Place, question: Question | None = None) -> Message:
    """What the coach hears in the answer as it is now; ``question`` is None when the packs no longer hold it."""
    back = Button("Back to the answer", placed(place, "ho", shown.answer_id, 0))
    model = Button("Model answer", placed(place, "ha", shown.answer_id, 0))
    said = coach.reading_html(heard, coach.point_texts(question), naming_of(question))
    return Message(
        f"{bold(_prompt(shown))}\n\n{said}",
        ((model, back),),
    )


def model(question: Question, answer_id: AnswerId, page: int, place: Place) -> Message:
    """One page of the model answer with points and tips."""
    rows: Rows = ((Button("Back to the answer", placed(place, "ho", answer_id, 0)),),)
    return _one_of(model_only(question), page, rows, place, "ha", answer_id)


def comparison(
    this: tuple[Submitted, Reading],
    other: tuple[Submitted, Reading],
    attempts: Sequence[int],
    page: int,
    place: Place,
    zone: str,
) -> Message:
    """One page of two attempts side by side, the older first; ``attempts`` are the numbers of all there are."""
    older, newer = sorted((this, other), key=lambda pair: pair[0].attempt)
    blocks = [Block(f"{bold('Two attempts')}\n{escape(_prompt(this[0]))}")]
    blocks += [Block(_measures(shown, heard, zone)) for shown, heard in (older, newer)]
    for part in PARTS:
        for shown, heading in ((older[0], f"\n{bold(older[0].naming.names[part])}\n"), (newer[0], "")):
            name = f"{heading}{italic(f'Attempt {shown.attempt}')}"
            text = shown.texts[part]
            blocks.append(Block(f"{name}\n", text) if text else Block(f"{name}  {_NOT_TOLD}"))
    picks = [number for number in attempts if number != this[0].attempt]
    if len(picks) > ATTEMPTS_OFFERED_MAX:
        picks = [picks[0], *picks[1 - ATTEMPTS_OFFERED_MAX :]]
    buttons = [
        Button(
            f"● With {number}" if number == other[0].attempt else f"With {number}",
            placed(place, "hc", this[0].answer_id, number, 0),
        )
        for number in picks
    ]
    half = 4
    rows: Rows = (
        *((tuple(buttons[:half]), tuple(buttons[half:])) if len(buttons) > 1 else ()),
        (Button("Back to the answer", placed(place, "ho", this[0].answer_id, 0)),),
    )
    return _one_of(pages(blocks), page, rows, place, "hc", this[0].answer_id, other[0].attempt)


def choose_part(shown: Submitted, place: Place) -> Message:
    """Which part to edit."""
    buttons = [
        Button(shown.naming.names[part], placed(place, "hp", shown.answer_id, index))
        for index, part in enumerate(PARTS)
    ]
    return Message(
        f"{bold('Edit')}  {escape(_prompt(shown))}\n\nWhich part?",
        (tuple(buttons[:2]), tuple(buttons[2:]), _cancel(shown, place)),
    )


def ask_text(shown: Submitted, part: Part, place: Place) -> Message:
    """The next text takes the place of the part."""
    told = shown.texts[part]
    now = f"So far:\n{quote(shorten(told, _EDITED_UNITS))}" if told else f"So far: {italic('not told')}"
    return Message(
        f"{bold(f'Edit · {shown.naming.names[part]}')}\n{escape(_prompt(shown))}\n\n{now}\n"
        "Send the new text; it takes the place of what is there.",
        (_cancel(shown, place),),
    )


def deleted(answer_id: AnswerId, prompt: str, place: Place, undo_days: int, *, is_draft: bool) -> Message:
    """An answer or a draft is deleted, and can be brought back for so many days."""
    what = "Draft deleted." if is_draft else "Deleted."
    back = Button("Drafts", data("hd")) if is_draft else Button("Back to the list", placed(place, "h"))
    return Message(
        f"{bold(what)}\n{escape(shorten(prompt, _PROMPT_UNITS))}\n\n"
        f"It can be brought back for {undo_days} days, then it is erased.",
        ((Button("Undo", placed(place, "hu", answer_id)), back),),
    )


def changed(parts: Sequence[Part], naming: Naming = STAR) -> str:
    """The line after an edit."""
    names = " and ".join(naming.names[part] for part in parts)
    return f"Your {names} {'is' if len(parts) == 1 else 'are'} changed."


def page_number(page: int, total: int) -> str:
    """The notice for a tap on the page number."""
    return f"This is page {page} of {total}."


BROUGHT_BACK = "It is back."
BACK_ALREADY = "It is back already."
NOT_THERE = "That answer is not there any more."
TOO_LATE = "It was deleted too long ago to be brought back."
NO_QUESTION = "This question is no longer in the packs, so there is no model answer to show."
NOTHING_TO_COMPARE = "There is no other attempt to compare with now."
NOT_THERE_TO_EDIT = Message(
    "The answer you were editing is not there any more, so I did not keep that.",
    ((Button("History", data("h")),),),
)

_NOT_TOLD = italic("not told")


def _prompt(shown: Submitted) -> str:
    return shorten(shown.prompt, _PROMPT_UNITS)


def _cancel(shown: Submitted, place: Place) -> tuple[Button, ...]:
    return (Button("Cancel", placed(place, "ho", shown.answer_id, 0)),)


def _measures(shown: Submitted, heard: Reading, zone: str) -> str:
    head = f"\n{bold(f'Attempt {shown.attempt}')} · {day_of(shown.submitted_at, zone)}"
    percents = _percents(heard)
    initials = shown.naming.initials()
    shares = "Balance: " + " · ".join(f"{escape(initials[part])} {percents[part]}" for part in PARTS) + " %"
    return f"{head}\n{escape(coach.words_and_time(heard.total_words))}\n{shares}"


def _percents(heard: Reading) -> dict[Part, int]:
    """The shares in whole per cents that add up to 100, as in the reading; all 0 when nothing was written."""
    exact = {part: heard.shares[part] * 100 for part in PARTS}
    percents = {part: int(exact[part]) for part in PARTS}
    left = round(sum(exact.values())) - sum(percents.values())
    for part in sorted(PARTS, key=lambda part: percents[part] - exact[part])[:left]:
        percents[part] += 1
    return percents


def _one_of(
    html_pages: Sequence[str], page: int, rows: Rows, place: Place, verb: str, *args: object
) -> Message:
    """One of several pages with buttons to the others above the rows; a page too far gives the last."""
    page = min(page, len(html_pages) - 1)
    steps = []
    if page > 0:
        steps.append(Button("‹", placed(place, verb, *args, page - 1)))
    if len(html_pages) > 1:
        steps.append(Button(f"{page + 1}/{len(html_pages)}", data("hn", page + 1, len(html_pages))))
    if page < len(html_pages) - 1:
        steps.append(Button("›", placed(place, verb, *args, page + 1)))
    return Message(html_pages[page], tuple(row for row in (tuple(steps), *rows) if row))
