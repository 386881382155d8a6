"""Rules of the shapes themselves, and the JSON Schema made from them."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from bot.domain.coach import Code
from bot.domain.terms import PARTS, Level, Part
from content.schema import (
    Category,
    ModelAnswer,
    Pack,
    Point,
    Question,
    Stage,
    content_schema,
)
from content.texts import MODEL_ANSWER_MAX_CHARS, PROMPT_MAX_CHARS
from tests.content.packs import pack_text


def question_data() -> dict[str, Any]:
    """A valid question as YAML gives it."""
    data: dict[str, Any] = yaml.safe_load(pack_text("what-happened"))["questions"][0]
    return data


def answer_data(**changes: object) -> dict[str, object]:
    return {"situation": "S.", "task": "T.", "action": "A.", "result": "R."} | changes


def test_part_texts() -> None:
    """Each part of a model answer gives its own text."""
    answer = ModelAnswer.model_validate(answer_data())
    assert [answer.text(part) for part in PARTS] == ["S.", "T.", "A.", "R."]


def test_staged_action_reads_as_titled_paragraphs() -> None:
    """The text of an Action in stages holds each title above its own text."""
    stages = [{"title": "First", "text": "I looked."}, {"title": "Then", "text": "I mended."}]
    answer = ModelAnswer.model_validate(answer_data(action=stages))
    assert answer.action == (Stage(title="First", text="I looked."), Stage(title="Then", text="I mended."))
    assert answer.text(Part.ACTION) == "First\nI looked.\n\nThen\nI mended."


def test_whole_model_answer_has_a_limit() -> None:
    """Parts that are each short enough may still be too long together."""
    part = "x" * (MODEL_ANSWER_MAX_CHARS // 4)
    fits = answer_data(situation=part, task=part, action=part, result=part)
    assert ModelAnswer.model_validate(fits).task == part
    with pytest.raises(ValidationError, match="is too long: 2801 characters in all, at most 2800"):
        ModelAnswer.model_validate(fits | {"task": part + "x"})


def test_stages_share_the_limit_of_the_action() -> None:
    """Two stages may not hold more than one Action does."""
    stages = [{"title": "First", "text": "x" * 700}, {"title": "Then", "text": "x" * 700}]
    with pytest.raises(ValidationError, match="characters with its stages, at most 1200"):
        ModelAnswer.model_validate(answer_data(action=stages))


def test_shapes_cannot_be_changed() -> None:
    """What was loaded stays as it was checked."""
    point = Point(id="own_it", text="You own it.")
    with pytest.raises(ValidationError, match="frozen"):
        point.text = "Something else."  # type: ignore[misc]  # the assignment is what the test is about


def test_blanks_around_a_text_are_dropped() -> None:
    """Folded YAML ends in a line break that nobody wants on screen."""
    assert (
        Question.model_validate(question_data() | {"prompt": " What happened?\n"}).prompt == "What happened?"
    )


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_blank_text_is_refused(blank: str) -> None:
    """A text of blanks counts as none."""
    with pytest.raises(ValidationError, match="prompt"):
        Question.model_validate(question_data() | {"prompt": blank})


@pytest.mark.parametrize("char", ["\x07", "\x7f", "\t", "\u2028", "\u202e"])
def test_control_characters_are_refused(char: str) -> None:
    """No character that cannot be seen, or that reorders the text, gets on a screen."""
    with pytest.raises(ValidationError, match=f"holds the control character U\\+{ord(char):04X}"):
        Question.model_validate(question_data() | {"prompt": f"What {char} happened?"})


def test_line_breaks_belong_to_model_answers_only() -> None:
    """A model answer may have paragraphs; a prompt is one line."""
    assert ModelAnswer.model_validate(answer_data(task="One.\n\nTwo.")).task == "One.\n\nTwo."
    with pytest.raises(ValidationError, match="must be one line"):
        Question.model_validate(question_data() | {"prompt": "One.\n\nTwo."})


@pytest.mark.parametrize(
    "bad_id", ["Failure", "failure_failed", "-failed", "failed-", "a--b", "a b", "é", "x" * 33]
)
def test_question_id_form(bad_id: str) -> None:
    """Ids are lower-case words joined by hyphens, short enough for a button's data."""
    with pytest.raises(ValidationError, match="id"):
        Question.model_validate(question_data() | {"id": bad_id})


