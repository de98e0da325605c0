"""Word tables: their grid, their merged cells, and which of their rows and columns are headers.

Columns that an author made with tabs: lines in a row, each with as many tabbed columns, are a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from moothall.core.documents.inlines import Run, flatten, plain, tidy
from moothall.core.documents.readers.word.context import Context
from moothall.core.documents.readers.word.package import Element, child, number, q, switch, value
from moothall.core.documents.readers.word.paragraphs import Item, Passage
from moothall.core.documents.tree import Block, Cell, Inline, Paragraph, Row, Scope, Table, Text
from moothall.core.documents.warnings import Caution

_MOST_COLUMNS = 200


@dataclass(slots=True)
class Slot:
    """A Word cell at column ``x``: ``align`` is its first paragraph's, ``shade`` its fill."""

    x: int
    width: int
    blocks: tuple[Block, ...]
    align: str = ""
    shade: str = ""
    rows: int = 1

    @property
    def bold(self) -> bool:
        """Whether all text in the cell is bold."""
        return is_bold(self.blocks)


@dataclass(slots=True)
class Line:
    """A Word row: ``repeats`` when Word repeats it on every page as a header."""

    slots: list[Slot] = field(default_factory=list)
    repeats: bool = False


def is_bold(blocks: tuple[Block, ...]) -> bool:
    """Whether ``blocks`` are paragraphs of nothing but bold text."""
    runs = [run for block in blocks if isinstance(block, Paragraph) for run in flatten(block.content)]
    texts = [run for run in runs if isinstance(run.piece, Text) and run.piece.text.strip()]
    return (
        bool(texts) and all(isinstance(block, Paragraph) for block in blocks) and all(run.marks.strong for run in texts)
    )


def widths(table: Element) -> tuple[float, ...]:
    """The columns' widths as the grid states them, in twentieths of a point."""
    grid = child(table, "w:tblGrid")
    columns = [] if grid is None else grid.findall(q("w:gridCol"))
    stated = [column.get(q("w:w"), "") for column in columns]
    return tuple(float(width) for width in stated) if all(width.isdecimal() for width in stated) else ()


def place(row: Element) -> Iterator[tuple[int, int, Element]]:
    """The cells of a ``w:tr`` with the column they begin at and how many they span."""
    x = indent_columns(row)
    for cell in row.findall(q("w:tc")):
        span = min(max(number(cell, "w:tcPr/w:gridSpan") or 1, 1), _MOST_COLUMNS)
        yield x, span, cell
        x += span


def indent_columns(row: Element) -> int:
    """How many columns are left free before a row's first cell."""
    return min(max(number(row, "w:trPr/w:gridBefore") or 0, 0), _MOST_COLUMNS)


def merges(cell: Element) -> str:
    """ "" for a cell of its own, ``restart`` for the first of a vertical merge, ``continue`` for a covered one."""
    merge = child(cell, "w:tcPr/w:vMerge")
    return "" if merge is None else merge.get(q("w:val")) or "continue"


def covers_left(cell: Element) -> bool:
    """Whether an old horizontal merge makes ``cell`` a part of the one on its left."""
    merge = child(cell, "w:tcPr/w:hMerge")
    return merge is not None and (merge.get(q("w:val")) or "continue") == "continue"


def build_table(context: Context, element: Element, lines: list[Line]) -> Table:
    """The table of ``lines``, with its headers as Word states them or its looks show them."""
    head, columns = _heads(context, element, lines)
    rows = [_row(line, head=place < head, row_head=columns and place >= head) for place, line in enumerate(lines)]
    return Table(body=tuple(rows[head:]), head=tuple(rows[:head]), widths=widths(element))


def _heads(context: Context, element: Element, lines: list[Line]) -> tuple[int, bool]:
    """How many rows are the head, and whether the first column is headers.

    In order: rows that Word repeats; the table style's own first row or column, where the table uses it; looks (all
    bold or shaded above rows that are not).
    """
    style, look = value(element, "w:tblPr/w:tblStyle"), child(element, "w:tblPr/w:tblLook")
    repeated = next((at for at, line in enumerate(lines) if not line.repeats), len(lines))
    head = repeated if repeated < len(lines) else 0
    if not head and len(lines) > 1:
        styled = _uses(look, "firstRow", 0x0020) and context.styles.conditional(style, "firstRow")
        head = 1 if styled or _first_row_stands_out(lines) else 0
    head = _whole(lines, head)
    styled = _uses(look, "firstColumn", 0x0080) and context.styles.conditional(style, "firstCol")
    return head, styled or _first_column_stands_out(lines[head:])


def _uses(look: Element | None, name: str, bit: int) -> bool:
    if look is None:
        return False
    named = look.get(q(f"w:{name}"))
    if named is not None:
        return named in ("1", "true", "on")
    try:
        return bool(int(look.get(q("w:val"), "0"), 16) & bit)
    except ValueError:
        return False


