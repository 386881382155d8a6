"""The mock interview: how long, its questions one by one, the follow-ups, and the report at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.coach import Code, Reading
from bot.domain.mock import SIZES, Summary
from bot.domain.terms import PARTS, AnswerId, Part
from bot.screens import coach
from bot.screens.buttons import data
from bot.screens.layout import Block, bold, escape, italic, pages, shorten
from bot.screens.message import Button, Message, Rows
from bot.screens.naming import STAR, Naming
from bot.screens.practice import FLAG_NAMES
from bot.screens.question import heading
from bot.screens.when import count
from content.schema import Category, Question

POINTS_SHOWN = 2
"""Of the points of one answer; the others are counted, and stand with the answer itself."""

_PROMPT_UNITS = 160
_NAME_UNITS = 40
_REPLY_UNITS = 700
_ROUGHLY = 5  # seconds; from words alone it cannot be told more exactly
_SHAPE_NAMES: Mapping[Code, str] = {
    Code.PART_EMPTY: "A part left empty",
    Code.PART_LONG: "One part takes too much of the time",
    Code.PART_SHORT: "One part is too short",
    Code.TOO_LONG: "Longer than the time to aim for",
    Code.TOO_SHORT: "Too short to judge",
}
_SHAPE_ADVICE: Mapping[Code, str] = {
    Code.PART_EMPTY: "Tell all four parts, and be it in a sentence.",
    Code.PART_LONG: "Give more than half of the time to the Action, and the rest to the other three.",
    Code.PART_SHORT: "Give more than half of the time to the Action, and the rest to the other three.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One question of an interview that is over: what was heard, None if it was skipped."""

    prompt: str
    aim_seconds: int
    answer_id: AnswerId | None = None
    reading: Reading | None = None
    unheard: Sequence[str] = ()
    follow_up: str = ""
    reply: str = ""
    naming: Naming = STAR


def offer(last_id: int | None) -> Message:
    """How many questions; ``last_id`` is the interview whose report can be read again."""
    sizes = tuple(Button(str(size), data("mkn", size)) for size in SIZES)
    last: Rows = ((Button("The last report", data("mkr", last_id)),),) if last_id is not None else ()
    return Message(
        f"{bold('Mock interview')}\nQuestions in the order of an interview, each with a follow-up. I say nothing in "
        "between; at the end there is one report. You can park it at any moment.\n\nHow many questions?",
        (sizes, *last),
    )


def resume(place: int, size: int, prompt: str) -> Message:
    """An interview is under way."""
    return Message(
        f"{bold('Mock interview')}\nYou are at question {place + 1} of {size}:\n{escape(prompt)}",
        ((Button("Go on", data("mkg")), Button("End it here", data("mke"))),),
    )


def card(question: Question, category: Category | None, place: int, size: int, aim_seconds: int) -> Message:
    """One question of the interview."""
    return Message(
        f"{where(place, size, aim_seconds)}\n\n{heading(category, question.prompt)}",
        (
            (Button("Answer", data("ans", question.id)),),
            (Button("Skip it", data("mks", place)), Button("Park the interview", data("mkp"))),
        ),
    )


def where(place: int, size: int, aim_seconds: int) -> str:
    """The line above a question and the first step of its answer, as HTML."""
    return italic(f"Question {place + 1} of {size} · aim for {minutes(aim_seconds)}")


def follow_up(asked: str, place: int, *, kept: bool) -> Message:
    """What the interviewer asks next; ``kept``: the answer has just been submitted."""
    lead = "Kept. " if kept else ""
    return Message(
        f"{lead}The interviewer asks:\n\n{bold(asked)}\n\nAnswer in one message.",
        ((Button("Skip it", data("mkf", place)), Button("Park the interview", data("mkp"))),),
    )


def more(place: int) -> Message:
    """A long reply came, perhaps cut by Telegram's app: the rest may be on its way."""
    return Message(
        "Kept. If there is more, send it; it is put behind what you sent.",
        ((Button("Next question", data("mkf", place)),),),
    )


def parked(place: int, size: int) -> Message:
    """The interview rests."""
    return Message(
        f"Parked at question {place + 1} of {size}. Everything is kept; /mock goes on from there.",
        ((Button("Go on", data("mkg")),),),
    )


def reply_changed(asked: str, mock_id: int, *, is_over: bool) -> Message:
    """A reply was edited in Telegram; ``is_over``: the interview has its report."""
    way = Button("The report", data("mkr", mock_id)) if is_over else Button("Go on", data("mkg"))
    return Message(f"Your reply to “{escape(shorten(asked, _PROMPT_UNITS))}” is changed.", ((way,),))


