"""Alignment of cells in short rows, because spreadsheets leave empty cells out of PDF tags."""

from __future__ import annotations

from collections.abc import Sequence

from moothall.core.figures.model import Box
from moothall.core.figures.readers.pdf.page_parts import CellPart

Row = tuple[CellPart, ...]
_EMPTY = CellPart("", 1, 1, False, None)


def align_cells(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, with empty cells added where a row is shorter than the table."""
    widths = [sum(cell.columns for cell in row) for row in rows]
    most = max(widths, default=0)
    covered = any(cell.rows > 1 for row in rows for cell in row)
    if most < 2 or covered or min(widths) == most:
        return tuple(rows)
    columns = _find_column_spans([row for row, width in zip(rows, widths, strict=True) if width == most], most)
    if any(column is None for column in columns):
        return tuple(rows)
    known = [column for column in columns if column]
    return tuple(row if width == most else _place_cells(row, known) for row, width in zip(rows, widths, strict=True))


def _find_column_spans(full: Sequence[Row], most: int) -> list[tuple[float, float] | None]:
    """Return the left and right end of the text in each column of the full rows, or None if it has none."""
    found: list[tuple[float, float] | None] = [None] * most
    for row in full:
        nth = 0
        for cell in row:
            if cell.box and cell.columns == 1:
                before = found[nth]
                found[nth] = (
                    (min(before[0], cell.box[0]), max(before[1], cell.box[2])) if before else (cell.box[0], cell.box[2])
                )
            nth += cell.columns
    return found


def _place_cells(row: Row, columns: list[tuple[float, float]]) -> Row:
    """Return the cells of a short row under their columns, in order. Return the row unchanged if they do not fit."""
    filled = [cell for cell in row if cell.box]
    cells = [_EMPTY] * len(columns)
    first = 0
    for left, cell in zip(range(len(filled), 0, -1), filled, strict=True):
        choices = range(first, len(columns) - left + 1)
        if not choices or cell.box is None:
            return row
        box = cell.box
        nth = min(choices, key=lambda n: _measure_distance(columns[n], box))
        cells[nth] = CellPart(cell.text, 1, 1, cell.header, box)
        first = nth + 1
    return tuple(cells)


def _measure_distance(column: tuple[float, float], box: Box) -> float:
    """Return the distance of a box from a column: minus their overlap, or the distance of their right ends."""
    overlap = min(column[1], box[2]) - max(column[0], box[0])
    return -overlap if overlap > 0 else abs(column[1] - box[2])
