"""The document's own dictionary and its pages': only the entries that a pack needs are kept."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name, Pdf, PdfError, String

from moothall.core.press.intake.actions import report_actions
from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.trees import tree_entries
from moothall.core.press.intake.values import dictionary, drop, elements, entry, keep_only, pages, text

CATALOG = frozenset({"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines"})
TRAILER = frozenset({"/Root", "/Encrypt"})
PAGE = frozenset(
    {
        "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Annots",
        "/StructParents", "/Tabs", "/Group",
    }
)  # fmt: skip

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
# Programs put their own name or a path before a title that nobody wrote.
_PROGRAM = re.compile(r"^(Microsoft (Word|PowerPoint|Excel)|PowerPoint Presentation|Word)\s*-\s*")


def about(pdf: Pdf) -> tuple[str, str]:
    """(title, language) of the document, each "" when it gives none."""
    language = text(entry(pdf.Root, "/Lang"), 60)
    title = text(entry(pdf.trailer.get("/Info"), "/Title"), 500) or _xmp_title(pdf)
    return _PROGRAM.sub("", title), language if _LANGUAGE.fullmatch(language) else ""


def _xmp_title(pdf: Pdf) -> str:
    if entry(pdf.Root, "/Metadata") is None:
        return ""
    try:
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        return text(String(str(metadata.get("dc:title", ""))), 500)
    except (PdfError, RuntimeError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def claims_accessible(pdf: Pdf) -> bool:
    """True when the author claims PDF/UA-1 for the document."""
    try:
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        return "/Metadata" in pdf.Root and str(metadata.get("pdfuaid:part", "")) == "1"
    except (PdfError, RuntimeError, ValueError, KeyError, TypeError, AttributeError):
        return False


def claim(pdf: Pdf, title: str) -> None:
    """Write metadata that hold the title and the author's claim of PDF/UA-1, and nothing else."""
    packet = pdf.make_stream(_PACKET.format(title=escape(title)).encode())
    packet["/Type"], packet["/Subtype"] = Name.Metadata, Name.XML
    pdf.Root["/Metadata"] = packet


def settle_catalog(pdf: Pdf, findings: Findings, *, title: str, language: str) -> None:
    """Cut the catalog and every page down to what a pack needs, and the metadata to the title."""
    root = pdf.Root
    _report_catalog(root, findings)
    keep_only(root, CATALOG)
    drop(root, "/Lang")
    if language:
        root["/Lang"] = String(language)
    for number, page in pages(pdf):
        report_actions(entry(page, "/AA"), findings, number)
        if "/AF" in page:
            findings.add("embedded-file", number, len(elements(entry(page, "/AF"))))
        keep_only(page, PAGE)
    keep_only(pdf.trailer, TRAILER)
    # The writer fills the size in, but only where the entry is there: a damaged file may have lost it.
    pdf.trailer["/Size"] = 0
    if title:
        pdf.trailer["/Info"] = pdf.make_indirect(Dictionary(Title=String(title)))


def _leaves(tree: Any) -> int:
    """How many entries a name tree holds; at least one where there is a tree at all."""
    if dictionary(tree) is None:
        return 0
    return max(1, sum(1 for _ in tree_entries(tree)))


def _report_catalog(root: Any, findings: Findings) -> None:
    report_actions(entry(root, "/AA"), findings)
    opening = dictionary(entry(root, "/OpenAction"))
    report_actions(opening, findings)
    names = entry(root, "/Names")
    findings.add_times("javascript", _leaves(entry(names, "/JavaScript")))
    findings.add_times("embedded-file", _leaves(entry(names, "/EmbeddedFiles")))
    findings.add_times("embedded-file", 0 if names else len(elements(entry(root, "/AF"))))
    findings.add_times("multimedia", _leaves(entry(names, "/Renditions")))
    if "/Collection" in root:
        findings.add("portfolio")
    form = dictionary(entry(root, "/AcroForm"))
    if form is not None and "/XFA" in form:
        findings.add("xfa-form")
