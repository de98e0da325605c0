"""Builder of ``Table`` values from printed tables: joins them over page breaks, divides them and finds cell paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from moothall.core.documents.warnings import Caution
from moothall.core.figures.model import Cell, CellKind, Place, Section, Table, Unit
from moothall.core.figures.quantities import find_unit, read_cell
from moothall.core.figures.readers.blocks import Piece, RawTable
from moothall.core.figures.tables.bands import Band, find_bands
from moothall.core.figures.tables.grid import LARGEST, Grid, RowKind, classify_row, is_missing, is_year, spread_spans
from moothall.core.figures.tables.paths import count_label_columns, find_header_paths, find_label_paths
from moothall.core.figures.tables.rounding import apply_grids
from moothall.core.figures.tables.views import normalise_label
from moothall.core.figures.vocabulary import list_words

Header = tuple[Unit, int] | None


@dataclass(frozen=True, slots=True)
class _Pending:
    raw: RawTable
    caption: str
    section: Section
    place: Callable[[Piece], Place]


@dataclass(slots=True)
class TableBuilder:
    """Collects printed tables that follow each other without text between them, and builds them."""

    pending: list[_Pending] = field(default_factory=list)
    blocks: int = 0

    def add_table(self, raw: RawTable, *, caption: str, section: Section, place: Callable[[Piece], Place]) -> None:
        """Add a table. Join it to the last one if it continues it, with its header repeated or without one."""
        if self.pending and _continues_table(self.pending[-1].raw, raw):
            last = self.pending[-1]
            self.pending[-1] = replace(last, raw=replace(last.raw, rows=last.raw.rows + raw.rows))
        else:
            self.pending.append(_Pending(raw, caption, section, place))

    def build_tables(self, *, first: int) -> tuple[list[Table], list[Caution]]:
        """Return the tables added since the last call, numbered from ``first``, and warnings."""
        made: list[Table] = []
        cautions: list[Caution] = []
        for each in self.pending:
            cells = sum(len(row) for row in each.raw.rows)
            if cells > LARGEST:
                where = f"line {each.raw.rows[0][0].piece.line}"
                text = f"A table of {cells:,} cells was left out. The checker reads up to {LARGEST:,} cells in a table."
                cautions.append(Caution("table-too-large", text, where))
                continue
            made.extend(self._build_bands(each, first + len(made)))
        self.pending = []
        return made, cautions

    def _build_bands(self, pending: _Pending, first: int) -> list[Table]:
        grid, spanned = spread_spans(pending.raw)
        self.blocks += 1
        marked = pending.raw.head
        found = find_bands(grid, marked) if grid and grid[0] else []
        return [
            _make_table(grid, band, pending, spanned=spanned, index=first + nth, block=self.blocks)
            for nth, band in enumerate(found)
        ]


def _continues_table(before: RawTable, after: RawTable) -> bool:
    widths = {max((sum(cell.columns for cell in row) for row in raw.rows), default=0) for raw in (before, after)}
    if len(widths) > 1 or not before.rows or not after.rows or widths == {0} or after.caption:
        return False
    top, width = _get_lower_texts(after.rows[0]), widths.pop()
    if width > 2 and any(
        top == _get_lower_texts(row) for row in before.rows if classify_raw_row(row) is RowKind.HEADER
    ):
        return True
    return width > 2 and not after.head and classify_raw_row(after.rows[0]) is RowKind.DATA


def _get_lower_texts(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(cell.piece.text.lower() for cell in row)  # type: ignore[attr-defined]


def classify_raw_row(row: tuple[object, ...]) -> RowKind:
    """Return the kind of a row that is not in a grid yet."""
    grid, _ = spread_spans(RawTable((row,)))  # type: ignore[arg-type]
    return classify_row(grid[0])


def _make_table(grid: Grid, band: Band, pending: _Pending, *, spanned: bool, index: int, block: int) -> Table:
    body = [n for n in band.body if band.kinds[n] not in (RowKind.BLANK, RowKind.REPEAT)]
    lead = count_label_columns(grid, body)
    headers = find_header_paths(grid, band.headers, lead, spanned=spanned)
    labels = find_label_paths(grid, band, body, lead)
    title = " ".join(text for n in band.titles for text in [next(c.text for c in grid[n] if c.text)])
    caption = " – ".join(part for part in (pending.caption, title) if part)
    corner = tuple(grid[n][c].text for n in band.headers for c in range(lead) if grid[n][c].text)
    table = Table(
        index=index,
        block=block,
        rows=(),
        header_rows=len(band.headers),
        label_columns=lead,
        labels=(*[()] * len(band.headers), *labels),
        headers=headers,
        section=pending.section,
        caption=caption,
        corner=corner,
    )
    maker = _CellMaker(grid, table, pending.place)
    order = [*band.headers, *body]
    rows = (tuple(maker.make_cell(n, row, column) for column in range(len(headers))) for row, n in enumerate(order))
    return replace(table, rows=apply_grids(tuple(rows)))


class _CellMaker:
    """Makes the cells of a table. Their unit is from the nearest header, label or caption that has one."""

    def __init__(self, grid: Grid, table: Table, place: Callable[[Piece], Place]) -> None:
        self.grid, self.table, self.place = grid, table, place
        self.columns = [_find_first_unit(reversed(path)) for path in table.headers]
        self.rows = [_find_first_unit(reversed(path)) for path in table.labels]
        self.references = [
            any(normalise_label(text) in list_words("tables", "reference") for text in path) for path in table.headers
        ]
        self.whole = _find_first_unit((*reversed(table.corner), table.caption))

    def make_cell(self, n: int, row: int, column: int) -> Cell:
        """Return the cell in grid row ``n``, which is row ``row`` of the table."""
        cell, table = self.grid[n][column], self.table
        path = tuple(part for part in (*table.labels[row], *table.headers[column]) if part)
        where = replace(self.place(replace(cell.piece, text=cell.text)), cell=path)
        if not cell.text:
            return Cell(row, column, "", where, CellKind.BLANK)
        if row < table.header_rows or column < table.label_columns:
            kind = CellKind.HEADER if row < table.header_rows else CellKind.LABEL
            return Cell(row, column, cell.text, where, kind)
        return self._make_body_cell(cell.text, n, Cell(row, column, cell.text, where))

    def _make_body_cell(self, text: str, n: int, cell: Cell) -> Cell:
        if is_missing(text):
            return replace(cell, kind=CellKind.MISSING)
        if self.references[cell.column]:
            return cell
        if not has_digit(text) or (is_year(text) and _is_year_column(self.grid, n, cell.column)):
            return cell
        unit = self.columns[cell.column] or self.rows[cell.row] or self.whole
        quantity = read_cell(text, cell.place, header=unit)
        return replace(cell, kind=CellKind.VALUE, quantity=quantity) if quantity else cell


def _find_first_unit(texts: Iterable[str]) -> Header:
    return next((unit for text in texts if (unit := find_unit(text))), None)


def has_digit(text: str) -> bool:
    """Return whether a text has a digit."""
    return any(c.isdigit() for c in text)


def _is_year_column(grid: Grid, n: int, column: int) -> bool:
    near = [grid[k][column].text for k in range(max(0, n - 3), min(len(grid), n + 4)) if grid[k][column].text]
    return all(is_year(text) for text in near if has_digit(text))
