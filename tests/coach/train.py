"""Makes `bot/domain/coach/weights.json` from labelled answers and sentences: ``python -m tests.coach.train [FILE…]``.

With ``--cross`` nothing is written: a quarter of the files at a time is left out, the rest is learned from, and the
score on what was left out is printed. Needs scikit-learn, which nothing else does.

A labelled answer says of each flag whether it is there, not where. So of an answer with a trait only the piece that
shows it most counts as an example, chosen again after every round; of one without it every piece counts against it.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from bot.domain.coach import flags as coach_flags
from bot.domain.coach import weighing
from bot.domain.coach.findings import Code, Rubric
from bot.domain.terms import PARTS
from content.library import load_library
from tests.coach.told import Answer, Example, answers, bag, models, sentences, shown_in, written
from tests.coach_eval import Score
from tests.coach_train import learned_from

ROUNDS = 3
FOLDS = 4
GROUPS = 4
"""With ``--cross``, files are left out by groups, for there are many."""

MEASURES = {code.value: names for code, names in coach_flags.MEASURES.items()}

RARE = 2
SMALL = 0.3
TRAIT_C = 30.0
FLAG_C = 0.3
TOPIC_C = 3.0
TOPIC_LEAST = 4
WHOLE_C = 30.0
WHOLE_LEAST = 5
WHOLE_SMALL = 0.1
AGAINST = 1.0
"""How much a piece of an answer without the trait counts, beside a sentence written for it."""

SHIFT = {"denies_failure": 0.7, "blames_others": 0.3}
"""How much higher a flag is cut than where F1 is highest, for these two are rather missed than wrongly told."""

RANKED: dict[str, list[tuple[float, bool]]] = {}


class Signs:
    """Numbers the signs that come often enough."""

    def __init__(self, seen: Iterable[frozenset[str]], least: int = RARE) -> None:
        counts = Counter(sign for one in seen for sign in one)
        self.names = [sign for sign, count in counts.items() if count >= least]
        self.index = {sign: at for at, sign in enumerate(self.names)}
        self._known: dict[frozenset[str], tuple[list[int], float]] = {}

    def matrix(self, rows: Sequence[frozenset[str]]) -> csr_matrix:
        indices: list[int] = []
        values: list[float] = []
        ends = [0]
        for row in rows:
            if row not in self._known:
                at = sorted(self.index[sign] for sign in row if sign in self.index)
                self._known[row] = (at, 1 / np.sqrt(len(row) + weighing.DAMPING))
            at, size = self._known[row]
            indices += at
            values += [size] * len(at)
            ends.append(len(indices))
        return csr_matrix((values, indices, ends), shape=(len(rows), len(self.names)))


def learn_trait(
    trait: str, known: Sequence[Example], told: Sequence[Answer], index: Signs
) -> dict[str, float]:
    """The weight of each sign of a trait."""
    rows = [e.signs for e in known if trait in e.traits]
    labels = [e.traits[trait] for e in known if trait in e.traits]
    weight = [1.0] * len(rows)
    bags = []
    for answer in told:
        shows = bag(answer, trait)
        if shows is False:
            extra = [piece.signs for piece in answer.pieces[trait]]
            rows += extra
            labels += [False] * len(extra)
            weight += [AGAINST] * len(extra)
        elif shows and answer.pieces[trait]:
            where = answer.opening if trait == "trouble" else shown_in(answer, trait)
            bags.append(index.matrix([piece.signs for piece in where]))
    fixed = index.matrix(rows)
    model = fitted(fixed, labels, weight)
    chosen: list[csr_matrix] = []
    for _ in range(ROUNDS if bags else 0):
        chosen = [one[int(np.argmax(one @ model.coef_[0]))] for one in bags]
        both = vstack([fixed, *chosen]).tocsr()
        model = fitted(both, labels + [True] * len(chosen), weight + [1.0] * len(chosen))
    found = {
        name: round(float(w), 2)
        for name, w in zip(index.names, model.coef_[0], strict=True)
        if abs(w) >= SMALL
    }
    return {"": round(float(model.intercept_[0]), 3)} | found


def fitted(rows: csr_matrix, labels: Sequence[bool], weight: Sequence[float]) -> LogisticRegression:
    yes = sum(w for w, label in zip(weight, labels, strict=True) if label)
    no = sum(weight) - yes
    balance = [
        w * (0.5 * (yes + no) / (yes if label else no)) for w, label in zip(weight, labels, strict=True)
    ]
    model = LogisticRegression(C=TRAIT_C, solver="liblinear", random_state=1)
    return model.fit(rows, labels, sample_weight=balance)


def learn_traits(known: Sequence[Example], told: Sequence[Answer]) -> weighing.Weights:
    every = [e.signs for e in known] + [p.signs for a in told for p in a.pieces["blame"]]
    index = Signs(every)
    traits = {trait: learn_trait(trait, known, told, index) for trait in weighing.TRAITS}
    return weighing.Weights(table(traits), table(learn_wholes(told)), table(learn_topics(told)), {})


def rows(columns: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, list[float]]]:
    """The weights of each sign in every column, signs in their order; "" comes first."""
    for sign in sorted({sign for column in columns.values() for sign in column}):
        yield sign, [column.get(sign, 0.0) for column in columns.values()]


def table(columns: Mapping[str, Mapping[str, float]]) -> weighing.Table:
    found = weighing.Table(list(columns), rows(columns))
    found.columns = columns
    return found


def write(name: str, columns: Mapping[str, Mapping[str, float]]) -> None:
    with (weighing.FOLDER / name).open("w", encoding="utf-8") as file:
        file.write("\t".join(["", *columns]) + "\n")
        for sign, weights in rows(columns):
            file.write("\t".join([sign, *(f"{w:.2f}" if w else "" for w in weights)]) + "\n")


def measured(answer: Answer, found: weighing.Weights) -> dict[str, float]:
    told, rubric = coach_flags.listen(answer.told, found.traits), answer.rubric or Rubric()
    if not answer.counts:
        answer.counts = dict(coach_flags.counts(told, rubric))
    return answer.counts | dict(coach_flags.shown(told, rubric, found))


def learn_wholes(told: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """For each flag, the weight of each sign of a whole answer."""
    index = Signs((answer.whole for answer in told), WHOLE_LEAST)
    found = {}
    for flag in MEASURES:
        known = [(a.whole, bool(a.flags[flag])) for a in told if a.flags[flag] is not None]
        model = LogisticRegression(C=WHOLE_C, solver="liblinear", random_state=1, class_weight="balanced")
        model.fit(index.matrix([row for row, _ in known]), [label for _, label in known])
        weights = zip(index.names, model.coef_[0], strict=True)
        found[flag] = {"": float(model.intercept_[0])} | {
            name: round(float(w), 2) for name, w in weights if abs(w) >= WHOLE_SMALL
        }
    return found


def learn_topics(told: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """For each question, which words an answer to it holds more often than an answer to another or beside it."""
    asked = [a for a in told if a.rubric and a.flags["off_topic"] is not None]
    rows = [weighing.topic_signs(a.told) for a in asked]
    index = Signs(rows, TOPIC_LEAST)
    matrix = index.matrix(rows)
    found = {}
    for prompt in sorted({a.rubric.shown[0] for a in asked}):
        labels = [a.rubric.shown[0] == prompt and not a.flags["off_topic"] for a in asked]
        weight = [3.0 if a.rubric.shown[0] == prompt and a.flags["off_topic"] else 1.0 for a in asked]
        yes = sum(labels)
        weight = [w * (len(labels) / yes / 2 if y else 0.5) for w, y in zip(weight, labels, strict=True)]
        model = LogisticRegression(C=TOPIC_C, solver="liblinear", random_state=1).fit(
            matrix, labels, sample_weight=weight
        )
        found[prompt] = {"": float(model.intercept_[0])} | {
            n: round(float(w), 3) for n, w in zip(index.names, model.coef_[0], strict=True) if abs(w) >= SMALL
        }
    return found


def out_of_fold(known: Sequence[Example], told: Sequence[Answer]) -> list[dict[str, float]]:
    """The measures of each answer, by weights that were learned without it."""
    order = list(range(len(told)))
    random.Random(7).shuffle(order)
    found: list[dict[str, float]] = [{}] * len(told)
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS])
        tables = learn_traits(known, [a for at, a in enumerate(told) if at not in out])
        for at in out:
            found[at] = measured(told[at], tables)
    return found


def learn_flag(flag: str, told: Sequence[Answer], seen: Sequence[dict[str, float]]) -> dict[str, float]:
    """The weight of each measure of a flag, brought back from the scale on which it was learned."""
    pairs = [
        (m, a.flags[flag])
        for a, m in zip(told, seen, strict=True)
        if a.flags[flag] is not None and (a.rubric or flag != "off_topic")
    ]
    names = MEASURES[flag]
    rows = np.array([[m[name] for name in names] for m, _ in pairs])
    labels = [bool(label) for _, label in pairs]
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    spread = np.maximum(spread, 0.05)
    model = LogisticRegression(C=FLAG_C, random_state=1, max_iter=500)
    model.fit((rows - middle) / spread, labels)
    slopes = model.coef_[0] / spread
    start = float(model.intercept_[0] - slopes @ middle)
    # The cut is put where F1 is highest on what was held out of the fold, and moved by `SHIFT`.
    scores = rows @ slopes + start
    cut = best_cut(scores, labels)
    return {"": round(start - cut - SHIFT.get(flag, 0.0), 3)} | {
        n: round(float(s), 4) for n, s in zip(names, slopes, strict=True)
    }


def best_cut(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Where to cut so that F1 is highest; the middle of all such places, drawn a little to 0."""
    order = sorted(scores)
    places = [order[0] - 1] + [(a + b) / 2 for a, b in pairwise(order)]

    def f1(cut: float) -> float:
        right = sum(s > cut and y for s, y in zip(scores, labels, strict=True))
        wrong = sum(s > cut and not y for s, y in zip(scores, labels, strict=True))
        missed = sum(s <= cut and y for s, y in zip(scores, labels, strict=True))
        if not right:
            return 0.0
        bound = min(1.0, right / (right + wrong) / 0.85, right / (right + missed) / 0.75)
        return (2 * right / (2 * right + wrong + missed) + bound) / 2

    smooth = [
        np.mean([f1(cut + d) for d in (-0.3, -0.15, 0, 0.15, 0.3)]) - 0.002 * abs(cut) for cut in places
    ]
    return float(places[int(np.argmax(smooth))])


