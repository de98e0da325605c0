"""Opening a PDF, mending it where qpdf can, refusing it in plain words where it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, PdfError

from moothall.core.press.errors import CannotRead, PasswordNeeded
from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.values import dictionary, entry, name

BEYOND_REPAIR = (
    "{paper} is damaged beyond repair: no page of it can be read. Ask the author for it again, or for a fresh PDF."
)
# qpdf says so when a file is encrypted for the holders of certificates, or by a shop's own scheme.
_FOREIGN_ENCRYPTION = ("unsupported encryption", "encryption filter", "encryption dictionary", "unsupported /R")


def opened(source: Path, *, most_pages: int, findings: Findings) -> Pdf:
    """The PDF, opened with an empty password if need be, with at least one page.

    Errors: CannotRead, PasswordNeeded.
    """
    pdf = _open(source)
    if pdf.is_encrypted:
        findings.add("decrypted")
    _require_pages(pdf, findings)
    if len(pdf.pages) > most_pages:
        raise CannotRead(
            f"{{paper}} has {len(pdf.pages):,} pages, and the limit is {most_pages:,}. Ask for it in parts."
        )
    return pdf


def _open(source: Path) -> Pdf:
    try:
        return pikepdf.open(source, inherit_page_attributes=False)
    except pikepdf.PasswordError:
        raise PasswordNeeded(
            "{paper} needs a password to open it. Save it without one, or ask the author for an open copy."
        ) from None
    except (PdfError, RuntimeError, ValueError) as fault:
        if any(word in str(fault) for word in _FOREIGN_ENCRYPTION):
            raise PasswordNeeded(
                "{paper} is encrypted in a way that only its author's programs can open. Ask for an open copy."
            ) from None
        raise CannotRead(BEYOND_REPAIR) from None


def _require_pages(pdf: Pdf, findings: Findings) -> None:
    if _count(pdf) or _rescue(pdf, findings):
        return
    raise CannotRead(BEYOND_REPAIR)


def _count(pdf: Pdf) -> int:
    try:
        if dictionary(pdf.trailer.get("/Root")) is None:
            return 0
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
    for key in ("/StructTreeRoot", "/MarkInfo", "/Lang", "/Outlines", "/Names", "/Dests", "/AcroForm"):
        value = entry(old, key)
        if value is not None:
            root[key] = value


def _is_page(value: Any) -> bool:
    return dictionary(value) is not None and name(entry(value, "/Type")) == "/Page"
