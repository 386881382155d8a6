"""The list of answers: pages, filters, search, drafts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.terms import Part, QuestionId
from bot.usecases import history
from bot.usecases.letters import Kind
from db import answers, people
from db.engine import Database
from tests.bot.usecases.scene import (
    BORIS,
    FAILED,
    FAILURE,
    GONE,
    MISTAKE,
    NOW,
    Scene,
    labels,
    opened,
    plain,
    with_two_categories,
)


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    with opened(database) as anna:
        yield anna


def test_someone_without_answers_is_offered_a_question(scene: Scene) -> None:
    """The empty history says so and has the way to a question."""
    shown = scene.does(history.open_history)
    assert "Nothing here yet" in shown.html
    assert shown.rows[0][0].data == "new"


def test_the_newest_answer_stands_first(scene: Scene) -> None:
    """The list goes from the newest to the oldest."""
    scene.answer(question=FAILED, at=NOW - timedelta(days=2))
    scene.answer(question=MISTAKE, at=NOW - timedelta(days=1))
    shown = plain(scene.does(history.open_history))
    assert shown.index("significant mistake") < shown.index("failed at something")


def test_dates_are_those_of_the_persons_zone(scene: Scene) -> None:
    """An answer of the late evening in UTC has the next day's date further east."""
    scene.answer(at=NOW.replace(hour=23))
    scene.does(lambda turn: turn.change(zone="Asia/Kolkata"))
    assert "25 Nov 2026" in scene.does(history.open_history).html


def test_attempt_and_rating_are_named_where_they_tell_something(scene: Scene) -> None:
    """A first, unrated attempt has neither; a second one has its number, a rated one its word."""
    scene.answer(at=NOW - timedelta(days=1))
    assert "attempt" not in scene.does(history.open_history).html
    scene.answer(rating=2)
    assert "attempt 2 · Hard" in scene.does(history.open_history).html


def test_pages_hold_five_and_lead_both_ways(scene: Scene) -> None:
    """Twelve answers are three pages; only the ways that exist have buttons."""
    for day in range(12):
        scene.answer(
            at=NOW - timedelta(days=day), question=QuestionId(f"q{day}"), prompt=f"Prompt {day:02d}?"
        )
    first = scene.does(history.open_history)
    assert [label for label in labels(first) if label in "12345"] == list("12345")
    assert "‹ Newer" not in labels(first)
    second = scene.press(first, "Older ›")
    third = scene.press(second, "Older ›")
    assert "Prompt 11?" in third.html
    assert "Prompt 09?" not in third.html
    assert "Older ›" not in labels(third)
    assert scene.press(third, "‹ Newer").html == second.html


def test_an_empty_last_page_becomes_the_one_before(scene: Scene) -> None:
    """A page that lost its answers since its button was made shows the last page there is."""
    for day in range(5):
        scene.answer(at=NOW - timedelta(days=day))
    assert "1</b>" in scene.tap("h:9999").html


def test_the_filter_offers_only_categories_with_answers(scene: Scene) -> None:
    """Each category with answers has a button with their number; one without has none."""
    with_two_categories(scene)
    scene.answer()
    scene.answer(question=MISTAKE)
    chooser = scene.press(scene.does(history.open_history), "Category")
    assert labels(chooser) == ["Failure & Learning (2)", "All", "Back to the list"]


def test_a_category_narrows_the_list_and_can_be_cleared(scene: Scene) -> None:
    """Only the chosen category's answers are listed, and [Clear filter] lists all again."""
    other = with_two_categories(scene)
    scene.answer()
    scene.answer(question=GONE, category=other, prompt="About a team?")
    chooser = scene.press(scene.does(history.open_history), "Category")
    narrowed = scene.press(chooser, "Teamwork (1)")
    assert "About a team?" in narrowed.html
    assert "failed at something" not in narrowed.html
    assert "failed at something" in scene.press(narrowed, "Clear filter").html


def test_a_search_waits_for_words_and_keeps_them_while_paging(scene: Scene) -> None:
    """[Search] waits for a text, lists what holds all its words, and keeps them on the next page."""
    for day in range(7):
        scene.answer(at=NOW - timedelta(days=day))
    scene.answer({Part.SITUATION: "Something else."}, question=MISTAKE)
    scene.press(scene.does(history.open_history), "Search")
    assert scene.turn.person.expecting == "search"
    found = scene.does(history.search, "card  TERMIN")
    assert scene.turn.person.expecting is None
    assert "7 answers" in found.html
    assert "with “card TERMIN”" in scene.press(found, "Older ›").html


