"""What the four parts of a question are called, and how each is asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.terms import PARTS, Part
from content.schema import Question

_WORDS = re.compile("|".join(rf"\b{part.value.capitalize()}\b" for part in PARTS))


@dataclass(frozen=True, slots=True)
class Naming:
    """``names`` of the parts, and the ``prompts`` of their steps; ``is_own``: the question names its parts itself."""

    names: Mapping[Part, str]
    prompts: Mapping[Part, str]
    is_own: bool = False

    @property
    def labels(self) -> Mapping[Part, str]:
        """The names that are labels in a text besides the usual ones."""
        return self.names if self.is_own else {}

    def reworded(self, sentence: str) -> str:
        """A sentence of the bot's own that names parts, with the names they have here."""
        if not self.is_own:
            return sentence
        return _WORDS.sub(lambda match: self.names[Part(match[0].lower())], sentence)

    def initials(self) -> Mapping[Part, str]:
        """A letter for each part, for a line with all four; the whole names where two begin alike."""
        letters = {part: self.names[part][0].upper() for part in PARTS}
        return letters if len(set(letters.values())) == len(PARTS) else self.names


STAR = Naming(
    {
        Part.SITUATION: "Situation",
        Part.TASK: "Task",
        Part.ACTION: "Action",
        Part.RESULT: "Result",
    },
    {
        Part.SITUATION: "Set the scene: where, when, and what was at stake?",
        Part.TASK: "What was yours to achieve or to put right?",
        Part.ACTION: "What did you do, step by step? Say I where it was you.",
        Part.RESULT: "How did it end? Give a number if you have one, and what you took from it.",
    },
)


def naming_of(question: Question | None) -> Naming:
    """The question's own naming, asked for with its hints; STAR for any other question, or one that is gone."""
    if question is None or not question.part_names:
        return STAR
    return Naming(question.part_names, question.hints, is_own=True)
