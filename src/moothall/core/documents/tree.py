"""The nodes of the content tree: frozen, comparable, without behaviour.

A ``Document`` is a sequence of blocks; blocks hold inlines or further blocks. Everything is immutable, so that
equal papers are equal values and can be cached by content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain text. Never empty in a normalised tree."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong importance (bold)."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress emphasis (italic)."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    """Text set below the line."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Superscript:
    """Text set above the line."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """Words that an amendment takes out, shown struck through: they do not stand."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Inserted:
    """Words that an amendment puts in, shown underlined."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink; ``href`` is http, https, mailto, tel, or ``#`` and the id of a heading or table."""

    href: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break inside a block."""


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The place in the text where the footnote ``note`` (a key of ``Document.notes``) is called."""

    note: str


Inline = Text | Strong | Emphasis | Subscript | Superscript | Deleted | Inserted | Link | LineBreak | NoteReference


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 (the paper's title) to 6; ``number`` is its printed number, such as ``5`` or ``4.1``."""

    level: int
    content: tuple[Inline, ...]
    number: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item. ``label`` is the number exactly as printed: ``5.1``, ``(a)``, ``iv.``; None for a bullet."""

    blocks: tuple[Block, ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list: ordered when its items carry printed labels, otherwise bulleted.

    A council's numbered paragraphs (5.1, 5.2 ...) are an ordered list whose labels are kept as printed.
    """

    items: tuple[ListItem, ...]
    ordered: bool = False


class Scope(StrEnum):
    """What a header cell is a header of (HTML ``scope``; ``NONE`` for a data cell)."""

    NONE = ""
    COLUMN = "col"
    ROW = "row"
    COLUMN_GROUP = "colgroup"
    ROW_GROUP = "rowgroup"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``scope`` other than NONE makes it a header. Spans count columns and rows, 1 or more."""

    blocks: tuple[Block, ...]
    scope: Scope = Scope.NONE
    columns: int = 1
    rows: int = 1
    align: str = ""  # "", "left", "center", "right"

    @property
    def is_header(self) -> bool:
        """Whether the cell heads a row or column."""
        return self.scope is not Scope.NONE


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. Cells covered by a span from the left or from above are absent, as in HTML."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``head`` rows repeat on every page it runs over; ``foot`` rows (totals) stand at the end.

    ``widths`` are relative column widths (any positive unit) or empty when the setter decides.
    """

    body: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    caption: tuple[Inline, ...] = ()
    widths: tuple[float, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: ``image`` is a key of ``Document.images``.

    ``alt`` is "" for decoration (``decorative``), or when nobody has described the picture yet.
    """

    image: str
    alt: str
    caption: tuple[Inline, ...] = ()
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Start a new page here."""


@dataclass(frozen=True, slots=True)
class Landscape:
    """Blocks set on landscape pages of their own."""

    blocks: tuple[Block, ...]


Block = Heading | Paragraph | ListBlock | Table | Figure | Quote | PageBreak | Landscape


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper.

    ``notes`` maps a footnote's key to its blocks; ``images`` maps an image's name (sha-256 hex and suffix, such as
    ``ab12….png``) to its bytes (PNG, JPEG, GIF, WebP or SVG).
    """

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = "en-GB"
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=lambda: MappingProxyType({}))
    images: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
