"""What /practice leads to besides categories: weak points and levels."""

from collections.abc import Mapping, Sequence

from bot.domain.coach import Code
from bot.domain.terms import Level
from bot.domain.weakness import Missed, Recurring
from bot.screens import coach
from bot.screens.buttons import data
from bot.screens.layout import bold, escape, shorten
from bot.screens.message import Button, Message, Rows
from bot.screens.settings import LEVELS
from bot.screens.when import count
from content.schema import Question

FLAGS_SHOWN = 4
MISSED_SHOWN = 4

_LABEL_UNITS = 40
_PROMPT_UNITS = 120

FLAG_NAMES: Mapping[Code, str] = {
    Code.NO_NUMBERS: "No figure in the outcome",
    Code.WE_OVER_I: "“We” where it was you",
    Code.HYPOTHETICAL: "What you would do, not what you did",
    Code.BLAMES_OTHERS: "The blame with others",
    Code.NO_LEARNING: "No lesson",
    Code.DENIES_FAILURE: "Nothing went wrong",
    Code.VAGUE: "Deeds one cannot picture",
    Code.OFF_TOPIC: "Not what was asked",
}

_FLAG_LABELS: Mapping[Code, str] = {
    Code.NO_NUMBERS: "Figures",
    Code.WE_OVER_I: "Say I",
    Code.HYPOTHETICAL: "What you did",
    Code.VAGUE: "Picture it",
}


def weak_points(
    flags: Sequence[Recurring], missed: Sequence[tuple[Missed, Question]], looked_at: int
) -> Message:
    """What keeps coming back in the latest answers, each with a button to practise it."""
    back: Rows = ((Button("Back", data("pp", 0)),),)
    if not flags and not missed:
        return Message(
            f"{bold('Weak points')}\nNothing stands out in your last {count(looked_at, 'answer')}."
            if looked_at
            else f"{bold('Weak points')}\nThere is no answer to go by yet.",
            back,
        )
    lines = [bold("Weak points"), f"From your last {count(looked_at, 'answer')}."]
    rows: list[tuple[Button, ...]] = []
    if flags[:FLAGS_SHOWN]:
        lines.append("")
        for flag in flags[:FLAGS_SHOWN]:
            name = FLAG_NAMES[Code(flag.flag)]
            lines.append(f"• {escape(name)}: {flag.times} times")
            label = _FLAG_LABELS.get(Code(flag.flag), name)
            rows.append((Button(f"Practise: {label}", data("wf", flag.flag)),))
    for each, question in missed[:MISSED_SHOWN]:
        points = count(len(each.points), "point")
        lines += ["", f"• {points} not heard in: {escape(shorten(question.prompt, _PROMPT_UNITS))}"]
        rows.append((Button(f"Again: {shorten(question.prompt, _LABEL_UNITS)}", data("wq", question.id)),))
    return Message("\n".join(lines), (*rows, *back))


def levels(numbers: Mapping[Level, int]) -> Message:
    """Questions of one level, those that have any."""
    buttons = [
        Button(f"{name} ({numbers[level]})", data("lv", level))
        for level, name in LEVELS.items()
        if numbers.get(level)
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Message(f"{bold('By level')}\nA question for whom?", (*rows, (Button("Back", data("pp", 0)),)))


def aim_at(flag: str) -> str:
    """The line above a card that trains a flag."""
    return f"This time: {coach.ADVICE[Code(flag)]}"


def missing(texts: Sequence[str]) -> str:
    """The line above a question of which points were not heard."""
    return "Last time I did not hear: " + " ".join(texts)


NOT_WEAK_ANY_MORE = "That is no weak point any more."
"""Notice for an old button."""
