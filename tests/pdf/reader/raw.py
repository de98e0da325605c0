"""Writing PDFs by hand, right or wrong in any place one likes."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
PAGES = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
WORDS = b"BT /F1 12 Tf 72 700 Td (The panel notes the report) Tj ET"


def page(extra: bytes = b"", *, box: bytes = b"[0 0 595 842]", contents: bytes = b"/Contents 4 0 R") -> bytes:
    """A page dictionary with the font F1."""
    resources = b"/Resources <</Font <</F1 5 0 R>> >>"
    return b"<</Type /Page /Parent 2 0 R /MediaBox " + box + b" " + resources + contents + extra + b">>"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def packed(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object's body, compressed."""
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode " + extra)


def plain() -> dict[int, bytes]:
    """The objects of a sound document of one page."""
    return {1: CATALOG, 2: PAGES, 3: page(), 4: stream(WORDS), 5: FONT}


def document(objects: Mapping[int, bytes], trailer: bytes = b"", *, header: bytes = HEADER) -> bytes:
    """A whole file with a true cross-reference table; ``trailer`` adds entries to the trailer."""
    out = bytearray(header)
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer\n<</Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def changed(changes: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """The sound document with some objects changed or added."""
    return document({**plain(), **changes}, trailer)


def catalog(extra: bytes, others: Mapping[int, bytes] | None = None) -> bytes:
    """The sound document with more in its catalog."""
    return changed({1: CATALOG[:-2] + b" " + extra + b">>", **(others or {})})


def on_page(extra: bytes, others: Mapping[int, bytes] | None = None) -> bytes:
    """The sound document with more in its page."""
    return changed({3: page(b" " + extra), **(others or {})})


def annotated(annotation: bytes, others: Mapping[int, bytes] | None = None) -> bytes:
    """The sound document with one annotation."""
    return on_page(b"/Annots [6 0 R]", {6: annotation, **(others or {})})
