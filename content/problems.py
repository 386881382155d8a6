"""What is wrong with a pack, in one line each, said to the author of the file. Finds nothing itself."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from content.document import DataPath, Document, Odd
from content.schema import Category, ModelAnswer, Named, Point, Question, Stage
from content.texts import QUESTION_ID_PATTERN

WHOLE_FILE: Final = "file"
"""The field named by a problem that is about a file as a whole."""

_MODELS: tuple[type[BaseModel], ...] = (Category, Question, ModelAnswer, Stage, Point, Named)
_FIELDS = frozenset(name for model in _MODELS for name in model.model_fields)
_TYPE_ERRORS = {
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "model_type": "must be a group of fields, one to a line",
    "mapping_type": "must be a group of fields, one to a line",
    "bool_type": "must be true or false, without quotes",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author has to mend.

    ``question`` is None outside the questions, and for a question that has no id of its own; ``field`` then counts it,
    from 1, as in ``questions[2].prompt``. ``line`` and ``column`` count from 1; None: the file as a whole.
    """

    file: str
    question: str | None
    field: str
    message: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        # Editors go to the place that a line begins with; what concerns a whole file is at its beginning.
        place = f":{self.line or 1}:{self.column or 1}"
        question = "" if self.question is None else f"[{self.question}] "
        line = f"{self.file}{place}: {question}{self.field}: {self.message}"
        return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in line)


class ContentError(Exception):
    """The packs cannot be used. ``problems`` holds every reason; the text is one line for each."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def counted(number: int, one: str, more: str | None = None) -> str:
    """A number with its noun: "1 question", "2 questions"; ``more`` None: the plural takes an s."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def problem_at(file: str, document: Document, path: DataPath, message: str) -> Problem:
    """The problem with the value at ``path``, placed in the file and attributed to its question."""
    place = document.place(path)
    question, rest = _question_of(document.data, path)
    return Problem(file, question, _field(rest), message, place and place.line, place and place.column)


def lacking_texts(shipped: str) -> str:
    """Said of a file that holds questions and nothing of their category; ``shipped`` names files that may."""
    *fields, last = (name for name in Category.model_fields if name not in ("id", "questions"))
    return (
        f"lacks {', '.join(fields)} and {last}, which a new category needs; "
        f"to add to a shipped one, name the file as it: {shipped}"
    )


def fault_problems(file: str, document: Document) -> Iterator[Problem]:
    """What is wrong with the YAML itself."""
    for fault in document.faults:
        question, rest = _question_of(document.data, fault.path)
        line, column = fault.place or (None, None)
        yield Problem(file, question, _field(rest), fault.message, line, column)


def schema_problems(file: str, document: Document, errors: list[Any]) -> Iterator[Problem]:
    """pydantic's errors (the list that ``ValidationError.errors()`` gives) in the words of a pack's author."""
    for error in errors:
        kind = error["type"]
        if kind == "repeated_id":
            continue  # the loader has looked for these itself: it sees them beside other errors, and over all files
        if kind == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
            continue  # pydantic counts only the entries without an error, and those have been reported
        path = _path_of(document, error["loc"])
        if any(path[:length] in document.refused for length in range(len(path) + 1)):
            continue
        if kind == "missing":
            yield problem_at(file, document, (*path, error["loc"][-1]), "is missing")
        else:
            yield problem_at(file, document, path, _message(error, path))


def _path_of(document: Document, loc: tuple[str | int, ...]) -> DataPath:
    """``loc`` without the steps that pydantic adds for union members and keys, which no document has."""
    path: DataPath = ()
    for step in loc:
        if (*path, step) in document.values:
            path = (*path, step)
    return path


def _question_of(data: object, path: DataPath) -> tuple[str | None, DataPath]:
    """The id of the question that holds ``path``, and the rest of the path; (None, path) outside of those with ids."""
    if len(path) >= 2 and path[0] == "questions" and isinstance(path[1], int) and isinstance(data, dict):
        questions = data.get("questions")
        entry = questions[path[1]] if isinstance(questions, list) else None
        question = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(question, str) and question.strip():
            return question.strip(), path[2:]
    return None, path


def _field(path: DataPath) -> str:
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or WHOLE_FILE


def _message(error: Any, path: DataPath) -> str:
    kind, value = error["type"], error["input"]
    if kind in _TYPE_ERRORS:
        return _type_message(
            "must be text or a list of stages" if _is_action(path) else _TYPE_ERRORS[kind], value
        )
    said = _MESSAGES.get(kind)
    return said(error, path) if said is not None else str(error["msg"])


def _type_message(wanted: str, value: object) -> str:
    if value is None:
        return "is empty"
    if wanted.startswith("must be text") and isinstance(value, (Odd, bool)):
        kind = value.kind if isinstance(value, Odd) else "true or false"
        return f"{wanted}, and YAML reads this as {kind}: put it in quotes"
    return wanted


def _is_action(path: DataPath) -> bool:
    return path[-2:] == ("model_answer", "action")


def _unknown_field(error: Any, path: DataPath) -> str:
    name = str(path[-1]) if path else str(error["loc"][-1])
    near = [match for match in difflib.get_close_matches(name, _FIELDS, 2, cutoff=0.7) if match != name]
    return f"is not a known field; did you mean {near[0]}?" if near else "is not a known field"


def _id_form(error: Any, _path: DataPath) -> str:
    hyphens = error["ctx"]["pattern"] == QUESTION_ID_PATTERN
    return (
        f"must be lower-case letters and digits, joined by single {'hyphens' if hyphens else 'underscores'}"
    )


def _too_many(error: Any, _path: DataPath) -> str:
    return f"has too many entries: {len(error['input'])}, at most {error['ctx']['max_length']}"


def _too_few(error: Any, _path: DataPath) -> str:
    return f"has too few entries: {len(error['input'])}, at least {error['ctx']['min_length']}"


def _too_long(error: Any, _path: DataPath) -> str:
    return f"is too long: {len(error['input'].strip())} characters, at most {error['ctx']['max_length']}"


def _one_of(error: Any, _path: DataPath) -> str:
    return f"must be {str(error['ctx']['expected']).replace(chr(39), '')}"


_MESSAGES: dict[str, Callable[[Any, DataPath], str]] = {
    "extra_forbidden": _unknown_field,
    "enum": _one_of,
    "string_too_short": lambda _error, _path: "is empty",
    "string_too_long": _too_long,
    "string_pattern_mismatch": _id_form,
    "too_short": _too_few,
    "too_long": _too_many,
}
