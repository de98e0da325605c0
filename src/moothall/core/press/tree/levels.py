"""Heading levels that never skip, with level 1 for the paper's title alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from moothall.core.press.tree.nodes import Block, Heading, Landscape


def settle_levels(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """``blocks`` with heading levels settled.

    Each heading stands one below the nearest heading before it that was of a higher rank. The outermost level is 1
    when there is one such heading and it was a level 1 without a number (the paper's title), otherwise 2: the title
    is then elsewhere (``Document.title``).
    """
    headings = list(_headings(blocks))
    depths = _depths([heading.level for heading in headings])
    titled = depths.count(1) == 1 and headings[0].level == 1 and not headings[0].number
    levels = iter([min(depth + (not titled), 6) for depth in depths])
    return tuple(_relevelled(block, levels) for block in blocks)


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Landscape):
            yield from _headings(block.blocks)


def _depths(levels: list[int]) -> list[int]:
    above: list[int] = []
    depths = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        depths.append(len(above))
    return depths


def _relevelled(block: Block, levels: Iterator[int]) -> Block:
    if isinstance(block, Heading):
        return replace(block, level=next(levels))
    if isinstance(block, Landscape):
        return Landscape(tuple(_relevelled(inner, levels) for inner in block.blocks))
    return block
