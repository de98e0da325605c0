"""The figures of the tables by what they are of: series over years that a sentence can be set against."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from moothall.core.figures.claims.dimensions import ALL, OWN, Facets, hits, of_label, pair_of, twins, whole
from moothall.core.figures.claims.phrases import Phrases, plain
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Cell, Paper, Quantity, Section, Table, Unit
from moothall.core.figures.quantities import scan
from moothall.core.figures.vocabulary import words

LARGEST: Final = 20_000
"""Cells of the largest table whose figures are offered to sentences; larger ones are data, not exhibits."""
STRICT: Final = ("subject", "level", "measure", "row")
_SHORT_YEAR: Final = re.compile(r"^\s*(\d\d)\s*/\s*(\d\d)\s*$")
_CAVEAT: Final = re.compile(
    r"methodology|provisional|revised|restated|new measure|target|plan\b|planned|projected", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Point:
    """One cell of a series and its year (0: none printed)."""

    year: int
    cell: Cell
    caveat: bool = False

    @property
    def quantity(self) -> Quantity:
        """The figure."""
        assert self.cell.quantity is not None
        return self.cell.quantity


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one row (or column) over the years of one table; ``gap`` when they are differences of a pair.

    ``pair`` holds, for a gap, the two series that it is the difference of.
    """

    table: Table
    facets: Facets
    points: tuple[Point, ...]
    gap: bool = False
    pair: tuple[Series, Series] | None = None

    @property
    def report(self) -> str:
        """The title of the report that the table stands in."""
        return report_of(self.table.section)

    def last(self) -> Point:
        """The latest figure."""
        return self.points[-1]

    def step(self) -> tuple[Point, Point] | None:
        """The last two figures when they are of neighbouring years and of one method."""
        if len(self.points) < 2 or any(point.caveat for point in self.points[-2:]):
            return None
        before, after = self.points[-2:]
        return (before, after) if 0 < after.year - before.year <= 1 else None


def report_of(section: Section) -> str:
    """The title of the report that a section belongs to; "" outside any."""
    return next((h.text for h in section.headings if h.level == 1), "")


@lru_cache(maxsize=4096)
def years(text: str) -> tuple[int, ...]:
    """The years that a header names; an academic or financial year counts as its second."""
    short = _SHORT_YEAR.match(text)
    if short and (int(short[1]) + 1) % 100 == int(short[2]):
        return (2000 + int(short[2]),)
    periods = [q.when for q in scan(text[:120]) if q.unit is Unit.PERIOD and q.when]
    return tuple(sorted({p.last.year for p in periods if p.kind in ("year", "split year")}))


class Library:
    """Every series of a paper, found by facets."""

    def __init__(self, paper: Paper) -> None:
        self.all: list[Series] = []
        self.rows: Phrases[str] = Phrases()
        for table in paper.tables:
            if table.height * table.width <= LARGEST:
                self.all.extend(self._of_table(table))
        self.by_matter: dict[tuple[object, ...], list[Series]] = defaultdict(list)
        for series in self.all:
            self.by_matter[_matter(series.facets, series.gap)].append(series)
            row = series.facets.get("row", "")
            if _names_a_row(row):
                self.rows.add(row, row)

    def find(self, wanted: Facets, *, gap: bool = False) -> list[Series]:
        """The series that are exactly what is wanted: nothing named is missing, nothing unnamed is special."""
        named = self.by_matter.get(_matter(wanted, gap), [])
        return [series for series in named if series.facets and _is(series, wanted, gap)]

    def _of_table(self, table: Table) -> Iterator[Series]:
        above = _context(table)
        if _years_down(table):
            yield from self._of_columns(table, above)
            return
        pool: dict[tuple[tuple[str, str], ...], list[Point]] = defaultdict(list)
        order: dict[int, dict[tuple[tuple[str, str], ...], Series]] = defaultdict(dict)
        for row in table.body():
            gap = _is_gap(table, row)
            facets_of_row = self._row(table, row, above) if not gap else {}
            pool.clear()
            for column in table.columns():
                cell = table.cell(row, column)
                if cell.quantity is None:
                    continue
                facets, year, caveat = _column(table, column, facets_of_row if not gap else dict(above))
                pool[tuple(sorted(facets.items()))].append(Point(year, cell, caveat))
            for key, points in pool.items():
                made = _series(table, dict(key), points)
                if made and gap:
                    made = _as_gap(made, _pair_above(order, row, made.facets))
                if made:
                    order[row][key] = made
                    yield made

    @staticmethod
    def _of_columns(table: Table, above: Facets) -> Iterator[Series]:
        """The series of a table with its years down the side: one a column."""
        for column in table.columns():
            facets, _, caveat = _column(table, column, above)
            if "column" in facets:
                facets["row"] = facets.pop("column")
            dated = [
                (years(table.labels[row][-1]), table.cell(row, column)) for row in table.body() if table.labels[row]
            ]
            points = sorted(
                (Point(y[0], c, caveat) for y, c in dated if len(y) == 1 and c.quantity), key=lambda p: p.year
            )
            if points and len({point.year for point in points}) == len(points):
                yield Series(table, facets, tuple(points))

    @staticmethod
    def _row(table: Table, row: int, above: Facets) -> dict[str, str]:
        facets = dict(above)
        for label in table.labels[row]:
            found = of_label(label)
            facets.update(found)
            if unknown := _unknown_of(label):
                facets["row"] = unknown
        return facets


