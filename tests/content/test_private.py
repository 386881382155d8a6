"""Packs that people send: names and ids they get, limits they keep, and what hostile files come to."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.library import load_library
from content.private import (
    CUES_MAX,
    FILE_BYTES_MAX,
    QUESTIONS_MAX,
    VALUES_MAX,
    as_own,
    is_pack_name,
    own_category_id,
    own_question_id,
    read_private,
)
from tests.content.packs import pack_text

PACK = pack_text("what-happened")


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read_private("mine.yaml", text.encode()).problems]


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("bakery.yaml", "bakery"),
        ("My Bakery (2).YML", "my-bakery-2"),
        ("пекарня.yaml", "pack"),
        ("..yaml", "pack"),
        ("../../etc/passwd.yaml", "etc-passwd"),
        ("x" * 100 + ".yaml", "x" * 32),
    ],
)
def test_a_file_may_have_any_name(filename: str, name: str) -> None:
    """Phones call files as they like; the pack's name is made of what an id may hold."""
    assert is_pack_name(filename)
    read = read_private(filename, PACK.encode())
    assert (read.name, read.problems) == (name, ())


@pytest.mark.parametrize("filename", ["", "yaml", "notes.txt", "pack.yaml.exe"])
def test_other_files_are_no_packs(filename: str) -> None:
    """Only the two endings of YAML count."""
    assert not is_pack_name(filename)


def test_a_pack_is_checked_as_any_other() -> None:
    """All problems at once, each with its line."""
    assert problems(PACK.replace("title: A small category\n", "").replace("What happened?", "")) == [
        "mine.yaml:1:1: title: is missing",
        "mine.yaml:14:5: [what-happened] prompt: is empty",
    ]


def test_its_ids_meet_nobody_elses() -> None:
    """No pack can hold such an id, so a question of one's own neither replaces nor reaches a shipped one."""
    shipped = load_library()
    category = read_private("failure-and-learning.yaml", pack_text("failure-failed").encode()).category
    assert category is not None
    own = as_own(category, 12)
    assert own.id == own_category_id(12) != category.id
    assert [question.id for question in own.questions] == [own_question_id(12, "failure-failed")]
    seen = shipped.with_more([own])
    assert seen.categories[:-1] == shipped.categories
    assert seen.question(own.questions[0].id) is own.questions[0]
    assert problems(PACK.replace("id: what-happened", f"id: {own_question_id(12, 'failure-failed')}")) != []


WORK_SECONDS_MAX = 2.0
"""Far more than any of these takes; what unfolds or walks back and forth takes minutes."""

HOSTILE = {
    "billion laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "aliases are not allowed"),
    "ten thousand anchors": (
        "a:\n" + "".join(f"- &n{n} x\n" for n in range(VALUES_MAX)),
        "holds too much",
    ),
    "ten thousand aliases": (
        "a: &a x\nb:\n" + "- *a\n" * VALUES_MAX,
        "holds too much",
    ),
    "aliases that grow by tens": (
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 60)),
        "aliases are not allowed",
    ),
    "an alias in itself": ("a: &a [*a]\n", "aliases are not allowed"),
    "a tag that would run": ("title: !!python/object/apply:os.system ['true']\n", "tags are not allowed"),
    "a merge": ("title: &t {a: b}\nabout:\n  <<: *t\n", "aliases are not allowed"),
    "nested without end": ("[" * 100_000, "is nested too deeply"),
    "mappings nested without end": ("{a: " * 60_000, "is nested too deeply"),
    "lists nested by their dashes": ("- " * 100_000 + "x", "is nested too deeply"),
    "keys nested without end": ("? " * 100_000 + "x", "a field name that is not a plain word"),
    "a key that is a list": ("? [a, b]\n: c\n", "a field name that is not a plain word"),
    "values without end": ("title: x\nquestions:\n" + "- {}\n" * VALUES_MAX, "holds too much"),
    "questions without end": (
        "questions:\n" + "- a\n" * (QUESTIONS_MAX + 1),
        "has too many entries: 101, at most 100",
    ),
    "a second document": (f"{PACK}---\n{PACK}", "holds a second YAML document"),
    "a text in disguise": (
        PACK.replace("What happened?", '"\\u202eWhat"'),
        "holds the control character U+202E",
    ),
    "a large file": (PACK + "#" * FILE_BYTES_MAX, "is too large"),
    "no text": ("\x00\x01", "holds the control character U+0000"),
    "nothing": ("", "is empty"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused(kind: str) -> None:
    """Whatever is in a file, nothing is run or unfolded: it comes back with what is wrong."""
    text, said = HOSTILE[kind]
    begun = time.process_time()
    assert any(said in problem for problem in problems(text))
    assert time.process_time() - begun < WORK_SECONDS_MAX


def test_bytes_that_are_no_text_are_refused() -> None:
    """Such as a picture called a pack."""
    assert [p.message for p in read_private("a.yaml", b"\xff\xd8\xff").problems] == ["is not in UTF-8"]


def test_what_the_coach_looks_for_is_bounded() -> None:
    """A question of one's own costs no more to read answers to than a shipped one."""
    listed = ", ".join(["my fault"] * (CUES_MAX // 2))
    points = PACK.replace(
        "{id: own_it, text: You own it.}", f"{{id: own_it, text: You own it., cues: [{listed}]}}"
    )
    assert problems(points) == []
    both = points.replace(
        "{id: learn, text: You learn.}", f"{{id: learn, text: You learn., cues: [{listed}, my bad]}}"
    )
    assert problems(both) == [
        f"mine.yaml:1:1: [what-happened] points: have too many cues and samples: {CUES_MAX + 1}, "
        f"at most {CUES_MAX} for a question"
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300) | st.text(alphabet="abc:-[]{}&*!|>\n '\"#~?%@`,", max_size=300).map(str.encode)
)
def test_any_bytes_are_read_to_an_end(raw: bytes) -> None:
    """Whatever comes, the answer is a category or problems, never both and never an error."""
    read = read_private("any.yaml", raw)
    assert (read.category is None) == bool(read.problems)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PACK)), st.integers(0, 12), st.text(max_size=8))
def test_a_spoiled_pack_is_refused_or_still_a_pack(start: int, length: int, put: str) -> None:
    """Some bytes of a pack exchanged for others: again it is one or the other, and every problem is one line."""
    read = read_private(
        "spoiled.yaml", (PACK[:start] + put + PACK[start + length :]).encode("utf-8", "replace")
    )
    assert (read.category is None) == bool(read.problems)
    assert all("\n" not in str(problem) for problem in read.problems)
