"""Words in Markdown that show as they were written."""

import re
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.screens.export import as_written

WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n\t")
    | st.sampled_from("*_`#>-+=[]()!<&~|$\\1. \n\t"),
    max_size=120,
)


def rendered(markdown: str) -> str:
    """The text of a quotation as a reader sees it, one line for each line."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    assert re.sub(r"</?(?:blockquote|p)>|<br />", "", html).count("<") == 0, html
    paragraphs = re.findall(r"<p>(.*?)</p>", html, re.DOTALL)
    return "\n\n".join(unescape(paragraph.replace("<br />\n", "\n")) for paragraph in paragraphs)


def seen(text: str) -> str:
    """What is seen of a text: the kind of blank, blanks at the ends of lines and rows of empty lines left aside."""
    lines = [re.sub(r"[^\S\n]", " ", line).rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


@given(WORDS)
@example("# no heading\n- no list\n1. no list\n2) nor here\n> no quote\n\n    no code\n***\n===\n---")
@example("*plain* _plain_ `plain` [a](b) <b>plain</b> &amp; ~~plain~~ | a | b |\n|---|---|\n\\* ends with \\")
@example("[ref]: http://example.com 'title'\n\n```\nfence\n~~~\n<!-- comment -->\n+ 12345678901. x")
def test_words_show_as_they_were_written(text: str) -> None:
    """A Markdown reader shows every character and line, and takes none of them for markup."""
    assert seen(rendered(as_written(text))) == seen(text)
