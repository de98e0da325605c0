"""Tables for the template: measured, decided, and with their headers marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from moothall.core.press.errors import CannotSet
from moothall.core.press.setting.gathering import Gathering, HeaderMarks
from moothall.core.press.setting.grid import Grid, Placed, lay
from moothall.core.press.setting.inlines import plain
from moothall.core.press.setting.measuring import cell_text, column_texts, measures
from moothall.core.press.setting.numbers import figure_columns, is_figure, stands_for_none, tails
from moothall.core.press.setting.widths import PORTRAIT, TEXT, Measure, Page, Plan, plan
from moothall.core.press.tree.nodes import Block, Scope, Table

SetBlocks = Callable[[Sequence[Block], float, float], list[Any]]
"""Sets a cell's blocks in so much room and type of such a size (points)."""

_TALL_ROW = 9
_PARTED = 60.0  # ems of text past which a cell over several rows may run over the page
_TALLEST_HEAD = 24
_OWN_LINES = 18
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
    table: Table, gathering: Gathering, set_blocks: SetBlocks, *, room: float = PORTRAIT, may_turn: bool = True
) -> TableForm | None:
    """``table`` as the template sets it, ``room`` points wide; None for a table without cells.

    ``may_turn``: the table stands alone on the page, so that its page can be turned.
    """
    grid = lay(table)
    if not grid.columns:
        return None
    number = len(gathering.tables) + 1
    gathering.tables.append(_marks(grid))
    texts = column_texts(grid)
    measured = measures(grid, texts)
    decided = _own_widths(table, grid, measured, room) or plan(grid.columns, measured, room=room, may_turn=may_turn)
    if decided is None:
        raise CannotSet(_too_wide(table, number, grid.columns))
    if decided.page is Page.BROADSHEET:
        said = f"Table {number} ({grid.columns} columns) is too wide for A4 and stands on an A3 page."
        gathering.caution("table-on-a3", said)
    return TableForm(_Setter(grid, decided, measured, texts, set_blocks).form(), decided.page)


def _too_wide(table: Table, number: int, columns: int) -> str:
    name = f'Table {number} ("{plain(table.caption)}")' if table.caption else f"Table {number}"
    return f"{name} has {columns} columns, too many to read even at 7 points; split it into several tables."


def _marks(grid: Grid) -> HeaderMarks | None:
    """The headers whose scope Typst does not see: those of rows, and those that stand in the body."""
    marks: HeaderMarks = {}
    for number, row in enumerate(grid.rows):
        for place, placed in enumerate(row):
            scope = _SCOPES.get(placed.cell.scope)
            if scope and not (number < grid.head and scope == "Column"):
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
    ems = _space(cell, decided)
    return (cell.line if cell.firm else cell.word) <= ems and cell.lines(ems) <= _OWN_LINES


def _space(cell: Measure, decided: Plan) -> float:
    """The width (ems) that a cell's text has."""
    across = sum(decided.widths[cell.column : cell.column + cell.span])
    return (across - 2 * decided.inset) / decided.size


def _lines(row: Sequence[Measure], decided: Plan) -> int:
    """About how many lines the row is tall; a cell that spans rows is not what makes it tall."""
    return max((cell.lines(_space(cell, decided)) for cell in row if cell.rows == 1), default=1)


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
    ) -> None:
        self.grid, self.decided, self.measured, self.set_blocks = grid, decided, measured, set_blocks
        self.figures = figure_columns(texts)
        self.tails = [iter(tails(column) if is_it else ()) for column, is_it in zip(texts, self.figures, strict=True)]

    def form(self) -> dict[str, Any]:
        grid, decided = self.grid, self.decided
        rows = [self.row(number) for number in range(len(grid.rows))]
        lines = [_lines(row, decided) for row in self.measured]
        end = len(rows) - grid.foot
        return {
            "k": "t",
            "cols": decided.widths,
            "size": decided.size,
            "inset": decided.inset,
            "align": ["right" if is_it else "left" for is_it in self.figures],
            "head": _joined(rows[: grid.head]),
            "body": _joined(rows[grid.head : end]),
            "foot": _joined(rows[end:]),
            "heads": grid.head,
            "total": end if grid.foot else -1,
            "repeat": sum(lines[: grid.head]) <= _TALLEST_HEAD,
            "keep": int(_height(lines, decided.size) <= _KEPT_WHOLE),
            "narrow": int(sum(decided.widths) <= TEXT + 1),
            "groups": _group_starts(grid),
            "labels": int(grid.head == 0),
            "subs": self.subheads(rows[grid.head : end]),
        }

    def subheads(self, rows: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
        """Where in the body's cells rows stand that head what is below anew: they are kept with it."""
        spans: list[tuple[int, int]] = []
        at = 0
        for number, cells in zip(self.grid.body, rows, strict=True):
            if number + 1 in self.grid.body and self.heads_anew(number):
                start = spans.pop()[0] if spans and spans[-1][1] == at else at
                spans.append((start, at + len(cells)))
            at += len(cells)
        return spans

    def heads_anew(self, number: int) -> bool:
        """Whether a row below a head is nothing but headers of columns, over all of them and in one line."""
        row = self.grid.rows[number]
        whole = sum(placed.cell.columns for placed in row) == self.grid.columns
        heads = all(_SCOPES.get(placed.cell.scope) == "Column" and placed.cell.rows == 1 for placed in row)
        return self.grid.head > 0 and whole and heads

    def row(self, number: int) -> list[dict[str, Any]]:
        measured = self.measured[number]
        tall = _lines(measured, self.decided) > _TALL_ROW
        return [
            self.cell(number, placed, measure, tall=tall)
            for placed, measure in zip(self.grid.rows[number], measured, strict=True)
        ]

    def cell(self, number: int, placed: Placed, measure: Measure, *, tall: bool) -> dict[str, Any]:
        cell = placed.cell
        is_data = number >= self.grid.head and cell.columns == 1 and not cell.is_header
        blocks = self.set_blocks(cell.blocks, _space(measure, self.decided) * self.decided.size, self.decided.size)
        simple = len(blocks) == 1 and blocks[0]["k"] == "p" and "strong" not in blocks[0]
        extras = {
            "x": cell.columns if cell.columns > 1 else 0,
            "y": cell.rows if cell.rows > 1 else 0,
            "al": self.align(number, placed),
            "w": 2 if self.parts(number, placed) else int(cell.is_header),
            "pad": next(self.tails[placed.column], 0.0) if is_data else 0.0,
            "tall": int(tall or (cell.rows > 1 and measure.total > _PARTED)),
        }
        content = {"c": blocks[0]["c"]} if simple else {"b": blocks}
        return content | {name: value for name, value in extras.items() if value}

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
