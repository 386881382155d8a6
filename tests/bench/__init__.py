"""The benchmarks: `python -m tests.bench`. Figures are CPU seconds or ratios within one run, never a timed test."""
