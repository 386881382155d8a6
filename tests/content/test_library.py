"""The library: what is found in it, and how an extra directory is laid over the shipped packs."""

from pathlib import Path

import pytest

from bot.domain.terms import CategoryId, QuestionId
from content.library import Library, check, holds_packs, load_library
from content.problems import ContentError
from tests.content.packs import pack_text, questions_text, write_pack

SHIPPED = CategoryId("failure-and-learning")
FIRST = QuestionId("failure-failed")
RETIRED = "    retired: true\n"


def ids(library: Library, *category_ids: str) -> list[str]:
    """Ids of the questions that can be asked from these categories; from all if none is given."""
    chosen = [CategoryId(one) for one in category_ids] or None
    return [question.id for question in library.askable(chosen)]


def test_shipped_packs_have_no_problem() -> None:
    """What is shipped loads."""
    checked = check()
    assert checked.problems == []
    assert SHIPPED in [category.id for category in checked.categories]


def test_unknown_ids_give_none() -> None:
    """Ids come from old buttons and links, so asking for one that is gone is no error."""
    library = load_library()
    assert library.question(QuestionId("gone")) is None
    assert library.category_of(QuestionId("gone")) is None
    assert library.category(CategoryId("gone")) is None


def test_question_knows_its_category() -> None:
    """The category is found from the question's id alone."""
    category = load_library().category_of(FIRST)
    assert category is not None
    assert category.id == SHIPPED


def test_extra_directory_adds_a_category(tmp_path: Path) -> None:
    """A file in the extra directory is a category, with the id of its name."""
    write_pack(tmp_path, "team-work.yaml", pack_text("team-first", "team-second"))
    library = load_library(tmp_path)
    assert ids(library, "team-work") == ["team-first", "team-second"]
    assert ids(library) == [*ids(load_library()), "team-first", "team-second"]


def test_no_categories_chosen_gives_no_questions() -> None:
    """An empty choice is a choice; only None means all."""
    assert load_library().askable([]) == ()


def test_extra_question_overrides_the_shipped_one_in_place(tmp_path: Path) -> None:
    """In a pack of the same name, an equal id replaces the question where it stands and new ones come last."""
    write_pack(tmp_path, f"{SHIPPED}.yaml", pack_text("failure-new", "failure-mistake"))
    before, library = ids(load_library(), SHIPPED), load_library(tmp_path)
    assert ids(library, SHIPPED) == [*before, "failure-new"]
    assert set(ids(library)) == {*ids(load_library()), "failure-new"}
    replaced, kept = library.question(QuestionId("failure-mistake")), library.question(FIRST)
    assert replaced is not None
    assert replaced.prompt == "What happened?"
    assert kept == load_library().question(FIRST)
    category = library.category(SHIPPED)
    assert category is not None
    assert category.title == "A small category"


def test_questions_alone_are_added_to_the_shipped_category(tmp_path: Path) -> None:
    """A file with the name of a shipped pack needs only questions; the category's own texts stay."""
    write_pack(tmp_path, f"{SHIPPED}.yaml", questions_text("failure-new", "failure-mistake"))
    shipped, library = load_library().category(SHIPPED), load_library(tmp_path)
    category = library.category(SHIPPED)
    assert shipped is not None
    assert category is not None
    assert ids(library, SHIPPED) == [*ids(load_library(), SHIPPED), "failure-new"]
    header = {"questions", "id"}
    assert category.model_dump(exclude=header) == shipped.model_dump(exclude=header)


def test_one_text_of_the_shipped_category_can_be_replaced(tmp_path: Path) -> None:
    """What the file gives counts, the rest is as shipped."""
    write_pack(tmp_path, f"{SHIPPED}.yaml", "title: Setbacks\n" + questions_text("failure-new"))
    shipped, category = load_library().category(SHIPPED), load_library(tmp_path).category(SHIPPED)
    assert shipped is not None
    assert category is not None
    assert (category.title, category.about) == ("Setbacks", shipped.about)


