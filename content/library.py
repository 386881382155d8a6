"""Reading packs from files, and the library of questions made from them.

Which fields a pack has is `content.schema`; how a problem is worded is `content.problems`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from bot.domain.terms import CategoryId, QuestionId
from content.document import Document, read_document
from content.problems import (
    WHOLE_FILE,
    ContentError,
    Problem,
    fault_problems,
    lacking_texts,
    problem_at,
    schema_problems,
)
from content.schema import Category, Question
from content.texts import ID_MAX_CHARS, QUESTION_ID_PATTERN

MAX_FILE_BYTES: Final = 1_000_000
ENDING: Final = ".yaml"


class Checked(NamedTuple):
    """Every problem found, in the order of files and lines, and the categories of the files that have none.

    ``notes`` are placed like problems and say what is worth knowing and not wrong.
    """

    problems: list[Problem]
    categories: list[Category]
    notes: list[Problem]


@dataclass(frozen=True)
class Library:
    """All questions that can be asked or looked up, by category."""

    categories: tuple[Category, ...]

    @cached_property
    def _questions(self) -> dict[QuestionId, tuple[Category, Question]]:
        return {
            question.id: (category, question)
            for category in self.categories
            for question in category.questions
        }

    @cached_property
    def _categories(self) -> dict[CategoryId, Category]:
        return {category.id: category for category in self.categories}

    def category(self, category_id: CategoryId) -> Category | None:
        """The category with this id; None: there is none."""
        return self._categories.get(category_id)

    def question(self, question_id: QuestionId) -> Question | None:
        """The question with this id, retired or not; None: no pack has it."""
        found = self._questions.get(question_id)
        return found and found[1]

    def category_of(self, question_id: QuestionId) -> Category | None:
        """The category that holds this question, retired or not; None: no pack has it."""
        found = self._questions.get(question_id)
        return found and found[0]

    def with_more(self, categories: Iterable[Category]) -> "Library":
        """This library and these categories behind it, such as those that one person alone may see."""
        return Library((*self.categories, *categories))

    def askable(self, category_ids: Collection[CategoryId] | None = None) -> tuple[Question, ...]:
        """The questions that are not retired, in the order of the packs; ``category_ids`` None: of all categories."""
        return tuple(
            question
            for category in self.categories
            if category_ids is None or category.id in category_ids
            for question in category.questions
            if not question.retired
        )


def load_library(extra_dir: Path | None = None) -> Library:
    """The shipped packs, with those of ``extra_dir`` (its ``*.yaml``; None: no more) laid over them.

    A question there replaces the shipped one with its id. A pack there with the name of a shipped one adds to its
    questions, and replaces those of the category's own texts that it has.

    Raises:
        ContentError: a file cannot be read or a pack is broken; it names all problems at once.
    """
    shipped = _read(_shipped())
    extra = Checked([], [], []) if extra_dir is None else _read_paths([extra_dir], shipped.categories)
    if problems := shipped.problems + extra.problems:
        raise ContentError(tuple(problems))
    return Library(_laid_over(shipped.categories, extra.categories))


def is_category_id(text: str) -> bool:
    """Whether a category may have this id, and so its file this name."""
    return len(text) <= ID_MAX_CHARS and re.fullmatch(QUESTION_ID_PATTERN, text) is not None


def holds_packs(folder: Path) -> bool:
    """Whether anything in the folder is read as a pack."""
    return any(_is_pack(entry) for entry in folder.iterdir())


def check(paths: Sequence[Path] = ()) -> Checked:
    """All problems of the packs at ``paths`` (files, or directories of ``*.yaml``); none given: the shipped packs."""
    if not paths:
        return _read(_shipped())
    checked = _read_paths(paths, _read(_shipped()).categories)
    if not checked.problems and not checked.categories:
        empty = [Problem(str(path), None, WHOLE_FILE, f"holds no pack (*{ENDING})") for path in paths]
        return Checked(empty, [], [])
    return checked


def check_text(name: str, category_id: str, text: str, *, values_max: int, questions_max: int) -> Checked:
    """All problems of one pack from outside; ``name`` is what they call it, ``category_id`` the category's id.

    Beyond ``values_max`` values, and with more than ``questions_max`` questions, it is not looked at any closer: all
    that is wrong with a text written to be wrong would take seconds to tell.
    """
    document = read_document(text, values_max)
    problems: list[Problem] = []
    pack: _ReadPack | None = None
    listed = _questions(document)
    if isinstance(listed, list) and len(listed) > questions_max:
        many = f"has too many entries: {len(listed)}, at most {questions_max}"
        problems.append(problem_at(name, document, ("questions",), many))
    else:
        problems, pack = _read_document(name, category_id, document, ())
    packs = [] if pack is None else [pack]
    problems += _repeated_questions(packs)
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    sound = [pack.category for pack in packs if pack.category is not None and not problems]
    return Checked(problems, sound, [])


class _File(NamedTuple):
    """A pack file; ``name`` is what problems call it."""

    name: str
    content: Traversable


class _ReadPack(NamedTuple):
    """A pack file as far as it could be read; ``category`` None: it has problems."""

    file: str
    document: Document
    category: Category | None


def _shipped() -> list[_File]:
    packs = [entry for entry in files("content").joinpath("packs").iterdir() if entry.name.endswith(ENDING)]
    return [_File(f"content/packs/{pack.name}", pack) for pack in sorted(packs, key=lambda pack: pack.name)]


def _read_paths(paths: Iterable[Path], shipped: Sequence[Category]) -> Checked:
    problems: list[Problem] = []
    found: list[_File] = []
    for path in paths:
        try:
            entries = sorted(path.iterdir()) if path.is_dir() else [path]
        except OSError as error:
            problems.append(_unreadable(str(path), error))
            continue
        found += [_File(str(entry), entry) for entry in entries if entry == path or _is_pack(entry)]
    read = _read(found, shipped)
    return read._replace(problems=problems + read.problems)


def _is_pack(entry: Path) -> bool:
    """Whether a file of a folder is read; one with the other ending of YAML is, to be told of it."""
    return not entry.name.startswith(".") and entry.suffix in (ENDING, ".yml")


def _read(pack_files: Iterable[_File], shipped: Sequence[Category] = ()) -> Checked:
    """All problems and categories of files that belong to one source, within which no id may come twice.

    ``shipped`` is what the source will be laid over.
    """
    problems: list[Problem] = []
    packs: list[_ReadPack] = []
    order: dict[str, int] = {}
    for file in pack_files:
        order.setdefault(file.name, len(order))
        found, pack = _read_file(file, shipped)
        problems += found
        if pack is not None:
            packs.append(pack)
    problems += _repeated_categories(packs)
    problems += _repeated_questions(packs)
    broken = {problem.file for problem in problems}
    problems.sort(key=lambda problem: (order[problem.file], problem.line or 0, problem.column or 0))
    sound = [pack.category for pack in packs if pack.category is not None and pack.file not in broken]
    return Checked(problems, sound, list(_replacements(packs, shipped)))


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, None, WHOLE_FILE, f"cannot be read: {(error.strerror or 'unknown reason').lower()}")


def _read_file(file: _File, shipped: Sequence[Category]) -> tuple[list[Problem], _ReadPack | None]:
    stem, dot, ending = file.content.name.rpartition(".")
    text = _text(file)
    if isinstance(text, Problem):
        return [text], None
    if dot + ending != ENDING:
        return [Problem(file.name, None, WHOLE_FILE, f"is not a pack: its name must end in {ENDING}")], None
    problems, pack = _read_document(file.name, stem, read_document(text), shipped)
    if not is_category_id(stem):
        rule = f"lower-case words joined by hyphens, at most {ID_MAX_CHARS} characters"
        problems.append(
            Problem(file.name, None, WHOLE_FILE, f"has a name that cannot be a category's id ({rule})")
        )
    return problems, pack


def _read_document(
    name: str, stem: str, document: Document, shipped: Sequence[Category]
) -> tuple[list[Problem], _ReadPack | None]:
    problems = list(fault_problems(name, document))
    if not document.readable:
        return problems, None
    if not isinstance(document.data, dict):
        problems.append(problem_at(name, document, (), "must be a group of fields, beginning with title"))
        return problems, None
    category: Category | None = None
    base = next((_texts(category) for category in shipped if category.id == stem), {})
    if shipped and not base and document.data.keys() == {"questions"}:
        names = ", ".join(f"{category.id}{ENDING}" for category in shipped)
        problems.append(Problem(name, None, WHOLE_FILE, lacking_texts(names)))
        base = _texts(shipped[0])  # so that the questions are read all the same
    try:
        category = Category.model_validate({**base, **document.data, "id": stem})
    except ValidationError as error:
        about_file = [one for one in error.errors(include_url=False) if one["loc"] != ("id",)]
        problems += schema_problems(name, document, about_file)
    if "id" in document.data:
        message = "is not a known field: the name of the file is the category's id"
        problems.append(problem_at(name, document, ("id",), message))
    problems += _repeated_points(name, document)
    return problems, _ReadPack(name, document, category)


def _texts(category: Category) -> dict[str, object]:
    """The category's own texts, as they could stand in a file."""
    return category.model_dump(mode="json", exclude={"id", "questions"})


