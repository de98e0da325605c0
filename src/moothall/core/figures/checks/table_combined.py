"""A measure that requires several things at once cannot be above the lowest of them, or below a minimum.

Reading, writing and maths combined cannot exceed the lowest of the three (handbook DAT-13). They cannot be below the
sum of the three less 200 either. For example, if 90 in 100 pass each of two subjects, at least 80 pass both (Fréchet's
bound).

Contradiction:

    L4+ | R | W | M | R, W&M
    All | 88 | 84 | 86 | 89
    FSM | 95 | 95 | 95 | 80

Agreement:

    L4+ | R | W | M | R, W&M
    All | 88 | 84 | 86 | 78
    FSM | 95 | 95 | 95 | 90
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Repair, Severity
from moothall.core.figures.intervals import Interval, sum_intervals
from moothall.core.figures.model import Paper
from moothall.core.figures.tables.relations import join_labels
from moothall.core.figures.tables.scales import CombinedMeasure, list_combined_measures
from moothall.core.figures.tables.views import Figure, TableLine, TableView, has_kind, make_views, normalise_label

RULE: Final = "table-combined"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Check every line for a combined measure against the lines for its parts."""
    for table in paper.tables:
        for view in make_views(table):
            for measure in list_combined_measures():
                for line in view.lines:
                    parts = _find_parts(view, line, measure) if normalise_label(line.label) in measure.labels else None
                    if parts:
                        yield from _check_along(view, line, parts)


def _find_parts(view: TableView, line: TableLine, measure: CombinedMeasure) -> list[TableLine] | None:
    """Return the lines for the parts under the same headers, in order. Return None unless each occurs once."""
    beside = [other for other in view.lines if other.path[:-1] == line.path[:-1]]
    found = [[other for other in beside if measure.find_part(other.label) == n] for n in range(len(measure.parts))]
    return [lines[0] for lines in found] if all(len(lines) == 1 for lines in found) else None


def _check_along(view: TableView, line: TableLine, parts: list[TableLine]) -> Iterator[Finding | Observation]:
    for place in range(view.length):
        whole = line.get_figure(place)
        figures = [figure for part in parts if (figure := part.get_figure(place))]
        derived = any(has_kind(text, "gap") or has_kind(text, "change") for text in view.cross[place])
        if whole is None or len(figures) < len(parts) or derived:
            continue
        yield Observation("combined", checked=True)
        where = join_labels(view.cross[place])
        least = min(figures, key=lambda figure: figure.quantity.value)
        if whole.quantity.interval.low > least.quantity.interval.high:
            yield _make_above_finding(whole, least, where)
        elif 0 <= whole.quantity.value <= 100:
            floor = sum_intervals(figure.quantity.interval for figure in figures).low - 100 * (len(figures) - 1)
            if whole.quantity.interval.high < floor:
                yield _make_below_finding(whole, figures, where)


def _make_above_finding(whole: Figure, least: Figure, where: str) -> Finding:
    mine, other = whole.quantity, least.quantity
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=(
            f"{where}: {mine.text} for all parts together is more than {other.text} for one part alone "
            f"({join_labels(least.cell.place.cell[-1:])})."
        ),
        quote=whole.cell.text,
        place=whole.cell.place,
        evidence=(least.cell.place,),
        computed=f"{mine.text} > {other.text}",
        readings=("the same children in every column",),
        repairs=(
            Repair(whole.cell.place, Interval(min(other.interval.high, other.value * 0), other.interval.high)),
            Repair(least.cell.place, Interval(mine.interval.low, max(mine.interval.low, mine.value * 0 + 100))),
        ),
    )


def _make_below_finding(whole: Figure, figures: list[Figure], where: str) -> Finding:
    texts = ", ".join(figure.quantity.text for figure in figures)
    floor = sum(figure.quantity.value for figure in figures) - 100 * (len(figures) - 1)
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=(
            f"{where}: with {texts} in the parts, at least {floor} must have all of them, "
            f"but {whole.quantity.text} is printed."
        ),
        quote=whole.cell.text,
        place=whole.cell.place,
        evidence=tuple(figure.cell.place for figure in figures),
        computed=f"{' + '.join(figure.quantity.text for figure in figures)} - {100 * (len(figures) - 1)} = {floor}",
        readings=("the same children in every column",),
    )
