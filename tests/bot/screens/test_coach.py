"""The coach's sentences: what they quote, how they are escaped, and that they always fit."""

import json
import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.coach import Code, Finding, Heard, Reading, read
from bot.domain.terms import PARTS, Part, QuestionId
from bot.screens import coach
from content.library import load_library
from content.schema import Question

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
    told = {**POOR, Part.ACTION: "We asked around & we were shown several <good> places."}
    assert "“We asked around &amp; we were shown several &lt;good&gt; places.”" in coach.reading_html(
        read(told)
    )


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
    assert re.fullmatch(r"Balance: S \d+ · T \d+ · A \d+ · R \d+ %", balance)
    assert sum(int(n) for n in re.findall(r"\d+", balance)) == 100


@pytest.mark.parametrize("parts", [{}, dict.fromkeys(PARTS, "dunno")])
def test_too_little_is_said_calmly(parts: dict[Part, str]) -> None:
    """An empty answer hears what is missing, with no praise and no balance."""
    html = coach.reading_html(read(parts))
    assert "Too little yet for an interviewer to hear a story." in html
    assert "The Result is empty" in html
    assert "✓" not in html
    assert "%" not in html


def test_at_most_two_strengths_and_two_findings() -> None:
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


@pytest.fixture(scope="module")
def mistake() -> Question:
    question = load_library().question(QuestionId("failure-mistake"))
    assert question is not None
    return question


def test_the_line_is_the_contract_of_starling_coach(mistake: Question) -> None:
    """Flags of the glossary with quote and advice, each point of the question, words and whole seconds."""
    owned = "I told the client within the hour that it was my mistake."
    told = {**POOR, Part.ACTION: f"{BETTER[Part.ACTION]} {owned}"}
    line: dict[str, Any] = coach.line(told, "r7", mistake)
    assert line == json.loads(json.dumps(line))
    assert list(line) == ["id", "flags", "points", "words", "speaking_seconds"]
    assert {
        "code": "no_numbers",
        "quote": POOR[Part.RESULT],
        "advice": coach.ADVICE[Code.NO_NUMBERS],
    } in line["flags"]
    assert [point["id"] for point in line["points"]] == [point.id for point in mistake.points]
    assert line["points"][1] == {
        "id": "accountability",
        "heard": True,
        "quote": owned,
    }
    assert line["points"][2] == {"id": "root_cause", "heard": False, "quote": ""}
    assert line["words"] == {"situation": 16, "task": 6, "action": 30, "result": 7}
    assert line["speaking_seconds"] == 25


def test_an_unknown_question_has_no_points() -> None:
    """No point is made up."""
    assert coach.line(POOR, 1, None)["points"] == []


def test_what_was_not_heard_is_asked_not_denied(mistake: Question) -> None:
    """At most two points not heard are named, as not heard by the coach; those heard are not."""
    told = {
        **BETTER,
        Part.TASK: "It was my mistake: I had not confirmed the room. I told the choir that evening.",
    }
    html = unescape(coach.reading_html(read(told, mistake.rubric()), coach.point_texts(mistake)))
    assert "I did not hear that you " in html
    assert "you took full accountability" not in html
    assert html.count("I did not hear that ") <= coach.UNHEARD_SHOWN


def test_one_question_follows_about_the_weakest_spot(mistake: Question) -> None:
    """The question is about the first flag, and there is only one."""
    html = coach.reading_html(read(POOR), coach.point_texts(mistake))
    assert html.count("They might ask next: ") == 1
    assert "What was the first thing you did, and what came after it?" in html


def test_without_a_flag_the_question_is_about_a_point(mistake: Question) -> None:
    """With nothing else to mend, a point not heard is asked about."""
    reading = Reading({}, {}, 90, 60, (), (), (Heard("prevention", heard=False),))
    asked = "Was there a moment when you put measures in place that prevent a repeat?"
    assert coach.questions(reading, coach.point_texts(mistake)) == [(asked, Part.ACTION)]


def test_a_point_that_cannot_be_judged_is_not_asked_about(mistake: Question) -> None:
    """Without cues in the pack the coach says less."""
    reading = Reading({}, {}, 90, 60, (), (), (Heard("prevention", heard=False, judged=False),))
    assert coach.questions(reading, coach.point_texts(mistake)) == []
