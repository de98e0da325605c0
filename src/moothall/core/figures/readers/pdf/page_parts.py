"""Parts of a PDF page, as the reading process sends them in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from moothall.core.figures.model import Box


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """A heading. The level is 0 if the page does not give it."""

    level: int
    text: str
    box: Box | None

    def to_json(self) -> list[Any]:
        """Return the part as JSON values."""
        return ["h", self.level, self.text, self.box]


@dataclass(frozen=True, slots=True)
class ParagraphPart:
    """A paragraph or list item."""

    text: str
    label: str
    box: Box | None

    def to_json(self) -> list[Any]:
        """Return the part as JSON values."""
        return ["p", self.text, self.label, self.box]


@dataclass(frozen=True, slots=True)
class CellPart:
    """A table cell."""

    text: str
    columns: int
    rows: int
    header: bool
    box: Box | None


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table, or the part of it on one page."""

    rows: tuple[tuple[CellPart, ...], ...]
    caption: str = ""
    head: int = 0

    def to_json(self) -> list[Any]:
        """Return the part as JSON values."""
        rows = [[[c.text, c.columns, c.rows, c.header, c.box] for c in row] for row in self.rows]
        return ["t", rows, self.caption, self.head]


PagePart = HeadingPart | ParagraphPart | TablePart
