"""The shape of a pack: which fields a category and its questions have, and how long each may be.

Only shapes belong here. Texts and their limits are `content.texts`; reading files, and telling an author what is wrong
with one, is `content.library`.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.domain import coach
from bot.domain.terms import PARTS, CategoryId, Level, Part, QuestionId
from content.texts import (
    CUES_MAX,
    ID_MAX_CHARS,
    MODEL_ANSWER_MAX_CHARS,
    MODEL_PART_MAX_CHARS,
    POINT_ID_PATTERN,
    QUESTION_ID_PATTERN,
    SAMPLES_MAX,
    About,
    Competency,
    CueText,
    FollowUp,
    Hint,
    ModelText,
    Note,
    PartName,
    PointText,
    Prompt,
    QuestionLevel,
    Sample,
    Tip,
    Title,
    Unflagged,
    refuse_placeholder,
)

_Text = TypeVar("_Text")
# Steps that pydantic puts into an error's place for the two forms of an Action: no field can be called so.
_PLAIN, _STAGED = "<text>", "<stages>"


class _Model(BaseModel):
    """What all shapes share: nothing unknown, nothing changed after loading, no blanks around a text."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class _ByPart(_Model, Generic[_Text]):
    """One text for each part. Fields find a missing part and an unknown one at once, which a mapping does not."""

    situation: _Text
    task: _Text
    action: _Text
    result: _Text


def _hints(value: object) -> dict[Part, str]:
    found = _ByPart[Hint].model_validate(value)
    return {part: getattr(found, part.value) for part in PARTS}


def _star(value: object) -> dict[Part, str]:
    found = _ByPart[Tip].model_validate(value)
    return {part: getattr(found, part.value) for part in PARTS}


def _part_names(value: object) -> dict[Part, str]:
    if value == {}:
        return {}
    found = _ByPart[PartName].model_validate(value)
    names = {part: getattr(found, part.value) for part in PARTS}
    if len({name.casefold() for name in names.values()}) < len(PARTS):
        raise PydanticCustomError("repeated_name", "gives two parts the same name")
    return names


Hints = Annotated[
    Mapping[Part, str],
    BeforeValidator(_hints),
    WithJsonSchema({**_ByPart[Hint].model_json_schema(), "title": "Hints"}),
]
StarTips = Annotated[
    Mapping[Part, str],
    BeforeValidator(_star),
    WithJsonSchema({**_ByPart[Tip].model_json_schema(), "title": "STAR"}),
]

PartNames = Annotated[
    Mapping[Part, str],
    BeforeValidator(_part_names),
    WithJsonSchema({**_ByPart[PartName].model_json_schema(), "title": "Part names"}),
]


class Named(_Model):
    """A name and one sentence on it, for the lists of a category."""

    name: Title = Field(description="The name, in a word or two.")
    text: Note = Field(description="One sentence that explains the name or gives examples.")


class Stage(_Model):
    """One titled stretch of a model answer's Action."""

    title: Title = Field(description="What this stage is about, in a few words.")
    text: ModelText = Field(description="What was done in this stage, told in the first person.")


def _stages_text(stages: tuple[Stage, ...]) -> str:
    return "\n\n".join(f"{stage.title}\n{stage.text}" for stage in stages)


def _action_length(action: str | tuple[Stage, ...]) -> str | tuple[Stage, ...]:
    if not isinstance(action, str) and (length := len(_stages_text(action))) > MODEL_PART_MAX_CHARS:
        raise PydanticCustomError(
            "stages_too_long",
            "is too long: {length} characters with its stages, at most {max_length}",
            {"length": length, "max_length": MODEL_PART_MAX_CHARS},
        )
    return action


def _action_kind(value: object) -> str:
    return _STAGED if isinstance(value, (list, tuple)) else _PLAIN


