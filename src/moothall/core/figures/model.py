"""The values that the figure checker uses: quantities, places, tables, sentences and papers.

All are frozen. Figures are ``Fraction``, never floats. Lines are counted from 1, characters from 0.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction
from operator import itemgetter
from typing import TypeVar

from moothall.core.documents.warnings import Caution
from moothall.core.figures.intervals import Interval

T = TypeVar("T")
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left corner of the page as displayed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: a line, its characters from ``start`` to ``end``, and a page and cell if known."""

    source: str
    line: int
    start: int = 0
    end: int = 0
    page: int | None = None
    cell: tuple[str, ...] = ()
    box: Box | None = None


class Unit(StrEnum):
    """What a figure counts."""

    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage points"
    COUNT = "count"
    MONEY = "money"  # pounds
    POINTS = "points"  # a score
    RATE = "rate"  # per ``Quantity.per``
    RATIO = "ratio"  # "15 out of 21": parts are 15 and 21
    RANK = "rank"  # "4th of 15": parts are 4 and, where given, 15
    RANGE = "range"  # "130-140": parts are the ends
    PERIOD = "period"  # a date, year, academic or financial year: see ``Quantity.when``
    DURATION = "duration"  # days, weeks, months, years: ``Quantity.noun``
    AGE = "age"
    ORDINAL = "ordinal"  # "third successive"
    TIME = "time"  # "4.30 pm", in minutes after midnight
    NUMBER = "number"  # nothing printed says what it counts
    REFERENCE = "reference"  # "page 9", "section 47", "paragraph 4.2", "level 2": a label, not an amount


class Hedge(Enum):
    """A word that makes a figure less exact. The value is the word for reports."""

    NONE = ""
    ABOUT = "about"
    JUST_UNDER = "just under"
    JUST_OVER = "just over"
    UNDER = "under"
    OVER = "over"
    AT_LEAST = "at least"
    AT_MOST = "at most"


