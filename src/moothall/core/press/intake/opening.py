"""Opening a PDF, mending it where qpdf can, refusing it in plain words where it cannot."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, PdfError
from pypdfium2 import PdfDocument, PdfiumError, raw

from moothall.core.press.errors import CannotRead, PasswordNeeded
from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.values import dictionary, entry, name

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
