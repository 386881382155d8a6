"""Callback data, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screens.buttons import CALLBACK_DATA_BYTES, Tap, data, parse

ARGUMENTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters=":"), max_size=8)


@given(st.from_regex(r"[a-z]{1,6}", fullmatch=True), st.lists(ARGUMENTS | st.integers(0, 10**15), max_size=2))
def test_what_goes_in_comes_out(verb: str, args: list[object]) -> None:
    """Verb and arguments survive the way through Telegram."""
    assert parse(data(verb, *args)) == Tap(verb, tuple(map(str, args)))


def test_no_separator_in_an_argument() -> None:
    """An argument that would fall apart is refused."""
    with pytest.raises(ValueError, match="separator"):
        data("time", "8:30")


@pytest.mark.parametrize("argument", ["x" * (CALLBACK_DATA_BYTES - 2), "é" * ((CALLBACK_DATA_BYTES - 2) // 2)])
def test_64_bytes_are_the_most(argument: str) -> None:
    """64 bytes are taken and one more is refused, counted in UTF-8."""
    assert len(data("v", argument).encode()) == CALLBACK_DATA_BYTES
    with pytest.raises(ValueError, match="65 bytes"):
        data("v", argument + "x")


@given(st.text())
def test_any_data_can_be_read(callback_data: str) -> None:
    """Data comes from outside: nothing in it raises, and missing arguments are empty."""
    tap = parse(callback_data)
    assert tap.arg(99) == ""
    assert tap.number(99) is None
    number = tap.number(0)
    assert number is None or 0 <= number < 10**18


@pytest.mark.parametrize("argument", ["", "-1", "+1", "1.0", " 1", "１", "²", "1e3", "9" * 19])
def test_numbers_are_plain_digits(argument: str) -> None:
    """Whatever int() would take or choke on besides, only ASCII digits of a sensible length are a number."""
    assert Tap("v", (argument,)).number(0) is None
    assert Tap("v", ("9" * 18,)).number(0) == 10**18 - 1
