"""A paper's content as it stands in a web page of the pack."""

from __future__ import annotations

import re
from dataclasses import replace

from moothall.core.documents.html_writer import to_html
from moothall.core.documents.tree import Block, Cell, Document, Heading, Landscape, Table
from moothall.core.documents.walk import map_cells


def fragment(document: Document) -> str:
    """The content as HTML below a heading with the paper's title: headings one level down, wide tables scroll, and
    columns of figures stand to the right.

    The tree is sanitised on its way in and written with escapes, so the fragment is safe to show.
    """
    blocks = document.blocks[1:] if _starts_with_title(document) else document.blocks
    shown = Document(
        tuple(map(_with_figures_right, blocks)), document.title, document.language, document.notes, document.images
    )
    return _scrolling(to_html(shown, shift=1, image_url=lambda name: f"images/{name}"))


def _starts_with_title(document: Document) -> bool:
    return bool(document.blocks) and isinstance(document.blocks[0], Heading) and document.blocks[0].level == 1


def _with_figures_right(block: Block) -> Block:
    """A table whose columns of figures are set to the right, with their headings, as they are on paper."""
    match block:
        case Landscape():
            return replace(block, blocks=tuple(map(_with_figures_right, block.blocks)))
        case Table():
            return _figures_right(block)
        case _:
            return block


def _figures_right(table: Table) -> Table:
    # a pack made again needs none of these modules
    from moothall.core.pdf.typeset.cells import column_texts, figure_columns, lay  # noqa: PLC0415

    grid = lay(table)
    figures = figure_columns(column_texts(grid))
    places = iter([placed.column for row in grid.rows for placed in row])
    cells = sum(len(row.cells) for row in (*table.head, *table.body, *table.foot))
    if cells != sum(map(len, grid.rows)):
        return table

    def right(cell: Cell) -> Cell:
        is_figure = figures[next(places)] and cell.columns == 1
        return replace(cell, align="right") if is_figure else cell

    return map_cells(table, right)


def _scrolling(html: str) -> str:
    """Each table in a box of its own that scrolls sideways, reachable from the keyboard."""
    count = 0

    def box(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'<div class="wide" role="group" aria-label="Table {count}" tabindex="0"><table'

    return re.sub(r"<table(?=[\s>])", box, html).replace("</table>", "</table></div>")
