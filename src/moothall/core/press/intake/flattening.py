"""Making what annotations show a part of the page, so that a merged pack shows it and nothing can change it."""

from __future__ import annotations

from typing import Any

from pikepdf import Annotation, Array, Dictionary, Name, Pdf, PdfError, Stream

from moothall.core.press.intake.balancing import balance_content
from moothall.core.press.intake.grafting import Grafts
from moothall.core.press.intake.values import dictionary, elements, entry, integer


class Flattener:
    """Draws annotations' normal appearances onto their pages, each with the tag that the annotation had."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._defaults = dictionary(entry(entry(pdf.Root, "/AcroForm"), "/DR"))
        self._grafts = Grafts(pdf)
        self._drawn: list[bytes] = []

    def add(self, page: Dictionary, annotation: Any) -> bool:
        """Draw one annotation; False when it has nothing to show."""
        appearance = _appearance(annotation)
        if appearance is None:
            return False
        self._complete(appearance)
        label = self._label(page)
        try:
            drawing = Annotation(annotation).get_page_content_for_appearance(
                label, integer(entry(page, "/Rotate")) or 0
            )
        except (PdfError, RuntimeError, ValueError, TypeError):
            return False
        if not drawing:
            return False
        page["/Resources"]["/XObject"][label] = appearance
        self._drawn.append(self._grafts.mark(page, annotation) + drawing + b"\nEMC\n")
        return True

    def finish(self, page: Dictionary) -> None:
        """Put what was drawn for this page behind the page's own content."""
        if not self._drawn:
            return
        balance_content(self._pdf, page)
        content = b"\nQ\n" + b"".join(self._drawn)
        self._drawn.clear()
        before, after = self._pdf.make_stream(b"q\n"), self._pdf.make_stream(content)
        page["/Contents"] = Array([before, *elements(entry(page, "/Contents")), after])

    def _complete(self, appearance: Stream) -> None:
        appearance["/Type"], appearance["/Subtype"] = Name.XObject, Name.Form
        resources = dictionary(entry(appearance, "/Resources"))
        if resources is None and self._defaults is not None:
            appearance["/Resources"] = self._defaults

    def _label(self, page: Dictionary) -> Name:
        resources = page["/Resources"]
        if dictionary(entry(resources, "/XObject")) is None:
            resources["/XObject"] = Dictionary()
        taken = resources["/XObject"]
        count = len(taken)
        while f"/Shown{count}" in taken:
            count += 1
        return Name(f"/Shown{count}")


def _appearance(annotation: Any) -> Stream | None:
    """The stream that shows the annotation as it stands."""
    normal = entry(dictionary(entry(annotation, "/AP")), "/N")
    if isinstance(normal, Stream):
        return normal
    state = entry(annotation, "/AS")
    chosen = entry(normal, state) if isinstance(state, Name) else None
    return chosen if isinstance(chosen, Stream) else None
