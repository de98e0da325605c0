"""Streams that cannot be decoded are mended as far as they go, so that nothing later stumbles over them."""

from __future__ import annotations

import zlib
from typing import Any

from pikepdf import Array, Dictionary, Pdf, PdfError, Stream

from moothall.core.press.errors import CannotRead
from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.values import dictionary, elements, entry, name, pages

# What one stream may hold when unpacked, in bytes: a page-high scan at 1,200 dots an inch in colour is under 700 MB.
LARGEST = 1 << 30
_BLOCK = 1 << 20

_LOSSLESS = {
    "/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx",
    "/RunLengthDecode", "/RL",
}  # fmt: skip
_PICTURES = {"/DCTDecode", "/DCT", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF"}
_NOT_CONTENT = {"/ObjStm", "/XRef", "/Metadata", "/EmbeddedFile"}

BOMB = (
    "{paper} holds a picture or a stream that unpacks to more than 1 GB; it may be made to do harm. Ask the author "
    "to print it to a new PDF."
)


def mend_streams(pdf: Pdf, findings: Findings) -> None:
    """Make every stream decodable: keep what can be read of a damaged one, empty what cannot be read at all."""
    damaged = {value.objgen for value in pdf.objects if isinstance(value, Stream) and _mend(value)}
    for number, page in pages(pdf):
        streams = _settle_contents(page)
        if any(stream.objgen in damaged for stream in streams):
            findings.add("page-damaged", number)
            damaged -= {stream.objgen for stream in streams}
    if damaged:
        findings.add("page-damaged", times=len(damaged))


def _settle_contents(page: Dictionary) -> list[Any]:
    contents = entry(page, "/Contents")
    streams = [each for each in elements(contents) if isinstance(each, Stream)]
    if "/Contents" in page and not streams:
        del page["/Contents"]
    elif isinstance(contents, Array) and len(streams) != len(contents):
        page["/Contents"] = Array(streams)
    return streams


def _mend(stream: Stream) -> bool:
    """Mend one stream; True when it was damaged."""
    if name(entry(stream, "/Type")) in _NOT_CONTENT:
        return False
    filters = [name(each) for each in elements(entry(stream, "/Filter"))]
    if not filters:
        return False
    if all(each in _LOSSLESS for each in filters):
        return not _decodes(stream, filters) and _salvage(stream, filters)
    if filters[-1] in _PICTURES and all(each in _LOSSLESS for each in filters[:-1]):
        return False
    stream.write(b"")
    return True


def _decodes(stream: Stream, filters: list[str]) -> bool:
    if filters == ["/FlateDecode"] and not _has_parameters(stream):
        return _inflates(stream.read_raw_bytes())
    try:
        if len(stream.read_bytes()) > LARGEST:
            raise CannotRead(BOMB)
    except (PdfError, RuntimeError, ValueError):
        return False
    return True


def _inflates(packed: bytes) -> bool:
    """Unpack in blocks, keeping none: a bomb costs time for a gigabyte and no memory."""
    unpacking = zlib.decompressobj()
    total, rest = 0, packed
    try:
        while rest and not unpacking.eof:
            total += len(unpacking.decompress(rest, _BLOCK))
            rest = unpacking.unconsumed_tail
            if total > LARGEST:
                raise CannotRead(BOMB)
    except zlib.error:
        return False
    return unpacking.eof


def _has_parameters(stream: Stream) -> bool:
    parameters = elements(entry(stream, "/DecodeParms"))
    return any(dictionary(each) is not None and len(each.keys()) > 0 for each in parameters)


def _salvage(stream: Stream, filters: list[str]) -> bool:
    """Keep what can be had of a stream that does not decode cleanly; True when something of it is lost."""
    if filters == ["/FlateDecode"] and not _has_parameters(stream):
        saved, whole = _beginning(stream.read_raw_bytes())
        stream.write(saved)
        return not whole
    try:
        saved = stream.read_bytes()
    except (PdfError, RuntimeError, ValueError):
        saved = b""
    stream.write(saved)
    return not saved


def _beginning(packed: bytes) -> tuple[bytes, bool]:
    """As much as can be unpacked before the damage, and whether that is all.

    The checksum at the end is not asked for: that it is wrong, all bytes being there, is common and harms nobody.
    """
    best = b"", False
    for skipped in (2, 0):
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        saved = bytearray()
        try:
            for at in range(skipped, len(packed), 64):
                saved += unpacking.decompress(packed[at : at + 64], LARGEST)
        except zlib.error:
            pass
        best = max(best, (bytes(saved), unpacking.eof), key=lambda found: len(found[0]))
        if unpacking.eof:
            break
    return best
