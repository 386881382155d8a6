"""The words of the glossary as types. Nothing here decides anything."""

from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
"""A Telegram user id, which is also the id of that person's private chat."""

QuestionId = NewType("QuestionId", str)
"""Permanent id of a question in a pack, such as ``failure-failed``."""

CategoryId = NewType("CategoryId", str)
"""Id of a category: the name of its pack file without the ending."""

AnswerId = NewType("AnswerId", int)
"""Row id of an answer, be it a draft or submitted."""


class Level(StrEnum):
    """How experienced a person is whom a question is asked, lowest first."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"


class Part(StrEnum):
    """One of the four parts of an answer, in the order in which they are told."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


PARTS: tuple[Part, ...] = tuple(Part)
