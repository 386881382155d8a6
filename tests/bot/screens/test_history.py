"""The place in the list, as it travels in buttons."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.terms import CategoryId
from bot.screens.buttons import CALLBACK_DATA_BYTES, data, parse
from bot.screens.history import PAGE_MAX, WHOLE_LIST, Place, place_at, placed

CATEGORY_IDS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?", fullmatch=True).map(CategoryId)
PLACES = st.builds(
    Place, page=st.integers(0, PAGE_MAX), category_id=st.none() | CATEGORY_IDS, searching=st.booleans()
)


@given(PLACES, st.integers(0, 10**15 - 1))
def test_a_place_survives_the_button(place: Place, answer_id: int) -> None:
    """What goes into an answer's button comes out of the tap, whatever the ids."""
    assert place_at(parse(placed(place, "ho", answer_id, 99)), 2) == place


def test_the_longest_button_fits_exactly() -> None:
    """The comparison carries the most: its 64 bytes hold the longest ids, and no byte is left."""
    place = Place(PAGE_MAX, CategoryId("c" * 32), searching=True)
    longest = placed(place, "hc", 10**15 - 1, 9999, 9)
    assert len(longest) == CALLBACK_DATA_BYTES
    assert place_at(parse(longest), 3) == place


def test_what_does_not_fit_loses_the_place_only() -> None:
    """Numbers beyond all that is likely still lead to the answer."""
    place = Place(PAGE_MAX, CategoryId("c" * 32), searching=True)
    assert placed(place, "hc", 10**17, 99999, 99) == data("hc", 10**17, 99999, 99)


def test_the_whole_list_needs_no_arguments() -> None:
    """The plain verb, which other screens use too, is the beginning of the list."""
    assert placed(WHOLE_LIST, "h") == "h"
    assert place_at(parse("h"), 0) == WHOLE_LIST


@given(st.text(max_size=64))
def test_any_callback_data_gives_some_place(callback_data: str) -> None:
    """Whatever comes from outside, the place can be put into a button again."""
    assert len(placed(place_at(parse(callback_data), 0), "hm").encode()) <= CALLBACK_DATA_BYTES