@pytest.mark.parametrize("count", [2, 7])
def test_number_of_points(count: int) -> None:
    """A question has three to six points."""
    points = [{"id": f"point_{number}", "text": "You do."} for number in range(count)]
    with pytest.raises(ValidationError, match="points"):
        Question.model_validate(question_data() | {"points": points})


def test_points_are_distinct() -> None:
    """Two points of a question cannot share an id, however the question was made."""
    points = [{"id": one, "text": "You do."} for one in ("own_it", "learn", "own_it")]
    with pytest.raises(ValidationError, match="own_it more than once"):
        Question.model_validate(question_data() | {"points": points})


def test_points_take_samples_for_the_coach() -> None:
    """Cues, exemplars and counter-examples are optional lists."""
    points = question_data()["points"]
    points[0] |= {
        "cues": ["my fault"],
        "exemplars": ["It was my fault."],
        "counter_examples": ["It was his fault."],
    }
    first, second, _ = Question.model_validate(question_data() | {"points": points}).points
    assert (first.cues, first.exemplars, first.counter_examples) == (
        ("my fault",), ("It was my fault.",), ("It was his fault.",),
    )  # fmt: skip
    assert (second.cues, second.exemplars, second.counter_examples) == ((), (), ())


def test_retired_is_off_unless_said() -> None:
    """A question is asked until its pack says otherwise, and only true says so."""
    assert Question.model_validate(question_data()).retired is False
    assert Question.model_validate(question_data() | {"retired": True}).retired is True
    with pytest.raises(ValidationError, match="retired"):
        Question.model_validate(question_data() | {"retired": "true"})


def test_hints_are_read_by_part() -> None:
    """Hints come back for each of the four parts, in the order of telling."""
    hints = Question.model_validate(question_data()).hints
    assert list(hints) == list(PARTS)
    assert hints[Part.RESULT] == "What came of it?"


def test_a_question_need_not_say_more() -> None:
    """Packs written before these fields stay valid: a question is of the middle level, and nothing else is added."""
    question = Question.model_validate(question_data())
    assert question.level is Level.MID
    assert (question.competencies, question.follow_ups, question.traps, question.unflagged) == (
        (),
        (),
        (),
        (),
    )
    assert dict(question.part_names) == {}


def test_a_question_may_say_more() -> None:
    """Level, competencies, follow-ups, traps, names of the parts and flags not to be raised are read as given."""
    names = {"situation": "Now", "task": "Before", "action": "Proof", "result": "Next"}
    more = {
        "level": "senior",
        "competencies": ["ownership", "problem solving", "self-awareness"],
        "follow_ups": ["Who noticed?", "What came next?"],
        "traps": ["Beginning with your childhood."],
        "part_names": names,
        "unflagged": ["hypothetical"],
    }
    question = Question.model_validate(question_data() | more)
    assert question.level is Level.SENIOR
    assert question.competencies == ("ownership", "problem solving", "self-awareness")
    assert question.follow_ups == ("Who noticed?", "What came next?")
    assert question.traps == ("Beginning with your childhood.",)
    assert {part.value: name for part, name in question.part_names.items()} == names
    assert question.unflagged == (Code.HYPOTHETICAL,)
    assert question.rubric().unflagged == {Code.HYPOTHETICAL}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("level", "junior", "level"),
        ("competencies", ["Ownership"], "competencies"),
        ("competencies", ["one", "two", "three", "four", "five"], "at most 4"),
        ("competencies", ["growth", "growth"], "growth more than once"),
        ("follow_ups", ["x" * 201], "at most 200"),
        ("follow_ups", ["1?", "2?", "3?", "4?"], "at most 3"),
        ("traps", ["x" * 161], "at most 160"),
        ("traps", ["One\nTwo"], "must be one line"),
        ("part_names", {"situation": "Now"}, "task"),
        ("part_names", dict.fromkeys(PARTS, "Now"), "two parts the same name"),
        ("part_names", {**dict(zip(PARTS, "abcd", strict=True)), "task": "x" * 21}, "at most 20"),
        ("unflagged", ["balance"], "is not a flag; the flags are blames_others, "),
    ],
)
def test_what_more_a_question_says_has_limits(field: str, value: object, said: str) -> None:
    """Each of these fields is refused when it is out of bounds."""
    with pytest.raises(ValidationError, match=said):
        Question.model_validate(question_data() | {field: value})


