"""Every way in which a pack can be wrong, each as one line with file, id and field."""

from pathlib import Path

import pytest

from content.library import MAX_FILE_BYTES, check, load_library
from content.problems import Problem
from tests.content.packs import pack_text, questions_text, spoiled, write_pack


def lines(folder: Path) -> list[str]:
    """The problems of all packs in a folder, with the folder's own name left out."""
    return [str(problem).replace(f"{folder}/", "") for problem in check([folder]).problems]


SPOILED = {
    "unknown field": (
        "    about: Whether you notice.",
        "    about: Whether you notice.\n    promt: Again.",
        "p.yaml:17:5: [what-happened] promt: is not a known field; did you mean prompt?",
    ),
    "unknown field of the category": (
        "title: A",
        "colour: red\ntitle: A",
        "p.yaml:1:1: colour: is not a known field",
    ),
    "missing field": (
        "    prompt: What happened?\n",
        "",
        "p.yaml:14:5: [what-happened] prompt: is missing",
    ),
    "missing field of the category": ("about: What it is after.\n", "", "p.yaml:1:1: about: is missing"),
    "missing part": (
        "      task: I had to mend it.\n",
        "",
        "p.yaml:22:5: [what-happened] model_answer.task: is missing",
    ),
    "missing hint": (
        "      task: What was wanted?\n",
        "",
        "p.yaml:17:5: [what-happened] hints.task: is missing",
    ),
    "unknown hint": (
        "      task: What was wanted?\n",
        "      task: What was wanted?\n      moral: Why?\n",
        "p.yaml:20:7: [what-happened] hints.moral: is not a known field",
    ),
    "over-long text": (
        "What happened?",
        "x" * 301,
        "p.yaml:15:5: [what-happened] prompt: is too long: 301 characters, at most 300",
    ),
    "over-long point": (
        "You learn.",
        "x" * 161,
        "p.yaml:29:21: [what-happened] points[2].text: is too long: 161 characters, at most 160",
    ),
    "unknown class in a cue": (
        "    about: Whether you notice.",
        "    about: Whether you notice.\n    premise: [tell @peple]",
        "p.yaml:17:15: [what-happened] premise[1]: names @peple, which is no class of words",
    ),
    "unknown level": (
        "    about: Whether you notice.",
        "    about: Whether you notice.\n    level: junior",
        "p.yaml:17:5: [what-happened] level: must be entry, mid, senior or lead",
    ),
    "flag that is none": (
        "    about: Whether you notice.",
        "    about: Whether you notice.\n    unflagged: [vague, balance]",
        "p.yaml:17:24: [what-happened] unflagged[2]: is not a flag; the flags are blames_others, denies_failure, "
        "hypothetical, no_learning, no_numbers, off_topic, part_empty, part_long, part_short, too_long, too_short, "
        "vague, we_over_i",
    ),
    "missing part name": (
        "    about: Whether you notice.",
        "    about: Whether you notice.\n    part_names: {situation: Now, task: Before, action: Proof}",
        "p.yaml:17:5: [what-happened] part_names.result: is missing",
    ),
    "over-long answer": (
        "      situation: I was there.\n      task: I had to mend it.\n      action: I mended it.\n",
        "".join(f"      {part}: {'x' * 1000}\n" for part in ("situation", "task", "action")),
        "p.yaml:22:5: [what-happened] model_answer: is too long: 3020 characters in all, at most 2800",
    ),
    "number for text": (
        "What happened?",
        "42",
        "p.yaml:15:5: [what-happened] prompt: must be text, and YAML reads this as int: put it in quotes",
    ),
    "date for text": (
        "Be brief.",
        "2024-01-31",
        "p.yaml:32:9: [what-happened] tips[1]: must be text, and YAML reads this as timestamp: put it in quotes",
    ),
    "word that YAML takes for true": (
        "[Honesty.]",
        "[Yes]",
        "p.yaml:6:10: wanted[1]: must be text, and YAML reads this as true or false: put it in quotes",
    ),
    "text for a list": ("[Honesty.]", "Honesty.", "p.yaml:6:1: wanted: must be a list"),
    "text for a group": (
        "{name: Technical, text: A bug.}",
        "A bug.",
        "p.yaml:11:5: kinds[1]: must be a group of fields, one to a line",
    ),
    "group for an action": (
        "action: I mended it.",
        "action: {text: I mended it.}",
        "p.yaml:25:7: [what-happened] model_answer.action: must be text or a list of stages",
    ),
    "nothing": ("What happened?", "", "p.yaml:15:5: [what-happened] prompt: is empty"),
    "blank": ("What happened?", "'  '", "p.yaml:15:5: [what-happened] prompt: is empty"),
    "empty list": ("[Blame.]", "[]", "p.yaml:9:1: red_flags: has too few entries: 0, at least 1"),
    "too many tips": (
        "      - Be brief.\n",
        "      - Be brief.\n" * 6,
        "p.yaml:31:5: [what-happened] tips: has too many entries: 7, at most 6",
    ),
    "escaped control character": (
        "What happened?",
        '"What\\x07"',
        "p.yaml:15:5: [what-happened] prompt: holds the control character U+0007",
    ),
    "control character": (
        "What happened?",
        "What\x07",
        "p.yaml:15:17: file: holds the control character U+0007",
    ),
    "duplicate key": (
        "    prompt: What happened?\n",
        "    prompt: What happened?\n    prompt: {a: [b, c]}\n",
        "p.yaml:16:5: [what-happened] prompt: is given twice, first in line 15",
    ),
    "duplicate point": (
        "{id: learn,",
        "{id: own_it,",
        "p.yaml:29:10: [what-happened] points[2].id: own_it is already the id of another point here",
    ),
    "form of a question's id": (
        "id: what-happened",
        "id: What_happened",
        "p.yaml:14:5: [What_happened] id: must be lower-case letters and digits, joined by single hyphens",
    ),
    "form of a point's id": (
        "{id: learn,",
        "{id: learn-fast,",
        "p.yaml:29:10: [what-happened] points[2].id: "
        "must be lower-case letters and digits, joined by single underscores",
    ),
    "question without an id": (
        "id: what-happened",
        "retired: true",
        "p.yaml:14:5: questions[1].id: is missing",
    ),
    "retired in quotes": (
        "    prompt: What happened?",
        "    retired: 'true'\n    prompt: What happened?",
        "p.yaml:15:5: [what-happened] retired: must be true or false, without quotes",
    ),
    "id of the category": (
        "title: A",
        "id: p\ntitle: A",
        "p.yaml:1:1: id: is not a known field: the name of the file is the category's id",
    ),
    "alias": (
        "[Honesty.]",
        "&one [Honesty.]\nred_flags: *one\nother: x",
        "p.yaml:7:12: red_flags: refers to *one: write the text out, aliases are not allowed",
    ),
    "tag": (
        "What happened?",
        "!!python/object/apply:os.getcwd []",
        "p.yaml:15:13: [what-happened] prompt: has the tag tag:yaml.org,2002:python/object/apply:os.getcwd: "
        "tags are not allowed",
    ),
    "broken YAML": (
        "[Honesty.]",
        "[Honesty.",
        "p.yaml:7:11: file: is not valid YAML: while parsing a flow sequence, did not find expected ',' or ']'",
    ),
    "field name that is a list": (
        "title: A",
        "? [a, b]\n: c\ntitle: A",
        "p.yaml:1:3: file: has a field name that is not a plain word",
    ),
    "second document": (
        "title: A",
        "---\ntitle: A\n---\nx: y\n",
        "p.yaml:3:1: file: holds a second YAML document",
    ),
    "deep nesting": ("What happened?", "[" * 5000, "p.yaml:15:23: file: is nested too deeply"),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_each_fault_is_one_line_with_file_id_and_field(tmp_path: Path, fault: str) -> None:
    """The author reads where the fault is, which question and field it concerns, and what to mend."""
    old, new, line = SPOILED[fault]
    write_pack(tmp_path, "p.yaml", spoiled(old, new))
    assert line in lines(tmp_path)


FOLLOWED_BY_OTHERS = {"alias", "tag", "second document", "broken YAML", "field name that is a list"}


@pytest.mark.parametrize("fault", sorted(SPOILED.keys() - FOLLOWED_BY_OTHERS))
def test_one_fault_is_told_once(tmp_path: Path, fault: str) -> None:
    """A single mistake gives a single line, with no errors that only follow from it."""
    old, new, line = SPOILED[fault]
    write_pack(tmp_path, "p.yaml", spoiled(old, new))
    assert lines(tmp_path) == [line]


def test_new_category_without_its_texts_is_told_once(tmp_path: Path) -> None:
    """One line names what a category needs and the name that would do without."""
    write_pack(tmp_path, "mine.yaml", questions_text("first"))
    shipped = ", ".join(f"{category.id}.yaml" for category in load_library().categories)
    assert lines(tmp_path) == [
        "mine.yaml:1:1: file: lacks title, about, tips, star, wanted, indicators, red_flags, kinds and outcomes, which "
        f"a new category needs; to add to a shipped one, name the file as it: {shipped}"
    ]


def test_questions_that_are_wrong_are_told_without_the_category(tmp_path: Path) -> None:
    """In an addition to a shipped category only what stands there can be wrong."""
    write_pack(tmp_path, "failure-and-learning.yaml", questions_text("first").replace("prompt:", "promt:"))
    assert lines(tmp_path) == [
        "failure-and-learning.yaml:2:5: [first] prompt: is missing",
        "failure-and-learning.yaml:3:5: [first] promt: is not a known field; did you mean prompt?",
    ]


def test_valid_pack_has_no_problem(tmp_path: Path) -> None:
    """The pack that the faults are put into is sound before."""
    write_pack(tmp_path, "p.yaml", pack_text("what-happened"))
    checked = check([tmp_path])
    assert checked.problems == []
    assert [category.id for category in checked.categories] == ["p"]


def test_all_problems_come_at_once_in_order(tmp_path: Path) -> None:
    """One run tells everything about all files, by file and line, and the sound file is read all the same."""
    text = (
        pack_text("first", "second")
        .replace("What happened?", "")
        .replace("[Blame.]", "7")
        .replace("task", "taks", 1)
    )
    write_pack(tmp_path, "a.yaml", text)
    write_pack(tmp_path, "b.yaml", "- x\n")
    write_pack(tmp_path, "c.yaml", pack_text("third"))
    assert [line.partition(": ")[2] for line in lines(tmp_path)] == [
        "star.task: is missing",
        "star.taks: is not a known field; did you mean task?",
        "red_flags: must be a list",
        "[first] prompt: is empty",
        "[second] prompt: is empty",
        "file: must be a group of fields, beginning with title",
    ]
    assert [category.id for category in check([tmp_path]).categories] == ["c"]


def test_question_id_twice_in_one_file(tmp_path: Path) -> None:
    """The second use of an id is the problem, and names the first."""
    write_pack(tmp_path, "a.yaml", pack_text("first", "first"))
    assert lines(tmp_path) == ["a.yaml:34:5: [first] id: is already the id of a question at a.yaml:14"]


def test_question_id_twice_over_two_files(tmp_path: Path) -> None:
    """Ids are unique over all files of a source, even where a file has other problems."""
    write_pack(tmp_path, "a.yaml", pack_text("first").replace("title:", "titel:"))
    write_pack(tmp_path, "b.yaml", pack_text("first"))
    assert "b.yaml:14:5: [first] id: is already the id of a question at a.yaml:14" in lines(tmp_path)


def test_category_id_twice(tmp_path: Path) -> None:
    """Two files of one name in two directories would be one category."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_pack(tmp_path / name, "a.yaml", pack_text(name))
    problems = check([tmp_path / "one", tmp_path / "two"]).problems
    assert [str(problem) for problem in problems] == [
        f"{tmp_path}/two/a.yaml:1:1: file: has the same name, and so the same id, as {tmp_path}/one/a.yaml"
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# Nothing but a comment\n", "---\n"])
def test_empty_file(tmp_path: Path, text: str) -> None:
    """A file with nothing in it says so."""
    write_pack(tmp_path, "a.yaml", text)
    assert lines(tmp_path) == ["a.yaml:1:1: file: is empty"]


def test_not_utf8(tmp_path: Path) -> None:
    """The first byte that is not UTF-8 is named by line and column."""
    (tmp_path / "a.yaml").write_bytes(b"title: x\nabout: caf\xe9\n")
    assert lines(tmp_path) == ["a.yaml:2:11: file: is not in UTF-8"]


def test_utf8_with_a_byte_order_mark(tmp_path: Path) -> None:
    """A file saved by an editor that marks UTF-8 is read as any other."""
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf" + pack_text("first").replace("\n", "\r\n").encode())
    assert lines(tmp_path) == []


def test_unreadable_file(tmp_path: Path) -> None:
    """A directory in a file's place, and a link to nothing, cannot be read."""
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "b.yaml").symlink_to(tmp_path / "gone")
    assert lines(tmp_path) == [
        "a.yaml:1:1: file: cannot be read: is a directory",
        "b.yaml:1:1: file: cannot be read: no such file or directory",
    ]


