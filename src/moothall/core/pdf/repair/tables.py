"""Tables: header cells say what they head, and plain headings become header cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from moothall.core.pdf.reader.objects import elements, entry, integer, name
from moothall.core.pdf.repair.page_contents import NO_PIECE, Box, Piece, Pieces
from moothall.core.pdf.repair.report import Report
from moothall.core.pdf.repair.structure_tree import Mark, Node, Tree

CELLS = frozenset({"TH", "TD"})
WIDEST = 1000
# Of the letters of a heading so many are bold, and of the body's so few, that nobody takes one for the other.
MOSTLY, HARDLY = 0.9, 0.3
_AMOUNT = re.compile(r"[£€(+\-\u2212\s]*\d[\d,. ]*[%mk)]*")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(slots=True)
class Cell:
    """A cell at its place in the table, from 0, with its spans."""

    node: Node
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def head(self) -> bool:
        """Whether it is a header cell."""
        return self.node.role == "TH"


@dataclass(slots=True)
class Table:
    """A table's cells, row by row. ``head_rows`` are the rows in a THead."""

    node: Node
    rows: list[list[Cell]] = field(default_factory=list)
    head_rows: set[int] = field(default_factory=set)

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells, in order."""
        return (cell for row in self.rows for cell in row)

    @property
    def has_heads(self) -> bool:
        """Whether there is any header cell."""
        return any(cell.head for cell in self.cells)

    def page(self, tree: Tree) -> int:
        """The page on which the table begins, from 1; 0 when it owns nothing."""
        return next((tree.where.get(mark[0], 0) for mark in self.node.content()), self.node.page)


def tables(tree: Tree) -> list[Table]:
    """Every table of a document."""
    return [_table(tree, node) for node in tree.nodes if node.role == "Table"]


def _table(tree: Tree, node: Node) -> Table:
    table = Table(node)
    busy: dict[int, int] = {}  # column: the row up to which a cell from above reaches
    for row in (each for each in node.below(within="Table") if each.role == "TR"):
        at = len(table.rows)
        if row.parent is not None and row.parent.role == "THead":
            table.head_rows.add(at)
        table.rows.append(list(_cells(tree, row, at, busy)))
    return table


def _cells(tree: Tree, row: Node, at: int, busy: dict[int, int]) -> Iterator[Cell]:
    column = 0
    for node in (each for each in row.children if each.role in CELLS):
        while busy.get(column, 0) > at and column < WIDEST:
            column += 1
        plain = "/A" not in node.element and "/C" not in node.element
        across, down = (1, 1) if plain else (_span(tree, node, "/ColSpan"), _span(tree, node, "/RowSpan"))
        yield Cell(node, at, column, down, across)
        if down > 1:
            busy.update(dict.fromkeys(range(column, column + across), at + down))
        column += across


def _span(tree: Tree, node: Node, key: str) -> int:
    return max(1, min(integer(tree.attribute(node, key)) or 1, WIDEST))


def name_scopes(tree: Tree, found: Sequence[Table], report: Report) -> None:
    """Give each header cell that nothing names a /Scope (Matterhorn 15-003), by where it stands."""
    for table in found:
        if not table.has_heads:
            continue
        named = {bytes(each) for cell in table.cells for each in _headers(tree, cell.node)}
        bare = [cell for cell in table.cells if cell.head and not _is_told(tree, cell.node, named)]
        leads = any(cell.head and cell.column == 0 for row in table.rows if not _all_heads(row) for cell in row)
        for cell in bare:
            set_scope(cell.node.element, scope(table, cell, leads=leads))
        if bare:
            report.mended("scope", table.page(tree), len(bare))


def scope(table: Table, cell: Cell, *, leads: bool) -> str:
    """What a header cell heads: "Column", "Row" or "Both".

    A row of header cells heads what is below; its first cell is a corner where the rows below have headers of their
    own (``leads``). A header cell among data heads its row, but in the first row what is below, unless it leads.
    """
    if _all_heads(table.rows[cell.row]):
        return "Both" if cell.row == 0 and cell.column == 0 and leads and len(table.rows[0]) > 1 else "Column"
    return "Column" if cell.row == 0 and cell.column > 0 and not _led_by_heads(table.rows[0], cell) else "Row"


def _all_heads(row: Sequence[Cell]) -> bool:
    return all(cell.head for cell in row)


def _led_by_heads(row: Sequence[Cell], cell: Cell) -> bool:
    return all(other.head for other in row if other.column < cell.column)


def _headers(tree: Tree, node: Node) -> list[String]:
    return [each for each in elements(tree.attribute(node, "/Headers")) if isinstance(each, String)]


def _is_told(tree: Tree, node: Node, named: set[bytes]) -> bool:
    own = entry(node.element, "/ID")
    return isinstance(tree.attribute(node, "/Scope"), Name) or (isinstance(own, String) and bytes(own) in named)


def set_scope(element: Object, value: str) -> None:
    """Write a /Scope. Attribute objects may be shared between cells, so one is never changed in place."""
    holders: list[Any] = elements(entry(element, "/A"))
    own = Dictionary({"/O": Name.Table, "/Scope": Name(f"/{value}")})
    at = next((index for index, each in enumerate(holders) if _of_table(each)), None)
    if at is None:
        holders.append(own)
    else:
        holders[at] = Dictionary({**dict(holders[at].items()), "/Scope": Name(f"/{value}")})
    element["/A"] = holders[0] if len(holders) == 1 else Array(holders)


def _of_table(holder: Any) -> bool:
    return isinstance(holder, Dictionary) and not isinstance(holder, Stream) and name(entry(holder, "/O")) == "/Table"


def recognise_headings(tree: Tree, found: Sequence[Table], contents: dict[int, Pieces], report: Report) -> None:
    """Make header cells of a first row or column that plainly is one: in a THead, or bold above what is not."""
    for table in found:
        if table.has_heads or not table.rows:
            continue
        heads = list(_plain_heads(tree, table, contents))
        for cell in heads:
            cell.node.element["/S"] = Name.TH
            cell.node.name = cell.node.role = "TH"
        tell = report.mended if heads else report.left
        tell("headers", table.page(tree))


def _plain_heads(tree: Tree, table: Table, contents: dict[int, Pieces]) -> Iterator[Cell]:
    if table.head_rows and len(table.head_rows) < len(table.rows):
        yield from (cell for at in table.head_rows for cell in table.rows[at])
        return
    first_row = table.rows[0]
    first_column = [cell for row in table.rows for cell in row if cell.column == 0]
    if len(table.rows) < 2 or len(first_row) < 2:
        return
    bold = {id(cell): _boldness(tree, cell, contents) for cell in table.cells}
    row_heads = _stands_out(first_row, [cell for cell in table.cells if cell.row > 0 and cell.column > 0], bold)
    row_heads = row_heads and not _is_sum(tree, first_row, contents)
    row_heads = row_heads and _stand_above(tree, table, contents)
    column_heads = len(first_column) > 1 and _stands_out(
        [cell for cell in first_column if cell.row > 0 or not row_heads],
        [cell for cell in table.cells if cell.column > 0 and (cell.row > 0 or not row_heads)],
        bold,
    )
    yield from (first_row if row_heads else [])
    yield from (cell for cell in first_column if column_heads and (cell.row > 0 or not row_heads))


def _stand_above(tree: Tree, table: Table, contents: dict[int, Pieces]) -> bool:
    """Whether the cells of a column stand under the heading of that column, and not nearer to another one's.

    Columns are counted; where a spreadsheet leaves the spans of its cells out, the count comes to the wrong heading.
    """
    heads = [(cell, box) for cell in table.rows[0] if (box := _box(tree, cell, contents))]
    side = max((0, 1), key=lambda side: _spread([box for _, box in heads], side))
    body = [(cell, box) for cell in table.cells if cell.row > 0 and (box := _box(tree, cell, contents))]
    known = [(box, _head_of(table.rows[0], cell)) for cell, box in body]
    own = {id(cell): box for cell, box in heads}
    right = [
        head is not None and _gap(box, own[id(head)], side) <= min(_gap(box, other, side) for _, other in heads)
        for box, head in known
        if head is None or id(head) in own
    ]
    return sum(right) >= MOSTLY * len(right)


def _head_of(row: Sequence[Cell], cell: Cell) -> Cell | None:
    return next((head for head in row if head.column <= cell.column < head.column + head.columns), None)


def _box(tree: Tree, cell: Cell, contents: dict[int, Pieces]) -> Box | None:
    boxes = [box for mark in cell.node.content() if (box := piece_of(tree, mark, contents).box)]
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _spread(boxes: Sequence[Box], side: int) -> float:
    middles = [box[side] + box[side + 2] for box in boxes]
    return max(middles, default=0.0) - min(middles, default=0.0)


def _gap(one: Box, other: Box, side: int) -> float:
    return max(0.0, one[side] - other[side + 2], other[side] - one[side + 2])


def _is_sum(tree: Tree, row: Sequence[Cell], contents: dict[int, Pieces]) -> bool:
    """True for a row of amounts: a total that a page break has brought to the top of a table."""
    said = ["".join(piece_of(tree, mark, contents).text for mark in cell.node.content()) for cell in row[1:]]
    amounts = sum(bool(_AMOUNT.fullmatch(each.strip())) and not _YEAR.fullmatch(each.strip()) for each in said)
    return amounts * 2 >= max(1, sum(bool(each.strip()) for each in said))


Boldness = dict[int, tuple[int, int]]


def _stands_out(heads: Sequence[Cell], body: Sequence[Cell], bold: Boldness) -> bool:
    """True when at least two heads, and all that say something, are bold and the body is not."""
    said = [bold[id(cell)] for cell in heads if bold[id(cell)][1]]
    strong = sum(bold[id(cell)][0] for cell in body)
    letters = sum(bold[id(cell)][1] for cell in body)
    return (
        len(said) >= 2
        and len(said) * 2 >= len(heads)
        and all(heavy >= MOSTLY * count for heavy, count in said)
        and letters > 0
        and strong <= HARDLY * letters
    )


def _boldness(tree: Tree, cell: Cell, contents: dict[int, Pieces]) -> tuple[int, int]:
    """(bold, all) letters of a cell; a cell of dots or strokes says nothing."""
    pieces = [piece_of(tree, mark, contents) for mark in cell.node.content()]
    if not any(letter.isalnum() for piece in pieces for letter in piece.text):
        return 0, 0
    return sum(piece.bold for piece in pieces), sum(piece.letters for piece in pieces)


def piece_of(tree: Tree, mark: Mark, contents: dict[int, Pieces]) -> Piece:
    """What a piece of marked content shows."""
    return contents.get(tree.where.get(mark[0], 0), {}).get(mark[1], NO_PIECE)
