"""Cells measured in ems, and the texts of columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moothall.core.press.setting.glyphs import width, words
from moothall.core.press.setting.grid import Grid, Placed
from moothall.core.press.setting.inlines import plain_lines
from moothall.core.press.setting.numbers import is_figure_column
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
    figures = [is_figure_column(column) for column in texts]
    return [
        [_measure(placed, firm=figures[placed.column] and number >= grid.head) for placed in row]
        for number, row in enumerate(grid.rows)
    ]


def _measure(placed: Placed, *, firm: bool) -> Measure:
    """``firm``: a figure, which is never turned over to a second line."""
    bold = placed.cell.is_header
    word = line = total = 0.0
    for text, indent in _lines(placed.cell.blocks):
        length = width(text, bold=bold)
        line = max(line, length + indent)
        total += length + (indent if length < 8 else 0)
        word = max(word, indent + max((width(part, bold=bold) for part in words(text)), default=0.0))
    word = max(word, _pictures(placed.cell.blocks))
    firm = firm and placed.cell.columns == 1 and not bold
    return Measure(
        placed.column, placed.cell.columns, word + 0.1, line + 0.1, max(total, line) + 0.1, firm, placed.cell.rows
    )


def _pictures(blocks: Sequence[Block]) -> float:
    return _PICTURE if any(isinstance(block, Figure) for block in blocks) else 0.0


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
                for row in (*block.head, *block.body, *block.foot):
                    yield "  ".join(cell_text(cell) for cell in row.cells), indent + 1.0
            case _:
                pass
