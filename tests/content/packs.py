"""Small valid packs for the tests of the loader, to be spoiled one field at a time. No tests in here."""

from pathlib import Path

CATEGORY = """\
title: A small category
about: What it is after.
tips:
  - A tip for all of it.
star: {situation: One., task: Two., action: Three., result: Four.}
wanted: [Honesty.]
indicators:
  - {name: Curiosity, text: You ask why.}
red_flags: [Blame.]
kinds:
  - {name: Technical, text: A bug.}
outcomes: [A skill.]
questions:
"""

QUESTION = """\
  - id: {id}
    prompt: What happened?
    about: Whether you notice.
    hints:
      situation: Where were you?
      task: What was wanted?
      action: What did you do?
      result: What came of it?
    model_answer:
      situation: I was there.
      task: I had to mend it.
      action: I mended it.
      result: It held for 3 years.
    points:
      - {{id: own_it, text: You own it.}}
      - {{id: learn, text: You learn.}}
      - {{id: share, text: You share.}}
    tips:
      - Be brief.
      - Be plain.
"""


def pack_text(*question_ids: str) -> str:
    """A valid pack with these questions."""
    return CATEGORY + "".join(QUESTION.format(id=question_id) for question_id in question_ids)


def questions_text(*question_ids: str) -> str:
    """A file with these questions and nothing of the category."""
    return "questions:\n" + "".join(QUESTION.format(id=question_id) for question_id in question_ids)


def write_pack(folder: Path, name: str, text: str) -> Path:
    """The path of a new file ``name`` in ``folder`` that holds ``text``."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def spoiled(old: str, new: str) -> str:
    """The text of a pack with the one question ``what-happened``, in which ``old``, found once, has become ``new``."""
    text = pack_text("what-happened")
    assert text.count(old) == 1
    return text.replace(old, new)
