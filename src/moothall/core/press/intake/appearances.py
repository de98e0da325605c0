"""Appearances that a file leaves to its reader: filled-in fields and mark-up that were never drawn.

pdfium draws them as it would on the screen; what it drew is copied into the document, where it can be flattened.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, PdfError, Stream
from pypdfium2 import PdfDocument, PdfiumError

from moothall.core.press.intake.values import dictionary, elements, entry, field_value, name, pages

_DRAWABLE = frozenset(
    {"/Widget", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/Square", "/Circle"}
)  # fmt: skip
_MOST = 20_000

Place = tuple[int, int]


def complete_appearances(pdf: Pdf, scratch: Path) -> None:
    """Give every annotation that shows something a normal appearance; ``scratch`` names files to be made."""
    asked = entry(entry(pdf.Root, "/AcroForm"), "/NeedAppearances") is True
    bare = [place for place, annotation in _annotations(pdf) if _lacks(annotation, anew=asked)][:_MOST]
    if not bare:
        return
    before, after = scratch.with_suffix(".bare.pdf"), scratch.with_suffix(".drawn.pdf")
    try:
        _save_for_drawing(pdf, before)
        _draw(before, after, sorted({page for page, _ in bare}))
        with pikepdf.open(after) as drawn:
            _copy(pdf, drawn, set(bare))
    except (PdfError, PdfiumError, RuntimeError, ValueError, OSError):
        return


def _annotations(pdf: Pdf) -> list[tuple[Place, Any]]:
    return [
        ((number, index), annotation)
        for number, page in pages(pdf)
        for index, annotation in enumerate(elements(entry(page, "/Annots")))
    ]


def _lacks(annotation: Any, *, anew: bool) -> bool:
    """True when an annotation should be drawn; ``anew``: the form says that the fields' appearances are stale."""
    kind = name(entry(annotation, "/Subtype"))
    bare = entry(entry(annotation, "/AP"), "/N") is None
    if kind != "/Widget":
        return kind in _DRAWABLE and bare
    written = field_value(annotation, "/FT") in (Name.Tx, Name.Ch) and field_value(annotation, "/V") is not None
    return written and (bare or anew)


def _save_for_drawing(pdf: Pdf, before: Path) -> None:
    """pdfium draws fields only where the form asks its reader to."""
    form = dictionary(entry(pdf.Root, "/AcroForm"))
    asked = entry(form, "/NeedAppearances")
    if form is not None:
        form["/NeedAppearances"] = True
    pdf.save(before, encryption=False)
    if form is not None and asked is not True:
        del form["/NeedAppearances"]


def _draw(before: Path, after: Path, numbers: list[int]) -> None:
    with PdfDocument(before) as document:
        for number in numbers:
            page = document[number - 1]
            page.render(scale=0.02).close()
            page.close()
        document.save(after)


def _copy(pdf: Pdf, drawn: Pdf, bare: set[Place]) -> None:
    made = {place: annotation for place, annotation in _annotations(drawn) if place in bare}
    for place, annotation in _annotations(pdf):
        normal = entry(entry(made.get(place), "/AP"), "/N")
        if place in bare and isinstance(normal, Stream):
            annotation["/AP"] = Dictionary(N=pdf.copy_foreign(normal))
