"""Points that have learned weights: whose deed, denied or done, the rest of the answer; every sentence is invented."""

from itertools import pairwise

import pytest

from bot.domain.coach import Listened, Rubric, read
from bot.domain.coach.clauses import parse
from bot.domain.coach.learned import key, learned
from bot.domain.coach.meanings import meanings
from bot.domain.coach.stretches import STRETCH_MAX_WORDS, marks, stretches
from bot.domain.terms import PARTS, Part, QuestionId
from content.library import load_library
from content.schema import Question

LIBRARY = load_library()
SHIPPED = [q for c in LIBRARY.categories for q in c.questions if q.id.startswith("failure-")]


def question(name: str) -> Question:
    found = LIBRARY.question(QuestionId(name))
    assert found is not None
    return found


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda q: str(q.id))
def test_the_first_category_has_learned_weights(shipped: Question) -> None:
    """The weights are those of the exemplars that stand in the pack: who changes one learns them anew."""
    assert [p.id for p in shipped.points if key(p.exemplars) not in learned().points] == []


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda q: str(q.id))
def test_every_point_is_heard_in_the_model_answer(shipped: Question) -> None:
    """A first-rate answer, read as if nobody had shown it, makes each point."""
    rubric = shipped.rubric()
    told = {part: shipped.model_answer.text(part) for part in PARTS}
    reading = read(told, Rubric(points=rubric.points, asks_lesson=rubric.asks_lesson))
    assert [p.id for p in reading.points if not p.heard] == []


STORY = {
    Part.SITUATION: "Two winters ago I ran a hospital's night bus, and one evening I left four nurses in the snow.",
    Part.TASK: "I had to bring every shift home, and nobody but me drove that bus.",
    Part.RESULT: "It was my own mistake, I had not read the new timetable. Since then I read it aloud before I "
    "start, and in 300 nights nobody was left behind.",
}


@pytest.mark.parametrize(
    ("said", "is_heard"),
    [
        ("I told the story at the drivers' meeting so that nobody repeats it.", True),
        (
            "At the drivers' meeting I stood up and told all the others about it, and two of them copied my list.",
            True,
        ),
        ("I never told anybody about it.", False),
        ("I wanted to tell the other drivers about it, but I never did.", False),
        ("My supervisor told the other drivers about it.", False),
    ],
)
def test_sharing_is_done_by_the_speaker_and_done(said: str, is_heard: bool) -> None:
    """In a story told well a point is still only heard where something tells of it."""
    reading = read(
        {**STORY, Part.ACTION: f"I turned round and fetched them. {said}"},
        question("failure-failed").rubric(),
    )
    heard = {p.id: p for p in reading.points}
    assert heard["sharing"].heard is is_heard
    assert heard["sharing"].quote in (said if is_heard else "")


def test_a_bad_answer_is_not_believed_for_one_good_sentence() -> None:
    """Where everything else is imagined and put on others, a single sentence does not make a point."""
    reading = read(
        {
            Part.ACTION: "I would usually wait for the others. They never read the timetable, it is always their "
            "fault. I would tell the story at the meeting so that nobody repeats it.",
            Part.RESULT: "It would be fine in the end.",
        },
        question("failure-failed").rubric(),
    )
    assert [p.id for p in reading.points if p.heard] == []


def test_a_point_without_learned_weights_is_heard_by_its_cues() -> None:
    """In a pack by somebody else a cue is enough, and no weights are needed."""
    point = Listened("asked", cues=("ask for example",), exemplars=("I asked what exactly she meant.",))
    assert key(point.exemplars) not in learned().points
    reading = read({**STORY, Part.ACTION: "I asked her for examples."}, Rubric(points=(point,)))
    assert reading.points[0].heard


def test_marks_tell_done_from_undone_and_whose() -> None:
    """A word carries whether it is denied or another's; its meaning carries it, too."""
    (mine,) = parse("I rang the ward.")
    (undone,) = parse("I never rang the ward.")
    (hers,) = parse("She rang the ward.")
    assert {"ring", "@contact", "=speaker"} <= marks(mine.words)
    assert {"!ring", "!@contact", "=denied"} <= marks(undone.words)
    assert {"~ring", "~@contact", "=other"} <= marks(hers.words)


def test_meanings_bring_words_together() -> None:
    """Two ways to say the same share a meaning; a word that stands in no list has none."""
    assert set(meanings("ring")) & set(meanings("email"))
    assert meanings("zebra") == ()


def test_a_long_sentence_is_read_in_overlapping_stretches() -> None:
    """Each stretch is two clauses, so that what spans a joint is seen; together they hold every word."""
    (sentence,) = parse(
        "I drove back to the depot with the empty bus, I woke the man at the gate, and he gave me his old list, "
        "so I sat down and read every line of it twice before I rang anybody"
    )
    found = stretches(sentence)
    assert len(sentence.words) > STRETCH_MAX_WORDS
    assert len(found) > 1
    assert set(sentence.words) == {word for one in found for word in one}
    assert all(set(one) & set(two) for one, two in pairwise(found))
