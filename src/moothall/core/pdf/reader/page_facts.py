"""Reading a cleaned PDF page by page with pdfium: its text, whether it is a scan, where a number may stand.

Looks into the photographs (JPEG) of a PDF: a broken one leaves a blank or half a picture, and nobody says so.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from pikepdf import Pdf, PdfError, Stream
from pypdfium2 import PdfBitmap, PdfDocument, PdfPage, PdfTextPage, raw

from moothall.core.documents.errors import CannotRead
from moothall.core.pdf.reader.facts import Findings, PageFacts
from moothall.core.pdf.reader.objects import dictionary, elements, entry, integer, name
from moothall.core.pdf.stamp_places import PLACES, Box, box, fits

PAGES_DIFFER = (
    "{paper} is damaged: two programs that read PDFs find different pages in it. "
    "Ask the author to print it to a new PDF."
)
# Pixels an inch: enough to see a hairline or an 8-point full stop, and a page costs a few milliseconds.
RESOLUTION = 48
# A page with fewer letters than this and a picture over most of it is a scan: a scanner may print its own stamp.
FEW_LETTERS = 20
MOST_OF_PAGE = 0.6
# Paper scans are never pure white; below this lightness (0 to 255) black figures lose their contrast.
LIGHT = 200
EVEN = 24
# Points left and right of a number that its ground covers.
GROUND = 4.0
# The longest time that looking for free space may take, as a part of the whole.
LOOKING = 0.5
# pdfium allocates a bitmap: a plan of ten metres is looked at with fewer pixels.
MOST_PIXELS = 4_000_000


def read_pages(
    pdf: Path, *, units: list[float], seconds: float, findings: Findings, examine: bool = True
) -> list[PageFacts]:
    """The facts of every page; ``units`` are the pages' user units, which pdfium does not know.

    After half of ``seconds``, or without ``examine``, no page is looked at for free space.
    """
    until = time.monotonic() + seconds * LOOKING
    facts: list[PageFacts] = []
    with PdfDocument(pdf) as document:
        if len(document) != len(units):
            raise CannotRead(PAGES_DIFFER)
        for index, unit in enumerate(units):
            look = examine and time.monotonic() < until
            facts.append(_read_page(document, index, unit, look=look))
            if examine and not look:
                findings.add("pages-not-examined", index + 1)
    findings.add_pages("scan-without-text", [at for at, page in enumerate(facts, 1) if page.scanned])
    return facts


def _read_page(document: PdfDocument, index: int, unit: float, *, look: bool) -> PageFacts:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        width, height = document.get_page_size(index)
        return PageFacts(width * unit, height * unit, 0, "", scanned=False, clear=(), unit=unit)
    try:
        return _facts(page, unit, look=look)
    finally:
        page.close()


def _facts(page: PdfPage, unit: float, *, look: bool) -> PageFacts:
    width, height = page.get_size()
    letters = page.get_textpage()
    try:
        text = letters.get_text_range().replace("\r\n", "\n")
        clear = _clear(page, letters, unit) if look else ()
    finally:
        letters.close()
    return PageFacts(
        width=round(width * unit, 3),
        height=round(height * unit, 3),
        rotation=page.get_rotation(),
        text=text,
        scanned=_is_scan(page, text),
        clear=clear,
        unit=unit,
    )


def _is_scan(page: PdfPage, text: str) -> bool:
    if len("".join(text.split())) >= FEW_LETTERS:
        return False
    left, bottom, right, top = page.get_bbox()
    whole = max(1.0, (right - left) * (top - bottom))
    return bool(_picture_area(page) >= MOST_OF_PAGE * whole)


def _picture_area(page: PdfPage) -> float:
    area = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        area += max(0.0, right - left) * max(0.0, top - bottom)
    return area


def _clear(page: PdfPage, letters: PdfTextPage, unit: float) -> tuple[str, ...]:
    width, height = (side * unit for side in page.get_size())
    if not fits(width, height):
        return ()
    scale = min(RESOLUTION / 72, (MOST_PIXELS / (width * height)) ** 0.5)
    areas = {place: _with_ground(box(place, width, height)) for place in PLACES}
    blank = [place for edge in ("bottom", "top") for place in _blank_along(edge, page, areas, scale, unit)]
    return tuple(place for place in PLACES if place in blank and not _written(page, letters, areas[place], unit))


def _blank_along(edge: str, page: PdfPage, areas: Mapping[str, Box], scale: float, unit: float) -> list[str]:
    """The blank places at one edge of the page, of which no more is drawn: ``scale`` pixels a point."""
    here = {place: area for place, area in areas.items() if place.startswith(edge)}
    height = page.get_height() * unit
    above = below = 0  # rows of pixels that are not drawn
    if edge == "bottom":
        above = max(0, int((height - max(area[3] for area in here.values())) * scale))
    else:
        below = max(0, int(min(area[1] for area in here.values()) * scale) - 1)
    # In the page's units; pypdfium2 rounds up to whole rows.
    cut = (0, max(0.0, below - 0.5) / (scale * unit), 0, max(0.0, above - 0.5) / (scale * unit))
    bitmap = page.render(scale=scale * unit, crop=cut, grayscale=True, may_draw_forms=False)
    try:
        return [place for place, area in here.items() if _blank(bitmap, area, scale, height, above)]
    finally:
        bitmap.close()


def _with_ground(area: Box) -> Box:
    """The box with the ground that is laid under the number, a little wider than the number itself."""
    left, bottom, right, top = area
    return left - GROUND, bottom, right + GROUND, top


def _blank(bitmap: PdfBitmap, area: Box, scale: float, height: float, above: int) -> bool:
    """True when a box of the page is one even, light tone; ``above`` rows of the page are not in the bitmap."""
    left, right = max(0, int(area[0] * scale)), min(bitmap.width, int(area[2] * scale) + 1)
    top, bottom = (int((height - side) * scale) - above for side in (area[3], area[1]))
    top, bottom = max(0, top), min(bitmap.height, bottom + 1)
    picture = memoryview(bitmap.buffer).cast("B")
    rows = (row * bitmap.stride for row in range(top, bottom))
    tones = {tone for row in rows for tone in picture[row + left : row + right]}
    return min(tones) >= LIGHT and max(tones) - min(tones) <= EVEN


def _written(page: PdfPage, letters: PdfTextPage, area: Box, unit: float) -> bool:
    """True when letters stand in a box of the page, seen or not (white, or under a scan)."""
    left, bottom, right, top = _on_page(page, area, unit)
    return bool(letters.get_text_bounded(left, bottom, right, top).strip())


def _on_page(page: PdfPage, area: Box, unit: float) -> Box:
    """A box in points as displayed, in the page's own coordinates."""
    left, bottom, right, top = (value / unit for value in area)
    wide, high = page.get_size()
    x0, y0, _, _ = page.get_bbox()
    return {
        90: (x0 + high - top, y0 + left, x0 + high - bottom, y0 + right),
        180: (x0 + wide - right, y0 + high - top, x0 + wide - left, y0 + high - bottom),
        270: (x0 + bottom, y0 + wide - right, x0 + top, y0 + wide - left),
    }.get(page.get_rotation(), (x0 + left, y0 + bottom, x0 + right, y0 + top))


