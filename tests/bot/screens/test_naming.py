"""A question whose parts have names of their own: every screen of it uses those."""

import pytest

from bot.domain import coach
from bot.domain.practice import Draft, Step
from bot.domain.terms import PARTS, AnswerId, Part
from bot.screens import after, answering
from bot.screens.naming import STAR, naming_of
from content.schema import Question
from tests.content.test_schema import question_data

NAMES = {"situation": "Now", "task": "Before", "action": "Proof <b>", "result": "Next"}
ID = AnswerId(1)


@pytest.fixture
def question() -> Question:
    return Question.model_validate(question_data() | {"part_names": NAMES})


def test_any_other_question_is_asked_in_star() -> None:
    """Without names of its own, and once its pack is gone, a question's parts are those of STAR."""
    assert naming_of(None) is STAR
    assert naming_of(Question.model_validate(question_data())) is STAR


def test_a_step_has_the_own_name_and_asks_with_the_hint(question: Question) -> None:
    """The general prompt of a STAR part would not fit; the hint stands there, so no [Hint] is offered."""
    shown = answering.step(ID, Draft(step=Step.ACTION), naming_of(question))
    assert "Step 3/4 · Proof &lt;b&gt;" in shown.html
    assert question.hints[Part.ACTION] in shown.html
    assert [button.label for row in shown.rows for button in row] == ["Back", "Skip", "Cancel"]


def test_review_and_model_answer_have_the_own_names(question: Question) -> None:
    """No STAR name is left on the screens around."""
    review = answering.review(ID, Draft(step=Step.REVIEW), question.prompt, naming_of(question))
    model = after.model(question, dict.fromkeys(PARTS, ""), ID)
    for message in (review, *model):
        assert "Before" in message.html
        assert not any(name in message.html for name in STAR.names.values())
    assert "Edit Before" in [button.label for row in review.rows for button in row]


def test_the_coach_speaks_of_the_own_names(question: Question) -> None:
    """Headings and advice that name a part name it as the question does; the quoted words stay as they were."""
    told = {
        Part.SITUATION: "I am a nurse of the Action group and have worked in three wards of two hospitals."
    }
    said = after.heard(coach.read(told), question.prompt, 1, question, answer_id=AnswerId(1)).html
    assert "The Proof &lt;b&gt; is empty" in said
    assert "The Action is empty" not in said


def test_names_that_begin_alike_are_not_cut_to_initials() -> None:
    """A line with a letter for each part would not tell Now from Next."""
    alike = question_data() | {"part_names": {**NAMES, "task": "Near"}}
    naming = naming_of(Question.model_validate(alike))
    assert naming.initials() == naming.names
    assert STAR.initials()[Part.TASK] == "T"


def test_what_is_asked_next_and_traps_come_after_the_answer() -> None:
    """Follow-ups stand below the reading, traps below the tips; a pack without them has no empty headings."""
    more = {"follow_ups": ["Who <b>noticed</b>?"], "traps": ["Beginning with your childhood."]}
    plain, full = (Question.model_validate(question_data() | one) for one in ({}, more))
    heard = [
        after.heard(coach.read({}), "What happened?", 1, question, answer_id=AnswerId(1)).html
        for question in (plain, full)
    ]
    models = [
        "".join(message.html for message in after.model(one, dict.fromkeys(PARTS, ""), ID))
        for one in (plain, full)
    ]
    assert ["Often asked next" in html for html in heard] == [False, True]
    assert "Who &lt;b&gt;noticed&lt;/b&gt;?" in heard[1]
    assert ["Traps" in html for html in models] == [False, True]
    assert "Beginning with your childhood." in models[1]
