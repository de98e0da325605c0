"""The figures of tables as series over years, which sentences can be compared with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from moothall.core.figures.claims.dimensions import (
    ALL,
    OWN,
    Facets,
    find_matches,
    find_pair,
    index_labels,
    map_complements,
    read_label,
)
from moothall.core.figures.claims.phrases import PhraseIndex, normalise_text
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Cell, Paper, Quantity, Section, Table, Unit
from moothall.core.figures.quantities import find_quantities
from moothall.core.figures.vocabulary import list_words

LARGEST: Final = 20_000
"""The most cells of a table that sentences are compared with: larger tables are data, not exhibits."""
STRICT: Final = ("subject", "level", "measure", "row")
_SHORT_YEAR: Final = re.compile(r"^\s*(\d\d)\s*/\s*(\d\d)\s*$")
_CAVEAT: Final = re.compile(
    r"methodology|provisional|revised|restated|new measure|target|plan\b|planned|projected", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Point:
    """One cell of a series and its year (0 if none is printed)."""

    year: int
    cell: Cell
    caveat: bool = False

    @property
    def quantity(self) -> Quantity:
        """Return the figure of the cell."""
        assert self.cell.quantity is not None
        return self.cell.quantity


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one row or column over the years of one table.

    ``gap`` is true if they are differences of a pair. ``pair`` is then the two series that were subtracted.
    """

    table: Table
    facets: Facets
    points: tuple[Point, ...]
    gap: bool = False
    pair: tuple[Series, Series] | None = None

    @property
    def report(self) -> str:
        """Return the title of the report that has the table."""
        return find_report(self.table.section)

    def get_last(self) -> Point:
        """Return the latest figure."""
        return self.points[-1]

    def find_last_step(self) -> tuple[Point, Point] | None:
        """Return the last two figures if their years are adjacent and the method is the same."""
        if len(self.points) < 2 or any(point.caveat for point in self.points[-2:]):
            return None
        before, after = self.points[-2:]
        return (before, after) if 0 < after.year - before.year <= 1 else None


def find_report(section: Section) -> str:
    """Return the title of the report that a section belongs to, or "" if none."""
    return next((h.text for h in section.headings if h.level == 1), "")


@lru_cache(maxsize=4096)
def find_years(text: str) -> tuple[int, ...]:
    """Return the years that a header names. An academic or financial year counts as its second year."""
    short = _SHORT_YEAR.match(text)
    if short and (int(short[1]) + 1) % 100 == int(short[2]):
        return (2000 + int(short[2]),)
    periods = [q.when for q in find_quantities(text[:120]) if q.unit is Unit.PERIOD and q.when]
    return tuple(sorted({p.last.year for p in periods if p.kind in ("year", "split year")}))


class SeriesIndex:
    """Every series of a paper, found by facets."""

    def __init__(self, paper: Paper) -> None:
        self.all: list[Series] = []
        self.rows: PhraseIndex[str] = PhraseIndex()
        for table in paper.tables:
            if table.height * table.width <= LARGEST:
                self.all.extend(self._read_table(table))
        self.by_matter: dict[tuple[object, ...], list[Series]] = defaultdict(list)
        for series in self.all:
            self.by_matter[_make_key(series.facets, series.gap)].append(series)
            row = series.facets.get("row", "")
            if _is_row_name(row):
                self.rows.add(row, row)

    def find(self, wanted: Facets, *, gap: bool = False) -> list[Series]:
        """Return the series that match the facets exactly: the same values, and no others."""
        named = self.by_matter.get(_make_key(wanted, gap), [])
        return [series for series in named if series.facets and _is_match(series, wanted, gap)]

    def _read_table(self, table: Table) -> Iterator[Series]:
        above = _read_context(table)
        if _has_years_down(table):
            yield from self._read_columns(table, above)
            return
        pool: dict[tuple[tuple[str, str], ...], list[Point]] = defaultdict(list)
        order: dict[int, dict[tuple[tuple[str, str], ...], Series]] = defaultdict(dict)
        for row in table.body_rows:
            gap = _is_gap(table, row)
            facets_of_row = self._read_row_facets(table, row, above) if not gap else {}
            pool.clear()
            for column in table.value_columns:
                cell = table.get_cell(row, column)
                if cell.quantity is None:
                    continue
                facets, year, caveat = _read_column(table, column, facets_of_row if not gap else dict(above))
                pool[tuple(sorted(facets.items()))].append(Point(year, cell, caveat))
            for key, points in pool.items():
                made = _make_series(table, dict(key), points)
                if made and gap:
                    made = _make_gap(made, _find_pair_above(order, row, made.facets))
                if made:
                    order[row][key] = made
                    yield made

    @staticmethod
    def _read_columns(table: Table, above: Facets) -> Iterator[Series]:
        """Yield the series of a table whose rows are years, one for each column."""
        for column in table.value_columns:
            facets, _, caveat = _read_column(table, column, above)
            if "column" in facets:
                facets["row"] = facets.pop("column")
            dated = [
                (find_years(table.labels[row][-1]), table.get_cell(row, column))
                for row in table.body_rows
                if table.labels[row]
            ]
            points = sorted(
                (Point(y[0], c, caveat) for y, c in dated if len(y) == 1 and c.quantity), key=lambda p: p.year
            )
            if points and len({point.year for point in points}) == len(points):
                yield Series(table, facets, tuple(points))

    @staticmethod
    def _read_row_facets(table: Table, row: int, above: Facets) -> dict[str, str]:
        facets = dict(above)
        for label in table.labels[row]:
            found = read_label(label)
            facets.update(found)
            if unknown := _find_unknown(label):
                facets["row"] = unknown
        return facets


