"""Learns what the coach knows of the shipped points, and writes it to ``bot/domain/coach/learned.json``.

``python -m tests.coach_train [FILE…]`` learns from the labelled sentences in ``coach/sentences.txt`` ("+" makes the
point, "-" comes close and does not), from the labelled answers beside them that are neither held out nor for
testing, and from the FILEs. It prints how well each file is read by what was learned from other files. Takes some
minutes and needs scikit-learn (extra "train"); run it again when sentences, answers, meanings, cues or exemplars have
changed.

For each point a logistic regression on the marks of a sentence. Which sentence of an answer makes the point isn't
labelled: the one that speaks most for it is taken, and the weights are learned again with it.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import Pool
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.domain.coach import read
from bot.domain.coach.clauses import parse
from bot.domain.coach.evidence import LIKELY, SILENT, Cued, all_stretches, cued, is_made, weighed
from bot.domain.coach.findings import Code, Rubric
from bot.domain.coach.learned import Weights, key
from bot.domain.coach.points import spoken_by
from bot.domain.coach.stretches import marks, stretches
from bot.domain.coach.text import Span
from bot.domain.terms import PARTS, QuestionId
from content.library import load_library
from tests.coach_eval import labelled

HERE = Path(__file__).parent / "coach"
TARGET = Path(__file__).parent.parent / "bot/domain/coach/learned.json"
RARE = 3
"""A mark in fewer stretches than this is not learned."""
SMALL = 0.05
"""Smaller weights are not written."""
STRENGTH = 0.3
"""The higher, the closer to what was labelled; the lower, the more even the weights."""
MODEL = "model"
"""Under this name stand the model answers."""
NOTHING = "nothing"
"""Sentences under this name make no point at all: phrases, habits, what one would do."""
ANOTHER = "My boss"
"""Some sentences in which the speaker makes a point are learned from as another's deed, too, which makes none."""
SEEN_WEIGHT = 0.5
"""Answers on which the cues themselves were tuned count less when evidence is weighed."""

Row = dict[str, float]


@dataclass
class Answer:
    """A labelled answer, taken apart."""

    id: str
    file: str
    question: str
    labels: Mapping[str, bool | None]
    rows: list[Row]
    cues: Mapping[str, Cued]
    faults: set[Code]
    whole: str
    shown: Mapping[str, list[Row]]


@dataclass
class Cases:
    """Rows with their labels and weights."""

    rows: list[Row] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, row: Row, label: bool, weight: float) -> None:
        self.rows.append(row)
        self.labels.append(label)
        self.weights.append(weight)


def sentences() -> dict[tuple[str, str], list[tuple[Row, bool]]]:
    """The labelled sentences of each point."""
    found: dict[tuple[str, str], list[tuple[Row, bool]]] = defaultdict(list)
    own = {
        (q.id, p.id)
        for c in load_library().categories
        for q in c.questions
        for p in q.points
        if not p.anyones
    }
    point = ("", "")
    for line in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            question, _, name = line[2:].partition("/")
            point = (question, name)
        elif line[:1] in ("+", "-"):
            said = line[1:].strip()
            found[point].append((_row(said), line[0] == "+"))
            if point in own and line.startswith("+ I ") and len(found[point]) % 3 == 0:
                found[point].append((_row(said.replace("I ", f"{ANOTHER} ", 1)), False))
    return found


def _row(sentence: str) -> Row:
    return dict.fromkeys(marks(stretches(parse(sentence)[0])[0]), 1.0)


def answers(files: Iterable[Path], questions: Collection[str]) -> list[Answer]:
    """The labelled answers to the questions, and the model answers, which make every point."""
    library = load_library()
    found = []
    for file in files:
        for record in labelled(file):
            question = library.question(QuestionId(record["question"]))
            if question is not None and question.id in questions:
                found.append(_answer(record, file.stem, question.rubric()))
    for shipped in (q for c in library.categories for q in c.questions if q.id in questions):
        parts = {part.value: shipped.model_answer.text(part) for part in PARTS}
        labels = {"points": dict.fromkeys((p.id for p in shipped.points), True)}
        record = {"id": MODEL, "question": shipped.id, "labels": labels, **parts}
        found.append(_answer(record, MODEL, replace(shipped.rubric(), shown=())))
    return found


