"""The reading process's part of an inspection: what stands in the file as it was uploaded."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary, ObjectSet, Pdf, PdfError, Stream

from moothall.core.pdf.reader.document_structure import MOST_ELEMENTS
from moothall.core.pdf.reader.facts import PageFacts, listing
from moothall.core.pdf.reader.inspection import MM, Font, PageSize, Shortcoming, Tags
from moothall.core.pdf.reader.objects import dictionary, elements, entry, name, pages, text

if TYPE_CHECKING:
    from moothall.core.pdf.checks.flaws import Flaw

_CLAIM = re.compile(r"pdf(ua|a)id:(part|conformance)(?:=[\"']|>)\s*([\w]+)")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_MOST_FORMS = 50_000


def as_uploaded(pdf: Pdf) -> dict[str, Any]:
    """What only the uploaded file says: its maker, encryption, tags, fonts and pictures."""
    information = entry(pdf.trailer, "/Info")
    fonts, images = _drawn_with(pdf)
    return {
        "version": pdf.pdf_version,
        "producer": text(entry(information, "/Producer"), 200),
        "creator": text(entry(information, "/Creator"), 200),
        "encryption": _encryption(pdf),
        "tags": asdict(_tags(pdf)),
        "fonts": [asdict(font) for font in fonts],
        "images": images,
    }


def of_pages(facts: list[PageFacts]) -> dict[str, Any]:
    """The pages' sizes and text, from their facts."""
    sizes = Counter((round(page.width * MM), round(page.height * MM)) for page in facts)
    letters = [len("".join(page.text.split())) for page in facts]
    return {
        "pages": len(facts),
        "sizes": [asdict(PageSize(*size, count)) for size, count in sizes.most_common()],
        "letters": sum(letters),
        "pages_with_text": sum(1 for count in letters if count),
        "scanned_pages": [number for number, page in enumerate(facts, 1) if page.scanned],
    }


def shortcomings(pdf: Pdf) -> list[dict[str, Any]] | None:
    """The breaches of PDF/UA-1, by kind, failures first; None for a file so odd that it cannot be checked."""
    from moothall.core.pdf.checks.pdfua import check_open  # noqa: PLC0415 - only an inspection needs it

    try:
        flaws = check_open(pdf)
    except (PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return None
    kinds: dict[str, list[Flaw]] = {}
    for flaw in flaws:
        kinds.setdefault(flaw.code, []).append(flaw)
    return [asdict(_shortcoming(found)) for found in sorted(kinds.values(), key=lambda found: not found[0].fails)]


def _shortcoming(found: list[Flaw]) -> Shortcoming:
    first = found[0]
    where = listing(sorted({flaw.page for flaw in found if flaw.page}))
    return Shortcoming(first.code, str(first.rule.grade), str(first.rule), first.message, len(found), where)


def count_bookmarks(pdf: Pdf) -> int:
    """The bookmarks of a cleaned document."""
    count, waiting = 0, [entry(entry(pdf.Root, "/Outlines"), "/First")]
    while waiting:
        item = waiting.pop()
        if dictionary(item) is not None:
            count += 1
            waiting += [entry(item, "/Next"), entry(item, "/First")]
    return count


def _encryption(pdf: Pdf) -> str:
    if not pdf.is_encrypted:
        return ""
    return f"{pdf.encryption.bits}-bit, opened without a password"


def _tags(pdf: Pdf) -> Tags:
    root = dictionary(entry(pdf.Root, "/StructTreeRoot"))
    counted: Counter[str] = Counter()
    bare = 0
    for element in _structure(root):
        kind = _standard(name(entry(element, "/S")), entry(root, "/RoleMap"))
        counted[kind] += 1
        bare += kind == "Figure" and "/Alt" not in element and "/ActualText" not in element
    marked = entry(entry(pdf.Root, "/MarkInfo"), "/Marked") is True
    return Tags(bool(counted), marked, _claims(pdf), dict(sorted(counted.items())), bare)


def _structure(root: Dictionary | None) -> list[Dictionary]:
    seen = ObjectSet()
    found: list[Dictionary] = []
    waiting = elements(entry(root, "/K"))
    while waiting and len(found) < MOST_ELEMENTS:
        element = waiting.pop()
        if dictionary(element) is None or not name(entry(element, "/S")) or not seen.add(element):
            continue
        found.append(element)
        waiting.extend(elements(entry(element, "/K")))
    return found


def _standard(kind: str, roles: Any) -> str:
    """The type that the document says its own type stands for."""
    for _ in range(5):
        mapped = name(entry(roles, kind)) if kind.isascii() and kind else ""
        if not mapped or mapped == kind:
            break
        kind = mapped
    return kind.removeprefix("/")


def _claims(pdf: Pdf) -> tuple[str, ...]:
    metadata = entry(pdf.Root, "/Metadata")
    if not isinstance(metadata, Stream):
        return ()
    try:
        told = metadata.read_bytes()[: 1 << 20].decode("utf-8", "replace")
    except (PdfError, RuntimeError, ValueError):
        return ()
    parts: dict[str, dict[str, str]] = {}
    for standard, key, value in _CLAIM.findall(told):
        parts.setdefault(standard, {})[key] = value
    names = {"ua": "PDF/UA-", "a": "PDF/A-"}
    return tuple(
        names[key] + found.get("part", "?") + found.get("conformance", "").lower() for key, found in parts.items()
    )


def _drawn_with(pdf: Pdf) -> tuple[list[Font], int]:
    """The fonts, each once, and how many different pictures the pages and the forms on them use."""
    seen, fonts, images = ObjectSet(), set[Font](), 0
    waiting = [entry(page, "/Resources") for _, page in pages(pdf)]
    while waiting and len(seen) < _MOST_FORMS:
        resources = waiting.pop()
        if dictionary(resources) is None or not seen.add(resources):
            continue
        fonts |= {_font(font) for font in _values(resources, "/Font") if dictionary(font) is not None}
        for drawing in _values(resources, "/XObject"):
            if isinstance(drawing, Stream) and seen.add(drawing):
                images += name(entry(drawing, "/Subtype")) == "/Image"
                waiting.append(entry(drawing, "/Resources"))
    return sorted(fonts, key=lambda font: (font.name, font.kind)), images


def _values(resources: Any, category: str) -> list[Any]:
    inside = dictionary(entry(resources, category))
    return list(inside.values()) if inside is not None else []


def _font(font: Any) -> Font:
    below = elements(entry(font, "/DescendantFonts"))
    descriptor = entry(below[0] if below else font, "/FontDescriptor")
    kind = name(entry(font, "/Subtype")).removeprefix("/")
    embedded = kind == "Type3" or any(isinstance(entry(descriptor, key), Stream) for key in _FONT_FILES)
    called = _SUBSET.sub("", name(entry(font, "/BaseFont")).removeprefix("/"))
    return Font(called.encode("utf-8", "replace").decode() or "unnamed", kind, embedded)
