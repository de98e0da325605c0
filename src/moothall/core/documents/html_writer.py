"""The tree as an HTML fragment: the documented subset (docs/reference/content.md), and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from moothall.core.documents.sanitise import safe_href
from moothall.core.documents.tree import (
    Block,
    Cell,
    Deleted,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Inserted,
    Landscape,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)

_TAGS: dict[type, str] = {
    Strong: "strong",
    Emphasis: "em",
    Subscript: "sub",
    Superscript: "sup",
    Deleted: "del",
    Inserted: "ins",
}


def _same(name: str) -> str:
    return name


def to_html(document: Document, *, shift: int = 0, image_url: Callable[[str], str] = _same) -> str:
    """``document`` as an HTML fragment that ``parse_html`` reads back to an equal tree.

    ``shift`` is added to heading levels (never past h6); ``image_url`` gives the address for an image's name.
    """
    writer = _Writer(shift=shift, image_url=image_url)
    body = "".join(writer.block(block) + "\n" for block in document.blocks)
    return body + writer.notes(document)


@dataclass(slots=True)
class _Writer:
    shift: int
    image_url: Callable[[str], str]
    called: set[str] = field(default_factory=set)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                html = self._heading(block)
            case Paragraph():
                html = f"<p>{self._inlines(block.content)}</p>"
            case ListBlock():
                html = self._list(block)
            case Table():
                html = self._table(block)
            case Figure():
                html = self._figure(block)
            case Quote():
                html = f"<blockquote>\n{self._blocks(block.blocks)}</blockquote>"
            case PageBreak():
                html = '<hr class="page-break">'
            case Landscape():
                html = f'<section class="landscape">\n{self._blocks(block.blocks)}</section>'
        return html

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(self.block(block) + "\n" for block in blocks)

    def _flow(self, blocks: tuple[Block, ...]) -> str:
        """The inside of a cell or item: a lone paragraph needs no ``p``."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return self._inlines(blocks[0].content)
        return f"\n{self._blocks(blocks)}" if blocks else ""

    def _heading(self, heading: Heading) -> str:
        tag = f"h{min(heading.level + self.shift, 6)}"
        number = _number(heading.number)
        attributes = _attributes(id=heading.id) + (_attributes(data_number=heading.number))
        return f"<{tag}{attributes}>{number}{self._inlines(heading.content)}</{tag}>"

    def _list(self, block: ListBlock) -> str:
        # Safari's VoiceOver forgets that a list without markers is a list unless it says so
        start, end = ('<ol class="numbered" role="list">', "</ol>") if block.ordered else ("<ul>", "</ul>")
        items = "".join(self._item(item, ordered=block.ordered) for item in block.items)
        return f"{start}\n{items}{end}"

    def _item(self, item: ListItem, *, ordered: bool) -> str:
        if not ordered:
            return f"<li>{self._flow(item.blocks)}</li>\n"
        attributes = _attributes(data_number=item.label or "")
        return f"<li{attributes}>{_number(item.label)}{self._flow(item.blocks)}</li>\n"

    def _table(self, table: Table) -> str:
        caption = f"<caption>{self._inlines(table.caption)}</caption>\n" if table.caption else ""
        sections = "".join(
            f"<{tag}>\n{''.join(self._row(row) for row in rows)}</{tag}>\n"
            for tag, rows in (("thead", table.head), ("tbody", table.body), ("tfoot", table.foot))
            if rows
        )
        return f"<table{_attributes(id=table.id)}>\n{caption}{_columns(table.widths)}{sections}</table>"

    def _row(self, row: Row) -> str:
        return f"<tr>{''.join(self._cell(cell) for cell in row.cells)}</tr>\n"

    def _cell(self, cell: Cell) -> str:
        tag = "th" if cell.is_header else "td"
        attributes = _attributes(
            scope=str(cell.scope) or None,
            colspan=str(cell.columns) if cell.columns > 1 else None,
            rowspan=str(cell.rows) if cell.rows > 1 else None,
            class_=f"align-{cell.align}" if cell.align else None,
        )
        return f"<{tag}{attributes}>{self._flow(cell.blocks)}</{tag}>"

    def _figure(self, figure: Figure) -> str:
        missing = "missing" if not figure.alt and not figure.decorative else None
        image = _attributes(src=self.image_url(figure.image), alt=figure.alt, data_alt=missing)
        caption = f"<figcaption>{self._inlines(figure.caption)}</figcaption>" if figure.caption else ""
        return f"<figure><img{image}>{caption}</figure>"

    def _inlines(self, content: Iterable[Inline]) -> str:
        return "".join(self._inline(inline) for inline in content)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return escape(inline.text, quote=False)
            case LineBreak():
                return "<br>"
            case NoteReference():
                return self._call(inline.note)
            case Link():
                href = safe_href(inline.href) or None
                return f"<a{_attributes(href=href)}>{self._inlines(inline.content)}</a>"
            case _:
                tag = _TAGS[type(inline)]
                return f"<{tag}>{self._inlines(inline.content)}</{tag}>"

    def _call(self, note: str) -> str:
        first = note not in self.called
        self.called.add(note)
        attributes = _attributes(id=f"call-{note}" if first else None, href=f"#note-{note}", role="doc-noteref")
        return f'<sup class="note"><a{attributes}><span class="visually-hidden">Note </span>{escape(note)}</a></sup>'

    def notes(self, document: Document) -> str:
        """The notes at the end, each with its way back."""
        if not document.notes:
            return ""
        items = "".join(self._note(key, blocks) for key, blocks in document.notes.items())
        return f'<section class="notes" role="doc-endnotes" aria-label="Notes">\n<ol>\n{items}</ol>\n</section>\n'

    def _note(self, key: str, blocks: tuple[Block, ...]) -> str:
        back = _attributes(href=f"#call-{key}", role="doc-backlink", aria_label=f"Back to note {key} in the text")
        return f"<li{_attributes(id=f'note-{key}')}>{self._flow(blocks)} <a{back}>↩</a></li>\n"


def _number(number: str | None) -> str:
    return f'<span class="number">{escape(number, quote=False)}</span> ' if number else ""


def _width(part: float) -> str:
    """A class and no style, which a strict content security policy would not let through: w1 to w100, in percent."""
    return f"w{min(max(round(100 * part), 1), 100)}"


def _columns(widths: tuple[float, ...]) -> str:
    if not widths:
        return ""
    whole = sum(widths) or 1
    columns = "".join(f"<col{_attributes(class_=_width(width / whole), data_width=repr(width))}>" for width in widths)
    return f"<colgroup>{columns}</colgroup>\n"


def _attributes(**values: str | None) -> str:
    return "".join(_attribute_pairs(values))


def _attribute_pairs(values: dict[str, str | None]) -> Iterator[str]:
    for name, value in values.items():
        if value is not None:
            yield f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