def _answer(record: Mapping[str, Any], file: str, rubric: Rubric) -> Answer:
    told = {part: record.get(part.value) or "" for part in PARTS}
    spoken = spoken_by(told, rubric)
    pieces = all_stretches(spoken)
    rows = [dict.fromkeys(s.marks, 1.0) for s in pieces]
    shown = {
        point: [
            row for row, s in zip(rows, pieces, strict=True) if overlaps(s.span, spoken[s.at].text, words)
        ]
        for point, words in record.get("shown", {}).items()
    }
    return Answer(
        id=record["id"],
        file=file,
        question=record["question"],
        labels=record["labels"]["points"],
        rows=rows,
        cues={point.id: cued(point, spoken) for point in rubric.points},
        faults={f.code for f in read(told, replace(rubric, points=())).findings},
        whole="\n".join(told.values()),
        shown={point: rows for point, rows in shown.items() if rows},
    )


def overlaps(span: Span, text: str, words: str) -> bool:
    """Whether a place in a text shares letters with where the words stand in it."""
    start = text.find(words)
    return start >= 0 and span.start < start + len(words) and start < span.end


def fit(cases: Cases, strength: float) -> Row:
    """Weights by logistic regression, classes in balance; the bias is the weight of the empty mark."""
    names = sorted({name for row in cases.rows for name in row})
    place = {name: at for at, name in enumerate(names)}
    total = Counter[bool]()
    for label, weight in zip(cases.labels, cases.weights, strict=True):
        total[label] += weight
    half = sum(total.values()) / 2
    costs = [
        strength * weight * half / total[label]
        for label, weight in zip(cases.labels, cases.weights, strict=True)
    ]
    ends = np.cumsum([0, *(len(row) for row in cases.rows)])
    columns = [place[name] for row in cases.rows for name in row]
    values = [value for row in cases.rows for value in row.values()]
    rows = csr_matrix((values, columns, ends), shape=(len(cases.rows), len(names)))
    model = LogisticRegression(C=1.0, solver="liblinear", random_state=1, max_iter=300)
    model.fit(rows, cases.labels, sample_weight=costs)
    return {"": float(model.intercept_[0])} | dict(zip(names, map(float, model.coef_[0]), strict=True))


def score(weights: Row, row: Row) -> float:
    """How much a row speaks for a point."""
    return weights[""] + sum(weights.get(name, 0.0) * value for name, value in row.items())


Known = Mapping[tuple[str, str], Sequence[tuple[Row, bool]]]


def _from_sentences(question: str, point: str, known: Known) -> Cases:
    """Its own sentences, and as what doesn't make it those of other points; of other questions every fourth."""
    cases = Cases()
    for (theirs, name), ones in known.items():
        is_this = (theirs, name) == (question, point)
        weight = 1 if is_this or theirs == NOTHING else 0.3
        for at, (row, makes_it) in enumerate(ones):
            if is_this:
                cases.add(row, makes_it, weight)
            elif makes_it and (theirs in (question, NOTHING) or at % 4 == 0):
                cases.add(row, False, weight)
    return cases


def _add_answers(cases: Cases, question: str, point: str, told: Sequence[Answer]) -> list[Answer]:
    """Add every stretch of the answers that do not make the point; the answers that make it are returned."""
    made = []
    for answer in told:
        is_this = answer.question == question
        label = answer.labels.get(point) if is_this else False
        if label:
            made.append(answer)
        elif label is not None:
            for row in answer.rows if is_this else answer.rows[::4]:
                cases.add(row, False, 1 if is_this else 0.3)
    return made


def learn_point(question: str, point: str, known: Known, told: Sequence[Answer]) -> Row:
    """The weights of one point."""
    cases = _from_sentences(question, point, known)
    made = _add_answers(cases, question, point, told)
    weights = fit(cases, STRENGTH)
    for _ in range(2):
        chosen = Cases(list(cases.rows), list(cases.labels), list(cases.weights))
        for answer in made:
            if rows := answer.shown.get(point, answer.rows):
                chosen.add(max(rows, key=lambda row: score(weights, row)), True, 1.5)
        weights = fit(chosen, STRENGTH)
    return weights


FOLDS = 5


def _learn(job: tuple[int | None, str, str]) -> tuple[tuple[int | None, str, str], Row]:
    left_out, question, point = job
    told = [answer for answer in _told if _fold[answer.file] != left_out]
    return job, learn_point(question, point, _known, told)


