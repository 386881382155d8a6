"""What people will see of a question or a category, as plain text for its author."""

import html
import re
from collections.abc import Iterator

from bot.domain.practice import STEPS, Draft, Step
from bot.domain.terms import AnswerId, CategoryId, QuestionId
from bot.screens import after, answering, general
from bot.screens import question as question_screen
from bot.screens.message import Message
from bot.screens.naming import naming_of
from content.library import Library
from content.schema import Category, Question

_ID = AnswerId(0)
_QUOTE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_RULE = "\n\n" + "-" * 40 + "\n\n"


def preview(library: Library, wanted: str) -> str | None:
    """The screens of the question, or of the category and all its questions, with that id; None: there is none."""
    category = library.category(CategoryId(wanted))
    if category is not None:
        shown = [*general.category_tips(category)]
        for question in category.questions:
            shown += _screens(question, category)
        return _RULE.join(map(plain, shown))
    found = library.question(QuestionId(wanted))
    if found is None:
        return None
    return _RULE.join(map(plain, _screens(found, library.category_of(found.id))))


def plain(message: Message) -> str:
    """A message as text: quotes behind ``> ``, rows of buttons in brackets."""
    quoted = _QUOTE.sub(lambda match: "\n".join(f"> {line}" for line in match[1].split("\n")), message.html)
    lines = [html.unescape(_TAG.sub("", quoted))]
    lines += [" ".join(f"[{button.label}]" for button in row) for row in message.rows]
    return "\n".join(lines)


def _screens(question: Question, category: Category | None) -> Iterator[Message]:
    yield question_screen.card(question, category)
    naming = naming_of(question)
    for step in STEPS:
        if step is not Step.REVIEW and step.part is not None:
            hint = "" if naming.is_own else question.hints[step.part]
            yield answering.step(_ID, Draft(step=step), naming, hint=hint)
    for page in after.model_only(question):
        yield Message(page)
