"""The beginning of a new pack: every field with a placeholder, which the checker names until it is replaced."""

import os
from importlib.resources import files
from pathlib import Path
from typing import Final

from content.texts import PLACEHOLDER, PLACEHOLDER_QUESTION_ID

SCHEMA_FILE: Final = "pack.schema.json"
SCHEMA_LINE: Final = "# yaml-language-server: $schema="
"""How a pack names its JSON Schema to editors
(https://github.com/redhat-developer/yaml-language-server#using-inlined-schema)."""

_TEXT: Final = """\
# One category of questions. The name of this file, without its ending, is the category's id.
# Replace every text that begins with {mark}, and every id: ids are permanent, answers refer to them.
# `starling content check FILE` says what is still missing; `starling content preview ID FILE` shows the screens.

title: {mark} The category's name on screen
about: {mark} What these questions are after, in a line or two.

tips:
  - {mark} A tip for the whole category; up to six.

star:
  situation: {mark} How the Situation works in a story of this category.
  task: {mark} How the Task works.
  action: {mark} How the Action works.
  result: {mark} How the Result works.

wanted:
  - {mark} What interviewers want to hear.

indicators:
  - name: {mark} A quality
    text: {mark} One sentence that explains it.

red_flags:
  - {mark} What makes interviewers doubt.

kinds:
  - name: {mark} A kind of story
    text: {mark} Examples of it.

outcomes:
  - {mark} An outcome worth showing.

questions:
  - id: {question}
    prompt: {mark} The question as an interviewer asks it.
    about: {mark} What is behind it, in one line.
    level: mid  # entry, mid, senior or lead
    competencies: [fill in]
    follow_ups:
      - {mark} What an interviewer may ask next.
      - {mark} And what else.
    traps:
      - {mark} A mistake often made with this question.
    # part_names: {{situation: Now, task: Before, action: Proof, result: Next}}  # where STAR does not fit
    # unflagged: [hypothetical]  # flags of the coach that make no sense here
    hints:
      situation: {mark} A sentence that helps to write the Situation.
      task: {mark} The same for the Task.
      action: {mark} The same for the Action.
      result: {mark} The same for the Result.
    model_answer:
      situation: {mark} The Situation of a first-rate answer, as one would say it aloud.
      task: {mark} Its Task.
      action: {mark} Its Action. A list of two to four stages with title and text may stand here, too.
      result: {mark} Its Result, with figures.
    points:
      - id: fill_in_one
        text: {mark} You … (what the interviewer listens for)
        cues: []  # words that mark the point; `starling content schema` tells how they are written
        exemplars: []
      - id: fill_in_two
        text: {mark} You …
      - id: fill_in_three
        text: {mark} You …
    tips:
      - {mark} A tip for this question.
      - {mark} Another one.
"""


def skeleton(schema_path: str = "") -> str:
    """The text of a new pack; ``schema_path`` is where an editor finds the JSON Schema, from the file's own folder."""
    head = f"{SCHEMA_LINE}{schema_path}\n" if schema_path else ""
    return head + _TEXT.format(mark=PLACEHOLDER, question=PLACEHOLDER_QUESTION_ID)


def schema_path_from(folder: Path) -> str:
    """The way from a folder to the JSON Schema that comes with this program."""
    schema = Path(str(files("content").joinpath(SCHEMA_FILE)))
    return Path(os.path.relpath(schema.resolve(), folder.resolve())).as_posix()
