"""The shipped category "Failure & Learning": ids other programs rely on, facts of the stories, tone and lengths."""

import re
from collections.abc import Iterator

import pytest

from bot.domain.terms import PARTS, CategoryId, Part, QuestionId
from content.library import Library, load_library
from content.schema import Category, Question

POINTS = {
    "failure-failed": ["responsibility", "lessons", "process", "sharing", "better_outcome"],
    "failure-mistake": ["immediate", "accountability", "root_cause", "prevention", "transparency"],
    "failure-feedback": ["listened", "examples", "reflection", "skill", "measured"],
    "failure-not-as-planned": ["reassess", "max_value", "priorities", "flexibility", "outcome_based"],
    "failure-start-over": ["why_failed", "research", "rigor", "documented", "better_than_first"],
    "failure-over-head": ["mentor", "skill_up", "team_first", "systems", "progress"],
}
PROMPTS = {
    "failure-failed": "Tell me about a time when you failed at something. What did you learn?",
    "failure-mistake": "Describe a time when you made a significant mistake. How did you handle it?",
    "failure-feedback": "Tell me about a time when you received feedback that was difficult to hear.",
    "failure-not-as-planned": "Describe a project or goal that didn't go as planned. How did you adapt?",
    "failure-start-over": "Tell me about a time when you had to start over on a project.",
    "failure-over-head": "Describe a time when you were in over your head. How did you handle it?",
}
FACTS = {
    "failure-failed": {
        "situation": ["payment processor", "third-party", "4 weeks", "API documentation", "stakeholders"],
        "task": ["1,000 transactions a day", "reliable", "secure"],
        "action": ["2 weeks", "rate limits", "authentication", "3 weeks late", "launch", "post-mortem",
                   "research spike", "templates", "engineering", "faster", "more reliable"],
        "result": ["late", "5 later integrations", "trust", "flawlessly", "3 times"],
    },
    "failure-mistake": {
        "situation": ["routine deployment", "production", "main application", "all our users", "peak hours",
                      "45 minutes"],
        "task": ["at once", "responsibility", "never"],
        "action": ["10 minutes", "rolled", "alerted the team", "every stakeholder", "customers", "full responsibility",
                   "no excuses", "staging", "mandatory", "automated checks", "checklist", "peer review", "monitoring",
                   "alerts", "apologised"],
        "result": ["18 months", "12 outages", "whole company", "praised"],
    },
    "failure-feedback": {
        "situation": ["annual review", "technical skill", "dismissive", "interrupting", "disagreed"],
        "task": ["communication", "collaboration", "technical"],
        "action": ["defensive", "justification", "specific examples", "colleagues I trusted", "active listening",
                   "pausing", "discreet signal", "sum up"],
        "result": ["3 months", "cross-functional", "stakeholders", "comfortable", "Senior Developer", "leadership"],
    },
    "failure-not-as-planned": {
        "situation": ["real-time analytics dashboard", "5 data sources", "3 months", "6-month", "API", "discontinued"],
        "task": ["40%"],
        "action": ["at once", "alternative sources", "product team", "reprioritised", "advanced analytics",
                   "architecture", "replacements", "later phase"],
        "result": ["on time", "3 solid sources", "5", "quality", "experience", "projected", "90%", "2 months",
                   "next quarter", "2 better sources"],
    },
    "failure-start-over": {
        "situation": ["6 weeks", "custom model", "customer churn", "real data", "55%"],
        "task": ["retention", "reliable"],
        "action": ["assumptions", "quality of the data", "feature", "data scientists", "pipeline", "preprocessing",
                   "cross-validation", "ensembles", "documented", "reasons"],
        "result": ["89%", "85%", "$200,000", "6 months", "machine-learning practice", "guide"],
    },
    "failure-over-head": {
        "situation": ["tech lead", "8 developers", "critical rewrite", "never managed", "technologies"],
        "task": ["rewrite", "manage people", "technologies"],
        "action": ["gaps", "manager", "mentoring", "courses", "books", "one-on-ones", "paired", "decision", "escalated",
                   "learning plan", "date", "goal"],
        "result": ["on time", "under budget", "satisfaction", "3 members", "promoted", "mentor", "new to managing"],
    },
}  # fmt: skip
CATEGORY_ID = CategoryId("failure-and-learning")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def category(library: Library) -> Category:
    found = library.category(CATEGORY_ID)
    assert found is not None
    return found


