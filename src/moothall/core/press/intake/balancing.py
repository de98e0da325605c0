"""Content that leaves the graphics state changed is closed off, so that what is drawn behind it lands where it should.

A page whose content saves the state more often than it restores it ends with its own scale and turn still in force;
whatever is drawn behind it is drawn at that scale.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Pdf, PdfError

from moothall.core.press.intake.values import elements, entry


def balance_content(pdf: Pdf, page: Dictionary) -> None:
    """Make a page's content restore exactly what it saves; what it draws stays the same."""
    try:
        surplus, unclosed = _imbalance(page)
        parts: list[Any] = elements(entry(page, "/Contents"))
        if surplus:
            parts = [pdf.make_stream(_without_surplus(page))]
    except (PdfError, RuntimeError, ValueError, TypeError):
        return
    if unclosed:
        parts.append(pdf.make_stream(b"\nQ" * unclosed + b"\n"))
    if surplus or unclosed:
        page["/Contents"] = Array(parts)


def _imbalance(page: Dictionary) -> tuple[int, int]:
    """(restores without a save before them, saves that are never restored)."""
    depth = surplus = 0
    for instruction in pikepdf.parse_content_stream(page, operators="q Q"):
        step = 1 if str(instruction.operator) == "q" else -1
        surplus += depth + step < 0
        depth = max(0, depth + step)
    return surplus, depth


def _without_surplus(page: Dictionary) -> bytes:
    """The content without the restores that have nothing to restore: readers ignore them where they stand."""
    depth = 0
    kept: list[Any] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        if depth < 0:
            depth = 0
            continue
        kept.append(instruction)
    return pikepdf.unparse_content_stream(kept)
