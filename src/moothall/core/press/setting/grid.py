"""A table's cells in their places: spans clipped, collisions moved on, holes filled, so that every grid is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from moothall.core.press.tree.nodes import Cell, Row, Table

_FILLER = Cell(())


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and the column where it starts; its spans fit the grid."""

    cell: Cell
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table; the first ``head`` rows head it, the last ``foot`` rows end it."""

    rows: tuple[tuple[Placed, ...], ...]
    columns: int
    head: int
    foot: int

    @property
    def body(self) -> range:
        """The numbers of the rows between head and foot."""
        return range(self.head, len(self.rows) - self.foot)


def lay(table: Table) -> Grid:
    """Place every cell of ``table``. Spans end where their group of rows (head, body, foot) ends."""
    groups = [_clip(group) for group in (table.head, table.body, table.foot)]
    places = [_place(group) for group in groups]
    columns = max((cell.column + cell.cell.columns for group in places for row in group for cell in row), default=0)
    rows = [row for group in places for row in _filled(group, columns)]
    return Grid(tuple(rows), columns, len(table.head), len(table.foot))


def _clip(rows: Sequence[Row]) -> list[list[Cell]]:
    return [
        [
            replace(cell, rows=max(1, min(cell.rows, len(rows) - number)), columns=max(1, cell.columns))
            for cell in row.cells
        ]
        for number, row in enumerate(rows)
    ]


def _place(rows: Sequence[Sequence[Cell]]) -> list[list[Placed]]:
    """Columns as HTML finds them: each cell in the first free place, spans from above keeping theirs."""
    taken: list[set[int]] = [set() for _ in rows]
    placed: list[list[Placed]] = []
    for number, row in enumerate(rows):
        line: list[Placed] = []
        column = 0
        for cell in row:
            while column in taken[number]:
                column += 1
            span = _free(taken[number], column, cell.columns)
            height = _free_below(taken, number, range(column, column + span), cell.rows)
            for below in range(number, number + height):
                taken[below].update(range(column, column + span))
            line.append(Placed(replace(cell, columns=span, rows=height), column))
            column += span
        placed.append(line)
    return placed


def _free(taken: set[int], column: int, span: int) -> int:
    """How many of ``span`` columns from ``column`` are free."""
    return next((width for width in range(span) if column + width in taken), span)


def _free_below(taken: Sequence[set[int]], number: int, columns: range, height: int) -> int:
    return next((step for step in range(1, height) if taken[number + step].intersection(columns)), height)


def _filled(rows: Sequence[Sequence[Placed]], columns: int) -> list[tuple[Placed, ...]]:
    """The rows with an empty cell in every hole."""
    covered: list[set[int]] = [set() for _ in rows]
    for number, row in enumerate(rows):
        for placed in row:
            for below in range(number, number + placed.cell.rows):
                covered[below].update(range(placed.column, placed.column + placed.cell.columns))
    return [
        tuple(
            sorted(
                [*row, *(Placed(_FILLER, column) for column in range(columns) if column not in covered[number])],
                key=lambda placed: placed.column,
            )
        )
        for number, row in enumerate(rows)
    ]
