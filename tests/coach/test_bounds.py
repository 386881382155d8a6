"""What the coach must reach on the labelled answers of this folder, as `tests.coach_eval` counts it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.coach import FLAGS, read, weighing
from bot.domain.coach.flags import MEASURES
from bot.domain.terms import PARTS, Part, QuestionId
from bot.screens.coach import ASKED_ONLY
from content.library import Library, load_library
from content.schema import Question
from tests import coach_eval

HERE = Path(__file__).parent
FILES = [HERE / "development.jsonl", HERE / "answers.jsonl"]
"""Those the coach is developed on, and those that somebody else wrote; what is held out is for the end."""

UNSEEN = [HERE / f"batch_{name}_test.jsonl" for name in "abcd"]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def scores() -> dict[str, coach_eval.Score]:
    return coach_eval.evaluate(coach_eval.labelled(FILES[0]))


def records() -> Iterator[dict[str, Any]]:
    for file in FILES:
        yield from coach_eval.labelled(file)


def test_labels_are_complete() -> None:
    """Every answer has a label for each flag and each point of its question, and an id of its own in its file."""
    library = load_library()
    for file in FILES:
        ids = [record["id"] for record in coach_eval.labelled(file)]
        assert len(ids) == len(set(ids))
    for record in records():
        question = library.question(QuestionId(record["question"]))
        assert set(record["labels"]["flags"]) == {code.value for code in FLAGS}
        points = {point.id for point in question.points} if question else set()
        assert set(record["labels"]["points"]) == points


def test_on_others_answers_it_does_not_fall_back() -> None:
    """Answers by somebody who had not seen the rules. The weights of points were learned from them, too, so that their
    bound shows only that nothing broke; how others' answers are read, `tests.coach_train` prints file by file."""
    scores = coach_eval.evaluate(coach_eval.labelled(FILES[1]))
    assert scores["points"].precision >= 0.95
    assert scores["points"].recall >= 0.95


@pytest.fixture(scope="module")
def unseen() -> dict[str, coach_eval.Score]:
    """Scores on the answers of four writers whose words nothing was learned from."""
    return coach_eval.evaluate(record for file in UNSEEN for record in coach_eval.labelled(file))


def test_on_answers_nothing_was_learned_from_it_does_not_fall_back(
    unseen: dict[str, coach_eval.Score],
) -> None:
    """The bounds: flags together an F1 of 0.85, points a precision of 0.85 and a recall of 0.70."""
    reached = unseen["all flags"].f1, unseen["points"].precision, unseen["points"].recall
    assert [part for part, least in zip(reached, (0.85, 0.85, 0.70), strict=True) if part < least] == []


@pytest.mark.parametrize("flag", sorted(code.value for code in FLAGS - ASKED_ONLY))
def test_what_is_said_outright_holds_on_answers_nothing_was_learned_from(
    unseen: dict[str, coach_eval.Score], flag: str
) -> None:
    """The flags that are told to the person's face reach precision 0.85 and recall 0.75; the others are only asked.

    No miss is printed here, so that nobody tunes on one.
    """
    reached = unseen[flag].precision, unseen[flag].recall
    assert reached >= (0.85, 0.0)
    assert reached[1] >= 0.75


def test_weights_belong_to_what_is_measured(library: Library) -> None:
    """Each flag has a weight for each of its measures, and what questions are about is learned by their prompts."""
    weights = weighing.weights()
    assert {name: {*table} - {""} for name, table in weights.flags.items()} == {
        code.value: {*names} for code, names in MEASURES.items()
    }
    assert set(weights.traits.names) == set(weighing.TRAITS)
    assert set(weights.topics.names) <= {q.prompt for c in library.categories for q in c.questions}


def test_model_answers_have_no_flag(library: Library) -> None:
    """The answers the library shows as good are not found fault with."""
    questions = [question for category in library.categories for question in category.questions]
    flagged = {
        question.id: found
        for question in questions
        if (found := _flags({part: question.model_answer.text(part) for part in PARTS}, question))
    }
    assert flagged == {}


