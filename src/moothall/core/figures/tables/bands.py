"""Bands of a printed table, each with its own header rows. Each band is a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from moothall.core.figures.tables.grid import Grid, GridCell, RowKind, classify_row, is_figure, is_year

MOST_HEADERS = 4


@dataclass(slots=True)
class Band:
    """Row numbers of a grid that make one table: titles, header rows, and body rows with their kind."""

    titles: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    kinds: dict[int, RowKind] = field(default_factory=dict)


def find_bands(grid: Grid, marked: int = 0) -> list[Band]:
    """Return the bands of a grid. The source marks the first ``marked`` rows as headers."""
    kinds = [classify_row(row) for row in grid]
    for nth in range(marked):
        if kinds[nth] is not RowKind.BLANK:
            kinds[nth] = RowKind.HEADER
    start = _find_top_band(grid, kinds, marked)
    found = [start]
    row = max([-1, *start.titles, *start.headers]) + 1
    while row < len(grid):
        band = found[-1]
        stop = _find_new_band(grid, kinds, row, band) if band.body else None
        if stop is not None:
            found.append(stop)
            row = max(stop.titles + stop.headers) + 1
            continue
        kind = kinds[row]
        if kind is RowKind.HEADER:
            kind = RowKind.REPEAT if _repeats_header(grid, row, band) else RowKind.DATA
        band.body.append(row)
        band.kinds[row] = kind
        row += 1
    return [band for band in found if band.body]


def _find_top_band(grid: Grid, kinds: list[RowKind], marked: int) -> Band:
    """Return the titles and headers before the first row of data, if they are few."""
    first = next((n for n, kind in enumerate(kinds) if kind is RowKind.DATA), None)
    if first is None:
        return Band()
    lead = [n for n in range(first) if kinds[n] in (RowKind.TITLE, RowKind.HEADER)]
    headers = [n for n in lead if kinds[n] is RowKind.HEADER]
    form = len(grid[0]) == 2 and not marked and not _is_header_of_figures(grid, headers, first)
    if len(headers) > MOST_HEADERS or (headers and form):
        headers = headers[:1] if len(grid[0]) > 2 else []
        return Band(headers=headers)
    titles = [n for n in lead if kinds[n] is RowKind.TITLE and (not headers or n < headers[0])]
    under = [n for n in lead if kinds[n] is RowKind.TITLE and headers and n > headers[-1]]
    if not headers:
        titles, under = titles[: max(0, len(titles))], []
    if under:  # a group heading directly below the headers belongs to the body
        return Band(titles, headers, list(under), dict.fromkeys(under, RowKind.TITLE))
    return Band(titles, headers)


def _is_header_of_figures(grid: Grid, headers: list[int], first: int) -> bool:
    """Return whether the header rows of a two-column table head figures, as opposed to a form."""
    return len(headers) == 1 and is_figure(grid[first][1].text) and len(grid) - first >= 2


def _find_new_band(grid: Grid, kinds: list[RowKind], row: int, band: Band) -> Band | None:
    """Return the band that starts at ``row``, or None if the row continues the current one."""
    titles = []
    while row < len(grid) and kinds[row] in (RowKind.TITLE, RowKind.BLANK):
        if kinds[row] is RowKind.TITLE:
            titles.append(row)
        row += 1
    headers: list[int] = []
    while row < len(grid) and kinds[row] is RowKind.HEADER and len(headers) < MOST_HEADERS:
        headers.append(row)
        row += 1
    data = next((n for n in range(row, min(row + 3, len(grid))) if kinds[n] is RowKind.DATA), None)
    if not headers or data is None:
        return None
    if not titles and all(_repeats_header(grid, header, band) for header in headers):
        return None
    return Band(titles, headers) if _is_header(grid, headers, data) else None


def _repeats_header(grid: Grid, row: int, band: Band) -> bool:
    """Return whether a row repeats a header row of the band."""
    return any(_are_similar(grid[row], grid[header]) for header in band.headers)


def _are_similar(one: Sequence[GridCell], two: Sequence[GridCell]) -> bool:
    pairs = [(a.text.lower(), b.text.lower()) for a, b in zip(one, two, strict=True) if a.text or b.text]
    same = sum(a == b for a, b in pairs)
    return bool(pairs) and pairs[0][0] == pairs[0][1] and same * 2 >= len(pairs)


def _is_header(grid: Grid, headers: list[int], data: int) -> bool:
    """Return whether rows of text among data are headers: short, and above every figure of the next row."""
    texts = [cell.text for header in headers for cell in grid[header] if cell.text]
    if any(len(text) > 60 for text in texts):
        return False
    over = [" ".join(grid[h][c].text for h in headers).strip() for c in range(len(grid[0]))]
    beyond = [text for text in over[1:] if text]
    if len(beyond) < (1 if all(is_year(text) for text in beyond) else 2):
        return False
    filled = 0
    for column, cell in enumerate(grid[data]):
        if column and is_figure(cell.text):
            if not over[column] and not (len(headers) > 1 and any(over[:column])):
                return False
            filled += 1
    return filled > 0
