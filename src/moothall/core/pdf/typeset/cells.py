"""Cells measured in ems, and the texts of columns.

Which table columns hold figures, and how far their decimals reach.

A table's cells in their places: spans clipped, collisions moved on, holes filled, so that every grid is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from moothall.core.documents.tree import (
    Block,
    Cell,
    Figure,
    Heading,
    Landscape,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Table,
)
from moothall.core.pdf.typeset.column_widths import Measure
from moothall.core.pdf.typeset.glyphs import width, words
from moothall.core.pdf.typeset.inlines import plain_lines

_FIGURE = re.compile(
    r"\(?[-+−–]?\s?[£$€]?\s?[-+−–]?(?P<whole>\d[\d,\u00a0\u202f ]*)(?P<tail>\.\d*)?\s?(?P<unit>%|pp|[kKmM]|bn)?\)?\*?"
)
_PLAINLY_NONE = frozenset({"-", "–", "—", "n/a", "na", "nil"})
_NO_FIGURE = _PLAINLY_NONE | {"", "*", "..", "x", "c", "tbc", "†", "supp", "low"}
_SHARE = 0.6


def is_figure(text: str) -> bool:
    """Whether a cell's whole text is one figure: ``1,204``, ``£3.5m``, ``-0.7``, ``95%``, ``(12)``."""
    return bool(_FIGURE.fullmatch(text.strip()))


def stands_for_none(text: str) -> bool:
    """Whether a cell says that there is no figure: empty, a dash, ``n/a``, a suppression mark."""
    return text.strip().lower() in _NO_FIGURE


def figure_columns(columns: Sequence[Sequence[str]]) -> list[bool]:
    """Which columns (the texts of their body cells) are figures.

    Most cells are, and the rest say that there is none. A single figure makes a column only beside another column of
    figures, or where its other cells say plainly that there is none.
    """
    found = [_figures(texts) > 0 and _are_figures(texts) for texts in columns]
    return found if sum(found) > 1 else [each and _is_firm(texts) for each, texts in zip(found, columns, strict=True)]


def _figures(texts: Sequence[str]) -> int:
    return sum(is_figure(text) for text in texts)


def _none(texts: Sequence[str]) -> int:
    return sum(text.strip().lower() in _PLAINLY_NONE for text in texts)


def _are_figures(texts: Sequence[str]) -> bool:
    figures, empty = _figures(texts), sum(stands_for_none(text) for text in texts)
    return figures + empty == len(texts) and figures >= _SHARE * (len(texts) - texts.count("") - _none(texts))


def _is_firm(texts: Sequence[str]) -> bool:
    return _figures(texts) + _none(texts) > 1


def tails(texts: Sequence[str]) -> list[float]:
    """The space in ems to leave after each text, so that right-aligned figures stand point under point."""
    reaches = [_reach(text) for text in texts]
    furthest = max(reaches, default=0.0)
    return [round(furthest - reach, 3) if is_figure(text) else 0.0 for text, reach in zip(texts, reaches, strict=True)]


def _reach(text: str) -> float:
    """The width of what stands after the last whole digit."""
    match = _FIGURE.fullmatch(text.strip())
    if match is None:
        return 0.0
    return width(text.strip()[match.end("whole") :]) if match.end("whole") else 0.0


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
    yield from ((line, indent) for line in plain_lines(table.caption))
    for row in (*table.head, *table.body, *table.foot):
        yield "  ".join(cell_text(cell) for cell in row.cells), indent + _INNER_INSETS
