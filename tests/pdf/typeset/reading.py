"""Reads set pages back, as a reader or a screen reader would."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

from moothall.core.documents.tree import Block, Paragraph, Text

CREATED = datetime(2014, 11, 14, 9, 0, tzinfo=UTC)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def blocks(*texts: str) -> tuple[Block, ...]:
    return tuple(paragraph(text) for text in texts)


def tags(pdf: Path) -> str:
    """The tag tree with its texts, as pdfinfo prints it."""
    return subprocess.run(
        ["pdfinfo", "-struct-text", str(pdf)], check=True, capture_output=True, encoding="utf-8", errors="replace"
    ).stdout


def tagged_text(pdf: Path) -> str:
    """The text in the order of the tags, without white space and bullets."""
    lines = [line.strip() for line in tags(pdf).splitlines()]
    return bare("".join(line[1:-1] for line in lines if len(line) > 1 and line[0] == line[-1] == '"'))


def printed_text(pdf: Path) -> str:
    """The text as it stands on the pages."""
    return subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout


def bare(text: str) -> str:
    return re.sub(r"[\s•–▪]", "", text)


def elements(pdf: Path, kind: str) -> Iterator[pikepdf.Object]:
    """The structure elements of one kind, in reading order; the file stays open while they are read."""
    with pikepdf.open(pdf) as document:
        yield from _walk(document.Root.StructTreeRoot, f"/{kind}")


def _walk(element: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    if element.get("/S") == kind:
        yield element
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _walk(kid, kind)


def scopes(pdf: Path) -> list[str]:
    """The scope of every header cell."""
    return [_scope(element) for element in elements(pdf, "TH")]


def boxes(pdf: Path) -> list[list[float]]:
    """Where the figures stand: left, lower, right and upper edge in points."""
    return [[float(edge) for edge in _attribute(element, "/BBox")] for element in elements(pdf, "Figure")]


def _scope(cell: pikepdf.Object) -> str:
    return str(_attribute(cell, "/Scope") or "")


def _attribute(element: pikepdf.Object, name: str) -> Any:
    attributes = element.A
    listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((each[name] for each in listed if name in each), None)


def page_sizes(pdf: Path) -> list[tuple[int, int]]:
    with pikepdf.open(pdf) as document:
        return [(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in document.pages]


def visible_words(pdf: Path) -> Counter[str]:
    """The words of which every letter's centre is within the page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return Counter(word for page in document for word in _visible(page).split())
    finally:
        document.close()


def _visible(page: pypdfium2.PdfPage) -> str:
    text, (width, height) = page.get_textpage(), page.get_size()
    letters = []
    for index in range(text.count_chars()):
        left, lower, right, upper = text.get_charbox(index)
        inside = 0 <= (left + right) / 2 <= width and 0 <= (lower + upper) / 2 <= height
        letters.append(chr(raw.FPDFText_GetUnicode(text.raw, index)) if inside else " ")
    return "".join(letters)