def test_words_after_the_command_search_at_once(scene: Scene) -> None:
    """/history words lists what holds them."""
    scene.answer()
    scene.answer({Part.SITUATION: "Something else."}, question=MISTAKE)
    assert "significant mistake" not in scene.does(history.open_history, "terminal").html


def test_a_search_without_hits_says_for_what(scene: Scene) -> None:
    """Nothing found names the words, escaped, and leads back to everything."""
    scene.answer()
    shown = scene.does(history.search, "<zebra>")
    assert "“&lt;zebra&gt;”" in shown.html
    assert "1 answer" in scene.press(shown, "Show all").html


def test_a_search_for_signs_only_finds_nothing(scene: Scene) -> None:
    """A text without any letter or digit is a search without hits, not an error."""
    scene.answer()
    assert "No answer with" in scene.does(history.search, "?!").html


def test_another_command_of_the_history_ends_the_wait_for_words(scene: Scene) -> None:
    """After /history the next text is not taken for search words any more."""
    scene.press(scene.does(history.search, "zebra"), "Search")
    scene.does(history.open_history)
    assert scene.turn.person.expecting is None


def test_what_another_feature_waits_for_stays(scene: Scene) -> None:
    """/history in the middle of the set-up leaves the question about the time open."""
    scene.does(lambda turn: turn.change(expecting="time"))
    scene.does(history.open_history)
    assert scene.turn.person.expecting == "time"


def test_drafts_with_words_can_be_continued(scene: Scene) -> None:
    """The list of drafts shows where each stands and continues it."""
    draft = scene.draft({Part.SITUATION: "It was <late>."})
    shown = scene.press(scene.does(history.open_history), "Drafts 1")
    assert "It was &lt;late&gt;." in shown.html
    assert shown.rows[0][0].data == f"cont:{draft}"


def test_an_empty_draft_is_not_listed(scene: Scene) -> None:
    """A question opened and left alone is no draft to come back to."""
    scene.draft({})
    assert not any(label.startswith("Drafts") for label in labels(scene.does(history.open_history)))


def test_every_draft_is_on_some_page(scene: Scene) -> None:
    """Seven drafts fill two pages."""
    for number in range(7):
        scene.draft({Part.TASK: f"Draft {number}."}, at=NOW - timedelta(hours=number))
    first = scene.tap("hd")
    second = scene.press(first, "Older ›")
    assert all(f"Draft {number}." in first.html + second.html for number in range(7))
    assert scene.press(second, "‹ Newer").html == first.html


def test_a_deleted_draft_is_not_the_active_one_and_comes_back(scene: Scene) -> None:
    """Deleting the draft being written closes it; [Undo] puts it back among the drafts."""
    draft = scene.draft()
    scene.does(lambda turn: turn.change(active_answer_id=draft))
    gone = scene.press(scene.tap("hd"), "Delete 1")
    assert scene.turn.person.active_answer_id is None
    assert "Continue 1" in labels(scene.press(gone, "Undo"))


def test_garbage_about_the_place_is_left_out(scene: Scene) -> None:
    """A place in the list that cannot be read is the beginning of the list."""
    scene.answer()
    for place in (":x", ":-1", ":²", ":99999999999"):
        assert "1 answer" in scene.tap(f"h{place}").html
    for place in (":0:" + "é" * 30, "::::", ":0:x:y"):
        scene.tap(f"h{place}")
        scene.tap(f"hm{place}")
        scene.tap(f"hs{place}")
        assert scene.said
    for callback_data in ("hd:x", "hn:x", "hd:999999999999999999"):
        scene.tap(callback_data)
        assert scene.toast


def test_a_tapped_screen_takes_the_place_of_the_message(scene: Scene) -> None:
    """Buttons change their message; a command and a typed text bring a new one."""
    scene.answer()
    scene.does(history.open_history)
    assert [letter.kind for letter in scene.turn.letters] == [Kind.SEND]
    scene.tap("h")
    assert [letter.kind for letter in scene.turn.letters] == [Kind.EDIT]


def test_answers_of_others_are_never_listed(scene: Scene) -> None:
    """Neither the list, the search, the filter nor the drafts know of another person's rows."""
    boris = Scene(scene.tx, BORIS)
    boris.answer()
    boris.draft()
    assert "Nothing here yet" in scene.does(history.open_history).html
    assert "No answer with" in scene.does(history.search, "terminal").html
    assert labels(scene.tap("hm")) == ["All", "Back to the list"]
    scene.tap("hd")
    assert scene.toast == "No draft is waiting."
    assert people.lock(scene.tx, BORIS) is not None
    assert FAILURE in answers.count_by_category(scene.tx, BORIS)
