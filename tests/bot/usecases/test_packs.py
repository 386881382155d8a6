"""Packs of one's own: limits, whose they are, and what becomes of the choice of categories."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.terms import CategoryId
from bot.usecases import packs, push
from bot.usecases.letters import unpack
from content.private import (
    PACKS_MAX,
    QUESTIONS_MAX,
    PrivatePack,
    own_category_id,
    own_question_id,
    read_private,
)
from db import outbox, people
from db import packs as table
from db.engine import Database
from db.outbox import Lane
from tests.bot.usecases.scene import ANNA, BORIS, FAILURE, NOW, Scene, library, opened
from tests.content.packs import pack_text


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def sent(name: str, questions: int = 1, title: str = "Bakery") -> PrivatePack:
    text = pack_text(*(f"loaf-{number}" for number in range(questions)))
    return read_private(f"{name}.yaml", text.replace("A small category", title).encode())


def keep(scene: Scene, name: str, questions: int = 1, title: str = "Bakery") -> int:
    """Send a pack and keep it; its id."""
    shown = scene.does(packs.receive, sent(name, questions, title))
    scene.does(packs.keep, int(shown.rows[0][0].data.partition(":")[2]))
    return next(pack.id for pack in table.kept(scene.tx, scene.person_id) if pack.name == name)


def seen(scene: Scene) -> list[CategoryId]:
    """The ids of the categories that the person sees behind the shipped ones."""
    person = people.lock(scene.tx, scene.person_id)
    assert person is not None
    shown = packs.library_of(scene.tx, library(), person)
    return [category.id for category in shown.categories[len(library().categories) :]]


def test_who_has_no_pack_sees_the_very_library(scene: Scene) -> None:
    """A turn of such a person costs nothing more, also while a pack waits to be kept."""
    scene.does(packs.receive, sent("bakery"))
    person = people.lock(scene.tx, ANNA)
    assert person is not None
    assert packs.library_of(scene.tx, library(), person) is library()


def test_a_kept_pack_is_seen_by_its_person_alone(scene: Scene) -> None:
    """Its category stands behind the shipped ones, for nobody else."""
    pack_id = keep(scene, "bakery")
    assert seen(scene) == [own_category_id(pack_id)]
    boris = Scene(scene.tx, BORIS)
    keep(boris, "bakery")
    assert seen(boris) != seen(scene)


@pytest.mark.parametrize(
    "usecase", [packs.keep, packs.drop, packs.open_pack, packs.ask_removal, packs.remove]
)
def test_anothers_pack_is_out_of_reach(scene: Scene, usecase: object) -> None:
    """No button that names it shows, keeps or removes it."""
    pack_id = keep(scene, "bakery", title="Rye bread")
    boris = Scene(scene.tx, BORIS)
    shown = boris.does(usecase, pack_id, tapped=True)  # type: ignore[arg-type]  # any of the use cases above
    assert (shown.html, bool(boris.toast)) == ("", True)
    assert seen(scene) == [own_category_id(pack_id)]
    assert seen(boris) == []


def test_packs_have_a_limit(scene: Scene) -> None:
    """A further pack is refused with the way out; one that takes the place of another is not."""
    for number in range(PACKS_MAX):
        keep(scene, f"pack-{number}")
    assert "Remove one with /packs" in scene.does(packs.receive, sent("more")).html
    assert "takes the place" in scene.does(packs.receive, sent("pack-0")).html
    assert len(seen(scene)) == PACKS_MAX


def test_questions_have_a_limit_over_all_packs(scene: Scene) -> None:
    """What a pack would replace does not count."""
    keep(scene, "large", QUESTIONS_MAX - 1)
    assert f"{QUESTIONS_MAX + 1} questions of your own" in scene.does(packs.receive, sent("two", 2)).html
    assert "takes the place" in scene.does(packs.receive, sent("large", QUESTIONS_MAX)).html


def test_the_limit_holds_at_the_moment_of_keeping(scene: Scene) -> None:
    """A preview that waits was made when there was room; another pack may have come since."""
    for number in range(PACKS_MAX - 1):
        keep(scene, f"pack-{number}")
    waiting = scene.does(packs.receive, sent("late")).rows[0][0].data.partition(":")[2]
    scene.tx.execute(
        table.packs.insert().values(
            person_id=ANNA, name="other", title="T", questions=1, text="", digest="d", kept=True, sent_at=NOW
        )
    )
    assert "Remove one with /packs" in scene.does(packs.keep, int(waiting), tapped=True).html


def test_a_new_text_of_a_pack_is_read_at_once(scene: Scene) -> None:
    """The pack keeps its id, so that its questions do, and nothing of the old text is shown any more."""
    first = keep(scene, "bakery", 2, "Old")
    second = keep(scene, "bakery", 1, "New")
    assert first == second
    person = people.lock(scene.tx, ANNA)
    assert person is not None
    category = packs.library_of(scene.tx, library(), person).category(own_category_id(first))
    assert category is not None
    assert (category.title, [question.id for question in category.questions]) == (
        "New",
        [own_question_id(first, "loaf-0")],
    )


def test_who_chose_categories_is_asked_the_new_one_too(scene: Scene) -> None:
    """Keeping a pack chooses its category; removing it leaves the others, or all if it was the only one."""
    scene.does(lambda turn: turn.change(category_ids=(FAILURE,)))
    pack_id = keep(scene, "bakery")
    assert scene.turn.person.category_ids == (FAILURE, own_category_id(pack_id))
    scene.does(packs.remove, pack_id)
    assert (scene.turn.person.category_ids, scene.turn.person.has_packs) == ((FAILURE,), False)
    pack_id = keep(scene, "bakery")
    scene.does(lambda turn: turn.change(category_ids=(own_category_id(pack_id),)))
    scene.does(packs.remove, pack_id)
    assert scene.turn.person.category_ids is None


def test_a_push_may_bring_a_question_of_ones_own(scene: Scene) -> None:
    """With only that category chosen, the tick asks from it; another person's push does not."""
    pack_id = keep(scene, "bakery", title="Rye bread")
    due = {"minute_of_day": 510, "zone": "Europe/Berlin", "next_push_at": NOW - timedelta(minutes=1)}
    scene.does(lambda turn: turn.change(category_ids=(own_category_id(pack_id),), **due))
    boris = Scene(scene.tx, BORIS)
    boris.does(lambda turn: turn.change(**due))
    assert push.tick(scene.tx, library(), NOW) == 2
    letters = outbox.claim(scene.tx, Lane.PUSH, NOW, 10)
    said = {letter.chat_id: unpack(letter.payload).message.html for letter in letters}
    assert "Rye bread" in said[ANNA]
    assert "Rye bread" not in said[BORIS]


def test_a_pack_that_is_read_no_more_is_left_out(scene: Scene) -> None:
    """A newer version of the program may refuse what an older one kept; the person goes on without it."""
    keep(scene, "bakery")
    scene.tx.execute(table.packs.update().values(text="title: [", digest="other"))
    assert seen(scene) == []
    assert "Bakery" in scene.does(packs.open_packs).html


def test_whoever_erases_everything_keeps_no_pack(scene: Scene) -> None:
    """Packs go with the person's row, those that wait too."""
    keep(scene, "bakery")
    scene.does(packs.receive, sent("more"))
    people.remove(scene.tx, ANNA)
    assert table.every(scene.tx, ANNA) == ()
