"""Tables for the template: measured, decided, and with their headers marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from moothall.core.documents.errors import CannotSet
from moothall.core.documents.tree import Block, Scope, Table
from moothall.core.pdf.typeset.cells import (
    Grid,
    Placed,
    cell_text,
    column_texts,
    figure_columns,
    is_figure,
    lay,
    measures,
    stands_for_none,
    tails,
)
from moothall.core.pdf.typeset.column_widths import PORTRAIT, PORTRAIT_HEIGHT, TEXT, Measure, Page, Plan, plan
from moothall.core.pdf.typeset.inlines import Gathering, HeaderMarks, plain
from moothall.core.pdf.typeset.row_heights import (
    INSET,
    Breaks,
    caption_height,
    find_breaks,
    head_fits,
    held_height,
    solid_height,
    space,
    text_height,
)

SetBlocks = Callable[[Sequence[Block], float, float, float], list[Any]]
"""Sets a cell's blocks in so much width, type of such a size, and so much height of a page (points)."""

_TALL_ROW = 9
_BOLD = 2  # also where row headers are not
_PARTED = 60.0  # ems of text past which a cell over several rows may run over the page
_TALLEST_HEAD = 24
_OWN_LINES = 18
_KEPT_SHARE = 0.7  # of the page's height, by the greatest height that its rows can have
_KEPT_WHOLE = 310.0  # points: a table no taller is not parted by the end of a page
_SCOPES = {
    Scope.ROW: "Row",
    Scope.ROW_GROUP: "Row",
    Scope.COLUMN: "Column",
    Scope.COLUMN_GROUP: "Column",
}


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table for the template, and the page that it needs."""

    form: dict[str, Any]
    page: Page


def table_form(
    table: Table,
    gathering: Gathering,
    set_blocks: SetBlocks,
    *,
    room: float = PORTRAIT,
    height: float = PORTRAIT_HEIGHT,
    may_turn: bool = True,
) -> TableForm | None:
    """``table`` as the template sets it, ``room`` points wide; None for a table without cells.

    ``height`` is that of the page, or what a table in a cell has of it. ``may_turn``: the table is alone on the page,
    so that the page can be turned.
    """
    grid = lay(table)
    if not grid.columns:
        return None
    number = len(gathering.tables) + 1
    gathering.tables.append(None)
    texts = column_texts(grid)
    measured = measures(grid, texts)
    decided = _own_widths(table, grid, measured, room) or plan(grid.columns, measured, room=room, may_turn=may_turn)
    if decided is None:
        raise CannotSet(_too_wide(table, number, grid.columns))
    if decided.page is Page.BROADSHEET:
        said = f"Table {number} ({grid.columns} columns) is too wide for A4 and stands on an A3 page."
        gathering.caution("table-on-a3", said)
    if decided.page is not Page.UPRIGHT:
        height = decided.page.height
    caption = caption_height(plain(table.caption), min(room, TEXT))
    setter = _Setter(grid, decided, measured, texts, set_blocks, height=height, caption=caption)
    form = setter.form()
    gathering.tables[number - 1] = _marks(grid, setter.head)
    return TableForm(form, decided.page)


def _too_wide(table: Table, number: int, columns: int) -> str:
    name = f'Table {number} ("{plain(table.caption)}")' if table.caption else f"Table {number}"
    return f"{name} has {columns} columns, too many to read even at 7 points; split it into several tables."


def _marks(grid: Grid, head: int) -> HeaderMarks | None:
    """The headers whose scope Typst does not see: those of rows, and those below its own ``head`` rows."""
    marks: HeaderMarks = {}
    for number, row in enumerate(grid.rows):
        for place, placed in enumerate(row):
            scope = _SCOPES.get(placed.cell.scope)
            if scope and not (number < head and scope == "Column"):
                marks[number, place] = scope
    return marks or None


def _own_widths(table: Table, grid: Grid, measured: Sequence[Sequence[Measure]], room: float) -> Plan | None:
    """The author's own relative widths, where they fit the page and no word would break."""
    if len(table.widths) != grid.columns or min(table.widths) <= 0:
        return None
    decided = plan(grid.columns, measured, room=room, may_turn=False)
    if decided is None or decided.size < 9:
        return None
    shares = tuple(round(share / sum(table.widths) * room, 2) for share in table.widths)
    own = Plan(Page.UPRIGHT, decided.size, decided.inset, shares)
    return own if all(_fits(cell, own) for row in measured for cell in row) else None