def _flags(parts: dict[Part, str], question: Question) -> set[str]:
    return {f.code.value for f in read(parts, question.rubric()).findings if f.code in FLAGS}


def test_all_flags_together(scores: dict[str, coach_eval.Score]) -> None:
    """Flags reach an F1 of 0.85."""
    assert scores["all flags"].f1 >= 0.85, scores["all flags"]


@pytest.mark.parametrize("flag", sorted(code.value for code in FLAGS))
def test_each_flag_with_five_cases(scores: dict[str, coach_eval.Score], flag: str) -> None:
    """A flag that is labelled five times or more reaches precision 0.85 and recall 0.75."""
    score = scores[flag]
    if score.right + score.missed >= 5:
        assert (score.precision >= 0.85, score.recall >= 0.75) == (True, True), score


def test_points(scores: dict[str, coach_eval.Score]) -> None:
    """Points stay at what is reached where they were tuned: precision and recall of 0.95."""
    assert scores["points"].precision >= 0.95
    assert scores["points"].recall >= 0.95


@pytest.mark.parametrize("record", [*records()], ids=lambda record: str(record["id"]))
def test_quotes_are_the_persons_words(record: dict[str, Any], library: Library) -> None:
    """What a finding or a point quotes stands in the answer, letter by letter."""
    question = library.question(QuestionId(record["question"]))
    parts = {part: record[part.value] for part in PARTS}
    reading = read(parts) if question is None else read(parts, question.rubric())
    quotes = [f.quote for f in (*reading.findings, *reading.strengths)] + [p.quote for p in reading.points]
    assert [q for q in quotes if not any(q in record[part.value] for part in PARTS)] == []
    assert all(point.quote for point in reading.points if point.heard)


def _empty_words(question: Question) -> dict[str, dict[Part, str]]:
    model = {part: question.model_answer.text(part) for part in PARTS}
    return {
        "nothing": {},
        "dunno": dict.fromkeys(PARTS, "dunno"),
        "prompt": dict.fromkeys(PARTS, question.prompt),
        "model answer": model,
        "points": {Part.ACTION: " ".join(point.text for point in question.points)},
        "tips": {Part.ACTION: " ".join(question.tips)},
        "hints": dict(question.hints),
        "stock phrases": {
            Part.ACTION: "I took full responsibility, ran a thorough post-mortem, root cause analysis, preventive "
            "measures, communication with stakeholders, growth mindset, continuous improvement, lessons learned."
        },
        "random words": dict.fromkeys(
            PARTS,
            "lamp river seven quickly orange mentor because test window of checklist slowly table green second",
        ),
    }


@pytest.mark.parametrize("kind", [*_empty_words(load_library().categories[0].questions[0])])
def test_nothing_said_is_neither_praised_nor_ticked(kind: str, library: Library) -> None:
    """Empty, copied and random words get no praise, and no point is heard in them."""
    for category in library.categories:
        for question in category.questions:
            reading = read(_empty_words(question)[kind], question.rubric())
            assert ([p.id for p in reading.points if p.heard], reading.strengths) == ([], ()), question.id


def test_scores_count_what_disagrees() -> None:
    """A label of null counts for nothing; a wrong, a missed and a right one each for what they are."""
    score = coach_eval.Score()
    for wanted, got in ((None, True), (True, True), (True, False), (False, True), (False, False)):
        score.count(wanted, got, "a1: words")
    assert (score.right, score.missed, score.wrong) == (1, 1, 1)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert score.misses == ["missed a1: words", "wrong  a1: words"]


def test_it_prints_every_flag_and_the_misses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a file, the scores and the quoted misses of its answers are printed."""
    record = next(records())
    record["labels"]["flags"]["no_numbers"] = True
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(record), encoding="utf-8")
    coach_eval.main([str(file)])
    said = capsys.readouterr().out
    assert all(code.value in said for code in FLAGS)
    assert f"missed {record['id']}" in said
