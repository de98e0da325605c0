"""A printed table as a full grid with its spans filled, and the kind of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Final

from moothall.core.figures.model import Place
from moothall.core.figures.quantities import read_cell
from moothall.core.figures.readers.blocks import Piece, RawTable
from moothall.core.figures.vocabulary import list_words

LARGEST: Final = 100_000  # cells of one table; larger ones are data files, which people do not read
WIDEST: Final = 400
LONGEST_HEADER: Final = 200
_YEAR: Final = re.compile(r"^(?:FY|AY)?\s*(?:(?:19|20)\d\d(?:\s*[/–-]\s*(?:(?:19|20)\d\d|\d\d))?|\d\d/\d\d)\s*[*†]?$")
_NOTE: Final = re.compile(r"^(?:notes?\b|source\b|\*|†|\(\d\)|\[\w\])", re.IGNORECASE)
NOWHERE: Final = Place("", 1)


class RowKind(Enum):
    """The kind of a row in a printed table."""

    BLANK = "blank"
    TITLE = "title"  # a single text
    HEADER = "header"  # texts or years without a figure
    DATA = "data"
    NOTE = "note"
    REPEAT = "repeat"  # the header repeated after a page break


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the grid. ``under`` is the text of the spanning cell that covers it, or ""."""

    text: str
    piece: Piece
    header: bool = False
    under: str = ""


Grid = list[list[GridCell]]


def spread_spans(raw: RawTable) -> tuple[Grid, bool]:
    """Return the grid of a raw table, with rows of one width, and whether the source gave column spans."""
    grid: Grid = []
    below: dict[int, tuple[int, str]] = {}  # column -> rows still covered from above, and by which text
    spanned = False
    for row in raw.rows:
        made: list[GridCell] = []
        for cell in row:
            _fill_covered(made, below, cell.piece)
            texts = [cell.piece.text, *[""] * (min(cell.columns, WIDEST) - 1)]
            spanned = spanned or cell.columns > 1
            for nth, text in enumerate(texts):
                if cell.rows > 1:
                    below[len(made)] = cell.rows - 1, cell.piece.text
                made.append(GridCell(text, cell.piece, cell.header, cell.piece.text if nth else ""))
        if made:
            _fill_covered(made, below, made[-1].piece)
        grid.append(made[:WIDEST])
    width = max(map(len, grid), default=0)
    for made in grid:
        last = made[-1].piece if made else Piece("", 1)
        end = Piece("", last.line, last.column + len(last.text), last.page, last.box)
        made.extend(GridCell("", end) for _ in range(width - len(made)))
    return grid, spanned


def _fill_covered(made: list[GridCell], below: dict[int, tuple[int, str]], piece: Piece) -> None:
    while len(made) in below:
        left, text = below.pop(len(made))
        if left > 1:
            below[len(made)] = left - 1, text
        made.append(GridCell("", piece, under=text))


@cache
def _list_missing_marks() -> frozenset[str]:
    return list_words("tables", "missing")


def is_missing(text: str) -> bool:
    """Return whether a cell says that its figure is missing ("n/a", "-", "x")."""
    return text.strip().lower() in _list_missing_marks()


def is_year(text: str) -> bool:
    """Return whether a cell is only a year or split year."""
    return _YEAR.match(text.strip()) is not None


@lru_cache(maxsize=50_000)
def is_figure(text: str) -> bool:
    """Return whether a cell is a figure and not a year."""
    return any(c.isdigit() for c in text) and not is_year(text) and read_cell(text, NOWHERE) is not None


def classify_row(row: Sequence[GridCell]) -> RowKind:
    """Return the kind of a row from its own cells. Its neighbours may change it."""
    filled = [(n, cell.text) for n, cell in enumerate(row) if cell.text]
    if not filled:
        return RowKind.BLANK
    if _has_data(filled):
        return RowKind.DATA
    if len(filled) == 1:
        return _classify_single_text(*filled[0], width=len(row))
    return RowKind.DATA if any(len(text) > LONGEST_HEADER for _, text in filled) else RowKind.HEADER


def _has_data(filled: list[tuple[int, str]]) -> bool:
    labelled = filled[0][0] == 0
    return any(is_figure(text) for _, text in filled) or (labelled and any(is_missing(text) for _, text in filled[1:]))


def _classify_single_text(column: int, text: str, *, width: int) -> RowKind:
    if is_year(text) and width > 1 and column > 0:
        return RowKind.HEADER
    return RowKind.NOTE if _NOTE.match(text) or len(text) > LONGEST_HEADER else RowKind.TITLE
