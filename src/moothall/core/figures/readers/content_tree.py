"""Reader of Moothall's content tree (and so of Word, HTML and Markdown)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from moothall.core.documents import tree
from moothall.core.documents.tree import Document
from moothall.core.figures.readers.blocks import Block, Piece, RawCell, RawHeading, RawParagraph, RawTable

_WITH_CONTENT = (tree.Strong, tree.Emphasis, tree.Subscript, tree.Superscript, tree.Inserted, tree.Link)


def get_inline_text(content: Iterable[tree.Inline]) -> str:
    """Return the text of inlines, without footnote marks and deleted words.

    A superscript is a footnote mark unless it belongs to an ordinal.
    """
    parts = []
    for inline in content:
        if isinstance(inline, tree.Text):
            parts.append(inline.text)
        elif isinstance(inline, tree.Superscript):
            inner = get_inline_text(inline.content)
            parts.append(inner if inner.strip().lower() in ("st", "nd", "rd", "th") else " ")
        elif isinstance(inline, _WITH_CONTENT):
            parts.append(get_inline_text(inline.content))
        elif isinstance(inline, tree.LineBreak):
            parts.append(" ")
    return "".join(parts)


@dataclass(slots=True)
class ContentTreeReader:
    """Reads a document and collects its lines. Places in the paper refer to ``lines``."""

    lines: list[str] = field(default_factory=list)

    def find_blocks(self, document: Document) -> Iterator[Block]:
        """Yield the blocks of a document, notes last."""
        if document.title and not _starts_with_title(document):
            yield RawHeading(self._make_piece(document.title), 1)
        yield from self._walk_blocks(document.blocks)
        for note in document.notes.values():
            yield from self._walk_blocks(note)

    def _walk_blocks(self, blocks: Iterable[tree.Block], label: str = "") -> Iterator[Block]:
        for block in blocks:
            if isinstance(block, tree.Heading):
                text = " ".join(part for part in (block.number or "", get_inline_text(block.content)) if part)
                yield RawHeading(self._make_piece(text), block.level, block.number or "")
            elif isinstance(block, tree.Paragraph):
                yield from self._make_paragraph(get_inline_text(block.content), label)
                label = "-" if label else ""
            elif isinstance(block, tree.ListBlock):
                for item in block.items:
                    yield from self._walk_blocks(item.blocks, item.label or "-")
            elif isinstance(block, tree.Quote | tree.Landscape):
                yield from self._walk_blocks(block.blocks, label)
            elif isinstance(block, tree.Table):
                yield self._make_table(block)
            elif isinstance(block, tree.Figure):
                yield from self._make_paragraph(get_inline_text(block.caption) or block.alt, "")

    def _make_paragraph(self, text: str, label: str) -> Iterator[Block]:
        if text.strip():
            yield RawParagraph((self._make_piece(text, label),), label)

    def _make_piece(self, text: str, label: str = "") -> Piece:
        text = " ".join(text.split())
        lead = f"{label} " if label else ""
        self.lines.append(lead + text)
        return Piece(text, len(self.lines), len(lead))

    def _make_table(self, table: tree.Table) -> RawTable:
        rows = tuple(self._make_row(row) for row in (*table.head, *table.body, *table.foot))
        return RawTable(rows, get_inline_text(table.caption).strip(), head=len(table.head))

    def _make_row(self, row: tree.Row) -> tuple[RawCell, ...]:
        number, column, cells, texts = len(self.lines) + 1, 0, [], []
        for cell in row.cells:
            text = " ".join(" ".join(self._find_cell_texts(cell.blocks)).split())
            cells.append(RawCell(Piece(text, number, column), cell.columns, cell.rows, cell.is_header))
            texts.append(text)
            column += len(text) + 1
        self.lines.append("\t".join(texts))
        return tuple(cells)

    def _find_cell_texts(self, blocks: Iterable[tree.Block]) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, tree.Heading | tree.Paragraph):
                yield get_inline_text(block.content)
            elif isinstance(block, tree.ListBlock):
                for item in block.items:
                    yield from self._find_cell_texts(item.blocks)
            elif isinstance(block, tree.Quote | tree.Landscape):
                yield from self._find_cell_texts(block.blocks)


def _starts_with_title(document: Document) -> bool:
    first = document.blocks[0] if document.blocks else None
    return isinstance(first, tree.Heading) and get_inline_text(first.content).strip() == document.title.strip()
