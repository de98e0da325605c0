"""One figure printed in two tables of a report must be the same in both.

Two tables are taken to show the same thing only when at least three of their common figures (same group, subject,
level, measure, place and year) agree; the one that then does not agree is the finding. Different roundings of one
figure are the same figure. Handbook DAT-42.

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

from moothall.core.figures.claims.figure_values import number
from moothall.core.figures.claims.paper_claims import reading
from moothall.core.figures.claims.series import Library, Point, Series
from moothall.core.figures.claims.statement_series import called
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper

RULE = "same-series-twice"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
FEWEST: Final = 3
"""Figures that two tables must share before a fourth that differs is an error."""
MOST: Final = 40
"""Series of one matter in one report that are set against each other: more are a list of their own kind."""

Meeting = tuple[Series, Point, Series, Point]


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every figure that two tables of one report give differently."""
    for meetings in _meetings(reading(paper).library):
        for _ in meetings:
            yield Seen("series given twice", checked=len(meetings) >= FEWEST)
        apart = [meeting for meeting in meetings if not _same(meeting)]
        if len(meetings) - len(apart) >= FEWEST and len(apart) * 3 <= len(meetings):
            for meeting in apart:
                yield _finding(meeting, len(meetings) - len(apart))


def _meetings(shelf: Library) -> Iterator[list[Meeting]]:
    """The common figures of every two tables of one report."""
    alike: dict[tuple[str, frozenset[tuple[str, str]]], list[Series]] = defaultdict(list)
    for series in shelf.all:
        if not series.gap and "column" not in series.facets:
            alike[series.report, _facets(series)].append(series)
    tables: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for group in alike.values():
        for one, other in combinations(group, 2) if len(group) <= MOST else ():
            if one.table.block != other.table.block and _one_row(one, other):
                tables[one.table.index, other.table.index] += _common(one, other)
    yield from tables.values()


def _common(one: Series, other: Series) -> Iterator[Meeting]:
    for point in one.points:
        for fellow in other.points:
            if _one_time(one, point, other, fellow):
                yield one, point, other, fellow


def _facets(series: Series) -> frozenset[tuple[str, str]]:
    return frozenset((d, v) for d, v in series.facets.items() if d != "row" and v not in ("all", "own"))


def _one_row(one: Series, other: Series) -> bool:
    """One label, or one that the other begins with ("points per exam", "points per exam entry")."""
    rows = one.facets.get("row", ""), other.facets.get("row", "")
    return rows[0] == rows[1] or (min(rows) != "" and max(rows).startswith(min(rows) + " "))


def _one_time(one: Series, point: Point, other: Series, fellow: Point) -> bool:
    if point.year and fellow.year:
        return point.year == fellow.year
    return (not point.year and fellow is other.last()) or (not fellow.year and point is one.last())


def _same(meeting: Meeting) -> bool:
    one, other = meeting[1].quantity.interval, meeting[3].quantity.interval
    shared = one.within(other)
    return shared is not None and (shared.width > 0 or one.width == 0 or other.width == 0)


def _finding(meeting: Meeting, agreed: int) -> Finding:
    series, point, _, fellow = meeting
    name = called(dict(series.facets))
    first, second = number(point.quantity.value), number(fellow.quantity.value)
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=(
            f"{name[0].upper()}{name[1:]} is {first} at line {point.cell.place.line} and {second} here; "
            f"{agreed} other figures of the two tables agree."
        ),
        quote=fellow.cell.text,
        place=fellow.cell.place,
        evidence=(point.cell.place,),
        computed=f"{first} and {second}",
    )
