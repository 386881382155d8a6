"""What comes after an answer: the coach's reading, the model answer beside one's own, points, tips, the rating."""

from collections.abc import Collection, Mapping, Sequence

from bot.domain.coach import Reading
from bot.domain.terms import PARTS, AnswerId, Part
from bot.screens import coach
from bot.screens.buttons import data
from bot.screens.layout import (
    MESSAGE_UNITS,
    Block,
    bold,
    escape,
    fit_quotes,
    italic,
    pages,
    shown_units,
)
from bot.screens.message import Button, Message, Rows
from bot.screens.naming import naming_of
from content.schema import Question

RATINGS = ((1, "Again"), (2, "Hard"), (3, "Good"), (4, "Easy"))

_OWN_UNITS_LEAST = 600  # below this for all four own parts together, a second message reads better


def heard(
    reading: Reading,
    prompt: str,
    attempt: int,
    question: Question | None = None,
    *,
    answer_id: AnswerId,
    since: coach.Since | None = None,
    nth: int = 0,
) -> Message:
    """The coach's reading, in the place of the review, with the way to answer the question it ends with.

    ``question`` is None when the packs no longer hold it; ``since`` compares with what was heard before; ``nth`` as
    for `coach.reading_html`.
    """
    which = f" · attempt {attempt}" if attempt > 1 else ""
    texts, naming = coach.point_texts(question), naming_of(question)
    said = coach.reading_html(reading, texts, naming, since, nth)
    part = next((part for _question, part in coach.questions(reading, texts, naming)[nth:]), None)
    return Message(
        f"{escape(prompt)}\n{italic(f'Submitted and kept{which}.')}\n\n{said}{follow_ups(question)}",
        ((Button("Answer that", data("more", answer_id, part.value, nth)),),) if part else (),
    )


def model(
    question: Question,
    own: Mapping[Part, str],
    answer_id: AnswerId,
    points_heard: Collection[str] = (),
    *,
    daily_time_set: bool = True,
) -> list[Message]:
    """The model answer part by part with one's own beside it, then points and tips; buttons under the last."""
    tail = f"\n{after_model(question, points_heard)}\n\n{bold('How did it feel?')}"
    fixed = sum(_model_part(question, part).size() + 30 for part in PARTS) + shown_units(tail) + 60
    room = max(_OWN_UNITS_LEAST, MESSAGE_UNITS - fixed)
    shown = dict(zip(PARTS, fit_quotes([own[part] for part in PARTS], room), strict=True))
    blocks = [Block(bold("A model answer"))]
    for part in PARTS:
        blocks.append(_model_part(question, part))
        blocks.append(
            Block(f"{italic('Yours')}\n", shown[part]) if shown[part] else Block(italic("Yours: not told"))
        )
    blocks += _by_line(tail)
    rows = rating_rows(answer_id, None)
    if not daily_time_set:
        rows = (*rows, (Button("Ask me daily", data("set", "time")),))
    html_pages = pages(blocks)
    return [Message(page, rows if page is html_pages[-1] else ()) for page in html_pages]


def model_only(question: Question) -> list[str]:
    """The model answer, points and tips as pages of HTML, for looking them up later."""
    blocks = [Block(f"{bold('A model answer')}\n{escape(question.prompt)}")]
    blocks += [_model_part(question, part) for part in PARTS]
    blocks += _by_line(f"\n{after_model(question, ())}{follow_ups(question)}")
    return pages(blocks)


def after_model(question: Question, points_heard: Collection[str]) -> str:
    """What stands below a model answer: the points, the tips, and the traps where the pack names some."""
    lists = [points(question, points_heard), tips(question)]
    if question.traps:
        lists.append(_list("Traps", question.traps))
    return "\n\n".join(lists)


def follow_ups(question: Question | None) -> str:
    """What an interviewer asks after this question, whatever the answer was; empty if the pack does not say."""
    if question is None or not question.follow_ups:
        return ""
    return f"\n\n{_list('Often asked next', question.follow_ups)}"


def points(question: Question, points_heard: Collection[str]) -> str:
    """What interviewers listen for, those heard in the answer ticked."""
    lines = [bold("What interviewers listen for")]
    for point in question.points:
        sign = "✓" if point.id in points_heard else "•"
        lines.append(f"{sign} {escape(point.text)}")
    return "\n".join(lines)


def tips(question: Question) -> str:
    """The tips as a list."""
    return _list("Tips", question.tips)


def rating_rows(answer_id: AnswerId, chosen: int | None) -> Rows:
    """How it felt, the chosen one marked, and what one may do next."""
    ratings = tuple(
        Button(f"● {label}" if value == chosen else label, data("rate", answer_id, value))
        for value, label in RATINGS
    )
    return (
        ratings,
        (Button("Try again", data("again", answer_id)), Button("History", data("hist"))),
        (Button("Keep as a story", data("stk", answer_id)),),
    )


def rated(value: int) -> str:
    """The notice after rating."""
    return f"Noted: {dict(RATINGS)[value].lower()}."


def _model_part(question: Question, part: Part) -> Block:
    return Block(f"\n{bold(naming_of(question).names[part])}\n", question.model_answer.text(part))


def _list(title: str, entries: Sequence[str]) -> str:
    return "\n".join([bold(title), *(f"• {escape(entry)}" for entry in entries)])


def _by_line(text: str) -> list[Block]:
    """Lines as blocks of their own, so that a list too long for one message goes on in the next."""
    return [Block(line) for line in text.split("\n")]
