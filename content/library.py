"""Reading packs from files, and the library of questions made from them.

Which fields a pack has is `content.schema`; how a problem is worded is `content.problems`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from bot.domain.terms import CategoryId, QuestionId
from content.document import Document, read_document, sound_data
from content.files import (
    ENDING,
    MAX_FILE_BYTES,
    PackFile,
    files_at,
    holds_packs,
    is_category_id,
    shipped_files,
    shipped_folder,
    text_of,
)
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
from content.texts import ID_MAX_CHARS

__all__ = [
    "ENDING",
    "MAX_FILE_BYTES",
    "Checked",
    "Library",
    "check",
    "check_text",
    "holds_packs",
    "is_category_id",
    "load_library",
]


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
    sound = _sound_library(extra_dir)
    if sound is not None:
        return sound
    # Read once more, with the places of everything, to say what is wrong.
    shipped = _read(shipped_files())
    extra = Checked([], [], []) if extra_dir is None else _read_paths([extra_dir], shipped.categories)
    if problems := shipped.problems + extra.problems:
        raise ContentError(tuple(problems))
    return Library(_laid_over(shipped.categories, extra.categories))


def check(paths: Sequence[Path] = ()) -> Checked:
    """All problems of the packs at ``paths`` (files, or directories of ``*.yaml``); none given: the shipped packs."""
    if not paths:
        return _read(shipped_files())
    checked = _read_paths(paths, _read(shipped_files()).categories)
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


class _ReadPack(NamedTuple):
    """A pack file as far as it could be read; ``category`` None: it has problems."""

    file: str
    document: Document
    category: Category | None


def _sound_library(extra_dir: Path | None) -> Library | None:
    """The library when nothing is wrong with any file: without places, one file after the other; None: something is."""
    shipped = _sound_categories(shipped_files())
    problems, more = files_at([] if extra_dir is None else [extra_dir])
    if shipped is None or problems:
        return None
    extra = _sound_categories(more, shipped)
    return None if extra is None else Library(_laid_over(shipped, extra))


def _sound_categories(
    pack_files: Iterable[PackFile], shipped: Sequence[Category] = ()
) -> list[Category] | None:
    """The categories of files of one source; None: something is wrong with one, whatever it is."""
    found: list[Category] = []
    questions: set[QuestionId] = set()
    for file in pack_files:
        category = _sound_category(file, shipped)
        if category is None or not questions.isdisjoint(question.id for question in category.questions):
            return None
        questions.update(question.id for question in category.questions)
        found.append(category)
    return found


def _sound_category(file: PackFile, shipped: Sequence[Category]) -> Category | None:
    stem, dot, ending = file.content.name.rpartition(".")
    text = text_of(file)
    if isinstance(text, Problem) or dot + ending != ENDING or not is_category_id(stem):
        return None
    data = sound_data(text)
    if not isinstance(data, dict) or "id" in data:
        return None
    base = next((_texts(category) for category in shipped if category.id == stem), {})
    try:
        return Category.model_validate({**base, **data, "id": stem})
    except ValidationError:
        return None


def _read_paths(paths: Iterable[Path], shipped: Sequence[Category]) -> Checked:
    problems, found = files_at(paths)
    read = _read(found, shipped)
    return read._replace(problems=problems + read.problems)


def _read(pack_files: Iterable[PackFile], shipped: Sequence[Category] = ()) -> Checked:
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


def _read_file(file: PackFile, shipped: Sequence[Category]) -> tuple[list[Problem], _ReadPack | None]:
    stem, dot, ending = file.content.name.rpartition(".")
    text = text_of(file)
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
        if Path(pack.file).resolve().parent == shipped_folder():
            continue
        for index, question in _ids(_questions(pack.document)):
            if question in home:
                category = home[QuestionId(question)]
                moved = "" if Path(pack.file).stem == category else f", which leaves {category}"
                message = f"replaces the shipped question{moved}"
                yield problem_at(pack.file, pack.document, ("questions", index, "id"), message)


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
