"""The lines of `starling coach`: what is read, and what is said of a line that cannot be."""

import json

import pytest

from bot.coaching import coached
from content.library import Library, load_library

ANSWER = {
    "id": 7,
    "question": "failure-failed",
    "situation": "Last winter our choir lost its room.",
    "task": "I had to find another one.",
    "action": "I rang every parish hall in town and agreed a price with one.",
    "result": "We sold 210 tickets, 40 more than before.",
}


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped questions."""
    return load_library()


def answered(library: Library, given: object) -> dict[str, object]:
    """The line for a record, which counts as read unless it has an error."""
    raw = given if isinstance(given, bytes) else json.dumps(given).encode()
    said, was_read = coached(3, raw, library)
    found: dict[str, object] = json.loads(said, parse_constant=pytest.fail)
    assert was_read is ("error" not in found)
    return found


@pytest.mark.parametrize(
    "record",
    [
        b"[" * 100_000,
        b'{"id": NaN}',
        b'{"id": -Infinity}',
        b'{"id": ' + b"9" * 5000 + b"}",
        b"{\x00}\x00",
        b'{"id": "caf\xe9"}',
        b"null",
        b"[]",
        b"5",
        b'{"id": 1} {"id": 2}',
    ],
    ids=lambda record: repr(record[:20]),
)
def test_what_is_no_object_is_told_with_its_line(library: Library, record: bytes) -> None:
    """Its id is not known, so the line's number must do."""
    assert answered(library, record) == {"id": None, "error": "line 3: not a JSON object"}


def test_id_that_json_cannot_hold_is_told(library: Library) -> None:
    """1e999 is read as infinity, which no JSON can say."""
    error = {"id": None, "error": "line 3: id cannot be written as JSON"}
    assert answered(library, b'{"id": 1e999}') == error
    assert answered(library, b'{"id": [{"a": 1e999}], "task": 5}') == error


@pytest.mark.parametrize("field", ["question", "situation", "task", "action", "result"])
@pytest.mark.parametrize("value", [5, 0, ["I", "did"], [], {"text": "I did"}, True, False])
def test_only_text_counts_as_text(library: Library, field: str, value: object) -> None:
    """A number or list in a text's place is a mistake of the program that wrote it; the line has its id."""
    assert answered(library, {**ANSWER, field: value}) == {"id": 7, "error": f"line 3: {field} is not text"}


@pytest.mark.parametrize("record_id", [None, "a-7", 7, 1.5, ["a", 7], {"a": "é"}])
def test_any_id_comes_back(library: Library, record_id: object) -> None:
    """The id is the asking program's own."""
    assert answered(library, {**ANSWER, "id": record_id})["id"] == record_id


def test_unknown_question_has_no_points_and_is_no_error(library: Library) -> None:
    """Without the question there is nothing to hear, no lesson to miss and no topic to leave; all else is read."""
    known, unknown = answered(library, ANSWER), answered(library, {**ANSWER, "question": "mine"})
    assert known["points"]
    assert unknown["points"] == []
    assert {flag["code"] for flag in known["flags"]} - {flag["code"] for flag in unknown["flags"]} <= {
        "no_learning",
        "off_topic",
    }
    assert all(unknown[name] == known[name] for name in ("id", "words", "speaking_seconds"))


def test_missing_field_and_null_are_an_empty_text(library: Library) -> None:
    """A part nobody wrote is no error."""
    without = {name: value for name, value in ANSWER.items() if name not in ("question", "task")}
    line = answered(library, without)
    assert line == answered(library, {**ANSWER, "question": None, "task": None})
    assert line["words"] == {"situation": 7, "task": 0, "action": 13, "result": 8}