def _text(file: _File) -> str | Problem:
    try:
        with file.content.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        return _unreadable(file.name, error)
    if len(raw) > MAX_FILE_BYTES:
        return Problem(file.name, None, WHOLE_FILE, f"is too large: more than {MAX_FILE_BYTES} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_start = raw.rfind(b"\n", 0, error.start) + 1
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[line_start : error.start].decode("utf-8", "replace")) + 1
        return Problem(file.name, None, WHOLE_FILE, "is not in UTF-8", line, column)


def _ids(entries: object) -> Iterator[tuple[int, str]]:
    """Index and id of each entry of a list that has an id, as far as the list is one."""
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        found = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(found, str) and found.strip():
            yield index, found.strip()


def _questions(document: Document) -> object:
    return document.data.get("questions") if isinstance(document.data, dict) else None


def _repeated_points(file: str, document: Document) -> Iterator[Problem]:
    questions = _questions(document)
    for index, question in enumerate(questions if isinstance(questions, list) else []):
        seen: set[str] = set()
        for point_index, point in _ids(question.get("points") if isinstance(question, dict) else None):
            if point in seen:
                path = ("questions", index, "points", point_index, "id")
                yield problem_at(file, document, path, f"{point} is already the id of another point here")
            seen.add(point)


def _repeated_questions(packs: Iterable[_ReadPack]) -> Iterator[Problem]:
    first_seen: dict[str, str] = {}
    for pack in packs:
        for index, question in _ids(_questions(pack.document)):
            path = ("questions", index, "id")
            if question in first_seen:
                message = f"is already the id of a question at {first_seen[question]}"
                yield problem_at(pack.file, pack.document, path, message)
                continue
            place = pack.document.place(path)
            first_seen[question] = f"{pack.file}:{place.line}" if place else pack.file


