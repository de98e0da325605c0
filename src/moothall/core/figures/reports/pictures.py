"""Pictures of findings in a PDF: a strip of the page with a box around the place."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from moothall.core.figures.findings import Report
from moothall.core.figures.model import Box, Place

SCALE = 1.5  # 108 pixels an inch: readable, and small enough for a report of 50 findings
MARGIN = 46  # points shown above and below the place
INK = (163, 18, 31)
MOST = 80  # pictures in one report


def draw_pictures(pdf: Path, report: Report) -> dict[Place, str]:
    """Return a PNG as data URI for each place of a finding that has a page and a box, 80 at most."""
    places = [finding.place for finding in report.findings if finding.place.page is not None and finding.place.box]
    return dict(_draw_places(pdf, places[:MOST]))


def _draw_places(pdf: Path, places: list[Place]) -> Iterator[tuple[Place, str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for place in places:
            assert place.page is not None
            assert place.box
            page = document[place.page - 1]
            yield place, _encode_image(_crop_strip(page.render(scale=SCALE).to_pil().convert("RGB"), place.box))
    finally:
        document.close()


def _crop_strip(image: Image.Image, box: Box) -> Image.Image:
    left, top, right, bottom = (edge * SCALE for edge in box)
    ImageDraw.Draw(image).rectangle((left - 3, top - 3, right + 3, bottom + 3), outline=INK, width=2)
    margin = MARGIN * SCALE
    return image.crop((0, int(max(0, top - margin)), image.width, int(min(image.height, bottom + margin))))


def _encode_image(image: Image.Image) -> str:
    buffer = BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