_known: dict[tuple[str, str], list[tuple[Row, bool]]] = {}
_told: list[Answer] = []
_fold: dict[str, int] = {}
"""Files are left out of learning by fives, for there are many."""


def _prepare(files: Sequence[Path]) -> None:
    """Take everything apart, leaving out rare marks."""
    _known.update(sentences())
    _told.extend(answers(files, {question for question, _ in _known}))
    rows = [row for ones in _known.values() for row, _ in ones] + [r for a in _told for r in a.rows]
    often = Counter(name for row in rows for name in row)
    for row in rows:
        for name in [name for name in row if often[name] < RARE]:
            del row[name]


def evidence_of(
    answer: Answer, weights: Mapping[tuple[str, str], Row]
) -> list[tuple[str, Mapping[str, float]]]:
    """What is weighed for each point of an answer."""
    scores = [
        max((score(weights[answer.question, point], row) for row in answer.rows), default=SILENT)
        for point in answer.cues
    ]
    found = weighed(list(answer.cues.values()), scores, answer.faults, answer.whole)
    return list(zip(answer.cues, found, strict=True))


def judge(rows: Iterable[tuple[str, Mapping[str, float], bool]], seen: Collection[str]) -> Row:
    """How evidence is weighed."""
    cases = Cases()
    for file, row, label in rows:
        cases.add(dict(row), label, SEEN_WEIGHT if file in seen else 1)
    return fit(cases, 0.5)


def learned_from() -> list[Path]:
    """The files of labelled answers that are neither held out nor for testing."""
    beside = [f for f in HERE.glob("*.jsonl") if f.stem != "held_out" and not f.stem.endswith("_test")]
    return sorted([*beside, *(HERE / "training").glob("*.jsonl")])


def main(files: list[str]) -> None:
    """Learn, report, and write."""
    given = [Path(f) for f in files]
    _prepare([*learned_from(), *given])
    names = [*dict.fromkeys(answer.file for answer in _told)]
    _fold.update({name: at % FOLDS for at, name in enumerate(names)})
    all_points = [point for point in _known if point[0] != NOTHING]
    jobs = [(left_out, *point) for point in all_points for left_out in [None, *range(FOLDS)]]
    with Pool(2) as pool:
        learned = dict(pool.imap_unordered(_learn, jobs))
    rows = []
    for answer in _told:
        weights = {point: learned[_fold[answer.file], *point] for point in all_points}
        for point, row in evidence_of(answer, weights):
            label = answer.labels.get(point)
            if label is not None:
                rows.append((answer.file, row, label))
    seen = {"development", MODEL, *(f.stem for f in given)}
    for name in names:
        by_others = judge([r for r in rows if r[0] != name], seen)
        _report(name, by_others, [(row, label) for file, row, label in rows if file == name])
    points = {point: learned[None, *point] for point in all_points}
    _write(points, judge(rows, seen))


def _report(name: str, by_others: Row, cases: Sequence[tuple[Mapping[str, float], bool]]) -> None:
    said = [f"{name:20}"]
    weights = Weights(by_others[""], by_others)
    made = sum(label for _, label in cases)
    for least in (0.0, LIKELY, 0.8):
        heard = [label for row, label in cases if is_made(weights, row, least)]
        said.append(f"{least:.1f}: P {sum(heard) / max(len(heard), 1):.2f} R {sum(heard) / max(made, 1):.2f}")
    sys.stdout.write("  ".join(said) + "\n")


def _write(points: Mapping[tuple[str, str], Row], final: Row) -> None:
    library = load_library()
    found = {}
    for (name, point), weights in points.items():
        question = library.question(QuestionId(name))
        assert question is not None
        exemplars = next(p.exemplars for p in question.rubric().points if p.id == point)
        found[key(exemplars)] = _rounded(weights, 2, SMALL)
    text = {"points": found, "judge": _rounded(final, 3, 0)}
    TARGET.write_text(json.dumps(text, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _rounded(weights: Row, digits: int, least: float) -> dict[str, Any]:
    kept = sorted(
        ((n, round(w, digits)) for n, w in weights.items() if n and abs(w) >= least), key=itemgetter(0)
    )
    return {"bias": round(weights[""], digits), "of": dict(kept)}


if __name__ == "__main__":
    main(sys.argv[1:])
