"""A figure that two tables of a report print must be the same in both.

Two tables show the same thing only if at least 3 of their common figures agree: same group, subject, level, measure,
place and year. Another common figure that differs is then a finding. Different roundings of one figure are the same
figure. Handbook DAT-42.

Contradiction:
    Foundation Stage

    EYFS | 2013 | 2014
    ALL | 51 | 63
    GIRLS | 60 | 70
    BOYS | 42 | 56

    The gaps follow.

    EYFS | 2013 | 2014
    GIRLS | 60 | 70
    BOYS | 42 | 65

Agreement:
    Foundation Stage

    EYFS | 2013 | 2014
    ALL | 51 | 63
    GIRLS | 60 | 70
    BOYS | 42 | 56

    The gaps follow.

    EYFS | 2013 | 2014
    GIRLS | 60 | 70
    BOYS | 42 | 56
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from moothall.core.figures.claims.figure_values import format_number
from moothall.core.figures.claims.paper_claims import read_claims
from moothall.core.figures.claims.series import Point, Series, SeriesIndex
from moothall.core.figures.claims.statement_series import describe_series
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper

RULE = "same-series-twice"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
FEWEST: Final = 3
"""The fewest equal figures of two tables before another that differs is an error."""
MOST: Final = 40
"""The most series with the same facets in one report that are compared: more are a list."""

SharedFigure = tuple[Series, Point, Series, Point]


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every figure that two tables of one report give differently."""
    for shared_figures in _find_shared_figures(read_claims(paper).series_index):
        for _ in shared_figures:
            yield Observation("series given twice", checked=len(shared_figures) >= FEWEST)
        different = [shared for shared in shared_figures if not _is_same(shared)]
        if len(shared_figures) - len(different) >= FEWEST and len(different) * 3 <= len(shared_figures):
            for shared in different:
                yield _make_finding(shared, len(shared_figures) - len(different))


def _find_shared_figures(series_index: SeriesIndex) -> Iterator[list[SharedFigure]]:
    """Yield the figures that two tables of one report have in common, for each pair of tables."""
    by_facets: dict[tuple[str, frozenset[tuple[str, str]]], list[Series]] = defaultdict(list)
    for series in series_index.all:
        if not series.gap and "column" not in series.facets:
            by_facets[series.report, _make_facet_key(series)].append(series)
    tables: dict[tuple[int, int], list[SharedFigure]] = defaultdict(list)
    for group in by_facets.values():
        for one, other in combinations(group, 2) if len(group) <= MOST else ():
            if one.table.block != other.table.block and _is_same_row(one, other):
                tables[one.table.index, other.table.index] += _compare_points(one, other)
    yield from tables.values()


def _compare_points(one: Series, other: Series) -> Iterator[SharedFigure]:
    for point in one.points:
        for fellow in other.points:
            if _is_same_time(one, point, other, fellow):
                yield one, point, other, fellow


def _make_facet_key(series: Series) -> frozenset[tuple[str, str]]:
    return frozenset((d, v) for d, v in series.facets.items() if d != "row" and v not in ("all", "own"))


def _is_same_row(one: Series, other: Series) -> bool:
    """Return whether two row labels are equal or one starts with the other.

    Example: "points per exam" and "points per exam entry".
    """
    rows = one.facets.get("row", ""), other.facets.get("row", "")
    return rows[0] == rows[1] or (min(rows) != "" and max(rows).startswith(min(rows) + " "))


def _is_same_time(one: Series, point: Point, other: Series, fellow: Point) -> bool:
    if point.year and fellow.year:
        return point.year == fellow.year
    return (not point.year and fellow is other.get_last()) or (not fellow.year and point is one.get_last())


def _is_same(shared: SharedFigure) -> bool:
    one, other = shared[1].quantity.interval, shared[3].quantity.interval
    overlap = one.intersect(other)
    return overlap is not None and (overlap.width > 0 or one.width == 0 or other.width == 0)


def _make_finding(shared: SharedFigure, agreed: int) -> Finding:
    series, point, _, fellow = shared
    name = describe_series(dict(series.facets))
    first, second = format_number(point.quantity.value), format_number(fellow.quantity.value)
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=(
            f"{name[0].upper()}{name[1:]} is {first} on line {point.cell.place.line} but {second} here, "
            f"although {agreed} other figures in the two tables agree."
        ),
        quote=fellow.cell.text,
        place=fellow.cell.place,
        evidence=(point.cell.place,),
        computed=f"{first} and {second}",
    )
