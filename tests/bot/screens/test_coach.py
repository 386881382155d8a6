"""The coach's sentences: what they quote, how they are escaped, and that they always fit."""

import json
import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.coach import Code, Finding, read
from bot.domain.terms import PARTS, Part
from bot.screens import coach

POOR = {
    Part.SITUATION: "Last winter our choir lost its rehearsal room two weeks before the concert, to our surprise.",
    Part.TASK: "We had to find another one.",
    Part.ACTION: "We asked around and we looked at several places. A decision was made and we moved the piano.",
    Part.RESULT: "It went really well & everybody <loved> it.",
}
BETTER = {
    **POOR,
    Part.ACTION: "I rang every parish hall in town, visited the three that answered and agreed a price with one.",
    Part.RESULT: "The concert sold 210 tickets, 40 more than the year before.",
}


def units(html: str) -> int:
    return len(html.encode("utf-16-le", "surrogatepass")) // 2


def test_every_flag_shows_its_words_and_one_thing_to_do() -> None:
    """A finding is a heading, the quoted words and a piece of advice."""
    html = coach.reading_html(read(POOR))
    assert (
        "→ <b>Hard to tell what you did yourself</b>: <i>“We asked around and we looked at several places.”</i>"
        in html
    )
    assert coach.ADVICE[Code.WE_OVER_I] in html


def test_a_persons_text_is_escaped() -> None:
    """Angle brackets and ampersands of the answer stay text."""
    assert "<i>“It went really well &amp; everybody &lt;loved&gt; it.”</i>" in coach.reading_html(read(POOR))


def test_a_strength_shows_its_words() -> None:
    """What was good is quoted too."""
    html = coach.reading_html(read(BETTER))
    assert (
        "✓ <b>The outcome has a figure</b>: <i>“The concert sold 210 tickets, 40 more than the year before.”</i>"
        in html
    )


def test_the_measures_end_the_section() -> None:
    """The last two lines are words and time, and the balance in per cents that add up to 100."""
    *_, measures, balance = coach.reading_html(read(BETTER)).split("\n")
    assert re.fullmatch(r"\d+ words, about \d+ s spoken", measures)
    assert [name.split()[0] for name in balance.split(" · ")] == ["S", "T", "A", "R"]
    assert sum(int(n) for n in re.findall(r"\d+", balance)) == 100


@pytest.mark.parametrize("parts", [{}, dict.fromkeys(PARTS, "dunno")])
def test_too_little_is_said_calmly(parts: dict[Part, str]) -> None:
    """An empty answer hears what is missing, with no praise and no balance."""
    html = coach.reading_html(read(parts))
    assert "Too little yet for an interviewer to hear a story." in html
    assert "The Result is empty" in html
    assert "✓" not in html
    assert "%" not in html


def test_at_most_two_strengths_and_three_findings() -> None:
    """The section is never a list of ten."""
    many = read({p: "word " * n for p, n in zip(PARTS, (200, 200, 40, 8), strict=True)})
    assert len(many.findings) > coach.FINDINGS_SHOWN
    assert coach.reading_html(many).count("→") == coach.FINDINGS_SHOWN


@settings(max_examples=100, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            p: st.one_of(st.text(), st.sampled_from(["&" * 4096, "😀a " * 800, "I met & told < 5 > & " * 90]))
            for p in PARTS
        }
    )
)
def test_the_section_fits_and_its_tags_close(parts: dict[Part, str]) -> None:
    """Whatever was written, the HTML stays below the limit and holds only closed <b> and <i>."""
    html = coach.reading_html(read(parts))
    assert units(html) <= coach.READING_LIMIT
    tags = re.findall(r"</?[^>]*>", html)
    assert set(tags) <= {"<b>", "</b>", "<i>", "</i>"}
    assert all(a == b.replace("/", "") for a, b in zip(tags[::2], tags[1::2], strict=True))


def test_signs_that_turn_the_text_around_are_dropped() -> None:
    """A quote with direction marks or control characters cannot disturb the sentence around it."""
    html = coach.reading_html(read({Part.RESULT: "it went \u202ewell\x00 again"}))
    assert "“it went well again”" in unescape(html)


def test_every_finding_has_advice_without_exclamation_marks() -> None:
    """There is one thing to do for every code and every part, said calmly."""
    for code in Code:
        for part in (None, *PARTS):
            said = coach.advice(Finding(code, part))
            assert said.endswith(".")
            assert "!" not in said


@pytest.mark.parametrize("part", PARTS)
def test_a_thin_part_gets_one_question(part: Part) -> None:
    """Each part has one question, and it is one."""
    assert coach.thin_question(part).count("?") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (0, "No words yet"),
        (1, "1 word, a few seconds spoken"),
        (60, "60 words, about 25 s spoken"),
        (140, "140 words, about 1 min spoken"),
        (212, "212 words, about 1 min 30 s spoken"),
    ],
)
def test_words_and_time_in_plain_words(words: int, said: str) -> None:
    """The length is told in words and rounded to five seconds."""
    assert coach.words_and_time(words) == said


def test_the_line_is_the_contract_of_starling_coach() -> None:
    """Flags of the glossary with quote and advice, the points asked for as not heard, words and whole seconds."""
    line = coach.line(read(POOR), "r7", ["lessons", "sharing"])
    assert line == json.loads(json.dumps(line))
    assert list(line) == ["id", "flags", "points", "words", "speaking_seconds"]
    assert line["flags"] == [
        {
            "code": "we_over_i",
            "quote": "We asked around and we looked at several places.",
            "advice": coach.ADVICE[Code.WE_OVER_I],
        },
        {"code": "no_numbers", "quote": POOR[Part.RESULT], "advice": coach.ADVICE[Code.NO_NUMBERS]},
    ]
    assert line["points"] == [
        {"id": "lessons", "heard": False, "quote": ""},
        {"id": "sharing", "heard": False, "quote": ""},
    ]
    assert line["words"] == {"situation": 16, "task": 6, "action": 18, "result": 7}
    assert line["speaking_seconds"] == 20


def test_without_points_the_line_has_none() -> None:
    """No point is made up."""
    assert coach.line(read(POOR), 1)["points"] == []