def test_huge_file(tmp_path: Path) -> None:
    """A file far beyond any pack is not parsed at all."""
    write_pack(tmp_path, "a.yaml", "#" * (MAX_FILE_BYTES + 1))
    assert lines(tmp_path) == ["a.yaml:1:1: file: is too large: more than 1000000 bytes"]


def test_aliases_cannot_unfold(tmp_path: Path) -> None:
    """A text that would grow with every level is refused at its first alias, without growing."""
    levels = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    write_pack(tmp_path, "a.yaml", "\n".join(levels))
    assert "a.yaml:2:10: a1[1]: refers to *a0: write the text out, aliases are not allowed" in lines(tmp_path)


@pytest.mark.parametrize("name", ["Team.yaml", "team_work.yaml", "x" * 33 + ".yaml"])
def test_file_name_that_cannot_be_an_id(tmp_path: Path, name: str) -> None:
    """A file's name is held to the rule for ids."""
    write_pack(tmp_path, name, pack_text("first"))
    assert lines(tmp_path) == [
        f"{name}:1:1: file: has a name that cannot be a category's id "
        "(lower-case words joined by hyphens, at most 32 characters)"
    ]


def test_other_ending_is_not_passed_over(tmp_path: Path) -> None:
    """A pack that would never be loaded because of its ending is pointed out."""
    write_pack(tmp_path, "team.yml", pack_text("first"))
    assert lines(tmp_path) == ["team.yml:1:1: file: is not a pack: its name must end in .yaml"]


def test_nothing_to_check(tmp_path: Path) -> None:
    """A check of an empty directory is no success."""
    assert [str(problem) for problem in check([tmp_path]).problems] == [
        f"{tmp_path}:1:1: file: holds no pack (*.yaml)"
    ]


def test_problem_stays_on_one_line() -> None:
    """A line break from a file cannot break the line that reports it."""
    problem = Problem("a.yaml", "first", "odd\nname", "is not a known field", 3, 5)
    assert str(problem) == "a.yaml:3:5: [first] odd\\x0aname: is not a known field"
