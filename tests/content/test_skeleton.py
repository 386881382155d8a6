"""A new pack: it is read as a pack, and each of its placeholders is named until it is replaced."""

import re
from pathlib import Path

from content.library import check
from content.schema import schema_text
from content.skeleton import SCHEMA_FILE, SCHEMA_LINE, schema_path_from, skeleton
from tests.content.packs import write_pack

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "content" / "packs"


def filled(text: str) -> str:
    """The skeleton with words of its author's in the place of every placeholder."""
    text = text.replace("(fill in)", "My").replace("[fill in]", "[growth]")
    return text.replace("fill-in", "my-question").replace("fill_in", "point")


def test_every_placeholder_is_named_in_its_line(tmp_path: Path) -> None:
    """The checker complains of the lines with placeholders, of all of them at once and of nothing else."""
    text = skeleton()
    path = write_pack(tmp_path, "mine.yaml", text)
    lines = text.split("\n")
    wanted = {
        number
        for number, line in enumerate(lines, 1)
        if not line.startswith("#") and ("(fill in)" in line or re.search(r"fill[ _-]in", line))
    }
    problems = check([path]).problems
    assert {problem.message for problem in problems} == {"is still to be filled in"}
    assert {problem.line for problem in problems} == wanted


def test_a_filled_in_skeleton_is_a_pack(tmp_path: Path) -> None:
    """Once the placeholders are replaced nothing is wrong with it."""
    checked = check([write_pack(tmp_path, "mine.yaml", filled(skeleton()))])
    assert checked.problems == []
    assert [question.id for category in checked.categories for question in category.questions] == [
        "my-question"
    ]


def test_a_skeleton_leads_an_editor_to_the_schema(tmp_path: Path) -> None:
    """Its first line names the file with the JSON Schema by the way from where it stands."""
    named = skeleton(schema_path_from(tmp_path)).split("\n")[0]
    assert named.startswith(SCHEMA_LINE)
    target = tmp_path / named.removeprefix(SCHEMA_LINE)
    assert target.resolve() == (ROOT / "content" / SCHEMA_FILE).resolve()


def test_the_schema_for_editors_is_the_one_in_force() -> None:
    """The exported JSON Schema says what the shapes say: `starling content schema > content/pack.schema.json`."""
    assert (ROOT / "content" / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


def test_every_shipped_pack_names_the_schema() -> None:
    """Its first line is what editors look for."""
    for path in sorted(PACKS.glob("*.yaml")):
        first = path.read_text(encoding="utf-8").split("\n")[0]
        assert first == f"{SCHEMA_LINE}../{SCHEMA_FILE}", path.name
