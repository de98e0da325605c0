"""Which cells of a table are headers, and which rows are its head."""

from __future__ import annotations

from dataclasses import replace

from moothall.core.press.tree.grid import each_cell
from moothall.core.press.tree.nodes import Cell, Row, Scope, Table

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
