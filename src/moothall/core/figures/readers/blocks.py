"""What every reader gives to the paper builder: paragraphs, headings and tables with their lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from moothall.core.figures.model import Box


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a printed line. ``text`` starts at ``column`` of ``line``."""

    text: str
    line: int
    column: int = 0
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """A paragraph or list item. Its pieces are joined with single spaces. ``label`` is as in ``Passage``."""

    pieces: tuple[Piece, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class RawHeading:
    """A heading. If ``level`` is 0, the paper builder finds it from number, case and neighbours."""

    piece: Piece
    level: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell of a printed table. ``columns`` and ``rows`` are its spans. ``header`` is from the source."""

    piece: Piece
    columns: int = 1
    rows: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """A printed table, row by row. ``caption`` is from the source. ``head`` is its number of marked header rows."""

    rows: tuple[tuple[RawCell, ...], ...]
    caption: str = ""
    head: int = 0
    notes: tuple[str, ...] = field(default=())


Block = RawParagraph | RawHeading | RawTable
