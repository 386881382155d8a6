"""HTML as Telegram parses it, and what its servers find in plain text."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.markup import Parser, find_entities, utf16_length


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def parser(complaints: list[str]) -> Parser:
    return Parser(complaints.append)


def spans(entities: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


@pytest.mark.parametrize(
    ("html", "description"),
    [
        ("a < b", 'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("a<br>b", 'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 1'),
        ("<b>x", "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        (
            "<i>x</b>",
            'Bad Request: can\'t parse entities: Unmatched end tag at byte offset 4, expected "</i>", found "</b>"',
        ),
    ],
)
def test_html_that_does_not_parse_is_refused(parser: Parser, html: str, description: str) -> None:
    """The parser's own message follows Telegram's prefix."""
    with pytest.raises(ApiError) as refused:
        parser.parse(html, "HTML")
    assert (refused.value.code, refused.value.description) == (400, description)


def test_an_expandable_quote_may_hold_formatting(parser: Parser, complaints: list[str]) -> None:
    """Bold and spoiler within <blockquote expandable>."""
    html = "<blockquote expandable>A <b>bold</b> <tg-spoiler>end</tg-spoiler></blockquote>"
    text, entities = parser.parse(html, "HTML")
    assert text == "A bold end"
    assert spans(entities) == [("expandable_blockquote", 0, 10), ("bold", 2, 4), ("spoiler", 7, 3)]
    assert complaints == []


def test_a_quote_in_a_quote_is_dropped(parser: Parser, complaints: list[str]) -> None:
    """Telegram does not nest quotes; a bot should know that it tried."""
    html = "<blockquote expandable>a <blockquote>b</blockquote></blockquote>"
    _, entities = parser.parse(html, "HTML")
    assert spans(entities) == [("expandable_blockquote", 0, 3)]
    assert complaints == ["formatting: blockquote inside another quote or code is dropped by Telegram"]


def test_offsets_count_utf16_units(parser: Parser) -> None:
    """An emoji outside the basic plane is two units wide."""
    _, entities = parser.parse("😀 <b>é</b>", "html")
    assert spans(entities) == [("bold", 3, 1)]
    assert utf16_length("😀é") == 3


def test_white_space_at_the_ends_is_cut(parser: Parser) -> None:
    """Entities move along and lose what was cut off them."""
    text, entities = parser.parse("  <b>\n hi </b>\n", "HTML")
    assert text == "hi"
    assert spans(entities) == [("bold", 0, 2)]


def test_links_code_and_mentions_keep_their_extras(parser: Parser) -> None:
    """URL, language and user travel with the entity; nothing is found within code."""
    html = (
        '<a href="https://example.org/a">site</a> <pre><code class="language-py">/start</code></pre>'
        ' <a href="tg://user?id=5">you</a>'
    )
    _, entities = parser.parse(html, "HTML")
    assert [entity["type"] for entity in entities] == ["text_link", "pre", "text_mention"]
    assert entities[0]["url"] == "https://example.org/a"
    assert entities[1]["language"] == "py"
    assert entities[2]["user"]["id"] == 5


def test_only_a_hundred_entities_are_shown(parser: Parser, complaints: list[str]) -> None:
    """Telegram drops the rest without a word."""
    _, entities = parser.parse("<b>a</b> " * 101, "HTML")
    assert len(entities) == 100
    assert complaints == ["formatting: 101 entities, Telegram shows the first 100"]


def test_markdown_is_parsed_too(parser: Parser) -> None:
    """MarkdownV2 refuses reserved characters."""
    assert parser.parse("*a*", "MarkdownV2") == ("a", [{"offset": 0, "length": 1, "type": "bold"}])
    with pytest.raises(ApiError, match="reserved and must be escaped"):
        parser.parse("a.", "MarkdownV2")


def test_given_entities_are_taken_without_a_parse_mode(parser: Parser) -> None:
    """The entities parameter; a broken one is refused."""
    given = [{"type": "bold", "offset": 0, "length": 1}]
    assert parser.parse("ab", "", given) == ("ab", given)
    with pytest.raises(ApiError, match='Can\'t find field "length"'):
        parser.parse("ab", "", [{"type": "bold", "offset": 0}])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start q_x", [("bot_command", 0, 6)]),
        ("try /time@some_bot 8:30", [("bot_command", 4, 14)]),
        ("and/or 24/7 </b>", []),
        ("é😀 https://example.org/a?b=1.", [("url", 4, 25)]),
        ("example.com, me@example.com", [("url", 0, 11), ("email", 13, 14)]),
        ("hi @somebody #tag", [("mention", 3, 9), ("hashtag", 13, 4)]),
        ("nothing here", []),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[tuple[str, int, int]]) -> None:
    """Commands, links, addresses, mentions and hashtags."""
    assert spans(find_entities(text)) == found
