"""How wide a table's columns are, how large its type, and whether its page is turned: decided by its content.

Widths are points; text is measured in ems of the regular and semibold faces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

TEXT = 374.0
PORTRAIT = 470.0
LANDSCAPE = 728.0
BROADSHEET = 1077.0
PORTRAIT_HEIGHT = 717.0
LANDSCAPE_HEIGHT = 479.0
BROADSHEET_HEIGHT = 725.0

_UPRIGHT_SIZES = (10.0, 9.0, 8.0)
_UPRIGHT_PROSE_SIZES = (10.0, 9.0)
_TURNED_SIZES = (10.0, 9.0, 8.0, 7.5, 7.0)
_TIGHT_SIZES = (8.0, 7.5, 7.0)
SMALLEST = 7.0
_LONGEST_WORD = 12.0
_PROSE_LINES = 13
_PROSE_WIDTH = 12.0
_PROSE = 30.0
_LABELS = 11.0  # the first of two columns, as in a report's front sheet
_ALIKE = 2.6  # how many times wider than another a column of figures may be, to be made equal
_STEPS = 14
_SAMPLE = 24


class Page(StrEnum):
    """The page that a table stands on."""

    UPRIGHT = "upright"
    TURNED = "turned"
    BROADSHEET = "broadsheet"

    @property
    def height(self) -> float:
        """The height (points) between the page's upper and lower margins."""
        match self:
            case Page.TURNED:
                return LANDSCAPE_HEIGHT
            case Page.BROADSHEET:
                return BROADSHEET_HEIGHT
            case _:
                return PORTRAIT_HEIGHT


@dataclass(frozen=True, slots=True)
class Measure:
    """One cell as the widths see it, in ems: its longest word, its longest line, all its text.

    ``firm``: a figure, never turned over to a second line. ``rows`` is how many rows it spans, ``parts`` how many
    separate lines its text has at least.
    """

    column: int
    span: int
    word: float
    line: float
    total: float
    firm: bool = False
    rows: int = 1
    parts: int = 1

    def lines(self, ems: float) -> int:
        """About how many lines the cell takes in a column ``ems`` wide."""
        return max(1, int(self.total * 1.08 / max(ems, 1.0)) + 1) if self.line > ems else 1

    def most_lines(self, ems: float) -> int:
        """How many lines the cell takes at the most in a column ``ems`` wide: words that part badly included."""
        if self.line <= ems:
            return self.parts
        waste = 1.15 if self.word < ems / 3 else 2.0
        return self.parts + int(self.total * waste / max(ems, 1.0))


@dataclass(frozen=True, slots=True)
class Plan:
    """The decision: the page, the type size (points), a cell's side inset and the column widths (points)."""

    page: Page
    size: float
    inset: float
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What each column needs, in ems: at the very least, to read well, and to run on without turning a line.

    ``figures`` are the columns of figures.
    """

    least: tuple[float, ...]
    good: tuple[float, ...]
    natural: tuple[float, ...]
    figures: frozenset[int] = frozenset()


def inset_for(columns: int, size: float) -> float:
    """The space (points) at either side of a cell."""
    if columns > 30:
        return 1.0
    if columns > 14:
        return 2.0
    return 5.0 if size >= 9 else 4.0


def demand(columns: int, cells: Sequence[Measure]) -> Demand:
    """What the columns need for ``cells``."""
    least, good, natural = [0.5] * columns, [0.5] * columns, [0.5] * columns
    for cell in sorted(cells, key=lambda each: each.span):
        word = cell.line if cell.firm else min(cell.word, _LONGEST_WORD)
        prose = min(cell.total / _PROSE_LINES, _PROSE_WIDTH)
        _raise(least, cell, word)
        _raise(good, cell, max(word, prose))
        if cell.span == 1:
            _raise(natural, cell, cell.line)
    figures = frozenset(cell.column for cell in cells if cell.firm)
    return Demand(tuple(least), tuple(good), tuple(map(max, natural, good)), figures)


def _raise(columns: list[float], cell: Measure, ems: float) -> None:
    """See that the cell's columns together give ``ems``."""
    spanned = range(cell.column, cell.column + cell.span)
    lack = ems - sum(columns[column] for column in spanned)
    if lack > 0:
        for column in spanned:
            columns[column] += lack / cell.span


def plan(
    columns: int, rows: Sequence[Sequence[Measure]], *, room: float = PORTRAIT, may_turn: bool = True
) -> Plan | None:
    """Where and how large to set a table; None when no page is wide enough at 7 points.

    Smaller type comes first, then the turned page, then a turned A3 page; only then may words be broken. Prose is
    not made as small as figures before the page is turned.
    """
    cells = [cell for row in rows for cell in row]
    need = demand(columns, cells)
    for page, width, size, wanted in _tries(need, room, _upright_sizes(cells) if may_turn else ()):
        inset = inset_for(columns, size)
        if sum(wanted) * size + 2 * inset * columns <= width:
            ems = (width - 2 * inset * columns) / size
            text = (TEXT - 2 * inset * columns) / size
            shares = _shares(ems, text, wanted, need, rows)
            return Plan(page, size, inset, tuple(round(share * size + 2 * inset, 2) for share in shares))
    return _crammed(columns, room, may_turn=may_turn)


