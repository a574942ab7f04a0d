"""Benchmarks as lines of text: medians and ranges of ratios taken within one round."""

from collections.abc import Sequence
from statistics import median

from bench.messages import LOADS, Figures, Running

BARS = {
    ("SQLite", "64 in flight"): 0.80,
    ("SQLite", "8 in flight"): 0.60,
    ("MongoDB", "64 in flight"): 0.60,
}
P95_BARS = {"SQLite": 3.0, "MongoDB": 8.0}
ANSWERED_BAR = 250.0


def spread(values: Sequence[float], digits: int = 2) -> str:
    """median (least-most)."""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def held(good: bool) -> str:
    return "holds" if good else "MISSED"


def lines_of(ours: Running, bare: Running) -> list[str]:
    """The comparison of one store, bars included."""
    store = ours.subject.store
    lines = [f"{store}: {ours.subject.name} against the bare handler"]
    for load in LOADS[:2]:
        lines += _closed(load, ours.figures[load], bare.figures[load], BARS.get((store, load)))
    lines += _open(ours.figures[LOADS[2]], bare.figures[LOADS[2]], P95_BARS[store])
    return [*lines, _writes(ours.subject.name, ours), _writes("bare handler", bare)]


def _closed(load: str, ours: Sequence[Figures], bare: Sequence[Figures], bar: float | None) -> list[str]:
    ratios = [a.rate / b.rate for a, b in zip(ours, bare, strict=True)]
    verdict = "no bar" if bar is None else f"bar {bar:.2f}: {held(median(ratios) >= bar)}"
    costs = [a.cpu / b.cpu for a, b in zip(ours, bare, strict=True)]
    return [
        f"  {load}: throughput ratio {spread(ratios)}, {verdict}",
        f"    round trips a second {spread([f.rate for f in ours], 0)}, bare {spread([f.rate for f in bare], 0)}",
        f"    CPU ms a message {spread([f.cpu for f in ours], 3)}, bare {spread([f.cpu for f in bare], 3)},"
        f" ratio {spread(costs)}",
    ]


def _open(ours: Sequence[Figures], bare: Sequence[Figures], bar: float) -> list[str]:
    p95, answered = [f.p95 for f in ours], [f.answered_p99 for f in ours]
    return [
        f"  {LOADS[2]}: p95 {spread(p95)} ms, bare {spread([f.p95 for f in bare])}, bar {bar} ms: "
        + held(median(p95) <= bar),
        f"    p50 {spread([f.p50 for f in ours])} ms, bare {spread([f.p50 for f in bare])};"
        f" webhook answered p99 {spread(answered)} ms,"
        f" bar {ANSWERED_BAR:.0f} ms: {held(median(answered) < ANSWERED_BAR)}",
    ]


def _writes(name: str, running: Running) -> str:
    commits = "not told" if running.commits is None else f"{running.commits:.2f}"
    syncs = "not counted (no strace here)" if running.syncs is None else f"{running.syncs:.2f}"
    weight = f"resident {running.resident:.0f} MB at the end"
    return f"  {name}, a message at 64 in flight: store commits {commits}, fsyncs {syncs}; {weight}"