def too_few(number: int) -> Message:
    """The chosen categories hold no interview."""
    held = count(number, "question") if number else "no question"
    return Message(
        f"Your categories have {held}; an interview takes {SIZES[0]} or more.",
        ((Button("Categories", data("set", "cats")),),),
    )


def open_already(place: int, size: int) -> str:
    """Notice for the number tapped once more, or under an older offer."""
    return f"The interview is under way, at question {place + 1} of {size}. /mock goes on with it or ends it."


def nothing_told(*, begun: bool) -> Message:
    """It ended without an answer; ``begun``: one was begun and not submitted."""
    kept = " What you began is kept." if begun else ""
    return Message(f"Nothing was submitted, so there is no report.{kept} /mock starts another.")


def report(told: Sequence[Told], found: Summary) -> list[Message]:
    """The one report at the end: time, balance, flags across the answers, points never heard, one thing to do."""
    answered = [each for each in told if each.reading is not None]
    seconds = sum(_seconds(each.reading) for each in answered if each.reading is not None)
    size = f"{len(answered)} of {count(len(told), 'question')} answered, {minutes(seconds)} spoken in all"
    blocks = [Block(f"{bold('Your mock interview')}\n{size}.")]
    blocks += [Block(_line(number, each)) for number, each in enumerate(told, 1)]
    blocks += [Block(line) for line in _flags(found, len(answered))]
    blocks += [Block(line) for line in _unheard(answered)]
    for each in told:
        if each.reply:
            blocks.append(Block(f"\n{italic(each.follow_up)}\n", shorten(each.reply, _REPLY_UNITS)))
    blocks.append(Block(f"\n{bold('The one thing to work on')}\n{escape(_advice(found))}"))
    open_them = tuple(
        Button(f"Answer {number}", data("mko", each.answer_id))
        for number, each in enumerate(told, 1)
        if each.answer_id is not None
    )
    rows: Rows = (
        *(open_them[at : at + 3] for at in range(0, len(open_them), 3)),
        (Button("Weak points", data("wp")), Button("Another interview", data("mkn"))),
    )
    html_pages = pages(blocks)
    return [Message(page, rows if page is html_pages[-1] else ()) for page in html_pages]


def minutes(seconds: int) -> str:
    """``1 min 30 s``, ``2 min``, ``40 s``."""
    whole, rest = divmod(seconds, 60)
    return " ".join(([f"{whole} min"] if whole else []) + ([f"{rest} s"] if rest or not whole else []))


def said_codes() -> frozenset[Code]:
    """The findings that a report may name."""
    return frozenset({*FLAG_NAMES, *_SHAPE_NAMES}) - coach.ASKED_ONLY


def _line(number: int, each: Told) -> str:
    prompt = f"\n{bold(f'{number}.')} {escape(shorten(each.prompt, _PROMPT_UNITS))}"
    if each.reading is None:
        return f"{prompt}\n{italic('not answered')}"
    initials = each.naming.initials()
    shares = " · ".join(f"{escape(initials[part])} {_percent(each.reading, part)}" for part in PARTS)
    spoken = minutes(_seconds(each.reading))
    if each.aim_seconds:  # a question that is asked no more has none
        spoken += f" of {minutes(each.aim_seconds)} to aim for"
    return f"{prompt}\n{spoken}\nBalance: {shares} %"


def _seconds(reading: Reading) -> int:
    return _ROUGHLY * round(reading.speaking_seconds / _ROUGHLY)


def _percent(reading: Reading, part: Part) -> int:
    return round(reading.shares[part] * 100)


def _flags(found: Summary, answered: int) -> list[str]:
    if not found.flags:
        return []
    named = [
        f"• {escape(FLAG_NAMES.get(code) or _SHAPE_NAMES[code])}: {number} of {answered}"
        for code, number in found.flags
    ]
    return [f"\n{bold('Across the answers')}", *named]


def _unheard(answered: Sequence[Told]) -> list[str]:
    lines = [
        f"• {escape(text)} ({escape(shorten(each.prompt, _NAME_UNITS))})"
        for each in answered
        for text in each.unheard[:POINTS_SHOWN]
    ]
    left = sum(len(each.unheard) for each in answered) - len(lines)
    if left > 0:
        lines.append(f"and {left} more")
    return [f"\n{bold('Never heard')}", *lines] if lines else []


def _advice(found: Summary) -> str:
    code = found.one_thing
    if code is None:
        return "Nothing stands out. Take one question more next time, or a level higher."
    return _SHAPE_ADVICE.get(code) or coach.ADVICE[code]


NOT_OPEN = "That interview is over. /mock starts another."
WENT_ON = "The interview has gone on since."
ASKED_NO_MORE = "A question that is asked no more"
GONE = "That report is not there any more."
REPLY_TOO_LONG = Message("That would make the reply too long to sit through. It is as it was.")
