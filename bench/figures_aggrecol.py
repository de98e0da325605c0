"""The figure checker on the annotated tables of AggreCol (validation set): consistency, and detection.

(a) With the annotations: how many annotated sums exact comparison flags, and how many the interval rule does.
(b) Without them: how many annotated aggregations the detector finds, and how many of its finds are annotated.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from moothall.core.figures.findings import Severity
from moothall.core.figures.model import Place, Quantity, Unit
from moothall.core.figures.tables.aggregations import find_aggregations
from moothall.core.figures.tables.arithmetic import compare_to_terms
from moothall.core.figures.tables.rounding import (
    FEWEST,
    find_common_grid,
    find_export_step,
    find_grid,
    trim_step,
    widen_to_grid,
)

SHARED = Path(os.environ.get("MOOTHALL_SHARED", Path(__file__).parent.parent.parent / "shared"))
OPERATORS = {"Sum": "sum", "Average": "average", "Division": "quotient", "RelativeChange": "change"}
LARGEST = 6000
"""The most cells of a table for detection."""
_MARKS = {"Comma Point": (",", "."), "None Point": ("", "."), "Space Comma": (" ", ","), "Space Point": (" ", "."),
          "None Comma": ("", ",")}  # fmt: skip
_SUPPRESSED = re.compile(r"[A-Za-z]|\.\.")
Grid = list[list[Quantity | None]]


def main() -> None:
    """Print both measurements."""
    _measure_consistency()
    _measure_detection()


def _read_tables() -> Iterator[dict[str, Any]]:
    with gzip.open(SHARED / "data" / "aggrecol-validation.jl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _read_number(text: str, thousands: str, decimal: str) -> Quantity | None:
    digits = re.compile(
        rf"[^\d(+.,-]{{0,20}}(\(?)([-+−]?)\s*[^\d(+.,-]{{0,5}}([\d\xa0{re.escape(thousands)}]*)"
        rf"(?:{re.escape(decimal)}(\d*))?\D{{0,20}}"
    )
    match = digits.fullmatch(text.strip()) if len(text) < 60 and any(c.isdigit() for c in text) else None
    if match is None:
        return None
    whole, part = re.sub(r"\D", "", match[3]), match[4] or ""
    if not whole and not part:
        return None
    value = Fraction(f"{whole or 0}.{part}" if part else whole)
    signed = -value if match[1] or match[2] in ("-", "−") else value
    return Quantity(signed, Unit.NUMBER, text, Place("", 1), step=Fraction(1, 10 ** len(part)))


def _make_grid(table: dict[str, Any]) -> Grid:
    """Return the figures of a table, with their steps widened to their grids."""
    marks = _MARKS[table["number_format"]]
    grid: Grid = [[_read_number(text, *marks) for text in row] for row in table["table_array"]]
    idle = find_export_step(q for row in grid for q in row if q)
    if idle:
        grid = [[trim_step(q, idle) if q else None for q in row] for row in grid]
    whole = find_grid(q for row in grid for q in row if q)
    own = [[q for q in column if q] for column in zip(*grid, strict=True)]
    columns = [find_grid(column) if len(column) >= FEWEST else whole for column in own]
    return [[widen_to_grid(q, columns[n]) if q else None for n, q in enumerate(row)] for row in grid]


def _measure_consistency() -> None:
    seen: Counter[str] = Counter()
    for table in _read_tables():
        grid, texts = _make_grid(table), table["table_array"]
        for note in table["aggregation_annotations"]:
            if note["operator"] == "Sum":
                seen.update(_grade_sums(grid, texts, note))
    exact, flagged = seen["differs exactly"], seen["error"] + seen["improbable"]
    print("| annotated sums | flagged by exact comparison | by intervals | fewer |\n|---:|---:|---:|---:|")
    print(f"| {seen['sums']:,} | {exact:,} | {flagged:,} | {1 - flagged / exact:.1%} |\n")
    print("| verdict of the interval rule | sums |\n|---|---:|")
    for verdict, number in seen.most_common():
        print(f"| {verdict} | {number:,} |")


def _grade_sums(grid: Grid, texts: list[list[str]], note: dict[str, Any]) -> Iterator[str]:
    yield "sums"
    row, column = note["aggregator_index"]
    cells = [(r, c) for r, c in note["aggregatee_indices"]]
    terms = [q for r, c in cells if (q := grid[r][c])]
    printed = grid[row][column]
    if printed is None:
        yield "result is no number"
        return
    if printed.value != sum(q.value for q in terms):
        yield "differs exactly"
    if any(grid[r][c] is None and _SUPPRESSED.search(texts[r][c]) for r, c in cells):
        yield "a term is suppressed: not checked"
        return
    shared = find_common_grid([printed, *terms])
    if shared:
        printed, terms = widen_to_grid(printed, shared), [widen_to_grid(q, shared) for q in terms]
    verdict = compare_to_terms(printed, [(1, q) for q in terms]).verdict
    yield verdict.word if verdict is not None else "equal"
    if verdict is Severity.ERROR:
        yield "  of these: " + _classify_error(printed, terms)


def _classify_error(printed: Quantity, terms: Sequence[Quantity]) -> str:
    """Return the kind of an error."""
    total = sum((q.value for q in terms), Fraction(0))
    off = abs(printed.value - total)
    if abs(printed.value * len(terms) - total) <= len(terms) * max(printed.step, *(q.step for q in terms)):
        return "annotated as sum, is the average"
    if off <= 3 * sum((q.step for q in (printed, *terms)), Fraction(0)) / 2:
        return "just beyond rounding (hidden decimals, figures of several revisions)"
    if off * 50 <= abs(printed.value):
        return "within 2% (corrections, confidential cells, other definitions)"
    return "far off (terms missing from the annotation, or a wrong figure)"


def _measure_detection() -> None:
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    noted: Counter[str] = Counter()
    left_out = 0
    for table in _read_tables():
        texts = table["table_array"]
        if len(texts) * len(texts[0]) > LARGEST:
            left_out += 1
            continue
        got, want = set(_find_aggregations(_make_grid(table), texts)), set(_read_annotations(table))
        found.update(operator for operator, *_ in got)
        noted.update(operator for operator, *_ in want)
        right.update(operator for operator, *_ in got & want)
    print(f"\nDetection; {left_out} tables of more than {LARGEST:,} cells left out.\n")
    print("| operator | annotated | found | right | precision | recall |\n|---|---:|---:|---:|---:|---:|")
    for name in OPERATORS.values():
        p, r = right[name] / max(1, found[name]), right[name] / max(1, noted[name])
        print(f"| {name} | {noted[name]:,} | {found[name]:,} | {right[name]:,} | {p:.2f} | {r:.2f} |")


Spot = tuple[int, int]
Found = tuple[str, Spot, frozenset[Spot]]


def _find_aggregations(grid: Grid, texts: list[list[str]]) -> Iterator[Found]:
    for down in (True, False):
        lines: Sequence[Sequence[Quantity | None]] = grid if down else list(zip(*grid, strict=True))
        for each in find_aggregations(lines):
            for place in each.places:
                spots = [(term, place) if down else (place, term) for term in each.terms]
                kept = frozenset(spot for spot in spots if texts[spot[0]][spot[1]].strip())
                yield each.operator, (each.result, place) if down else (place, each.result), kept


def _read_annotations(table: dict[str, Any]) -> Iterator[Found]:
    texts = table["table_array"]
    for note in table["aggregation_annotations"]:
        row, column = note["aggregator_index"]
        spots = frozenset((r, c) for r, c in note["aggregatee_indices"] if texts[r][c].strip())
        yield OPERATORS[note["operator"]], (row, column), spots
