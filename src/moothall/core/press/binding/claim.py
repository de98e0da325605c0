"""May the whole file claim PDF/UA-1? Only when each part may."""

from __future__ import annotations

import pikepdf
from pikepdf import Stream

from moothall.core.press.binding.checking import check_ua
from moothall.core.press.binding.checks.document import claims_accessible
from moothall.core.press.binding.sources import Source


def may_claim(source: Source) -> bool:
    """True when the part claims PDF/UA-1 itself; an upload (``clear`` is given) must also hold to our own checks."""
    packet = source.pdf.Root.get("/Metadata")
    try:
        xmp = packet.read_bytes().decode("utf-8", "replace") if isinstance(packet, Stream) else ""
    except pikepdf.PdfError:
        return False
    return claims_accessible(xmp) and (not source.part.clear or not check_ua(source.part.pdf))