_log = logging.getLogger(__name__)

# Looking takes a small part of the time that the paper has, and of the memory that it may use.
PART = 0.1
LARGEST = 64 << 20
MOST_POINTS = 100_000_000
_DEEPEST = 4
Seen = set[tuple[int, int]]


def find_broken(pdf: Pdf, findings: Findings, seconds: float) -> None:
    """Note each page with a JPEG that cannot be decoded whole; what is not looked at in time counts as sound."""
    until = time.monotonic() + PART * seconds
    known: dict[tuple[int, int], bool] = {}
    for number, page in enumerate(pdf.pages, 1):
        broken = False
        for picture in _photographs(entry(page.obj, "/Resources"), set(), 0):
            if time.monotonic() > until:
                return
            if picture.objgen not in known:
                known[picture.objgen] = _is_broken(picture)
            broken = broken or known[picture.objgen]
        findings.add_pages("picture-damaged", [number] if broken else [])


def _photographs(resources: Any, seen: Seen, depth: int) -> Iterator[Stream]:
    """The JPEGs that a page or form draws, each once, in forms within it too."""
    held = dictionary(entry(dictionary(resources), "/XObject"))
    for key in held.keys() if held is not None and depth < _DEEPEST else ():
        drawn = held[key] if held is not None else None
        if not isinstance(drawn, Stream) or drawn.objgen in seen:
            continue
        seen.add(drawn.objgen)
        if name(entry(drawn, "/Subtype")) == "/Form":
            yield from _photographs(entry(drawn, "/Resources"), seen, depth + 1)
        elif [name(each) for each in elements(entry(drawn, "/Filter"))] == ["/DCTDecode"]:
            yield drawn


def _is_broken(picture: Stream) -> bool:
    """Return whether Pillow cannot read all of a picture; one that cannot be tested counts as sound.

    The picture is read at an eighth of its size, which decodes every byte and draws few points.
    """
    from PIL import Image  # noqa: PLC0415 - papers without photographs do not wait for it

    if (integer(entry(picture, "/Length")) or 0) > LARGEST:
        return False
    try:
        with Image.open(BytesIO(picture.read_raw_bytes()), formats=["JPEG"]) as opened:
            if opened.width * opened.height > MOST_POINTS:
                return False
            opened.draft(None, (max(1, opened.width // 8), max(1, opened.height // 8)))
            opened.load()
    except (MemoryError, Image.DecompressionBombError):
        return False
    except (OSError, SyntaxError, ValueError, PdfError):
        return True
    except Exception as fault:  # noqa: BLE001 - the test of one picture never refuses a paper
        _log.info("a picture could not be tested: %s: %s", type(fault).__name__, fault)
    return False
