"""Opening a PDF, mending it where qpdf can, refusing it in plain words where it cannot.

Streams that cannot be decoded are mended as far as they go, so that nothing later stumbles over them.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, PdfError, Stream
from pypdfium2 import PdfDocument, PdfiumError, raw

from moothall.core.documents.errors import CannotRead, PasswordNeeded
from moothall.core.pdf.reader.facts import Findings
from moothall.core.pdf.reader.objects import dictionary, elements, entry, name, pages

BEYOND_REPAIR = (
    "{paper} is damaged beyond repair: no page of it can be read. Ask the author for it again, or for a fresh PDF."
)
BROTLI = (
    "{paper} is compressed in a way (Brotli) that is not part of the PDF standard and that most programs cannot read. "
    "Ask the author to save it as PDF 1.7."
)
LAYERS_LOST = (
    "{paper} is damaged: it has layers, but the list that says which of them are hidden cannot be read. Ask the author "
    "for a fresh PDF."
)
LOCKED = "{paper} needs a password to open it. Save it without one, or ask the author for an open copy."
FOREIGN = "{paper} is encrypted in a way that only its author's programs can open. Ask for an open copy."
# qpdf says so when a file is encrypted for the holders of certificates, or by a shop's own scheme.
_FOREIGN_ENCRYPTION = ("unsupported encryption", "encryption filter", "encryption dictionary", "unsupported /R")

_UNREADABLE = (PdfiumError, PdfError, RuntimeError, ValueError, OSError)

# What qpdf notes and every reader takes in its stride: nothing that a clerk should compare.
_TRIVIAL = re.compile(
    r"common error handled correctly|reported number of objects|extraneous whitespace|duplicated key"
    r"|Resources is missing|carriage return only|looks like it should|name with stray #"
)
# An object's number, and the kind of those from which the way leads to the pages.
_OBJECTS = re.compile(rb"(\d{1,7})\s+(\d{1,5})\s+obj\b(?:[^>]{0,400}?/Type\s*/(Catalog|Pages)\b)?")


def opened(source: Path, *, scratch: Path, most_pages: int, findings: Findings) -> Pdf:
    """The PDF, opened with an empty password if need be, with at least one page; ``scratch`` is a file to be made.

    Errors: CannotRead, PasswordNeeded.
    """
    pdf = _open(source, scratch, findings)
    if pdf.is_encrypted:
        findings.add("decrypted")
    if not (_count(pdf) or _rescue(pdf, findings)):
        pdf = _second_opinion(source, scratch, findings)
    if any(findings.count(code) for code in ("repaired", "pages-rescued", "pages-copied")):
        _refuse_unknown_layers(pdf)
    if len(pdf.pages) > most_pages:
        raise CannotRead(
            f"{{paper}} has {len(pdf.pages):,} pages, and the limit is {most_pages:,}. Ask for it in parts."
        )
    return pdf


def was_damaged(pdf: Pdf) -> bool:
    """True when qpdf had to mend more than trifles while it read the file so far."""
    return any(not _TRIVIAL.search(warning) for warning in pdf.get_warnings())


def _open(source: Path, scratch: Path, findings: Findings) -> Pdf:
    try:
        return pikepdf.open(source, inherit_page_attributes=False)
    except pikepdf.PasswordError:
        return _opened_elsewhere(source, scratch, findings, LOCKED)
    except (PdfError, RuntimeError, ValueError) as fault:
        if any(word in str(fault) for word in _FOREIGN_ENCRYPTION):
            return _opened_elsewhere(source, scratch, findings, FOREIGN)
    return _second_opinion(source, scratch, findings)


def _opened_elsewhere(source: Path, scratch: Path, findings: Findings, refusal: str) -> Pdf:
    """pdfium knows a few more kinds of encryption that need no password; else the refusal stands."""
    try:
        _rewritten(source, scratch)
        pdf = pikepdf.open(scratch, inherit_page_attributes=False)
    except _UNREADABLE:
        raise PasswordNeeded(refusal) from None
    findings.add("decrypted")
    return pdf


def _second_opinion(source: Path, scratch: Path, findings: Findings) -> Pdf:
    """Open a copy that pdfium writes, one with the lost catalog put back, or one of the pages alone."""
    for rewrite, code in ((_rewritten, "repaired"), (_with_trailer, "repaired"), (_copy_pages, "pages-copied")):
        try:
            rewrite(source, scratch)
            pdf = pikepdf.open(scratch, inherit_page_attributes=False)
        except _UNREADABLE:
            continue
        if _count(pdf) or _rescue(pdf, findings):
            findings.add(code)
            return pdf
    raise CannotRead(BROTLI if b"/BrotliDecode" in source.read_bytes() else BEYOND_REPAIR)


def _refuse_unknown_layers(pdf: Pdf) -> None:
    """Raise CannotRead when the file has layers, but the list that says which ones are hidden is lost."""
    if entry(pdf.Root, "/OCProperties") is None and any(_is_layer(value) for value in pdf.objects):
        raise CannotRead(LAYERS_LOST)


def _rewritten(source: Path, scratch: Path) -> None:
    """pdfium finds its way through some damage that qpdf does not."""
    with PdfDocument(source) as document:
        document.save(scratch, flags=raw.FPDF_REMOVE_SECURITY)


def _with_trailer(source: Path, scratch: Path) -> None:
    """Append a trailer that names the last catalog in the file, or else a new one over the last page tree."""
    whole = source.read_bytes()
    if b"/Encrypt" in whole:
        raise ValueError("without its own trailer an encrypted file cannot be decrypted")
    highest = max((int(number) for number, _, _ in _OBJECTS.findall(whole)), default=0) + 1
    named = {kind: f"{int(number)} {int(turn)} R" for number, turn, kind in _OBJECTS.findall(whole) if kind}
    added = ""
    if b"Catalog" not in named:
        added = f"{highest} 0 obj\n<</Type /Catalog /Pages {named.get(b'Pages', 'null')}>>\nendobj\n"
        named[b"Catalog"] = f"{highest} 0 R"
    ending = f"\n{added}trailer\n<</Root {named[b'Catalog']} /Size {highest + 1}>>\nstartxref\n0\n%%EOF\n"
    scratch.write_bytes(whole + ending.encode())


def _copy_pages(source: Path, scratch: Path) -> None:
    """Copy the pages that pdfium can show to a new file; qpdf does not find objects with numbers that are too high."""
    with PdfDocument(source) as document, PdfDocument.new() as copy:
        copy.import_pages(document)
        copy.save(scratch)


def _count(pdf: Pdf) -> int:
    try:
        root = dictionary(pdf.trailer.get("/Root"))
        if root is None:
            return 0
        if not root.is_indirect:
            pdf.trailer["/Root"] = pdf.make_indirect(root)
        return len(pdf.pages)
    except (PdfError, RuntimeError, AttributeError, KeyError, TypeError, ValueError):
        return 0


def _rescue(pdf: Pdf, findings: Findings) -> bool:
    """Build a new page tree from every page object in the file; says whether there was one."""
    found = [value for value in pdf.objects if _is_page(value)]
    if not found:
        return False
    tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(found), Count=len(found)))
    for page in found:
        page["/Type"] = Name.Page
        page["/Parent"] = tree
    root = pdf.make_indirect(Dictionary(Type=Name.Catalog, Pages=tree))
    _keep_catalog(pdf, root)
    pdf.trailer["/Root"] = root
    findings.add("pages-rescued")
    return _count(pdf) > 0


def _keep_catalog(pdf: Pdf, root: Dictionary) -> None:
    old = pdf.trailer.get("/Root")
    for key in ("/StructTreeRoot", "/MarkInfo", "/Lang", "/Outlines", "/Names", "/Dests", "/AcroForm", "/OCProperties"):
        value = entry(old, key)
        if value is not None:
            root[key] = value


def _is_layer(value: Any) -> bool:
    return dictionary(value) is not None and name(entry(value, "/Type")) == "/OCG"


def _is_page(value: Any) -> bool:
    return dictionary(value) is not None and name(entry(value, "/Type")) == "/Page"


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