def _series(table: Table, facets: Facets, points: list[Point]) -> Series | None:
    ordered = tuple(sorted(points, key=lambda point: point.year))
    if len({point.year for point in ordered}) != len(ordered):
        return None  # two columns that the vocabulary cannot tell apart
    return Series(table, facets, ordered)


def _as_gap(series: Series, pair: tuple[Series, Series] | None) -> Series | None:
    if pair is None:
        return None
    facets = dict(series.facets) | {"group": pair_of(pair[0].facets["group"])}
    return replace(series, facets=facets, gap=True, pair=pair)


def _pair_above(
    order: Mapping[int, Mapping[tuple[tuple[str, str], ...], Series]], row: int, facets: Facets
) -> tuple[Series, Series] | None:
    rest = {dimension: value for dimension, value in facets.items() if dimension != "group"}
    found: list[Series] = []
    for above in (row - 2, row - 1):
        found += [
            series
            for series in order.get(above, {}).values()
            if {d: v for d, v in series.facets.items() if d != "group"} == rest and "group" in series.facets
        ]
    if len(found) != 2 or twins().get(found[0].facets["group"]) != found[1].facets["group"]:
        return None
    return found[0], found[1]


def _context(table: Table) -> dict[str, str]:
    facets: dict[str, str] = {}
    for text in (*table.section.path[1:], table.caption, *table.corner):
        facets.update(of_label(text))
    facets.pop("group", None)
    facets.pop("place", None)
    return facets


def _column(table: Table, column: int, facets: Facets) -> tuple[dict[str, str], int, bool]:
    found, year, caveat = dict(facets), 0, False
    for header in table.headers[column]:
        of_header = _of_header(header)
        found.update(of_header)
        named = years(header)
        year = named[0] if len(named) == 1 else year
        caveat = caveat or bool(_CAVEAT.search(header))
        if unknown := _unknown_of(header):
            found["column"] = unknown
    return found, year, caveat


def _years_down(table: Table) -> bool:
    labels = [table.labels[row][-1] for row in table.body() if table.labels[row]]
    return len(labels) > 1 and sum(len(years(label)) == 1 and len(label) < 24 for label in labels) * 2 > len(labels)


@lru_cache(maxsize=4096)
def _unknown_of(label: str) -> str:
    return _unknown(label[:300])


@lru_cache(maxsize=4096)
def _of_header(header: str) -> Facets:
    return of_label(header)


def _unknown(label: str) -> str:
    """What a header or label says beyond the vocabulary, "" when that is nothing."""
    if plain(label) in whole():
        return ""
    text = label.lower()
    named = hits(text)
    rest = "".join(" " if any(h.start <= i < h.end for h in named) else sign for i, sign in enumerate(text))
    left = [word for word in plain(rest).split() if not word[0].isdigit() and word not in words("columns", "plain")]
    if any(word in words("columns", "other") for word in left):
        return plain(label)
    whole_label = bool(of_label(label)) or bool(years(label)) or not left
    return "" if whole_label else plain(label)


def _names_a_row(label: str) -> bool:
    text = plain(label)
    return len(text) >= 6 and any(c.isalpha() for c in text) and len(text.split()) <= 12


@cache
def _gap_words() -> frozenset[str]:
    return frozenset(plain(word) for word in words("tables", "gap"))


def _is_gap(table: Table, row: int) -> bool:
    return any(plain(label) in _gap_words() for label in table.labels[row][-1:])


def _matter(facets: Facets, gap: bool) -> tuple[object, ...]:
    return gap, *(facets.get(dimension) for dimension in STRICT)


def _is(series: Series, wanted: Facets, gap: bool) -> bool:
    facets = series.facets
    if "column" in facets:
        return False
    if facets.get("place", OWN) != wanted.get("place", OWN):
        return False
    group = wanted.get("group", ALL)
    if facets.get("group", ALL) != (pair_of(group) if gap else group):
        return False
    stage, other = facets.get("stage"), wanted.get("stage")
    return stage is None or other is None or stage == other


def spread(series: Series, year: int) -> list[Interval]:
    """What a series may be in a year: for a gap both the printed figure and the difference of its pair."""
    found = [point.quantity.interval for point in series.points if point.year == year]
    if series.pair:
        one, other = ([p.quantity.interval for p in side.points if p.year == year] for side in series.pair)
        if one and other:
            found.append(abs(one[0] - other[0]))
    return found
