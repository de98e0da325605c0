"""The normal form of a paper: what every reader hands over and every renderer may count on.

- heading levels start at 1 (the paper's title, only if the paper has one) and never skip; headings stand at the
  top level only: elsewhere they are strong paragraphs;
- no empty blocks; running text tidied (see ``inlines``); links only to safe addresses and to ids that exist;
- tables are rectangular (``grid``) with their head rows found (``heads``);
- notes are keyed "1", "2" ... in the order in which they are called; only called notes and used images are kept.

Normalising twice changes nothing.

Heading levels that never skip, with level 1 for the paper's title alone.

What a person must still mend in a paper: tables without headers, pictures without a description.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from moothall.core.documents.inlines import Run, clean_text, plain, standing, tidy
from moothall.core.documents.sanitise import safe_href, too_deep
from moothall.core.documents.tables import each_cell, has_headers, settle_heads, square
from moothall.core.documents.tree import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    Landscape,
    ListBlock,
    ListItem,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from moothall.core.documents.walk import deeper_than, each_block, map_cells, map_content, own_content
from moothall.core.documents.warnings import Caution, Reading, gathered


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


DEEPEST_BLOCKS = 40
_ID = re.compile(r"(?!note-|call-)[A-Za-z][\w.:\-]*\Z", re.ASCII)
_ALIGNMENTS = frozenset({"left", "center", "right"})


def normalise(document: Document) -> Reading:
    """``document`` in its normal form, with cautions for what was mended and for what a person must still mend.

    Raises ``CannotRead`` for blocks nested more than ``DEEPEST_BLOCKS`` deep.
    """
    if any(deeper_than(blocks, DEEPEST_BLOCKS) for blocks in (document.blocks, *document.notes.values())):
        raise too_deep()
    mender = _Mender()
    while (mended := mender.document(document)) != document:
        document = mended
    found = (*mender.cautions, *state_cautions(document))
    return Reading(document, gathered(found))


@dataclass(slots=True)
class _Mender:
    cautions: list[Caution] = field(default_factory=list)
    targets: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    seen_ids: set[str] = field(default_factory=set)

    def document(self, document: Document) -> Document:
        """One pass of mending; a mend may make another needed (an emptied paragraph in a list), hence the loop."""
        ids = Counter(getattr(block, "id", None) for block in each_block(document.blocks))
        self.targets = frozenset(name for name in ids if name and _ID.match(name))
        self.notes = frozenset(key for key, blocks in document.notes.items() if blocks)
        self.images = frozenset(document.images)
        self.seen_ids = set()
        blocks = settle_levels(_without_idle_breaks(self._blocks(document.blocks, top=True)))
        blocks, notes = self._settle_notes(blocks, document)
        used = self._used_images(blocks, notes)
        return Document(
            blocks=blocks,
            title=clean_text(document.title).strip() or _title(blocks),
            language=document.language.strip() or "en-GB",
            notes=MappingProxyType(notes),
            images=MappingProxyType({name: document.images[name] for name in used}),
        )

    def _blocks(self, blocks: Iterable[Block], *, top: bool = False) -> tuple[Block, ...]:
        return tuple(kept for block in blocks for kept in self._block(block, top=top))

    def _block(self, block: Block, *, top: bool) -> Iterator[Block]:
        match block:
            case Heading():
                yield from self._heading(block, top=top)
            case Paragraph():
                content = self._tidy(block.content)
                yield from [Paragraph(content)] if content else []
            case ListBlock():
                yield from self._list(block)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Quote():
                inner = self._blocks(block.blocks)
                yield from [Quote(inner)] if inner else []
            case PageBreak():
                yield from [block] if top else []
            case Landscape():
                yield from self._landscape(block, top=top)

    def _tidy(self, content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if len(content) == 1 and isinstance(content[0], Text):  # as are nearly all cells
            text = clean_text(content[0].text).strip(" ")
            return (Text(text),) if text else ()
        return tidy(content, self._mend)

    def _mend(self, run: Run) -> Run | None:
        if isinstance(run.piece, NoteReference) and run.piece.note not in self.notes:
            return None
        if not run.marks.link:
            return run
        href = safe_href(run.marks.link)
        if href.startswith("#") and href[1:] not in self.targets:
            href = ""
        elif not href:
            self._caution_link(run)
        return replace(run, marks=replace(run.marks, link=href))

    def _caution_link(self, run: Run) -> None:
        words = run.piece.text if isinstance(run.piece, Text) else run.marks.link
        message = (
            f"The link “{clean_text(words).strip()[:80]}” does not lead to a web, e-mail or telephone address: "
            "its words are kept, the link is not."
        )
        self.cautions.append(Caution("link-dropped", message))

    def _heading(self, heading: Heading, *, top: bool) -> Iterator[Block]:
        content = self._tidy(heading.content)
        number = _label(heading.number)
        if not content:
            # a heading of a number alone still stands in the paper
            content, number = ((Text(number),), None) if number else ((), None)
        if not content:
            return
        if top:
            yield Heading(min(max(heading.level, 1), 6), content, number, self._id(heading.id))
        else:
            start = (Text(f"{number} "),) if number else ()
            yield Paragraph(self._tidy((Strong((*start, *content)),)))

    def _id(self, name: str | None) -> str | None:
        if name is None or not _ID.match(name) or name in self.seen_ids:
            return None
        self.seen_ids.add(name)
        return name

    def _list(self, block: ListBlock) -> Iterator[Block]:
        items = [ListItem(self._blocks(item.blocks), _label(item.label)) for item in block.items]
        if block.ordered and not any(item.label for item in items):
            items = [replace(item, label=f"{place}.") for place, item in enumerate(items, 1)]
        filled = tuple(item for item in items if item.blocks)
        if filled:
            yield ListBlock(filled, ordered=any(item.label for item in filled))

    def _table(self, table: Table) -> Iterator[Block]:
        identity = self._id(table.id)
        table = settle_heads(square(map_cells(table, self._cell)))
        caption = self._tidy(table.caption)
        if any(cell.blocks for cell in each_cell(table)):
            yield replace(table, caption=caption, id=identity)
        elif caption:
            yield Paragraph(caption)

    def _cell(self, cell: Cell) -> Cell:
        align = cell.align if cell.align in _ALIGNMENTS else ""
        return replace(cell, blocks=self._blocks(cell.blocks), align=align)

    def _figure(self, figure: Figure) -> Iterator[Block]:
        alt, caption = " ".join(clean_text(figure.alt).split()), self._tidy(figure.caption)
        if figure.image in self.images:
            yield Figure(figure.image, alt, caption, decorative=figure.decorative and not alt)
            return
        message = f"The picture “{alt or figure.image}” is not with the paper and was left out."
        self.cautions.append(Caution("picture-missing", message))
        yield from [Paragraph(caption)] if caption else []

    def _landscape(self, block: Landscape, *, top: bool) -> Iterator[Block]:
        if not top:
            yield from self._blocks(block.blocks)
            return
        inner: list[Block] = []
        for kept in self._blocks(block.blocks, top=True):
            inner.extend(kept.blocks if isinstance(kept, Landscape) else [kept])
        trimmed = _without_idle_breaks(inner)
        yield from [Landscape(trimmed)] if trimmed else []

    def _settle_notes(
        self, blocks: tuple[Block, ...], document: Document
    ) -> tuple[tuple[Block, ...], dict[str, tuple[Block, ...]]]:
        """Notes renumbered in the order of their first call; a note calls no further note."""
        if not self.notes:
            return blocks, {}
        order: dict[str, str] = {}

        def rename(run: Run) -> Run:
            if not isinstance(run.piece, NoteReference):
                return run
            key = order.setdefault(run.piece.note, str(len(order) + 1))
            return Run(NoteReference(key))

        blocks = map_content(blocks, lambda content: tidy(content, rename))
        self.notes = frozenset()
        return blocks, {key: self._blocks(document.notes[old]) for old, key in order.items()}

    def _used_images(self, blocks: tuple[Block, ...], notes: dict[str, tuple[Block, ...]]) -> list[str]:
        everything = (blocks, *notes.values())
        figures = (block for part in everything for block in each_block(part) if isinstance(block, Figure))
        return list(dict.fromkeys(figure.image for figure in figures))


def _label(label: str | None) -> str | None:
    return " ".join(clean_text(label).split()) or None if label else None


def _without_idle_breaks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Page breaks only between two blocks, and not beside landscape pages, which start anew anyhow."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, PageBreak) and (not kept or isinstance(kept[-1], PageBreak | Landscape)):
            continue
        if isinstance(block, Landscape) and kept and isinstance(kept[-1], PageBreak):
            kept.pop()
        kept.append(block)
    while kept and isinstance(kept[-1], PageBreak):
        kept.pop()
    return tuple(kept)


def _title(blocks: tuple[Block, ...]) -> str:
    first = next((block for block in blocks if isinstance(block, Heading)), None)
    return standing(own_content(first)) if first is not None and first.level == 1 else ""