Stages = Annotated[tuple[Stage, ...], Field(min_length=2, max_length=4)]
Action = Annotated[
    Annotated[ModelText, Tag(_PLAIN)] | Annotated[Stages, Tag(_STAGED)],
    Discriminator(_action_kind),
    AfterValidator(_action_length),
]


class ModelAnswer(_Model):
    """A first-rate answer to one question, in its four parts."""

    situation: ModelText = Field(description="The Situation, as one would say it aloud.")
    task: ModelText = Field(description="The Task.")
    action: Action = Field(
        description="The Action: one text, or a list of two to four stages with title and text."
    )
    result: ModelText = Field(description="The Result, with its figures.")

    @model_validator(mode="after")
    def _total_length(self) -> "ModelAnswer":
        length = sum(len(self.text(part)) for part in PARTS)
        if length > MODEL_ANSWER_MAX_CHARS:
            raise PydanticCustomError(
                "answer_too_long",
                "is too long: {length} characters in all, at most {max_length}",
                {"length": length, "max_length": MODEL_ANSWER_MAX_CHARS},
            )
        return self

    def text(self, part: Part) -> str:
        """Plain text of one part; stages are paragraphs, each below a line with its title."""
        action = self.action if isinstance(self.action, str) else _stages_text(self.action)
        texts = {
            Part.SITUATION: self.situation,
            Part.TASK: self.task,
            Part.ACTION: action,
            Part.RESULT: self.result,
        }
        return texts[part]


def _distinct_texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    for index, one in enumerate(texts):
        if one in texts[:index]:
            raise PydanticCustomError("repeated_text", "has {text} more than once", {"text": one})
    return texts


class Point(_Model):
    """One thing the interviewer listens for in the answer to a question."""

    id: Annotated[str, AfterValidator(refuse_placeholder)] = Field(
        min_length=1,
        max_length=ID_MAX_CHARS,
        pattern=POINT_ID_PATTERN,
        description="Permanent id, unique within the question: lower-case words joined by underscores.",
    )
    text: PointText = Field(description="What the interviewer listens for, said to the person: 'You …'.")
    cues: tuple[CueText, ...] = Field(
        (),
        max_length=CUES_MAX,
        description="Words that mark this point, in their order: each word stands for all its forms, up to three other "
        "words may stand between two, a/b takes either, … lets more stand between, @name takes any word of a class.",
    )
    exemplars: tuple[Sample, ...] = Field(
        (),
        max_length=SAMPLES_MAX,
        description="Sentences in which the point is made; one like them is heard, too.",
    )
    counter_examples: tuple[Sample, ...] = Field(
        (),
        max_length=SAMPLES_MAX,
        description="Sentences that come close and do not make the point; one more like them is not heard.",
    )
    anyones: bool = Field(
        False,
        strict=True,
        description="true: it counts whoever acts, as an outcome does; else only what the speaker does.",
    )


def _distinct(ids: list[str]) -> None:
    for index, one in enumerate(ids):
        if one in ids[:index]:
            raise PydanticCustomError("repeated_id", "has the id {id} more than once", {"id": one})


def _distinct_points(points: tuple[Point, ...]) -> tuple[Point, ...]:
    _distinct([point.id for point in points])
    return points


