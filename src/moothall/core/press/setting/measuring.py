"""Cells measured in ems, and the texts of columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moothall.core.press.setting.glyphs import width, words
from moothall.core.press.setting.grid import Grid, Placed
from moothall.core.press.setting.inlines import plain_lines
from moothall.core.press.setting.numbers import figure_columns
from moothall.core.press.setting.widths import Measure
from moothall.core.press.tree.nodes import (
    Block,
    Cell,
    Figure,
    Heading,
    Landscape,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)

_LIST_INDENT = 1.6
_PICTURE = 8.0
_LONGEST_INNER = 8.0
_INNER_INSETS = 1.2


def cell_text(cell: Cell) -> str:
    """The text of a cell in one line."""
    return " ".join(text for text, _ in _lines(cell.blocks)).strip()


def column_texts(grid: Grid) -> list[list[str]]:
    """By column: the texts of the single data cells below the head (totals count as figures too)."""
    texts: list[list[str]] = [[] for _ in range(grid.columns)]
    for row in grid.rows[grid.head :]:
        for placed in row:
            if placed.cell.columns == 1 and not placed.cell.is_header:
                texts[placed.column].append(cell_text(placed.cell))
    return texts


def measures(grid: Grid, texts: Sequence[Sequence[str]]) -> list[list[Measure]]:
    """Every cell of ``grid`` measured; ``texts`` are its ``column_texts``."""
    figures = figure_columns(texts)
    return [
        [_measure(placed, firm=figures[placed.column] and number >= grid.head) for placed in row]
        for number, row in enumerate(grid.rows)
    ]


def _measure(placed: Placed, *, firm: bool) -> Measure:
    """``firm``: a figure, which is never turned over to a second line."""
    cell, bold = placed.cell, placed.cell.is_header
    word = _solid(cell.blocks)
    line = total = 0.0
    parts = 0
    for text, indent in _lines(cell.blocks):
        parts += 1
        length = width(text, bold=bold)
        line = max(line, length + indent)
        total += length + (indent if length < 8 else 0)
        word = max(word, indent + max((width(part, bold=bold) for part in words(text)), default=0.0))
    firm = firm and cell.columns == 1 and not bold
    line, total = max(line, word) + 0.1, max(total, line, word) + 0.1
    return Measure(placed.column, cell.columns, word + 0.1, line, total, firm, cell.rows, max(parts, 1))


def _solid(blocks: Sequence[Block]) -> float:
    """The width that pictures and inner tables want at the least."""
    widest = 0.0
    for block in blocks:
        match block:
            case Figure():
                widest = max(widest, _PICTURE)
            case ListBlock():
                widest = max(widest, *(_solid(item.blocks) + _LIST_INDENT for item in block.items), 0.0)
            case Quote() | Landscape():
                widest = max(widest, _solid(block.blocks))
            case Table():
                rows = (*block.head, *block.body, *block.foot)
                widest = max(widest, *(sum(map(_cell_solid, row.cells)) for row in rows), 0.0)
            case _:
                pass
    return widest


def _cell_solid(cell: Cell) -> float:
    texts = [part for text, _ in _lines(cell.blocks) for part in words(text)]
    longest = max((width(text) for text in texts), default=0.5)
    return max(min(longest, _LONGEST_INNER), _solid(cell.blocks)) + _INNER_INSETS


def _lines(blocks: Sequence[Block], indent: float = 0.0) -> Iterator[tuple[str, float]]:
    """The texts of blocks, each with its indent in ems."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from ((line, indent) for line in plain_lines(block.content))
            case ListBlock():
                for item in block.items:
                    yield from _lines(item.blocks, indent + max(_LIST_INDENT, width(item.label or "") + 0.6))
            case Quote() | Landscape():
                yield from _lines(block.blocks, indent)
            case Table():
                yield from _table_lines(block, indent)
            case _:
                pass


def _table_lines(table: Table, indent: float) -> Iterator[tuple[str, float]]:
    for row in (*table.head, *table.body, *table.foot):
        yield "  ".join(cell_text(cell) for cell in row.cells), indent + _INNER_INSETS
