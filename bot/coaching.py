"""`starling coach`: a line of JSON in, a line of JSON out. One that cannot be read becomes a line with an error."""

import json
from typing import Any, NoReturn

from bot.domain.terms import PARTS, QuestionId
from bot.screens.coach import line
from content.library import Library

_QUESTION = "question"
_NO_OBJECT = "not a JSON object"


class _Unreadable(Exception):
    """The record is wrong; the text says how."""


def coached(number: int, record: bytes, library: Library) -> tuple[str, bool]:
    """What to write for the ``number``-th line of the input, as JSON, and whether it could be read.

    A question that no pack has gives no points; all else is read.
    """
    record_id: Any = None
    try:
        given = _object(record, "utf-8-sig" if number == 1 else "utf-8")
        record_id = given.get("id")
        json.dumps(record_id, allow_nan=False)
        question = library.question(QuestionId(_text(given, _QUESTION)))
        texts = {part: _text(given, part.value) for part in PARTS}
        return _json(line(texts, record_id, question)), True
    except _Unreadable as error:
        return _json({"id": record_id, "error": f"line {number}: {error}"}), False
    except ValueError:  # the id holds 1e999, which is a number in JSON and none that could be written again
        return _json({"id": None, "error": f"line {number}: id cannot be written as JSON"}), False


def _object(record: bytes, encoding: str) -> dict[str, Any]:
    try:
        given = json.loads(record.decode(encoding), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _Unreadable(_NO_OBJECT) from None
    if not isinstance(given, dict):
        raise _Unreadable(_NO_OBJECT)
    return given


def _no_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python would read and JSON does not have."""
    raise ValueError(name)


def _text(given: dict[str, Any], field: str) -> str:
    """The text of a field; empty if it is missing or null."""
    value = given.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Unreadable(f"{field} is not text")
    return value


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
