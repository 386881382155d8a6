"""The worst a person can type and the longest a pack may hold, for the tests of screens. No tests in here."""

from datetime import UTC, datetime
from functools import cache

from hypothesis import strategies as st

from bot.domain.practice import PART_UNITS_MAX
from bot.domain.terms import PARTS, AnswerId, CategoryId, QuestionId
from bot.transport.incoming import clean
from content import texts
from content.private import own_question_id
from content.schema import Category, Question

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ID = AnswerId(10**15 - 1)
LONG_ID = "i" * texts.ID_MAX_CHARS
OWN_ID = own_question_id(9_999_999_999, LONG_ID)
"""The longest id a question can have: one of a pack that a person sent."""
ZONE = "America/Argentina/ComodRivadavia"
NEEDLE = "<b>&amp;x"
LONG_LINE = (NEEDLE + " ‮שלום​😀 ") * 400

HOSTILE = [
    NEEDLE,
    "</b></i></blockquote>",
    "<a href='tg://user?id=1'>x</a> & &lt; &#60; &amp;amp;",
    "😀" * 4096,
    "&" * 4096,
    "<" * PART_UNITS_MAX,
    "שלום \u202eabc\u202c \u2066x\u2069",
    "\u200b\u200c\u200d\ufeff\u2060",
    "a\x00b\x01\ud800c",
    "\u2003" * 50 + "x" + "\u3164" * 5000,
    "👨‍👩‍👧‍👦" * 2000,
    "Situation: x\nTask: y",
    "word " * 4000,
    "dunno",
    "",
]
TEXTS = (st.sampled_from(HOSTILE) | st.text(max_size=300)).map(clean)


@cache
def longest_question() -> Question:
    """A question as long in every field as a pack may make it, full of signs that HTML would read."""

    def line(limit: int) -> str:
        return ("<b>&amp;x " * limit)[: limit - 1] + "."

    part = texts.MODEL_ANSWER_MAX_CHARS // 4
    return Question(
        id=QuestionId(LONG_ID),
        prompt=line(texts.PROMPT_MAX_CHARS),
        about=line(texts.ABOUT_MAX_CHARS),
        hints={part.value: line(texts.HINT_MAX_CHARS) for part in PARTS},
        model_answer={name.value: line(part) for name in PARTS},
        points=[{"id": f"p{number}", "text": line(texts.POINT_MAX_CHARS)} for number in range(6)],
        tips=[line(texts.TIP_MAX_CHARS)] * 6,
        follow_ups=[line(texts.FOLLOW_UP_MAX_CHARS)] * 3,
        traps=[line(texts.NOTE_MAX_CHARS)] * 4,
        part_names={part.value: f"<b>&amp;x {part.value}"[: texts.PART_NAME_MAX_CHARS] for part in PARTS},
    ).model_copy(update={"id": OWN_ID})


@cache
def longest_category() -> Category:
    """A category likewise."""
    note = ("<b>&amp;x " * texts.NOTE_MAX_CHARS)[: texts.NOTE_MAX_CHARS - 1] + "."
    title = ("<b>&amp;x " * 10)[: texts.TITLE_MAX_CHARS - 1] + "."
    named = [{"name": title, "text": note}] * 8
    return Category(
        id=CategoryId(LONG_ID),
        title=title,
        about=note,
        tips=[note] * 6,
        star={part.value: note for part in PARTS},
        wanted=[note] * 8,
        indicators=named,
        red_flags=[note] * 8,
        kinds=named,
        outcomes=[note] * 8,
        questions=(longest_question(),),
    )
