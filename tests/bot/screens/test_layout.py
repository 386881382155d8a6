"""Measuring, cutting and packing: nothing is lost, nothing is cut in the middle, everything fits."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.screens.layout import (
    ELLIPSIS,
    Block,
    bold,
    cut,
    escape,
    fit_quotes,
    italic,
    pages,
    quote,
    shorten,
    shown_units,
    units,
)

TEXTS = st.text(
    st.sampled_from("ab <>&;\"' \n.é😀\u200b\u0627\u202e") | st.characters(blacklist_categories=("Cs",)),
    max_size=200,
)
LIMIT = 60


def utf16(text: str) -> int:
    """Length in UTF-16 units, by encoding."""
    return len(text.encode("utf-16-le")) // 2


def plain(markup: str) -> str:
    """What is seen of ready HTML."""
    return unescape(re.sub(r"<[^>]*>", "", markup))


@given(TEXTS)
@example("😀" * 10)
def test_units_are_utf16_units(text: str) -> None:
    """A character outside the basic plane counts twice."""
    assert units(text) == utf16(text)


@given(TEXTS, st.sampled_from([escape, bold, italic, quote]))
@example("&amp;lt;b&gt;", bold)
def test_markup_shows_the_text_as_it_is(text: str, marked) -> None:
    """Escaped text comes back character for character, and is measured without its tags."""
    assert plain(marked(text)) == text
    assert shown_units(marked(text)) == utf16(text)


@given(TEXTS, st.integers(2, LIMIT))
def test_cut_gives_the_longest_beginning_that_fits(text: str, limit: int) -> None:
    """Beginning and rest are the text; one character more would not fit."""
    first, rest = cut(text, limit)
    assert first + rest == text
    assert utf16(first) <= limit
    assert not rest or utf16(first + rest[0]) > limit


@given(TEXTS, st.integers(1, LIMIT))
def test_shorten_keeps_the_beginning(text: str, limit: int) -> None:
    """A text that fits is untouched; else an ellipsis stands behind a beginning of it, and all of it fits."""
    short = shorten(text, limit)
    assert utf16(short) <= limit
    if utf16(text) <= limit:
        assert short == text
    else:
        assert short.endswith(ELLIPSIS)
        assert text.startswith(short.removesuffix(ELLIPSIS))


def test_shorten_cuts_at_a_word() -> None:
    """A word is not cut when one ended shortly before."""
    assert shorten("one two three", 10) == "one two…"


@given(st.lists(TEXTS, max_size=6), st.integers(0, 300))
def test_quotes_fit_the_room_together(texts: list[str], room: int) -> None:
    """However many and long, together they stay within the room, and if they fit nothing is shortened."""
    fitted = fit_quotes(texts, room)
    if room >= len(texts):
        assert sum(map(utf16, fitted)) <= room
    if sum(map(utf16, texts)) <= room:
        assert fitted == texts


@given(st.integers(0, 4))
def test_a_text_that_gets_no_room_is_not_shown(room: int) -> None:
    """Even the ellipsis counts."""
    assert sum(map(utf16, fit_quotes(["abc"] * 5, room))) <= room


def test_short_quotes_leave_their_room_to_long_ones() -> None:
    """Of two texts the long one gets all that the short one does not need."""
    assert fit_quotes(["ab", "x" * 200], 100) == ["ab", "x" * 97 + ELLIPSIS]


BLOCKS = st.lists(
    st.builds(Block, html=st.text("ab&<", max_size=12).map(bold), quoted=TEXTS.map(str.strip)),
    min_size=1,
    max_size=6,
)


@given(BLOCKS)
@example([Block("<b>x</b>", "a" * 47 + "\u2003" * 30)])
def test_pages_fit_and_hold_every_character(blocks: list[Block]) -> None:
    """Each page is within the limit and not empty; together they show all but white space, in order."""
    made = pages(blocks, LIMIT)
    assert all(utf16(plain(page)) <= LIMIT for page in made)
    assert all(page for page in made)
    whole = "".join(plain(block.html) + block.quoted for block in blocks)
    assert "".join("".join(map(plain, made)).split()) == "".join(whole.split())


@given(BLOCKS)
def test_pages_close_their_tags(blocks: list[Block]) -> None:
    """No tag or entity is cut in two: each page's tags are whole and closed within it."""
    for page in pages(blocks, LIMIT):
        assert re.fullmatch(
            r"(?:[^<>&]|&(?:lt|gt|amp);|<b>(?:[^<>&]|&(?:lt|gt|amp);)*</b>"
            r"|<blockquote expandable>(?:[^<>&]|&(?:lt|gt|amp);)*</blockquote>)*",
            page,
        )


@given(st.lists(st.text("abcdé😀", min_size=1, max_size=12), min_size=1, max_size=60))
def test_words_are_kept_whole(words: list[str]) -> None:
    """A text of words shorter than half a page is never cut within one."""
    made = pages([Block("<b>x</b>\n", " ".join(words))], LIMIT)
    assert " ".join(map(plain, made)).split()[1:] == words


def test_blocks_that_fit_share_a_page() -> None:
    """As few messages as possible."""
    assert pages([Block("a"), Block("b", "c")], LIMIT) == ["a\nb<blockquote expandable>c</blockquote>"]


def test_a_block_that_cannot_be_split_is_refused() -> None:
    """Ready HTML longer than a message would lose its tags."""
    with pytest.raises(ValueError, match="longer than a message"):
        pages([Block(bold("x" * (LIMIT + 1)))], LIMIT)


def test_a_heading_is_not_left_alone_at_the_end_of_a_page() -> None:
    """When hardly any of the quotation would fit below it, the heading moves on with it."""
    made = pages([Block("x" * 50), Block("<b>Head</b>\n", "word " * 10)], LIMIT)
    assert "Head" not in made[0]
    assert "word" in made[1]