def conforms(schema: dict[str, Any], value: object, root: dict[str, Any]) -> bool:
    """Whether a value fits a JSON Schema, as far as pack schemas use it."""
    if "$ref" in schema:
        return conforms(root["$defs"][schema["$ref"].rpartition("/")[2]], value, root)
    if "oneOf" in schema:
        return sum(conforms(one, value, root) for one in schema["oneOf"]) == 1
    if schema["type"] == "object":
        if not isinstance(value, dict) or schema["additionalProperties"] is not False:
            return False
        known = schema["properties"]
        return (
            set(schema["required"]) <= set(value) <= set(known)
            and all(conforms(known[name], one, root) for name, one in value.items())
        )  # fmt: skip
    if schema["type"] == "array":
        return (
            isinstance(value, list)
            and schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
            and all(conforms(schema["items"], one, root) for one in value)
        )
    if "enum" in schema:
        return value in schema["enum"]
    if schema["type"] == "string":
        return isinstance(value, str) and schema["minLength"] <= len(value) <= schema["maxLength"]
    return schema["type"] == "boolean" and isinstance(value, bool)


def test_json_schema_accepts_a_pack_and_refuses_a_spoiled_one() -> None:
    """An editor that follows the schema judges a pack as the loader does."""
    schema = content_schema()
    pack = yaml.safe_load(pack_text("what-happened"))
    assert conforms(schema, pack, schema)
    assert not conforms(schema, pack | {"titel": "x"}, schema)
    assert not conforms(schema, {name: one for name, one in pack.items() if name != "star"}, schema)
    assert not conforms(schema, pack | {"star": {"task": "Two."}}, schema)
    question = pack["questions"][0]
    assert not conforms(
        schema, pack | {"questions": [question | {"prompt": "x" * (PROMPT_MAX_CHARS + 1)}]}, schema
    )
    assert not conforms(schema, pack | {"questions": [question | {"hints": {"task": "x"}}]}, schema)
    assert conforms(schema, pack | {"questions": [question | {"level": "lead"}]}, schema)
    assert not conforms(schema, pack | {"questions": [question | {"level": "junior"}]}, schema)
    staged = question["model_answer"] | {
        "action": [{"title": "First", "text": "I."}, {"title": "Then", "text": "I."}]
    }
    assert conforms(schema, pack | {"questions": [question | {"model_answer": staged}]}, schema)


def test_json_schema_names_itself_and_explains_each_field() -> None:
    """Each field of each shape has a description, so that the schema is the manual of the format."""
    schema = content_schema()
    shapes = [schema, *schema["$defs"].values()]
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert len(shapes) == 6
    silent = [
        name for shape in shapes for name, one in shape["properties"].items() if not one.get("description")
    ]
    assert silent == []


def test_category_id_is_not_part_of_a_file() -> None:
    """The file's name is the id: a pack has no such field, a category has."""
    assert set(Category.model_fields) - set(Pack.model_fields) == {"id"}
    assert "id" not in content_schema()["properties"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cues": ["a " * 13]}, "has 13 words; a cue has 1 to 12"),
        ({"cues": ["…"]}, "has 0 words"),
        ({"cues": ["my fault"] * 151}, "at most 150"),
        ({"exemplars": ["It was my fault."] * 21}, "at most 20"),
    ],
)
def test_what_reading_costs_is_bounded(changes: dict[str, object], said: str) -> None:
    """A pack cannot make the coach work without end."""
    with pytest.raises(ValidationError, match=said):
        Point.model_validate({"id": "own_it", "text": "You own it."} | changes)
