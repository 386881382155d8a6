"""Reading an answer: measures, findings, strengths. Pure; the words on screen are in `bot.screens.coach`."""

from bot.domain.coach.cues import cue, cue_steps
from bot.domain.coach.findings import FLAGS, STRENGTHS, Code, Finding, Heard, Listened, Reading, Rubric
from bot.domain.coach.progress import Progress, progress
from bot.domain.coach.reading import prepare, read, thin
from bot.domain.coach.shape import WORDS_PER_MINUTE, speaking_seconds
from bot.domain.coach.text import words

__all__ = [
    "FLAGS",
    "STRENGTHS",
    "WORDS_PER_MINUTE",
    "Code",
    "Finding",
    "Heard",
    "Listened",
    "Progress",
    "Reading",
    "Rubric",
    "cue",
    "cue_steps",
    "prepare",
    "progress",
    "read",
    "speaking_seconds",
    "thin",
    "words",
]
