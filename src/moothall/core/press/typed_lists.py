"""Lists in the texts of a meeting file: paragraphs that begin with (a), (b), (c), as letters and agendas have them."""

from __future__ import annotations

from collections.abc import Sequence

from moothall.core.press.tree.labels import styled
from moothall.core.press.tree.nodes import Block, ListBlock, ListItem, Paragraph, Text

_STYLES = ("a", "i", "1")


def with_lists(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks`` with a list in place of two paragraphs or more that count from (a), (i) or (1), one by one."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        items = max((_run(blocks[at:], style) for style in _STYLES), key=len)
        if len(items) > 1:
            out.append(ListBlock(tuple(items), ordered=True))
            at += len(items)
        else:
            out.append(blocks[at])
            at += 1
    return tuple(out)


def _run(blocks: Sequence[Block], style: str) -> list[ListItem]:
    items: list[ListItem] = []
    for number, block in enumerate(blocks, start=1):
        item = _item(block, f"({styled(number, style)})")
        if item is None:
            break
        items.append(item)
    return items


def _item(block: Block, label: str) -> ListItem | None:
    if not isinstance(block, Paragraph) or not block.content:
        return None
    first, *others = block.content
    if not isinstance(first, Text) or not first.text.startswith(f"{label} "):
        return None
    rest = Text(first.text.removeprefix(label).lstrip())
    return ListItem((Paragraph((rest, *others)),), label)