def _whole(lines: list[Line], head: int) -> int:
    """``head`` rows, or as many more as a cell merged downwards needs; none if that is all."""
    for at in range(len(lines)):
        if at < head:
            head = max([head, *(at + slot.rows for slot in lines[at].slots)])
    return head if head < len(lines) else 0


def _filled(slots: list[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.blocks]


def _first_row_stands_out(lines: list[Line]) -> bool:
    first, others = _filled(lines[0].slots), [_filled(line.slots) for line in lines[1:]]
    if not first:
        return False
    bold = all(slot.bold for slot in first) and not all(slot.bold for slots in others for slot in slots)
    shades = {slot.shade for slot in first}
    shaded = "" not in shades and not any(slot.shade in shades for slots in others for slot in slots)
    return (bold or shaded) and (len(first) > 1 or len(lines[0].slots) == 1 == _columns(lines))


def _columns(lines: list[Line]) -> int:
    return max((slot.x + slot.width for line in lines for slot in line.slots), default=0)


def _first_column_stands_out(lines: list[Line]) -> bool:
    firsts = [slot for line in lines for slot in line.slots if slot.x == 0 and slot.blocks]
    others = [slot for line in lines for slot in line.slots if slot.x > 0 and slot.blocks]
    if len(firsts) < max(2, len(lines) // 2) and len(lines) > 1:
        return False
    return bool(firsts) and bool(others) and all(slot.bold for slot in firsts) and not any(slot.bold for slot in others)


def _row(line: Line, *, head: bool, row_head: bool) -> Row:
    return Row(tuple(_cell(slot, head=head, row_head=row_head) for slot in line.slots))


def _cell(slot: Slot, *, head: bool, row_head: bool) -> Cell:
    scope = Scope.COLUMN if head else Scope.ROW if row_head and slot.x == 0 else Scope.NONE
    blocks = tuple(map(_unbold, slot.blocks)) if scope else slot.blocks
    return Cell(blocks, scope, columns=slot.width, rows=slot.rows, align=slot.align)


def _unbold(block: Block) -> Block:
    """A header cell is set as one anyhow; its bold says nothing more."""
    if not isinstance(block, Paragraph):
        return block
    return Paragraph(tidy(block.content, lambda run: replace(run, marks=replace(run.marks, strong=False))))


def shade(cell: Element) -> str:
    """The fill of a cell, "" for none or white."""
    fill = (value(cell, "w:tcPr/w:shd", "w:fill") or "").lower()
    return "" if fill in ("auto", "ffffff", "") else fill


def repeats(row: Element) -> bool:
    """Whether Word repeats the row at the top of every page."""
    return bool(switch(row, "w:trPr/w:tblHeader"))


# Two columns are a label and what it says, as on a form, and read well as a line.
_FEWEST_COLUMNS, _FEWEST_LINES = 3, 3


def settle_columns(items: Sequence[Item]) -> tuple[list[Item], list[Caution]]:
    """``items`` with a table in place of lines in columns, and what is to be said of it."""
    out: list[Item] = []
    made = 0
    for count, group in groupby(items, _tab_columns):
        run = list(group)
        if count < _FEWEST_COLUMNS or len(run) < _FEWEST_LINES:
            out += run
            continue
        out.append(_table([each for each in run if isinstance(each, Passage)]))
        made += 1
    return out, [_caution(made)] if made else []


def _tab_columns(item: Item) -> int:
    plain_line = isinstance(item, Passage) and item.marker is None and item.level is None and not item.kind
    return len(item.columns) if plain_line and isinstance(item, Passage) else 0


def _table(lines: Sequence[Passage]) -> Table:
    rows = [_tab_row(line) for line in lines]
    headed = lines[0].look.bold and not any(line.look.bold for line in lines[1:-1])
    if not headed:
        return Table(tuple(rows))
    head = Row(tuple(replace(cell, blocks=_plain(cell), scope=Scope.COLUMN) for cell in rows[0].cells))
    return Table(tuple(rows[1:]), (head,))


def _tab_row(line: Passage) -> Row:
    return Row(tuple(Cell(tuple(_blocks(column))) for column in line.columns))


def _blocks(content: tuple[Inline, ...]) -> Iterator[Block]:
    if plain(content).strip():
        yield Paragraph(content)


def _plain(cell: Cell) -> tuple[Block, ...]:
    return tuple(Paragraph(tidy(block.content, _without_bold)) for block in cell.blocks if isinstance(block, Paragraph))


def _without_bold(run: Run) -> Run:
    return replace(run, marks=replace(run.marks, strong=False))


def _caution(made: int) -> Caution:
    what = "Lines in columns were" if made == 1 else f"{made} groups of lines in columns were"
    message = f"{what} taken as a table, since they are parted by tabs: make a table in Word to be sure."
    return Caution("columns-guessed", message)
