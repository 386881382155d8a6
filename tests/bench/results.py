"""Figures with their bounds, as a table and as JSON."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. ``bound`` is the most it may be, or with ``at_least`` the least; None: for comparison.

    ``rounds`` are the values it is the median of, if it is one.
    """

    bench: str
    name: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False
    rounds: tuple[float, ...] = ()

    @property
    def is_met(self) -> bool | None:
        """Whether the bound is kept; None where there is none."""
        if self.bound is None:
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def middle(bench: str, name: str, values: Sequence[float], unit: str, **bound: Any) -> Figure:
    """The median of several rounds as a figure."""
    return Figure(bench, name, median(values), unit, rounds=tuple(values), **bound)


def ratio(bench: str, name: str, over: Sequence[float], under: Sequence[float], **bound: Any) -> Figure:
    """The median of the ratios of two contestants, round by round."""
    values = [above / below for above, below in zip(over, under, strict=True)]
    return middle(bench, name, values, "x", **bound)


def show(figures: Sequence[Figure], console: Console) -> None:
    """Print a table."""
    table = Table(box=None, pad_edge=False)
    for heading in ("bench", "figure"):
        table.add_column(heading)
    for heading in ("value", "unit", "bound", "rounds"):
        table.add_column(heading, justify="right" if heading == "value" else "left")
    table.add_column("")
    for figure in figures:
        sign = "≥" if figure.at_least else "≤"
        bound = "" if figure.bound is None else f"{sign} {figure.bound:g}"
        spread = f"{min(figure.rounds):.3g}–{max(figure.rounds):.3g}" if figure.rounds else ""
        met = {None: "", True: "[green]met[/]", False: "[red]not met[/]"}[figure.is_met]
        table.add_row(figure.bench, figure.name, f"{figure.value:.4g}", figure.unit, bound, spread, met)
    console.print(table)


def write(figures: Sequence[Figure], path: Path, *, quick: bool) -> None:
    """Write everything as JSON."""
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    entries = [{**asdict(figure), "met": figure.is_met} for figure in figures]
    path.write_text(json.dumps({"quick": quick, "machine": machine, "figures": entries}, indent=2) + "\n")
