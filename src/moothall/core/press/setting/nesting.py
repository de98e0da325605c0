"""How deep a paper's structure may go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moothall.core.press.errors import CannotSet
from moothall.core.press.tree.nodes import Block, Landscape, ListBlock, Quote, Table

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
