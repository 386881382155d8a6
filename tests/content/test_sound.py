"""Loading sound packs: one light pass without places, which must refuse whatever the thorough one refuses."""

from pathlib import Path

import pytest

from content import library
from content.document import MAX_DEPTH, read_document, sound_data
from content.files import shipped_files
from content.library import check, load_library
from content.problems import ContentError
from tests.content.packs import pack_text, write_pack
from tests.content.test_problems import SPOILED

FAULTY = {
    "nothing": "",
    "only a comment": "# to be written",
    "a null": "~",
    "a key twice": "title: one\ntitle: two",
    "a key twice, deep down": "questions: [{id: a, tips: [{name: x, name: y}]}]",
    "an alias": "title: &a one\nabout: *a",
    "an alias for everything": "&a [*a]",
    "a tag": "title: !!str one",
    "a tag on a group": "title: !!map {a: b}",
    "a second document": "title: one\n---\ntitle: two",
    "a field name in brackets": "[a]: b",
    "an alias as field name": "a: &a b\n*a : c",
    "a number": "title: 12",
    "a date": "title: 2020-01-01",
    "no YAML": "title: [",
    "a control character": "title: a\x07b",
    "too deep": "[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2),
    "far too deep": "[" * 100_000,
}


@pytest.mark.parametrize("text", FAULTY.values(), ids=FAULTY)
def test_faulty_yaml_is_left_to_the_thorough_pass(text: str) -> None:
    """The light pass takes none of it for sound."""
    assert sound_data(text) is None


DEEPEST = "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)


@pytest.mark.parametrize(
    "text", [pack_text("one"), "a: yes\nb: 'yes'\nc: >-\n  12\nd:\ne: \"~\"\nf: ~\ng: Off\nh: x", DEEPEST]
)
def test_both_passes_find_the_same_data(text: str) -> None:
    """What is sound is read alike."""
    thorough = read_document(text)
    assert thorough.faults == []
    assert sound_data(text) == thorough.data


def test_both_passes_find_the_same_in_what_is_shipped() -> None:
    """Every shipped pack is read alike by both."""
    for file in shipped_files():
        text = file.content.read_text(encoding="utf-8")
        assert sound_data(text) == read_document(text).data, file.name


@pytest.mark.parametrize(("old", "new", "_line"), SPOILED.values(), ids=SPOILED)
def test_a_spoiled_pack_is_refused_with_every_problem(tmp_path: Path, old: str, new: str, _line: str) -> None:
    """Loading names what checking names."""
    write_pack(tmp_path, "p.yaml", pack_text("what-happened").replace(old, new))
    with pytest.raises(ContentError) as refused:
        load_library(tmp_path)
    assert list(refused.value.problems) == check([tmp_path]).problems


def test_sound_packs_are_read_without_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The costly pass is for packs with something wrong alone."""
    write_pack(tmp_path, "p.yaml", pack_text("one"))
    wanted = library.Library((*check().categories, *check([tmp_path]).categories))
    monkeypatch.setattr(library, "read_document", None)
    assert load_library(tmp_path) == wanted


def test_a_question_id_in_two_files_is_refused(tmp_path: Path) -> None:
    """Each of the two files is sound by itself."""
    for name in ("p.yaml", "q.yaml"):
        write_pack(tmp_path, name, pack_text("one"))
    with pytest.raises(ContentError, match="already the id of a question"):
        load_library(tmp_path)
