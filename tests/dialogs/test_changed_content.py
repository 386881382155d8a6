"""Packs of the host that change while somebody answers: overridden, retired, and their own parts' names gone."""

from pathlib import Path

from bot.domain.terms import QuestionId
from content.library import load_library
from tests.content.packs import pack_text, questions_text, write_pack
from tests.dialogs.packs import one_category
from tests.dialogs.stage import Stage, set_up
from tests.dialogs.steps import CLIENT, arrive, do, parts

FAILED = QuestionId("failure-failed")
HALF = CLIENT.split(" Action:")[0]
REST = ("I rang them every day and I visited the owner.", "Back in 3 weeks, with 40 % more.")
NEW_PROMPT = "Which kiln burst under your hands?"


def _take_up(stage: Stage, folder: Path) -> None:
    for app in stage.apps:
        app.shelf.library = load_library(folder)


async def test_a_shipped_question_is_overridden_while_it_is_answered(
    tmp_path: Path, database_url: str
) -> None:
    """The answer keeps the prompt as it was asked; the next attempt has the new one."""
    async with set_up(database_url) as stage:
        ada = await arrive(stage, f"/start q_{FAILED}", "!Answer", HALF)
        text = questions_text(FAILED).replace("What happened?", NEW_PROMPT)
        write_pack(tmp_path, "failure-and-learning.yaml", text)
        _take_up(stage, tmp_path)
        await do(ada, *REST, "!Submit")
        assert "What I heard" in ada.heard()
        await do(ada, "/history", "!1")
        assert "failed" in ada.heard()
        assert NEW_PROMPT not in ada.heard()
        await do(ada, "!Model")
        assert "It held for 3 years." in ada.heard()
        await do(ada, f"/start q_{FAILED}")
        assert NEW_PROMPT in ada.heard()


async def test_a_shipped_question_is_retired_while_it_is_answered(tmp_path: Path, database_url: str) -> None:
    """It can be finished, read and rated; it is asked no more, nor is it due, a weak point or a story's use."""
    async with set_up(database_url) as stage:
        ada = await arrive(stage, f"/start q_{FAILED}", "!Answer", HALF)
        write_pack(tmp_path, "failure-and-learning.yaml", questions_text(FAILED) + "    retired: true\n")
        _take_up(stage, tmp_path)
        await do(ada, *REST, "!Submit")
        assert "What I heard" in ada.heard()
        assert (await parts(ada, FAILED))["action"] == REST[0]
        await do(ada, "!Again", "/history", "!1")
        assert "failed" in ada.heard()
        question = one_category().question(FAILED)
        prompt = question.prompt if question else ""
        assert prompt in ada.heard()
        for _ in range(9):
            await stage.move_to_next_push()
            await ada.look()
            assert prompt not in ada.heard()
        await do(ada, f"/start q_{FAILED}")
        assert "Answer" in ada.labels()
        assert "not here any more" in ada.heard()
        await do(ada, "/practice", "!Weak points")
        assert "not heard" not in ada.heard()


async def test_its_whole_pack_goes_while_it_is_answered(tmp_path: Path, database_url: str) -> None:
    """A file is taken out of the folder: the answer is finished like any other."""
    async with set_up(database_url) as stage:
        write_pack(tmp_path, "kilns.yaml", pack_text("burst").replace("What happened?", NEW_PROMPT))
        _take_up(stage, tmp_path)
        ada = await arrive(stage, "/start q_burst", "!Answer", HALF)
        (tmp_path / "kilns.yaml").unlink()
        _take_up(stage, tmp_path)
        await do(ada, *REST, "!Submit", "/history", "!1")
        assert NEW_PROMPT in ada.heard()
