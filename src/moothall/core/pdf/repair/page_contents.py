"""What a piece of marked content shows, as pdfium draws it: its words, where it stands, how bold it is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import PdfDocument, PdfPage, PdfTextPage, raw

# A font is bold from this weight on (CSS: 600 is semi-bold), or when its name says so.
BOLD = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
DEEPEST = 12
# Most pieces of text are no longer than so many bytes of UTF-16; the room for one is used again for the next.
USUALLY = 1024
_USUAL = (ctypes.c_ushort * (USUALLY // 2))()

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Piece:
    """One piece of marked content on one page. ``letters`` counts its visible signs, ``bold`` those in bold type.

    ``box`` is (left, bottom, right, top) in the page's own units. ``pictures`` and ``paths`` count its other marks.
    """

    text: str = ""
    letters: int = 0
    bold: int = 0
    pictures: int = 0
    paths: int = 0
    box: Box | None = None

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        left, bottom, right, top = self.box or (0.0, 0.0, 0.0, 0.0)
        return right - left, top - bottom


Pieces = dict[int, Piece]
NO_PIECE = Piece()


def read_contents(pdf: Path, numbers: Iterable[int]) -> dict[int, Pieces]:
    """For each of the pages (counted from 1) what its marked content shows, by MCID."""
    found: dict[int, Pieces] = {}
    with PdfDocument(pdf) as document:
        for number in sorted(set(numbers)):
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:
                continue
            try:
                found[number] = _read(page)
            finally:
                page.close()
    return found


def _read(page: PdfPage) -> Pieces:
    pieces: Pieces = {}
    letters = page.get_textpage()
    bold: dict[int, bool] = {}
    try:
        for mcid, thing, kind in _objects(page):
            if mcid >= 0:
                _add(pieces.setdefault(mcid, Piece()), thing, kind, letters, bold)
    finally:
        letters.close()
    return pieces


def _objects(page: PdfPage) -> Iterator[tuple[int, Any, int]]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, index)
        yield from _within(thing, raw.FPDFPageObj_GetMarkedContentID(thing), 0)


def _within(thing: Any, mcid: int, depth: int) -> Iterator[tuple[int, Any, int]]:
    """A drawn thing, or those of which a form consists: they count to the mark in which the form is drawn."""
    kind = raw.FPDFPageObj_GetType(thing)
    yield mcid, thing, kind
    if kind != raw.FPDF_PAGEOBJ_FORM or depth > DEEPEST:
        return
    for index in range(raw.FPDFFormObj_CountObjects(thing)):
        inner = raw.FPDFFormObj_GetObject(thing, index)
        yield from _within(inner, mcid, depth + 1)


def _add(piece: Piece, thing: Any, kind: int, letters: PdfTextPage, bold: dict[int, bool]) -> None:
    """``bold`` remembers which fonts of the page are."""
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        _add_text(piece, thing, letters, bold)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        piece.pictures += 1
        _widen(piece, _bounds(thing))
    elif kind in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING}:
        piece.paths += 1
        _widen(piece, _bounds(thing))


def _add_text(piece: Piece, thing: Any, letters: PdfTextPage, bold: dict[int, bool]) -> None:
    said = _text(thing, letters)
    if not said.strip():
        piece.text += " " if piece.text and said else ""
        return
    box = _bounds(thing)
    piece.text += (" " if _apart(piece, box) else "") + said
    count = len("".join(said.split()))
    piece.letters += count
    piece.bold += count * _is_bold(thing, bold)
    _widen(piece, box)


def _apart(piece: Piece, box: Box | None) -> bool:
    """True when a new word begins: on another line, or after a gap. (The box grows with its line, near enough.)"""
    if not piece.text or piece.text.endswith(" ") or piece.box is None or box is None:
        return False
    height = max(1.0, box[3] - box[1])
    return box[0] - piece.box[2] > 0.15 * height or box[1] < piece.box[1] - 0.5 * height or box[0] < piece.box[0]


def _text(thing: Any, letters: PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(thing, letters, _USUAL, USUALLY)
    if size <= 2:
        return ""
    buffer = _USUAL
    if size > USUALLY:
        buffer = (ctypes.c_ushort * (size // 2))()
        raw.FPDFTextObj_GetText(thing, letters, buffer, size)
    return ctypes.string_at(buffer, size - 2).decode("utf-16-le", "replace").replace("\r\n", " ").replace("\x00", "")


def _is_bold(thing: Any, known: dict[int, bool]) -> bool:
    font = raw.FPDFTextObj_GetFont(thing)
    if not font:
        return False
    at = ctypes.addressof(font.contents)
    if at not in known:
        known[at] = _is_bold_font(font)
    return known[at]


def _is_bold_font(font: Any) -> bool:
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    called = buffer.value.decode("utf-8", "replace").lower()
    return any(word in called for word in _BOLD_NAMES) or raw.FPDFFont_GetWeight(font) >= BOLD


def _bounds(thing: Any) -> Box | None:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    refer = ctypes.byref
    if not raw.FPDFPageObj_GetBounds(thing, refer(left), refer(bottom), refer(right), refer(top)):
        return None
    return left.value, bottom.value, right.value, top.value


def _widen(piece: Piece, box: Box | None) -> None:
    if box is None:
        return
    old = piece.box or box
    piece.box = min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3])
