"""A report as one web page: each finding with its passage or table, and the figures marked.

The page has no scripts and loads nothing, so it can be sent and kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from moothall.core.figures.findings import Finding, Report, Severity
from moothall.core.figures.model import Cell, Paper, Place, Table
from moothall.core.figures.reports.text_report import describe_place

ROWS = 45  # rows: a longer table shows only the rows near the marked ones
LONGEST = 1200  # characters of a passage shown around the marks


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A part of a passage. ``mark`` is "", "found" or "evidence"."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of the report. ``mark`` is as in ``MarkedText``. ``head`` is "col", "row" or ""."""

    text: str
    mark: str
    head: str


@dataclass(frozen=True, slots=True)
class TableExcerpt:
    """A table, or its rows near the marks. ``cut`` is true if rows are left out."""

    caption: str
    rows: tuple[tuple[CellView, ...], ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding with what the page shows for it. ``pictures`` are data URIs with alternative texts."""

    finding: Finding
    where: str
    passages: tuple[tuple[str, tuple[MarkedText, ...]], ...]
    tables: tuple[TableExcerpt, ...]
    pictures: tuple[tuple[str, str], ...]


def render_html(paper: Paper, report: Report, *, pictures: Mapping[Place, str] | None = None) -> str:
    """Return the report of ``paper`` as a web page. ``pictures`` are images of places, as data URIs."""
    shown = [_make_card(paper, finding, pictures or {}) for finding in report.findings]
    counts = Counter(finding.severity.word for finding in report.findings)
    return (
        _create_environment()
        .get_template("report.html")
        .render(
            paper=paper,
            findings=shown,
            counts=[(each.word, counts[each.word]) for each in sorted(Severity, reverse=True) if counts[each.word]],
            coverage=_list_coverage(report),
            meanings=MEANINGS,
        )
    )


MEANINGS = {
    "error": "cannot be true under any reading of the words or any rounding",
    "improbable": "could only be true at the very edge of rounding",
    "suspicious": "cannot be true if two figures are about the same people or year, as they seem to be",
    "rounding": "differs, but rounding explains it",
}


def _list_coverage(report: Report) -> list[tuple[str, int, int]]:
    coverage = report.coverage
    return [(kind, count, coverage.checked[kind]) for kind, count in sorted(coverage.recognised.items())]


def _make_card(paper: Paper, finding: Finding, pictures: Mapping[Place, str]) -> FindingCard:
    places = (finding.place, *finding.evidence)
    marks = {place: "found" if place == finding.place else "evidence" for place in reversed(places)}
    return FindingCard(
        finding,
        describe_place(finding.place),
        tuple(_find_passages(paper, marks)),
        tuple(_find_tables(paper, marks)),
        tuple(
            (pictures[place], f"The passage on {describe_place(place)}, marked")
            for place in places
            if place in pictures
        ),
    )


def _find_passages(paper: Paper, marks: Mapping[Place, str]) -> Iterator[tuple[str, tuple[MarkedText, ...]]]:
    """Yield each line that has a marked place outside tables, with all its marks."""
    lines: dict[int, list[tuple[int, int, str]]] = {}
    for place, mark in marks.items():
        if not place.cell and 0 < place.line <= len(paper.lines):
            lines.setdefault(place.line, []).append((place.start, place.end, mark))
    for line in sorted(lines, key=lambda each: (min(mark != "found" for *_, mark in lines[each]), each)):
        page = paper.find_page(line)
        label = f"page {page}, line {line}" if page is not None else f"line {line}"
        yield label, tuple(_mark_passage(paper.lines[line - 1], sorted(lines[line])))


def _mark_passage(text: str, marks: list[tuple[int, int, str]]) -> Iterator[MarkedText]:
    first, last = marks[0][0], max(end for _, end, _ in marks)
    at, stop = max(0, first - LONGEST // 2), min(len(text), last + LONGEST // 2)
    if at:
        yield MarkedText("… ")
    for start, end, mark in marks:
        if start < at or end <= start:
            continue
        yield MarkedText(text[at:start])
        yield MarkedText(text[start:end], mark)
        at = end
    yield MarkedText(text[at:stop] + (" …" if stop < len(text) else ""))


def _find_tables(paper: Paper, marks: Mapping[Place, str]) -> Iterator[TableExcerpt]:
    wanted = {(place.line, place.cell): mark for place, mark in marks.items() if place.cell}
    if not wanted:
        return
    lines = {line for line, _ in wanted}
    for table in paper.tables:
        if any(cell.place.line in lines for row in table.rows for cell in row[:1]):
            found = {cell.key: mark for cell, mark in _find_marked_cells(table, wanted)}
            if found:
                yield _make_excerpt(table, found)


def _find_marked_cells(table: Table, wanted: Mapping[tuple[int, tuple[str, ...]], str]) -> Iterator[tuple[Cell, str]]:
    for row in table.rows:
        for cell in row:
            if cell.place.cell and (mark := wanted.get((cell.place.line, cell.place.cell))):
                yield cell, mark


def _make_excerpt(table: Table, marks: Mapping[tuple[int, int], str]) -> TableExcerpt:
    rows = range(table.height) if table.height <= ROWS else _find_near_rows(table, {row for row, _ in marks})
    return TableExcerpt(
        table.caption,
        tuple(tuple(_make_cell_view(table, cell, marks) for cell in table.rows[row]) for row in rows),
        len(rows) < table.height,
    )


def _find_near_rows(table: Table, marked: Iterable[int]) -> list[int]:
    near = {row for each in marked for row in range(each - 3, each + 4)} | set(range(table.header_rows))
    return sorted(row for row in near if 0 <= row < table.height)


def _make_cell_view(table: Table, cell: Cell, marks: Mapping[tuple[int, int], str]) -> CellView:
    head = "col" if cell.row < table.header_rows else "row" if cell.column < table.label_columns else ""
    return CellView(cell.text, marks.get(cell.key, ""), head)


@cache
def _create_environment() -> Environment:
    folder: Any = resources.files("moothall.core.figures.reports").joinpath("templates")
    return Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
