"""The runs of text on a PDF page, as pdfium gives them: text, box and the tag that each belongs to."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pypdfium2 import PdfPage, raw

from moothall.core.figures.model import Box

LONGEST_RUN: Final = 8000
DEEPEST: Final = 4  # forms within forms


@dataclass(frozen=True, slots=True)
class Run:
    """Text that the page draws at once; ``tag`` is its marked content id, -1 for artifacts and untagged text."""

    tag: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size and turn: maps the page's own points to points from the top left as displayed."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page as it is seen."""
        ends = [self._at(left, bottom), self._at(right, top)]
        xs, ys = sorted(x for x, _ in ends), sorted(y for _, y in ends)
        return round(xs[0], 1), round(ys[0], 1), round(xs[1], 1), round(ys[1], 1)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.turn == 1:
            return y, x
        if self.turn == 2:
            return self.width - x, y
        if self.turn == 3:
            return self.height - y, self.width - x
        return x, self.height - y


def sheet_of(page: PdfPage) -> Sheet:
    """The geometry of a page (its crop box)."""
    left, bottom, right, top = page.get_cropbox()
    return Sheet(left, bottom, right - left, top - bottom, page.get_rotation() // 90 % 4)


class Runs:
    """Reads runs; keeps the buffers that pdfium writes into."""

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(LONGEST_RUN * 2)
        self._chars = ctypes.cast(self._buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        self._ends = [ctypes.c_float() for _ in range(4)]
        self._refs = [ctypes.byref(end) for end in self._ends]

    def of(self, page: PdfPage) -> list[Run]:
        """The runs of a page in the order in which it draws them; blank ones are kept, as they part words."""
        text = page.get_textpage()
        sheet = sheet_of(page)
        try:
            return [self._run(item, text.raw, sheet) for item in _text_objects(page.raw)]
        finally:
            text.close()

    def _run(self, item: Any, text: Any, sheet: Sheet) -> Run:
        length = raw.FPDFTextObj_GetText(item, text, self._chars, LONGEST_RUN)
        content = self._buffer.raw[: max(0, min(length, LONGEST_RUN * 2) - 2)].decode("utf-16-le", "replace")
        raw.FPDFPageObj_GetBounds(item, *self._refs)
        left, bottom, right, top = (end.value for end in self._ends)
        return Run(raw.FPDFPageObj_GetMarkedContentID(item), content, sheet.box(left, bottom, right, top))


def _text_objects(page: Any) -> Iterator[Any]:
    for nth in range(raw.FPDFPage_CountObjects(page)):
        yield from _within(raw.FPDFPage_GetObject(page, nth), 0)


def _within(item: Any, depth: int) -> Iterator[Any]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield item
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
        for nth in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _within(raw.FPDFFormObj_GetObject(item, nth), depth + 1)


def joined(runs: list[Run]) -> str:
    """The text of runs one after another: a space where they stand apart or on different lines."""
    parts: list[str] = []
    last: Run | None = None
    for run in runs:
        if last is not None and parts and not parts[-1][-1:].isspace() and _apart(last, run):
            parts.append(" ")
        if run.text:
            parts.append(run.text)
            last = run
    return " ".join("".join(parts).replace("\x02", "").replace("\xad", "").split())


def _apart(before: Run, after: Run) -> bool:
    height = max(before.box[3] - before.box[1], after.box[3] - after.box[1], 1.0)
    below = after.box[1] >= before.box[3] - height * 0.3 or after.box[3] <= before.box[1] + height * 0.3
    return below or after.box[0] - before.box[2] > height * 0.18 or after.box[0] < before.box[0] - height


def around(boxes: list[Box]) -> Box | None:
    """The box that holds all boxes."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
