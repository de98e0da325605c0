"""The path of each row and column: labels with group headings, and headers over several levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from moothall.core.figures.tables.bands import Band
from moothall.core.figures.tables.grid import Grid, RowKind, is_figure, is_missing, is_year

MOST_LABELS: Final = 4
_COUNTER: Final = re.compile(r"^\d{1,3}[.)]?$")


def count_label_columns(grid: Grid, body: Sequence[int]) -> int:
    """Return how many columns at the left label the rows: those with mostly texts, years or a running number."""
    width = len(grid[0])
    lead = 0
    while lead < min(MOST_LABELS, width - 1) and _is_label_column(grid, body, lead):
        lead += 1
    if lead and not any(is_figure(grid[n][c].text) for n in body for c in range(lead, width)):
        return 1
    return lead


def _is_label_column(grid: Grid, body: Sequence[int], column: int) -> bool:
    texts = [grid[n][column].text for n in body if grid[n][column].text]
    if not texts:
        return column == 0
    if column == 0 and (all(is_year(text) for text in texts) or _counts_up(texts)):
        return True
    figures = sum(is_figure(text) or is_missing(text) for text in texts)
    if column and (len(texts) * 2 < len(body) or any(len(text) > 80 for text in texts)):
        return False
    return figures * 4 <= len(texts)


def _counts_up(texts: Sequence[str]) -> bool:
    """Return whether a column only numbers the rows: 1, 2, 3 and so on."""
    if len(texts) < 3 or not all(_COUNTER.match(text) for text in texts[:4]):
        return False
    numbers = [int(text.rstrip(".)")) for text in texts if _COUNTER.match(text)]
    return numbers[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(numbers))


def find_header_paths(grid: Grid, headers: Sequence[int], lead: int, *, spanned: bool) -> tuple[tuple[str, ...], ...]:
    """Return the header path of every column, outermost first. Fill blanks below a span or right of a group."""
    width = len(grid[0])
    columns: list[list[str]] = [[] for _ in range(width)]
    for nth, row in enumerate(headers):
        last = nth == len(headers) - 1
        text = ""
        for column in range(width):
            cell = grid[row][column]
            if cell.text or cell.under:
                text = cell.text or cell.under
            elif spanned or last:
                text = ""
            if text and (column >= lead or not last) and (not columns[column] or columns[column][-1] != text):
                columns[column].append(text)
    return tuple(tuple(path) if column >= lead else tuple(path[-1:]) for column, path in enumerate(columns))


def find_label_paths(grid: Grid, band: Band, body: Sequence[int], lead: int) -> list[tuple[str, ...]]:
    """Return the label path of every body row: group headings first, then its own labels."""
    paths: list[tuple[str, ...]] = []
    group: tuple[str, ...] = ()
    above: list[str] = []
    for n in body:
        row = grid[n]
        if band.kinds[n] is RowKind.TITLE:
            text = next(cell.text for cell in row if cell.text)
            group = (text,)
            paths.append((text,))
            continue
        own = [row[c].text or row[c].under for c in range(lead)]
        for c in range(lead - 1):
            if not own[c] and any(own[c + 1 :]) and len(above) == lead:
                own[c] = above[c]
        above = own
        if not lead:
            own = [next((cell.text for cell in row if cell.text and not is_figure(cell.text)), "")]
        paths.append((*group, *[text for text in own if text]))
    return paths
