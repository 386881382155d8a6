"""The files of packs: which are read, and their text. What stands in them is for `content.library`."""

import re
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple

from content.problems import WHOLE_FILE, Problem
from content.texts import ID_MAX_CHARS, QUESTION_ID_PATTERN

MAX_FILE_BYTES: Final = 1_000_000
ENDING: Final = ".yaml"


class PackFile(NamedTuple):
    """A pack file; ``name`` is what problems call it."""

    name: str
    content: Traversable


def is_category_id(text: str) -> bool:
    """Whether a category may have this id, and so its file this name."""
    return len(text) <= ID_MAX_CHARS and re.fullmatch(QUESTION_ID_PATTERN, text) is not None


def holds_packs(folder: Path) -> bool:
    """Whether anything in the folder is read as a pack."""
    return any(_is_pack(entry) for entry in folder.iterdir())


def shipped_files() -> list[PackFile]:
    """The shipped packs, in the order of their names."""
    packs = [entry for entry in files("content").joinpath("packs").iterdir() if entry.name.endswith(ENDING)]
    return [
        PackFile(f"content/packs/{pack.name}", pack) for pack in sorted(packs, key=lambda pack: pack.name)
    ]


def shipped_folder() -> Path:
    """Where the shipped packs stand."""
    return Path(str(files("content").joinpath("packs"))).resolve()


def files_at(paths: Iterable[Path]) -> tuple[list[Problem], list[PackFile]]:
    """The files to be read, and what keeps others from being found."""
    problems: list[Problem] = []
    found: list[PackFile] = []
    for path in paths:
        try:
            entries = sorted(path.iterdir()) if path.is_dir() else [path]
        except OSError as error:
            problems.append(_unreadable(str(path), error))
            continue
        found += [PackFile(str(entry), entry) for entry in entries if entry == path or _is_pack(entry)]
    return problems, found


def _is_pack(entry: Path) -> bool:
    """Whether a file of a folder is read; one with the other ending of YAML is, to be told of it."""
    return not entry.name.startswith(".") and entry.suffix in (ENDING, ".yml")


def text_of(file: PackFile) -> str | Problem:
    """What stands in the file, or why it cannot be read."""
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


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, None, WHOLE_FILE, f"cannot be read: {(error.strerror or 'unknown reason').lower()}")
