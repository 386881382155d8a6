"""The numbers at /metrics. Counts and seconds only; no label ever holds a person."""

from prometheus_client import Counter, Gauge, Histogram

UPDATES = Counter("starling_updates", "Updates by what became of them", ["outcome"])
UPDATE_SECONDS = Histogram(
    "starling_update_seconds",
    "From receiving an update to its commit",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
LETTERS = Counter("starling_letters", "Messages by what became of them", ["outcome"])
WAITING = Gauge("starling_letters_held", "Messages held in memory on their way out")
PUSHES = Counter("starling_pushes", "People whose daily question came due")