def _fits(cell: Measure, decided: Plan) -> bool:
    ems = space(cell, decided)
    return (cell.line if cell.firm else cell.word) <= ems and cell.lines(ems) <= _OWN_LINES


def _lines(row: Sequence[Measure], decided: Plan) -> int:
    """About how many lines the row is tall; a cell that spans rows is not what makes it tall."""
    return max((cell.lines(space(cell, decided)) for cell in row if cell.rows == 1), default=1)


def _height(rows: Sequence[int], size: float) -> float:
    """About how tall (points) rows of so many lines are together."""
    return sum((0.66 + 1.21 * (lines - 1)) * size + 8 for lines in rows)


class _Setter:
    """Writes one table whose widths are decided."""

    def __init__(
        self,
        grid: Grid,
        decided: Plan,
        measured: Sequence[Sequence[Measure]],
        texts: Sequence[Sequence[str]],
        set_blocks: SetBlocks,
        *,
        height: float,
        caption: float,
    ) -> None:
        self.grid, self.decided, self.measured, self.set_blocks = grid, decided, measured, set_blocks
        # ``room`` is what the repeated head leaves of the page.
        self.height = self.room = height
        self.caption = caption
        self.head, self.repeats = grid.head, False
        self.figures = figure_columns(texts)
        self.tails = [iter(tails(column) if is_it else ()) for column, is_it in zip(texts, self.figures, strict=True)]

    def form(self) -> dict[str, Any]:
        grid, decided = self.grid, self.decided
        lines = [_lines(row, decided) for row in self.measured]
        rows, heights = self.head_rows(sum(lines[: grid.head]) <= _TALLEST_HEAD)
        for number in range(grid.head, len(grid.rows)):
            self.row(number, rows, heights)
        breaks = find_breaks(grid, heights, self.room)
        for number, row in enumerate(rows):
            self.let_break(number, row, breaks, tall=lines[number] > _TALL_ROW)
        end = len(rows) - grid.foot
        high = breaks.height + self.caption
        foot_fits = head_fits(sum(breaks.rows[end:]), self.height)
        return {
            "k": "t",
            "cols": decided.widths,
            "size": decided.size,
            "inset": decided.inset,
            "align": ["right" if is_it else "left" for is_it in self.figures],
            "head": _joined(rows[: self.head]),
            "body": _joined(rows[self.head : end if foot_fits else len(rows)]),
            "foot": _joined(rows[end:]) if foot_fits else [],
            "heads": grid.head,
            "total": end if grid.foot else -1,
            "repeat": self.repeats,
            "keep": int(_height(lines, decided.size) <= _KEPT_WHOLE and high <= _KEPT_SHARE * self.height),
            "high": round(high, 1),
            "narrow": int(sum(decided.widths) <= TEXT + 1),
            "groups": _group_starts(grid),
            "labels": int(grid.head == 0),
            "subs": self.subheads(rows, end, breaks),
        }

    def head_rows(self, short: bool) -> tuple[list[list[dict[str, Any]]], list[list[float]]]:
        """Set the head, and decide what becomes of it; return its rows and the heights of their cells.

        A head that no page has room for is set as the first rows of the body, which can break.
        """
        rows: list[list[dict[str, Any]]] = []
        heights: list[list[float]] = []
        for number in range(self.grid.head):
            self.row(number, rows, heights)
        height = find_breaks(_head_of(self.grid), heights, self.height).height
        self.head = self.grid.head if head_fits(height, self.height) else 0
        self.repeats = short and self.head > 0
        if self.repeats:
            self.room -= height
        elif not self.head:
            for cell in _joined(rows):
                cell["w"] = _BOLD
        return rows, heights

    def subheads(self, rows: Sequence[Sequence[Any]], end: int, breaks: Breaks) -> list[tuple[int, int]]:
        """Where in the body's cells rows stand that head what is below anew: they are kept with it."""
        spans: list[tuple[int, int]] = []
        at = sum(len(cells) for cells in rows[self.head : self.grid.head])
        height = 0.0
        for number, cells in enumerate(rows[self.grid.head : end], self.grid.head):
            if number + 1 in self.grid.body and self.heads_anew(number):
                follows = bool(spans) and spans[-1][1] == at
                height = breaks.rows[number] + (height if follows else 0.0)
                if height <= held_height(self.height):
                    start = spans.pop()[0] if follows else at
                    spans.append((start, at + len(cells)))
            at += len(cells)
        return spans

    def heads_anew(self, number: int) -> bool:
        """Whether a row below a head is nothing but headers of columns, over all of them and in one line."""
        row = self.grid.rows[number]
        whole = sum(placed.cell.columns for placed in row) == self.grid.columns
        heads = all(_SCOPES.get(placed.cell.scope) == "Column" and placed.cell.rows == 1 for placed in row)
        return self.grid.head > 0 and whole and heads

    def row(self, number: int, rows: list[list[dict[str, Any]]], heights: list[list[float]]) -> None:
        """Set one row: add it to ``rows``, and the heights (points) of its cells to ``heights``."""
        pairs = zip(self.grid.rows[number], self.measured[number], strict=True)
        made = [self.cell(number, placed, measure) for placed, measure in pairs]
        rows.append([cell for cell, _ in made])
        heights.append([height for _, height in made])

    def cell(self, number: int, placed: Placed, measure: Measure) -> tuple[dict[str, Any], float]:
        """Return a cell for the template, and the greatest height (points) that it can have."""
        cell = placed.cell
        is_data = number >= self.grid.head and cell.columns == 1 and not cell.is_header
        width = space(measure, self.decided) * self.decided.size
        blocks = self.set_blocks(cell.blocks, width, self.decided.size, self.room - INSET)
        simple = len(blocks) == 1 and blocks[0]["k"] == "p" and "strong" not in blocks[0]
        extras = {
            "x": cell.columns if cell.columns > 1 else 0,
            "y": cell.rows if cell.rows > 1 else 0,
            "al": self.align(number, placed),
            "w": _BOLD if self.parts(number, placed) else int(cell.is_header),
            "pad": next(self.tails[placed.column], 0.0) if is_data else 0.0,
        }
        content = {"c": blocks[0]["c"]} if simple else {"b": blocks}
        height = text_height(measure, self.decided) + (0.0 if simple else solid_height(blocks))
        return content | {name: value for name, value in extras.items() if value}, height

    def let_break(self, number: int, row: Sequence[dict[str, Any]], breaks: Breaks, *, tall: bool) -> None:
        """Mark the cells of a row that may break at the end of a page."""
        tall = tall or breaks.rows[number] > held_height(self.room)
        for form, measure in zip(row, self.measured[number], strict=True):
            if tall or (measure.rows > 1 and (measure.total > _PARTED or number in breaks.merged)):
                form["tall"] = 1

    def parts(self, number: int, placed: Placed) -> bool:
        """Whether a cell of a table with a head is over the rows below it: alone in its row, or headed anew."""
        if number not in self.grid.body or not self.grid.head:
            return False
        alone = 1 < placed.cell.columns == self.grid.columns
        return alone or placed.cell.scope in (Scope.COLUMN, Scope.COLUMN_GROUP)

    def align(self, number: int, placed: Placed) -> str:
        """The cell's alignment where it is not its column's."""
        cell, is_head, figures = placed.cell, number < self.grid.head, self.figures[placed.column]
        if cell.columns > 1:
            return _spanning(is_head=is_head, first=placed.column == 0, figures=figures)
        text = cell_text(cell)
        if figures:
            return "left" if cell.is_header and not is_head and not is_figure(text) else ""
        if is_figure(text) or stands_for_none(text):
            return "right" if cell.align == "right" else ""
        return cell.align if cell.align in ("center", "right") and len(text) < 40 else ""


def _spanning(*, is_head: bool, first: bool, figures: bool) -> str:
    if is_head:
        return "" if first else "center"
    return "left" if figures else ""


def _head_of(grid: Grid) -> Grid:
    """The head alone."""
    return Grid(grid.rows[: grid.head], grid.columns, grid.head, 0)


def _joined(rows: Sequence[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [cell for row in rows for cell in row]


def _group_starts(grid: Grid) -> list[int]:
    """The columns where a group of columns under one spanning header begins or has just ended."""
    starts: set[int] = set()
    for row in grid.rows[: grid.head]:
        for placed in row:
            if 1 < placed.cell.columns < grid.columns:
                starts.update((placed.column, placed.column + placed.cell.columns))
    return sorted(start for start in starts if 0 < start < grid.columns)