def learn(known: Sequence[Example], told: Sequence[Answer]) -> weighing.Weights:
    seen = out_of_fold(known, told)
    flags = {flag: learn_flag(flag, told, seen) for flag in MEASURES}
    return learn_traits(known, told)._replace(flags=flags)


SHOWN = {
    "blames_others": ("blame", "owning"),
    "denies_failure": ("denial",),
    "no_learning": ("lesson",),
    "vague": ("step",),
    "hypothetical": ("imagined",),
    "off_topic": ("trouble", "theirs"),
}


def score(found: weighing.Weights, told: Sequence[Answer], scores: dict[str, Score]) -> None:
    for answer in told:
        seen = measured(answer, found)
        for flag in MEASURES:
            if flag == "off_topic" and answer.rubric is None:
                continue
            value = weighing.judge(found.flags[flag], seen)
            value = decided(Code(flag), coach_flags.listen(answer.told, found.traits), answer.rubric, value)
            if answer.flags[flag] is not None:
                RANKED.setdefault(flag, []).append((value, answer.flags[flag]))
            note = f"{answer.file} {answer.id} {value:.2f} " + " ".join(
                f"{n}={seen[n]:.1f}" for n in MEASURES[flag]
            )
            for trait in SHOWN.get(flag, ()) if (value > 0) != answer.flags[flag] else ():
                best = sorted(
                    (
                        (one.traits[trait], answer.told[part][one.piece.span.start : one.piece.span.end])
                        for part in PARTS
                        for one in weighing.weighed(answer.told[part], found.traits)
                    ),
                    reverse=True,
                )
                note += "".join(f"\n           {trait} {v:.1f} {text}" for v, text in best[:3])
            scores.setdefault(flag, Score()).count(answer.flags[flag], value > 0, note)


