"""What the README shows of the coach is what the coach says."""

import os
import re
from html import unescape
from pathlib import Path

from bot.domain import coach
from bot.domain.terms import PARTS, Part, QuestionId
from bot.screens.coach import point_texts, reading_html
from content.library import load_library
from content.schema import Question

README = Path(__file__).parents[1] / "README.md"
_TOLD = r"> \*\*{}\*\* ([^\n]+)\n"
_EXAMPLE = re.compile(
    ">\n".join(_TOLD.format(part.value.capitalize()) for part in PARTS) + r"\n```text\n(.*?)```", re.DOTALL
)


def test_the_examples_are_what_the_coach_says() -> None:
    """Both answers in the README, read now, give the texts below them (`REWRITE_TRANSCRIPTS=1` writes them anew)."""
    question = load_library().question(QuestionId("failure-mistake"))
    assert question is not None
    text = README.read_text(encoding="utf-8")
    assert question.prompt in text
    examples = list(_EXAMPLE.finditer(text))
    assert len(examples) == 2
    if os.environ.get("REWRITE_TRANSCRIPTS") == "1":
        for example in reversed(examples):
            start, end = example.span(5)
            text = text[:start] + _said(example, question) + text[end:]
        README.write_text(text, encoding="utf-8")
        return
    for example in examples:
        assert example[5] == _said(example, question)


def _said(example: re.Match[str], question: Question) -> str:
    parts: dict[Part, str] = dict(zip(PARTS, example.groups()[:4], strict=True))
    reading = coach.read(parts, question.rubric())
    return unescape(re.sub(r"<[^>]+>", "", reading_html(reading, point_texts(question)))) + "\n"