def _upright_sizes(cells: Sequence[Measure]) -> tuple[float, ...]:
    prose = {cell.column for cell in cells if cell.span == 1 and cell.total > _PROSE}
    return _UPRIGHT_PROSE_SIZES if len(prose) > 1 else _UPRIGHT_SIZES


def _tries(
    need: Demand, room: float, upright: Sequence[float]
) -> Iterator[tuple[Page, float, float, tuple[float, ...]]]:
    """What to try in turn. ``upright``: the sizes before the page is turned; none when it cannot be."""
    for wanted in (need.good, need.least) if not upright else ():
        yield from ((Page.UPRIGHT, room, size, wanted) for size in _TURNED_SIZES)
    if upright:
        yield from ((Page.UPRIGHT, room, size, need.good) for size in upright)
        for page, width in ((Page.TURNED, LANDSCAPE), (Page.BROADSHEET, BROADSHEET)):
            yield from ((page, width, size, need.good) for size in _TURNED_SIZES)
            yield from ((page, width, size, need.least) for size in _TIGHT_SIZES)


def _crammed(columns: int, room: float, *, may_turn: bool) -> Plan | None:
    """Equal columns at the smallest size, words broken where they must; no column under two characters."""
    page, width = (Page.BROADSHEET, BROADSHEET) if may_turn else (Page.UPRIGHT, room)
    inset = inset_for(columns, SMALLEST)
    least = 2 * inset + 1.2 * SMALLEST
    share = width / columns
    if share < least:
        # Inside a cell a few columns may stand out of it: better seen so than not at all.
        if may_turn or least * columns > LANDSCAPE / 2:
            return None
        share = least
    return Plan(page, SMALLEST, inset, (round(share, 2),) * columns)


def _shares(
    room: float, text: float, least: Sequence[float], need: Demand, rows: Sequence[Sequence[Measure]]
) -> list[float]:
    """Divide ``room`` ems: every column its least, the spare where it makes the table shortest.

    ``text`` is the width of the running text on the page.
    """
    if sum(need.natural) <= room:
        return _relaxed(room, min(room, text), _even(need, min(room, text)))
    shares = list(least)
    step = (room - sum(shares)) / _STEPS
    sample = sorted(rows, key=lambda row: -max((cell.total for cell in row), default=0))[:_SAMPLE]
    for _ in range(_STEPS):
        column = _tallest(sample, shares, need.natural)
        shares[column] += step
    return _evened(shares, least, need.figures)


def _evened(shares: list[float], least: Sequence[float], figures: frozenset[int]) -> list[float]:
    """Equal columns of figures, where each has its least all the same."""
    mean = sum(shares[column] for column in figures) / max(len(figures), 1)
    if any(least[column] > mean for column in figures):
        return shares
    return [mean if column in figures else share for column, share in enumerate(shares)]


def _even(need: Demand, text: float) -> tuple[float, ...]:
    """The natural widths, those of figures made equal where they differ little and the text's width allows it."""
    figures = [need.natural[column] for column in need.figures]
    if not figures or max(figures) > _ALIKE * min(figures):
        return need.natural
    even = tuple(max(figures) if column in need.figures else ems for column, ems in enumerate(need.natural))
    return even if sum(even) <= text else need.natural


def _relaxed(room: float, text: float, natural: Sequence[float]) -> list[float]:
    """Columns that all run on without turning a line.

    A small table takes the width of the text, one of short figures less; a larger one the width of the page.
    """
    if len(natural) == 2:
        first = min(max(natural[0], _LABELS), room / 2)
        return [first, room - first] if first + natural[1] <= room else list(natural)
    wanted = sum(natural)
    if wanted < 0.7 * text:
        return [ems + min(1.6, (text - wanted) / len(natural)) for ems in natural]
    spare = (text if wanted <= text else room) - wanted
    return [ems + spare / len(natural) for ems in natural]


def _tallest(rows: Sequence[Sequence[Measure]], shares: Sequence[float], natural: Sequence[float]) -> int:
    """The column that makes most rows tall, and would gain by more width."""
    weight = [0.0] * len(shares)
    for row in rows:
        heights = [(cell.lines(sum(shares[cell.column : cell.column + cell.span])), cell) for cell in row]
        top = max((lines for lines, _ in heights), default=1)
        for lines, cell in heights:
            if lines == top and lines > 1:
                for column in range(cell.column, cell.column + cell.span):
                    weight[column] += lines / cell.span
    if not any(weight):
        gaps = [want - share for want, share in zip(natural, shares, strict=True)]
        return gaps.index(max(gaps))
    return weight.index(max(weight))
