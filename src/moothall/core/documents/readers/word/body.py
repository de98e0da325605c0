"""The body of a Word part (document, note, cell or text box) as blocks.

Headings that an author made by hand: a short bold line above ordinary text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from moothall.core.documents.inlines import Run, flatten, tidy
from moothall.core.documents.readers.word.context import Context
from moothall.core.documents.readers.word.lists import gather
from moothall.core.documents.readers.word.package import Element, q, switch, value
from moothall.core.documents.readers.word.paragraphs import Item, Passage, SectionEnd, read_paragraph, section_end
from moothall.core.documents.readers.word.tables import (
    Line,
    Slot,
    build_table,
    covers_left,
    indent_columns,
    merges,
    place,
    repeats,
    settle_columns,
    shade,
)
from moothall.core.documents.readers.word.tracked_changes import is_element
from moothall.core.documents.tree import Block, LineBreak, PageBreak
from moothall.core.documents.warnings import Caution

_LONGEST = 120
_MOST_NAMED = 5


def settle_headings(items: Sequence[Item]) -> list[Caution]:
    """Give hand-made headings their level, below the real ones where there are any; say in a caution which they are.

    Where a paper has a title (Word's Title style), all other headings move one level down.
    """
    passages = [item for item in items if isinstance(item, Passage)]
    real = any(passage.level is not None for passage in passages)
    guessed = _guessed(items)
    looks = sorted({_rank(passage) for passage in guessed})
    chosen = {id(passage) for passage in guessed}
    level = 0
    for passage in passages:
        if id(passage) not in chosen:
            level = level if passage.level is None else passage.level
            continue
        passage.level = min(level + 1 if real else looks.index(_rank(passage)) + 1, 6)
        passage.content = tidy(passage.content, _unbold)
    if any(passage.level == 0 for passage in passages):
        for passage in passages:
            passage.level = None if passage.level is None else passage.level + 1
    return [_caution(guessed)] if guessed else []


def _guessed(items: Sequence[Item]) -> list[Passage]:
    """Candidates that something else follows: two bold lines of one look in a row are an address, not headings."""
    shown = [item for item in items if not isinstance(item, SectionEnd | PageBreak)]
    looks = [_rank(item) if isinstance(item, Passage) and _stands_out(item) else None for item in shown]
    found = []
    for at, (item, look) in enumerate(zip(shown, looks, strict=True)):
        before = looks[at - 1] if at else None
        after = looks[at + 1] if at + 1 < len(looks) else look
        if isinstance(item, Passage) and look is not None and look not in (before, after):
            found.append(item)
    return found


def _stands_out(passage: Passage) -> bool:
    text = passage.text.strip()
    broken = any(isinstance(run.piece, LineBreak) for run in flatten(passage.content))
    bullet = passage.marker is not None and passage.marker.label is None
    if passage.level is not None or passage.kind or not passage.look.bold or broken or bullet:
        return False
    ends = text.endswith((".", ";", ",")) or (text.endswith(":") and len(text.split()) > 5)
    return 1 < len(text) <= _LONGEST and any(letter.isalpha() for letter in text) and not ends


def _rank(passage: Passage) -> tuple[int, bool, bool, int]:
    """Larger type first, then centred, then capitals, then the shallower number."""
    depth = passage.marker.depth + (passage.label or "").strip(".").count(".") if passage.marker else 0
    return (-passage.look.size, not passage.look.centred, not passage.look.capitals, depth)


def _unbold(run: Run) -> Run:
    return replace(run, marks=replace(run.marks, strong=False))


def _caution(guessed: list[Passage]) -> Caution:
    names = ", ".join(f"“{passage.text.strip()}”" for passage in guessed[:_MOST_NAMED])
    more = f" and {len(guessed) - _MOST_NAMED} more" if len(guessed) > _MOST_NAMED else ""
    message = (
        f"Bold lines were taken as headings, since they stand alone above text: {names}{more}; "
        "use Word's heading styles to be sure."
    )
    return Caution("headings-guessed", message)


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