def _make_series(table: Table, facets: Facets, points: list[Point]) -> Series | None:
    ordered = tuple(sorted(points, key=lambda point: point.year))
    if len({point.year for point in ordered}) != len(ordered):
        return None  # the vocabulary cannot distinguish two columns
    return Series(table, facets, ordered)


def _make_gap(series: Series, pair: tuple[Series, Series] | None) -> Series | None:
    if pair is None:
        return None
    facets = dict(series.facets) | {"group": find_pair(pair[0].facets["group"])}
    return replace(series, facets=facets, gap=True, pair=pair)


def _find_pair_above(
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
    if len(found) != 2 or map_complements().get(found[0].facets["group"]) != found[1].facets["group"]:
        return None
    return found[0], found[1]


def _read_context(table: Table) -> dict[str, str]:
    facets: dict[str, str] = {}
    for text in (*table.section.path[1:], table.caption, *table.corner):
        facets.update(read_label(text))
    facets.pop("group", None)
    facets.pop("place", None)
    return facets


def _read_column(table: Table, column: int, facets: Facets) -> tuple[dict[str, str], int, bool]:
    found, year, caveat = dict(facets), 0, False
    for header in table.headers[column]:
        of_header = _read_header(header)
        found.update(of_header)
        named = find_years(header)
        year = named[0] if len(named) == 1 else year
        caveat = caveat or bool(_CAVEAT.search(header))
        if unknown := _find_unknown(header):
            found["column"] = unknown
    return found, year, caveat


def _has_years_down(table: Table) -> bool:
    labels = [table.labels[row][-1] for row in table.body_rows if table.labels[row]]
    return len(labels) > 1 and sum(len(find_years(label)) == 1 and len(label) < 24 for label in labels) * 2 > len(
        labels
    )


@lru_cache(maxsize=4096)
def _find_unknown(label: str) -> str:
    return _find_unknown_words(label[:300])


@lru_cache(maxsize=4096)
def _read_header(header: str) -> Facets:
    return read_label(header)


def _find_unknown_words(label: str) -> str:
    """Return the normalised label if it has words outside the vocabulary, otherwise ""."""
    if normalise_text(label) in index_labels():
        return ""
    text = label.lower()
    named = find_matches(text)
    rest = "".join(" " if any(h.start <= i < h.end for h in named) else sign for i, sign in enumerate(text))
    left = [
        word
        for word in normalise_text(rest).split()
        if not word[0].isdigit() and word not in list_words("columns", "plain")
    ]
    if any(word in list_words("columns", "other") for word in left):
        return normalise_text(label)
    whole_label = bool(read_label(label)) or bool(find_years(label)) or not left
    return "" if whole_label else normalise_text(label)


def _is_row_name(label: str) -> bool:
    text = normalise_text(label)
    return len(text) >= 6 and any(c.isalpha() for c in text) and len(text.split()) <= 12


@cache
def _list_gap_words() -> frozenset[str]:
    return frozenset(normalise_text(word) for word in list_words("tables", "gap"))


def _is_gap(table: Table, row: int) -> bool:
    return any(normalise_text(label) in _list_gap_words() for label in table.labels[row][-1:])


def _make_key(facets: Facets, gap: bool) -> tuple[object, ...]:
    return gap, *(facets.get(dimension) for dimension in STRICT)


def _is_match(series: Series, wanted: Facets, gap: bool) -> bool:
    facets = series.facets
    if "column" in facets:
        return False
    if facets.get("place", OWN) != wanted.get("place", OWN):
        return False
    group = wanted.get("group", ALL)
    if facets.get("group", ALL) != (find_pair(group) if gap else group):
        return False
    stage, other = facets.get("stage"), wanted.get("stage")
    return stage is None or other is None or stage == other


def list_intervals(series: Series, year: int) -> list[Interval]:
    """Return the possible values of a series in a year. For a gap, add the difference of its pair."""
    found = [point.quantity.interval for point in series.points if point.year == year]
    if series.pair:
        one, other = ([p.quantity.interval for p in side.points if p.year == year] for side in series.pair)
        if one and other:
            found.append(abs(one[0] - other[0]))
    return found
