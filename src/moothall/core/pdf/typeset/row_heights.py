"""How tall the rows of a table are, and which of its cells must be able to break at the end of a page.

Typst prints a row that may not break below the edge of the page when it is taller than the page. So a row, or a group
of merged rows, is only held together where the greatest height that it can have is well under a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moothall.core.pdf.typeset.cells import Grid
from moothall.core.pdf.typeset.column_widths import Measure, Plan
from moothall.core.pdf.typeset.glyphs import width

_LINE = 1.35  # ems from one line to the next, half the space between paragraphs included
INSET = 9.0  # above and below the content of a cell, with the line
_HELD = 0.4  # the share of a page that rows held together may take: estimates can be wrong by a factor of two
_HEAD = 0.5

Form = Mapping[str, Any]


def space(cell: Measure, decided: Plan) -> float:
    """Return the width (ems) that the text of ``cell`` has."""
    across = sum(decided.widths[cell.column : cell.column + cell.span])
    return (across - 2 * decided.inset) / decided.size


def text_height(cell: Measure, decided: Plan) -> float:
    """Return the greatest height (points) that the text of ``cell`` can have."""
    return cell.most_lines(space(cell, decided)) * _LINE * decided.size + INSET


def caption_height(caption: str, room: float) -> float:
    """Return the greatest height (points) of a caption in ``room`` points."""
    size = 10.0
    return (1 + int(width(caption, bold=True) * 1.3 * size / room)) * _LINE * size + 6 if caption else 0.0


def solid_height(forms: Sequence[Form]) -> float:
    """Return the height (points) of the pictures and inner tables in ``forms``, the blocks of a cell."""
    total = 0.0
    for form in forms:
        match form["k"]:
            case "fig":
                total += form["high"] + 12
            case "t":
                total += form["high"] + 28
            case "ul" | "ol":
                total += sum(map(solid_height, form["items"]))
            case "q":
                total += solid_height(form["b"])
            case _:
                pass
    return total


@dataclass(frozen=True, slots=True)
class Breaks:
    """The heights of a table's ``rows`` (points), and the rows whose ``merged`` cells must be able to break."""

    rows: tuple[float, ...]
    merged: frozenset[int]

    @property
    def height(self) -> float:
        """The height of the whole table."""
        return sum(self.rows)


def head_fits(height: float, room: float) -> bool:
    """Whether rows of a head or foot so tall may be held together on a page with ``room`` (points)."""
    return height <= _HEAD * room


def held_height(room: float) -> float:
    """Return how tall (points) rows that are held together may be on a page with ``room``."""
    return _HELD * room


def find_breaks(grid: Grid, heights: Sequence[Sequence[float]], room: float) -> Breaks:
    """Return where the table must be able to break; ``heights`` are those of its cells, ``room`` that of the page."""
    rows = [
        max((high for placed, high in zip(row, cells, strict=True) if placed.cell.rows == 1), default=8.0)
        for row, cells in zip(grid.rows, heights, strict=True)
    ]
    for number, (row, cells) in enumerate(zip(grid.rows, heights, strict=True)):
        for placed, high in zip(row, cells, strict=True):
            if placed.cell.rows > 1:
                # What a merged cell needs beyond its rows makes the last of them taller.
                last = number + placed.cell.rows
                rows[last - 1] += max(0.0, high - sum(rows[number:last]))
    held = held_height(room)
    merged = {number for group in _groups(grid) if sum(rows[number] for number in group) > held for number in group}
    return Breaks(tuple(rows), frozenset(merged))


def _groups(grid: Grid) -> Iterator[range]:
    """The rows that merged cells hold together, also where one merged cell begins beside another."""
    start = end = 0
    for number, row in enumerate(grid.rows):
        if number >= end:
            if end - start > 1:
                yield range(start, end)
            start = end = number
        end = max(end, number + max((placed.cell.rows for placed in row), default=1))
    if end - start > 1:
        yield range(start, min(end, len(grid.rows)))
