"""Stories: keeping an answer as one, choosing one for a question, and which are missing or worn out."""

from collections.abc import Sequence

from bot.domain.stories import NAME_UNITS_MAX
from bot.domain.terms import AnswerId, QuestionId
from bot.screens.buttons import data, listed
from bot.screens.layout import bold, escape, italic, quote, shorten
from bot.screens.message import Button, Message, Rows
from bot.screens.when import count

CATEGORIES_SHOWN = 12

_PROMPT_UNITS = 300
_STORY_UNITS = 700


def ask_name(name: str) -> Message:
    """The answer is kept; it may get a better name."""
    return Message(
        f"Kept as a story: {bold(name)}\nSend a short name for it if you have a better one.",
        ((Button("This name is fine", data("st")),),),
    )


def named(story_id: int, name: str, mark: tuple[int, int] | None) -> Message:
    """The story has its name; ``mark`` tells the text that brought it, if it may have been for an answer as well."""
    rows: Rows = ((Button("Stories", data("st")),),)
    if mark is not None:
        rows = (*rows, (Button("It was no name", data("stn", story_id, *mark)),))
    return Message(f"It is called {bold(name)} now.", rows)


def unnamed(name: str) -> Message:
    """The text was no name; where it went is said below."""
    return Message(f"The story is called {bold(name)} again. Your text went where the next message says.")


def overview(
    entries: Sequence[tuple[int, str, int]], overused: str, missing: Sequence[str], page: int = 0
) -> Message:
    """The stories as (id, name, for how many questions told), the one told too often, categories without one."""
    if not entries:
        return Message(
            f"{bold('Stories')}\nNone is kept yet. After an answer you would tell again, press Keep as a story.",
            ((Button("History", data("h")),),),
        )
    shown, turns = listed(entries, page, lambda number: data("st", number))
    lines = [bold("Stories"), f"{count(len(entries), 'story', 'stories')} kept."]
    lines += [f"• {escape(name)}: told for {count(told, 'question')}" for _id, name, told in shown]
    if overused:
        lines += ["", f"{escape(overused)} is told often. Have a second one ready beside it."]
    if missing:
        more = len(missing) - CATEGORIES_SHOWN
        names = ", ".join(map(escape, missing[:CATEGORIES_SHOWN]))
        lines += ["", f"No story yet: {names}{f' and {more} more' if more > 0 else ''}."]
    rows: Rows = tuple((Button(name, data("sto", story_id)),) for story_id, name, _told in shown)
    return Message("\n".join(lines), (*rows, *turns))


def story(story_id: int, name: str, told: int, answer_id: AnswerId, prompt: str, beginning: str) -> Message:
    """One story, and what can be done with it."""
    questions = count(told, "question")
    return Message(
        f"{bold(name)}\n{escape(shorten(prompt, _PROMPT_UNITS))}\n{italic(f'Told for {questions}.')}\n\n"
        f"{quote(shorten(beginning, _STORY_UNITS))}",
        (
            (Button("Rename", data("str", story_id)), Button("Remove", data("stx", story_id))),
            (Button("Open the answer", data("ho", answer_id, 0)), Button("Back", data("st"))),
        ),
    )


def ask_rename(name: str) -> Message:
    """The next text is the name."""
    return Message(f"Send the new name for “{bold(name)}”.", ((Button("Leave it", data("st")),),))


def removed(name: str, answer_id: AnswerId) -> Message:
    """The story is one no longer."""
    return Message(
        f"{bold(name)} is no longer among your stories. The answer stays in /history.",
        ((Button("Keep it again", data("stk", answer_id)), Button("Stories", data("st"))),),
    )


def choose(
    question_id: QuestionId, prompt: str, entries: Sequence[tuple[int, str, int]], *, fit: bool
) -> Message:
    """Which story to tell for a question; ``fit``: these are from its category or near it."""
    which = "These fit:" if fit else "None of your stories is near this question. All of them:"
    rows: Rows = tuple(
        (Button(f"{name} ({told})", data("stp", story_id, question_id)),) for story_id, name, told in entries
    )
    return Message(
        f"{bold(prompt)}\n\n{which}\nIn brackets, for how many questions it is told.",
        (*rows, (Button("Back", data("card", question_id)),)),
    )


FILLED = "Your story is in. Change what this question asks for, then submit."
BEGUN_ALREADY = "You have begun an answer to this already. It is kept as it is."
NONE_KEPT = "No story is kept yet."
NOT_THERE = "That story is not there any more."
NOT_A_NAME = (
    f"A name has one line and at most {NAME_UNITS_MAX} characters, so I took that for an answer; "
    "the story keeps its name."
)
NO_NAME_ALREADY = "That is settled already."
