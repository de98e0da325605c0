"""Columns that an author made with tabs: lines in a row, each with as many tabbed columns, are a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from moothall.core.press.cautions import Caution
from moothall.core.press.readers.word.passages import Item, Passage
from moothall.core.press.tree.inlines import Run, plain, tidy
from moothall.core.press.tree.nodes import Block, Cell, Inline, Paragraph, Row, Scope, Table

# Two columns are a label and what it says, as on a form, and read well as a line.
_FEWEST_COLUMNS, _FEWEST_LINES = 3, 3


def settle_columns(items: Sequence[Item]) -> tuple[list[Item], list[Caution]]:
    """``items`` with a table in place of lines in columns, and what is to be said of it."""
    out: list[Item] = []
    made = 0
    for count, group in groupby(items, _columns):
        run = list(group)
        if count < _FEWEST_COLUMNS or len(run) < _FEWEST_LINES:
            out += run
            continue
        out.append(_table([each for each in run if isinstance(each, Passage)]))
        made += 1
    return out, [_caution(made)] if made else []


def _columns(item: Item) -> int:
    plain_line = isinstance(item, Passage) and item.marker is None and item.level is None and not item.kind
    return len(item.columns) if plain_line and isinstance(item, Passage) else 0


def _table(lines: Sequence[Passage]) -> Table:
    rows = [_row(line) for line in lines]
    headed = lines[0].look.bold and not any(line.look.bold for line in lines[1:-1])
    if not headed:
        return Table(tuple(rows))
    head = Row(tuple(replace(cell, blocks=_plain(cell), scope=Scope.COLUMN) for cell in rows[0].cells))
    return Table(tuple(rows[1:]), (head,))


def _row(line: Passage) -> Row:
    return Row(tuple(Cell(tuple(_blocks(column))) for column in line.columns))


def _blocks(content: tuple[Inline, ...]) -> Iterator[Block]:
    if plain(content).strip():
        yield Paragraph(content)


def _plain(cell: Cell) -> tuple[Block, ...]:
    return tuple(Paragraph(tidy(block.content, _unbold)) for block in cell.blocks if isinstance(block, Paragraph))


def _unbold(run: Run) -> Run:
    return replace(run, marks=replace(run.marks, strong=False))


def _caution(made: int) -> Caution:
    what = "Lines in columns were" if made == 1 else f"{made} groups of lines in columns were"
    message = f"{what} taken as a table, since they are parted by tabs: make a table in Word to be sure."
    return Caution("columns-guessed", message)