class Role(Enum):
    """The role that the words around a figure give it."""

    VALUE = "value"
    FROM = "from"  # "from 51%"
    TO = "to"  # "to 63%"
    BY = "by"  # "by 4%", "a 5% improvement", "4% above": a difference
    GAP = "gap"  # "a gap of 16%"


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month, year, academic or financial year. ``kind`` says which of these was printed."""

    first: date
    last: date
    kind: str  # "day", "month", "year", "split year" (2013/14), "years" (2013 to 2016)
    weekday: str = ""  # as printed with a day, in lower case and in full


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as printed, with its exact value, unit and place.

    ``step`` is the value of 1 in the last printed place: 1/10 for ``41.4``, 1000000 for ``£30m``. It is 0 for counts
    (``15 schools``, ``two``). ``scale`` is the factor of the header (1000 in a column of £000). ``readings`` are the
    units that it may have, the first is ``unit``: "improved by 4%" is points or relative percent. ``signed`` is true
    if a plus or minus was printed. ``noun`` is the word that follows.
    """

    value: Fraction
    unit: Unit
    text: str
    place: Place
    step: Fraction = Fraction(0)
    scale: int = 1
    role: Role = Role.VALUE
    hedge: Hedge = Hedge.NONE
    readings: tuple[Unit, ...] = ()
    signed: bool = False
    noun: str = ""
    per: int = 0
    parts: tuple[Quantity, ...] = ()
    when: Period | None = None

    @property
    def interval(self) -> Interval:
        """Return the values that round to the figure. Hedges are not counted."""
        return Interval.around(self.value, self.step / 2)

    @property
    def loose_interval(self) -> Interval:
        """Return ``interval``, but treat trailing zeros as rounding: 700,000 is 650,000 to 750,000."""
        step = self.step or Fraction(1)
        if self.value.denominator != 1 or not self.value or step < 1:
            return self.interval
        while self.value % (step * 10) == 0:
            step *= 10
        return Interval.around(self.value, max(step, self.step) / 2) if step > 1 else self.interval


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``level`` is 1 (title of a paper) to 6. ``number`` is as printed (``4.1``) or ""."""

    text: str
    level: int
    place: Place
    number: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a paper: the headings above it, outermost first. ``index`` is unique in the paper."""

    index: int
    headings: tuple[Heading, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Return the texts of the headings above."""
        return tuple(heading.text for heading in self.headings)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list item, joined across line and page breaks.

    ``starts`` maps characters to lines: (offset in ``text``, line number, offset in that line), ascending. ``lead``
    is the paragraph that introduces a list ("Key indicators are:"), otherwise "". ``label`` is the printed number of
    the item, ``-`` for a bullet, or "" for a paragraph.
    """

    text: str
    section: Section
    starts: tuple[tuple[int, int, int], ...]
    source: str = ""
    label: str = ""
    lead: str = ""
    pages: tuple[tuple[int, int], ...] = ()  # (line, page) of each of its lines, ascending; empty without pages
    boxes: tuple[tuple[int, Box], ...] = ()  # (line, box), ascending, from a PDF

    def locate(self, start: int, end: int) -> Place:
        """Return the place of ``text[start:end]``. If it crosses a line break, return the part on its first line."""
        nth = max(0, bisect_right(self.starts, start, key=itemgetter(0)) - 1)
        offset, line, column = self.starts[nth]
        last = self.starts[nth + 1][0] if nth + 1 < len(self.starts) else len(self.text)
        page, box = _find_for_line(self.pages, line), _find_for_line(self.boxes, line)
        first = column + start - offset
        return Place(self.source, line, first, column + min(end, last) - offset, page, box=box)


def _find_for_line(pairs: tuple[tuple[int, T], ...], line: int) -> T | None:
    nth = bisect_left(pairs, line, key=itemgetter(0))
    return pairs[nth][1] if nth < len(pairs) and pairs[nth][0] == line else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: ``passage.text[start:end]``. ``quantities`` have places in the source."""

    text: str
    passage: Passage
    start: int
    quantities: tuple[Quantity, ...] = ()

    @property
    def section(self) -> Section:
        """Return the section of the sentence."""
        return self.passage.section

    @property
    def line(self) -> int:
        """Return the line on which the sentence starts."""
        return self.locate().line

    def locate(self, start: int = 0, end: int | None = None) -> Place:
        """Return the place of ``text[start:end]``."""
        stop = len(self.text) if end is None else end
        return self.passage.locate(self.start + start, self.start + stop)


class CellKind(Enum):
    """The kind of a cell in its table."""

    BLANK = "blank"
    HEADER = "header"  # of columns
    LABEL = "label"  # of a row
    VALUE = "value"  # a figure
    MISSING = "missing"  # "n/a", "-", "x", "c": marked as missing
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at ``row`` and ``column`` of its table (from 0). ``quantity`` is set only for a figure."""

    row: int
    column: int
    text: str
    place: Place
    kind: CellKind = CellKind.TEXT
    quantity: Quantity | None = None

    @property
    def key(self) -> tuple[int, int]:
        """Return row and column."""
        return self.row, self.column


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one band of column headers. Stacked blocks with their own headers are separate tables.

    ``rows`` is the full grid, header rows included, with rows of equal length. The first ``header_rows`` rows head
    the columns, and the first ``label_columns`` columns label the rows. ``labels[r]`` is the path of row ``r``, group
    headings first. ``headers[c]`` is the path of column ``c``, outermost first. ``caption`` is the text above the
    table. ``corner`` is the text above the label columns. ``block`` is the number of the printed table.
    """

    index: int
    block: int
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int
    label_columns: int
    labels: tuple[tuple[str, ...], ...]
    headers: tuple[tuple[str, ...], ...]
    section: Section
    caption: str = ""
    corner: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """Return the number of rows, headers included."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """Return the number of columns, labels included."""
        return len(self.headers)

    def get_cell(self, row: int, column: int) -> Cell:
        """Return the cell at a row and column."""
        return self.rows[row][column]

    def get_quantity(self, row: int, column: int) -> Quantity | None:
        """Return the figure at a row and column, or None."""
        return self.rows[row][column].quantity

    def find_path(self, row: int, column: int) -> tuple[str, ...]:
        """Return the path of a cell: caption, column headers, row labels. Empty texts are left out."""
        parts = (self.caption, *self.headers[column], *self.labels[row])
        return tuple(part for part in parts if part)

    @property
    def body_rows(self) -> range:
        """Return the rows below the headers."""
        return range(self.header_rows, self.height)

    @property
    def value_columns(self) -> range:
        """Return the columns beside the labels."""
        return range(self.label_columns, self.width)

    def find_value_cells(self) -> Iterator[Cell]:
        """Yield every cell that holds a figure, row by row."""
        for row in self.rows[self.header_rows :]:
            for cell in row[self.label_columns :]:
                if cell.quantity is not None:
                    yield cell


@dataclass(frozen=True, slots=True)
class Paper:
    """A pack or paper after reading: its lines, headings, sentences and tables, in reading order.

    ``form`` is ``text``, ``pdf`` or ``tree``. ``lines[0]`` is line 1. In a PDF, every line has a page. ``cautions``
    say what could not be read, such as a table that is too large or a page without text.
    """

    name: str
    form: str
    lines: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()  # the page of each line; empty without pages
    headings: tuple[Heading, ...] = ()
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()
    cautions: tuple[Caution, ...] = field(default=())

    def find_page(self, line: int) -> int | None:
        """Return the page of a line (from 1), or None."""
        return self.pages[line - 1] if self.pages else None
