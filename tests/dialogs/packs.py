"""The questions that dialogs are about: few, and the same however many are shipped."""

from functools import cache

from bot.domain.terms import PARTS, CategoryId, Level, QuestionId
from content.library import Library, load_library
from content.schema import Category

_OTHERS = (
    (
        "introduction-and-motivation",
        "Introduction",
        (("intro-yourself", "Tell me about yourself.", Level.ENTRY), ("intro-why-us", "Why us?", Level.MID)),
    ),
    (
        "teamwork",
        "Teamwork",
        (
            ("team-together", "Tell me about a time when a team of yours worked well.", Level.MID),
            ("team-apart", "Tell me about a team that fell out.", Level.SENIOR),
            ("team-new", "Describe how you joined a team.", Level.ENTRY),
        ),
    ),
)


@cache
def one_category() -> Library:
    """The first pack that was shipped."""
    return Library(tuple(each for each in load_library().categories if each.id == "failure-and-learning"))


@cache
def three_categories() -> Library:
    """The same with two small ones beside it."""
    (first,) = one_category().categories
    return Library((first, *(_made(first, *other) for other in _OTHERS)))


@cache
def named_parts() -> Library:
    """The same; the introduction names its parts itself."""
    names = dict(zip(PARTS, ("Now", "Before", "Proof", "Next"), strict=True))
    return Library(
        tuple(
            category.model_copy(
                update={
                    "questions": tuple(
                        question.model_copy(
                            update={"part_names": names} if question.id == "intro-yourself" else {}
                        )
                        for question in category.questions
                    )
                }
            )
            for category in three_categories().categories
        )
    )


def _made(first: Category, category: str, title: str, asked: tuple[tuple[str, str, Level], ...]) -> Category:
    pattern = first.questions[0]
    questions = tuple(
        pattern.model_copy(
            update={
                "id": QuestionId(question_id),
                "prompt": prompt,
                "about": f"What is behind: {prompt}",
                "level": level,
                "competencies": ("collaboration", "communication"),
                "follow_ups": (f"And after that? ({question_id})",),
            }
        )
        for question_id, prompt, level in asked
    )
    return first.model_copy(update={"id": CategoryId(category), "title": title, "questions": questions})
