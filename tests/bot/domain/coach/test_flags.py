"""Faults in what is told, each with cases that look alike and are none; every sentence is invented."""

import pytest

from bot.domain.coach import Code, Rubric, read
from bot.domain.terms import Part

STORY = "In May I mixed up two orders at the nursery and sent 300 tulips to the wrong school."
DEED = "I rang the school, drove over with the van and carried the boxes back."
RESULT = "They got 290 of 300 the same day. Since then I read every label twice."
ASKS = Rubric(asks_lesson=True, premise=("mix up", "wrong"))


def codes(**parts: str) -> set[Code]:
    told = {Part.SITUATION: STORY, Part.ACTION: DEED, Part.RESULT: RESULT}
    told |= {Part(name): text for name, text in parts.items()}
    return {f.code for f in read(told, ASKS).findings}


def test_a_plain_story_has_no_flag() -> None:
    """A mistake owned, mended and learned from is left alone."""
    assert not codes() & {*Code} - {Code.PART_EMPTY, Code.TOO_SHORT, Code.PART_LONG, Code.PART_SHORT}


@pytest.mark.parametrize(
    "action",
    [
        "I would call the client first. Then I would offer a discount and I'd follow up.",
        "Usually I wait a day. I always ask what they mean and I would change it.",
    ],
)
def test_imagined_deeds_are_hypothetical(action: str) -> None:
    """What one would do or usually does is not what happened."""
    assert Code.HYPOTHETICAL in codes(action=action)


@pytest.mark.parametrize(
    "action",
    [
        "Every Saturday I would pick the same eleven and I'd tell the others to wait. In March I rang all families.",
        "I would say it was my worst day. I rang them and I drove over.",
    ],
)
def test_would_for_habit_and_politeness_is_not(action: str) -> None:
    """A past habit and a polite "I would say" belong to told stories."""
    assert Code.HYPOTHETICAL not in codes(action=action)


@pytest.mark.parametrize(
    "said",
    [
        "It was not my fault, the driver never checks anything.",
        "The supplier let us down, if they had done their job all would be fine.",
        "IT should have blocked it in the first place.",
    ],
)
def test_blame_is_found(said: str) -> None:
    """The fault is put on somebody else."""
    assert Code.BLAMES_OTHERS in codes(action=f"{DEED} {said}")


@pytest.mark.parametrize(
    "said",
    [
        "The supplier was three days late.",
        "I could have blamed the driver, but it was my label.",
        "I should have checked it myself.",
        "I did not blame him.",
        "No one to blame there, I was lazy.",
        "I couldn't be bothered to read it twice.",
    ],
)
def test_neutral_facts_are_no_blame(said: str) -> None:
    """Others' part told as a fact, or one's own fault, is no blame."""
    assert Code.BLAMES_OTHERS not in codes(action=f"{DEED} {said}")


@pytest.mark.parametrize(
    "result",
    [
        "They got 290 back. I learned that two labels look alike from afar.",
        "They got 290 back. These days nobody loads alone.",
        "They got 290 back. I train new drivers in pairs now.",
        "They got 290 back. Never again without a second look.",
    ],
)
def test_a_lasting_change_is_a_lesson(result: str) -> None:
    """An insight, a habit or a rule that lasts counts as learning."""
    assert Code.NO_LEARNING not in codes(result=result)


@pytest.mark.parametrize("result", ["They got 290 of 300 back.", "My boss is more careful now.", ""])
def test_without_one_there_is_no_learning(result: str) -> None:
    """An outcome alone, or another person's lesson, is none."""
    assert Code.NO_LEARNING in codes(result=result)


def test_learning_is_asked_only_where_the_question_does() -> None:
    """Without the pack's word for it, no lesson is missed."""
    assert Code.NO_LEARNING not in {f.code for f in read({Part.ACTION: DEED}).findings}


@pytest.mark.parametrize(
    "said", ["It wasn't really a mistake.", "I have never failed at anything, honestly."]
)
def test_denial_is_found(said: str) -> None:
    """Saying that there was no failure denies it."""
    assert Code.DENIES_FAILURE in codes(situation=said)


@pytest.mark.parametrize(
    "action",
    [
        "I worked hard and stayed positive. I communicated better and improved my approach.",
        "We tried to cooperate and we prioritised. Responsibilities were clarified.",
    ],
)
def test_general_words_are_vague(action: str) -> None:
    """Nobody can picture trying, improving and staying positive."""
    assert Code.VAGUE in codes(action=action)


@pytest.mark.parametrize("action", ["Stopped the trucks.", "Rang the owner, did upstairs first"])
def test_few_concrete_words_are_not(action: str) -> None:
    """A short deed can be pictured."""
    assert Code.VAGUE not in codes(action=action)


def test_a_story_of_success_is_off_topic() -> None:
    """Where the question is about trouble and none is told, the answer is about something else."""
    assert Code.OFF_TOPIC in codes(
        situation="I organised a summer party for 60 people.",
        action="I booked a band, ordered the food from two farms and drew the plan for the tables.",
        result="58 came, and everybody stayed until midnight.",
    )
    assert Code.OFF_TOPIC not in codes(situation="I lost the keys, and nobody could get in until noon.")


def test_a_short_answer_is_seldom_beside_the_question() -> None:
    """Forty words about a mistake that name no mistake in so many words are still about one."""
    told = codes(
        situation="At the bakery I sent an untested oven programme live before Easter.",
        action="I rolled the programme back, I told the owner at once and I wrote a checklist.",
        result="We lost 20 loaves and never again that year.",
    )
    assert Code.OFF_TOPIC not in told


def test_who_owns_what_the_question_supposes_answers_it() -> None:
    """However short the story is."""
    told = codes(
        situation="In May I mixed up the dates of our biggest contract. It was my mistake.",
        action="I rang them every day and I visited the owner, and in June I won them back.",
        result="They came back.",
    )
    assert Code.OFF_TOPIC not in told