class Question(_Model):
    """One interview question and everything shown around it."""

    id: Annotated[QuestionId, AfterValidator(refuse_placeholder)] = Field(
        min_length=1,
        max_length=ID_MAX_CHARS,
        pattern=QUESTION_ID_PATTERN,
        description="Permanent id, unique over all packs: lower-case words joined by hyphens. Answers refer to it.",
    )
    prompt: Prompt = Field(description="The question as an interviewer asks it.")
    about: About = Field(description="What is behind the question, in one line.")
    level: QuestionLevel = Field(
        Level.MID, description="Whom it is asked first: entry, mid, senior or lead; mid unless given."
    )
    competencies: Annotated[tuple[Competency, ...], AfterValidator(_distinct_texts)] = Field(
        (), max_length=4, description="One to four qualities that it is after, each in lower-case words."
    )
    follow_ups: tuple[FollowUp, ...] = Field(
        (),
        max_length=3,
        description="What an interviewer may ask next, when the answer has been given: up to three questions.",
    )
    traps: tuple[Note, ...] = Field(
        (), max_length=4, description="One to four mistakes often made with this question, a line each."
    )
    part_names: PartNames = Field(
        default_factory=dict,
        description="Names of the four parts for a question that Situation, Task, Action and Result do not fit.",
    )
    hints: Hints = Field(
        description="Per part, a sentence or two that help to write that part for this question."
    )
    model_answer: ModelAnswer = Field(
        description="Shown after the person has submitted an answer, never before."
    )
    points: Annotated[
        tuple[Point, ...], Field(min_length=3, max_length=6), AfterValidator(_distinct_points)
    ] = Field(description="Three to six things the interviewer listens for.")
    tips: tuple[Tip, ...] = Field(
        min_length=2, max_length=6, description="Two to six short tips for this question."
    )
    premise: tuple[CueText, ...] = Field(
        (),
        max_length=CUES_MAX,
        description="Cues of which a fitting story holds at least one; with none given, no answer is called off topic.",
    )
    asks_lesson: bool = Field(
        False, strict=True, description="true: the answer ought to say what was learned or changed for good."
    )
    unflagged: tuple[Unflagged, ...] = Field(
        (), description="Flags of the coach that make no sense for this question and are never raised."
    )
    retired: bool = Field(
        False,
        strict=True,
        description="true: no longer asked, but still shown with the answers it already has.",
    )

    def rubric(self) -> coach.Rubric:
        """What the coach needs to know about this question."""
        model = [self.model_answer.text(part) for part in PARTS]
        return coach.Rubric(
            points=tuple(
                coach.Listened(p.id, p.cues, p.exemplars, p.counter_examples, p.anyones) for p in self.points
            ),
            premise=self.premise,
            asks_lesson=self.asks_lesson,
            shown=(
                self.prompt,
                self.about,
                *self.hints.values(),
                *model,
                *(p.text for p in self.points),
                *self.tips,
                *self.follow_ups,
                *self.traps,
            ),
            unflagged=frozenset(self.unflagged),
        )


def _distinct_questions(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    _distinct([question.id for question in questions])
    return questions


class Pack(_Model):
    """The content of one pack file, which describes one category."""

    title: Title = Field(description="The category's name on screen.")
    about: About = Field(description="What these questions are after, in a line or two.")
    tips: tuple[Tip, ...] = Field(min_length=1, max_length=6, description="Tips for the whole category.")
    star: StarTips = Field(description="Per part, how it works in a story of this category.")
    wanted: tuple[Note, ...] = Field(
        min_length=1, max_length=8, description="What interviewers want to hear."
    )
    indicators: tuple[Named, ...] = Field(
        min_length=1, max_length=8, description="Qualities by which interviewers recognise a strong answer."
    )
    red_flags: tuple[Note, ...] = Field(
        min_length=1, max_length=8, description="What makes interviewers doubt."
    )
    kinds: tuple[Named, ...] = Field(
        min_length=1, max_length=8, description="Kinds of story that suit the category, with examples."
    )
    outcomes: tuple[Note, ...] = Field(min_length=1, max_length=8, description="Outcomes worth showing.")
    questions: Annotated[tuple[Question, ...], Field(min_length=1), AfterValidator(_distinct_questions)] = (
        Field(description="The questions, in the order in which they are listed.")
    )


class Category(Pack):
    """A pack that has been loaded: its content and the id that its file name gives it."""

    id: CategoryId = Field(min_length=1, max_length=ID_MAX_CHARS, pattern=QUESTION_ID_PATTERN)


def content_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a pack file, for editors that complete and check YAML."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Pack.model_json_schema()}


def schema_text() -> str:
    """The JSON Schema as a file holds it."""
    return json.dumps(content_schema(), ensure_ascii=False, indent=2) + "\n"