def decided(code: Code, told: coach_flags.Told, rubric: Any, value: float) -> float:
    """The weighted sum, where no rule decides; else the nearest one that agrees with the rule."""
    if coach_flags.speaks_against(code, told, rubric or Rubric(), value):
        return min(value, -0.001)
    return max(value, 0.001) if coach_flags.said_outright(code, told) else value


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path, default=learned_from())
    parser.add_argument("--cross", action="store_true")
    parser.add_argument("--show", default="")
    parser.add_argument(
        "--packs", type=Path, help="a folder of more packs, whose model answers are learned from"
    )
    options = parser.parse_args(arguments)
    library = load_library(options.packs)
    known, told = list(sentences()), [*models(library), *written(library), *answers(options.files, library)]
    if not options.cross:
        found = learn(known, told)
        write("traits.tsv", found.traits.columns)
        write("wholes.tsv", found.wholes.columns)
        write("topics.tsv", found.topics.columns)
        text = json.dumps(found.flags, indent=1, sort_keys=True) + "\n"
        (weighing.FOLDER / "weights.json").write_text(text, encoding="utf-8")
        return
    total: dict[str, Score] = {}
    files = [name for name in dict.fromkeys(a.file for a in told) if name != "training"]
    for at in range(GROUPS):
        out = files[at::GROUPS]
        found = learn(known, [a for a in told if a.file not in out])
        for file in out:
            here: dict[str, Score] = {}
            score(found, [a for a in told if a.file == file], here)
            sys.stdout.write(
                f"{file:22}"
                + "  ".join(
                    f"{flag[:9]} {s.right}/{s.right + s.missed}+{s.wrong}" for flag, s in here.items()
                )
                + "\n"
            )
            sys.stdout.flush()
            for flag, one in here.items():
                total.setdefault(flag, Score()).add(one)
                total[flag].misses += one.misses
    for flag, one in total.items():
        pos = [v for v, y in RANKED[flag] if y]
        neg = [v for v, y in RANKED[flag] if not y]
        auc = sum((a > b) + 0.5 * (a == b) for a in pos for b in neg) / (len(pos) * len(neg))
        sys.stdout.write(
            f"{flag:16} AUC {auc:.3f} P {one.precision:.2f} R {one.recall:.2f} F1 {one.f1:.2f}"
            f" cases {one.right + one.missed}\n"
        )
        if flag in options.show.split(","):
            sys.stdout.write("".join(f"    {miss}\n" for miss in one.misses))


if __name__ == "__main__":
    main(sys.argv[1:])
