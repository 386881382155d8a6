"""How well the coach hears: precision, recall and F1 per flag and for points, with the misses quoted.

``python -m tests.coach_eval [FILE…]`` reads labelled answers, one JSON object a line: id, question, the four parts and
``labels`` with ``flags`` and ``points``, each true, false or null (readers disagreed; not counted).
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.coach import FLAGS, Reading, read
from bot.domain.terms import PARTS, QuestionId
from content.library import load_library

HERE = Path(__file__).parent / "coach"


@dataclass
class Score:
    """Counts of one flag, or of all points."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    def count(self, wanted: bool | None, got: bool, note: str) -> None:
        if wanted is None:
            return
        self.right += wanted and got
        self.wrong += got and not wanted
        self.missed += wanted and not got
        if wanted != got:
            self.misses.append(f"{'missed' if wanted else 'wrong '} {note}")

    def add(self, other: "Score") -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


def labelled(file: Path) -> Iterator[dict[str, Any]]:
    """The records of a file."""
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def evaluate(records: Iterable[dict[str, Any]]) -> dict[str, Score]:
    """The score of each flag, of "all flags", of each "question/point" and of "points"."""
    library = load_library()
    scores = {code.value: Score() for code in sorted(FLAGS)}
    points: dict[str, Score] = {}
    for record in records:
        question = library.question(QuestionId(record["question"]))
        parts = {part: record.get(part.value) or "" for part in PARTS}
        reading = read(parts) if question is None else read(parts, question.rubric())
        _count_flags(scores, record, reading)
        for point in reading.points:
            name = f"{record['question']}/{point.id}"
            wanted = record["labels"]["points"].get(point.id)
            points.setdefault(name, Score()).count(wanted, point.heard, f"{record['id']}: {point.quote}")
    scores["all flags"] = _sum(scores.values())
    scores |= points
    scores["points"] = _sum(points.values())
    return scores


def _count_flags(scores: dict[str, Score], record: dict[str, Any], reading: Reading) -> None:
    found = {f.code.value: f.quote for f in reading.findings}
    for code in sorted(FLAGS):
        wanted = record["labels"]["flags"].get(code.value)
        scores[code.value].count(wanted, code.value in found, f"{record['id']}: {found.get(code.value, '')}")


def _sum(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        total.add(score)
    return total


def main(files: list[str]) -> None:
    """Print the scores of the files, by default of every file beside the tests but the one that is held out."""
    paths = [Path(f) for f in files] or [
        file
        for file in sorted(HERE.glob("*.jsonl"))
        if file.stem != "held_out" and not file.stem.endswith("_test")
    ]
    scores = evaluate(record for path in paths for record in labelled(path))
    for name, score in scores.items():
        cases = score.right + score.missed
        sys.stdout.write(
            f"{name:42} P {score.precision:.2f}  R {score.recall:.2f}  F1 {score.f1:.2f}  cases {cases}\n"
        )
        for miss in score.misses:
            sys.stdout.write(f"    {miss}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
