"""Packs that a person sends for themselves: checked like any other, held to narrower limits, with ids of their own.

Nothing in such a file is trusted. It is read as plain data (`content.document`), its texts are shown escaped, and what
the coach looks for in an answer is bounded.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.domain.terms import CategoryId, QuestionId
from content.library import check_text
from content.problems import WHOLE_FILE, Problem
from content.schema import Category, Question
from content.texts import ID_MAX_CHARS

FILE_BYTES_MAX: Final = 256 * 1024
PACKS_MAX: Final = 5
"""Packs of one person."""
QUESTIONS_MAX: Final = 100
"""Questions of one person, in all their packs."""
CUES_MAX: Final = 200
"""Cues and samples of one question together, as many as a shipped one has: reading an answer costs by them."""
VALUES_MAX: Final = 10_000
"""Values in one file, as lists, groups and texts count."""
ENDINGS: Final = (".yaml", ".yml")

_MARK: Final = "~"
"""What ids of these begin with and no id in a file can, so that they never meet those of others."""
_NOT_OF_AN_ID = re.compile(r"[^a-z0-9]+")
_UNNAMED: Final = "pack"


@dataclass(frozen=True, slots=True)
class PrivatePack:
    """What a person sent: its name without the ending, its text, and the category it holds, as in the file.

    With ``problems`` there is no category.
    """

    name: str
    text: str
    digest: str
    problems: tuple[Problem, ...]
    category: Category | None


def is_pack_name(filename: str) -> bool:
    """Whether a file of this name may be a pack."""
    return filename.lower().endswith(ENDINGS)


def read_private(filename: str, raw: bytes) -> PrivatePack:
    """The pack in a file, or everything that is wrong with it."""
    name = _name(filename)
    digest = hashlib.sha256(raw).hexdigest()
    shown = f"{name}.yaml"
    if len(raw) > FILE_BYTES_MAX:
        too_large = f"is too large: {len(raw)} bytes, at most {FILE_BYTES_MAX}"
        return PrivatePack(name, "", digest, (Problem(shown, None, WHOLE_FILE, too_large),), None)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return PrivatePack(name, "", digest, (Problem(shown, None, WHOLE_FILE, "is not in UTF-8"),), None)
    checked = check_text(shown, name, text, values_max=VALUES_MAX, questions_max=QUESTIONS_MAX)
    problems = [
        *checked.problems,
        *chain.from_iterable(_too_costly(shown, each) for each in checked.categories),
    ]
    category = None if problems else checked.categories[0]
    return PrivatePack(name, text, digest, tuple(problems), category)


def as_own(category: Category, pack_id: int) -> Category:
    """The category under the ids that it has among a person's own; ``pack_id`` is no other pack's."""
    questions = tuple(
        question.model_copy(update={"id": own_question_id(pack_id, question.id)})
        for question in category.questions
    )
    return category.model_copy(update={"id": own_category_id(pack_id), "questions": questions})


def own_category_id(pack_id: int) -> CategoryId:
    """The id of the category of a person's own pack."""
    return CategoryId(f"{_MARK}{pack_id}")


def own_question_id(pack_id: int, question_id: str) -> QuestionId:
    """The id of a question of a person's own pack."""
    return QuestionId(f"{_MARK}{pack_id}.{question_id}")


def _name(filename: str) -> str:
    """The file's name as an id may be, whatever it is called on a phone."""
    stem = filename.rpartition(".")[0].lower()
    return _NOT_OF_AN_ID.sub("-", stem).strip("-")[:ID_MAX_CHARS].strip("-") or _UNNAMED


def _too_costly(file: str, category: Category) -> Iterator[Problem]:
    for question in category.questions:
        if (number := _looked_for(question)) > CUES_MAX:
            said = f"have too many cues and samples: {number}, at most {CUES_MAX} for a question"
            yield Problem(file, question.id, "points", said)


def _looked_for(question: Question) -> int:
    listened = sum(len(p.cues) + len(p.exemplars) + len(p.counter_examples) for p in question.points)
    return listened + len(question.premise)
