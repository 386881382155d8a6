"""What every shipped question says, whichever pack it is in."""

import pytest

from content.library import load_library
from content.schema import Question

QUESTIONS = [question for category in load_library().categories for question in category.questions]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_shipped_question_is_complete(question: Question) -> None:
    """What packs of one's own may leave out, a shipped question has: level, competencies, follow-ups and traps."""
    assert "level" in question.model_fields_set
    assert question.competencies
    assert len(question.follow_ups) == 2
    assert question.traps
