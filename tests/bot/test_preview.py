"""The preview of a question for its author: the screens as text."""

from pathlib import Path

from bot.preview import plain, preview
from bot.screens.message import Button, Message
from content.library import load_library
from tests.content.packs import pack_text, write_pack


def test_a_message_as_text() -> None:
    """Quotes stand behind a mark, buttons in brackets, and what was escaped is shown as it is."""
    message = Message(
        "<b>A &lt; B</b>\n<blockquote expandable>One.\nTwo.</blockquote>",
        ((Button("Yes", "y"), Button("No", "n")),),
    )
    assert plain(message) == "A < B\n> One.\n> Two.\n[Yes] [No]"


def test_a_question_is_shown_from_the_card_to_the_tips(tmp_path: Path) -> None:
    """Prompt, each step with its hint, each part of the model answer, points and tips, in this order."""
    write_pack(tmp_path, "mine.yaml", pack_text("what-happened"))
    shown = preview(load_library(tmp_path), "what-happened") or ""
    wanted = [
        "What happened?",
        *("Where were you?", "What was wanted?", "What did you do?", "What came of it?"),
        *("I was there.", "I had to mend it.", "I mended it.", "It held for 3 years."),
        *("You own it.", "Be brief."),
    ]
    places = [shown.index(text) for text in wanted]
    assert places == sorted(places)


def test_a_category_is_shown_with_all_its_questions(tmp_path: Path) -> None:
    """The general tips come first, then every question."""
    write_pack(tmp_path, "mine.yaml", pack_text("first", "second"))
    shown = preview(load_library(tmp_path), "mine") or ""
    assert shown.index("A tip for all of it.") < shown.index("What happened?")
    assert shown.count("Step 1/4") == 2


def test_an_unknown_id_has_no_preview() -> None:
    """Neither a question nor a category."""
    assert preview(load_library(), "gone") is None
