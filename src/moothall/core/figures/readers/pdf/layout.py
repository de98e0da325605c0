"""Blocks of an untagged page, found by the position of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from moothall.core.figures.model import Box
from moothall.core.figures.readers.pdf.page_parts import CellPart, HeadingPart, PagePart, ParagraphPart, TablePart
from moothall.core.figures.readers.pdf.text_runs import TextRun, enclose_boxes, join_runs
from moothall.core.figures.readers.plain_text import looks_like_heading

GAP: Final = 1.2  # line heights: wider white space divides columns
FEWEST_ROWS: Final = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are together on a line."""

    text: str
    box: Box


def find_parts(runs: Sequence[TextRun]) -> Iterator[PagePart]:
    """Yield the blocks of a page from its text runs, top to bottom."""
    lines = [_split_segments(line) for line in _group_lines([run for run in runs if run.text.strip()])]
    for is_table, group in groupby(_mark_table_lines(lines), key=lambda each: each[0]):
        block = [segments for _, segments in group]
        if is_table:
            yield from _make_table(block)
        else:
            yield from _make_paragraphs(block)


def _group_lines(runs: list[TextRun]) -> list[list[TextRun]]:
    """Return the runs by line. Runs are on one line if their middles are within each other's height."""
    found: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda run: (run.box[1] + run.box[3], run.box[0])):
        middle = (run.box[1] + run.box[3]) / 2
        last = found[-1][0].box if found else None
        if last and last[1] <= middle <= last[3]:
            found[-1].append(run)
        else:
            found.append([run])
    return [sorted(line, key=lambda run: run.box[0]) for line in found]


def _split_segments(line: list[TextRun]) -> list[Segment]:
    groups: list[list[TextRun]] = []
    for run in line:
        height = max(run.box[3] - run.box[1], 4.0)
        if groups and run.box[0] - groups[-1][-1].box[2] <= height * GAP:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [Segment(join_runs(group), enclose_boxes([run.box for run in group]) or line[0].box) for group in groups]


def _mark_table_lines(lines: list[list[Segment]]) -> list[tuple[bool, list[Segment]]]:
    """Return each line with whether it belongs to a table: 2 or more segments, beside another such line."""
    wide = [len(line) > 1 for line in lines]
    figures = [sum(any(c.isdigit() for c in s.text) for s in line) for line in lines]
    marks = []
    for n, line in enumerate(lines):
        beside = (n > 0 and wide[n - 1]) or (n + 1 < len(lines) and wide[n + 1])
        near = any(figures[m] >= 1 for m in range(max(0, n - 4), min(len(lines), n + 5)) if wide[m])
        marks.append((wide[n] and beside and near, line))
    return marks


def _make_table(block: list[list[Segment]]) -> Iterator[PagePart]:
    """Yield a table whose columns are the parts of the page that have its segments."""
    if len(block) < FEWEST_ROWS:
        yield from _make_paragraphs(block)
        return
    columns = _find_columns(block)
    rows = []
    for line in block:
        cells = [CellPart("", 1, 1, False, None)] * len(columns)
        for segment in line:
            nth = _choose_column(columns, segment.box)
            before = cells[nth]
            text = f"{before.text} {segment.text}".strip()
            cells[nth] = CellPart(text, 1, 1, False, enclose_boxes([b for b in (before.box, segment.box) if b]))
        rows.append(tuple(cells))
    yield TablePart(tuple(rows))


def _find_columns(block: list[list[Segment]]) -> list[tuple[float, float]]:
    """Return the columns: overlapping segments joined, without those that span several columns."""
    stretches = sorted((s.box[0], s.box[2]) for line in block for s in line)
    most = max(len(line) for line in block)
    full = sorted((s.box[0], s.box[2]) for line in block if len(line) == most for s in line)
    found: list[tuple[float, float]] = []
    for left, right in full:
        if found and left < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    for left, right in stretches:
        if not any(left < end and right > start for start, end in found):
            found.append((left, right))
    return sorted(found)


def _choose_column(columns: list[tuple[float, float]], box: Box) -> int:
    overlaps = [min(end, box[2]) - max(start, box[0]) for start, end in columns]
    return max(range(len(columns)), key=overlaps.__getitem__)


def _make_paragraphs(block: list[list[Segment]]) -> Iterator[PagePart]:
    """Yield paragraphs, divided at wider line spacing and at headings."""
    lines = [(" ".join(s.text for s in line), enclose_boxes([s.box for s in line]) or line[0].box) for line in block]
    current: list[tuple[str, Box]] = []
    for text, box in lines:
        height = box[3] - box[1]
        if current and box[1] - current[-1][1][3] > height * 0.75:
            yield from _make_part(current)
            current = []
        current.append((text, box))
    if current:
        yield from _make_part(current)


def _make_part(lines: list[tuple[str, Box]]) -> Iterator[PagePart]:
    text, box = " ".join(text for text, _ in lines), enclose_boxes([box for _, box in lines])
    if len(lines) == 1 and looks_like_heading(text):
        yield HeadingPart(0, text, box)
    else:
        label, _, rest = text.partition(" ")
        bullet = label in ("-", "•", "▪", "◦", "–") and bool(rest)
        yield ParagraphPart(rest if bullet else text, "-" if bullet else "", box)
