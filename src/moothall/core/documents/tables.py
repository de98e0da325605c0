"""Tables made rectangular: every slot of the grid covered by exactly one cell.

Which cells of a table are headers, and which rows are its head.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from moothall.core.documents.errors import CannotRead
from moothall.core.documents.tree import Cell, Row, Scope, Table

MOST_SLOTS = 2_000_000


@dataclass(slots=True)
class _Placed:
    """A cell at column ``x`` and row ``y`` (0-based) of its section, ``w`` columns wide and ``h`` rows high."""

    cell: Cell
    x: int
    y: int
    w: int
    h: int


def square(table: Table) -> Table:
    """``table`` as a rectangular grid.

    Spans that overlap or run out of their section are cut; columns and rows in which no cell begins are closed up;
    what is still missing is filled with empty cells. Widths that no longer fit the columns are dropped.
    Raises ``CannotRead`` for a table of more than ``MOST_SLOTS`` slots.
    """
    sections = [_place(rows) for rows in (table.head, table.body, table.foot)]
    starts = sorted({placed.x for section in sections for placed in section})
    head, body, foot = (_rebuild(section, starts) for section in sections)
    return replace(table, head=head, body=body, foot=foot, widths=_widths(table, sections, starts))


def _place(rows: Sequence[Row]) -> list[_Placed]:
    """Where the cells of a section come to stand, by HTML's rule: the next free slot from the left."""
    taken: set[tuple[int, int]] = set()
    placed: list[_Placed] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row.cells:
            while (x, y) in taken:
                x += 1
            width = _free(taken, x, y, max(cell.columns, 1))
            height = min(max(cell.rows, 1), len(rows) - y)
            if len(taken) + width * height > MOST_SLOTS:
                raise CannotRead("a table is too large to be set: split it, or publish it as a spreadsheet")
            taken.update((x + right, y + down) for right in range(width) for down in range(height))
            placed.append(_Placed(cell, x, y, width, height))
            x += width
    return placed


def _free(taken: set[tuple[int, int]], x: int, y: int, wanted: int) -> int:
    """How many columns from ``x`` on are free, up to ``wanted``."""
    return next((right for right in range(1, wanted) if (x + right, y) in taken), wanted)


def _rebuild(section: list[_Placed], starts: list[int]) -> tuple[Row, ...]:
    rows = sorted({placed.y for placed in section})
    grid: list[list[tuple[int, Cell]]] = [[] for _ in rows]
    covered: list[set[int]] = [set() for _ in rows]
    for placed in section:
        left, right = bisect_left(starts, placed.x), bisect_left(starts, placed.x + placed.w)
        top, bottom = bisect_left(rows, placed.y), bisect_left(rows, placed.y + placed.h)
        cell = replace(placed.cell, columns=right - left, rows=bottom - top)
        grid[top].append((left, cell))
        for row in range(top, bottom):
            covered[row].update(range(left, right))
    for cells, filled in zip(grid, covered, strict=True):
        cells.extend((x, Cell(())) for x in range(len(starts)) if x not in filled)
    return tuple(Row(tuple(cell for _, cell in sorted(cells, key=lambda at: at[0]))) for cells in grid)


def _widths(table: Table, sections: list[list[_Placed]], starts: list[int]) -> tuple[float, ...]:
    """The columns' widths, those of closed-up columns added to the one on their left."""
    across = max((placed.x + placed.w for section in sections for placed in section), default=0)
    if not across or len(table.widths) != across or not all(0 < width < float("inf") for width in table.widths):
        return ()
    ends = [*starts[1:], across]
    return tuple(sum(table.widths[start:end]) for start, end in zip(starts, ends, strict=True))


def columns(table: Table) -> int:
    """How many columns a rectangular ``table`` has."""
    first = next(iter((*table.head, *table.body, *table.foot)), Row(()))
    return sum(cell.columns for cell in first.cells)


def each_cell(table: Table) -> Iterator[Cell]:
    """Every cell, row by row."""
    for row in (*table.head, *table.body, *table.foot):
        yield from row.cells


_ACROSS = (Scope.COLUMN, Scope.COLUMN_GROUP)


def settle_heads(table: Table) -> Table:
    """``table`` (rectangular) with its head rows in ``head``, their cells headers, and at least one row of body.

    An empty cell is never a header: it would be read aloud as one.
    """
    if not table.head:
        table = _lift_head(table)
    if not table.body:
        table = _lower(table)
    return replace(
        table,
        head=tuple(_scoped(row, Scope.COLUMN) for row in table.head),
        body=tuple(_scoped(row, Scope.NONE) for row in table.body),
        foot=tuple(_scoped(row, Scope.NONE) for row in table.foot),
    )


def has_headers(table: Table) -> bool:
    """Whether any cell of ``table`` is a header."""
    return any(cell.is_header for cell in each_cell(table))


def _scoped(row: Row, default: Scope) -> Row:
    return Row(tuple(_scope(cell, default) for cell in row.cells))


def _scope(cell: Cell, default: Scope) -> Cell:
    if not cell.blocks:
        return replace(cell, scope=Scope.NONE)
    return replace(cell, scope=default) if not cell.is_header else cell


def _lift_head(table: Table) -> Table:
    """Leading rows that are all column headers become the head, when a body is left and no span is cut."""
    count = 0
    for row in table.body[:-1]:
        if not _heads_columns(row):
            break
        count += 1
    while count and _crosses(table.body[:count]):
        count -= 1
    return replace(table, head=table.body[:count], body=table.body[count:])


def _heads_columns(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.blocks]
    return bool(filled) and all(cell.scope in _ACROSS for cell in filled)


def _crosses(rows: tuple[Row, ...]) -> bool:
    return any(y + cell.rows > len(rows) for y, row in enumerate(rows) for cell in row.cells)


def _lower(table: Table) -> Table:
    """A table of nothing but head or foot has these rows as its body."""
    if table.head:
        return replace(table, head=(), body=table.head)
    return replace(table, body=table.foot, foot=())