def question_of(library: Library, question_id: str) -> Question:
    found = library.question(QuestionId(question_id))
    assert found is not None
    return found


def texts_of(value: object) -> Iterator[str]:
    """Every text within a dumped model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts_of(one)


def test_question_ids_stand_in_their_order(category: Category) -> None:
    """The six ids are permanent, and /question lists them in this order."""
    assert [question.id for question in category.questions] == list(POINTS)


@pytest.mark.parametrize("question_id", POINTS)
def test_point_ids_are_the_contract(library: Library, question_id: str) -> None:
    """Each question has exactly the points that the coach reports on."""
    assert [point.id for point in question_of(library, question_id).points] == POINTS[question_id]


@pytest.mark.parametrize("question_id", PROMPTS)
def test_prompts_are_the_standard_wording(library: Library, question_id: str) -> None:
    """A person practises the question as interviewers put it."""
    assert question_of(library, question_id).prompt == PROMPTS[question_id]


@pytest.mark.parametrize(("question_id", "part"), [(one, part) for one in FACTS for part in PARTS])
def test_model_answer_keeps_its_facts(library: Library, question_id: str, part: Part) -> None:
    """Each fact and figure of a story stands in the part where it belongs."""
    text = question_of(library, question_id).model_answer.text(part)
    assert [fact for fact in FACTS[question_id][part] if fact not in text] == []


@pytest.mark.parametrize("question_id", POINTS)
def test_figures_are_only_those_of_the_story(library: Library, question_id: str) -> None:
    """No figure has been made up beside the facts."""
    answer = question_of(library, question_id).model_answer
    known = set(
        re.findall(r"\d[\d,]*", " ".join(fact for facts in FACTS[question_id].values() for fact in facts))
    )
    told = {figure for part in PARTS for figure in re.findall(r"\d[\d,]*", answer.text(part))}
    assert told == known


@pytest.mark.parametrize("question_id", ["failure-failed", "failure-mistake"])
def test_action_in_two_stages(library: Library, question_id: str) -> None:
    """The first two stories tell what happened and what was changed as two titled stages."""
    action = question_of(library, question_id).model_answer.action
    assert not isinstance(action, str)
    assert len(action) == 2


@pytest.mark.parametrize("question_id", POINTS)
def test_model_answer_can_be_said_aloud(library: Library, question_id: str) -> None:
    """A model answer has 150 to 350 words, about one to two and a half minutes of speech, and says "I"."""
    answer = question_of(library, question_id).model_answer
    words = " ".join(answer.text(part) for part in PARTS).split()
    assert 150 <= len(words) <= 350
    assert all(re.search(r"\b(I|my|me)\b", answer.text(part)) for part in PARTS)


def test_category_holds_all_its_lists(category: Category) -> None:
    """Nothing of the general advice has been dropped: each list has the entries the category is known for."""
    assert [named.name for named in category.indicators] == [
        "Self-awareness", "Curiosity", "Adaptability", "Humility", "Application",
    ]  # fmt: skip
    assert [named.name for named in category.kinds] == [
        "Technical", "Leadership", "Project", "Personal", "Collaboration",
    ]  # fmt: skip
    assert (len(category.wanted), len(category.red_flags), len(category.outcomes)) == (5, 6, 6)
    assert list(category.star) == list(PARTS)


def test_tone_is_calm(category: Category) -> None:
    """No text of the pack raises its voice."""
    assert [text for text in texts_of(category.model_dump()) if "!" in text] == []


def test_no_text_is_used_twice(category: Category) -> None:
    """Every hint, tip, point and note was written for its place; cues are no texts and may serve several points."""
    without_cues = {
        "questions": {"__all__": {"premise": True, "points": {"__all__": {"cues"}}}},
    }
    texts = [text for text in texts_of(category.model_dump(exclude=without_cues)) if " " in text]
    assert [text for text in set(texts) if texts.count(text) > 1] == []
