"""The screens of an answer being written: the four steps, the question about a thin part, resuming, the review."""

from collections.abc import Mapping, Sequence

from bot.domain.coach import words
from bot.domain.practice import PART_UNITS_MAX, STEPS, Draft, Step
from bot.domain.terms import PARTS, AnswerId, Part
from bot.screens import coach
from bot.screens.buttons import data
from bot.screens.layout import Block, bold, enumerated, escape, fit_quotes, italic, pages, quote, shorten
from bot.screens.message import Button, Message, Rows
from bot.screens.naming import STAR, Naming
from bot.screens.when import count

_SHOWN_UNITS = 2400  # for the parts in a recap or review; leaves room for the rest of the message
_SO_FAR_UNITS = 900
_NAMED_UNITS = 90


def step(
    answer_id: AnswerId,
    draft: Draft,
    naming: Naming = STAR,
    *,
    above: str = "",
    note: str = "",
    hint: str = "",
) -> Message:
    """The screen of the part the draft stands at.

    ``above`` is ready HTML on top (the question, when the step replaces its card), ``note`` a plain line on what
    just happened, ``hint`` the hint once asked for. With text already in the part, that is shown and can be kept.
    """
    part = _part(draft)
    lines = [above, ""] if above else []
    if note:
        lines += [italic(note), ""]
    lines += [_title(draft, naming), escape(naming.prompts[part])]
    if hint:
        lines += ["", f"{bold('Hint')}  {escape(hint)}"]
    told = draft.text(part)
    if told:
        lines += ["", "So far:", quote(shorten(told, _SO_FAR_UNITS)), "A new text takes its place."]
    rows = _step_rows(answer_id, draft, hinted=bool(hint) or naming.is_own, told=bool(told))
    return Message("\n".join(lines), rows, standing=True)


def ask_more(
    answer_id: AnswerId, draft: Draft, naming: Naming = STAR, *, above: str = "", note: str = ""
) -> Message:
    """The one question about a part too thin to judge; ``above`` and ``note`` as in `step`."""
    part = _part(draft)
    lines = [above, ""] if above else []
    if note:
        lines += [italic(note), ""]
    lines += [_title(draft, naming), f"Kept. {escape(_more(part, naming))}"]
    rows = (
        (Button("Add", data("add", answer_id, part)), Button("Keep as it is", data("keep", answer_id, part))),
        (Button("Cancel", data("cancel", answer_id)),),
    )
    return Message("\n".join(lines), rows, standing=True)


def add_more(answer_id: AnswerId, draft: Draft, naming: Naming = STAR) -> Message:
    """After [Add]: what to do, with the way out still there."""
    part = _part(draft)
    return Message(
        f"{_title(draft, naming)}\n{escape(_more(part, naming))}\n\n"
        "Send it as a message; I put it after what you have.",
        (
            (
                Button("Keep as it is", data("keep", answer_id, part)),
                Button("Cancel", data("cancel", answer_id)),
            ),
        ),
    )


def named(prompt: str) -> str:
    """The question of a step in one short line, as HTML."""
    return bold(shorten(prompt, _NAMED_UNITS))


def place(draft: Draft, naming: Naming = STAR) -> str:
    """Where the draft stands, by name: ``Task`` or ``the review``."""
    part = draft.step.part
    return "the review" if part is None else naming.names[part]


def resume(
    answer_id: AnswerId, draft: Draft, prompt: str, naming: Naming = STAR, *, another: bool
) -> Message:
    """An unfinished answer on return: where it stands and what was said."""
    head = f"{bold(prompt)}\n\nYou are at {escape(place(draft, naming))}. So far:"
    rows: list[tuple[Button, ...]] = [
        (Button("Continue", data("cont", answer_id)), Button("Start over", data("over", answer_id)))
    ]
    if another:
        rows.append((Button("Another question", data("new")),))
    return Message("\n".join([head, *_told(*_counted(draft), naming)]), tuple(rows))


def review(
    answer_id: AnswerId, draft: Draft, prompt: str, naming: Naming = STAR, *, note: str = ""
) -> Message:
    """All four parts before they are submitted, with words and speaking time."""
    texts, counts = _counted(draft)
    total = sum(counts.values())
    lines = [italic(note), ""] if note else []
    lines += [f"{bold('Review')}  {escape(prompt)}", "", *_told(texts, counts, naming, empty=True)]
    lines += ["", coach.words_and_time(total) if total else "Nothing is told yet. Open a part to tell it."]
    edits = [Button(f"Edit {naming.names[part]}", data("edit", answer_id, part)) for part in PARTS]
    rows: Rows = ((edits[0], edits[1]), (edits[2], edits[3]), (Button("Cancel", data("cancel", answer_id)),))
    if total:
        rows = ((Button("Submit", data("submit", answer_id)),), *rows)
    return Message("\n".join(lines), rows, standing=True)


def put_aside(answer_id: AnswerId, draft: Draft) -> Message:
    """After [Cancel]: the draft is parked, or was empty and is gone."""
    if draft.is_empty():
        return Message("Closed. Nothing was written yet.", ((Button("Ask me another", data("new")),),))
    return Message(
        "Put aside. Your words are kept.",
        ((Button("Continue", data("cont", answer_id)), Button("Ask me another", data("new"))),),
    )


