"""The texts of a pack: how long each may be, which characters it may hold, and what stands for one not yet written."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot.domain import coach
from bot.domain.terms import Level

# Lengths in characters. A message holds 4096 after parsing (https://core.telegram.org/bots/api#sendmessage); these
# leave room for a person's own words beside the pack's.
PROMPT_MAX_CHARS: Final = 300
ABOUT_MAX_CHARS: Final = 200
HINT_MAX_CHARS: Final = 400
MODEL_PART_MAX_CHARS: Final = 1200
MODEL_ANSWER_MAX_CHARS: Final = 2800
POINT_MAX_CHARS: Final = 160
CUE_MAX_CHARS: Final = 500
CUES_MAX: Final = 150
CUE_STEPS_MAX: Final = 12
SAMPLES_MAX: Final = 20
"""These three, with the longest answer that is taken, bound what reading it may cost."""
SAMPLE_MAX_CHARS: Final = 300
TIP_MAX_CHARS: Final = 250
NOTE_MAX_CHARS: Final = 160
FOLLOW_UP_MAX_CHARS: Final = 200
COMPETENCY_MAX_CHARS: Final = 30
PART_NAME_MAX_CHARS: Final = 20
TITLE_MAX_CHARS: Final = 60
ID_MAX_CHARS: Final = 32
"""Ids travel in callback data, 64 bytes in all: https://core.telegram.org/bots/api#inlinekeyboardbutton."""

QUESTION_ID_PATTERN: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"
"""Also the rule for category ids, and so for the names of pack files."""
POINT_ID_PATTERN: Final = "^[a-z0-9]+(_[a-z0-9]+)*$"
COMPETENCY_PATTERN: Final = "^[a-z]+([ -][a-z]+)*$"

PLACEHOLDER: Final = "(fill in)"
"""What a text begins with in a new pack until its author has written it."""
PLACEHOLDER_QUESTION_ID: Final = "fill-in"
PLACEHOLDER_WORD: Final = "fill in"

_LINE_BREAK = "\n"
# Explicit directional controls reorder text on screen and so can disguise it (Unicode TR 9, section 2).
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED_CLASSES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def refuse_placeholder(text: str) -> str:
    """The text, unless it is what a new pack has in its place."""
    bare = text.replace("_", " ").replace("-", " ")
    if text.startswith(PLACEHOLDER) or re.fullmatch(f"{PLACEHOLDER_WORD}( (one|two|three))?", bare):
        raise PydanticCustomError("placeholder", "is still to be filled in")
    return text


def _paragraphs(text: str) -> str:
    refuse_placeholder(text)
    if text.replace(_LINE_BREAK, "").isprintable():  # holds none of what is refused
        return text
    for char in text:
        refused = unicodedata.category(char) in _REFUSED_CLASSES or char in _DIRECTION_CONTROLS
        if refused and char != _LINE_BREAK:
            raise PydanticCustomError(
                "control_character", "holds the control character {code}", {"code": f"U+{ord(char):04X}"}
            )
    return text


def _one_line(text: str) -> str:
    if _LINE_BREAK in text:
        raise PydanticCustomError(
            "line_break", "must be one line without line breaks (begin a long text with >-)"
        )
    return _paragraphs(text)


def _cue(text: str) -> str:
    try:
        steps = coach.cue_steps(text)
    except ValueError as error:
        raise PydanticCustomError(
            "unknown_class", "names {name}, which is no class of words", {"name": str(error)}
        ) from None
    if not 1 <= steps <= CUE_STEPS_MAX:
        raise PydanticCustomError(
            "cue_steps", "has {steps} words; a cue has 1 to {most}", {"steps": steps, "most": CUE_STEPS_MAX}
        )
    return text


# What the coach may be told to leave out: flags and what concerns the shape, not what it praises or says of manner.
_MANNER = {coach.Code.MISPLACED, coach.Code.HEDGES, coach.Code.LONG_SENTENCE}
_FAULTS = sorted(set(coach.Code) - coach.STRENGTHS - _MANNER)


def _flag(value: object) -> coach.Code:
    known = _FAULTS
    if value not in known:
        raise PydanticCustomError(
            "unknown_flag", "is not a flag; the flags are {flags}", {"flags": ", ".join(known)}
        )
    return coach.Code(str(value))


Title = Annotated[str, Field(min_length=1, max_length=TITLE_MAX_CHARS), AfterValidator(_one_line)]
About = Annotated[str, Field(min_length=1, max_length=ABOUT_MAX_CHARS), AfterValidator(_one_line)]
Prompt = Annotated[str, Field(min_length=1, max_length=PROMPT_MAX_CHARS), AfterValidator(_one_line)]
Hint = Annotated[str, Field(min_length=1, max_length=HINT_MAX_CHARS), AfterValidator(_one_line)]
Tip = Annotated[str, Field(min_length=1, max_length=TIP_MAX_CHARS), AfterValidator(_one_line)]
Note = Annotated[str, Field(min_length=1, max_length=NOTE_MAX_CHARS), AfterValidator(_one_line)]
PointText = Annotated[str, Field(min_length=1, max_length=POINT_MAX_CHARS), AfterValidator(_one_line)]
Sample = Annotated[str, Field(min_length=1, max_length=SAMPLE_MAX_CHARS), AfterValidator(_one_line)]
CueText = Annotated[
    str, Field(min_length=1, max_length=CUE_MAX_CHARS), AfterValidator(_one_line), AfterValidator(_cue)
]
FollowUp = Annotated[str, Field(min_length=1, max_length=FOLLOW_UP_MAX_CHARS), AfterValidator(_one_line)]
PartName = Annotated[str, Field(min_length=1, max_length=PART_NAME_MAX_CHARS), AfterValidator(_one_line)]
Competency = Annotated[
    str,
    Field(min_length=1, max_length=COMPETENCY_MAX_CHARS, pattern=COMPETENCY_PATTERN),
    AfterValidator(refuse_placeholder),
]
QuestionLevel = Annotated[Level, WithJsonSchema({"type": "string", "enum": [level.value for level in Level]})]
Unflagged = Annotated[
    coach.Code,
    BeforeValidator(_flag),
    WithJsonSchema({"type": "string", "enum": list(_FAULTS)}),
]
ModelText = Annotated[str, Field(min_length=1, max_length=MODEL_PART_MAX_CHARS), AfterValidator(_paragraphs)]
