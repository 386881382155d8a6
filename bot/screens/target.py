"""The day of an interview: the plan, the story sheet on the evening before, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.target import LIGHT_DAYS, PACKED_DAYS, Phase
from bot.screens.buttons import data
from bot.screens.layout import Block, bold, escape, italic, pages, shorten
from bot.screens.message import Button, Message, Rows
from bot.screens.when import count, day

CATEGORIES_SHOWN = 12

WENT_SHOWN = 5

OUTCOMES = (("well", "Well"), ("mixed", "Mixed"), ("badly", "Badly"))

_NAME_UNITS = 60  # as many as may be typed
_PROMPT_UNITS = 70
_STORY_UNITS = 110

_PHASES = {
    Phase.COVER: "These days cover each of your categories once.",
    Phase.PACK: f"In the last {PACKED_DAYS} days reviews come first, every day.",
    Phase.LIGHT: f"In the last {LIGHT_DAYS} days there are light drills only: what you have, said aloud.",
    Phase.OVER: "The day is over.",
}


@dataclass(frozen=True, slots=True)
class Went:
    """An interview that is over; ``name`` may be empty, ``outcome`` is one of `OUTCOMES`."""

    day: date
    name: str
    outcome: str


def plan(
    target: date,
    name: str,
    today: date,
    phase: Phase,
    covered: int,
    uncovered: Sequence[str],
    went: Sequence[Went] = (),
    *,
    lead: str = "",
    sheet_comes: bool = True,
) -> Message:
    """How many days are left, what they are for, which categories were never asked, and how earlier ones went.

    ``sheet_comes``: the evening before is still ahead.
    """
    left = (target - today).days
    lines = [escape(lead), ""] if lead else []
    lines += [bold(_named(target, name)), _days_left(left), "", _PHASES[phase]]
    total = covered + len(uncovered)
    lines.append(f"Covered: {covered} of {count(total, 'category', 'categories')}.")
    if uncovered:
        more = len(uncovered) - CATEGORIES_SHOWN
        named = ", ".join(map(escape, uncovered[:CATEGORIES_SHOWN]))
        lines.append(f"Not yet: {named}{f' and {more} more' if more > 0 else ''}.")
    if sheet_comes:
        lines += ["", italic("The evening before you get your best answers on one sheet.")]
    lines += how_they_went(went)
    rows: Rows = (
        (Button("Story sheet now", data("tgs")), Button("Categories", data("set", "cats"))),
        (Button("No interview any more", data("tgo")),),
    )
    return Message("\n".join(lines), rows)


def sheet(name: str, lines: Sequence[tuple[str, str, str]]) -> list[Message]:
    """The story sheet: (category, question or name of the story, how it begins) for each of the best answers."""
    whom = f" for {shorten(name, _NAME_UNITS)}" if name else ""
    if not lines:
        return [Message(f"{bold('Your story sheet')}\nThere is no answer to put on it yet.")]
    blocks = [
        Block(f"{bold(f'Your story sheet{whom}')}\nOne line each. Read it, sleep, and tell them your way.\n")
    ]
    blocks += [
        Block(
            f"• {bold(category)}: {escape(shorten(title, _PROMPT_UNITS))}\n"
            f"  “{escape(shorten(' '.join(story.split()), _STORY_UNITS))}”"
        )
        for category, title, story in lines
    ]
    return [Message(page) for page in pages(blocks)]


def ask_outcome(target: date, name: str) -> Message:
    """On the day after."""
    buttons = tuple(Button(label, data("tgw", value, target.isoformat())) for value, label in OUTCOMES)
    moved = Button("It was moved", data("tgm", target.isoformat()))
    return Message(f"{bold(_named(target, name))}\nHow did it go?", (buttons, (moved,)))


def how_they_went(went: Sequence[Went]) -> list[str]:
    """Lines on the latest interviews, the newest first, with an empty one before; none if there are none."""
    named = dict(OUTCOMES)
    lines = [
        f"{escape(_named(each.day, each.name))}: {named.get(each.outcome, each.outcome).lower()}"
        for each in sorted(went, key=lambda each: each.day, reverse=True)[:WENT_SHOWN]
    ]
    return ["", bold("How they went"), *lines] if lines else []


def none_set(went: Sequence[Went]) -> Message:
    """No interview is ahead; how earlier ones went."""
    return Message("\n".join([_NONE_SET, *how_they_went(went)]))


def outcome(value: str, *, plan_is_over: bool = True) -> Message:
    """The answer to how it went; ``plan_is_over``: no other interview is ahead."""
    said = {
        "well": "Good. While it is fresh: keep the question they asked that you had no answer for.",
        "mixed": "Most are. Take the one question that went worst and answer it once more while you remember.",
        "badly": "That happens, and the next one is another day. Start with the question that hurt most.",
    }[value]
    after = "The plan is over; questions come as before. /target sets the next day."
    return Message(
        f"{said}\n\n{after if plan_is_over else 'The plan towards the next one stands.'}",
        ((Button("Practise now", data("pp", 0)),),),
    )


def light(name: str) -> str:
    """The line above a light drill."""
    whom = f" before {shorten(name, _NAME_UNITS)}" if name else ""
    return f"A light drill{whom}: say this one aloud once, in two minutes. You need not write it."


def _named(target: date, name: str) -> str:
    return f"{shorten(name, _NAME_UNITS) or 'Your interview'} · {day(target)}"


def _days_left(left: int) -> str:
    if left == 0:
        return "It is today."
    return f"{count(left, 'day')} to go." if left > 0 else "It is over."


_NONE_SET = (
    f"{bold('Interview date')}\nSend the day, and a name if you like, and I plan towards it: 2027-03-14 Acme"
)
NOT_READ = Message(
    "I could not read that as a day from today on, within a year. Send the day first and then a name, such as "
    "2027-03-14 Acme or 24 Dec Acme."
)
OFF = Message("No interview is set any more. Questions come as before.")
MOVED = Message("Send the new day, such as 2027-03-14 Acme.")
KEPT_ALREADY = "That is kept already."
NONE_NOW = "No interview is set."
TAKEN = "Noted. I plan towards it from today."
