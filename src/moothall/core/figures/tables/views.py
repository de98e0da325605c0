"""Views of a table by rows or by columns, so that one rule serves both, and the kinds of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from moothall.core.figures.model import Cell, Quantity, Table
from moothall.core.figures.vocabulary import list_words

_MARKS: Final = re.compile(r"[*†‡§¹²³:]+|\[\w+\]$|\s+$")
_SPACE: Final = re.compile(r"\s+")


@lru_cache(maxsize=20_000)
def normalise_label(text: str) -> str:
    """Return a label for comparing: lower case, single spaces, plain dashes, no footnote marks."""
    low = text.lower().replace("–", "-").replace("—", "-").replace("’", "'")
    return _SPACE.sub(" ", _MARKS.sub("", low)).strip(" .-")


@lru_cache(maxsize=50_000)
def has_kind(text: str, kind: str) -> bool:
    """Return whether a label names a figure of ``kind`` (gap, total, subtotal, all, average, change)."""
    label = normalise_label(text)
    listed = list_words("tables", kind)
    if label in listed:
        return True
    if kind in ("total", "subtotal"):
        return any(label.startswith((word + " ", word + "-", word + ":")) for word in listed)
    if kind in ("gap", "change"):
        return any(label.endswith(" " + word) or label.startswith((word + " ", word + "(")) for word in listed)
    return False


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell with a figure, and that figure."""

    cell: Cell
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row or column of figures: its path of labels and its cells. All lines of a view have equal length."""

    index: int
    path: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        """Return the innermost label."""
        return self.path[-1] if self.path else ""

    def get_quantity(self, nth: int) -> Quantity | None:
        """Return the figure at a place along the line, or None."""
        return self.cells[nth].quantity

    def get_figure(self, nth: int) -> Figure | None:
        """Return the cell and its figure at a place along the line, or None."""
        cell = self.cells[nth]
        return Figure(cell, cell.quantity) if cell.quantity else None

    def has_kind(self, kind: str) -> bool:
        """Return whether the label of the line names a derived figure of ``kind``."""
        return has_kind(self.label, kind)

    @property
    def is_derived(self) -> bool:
        """Return whether the label names any figure derived from other lines."""
        return any(self.has_kind(kind) for kind in ("gap", "total", "subtotal", "average", "change"))


@dataclass(frozen=True, slots=True)
class TableView:
    """The lines of a table in one direction. ``cross`` has the path of each place along them."""

    table: Table
    lines: tuple[TableLine, ...]
    cross: tuple[tuple[str, ...], ...]
    across: bool  # True: the lines are columns

    @property
    def length(self) -> int:
        """Return the number of places along each line."""
        return len(self.cross)


def make_views(table: Table) -> Iterator[TableView]:
    """Yield the table by rows, then by columns."""
    columns, body = tuple(table.value_columns), tuple(table.body_rows)
    rows = tuple(TableLine(r, table.labels[r], tuple(table.get_cell(r, c) for c in columns)) for r in body)
    yield TableView(table, rows, tuple(table.headers[c] for c in columns), across=False)
    lines = tuple(TableLine(c, table.headers[c], tuple(table.get_cell(r, c) for r in body)) for c in columns)
    yield TableView(table, lines, tuple(table.labels[r] for r in body), across=True)
