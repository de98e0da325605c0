"""The percentage for a higher threshold cannot be above that for a lower one.

Everyone who passes the higher threshold has passed the lower one. Level 5+ is part of level 4+, level 3+ of 2b+ and
that of 2+, achieved of entered. The vocabulary of a field lists its thresholds in order. Figures are compared if
group, subject and year are the same.

Contradiction:

    FSM pupils | Maths L4+ | Maths L5+
    2013 | 7 | 16
    2014 | 77 | 26

Agreement:

    FSM pupils | Maths L4+ | Maths L5+
    2013 | 77 | 16
    2014 | 77 | 26
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Repair, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Cell, Paper, Table
from moothall.core.figures.tables.complements import find_side
from moothall.core.figures.tables.relations import join_labels
from moothall.core.figures.tables.scales import YEARS, ScaleStep, find_step, find_subject
from moothall.core.figures.tables.views import Figure, has_kind, normalise_label

RULE: Final = "table-threshold"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR

LadderKey = tuple[object, ...]
Rung = tuple[int, ScaleStep, Figure, Table]


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Compare the figures of adjacent thresholds."""
    ladders: defaultdict[LadderKey, list[Rung]] = defaultdict(list)
    for table in paper.tables:
        for cell in table.find_value_cells():
            step = find_step(table, cell)
            key = _make_ladder_key(table, cell, step) if step else None
            if key and step and cell.quantity:
                ladders[key].append((step.rank, step, Figure(cell, cell.quantity), table))
    for rungs in ladders.values():
        yield from _check_ladder(rungs)


def _make_ladder_key(table: Table, cell: Cell, step: ScaleStep) -> LadderKey | None:
    """Return what two figures must have in common to be compared. Return None for gaps, changes and totals."""
    label, header = table.labels[cell.row], table.headers[cell.column]
    path = (*label, *header)
    if any(has_kind(text, kind) for text in path for kind in ("gap", "change", "total")):
        return None
    years = {year for text in (*path, *table.corner, table.caption) for year in YEARS.findall(text)}
    printed = {year for text in path for year in YEARS.findall(text)}
    subjects = [subject for text in path if (subject := find_subject(text))]
    rest = tuple(_name_group(text) for text in label if text != step.label and not find_subject(text))
    within = () if subjects else (table.index, tuple(text for text in header if text != step.label))
    top = table.section.headings[0].text if table.section.headings else ""
    return step.scale, top, tuple(sorted(printed or years)), tuple(subjects), rest, within


def _name_group(label: str) -> str:
    side = find_side(label)
    if side:
        return f"{side[0]} {side[1]}"
    return "all" if has_kind(label, "all") else normalise_label(label)


def _check_ladder(rungs: list[Rung]) -> Iterator[Finding | Observation]:
    ranks = [rung[0] for rung in rungs]
    if len(set(ranks)) < 2:
        return
    if len(set(ranks)) < len(ranks):
        yield Observation("threshold", checked=False)
        return
    for (_, low_step, low, low_table), (_, high_step, high, high_table) in pairwise(sorted(rungs, key=lambda r: r[0])):
        yield Observation("threshold", checked=True)
        if high.quantity.interval.low > low.quantity.interval.high:
            yield _make_finding((low_step, low, low_table), (high_step, high, high_table))


def _make_finding(lower: tuple[ScaleStep, Figure, Table], higher: tuple[ScaleStep, Figure, Table]) -> Finding:
    (low_step, low, table), (high_step, high, _) = lower, higher
    who = join_labels((*table.labels[low.cell.row], *table.headers[low.cell.column]))
    span = high.quantity.interval, low.quantity.interval
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=(
            f"{who}: {high.quantity.text} at the higher threshold ({high_step.label}) is more than "
            f"{low.quantity.text} at the lower threshold ({low_step.label}), which includes it."
        ),
        quote=low.cell.text,
        place=low.cell.place,
        evidence=(high.cell.place,),
        computed=f"{high.quantity.text} > {low.quantity.text}",
        readings=("shares of the same cohort",),
        repairs=(
            Repair(low.cell.place, Interval(span[0].low, max(span[0].low, low.quantity.value * 0 + 100))),
            Repair(high.cell.place, Interval(min(low.quantity.value * 0, span[1].high), span[1].high)),
        ),
    )
