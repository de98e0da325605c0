"""Text runs of a PDF page from pdfium, with box and tag."""

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
class TextRun:
    """Text that the page draws at once. ``tag`` is its marked content id, -1 for artifacts and untagged text."""

    tag: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The size and rotation of a page. Maps its points to points from the top left as displayed."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    def to_displayed_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the page as displayed."""
        ends = [self._transform_point(left, bottom), self._transform_point(right, top)]
        xs, ys = sorted(x for x, _ in ends), sorted(y for _, y in ends)
        return round(xs[0], 1), round(ys[0], 1), round(xs[1], 1), round(ys[1], 1)

    def _transform_point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.turn == 1:
            return y, x
        if self.turn == 2:
            return self.width - x, y
        if self.turn == 3:
            return self.height - y, self.width - x
        return x, self.height - y


def get_page_geometry(page: PdfPage) -> PageGeometry:
    """Return the geometry of a page (its crop box)."""
    left, bottom, right, top = page.get_cropbox()
    return PageGeometry(left, bottom, right - left, top - bottom, page.get_rotation() // 90 % 4)


class TextRunReader:
    """Reads text runs. Keeps the buffers that pdfium writes to."""

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(LONGEST_RUN * 2)
        self._chars = ctypes.cast(self._buffer, ctypes.POINTER(raw.FPDF_WCHAR))
        self._ends = [ctypes.c_float() for _ in range(4)]
        self._refs = [ctypes.byref(end) for end in self._ends]

    def read_runs(self, page: PdfPage) -> list[TextRun]:
        """Return the runs of a page in drawing order. Blank runs are kept, because they separate words."""
        text = page.get_textpage()
        geometry = get_page_geometry(page)
        try:
            return [self._make_run(item, text.raw, geometry) for item in _find_text_objects(page.raw)]
        finally:
            text.close()

    def _make_run(self, item: Any, text: Any, geometry: PageGeometry) -> TextRun:
        length = raw.FPDFTextObj_GetText(item, text, self._chars, LONGEST_RUN)
        content = self._buffer.raw[: max(0, min(length, LONGEST_RUN * 2) - 2)].decode("utf-16-le", "replace")
        raw.FPDFPageObj_GetBounds(item, *self._refs)
        left, bottom, right, top = (end.value for end in self._ends)
        return TextRun(
            raw.FPDFPageObj_GetMarkedContentID(item), content, geometry.to_displayed_box(left, bottom, right, top)
        )


def _find_text_objects(page: Any) -> Iterator[Any]:
    for nth in range(raw.FPDFPage_CountObjects(page)):
        yield from _find_text_within(raw.FPDFPage_GetObject(page, nth), 0)


def _find_text_within(item: Any, depth: int) -> Iterator[Any]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        yield item
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
        for nth in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _find_text_within(raw.FPDFFormObj_GetObject(item, nth), depth + 1)


def join_runs(runs: list[TextRun]) -> str:
    """Return the text of runs, with a space between runs that are apart or on different lines."""
    parts: list[str] = []
    last: TextRun | None = None
    for run in runs:
        if last is not None and parts and not parts[-1][-1:].isspace() and _are_apart(last, run):
            parts.append(" ")
        if run.text:
            parts.append(run.text)
            last = run
    return " ".join("".join(parts).replace("\x02", "").replace("\xad", "").split())


def _are_apart(before: TextRun, after: TextRun) -> bool:
    height = max(before.box[3] - before.box[1], after.box[3] - after.box[1], 1.0)
    below = after.box[1] >= before.box[3] - height * 0.3 or after.box[3] <= before.box[1] + height * 0.3
    return below or after.box[0] - before.box[2] > height * 0.18 or after.box[0] < before.box[0] - height


def enclose_boxes(boxes: list[Box]) -> Box | None:
    """Return the box around all boxes, or None if there are none."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
