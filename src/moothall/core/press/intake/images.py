"""Looks into the photographs (JPEG) of a PDF: a broken one leaves a blank or half a picture, and nobody says so."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pikepdf import Pdf, PdfError, Stream

from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.values import dictionary, elements, entry, integer, name

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