def _replacements(packs: Iterable[_ReadPack], shipped: Iterable[Category]) -> Iterator[Problem]:
    """A note for each question that takes the place of a shipped one."""
    home = {question.id: category.id for category in shipped for question in category.questions}
    for pack in packs:
        if Path(pack.file).resolve().parent == _shipped_folder():
            continue
        for index, question in _ids(_questions(pack.document)):
            if question in home:
                category = home[QuestionId(question)]
                moved = "" if Path(pack.file).stem == category else f", which leaves {category}"
                message = f"replaces the shipped question{moved}"
                yield problem_at(pack.file, pack.document, ("questions", index, "id"), message)


def _shipped_folder() -> Path:
    return Path(str(files("content").joinpath("packs"))).resolve()


def _repeated_categories(packs: Iterable[_ReadPack]) -> Iterator[Problem]:
    first_seen: dict[str, str] = {}
    for pack in packs:
        stem = Path(pack.file).stem
        if stem in first_seen:
            yield Problem(
                pack.file, None, WHOLE_FILE, f"has the same name, and so the same id, as {first_seen[stem]}"
            )
        first_seen.setdefault(stem, pack.file)


def _laid_over(shipped: Iterable[Category], extra: Iterable[Category]) -> tuple[Category, ...]:
    """The shipped categories with the extra ones over them; one that loses all its questions is left out."""
    extras = {category.id: category for category in extra}
    overridden = {question.id for category in extras.values() for question in category.questions}
    merged: list[Category] = []
    for category in shipped:
        own = extras.pop(category.id, None)
        questions = {question.id: question for question in own.questions} if own is not None else {}
        # A shipped question keeps its place; one that moved to another category of the extra packs goes.
        kept = [
            questions.pop(question.id, question)
            for question in category.questions
            if question.id in questions or question.id not in overridden
        ]
        kept += questions.values()
        if kept:
            merged.append((own or category).model_copy(update={"questions": tuple(kept)}))
    return (*merged, *extras.values())
