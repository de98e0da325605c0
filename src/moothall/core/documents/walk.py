"""Ways through the tree that every part needs: all blocks in reading order, all running text changed.

How deep a paper's structure may go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from moothall.core.documents.errors import CannotSet
from moothall.core.documents.tree import (
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    Landscape,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Table,
)

Content = tuple[Inline, ...]


def children(block: Block) -> Iterator[tuple[Block, ...]]:
    """The block sequences held directly by ``block``."""
    match block:
        case ListBlock():
            yield from (item.blocks for item in block.items)
        case Table():
            for row in (*block.head, *block.body, *block.foot):
                yield from (cell.blocks for cell in row.cells)
        case Quote() | Landscape():
            yield block.blocks
        case _:
            return


def each_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, outer before inner, in reading order."""
    for block in blocks:
        yield block
        for inner in children(block):
            yield from each_block(inner)


def deeper_than(blocks: tuple[Block, ...], most: int) -> bool:
    """Whether any block stands inside more than ``most`` others. Needs no deep stack, unlike all that follows it."""
    level = [blocks]
    for _ in range(most + 1):
        level = [inner for part in level for block in part for inner in children(block) if inner]
        if not level:
            return False
    return True


def own_content(block: Block) -> Content:
    """The running text that belongs to ``block`` itself: a heading's, a paragraph's, a caption."""
    match block:
        case Heading() | Paragraph():
            return block.content
        case Table() | Figure():
            return block.caption
        case _:
            return ()


def map_content(blocks: Iterable[Block], change: Callable[[Content], Content]) -> tuple[Block, ...]:
    """``blocks`` with ``change`` applied to all running text."""
    return tuple(_mapped(block, change) for block in blocks)


def _mapped(block: Block, change: Callable[[Content], Content]) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, content=change(block.content))
        case Figure():
            return replace(block, caption=change(block.caption))
        case ListBlock():
            items = tuple(replace(item, blocks=map_content(item.blocks, change)) for item in block.items)
            return replace(block, items=items)
        case Quote() | Landscape():
            return replace(block, blocks=map_content(block.blocks, change))
        case Table():
            return map_cells(
                replace(block, caption=change(block.caption)),
                lambda cell: replace(cell, blocks=map_content(cell.blocks, change)),
            )
        case _:
            return block


def map_cells(table: Table, change: Callable[[Cell], Cell]) -> Table:
    """``table`` with ``change`` applied to each cell."""

    def rows(section: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(Row(tuple(change(cell) for cell in row.cells)) for row in section)

    return replace(table, head=rows(table.head), body=rows(table.body), foot=rows(table.foot))


DEEPEST = 10
"""Lists, tables and quotations inside one another; the compiler's own limit is not far beyond."""


def refuse_deep(blocks: Sequence[Block]) -> None:
    """CannotSet when ``blocks`` are nested deeper than any page can show."""
    waiting: list[tuple[Block, int]] = [(block, 0) for block in blocks]
    while waiting:
        block, depth = waiting.pop()
        if depth > DEEPEST:
            raise CannotSet(
                f"Lists, tables and quotations are nested more than {DEEPEST} deep; make the structure flatter."
            )
        waiting.extend((inner, depth + 1) for inner in inner_blocks(block))


def inner_blocks(block: Block) -> Iterator[Block]:
    """The blocks directly inside ``block``: of its items, cells or the quotation."""
    match block:
        case ListBlock():
            yield from (inner for item in block.items for inner in item.blocks)
        case Quote() | Landscape():
            yield from block.blocks
        case Table():
            rows = (*block.head, *block.body, *block.foot)
            yield from (inner for row in rows for cell in row.cells for inner in cell.blocks)
        case _:
            pass
