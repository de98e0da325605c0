"""The body of a Word part (document, note, cell or text box) as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.press.readers.word.changes import is_element
from moothall.core.press.readers.word.columns import settle_columns
from moothall.core.press.readers.word.context import Context
from moothall.core.press.readers.word.gathering import gather
from moothall.core.press.readers.word.headings import settle_headings
from moothall.core.press.readers.word.names import Element, q, switch, value
from moothall.core.press.readers.word.passages import Item, read_paragraph, section_end
from moothall.core.press.readers.word.tables import (
    Line,
    Slot,
    build_table,
    covers_left,
    indent_columns,
    merges,
    place,
    repeats,
    shade,
)
from moothall.core.press.tree.nodes import Block


def read_body(context: Context, body: Element) -> tuple[Block, ...]:
    """The blocks of the document's own body, hand-made headings found."""
    items, told = settle_columns(list(_items(context, body)))
    context.cautions.extend((*told, *settle_headings(items)))
    return gather(items)


def read_inside(context: Context, element: Element) -> tuple[Block, ...]:
    """The blocks of a cell, note or text box; what looks like a heading there is a strong paragraph."""
    return gather(list(_items(context, element)))


def _items(context: Context, element: Element) -> Iterator[Item]:
    for part in element:
        if not is_element(part):
            continue
        if part.tag == q("w:p"):
            yield from read_paragraph(context, part, read_inside)
        elif part.tag == q("w:tbl"):
            yield from _table(context, part)
        elif part.tag == q("w:sectPr"):
            yield section_end(part)
        elif part.tag == q("w:altChunk"):
            context.tally["imports"] += 1


def _table(context: Context, element: Element) -> Iterator[Item]:
    lines = _lines(context, element)
    slots = [slot for line in lines for slot in line.slots]
    if len(slots) == 1:
        # a frame around text is no table
        yield from slots[0].blocks
    elif slots:
        yield build_table(context, element, lines)


def _lines(context: Context, element: Element) -> list[Line]:
    lines: list[Line] = []
    running: dict[int, Slot] = {}
    for row in element.findall(q("w:tr")):
        if switch(row, "w:trPr/w:hidden"):
            context.paragraph += sum(1 for _ in row.iter(q("w:p")))
            context.hide("hidden", " ".join(text.text or "" for text in row.iter(q("w:t"))))
            continue
        line, begun = Line(repeats=repeats(row)), dict[int, Slot]()
        if indent_columns(row):
            line.slots.append(Slot(0, indent_columns(row), ()))
        for x, width, cell in place(row):
            above = running.get(x)
            if covers_left(cell) and line.slots:
                line.slots[-1].width += width
            elif merges(cell) == "continue" and above is not None and above.width == width:
                above.rows += 1
                begun[x] = above
            else:
                slot = Slot(x, width, read_inside(context, cell), _align(cell), shade(cell))
                line.slots.append(slot)
                begun.update({x: slot} if merges(cell) else {})
        running = begun
        lines.append(line)
    return lines


def _align(cell: Element) -> str:
    """The side to which a cell's text is set, when all its paragraphs agree."""
    sides = {value(paragraph, "w:pPr/w:jc") or "" for paragraph in cell.findall(q("w:p"))}
    side = sides.pop() if len(sides) == 1 else ""
    return {"center": "center", "right": "right", "end": "right"}.get(side, "")