def started_over(
    answer_id: AnswerId, old_id: AnswerId, draft: Draft, prompt: str, naming: Naming = STAR
) -> Message:
    """The first step again; the words before can be brought back."""
    first = step(answer_id, draft, naming, above=bold(prompt), note="Started over.")
    return Message(first.html, (*first.rows, (Button("Bring the old words back", data("undo", old_id)),)))


def whole(prompt: str, texts: Mapping[Part, str], naming: Naming = STAR, *, head: str) -> list[str]:
    """An answer in full, as pages of HTML, every word of it."""
    parts = (
        Block(f"\n{bold(naming.names[part])}\n", texts[part])
        if texts[part]
        else Block(_not_told(part, naming))
        for part in PARTS
    )
    return pages([Block(f"{head}\n{bold(prompt)}"), *parts])


def joined(part: Part, texts: Mapping[Part, str], naming: Naming = STAR) -> str:
    """The line that says a cut text was put together again."""
    return f"Joined to your {naming.names[part]}, {count(words(texts[part]), 'word')} now."


def stands_at(draft: Draft, naming: Naming = STAR) -> str:
    """The notice for a tap on a button of a step that is over."""
    return f"That step is over. You are at {place(draft, naming)}."


def filled(into: Sequence[Part], anew: Sequence[Part], naming: Naming = STAR) -> str:
    """The line after a labelled text went to its parts, of which it told some ``anew``."""
    if anew:
        places = "takes the place of the one" if len(anew) == 1 else "take the place of those"
        return f"Your new {listed(anew, naming)} {places} before."
    return (
        f"That is your {naming.names[into[0]]}." if len(into) == 1 else "I put the parts where they belong."
    )


def listed(parts: Sequence[Part], naming: Naming = STAR) -> str:
    """The parts' names in a sentence: Task, Action and Result."""
    return enumerated([naming.names[part] for part in parts])


def added(part: Part, naming: Naming = STAR) -> str:
    """The line after a text was put behind what a part already had."""
    return f"Added to your {naming.names[part]}."


def awaited(part: Part, naming: Naming = STAR) -> str:
    """The line after a label came without its text."""
    return f"Go on: your next message is the {naming.names[part]}."


def brought_back(*, submitted_since: bool, draft_since: bool) -> str:
    """The line after a draft that was started over is back: what became of the words written since."""
    if submitted_since:
        return "The old words are back as a draft of their own; what you submitted since stays in /history."
    if draft_since:
        return "The old words are back; what you wrote since is kept as another draft in /history."
    return "The old words are back."


CHANGED = "Changed."
SAVED = "Saved."
DECIDE_FIRST = "Say first which question your text below is for."
NOT_OPEN = "That answer is not open any more. /history has all you submitted."
SUBMITTED_ALREADY = "That answer is already submitted. /history has it."
NOTHING_TO_SUBMIT = "Nothing is told yet. Send at least one part first."
TOO_LONG = Message(
    f"That would make the part longer than {PART_UNITS_MAX:,} characters, which nobody would sit through. "
    "It was not added; send a shorter version."
)


def _part(draft: Draft) -> Part:
    part = draft.step.part
    if part is None:
        raise ValueError("the review is not a part")
    return part


def _title(draft: Draft, naming: Naming) -> str:
    name = naming.names[_part(draft)]
    if draft.editing:
        return bold(f"Edit · {name}")
    return bold(f"Step {STEPS.index(draft.step) + 1}/4 · {name}")


def _more(part: Part, naming: Naming) -> str:
    """The question about a thin part; the question's own hint where the parts are its own, too."""
    return naming.prompts[part] if naming.is_own else coach.thin_question(part)


def _step_rows(answer_id: AnswerId, draft: Draft, *, hinted: bool, told: bool) -> Rows:
    part = _part(draft)
    first = [] if hinted else [Button("Hint", data("hint", answer_id, part))]
    if draft.editing or draft.step is not Step.SITUATION:
        first.append(Button("Back", data("back", answer_id, part)))
    if told and not draft.editing:
        first.append(Button("Keep as it is", data("keep", answer_id, part)))
    elif not told:
        first.append(Button("Skip", data("skip", answer_id, part)))
    first.append(Button("Cancel", data("cancel", answer_id)))
    # Four short labels share a row on a phone; the long one would be cut off.
    return (tuple(first),) if not told or len(first) < 4 else (tuple(first[:2]), tuple(first[2:]))


def _counted(draft: Draft) -> tuple[dict[Part, str], dict[Part, int]]:
    """The parts and how many words each has."""
    texts = draft.texts()
    return texts, {part: words(text) for part, text in texts.items()}


def _told(
    texts: Mapping[Part, str], counts: Mapping[Part, int], naming: Naming, *, empty: bool = False
) -> list[str]:
    told = [part for part in PARTS if texts[part]]
    shown = dict(zip(told, fit_quotes([texts[part] for part in told], _SHOWN_UNITS), strict=True))
    lines = []
    for part in PARTS:
        if part in shown:
            size = count(counts[part], "word")
            lines.append(f"{bold(naming.names[part])}  {size}\n{quote(shown[part])}")
        elif empty:
            lines.append(_not_told(part, naming).rstrip())
    return lines


def _not_told(part: Part, naming: Naming) -> str:
    return f"{bold(naming.names[part])}  {italic('not told')}\n"
