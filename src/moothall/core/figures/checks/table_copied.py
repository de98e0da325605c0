"""Two columns of figures that should differ must not be the same, figure for figure.

Columns for different years or places may have been copied if they agree in every one of at least 6 figures, with 4
different values. This is a hint, not proof.

Contradiction:

    % at L4+ | 2013 | 2014
    FSM | 71 | 71
    Non-FSM | 91 | 91
    Girls | 92 | 92
    Boys | 85 | 85
    SEN | 22 | 22
    All | 88 | 88

Agreement:

    % at L4+ | 2013 | 2014
    FSM | 71 | 82
    Non-FSM | 91 | 93
    Girls | 92 | 94
    Boys | 85 | 91
    SEN | 22 | 21
    All | 88 | 92
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper
from moothall.core.figures.tables.relations import join_labels
from moothall.core.figures.tables.views import TableLine, TableView, make_views

RULE: Final = "table-copied"
ALIASES: Final = ()
SEVERITY: Final = Severity.SUSPICIOUS
FEWEST: Final = 6
DIFFERENT: Final = 4


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every line that repeats another, figure for figure."""
    for table in paper.tables:
        for view in make_views(table):
            yield from _find_copies(view)


def _find_copies(view: TableView) -> Iterator[Finding | Observation]:
    by_values: defaultdict[tuple[Fraction | None, ...], list[TableLine]] = defaultdict(list)
    for line in view.lines:
        values = tuple(cell.quantity.value if cell.quantity else None for cell in line.cells)
        known = [value for value in values if value is not None]
        if len(known) >= FEWEST and len(set(known)) >= DIFFERENT:
            by_values[values].append(line)
            yield Observation("copied line", checked=True)
    for lines in by_values.values():
        for line in lines[1:]:
            if line.path != lines[0].path and line.label:
                yield _make_finding(lines[0], line)


def _make_finding(first: TableLine, second: TableLine) -> Finding:
    pairs = [(a, b) for a, b in zip(first.cells, second.cells, strict=True) if b.quantity]
    return Finding(
        rule=RULE,
        severity=Severity.SUSPICIOUS,
        message=(
            f"All {len(pairs)} figures of {join_labels(second.path)} are the same as those of "
            f"{join_labels(first.path)}. "
            "If they should differ, one may have been copied."
        ),
        quote=second.label,
        place=pairs[0][1].place,
        evidence=tuple(a.place for a, _ in pairs),
        computed=f"{len(pairs)} of {len(pairs)} figures equal",
        readings=("two different measures, years or places",),
        weight=1,
    )