def test_check_tells_what_replaces_a_shipped_question(tmp_path: Path) -> None:
    """An id taken by accident is seen; one taken on purpose is no problem."""
    write_pack(tmp_path, f"{SHIPPED}.yaml", questions_text("failure-new", "failure-mistake"))
    write_pack(tmp_path, "team-work.yaml", pack_text("failure-failed"))
    checked = check([tmp_path])
    assert checked.problems == []
    assert [str(note).replace(f"{tmp_path}/", "") for note in checked.notes] == [
        f"{SHIPPED}.yaml:22:5: [failure-mistake] id: replaces the shipped question",
        f"team-work.yaml:14:5: [failure-failed] id: replaces the shipped question, which leaves {SHIPPED}",
    ]


def test_shipped_packs_replace_nothing() -> None:
    """Those who work on the shipped packs may check them by their path."""
    path = Path(__file__).parents[2] / "content" / "packs"
    assert check().notes == []
    assert check([path]).notes == []
    assert check([path / f"{SHIPPED}.yaml"]).notes == []


def test_folder_without_packs_is_known(tmp_path: Path) -> None:
    """Whoever named a folder and finds none of their questions asked is to be told."""
    write_pack(tmp_path, ".draft.yaml", "[")
    assert not holds_packs(tmp_path)
    write_pack(tmp_path, "team-work.yaml", pack_text("team-first"))
    assert holds_packs(tmp_path)


def test_extra_question_in_another_category_moves_there(tmp_path: Path) -> None:
    """An id is in one category only: that of the extra pack which overrides it."""
    write_pack(tmp_path, "team-work.yaml", pack_text("failure-failed"))
    library = load_library(tmp_path)
    category = library.category_of(FIRST)
    assert category is not None
    assert category.id == "team-work"
    assert ids(library).count("failure-failed") == 1


def test_category_that_lost_all_its_questions_is_left_out(tmp_path: Path) -> None:
    """Nobody is offered a category with nothing in it."""
    write_pack(tmp_path, "team-work.yaml", pack_text(*ids(load_library())))
    assert [category.id for category in load_library(tmp_path).categories] == ["team-work"]


def test_retired_question_is_not_asked_and_stays_readable(tmp_path: Path) -> None:
    """Old answers still find a retired question and its category."""
    write_pack(tmp_path, "team-work.yaml", pack_text("team-first", "team-second") + RETIRED)
    library = load_library(tmp_path)
    second = QuestionId("team-second")
    assert ids(library, "team-work") == ["team-first"]
    question, category = library.question(second), library.category_of(second)
    assert question is not None
    assert question.retired
    assert category is not None
    assert category.id == "team-work"


def test_broken_extra_pack_stops_the_loading(tmp_path: Path) -> None:
    """The error names all problems of all files, one to a line, and carries them."""
    write_pack(tmp_path, "one.yaml", pack_text("team-first").replace("title:", "titel:"))
    write_pack(tmp_path, "two.yaml", "[")
    with pytest.raises(ContentError) as caught:
        load_library(tmp_path)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0].rpartition("/")[2] for line in lines] == ["one.yaml", "one.yaml", "two.yaml"]
    assert [str(problem) for problem in caught.value.problems] == lines


def test_missing_extra_directory_is_a_problem(tmp_path: Path) -> None:
    """A directory that was set and is not there is an error, not an empty one."""
    with pytest.raises(ContentError, match="gone:1:1: file: cannot be read: no such file or directory"):
        load_library(tmp_path / "gone")


def test_empty_extra_directory_changes_nothing(tmp_path: Path) -> None:
    """A directory prepared for packs may still be empty; hidden and other files do not count."""
    write_pack(tmp_path, ".draft.yaml", "[")
    write_pack(tmp_path, "README.md", "Packs go here.")
    assert load_library(tmp_path).categories == load_library().categories
