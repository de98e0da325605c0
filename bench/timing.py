"""How long answers take about what there is and what there is not: the difference is what somebody could listen for."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench._house import ROOT, environment, found
from bench._measure import machine, table

TIMES = 100
DRAWS = 2000


def main() -> None:
    """Print, for each pair, both medians and the difference with its 95 % interval (bootstrap)."""
    with tempfile.TemporaryDirectory() as name:
        given = environment(Path(name), MOOTHALL_MODE="test")
        found(given)
        command = [sys.executable, "-W", "ignore", "-m", "bench._asking", str(TIMES)]
        said = subprocess.run(command, env=given, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    print(machine())
    rows = [_row(name, *pair) for name, pair in json.loads(said.splitlines()[-1]).items()]
    table(
        f"Medians of {TIMES} answers each, in ms, one at a time",
        ("first, second", "first", "second", "difference", "95 % of the differences"),
        rows,
    )


def _row(name: str, first: list[float], second: list[float]) -> tuple[str, ...]:
    low, high = _interval(first, second)
    one, two = statistics.median(first), statistics.median(second)
    return name, f"{one:.2f}", f"{two:.2f}", f"{one - two:+.2f}", f"{low:+.2f} to {high:+.2f}"


def _interval(first: list[float], second: list[float]) -> tuple[float, float]:
    """Between which the difference of the medians lies in 95 of 100 draws."""
    draw = random.Random(1)  # noqa: S311 - a measurement that comes out the same again
    drawn = sorted(
        statistics.median(draw.choices(first, k=len(first))) - statistics.median(draw.choices(second, k=len(second)))
        for _ in range(DRAWS)
    )
    return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975)]


if __name__ == "__main__":
    main()
