"""What a person must still mend in a paper: tables without headers, pictures without a description."""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.press.cautions import Caution
from moothall.core.press.tree.heads import has_headers
from moothall.core.press.tree.inlines import plain
from moothall.core.press.tree.nodes import Block, Document, Figure, Heading, Table
from moothall.core.press.tree.walk import each_block


def state_cautions(document: Document) -> Iterator[Caution]:
    """The cautions about ``document`` as it stands, in reading order."""
    heading = ""
    counts = {Table: 0, Figure: 0}
    for block in _everything(document):
        match block:
            case Heading():
                heading = " ".join(filter(None, (block.number, plain(block.content))))
            case Table():
                counts[Table] += 1
                if not has_headers(block):
                    yield _headerless(block, counts[Table], heading)
            case Figure():
                counts[Figure] += 1
                if not block.alt and not block.decorative:
                    yield _undescribed(block, counts[Figure], heading)
            case _:
                continue


def _everything(document: Document) -> Iterator[Block]:
    yield from each_block(document.blocks)
    for blocks in document.notes.values():
        yield from each_block(blocks)


def _headerless(table: Table, place: int, heading: str) -> Caution:
    name = _name("table", place, plain(table.caption), heading)
    message = (
        f"The {name} has no header cells: mark its heading row or first column as headers, "
        "so that it can be read aloud."
    )
    return Caution("table-without-headers", message, f"table {place}")


def _undescribed(figure: Figure, place: int, heading: str) -> Caution:
    name = _name("picture", place, plain(figure.caption), heading)
    message = f"The {name} has no alternative text: describe it in a sentence, or mark it as decoration."
    return Caution("picture-without-alt", message, f"picture {place}")


def _name(kind: str, place: int, caption: str, heading: str) -> str:
    """What to call the thing: by its caption, by the heading it stands under, or by its place in the paper."""
    if caption:
        return f"{kind} “{caption}”"
    ordinal = f"{place}{_ordinal_ending(place)} {kind}"
    return f"{ordinal} (under “{heading}”)" if heading else f"{ordinal} of the paper"


def _ordinal_ending(place: int) -> str:
    if place % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
