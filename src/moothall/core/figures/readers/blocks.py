"""What every reader hands to the assembly: paragraphs, headings and tables, each with its lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from moothall.core.figures.model import Box


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a printed line: ``text`` stands at ``column`` of ``line``."""

    text: str
    line: int
    column: int = 0
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """A paragraph or list item; its pieces are joined with single spaces. ``label`` as ``Passage.label``."""

    pieces: tuple[Piece, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class RawHeading:
    """A heading; ``level`` 0 leaves it to the assembly to find the level from number, case and neighbours."""

    piece: Piece
    level: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell of a printed table; ``columns`` and ``rows`` are its spans; ``header`` when the source says so."""

    piece: Piece
    columns: int = 1
    rows: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """A printed table, row by row; ``caption`` where the source gives one; ``head`` counts its marked header rows."""

    rows: tuple[tuple[RawCell, ...], ...]
    caption: str = ""
    head: int = 0
    notes: tuple[str, ...] = field(default=())


Block = RawParagraph | RawHeading | RawTable
