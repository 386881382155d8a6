"""Learns what the coach knows of the shipped points, and writes it to ``bot/domain/coach/learned.json``.

``python -m tests.coach_train [FILE…]`` learns from the labelled sentences in ``coach/sentences.txt`` ("+" makes the
point, "-" comes close and does not), from the labelled answers beside them that are neither held out nor for
testing, and from the FILEs. It prints how well each file is read by what was learned from all others. Takes some
minutes; run it
again when sentences, answers, meanings, cues or exemplars have changed.

For each point a logistic regression on the marks of a sentence. Which sentence of an answer makes the point isn't
labelled: the one that speaks most for it is taken, and the weights are learned again with it.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log1p
from multiprocessing import Pool
from operator import itemgetter
from pathlib import Path
from typing import Any

from bot.domain.coach import read
from bot.domain.coach.clauses import parse
from bot.domain.coach.evidence import LIKELY, SILENT, Cued, all_stretches, cued, is_made, weighed
from bot.domain.coach.findings import Code, Rubric
from bot.domain.coach.learned import Weights, key
from bot.domain.coach.points import spoken_by
from bot.domain.coach.stretches import marks, stretches
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
    return Answer(
        id=record["id"],
        file=file,
        question=record["question"],
        labels=record["labels"]["points"],
        rows=[dict.fromkeys(s.marks, 1.0) for s in all_stretches(spoken)],
        cues={point.id: cued(point, spoken) for point in rubric.points},
        faults={f.code for f in read(told, replace(rubric, points=())).findings},
        whole="\n".join(told.values()),
    )


def fit(cases: Cases, strength: float, start: Row | None = None, rounds: int = 40) -> Row:
    """Weights by logistic regression, classes in balance; the bias is the weight of the empty mark."""
    names = sorted({name for row in cases.rows for name in row} | {""})
    place = {name: at for at, name in enumerate(names)}
    rows = [[(place[n], v) for n, v in row.items()] + [(place[""], 1.0)] for row in cases.rows]
    total = Counter[bool]()
    for label, weight in zip(cases.labels, cases.weights, strict=True):
        total[label] += weight
    half = sum(total.values()) / 2
    costs = [
        strength * weight * half / total[label]
        for label, weight in zip(cases.labels, cases.weights, strict=True)
    ]
    at = [start.get(name, 0.0) if start else 0.0 for name in names]

    def slope(point: Sequence[float]) -> tuple[float, list[float]]:
        loss = sum(x * x for x in point) / 2
        grad = list(point)
        for row, label, cost in zip(rows, cases.labels, costs, strict=True):
            margin = sum(point[i] * v for i, v in row) * (1 if label else -1)
            loss += cost * (log1p(exp(-margin)) if margin > -30 else -margin)
            pull = cost / (1 + exp(min(margin, 30))) * (-1 if label else 1)
            for i, v in row:
                grad[i] += pull * v
        return loss, grad

    at = _descend(at, slope, rounds)
    return dict(zip(names, at, strict=True))


def _dot(one: Sequence[float], two: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, two, strict=True))


def _descend(at: list[float], slope: Any, rounds: int) -> list[float]:
    """The lowest point, by L-BFGS with a halving step."""
    loss, grad = slope(at)
    past: list[tuple[list[float], list[float], float]] = []
    for _ in range(rounds):
        way = [-g for g in grad]
        alphas = []
        for move, turn, scale in reversed(past):
            alpha = scale * _dot(move, way)
            alphas.append(alpha)
            way = [w - alpha * t for w, t in zip(way, turn, strict=True)]
        if past:
            move, turn, scale = past[-1]
            first = 1 / (scale * _dot(turn, turn))
            way = [first * w for w in way]
        for (move, turn, scale), alpha in zip(past, reversed(alphas), strict=True):
            beta = scale * _dot(turn, way)
            way = [w + (alpha - beta) * m for w, m in zip(way, move, strict=True)]
        step, descent = 1.0 if past else 0.1, _dot(grad, way)
        while True:
            there = [a + step * w for a, w in zip(at, way, strict=True)]
            new_loss, new_grad = slope(there)
            if new_loss <= loss + 1e-4 * step * descent or step < 1e-6:
                break
            step /= 2
        move = [a - b for a, b in zip(there, at, strict=True)]
        turn = [a - b for a, b in zip(new_grad, grad, strict=True)]
        if (curve := _dot(move, turn)) > 1e-10:
            past = [*past[-7:], (move, turn, 1 / curve)]
        done = loss - new_loss < 1e-4 * abs(loss)
        at, loss, grad = there, new_loss, new_grad
        if done:
            break
    return at


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
            if answer.rows:
                chosen.add(max(answer.rows, key=lambda row: score(weights, row)), True, 1.5)
        weights = fit(chosen, STRENGTH, weights, 20)
    return weights


def _learn(job: tuple[str | None, str, str]) -> tuple[tuple[str | None, str, str], Row]:
    left_out, question, point = job
    told = [answer for answer in _told if answer.file != left_out]
    return job, learn_point(question, point, _known, told)


_known: dict[tuple[str, str], list[tuple[Row, bool]]] = {}
_told: list[Answer] = []


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
    return fit(cases, 0.5, rounds=200)


def main(files: list[str]) -> None:
    """Learn, report, and write."""
    given = [Path(f) for f in files]
    paths = [f for f in sorted(HERE.glob("*.jsonl")) if f.stem != "held_out" and not f.stem.endswith("_test")]
    _prepare([*paths, *given])
    names = [*dict.fromkeys(answer.file for answer in _told)]
    all_points = [point for point in _known if point[0] != NOTHING]
    jobs = [(left_out, *point) for point in all_points for left_out in [None, *names]]
    with Pool(2) as pool:
        learned = dict(pool.imap_unordered(_learn, jobs))
    rows = []
    for answer in _told:
        weights = {point: learned[answer.file, *point] for point in all_points}
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
