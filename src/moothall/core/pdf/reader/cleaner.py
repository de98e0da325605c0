"""Making a PDF safe: what a pack may hold is kept, everything else goes, and what matters is reported.

A last look at every object: entries that have no business in a pack are dropped wherever they stand.

The document's own dictionary and its pages': only the entries that a pack needs are kept.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, ObjectSet, Pdf, PdfError, Stream, String

from moothall.core.pdf.reader.annotations import settle_annotations
from moothall.core.pdf.reader.appearances import complete_appearances
from moothall.core.pdf.reader.damaged_files import mend_streams, was_damaged
from moothall.core.pdf.reader.document_structure import Destinations, report_actions, settle_outlines, settle_structure
from moothall.core.pdf.reader.facts import Findings
from moothall.core.pdf.reader.objects import dictionary, drop, elements, entry, keep_only, pages, text, tree_entries
from moothall.core.pdf.reader.pages import Layers, remove_hidden_layers, settle_geometry
from moothall.core.pdf.repair import Report, describe, mend

# Programs' private data, metadata, attachments and everything that acts.
ANYWHERE = (
    "/AA", "/AF", "/JS", "/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/EF", "/XFA", "/RichMediaContent",
    "/3DD", "/Rendition",
)  # fmt: skip
# A stream whose bytes, or a form whose drawing, stand in another file.
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/Alternates")

_SUSPECT = re.compile(
    rb"/(AA|AF|JS|Metadata|PieceInfo|Thumb|LastModified|EF|XFA|RichMediaContent|3DD|Rendition|FFilter|FDecodeParms"
    rb"|Ref|OPI|Alternates|F)[ \[</(]"
)


def sweep(pdf: Pdf, findings: Findings) -> None:
    """Drop what may stand in no object of a pack."""
    for value in pdf.objects:
        holder = value.stream_dict if isinstance(value, Stream) else value
        if isinstance(holder, Dictionary | Array) and _SUSPECT.search(holder.unparse(resolved=True)):
            if isinstance(value, Stream) and drop(value, *OUTSIDE):
                findings.add("external-content")
            _drop_within(holder)


def _drop_within(value: Any) -> None:
    """Drop from a dictionary or array and all that is written within it, not what it refers to."""
    seen = ObjectSet()
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary | Array) or not seen.add(node):
            continue
        inside = dictionary(node)
        if inside is not None:
            drop(inside, *ANYWHERE)
        parts = list(inside.values()) if inside is not None else list(node)
        waiting.extend(part for part in parts if isinstance(part, Dictionary | Array) and not part.is_indirect)


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


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself, as far as it is true."""

    tagged: bool
    title: str
    language: str


class CannotMend(Exception):
    """The mending stumbled over a document and left it half mended."""


def clean(pdf: Pdf, findings: Findings, scratch: Path, *, mending: bool = True) -> About:
    """Clean an opened PDF in place and say what it is; what was removed or mended goes into ``findings``.

    ``scratch`` names a file that does not exist; files like it are made beside it. Raises CannotMend: open the document
    anew then, and clean it without ``mending``.
    """
    title, language = about(pdf)
    claimed = claims_accessible(pdf)
    settle_geometry(pdf, findings)
    mend_streams(pdf, findings)
    complete_appearances(pdf, scratch)
    destinations, layers = Destinations(pdf), Layers(pdf)
    gone = settle_annotations(pdf, destinations, findings, layers)
    remove_hidden_layers(pdf, layers, findings)
    settle_outlines(pdf, destinations, findings)
    tagged = settle_structure(pdf, gone, findings)
    settle_catalog(pdf, findings, title=title, language=language)
    sweep(pdf, findings)
    whole = mending and _mend(pdf, findings, scratch, language if tagged else None)
    if not mending:
        findings.add("not-mended")
    if was_damaged(pdf) and not findings.count("repaired"):
        findings.add("repaired")
    if claimed and tagged and whole and not findings.cautions():
        claim(pdf, title)
    return About(tagged, title, language)


# What libraries raise over values of the wrong kind.
ODD = (PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError, OverflowError)


def _mend(pdf: Pdf, findings: Findings, scratch: Path, tags_in: str | None) -> bool:
    """True when there was nothing to mend. ``tags_in`` is a tagged document's language ("" for none), or None."""
    report = Report()
    try:
        describe(pdf, report)
        if tags_in is not None:
            mend(pdf, report, scratch, tags_in)
    except ODD as fault:
        _log.info("mending failed: %s: %s", type(fault).__name__, fault)
        raise CannotMend from fault
    findings.tell(report.cautions())
    return report.is_empty
