"""Passages in a row as blocks: lists from numbered paragraphs, captions to their tables, sections to pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from moothall.core.documents.readers.word.paragraphs import Item, Passage, SectionEnd
from moothall.core.documents.tree import (
    Block,
    Figure,
    Heading,
    Landscape,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Quote,
    Table,
)

_SLACK = 40  # twentieths of a point: indents that differ by less were meant to be equal


@dataclass(slots=True)
class _Item:
    """An open list item and the marker that made it."""

    passage: Passage
    blocks: list[Block | _List] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    ordered: bool
    items: list[_Item] = field(default_factory=list)


def gather(items: Sequence[Item]) -> tuple[Block, ...]:
    """The blocks of ``items``, section by section."""
    blocks: list[Block] = []
    section: list[Item] = []
    after_landscape = True
    for item in [*items, SectionEnd(landscape=False, new_page=False)]:
        if not isinstance(item, SectionEnd):
            section.append(item)
            continue
        inner = _Gatherer().gather(section)
        section = []
        if inner:
            new_page = item.new_page and not item.landscape and not after_landscape
            blocks.extend([PageBreak()] if new_page else [])
            blocks.extend([Landscape(inner)] if item.landscape else inner)
            after_landscape = item.landscape
    return tuple(blocks)


@dataclass(slots=True)
class _Gatherer:
    out: list[Block | _List] = field(default_factory=list)
    open: list[_Item] = field(default_factory=list)

    def gather(self, items: Sequence[Item]) -> tuple[Block, ...]:
        pending: Passage | None = None
        for place, item in enumerate(items):
            following = items[place + 1] if place + 1 < len(items) else None
            if isinstance(item, SectionEnd):
                continue
            if isinstance(item, Passage):
                pending = self._passage(item, following)
            else:
                self._block(_captioned(item, pending))
                pending = None
        return _closed(self.out)

    def _passage(self, passage: Passage, following: Item | None) -> Passage | None:
        """Add a passage; a caption of what follows is handed back to go with it."""
        if passage.kind == "caption":
            if isinstance(following, Table | Figure) and not self._belongs_above(passage):
                return passage
            if self._caption_above(passage):
                return None
        if passage.level is not None:
            self._block(Heading(max(passage.level, 1), passage.content, passage.label, passage.place))
        elif passage.marker is not None:
            self._list_item(passage)
        elif passage.kind == "quote":
            self._quote(passage)
        else:
            self._paragraph(passage)
        return None

    def _belongs_above(self, passage: Passage) -> bool:
        last = self.out[-1] if self.out else None
        starts_table = passage.text.lower().lstrip().startswith("table")
        return isinstance(last, Figure) and not last.caption and not starts_table

    def _caption_above(self, passage: Passage) -> bool:
        last = self.out[-1] if self.out else None
        if not isinstance(last, Table | Figure) or last.caption:
            return False
        self.out[-1] = replace(last, caption=passage.content)
        return True

    def _block(self, block: Block) -> None:
        self.open.clear()
        self.out.append(block)

    def _quote(self, passage: Passage) -> None:
        last = self.out[-1] if self.out else None
        paragraph = Paragraph(passage.content)
        if isinstance(last, Quote) and not self.open:
            self.out[-1] = Quote((*last.blocks, paragraph))
        else:
            self._block(Quote((paragraph,)))

    def _paragraph(self, passage: Passage) -> None:
        """A paragraph set in as far as an open item's text goes on with that item."""
        while self.open and passage.indent < self.open[-1].passage.indent - _SLACK:
            self.open.pop()
        if self.open and passage.indent > _SLACK:
            self.open[-1].blocks.append(Paragraph(passage.content))
        else:
            self._block(Paragraph(passage.content))

    def _list_item(self, passage: Passage) -> None:
        while self.open and not _nests(passage, self.open[-1].passage):
            self.open.pop()
        holder = self.open[-1].blocks if self.open else self.out
        ordered = passage.label is not None
        last = holder[-1] if holder else None
        if not isinstance(last, _List) or last.ordered != ordered or _nests(last.items[0].passage, passage):
            last = _List(ordered)
            holder.append(last)
        item = _Item(passage, [Paragraph(passage.content)])
        last.items.append(item)
        self.open.append(item)


def _nests(passage: Passage, above: Passage) -> bool:
    """Whether a numbered passage stands under ``above``: by level in one list, by indent across lists."""
    mine, other = passage.marker, above.marker
    if mine is None or other is None:
        return False
    if mine.scheme and mine.scheme == other.scheme:
        return mine.depth > other.depth
    return passage.indent > above.indent + _SLACK


def _captioned(block: Block, caption: Passage | None) -> Block:
    if caption is not None and isinstance(block, Table | Figure) and not block.caption:
        identity = {"id": caption.place} if isinstance(block, Table) and caption.place else {}
        return replace(block, caption=caption.content, **identity)  # type: ignore[arg-type]
    return block


def _closed(blocks: Sequence[Block | _List]) -> tuple[Block, ...]:
    return tuple(
        ListBlock(tuple(ListItem(_closed(item.blocks), item.passage.label) for item in block.items), block.ordered)
        if isinstance(block, _List)
        else block
        for block in blocks
    )
