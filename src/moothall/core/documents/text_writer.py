"""The tree as plain text: for search, for comparing, for reading without any layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from moothall.core.documents.inlines import Run, flatten
from moothall.core.documents.tree import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    Landscape,
    LineBreak,
    ListBlock,
    ListItem,
    NoteReference,
    Paragraph,
    Quote,
    Row,
    Table,
    Text,
)


def to_text(document: Document) -> str:
    """``document`` as text: one block a line, table rows with tabs between cells, list labels and bullets kept.

    Words that an amendment takes out are set apart, ``[deleted: ...]``; those that it puts in stand. A picture gives
    its alternative text and caption; notes stand at the end, ``[1]`` where they are called.
    """
    lines = list(_lines(document.blocks))
    for key, blocks in document.notes.items():
        lines.append(f"[{key}] " + " ".join(_lines(blocks)))
    return "".join(f"{line}\n" for line in lines)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield " ".join(filter(None, (block.number, _text(block.content))))
            case Paragraph():
                yield _text(block.content)
            case ListBlock():
                for item in block.items:
                    yield from _item(item, ordered=block.ordered)
            case Table():
                yield from _table(block)
            case Figure():
                yield from filter(None, (block.alt, _text(block.caption)))
            case Quote() | Landscape():
                yield from _lines(block.blocks)
            case _:
                continue


def _item(item: ListItem, *, ordered: bool) -> Iterator[str]:
    label = item.label if item.label is not None else "" if ordered else "•"
    lines = list(_lines(item.blocks)) or [""]
    yield f"{label} {lines[0]}".strip()
    yield from lines[1:]


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield _text(table.caption)
    yield from (_row(row) for row in (*table.head, *table.body, *table.foot))


def _row(row: Row) -> str:
    return "\t".join(_cell(cell) for cell in row.cells)


def _cell(cell: Cell) -> str:
    return " ".join(_lines(cell.blocks)).replace("\t", " ")


def _text(content: Iterable[Inline]) -> str:
    pieces = []
    for deleted, runs in groupby(flatten(content), lambda run: run.marks.change == "deleted"):
        text = "".join(_piece(run) for run in runs)
        pieces.append(f"[deleted: {text.strip()}]{text[len(text.rstrip()) :]}" if deleted and text.strip() else text)
    return "".join(pieces)


def _piece(run: Run) -> str:
    match run.piece:
        case Text():
            return run.piece.text
        case LineBreak():
            return " "
        case NoteReference():
            return f"[{run.piece.note}]"
