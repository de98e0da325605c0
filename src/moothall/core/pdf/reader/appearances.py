"""Appearances that a file leaves to its reader: filled-in fields and mark-up that were never drawn.

pdfium draws them as it would on the screen; what it drew is copied into the document, where it can be flattened.

Making what annotations show a part of the page, so that a merged pack shows it and nothing can change it.

Keeping what was an annotation in the tags: its place in the structure passes to what was drawn instead.

Content that leaves the graphics state changed is closed off, so that what is drawn behind it lands where it should.

A page whose content saves the state more often than it restores it ends with its own scale and turn still in force;
whatever is drawn behind it is drawn at that scale.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Annotation, Array, Dictionary, Name, Pdf, PdfError, Stream
from pypdfium2 import PdfDocument, PdfiumError

from moothall.core.pdf.reader.objects import (
    dictionary,
    elements,
    entry,
    field_value,
    integer,
    name,
    pages,
    tree_entries,
)

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


class Grafts:
    """The structure of one document, as far as annotations stand in it."""

    def __init__(self, pdf: Pdf) -> None:
        root = dictionary(entry(pdf.Root, "/StructTreeRoot"))
        pairs = tree_entries(entry(root, "/ParentTree"), "/Nums") if root is not None else ()
        self._parents = {integer(key): value for key, value in pairs}

    def mark(self, page: Dictionary, annotation: Any) -> bytes:
        """The operator that opens the marked content drawn for an annotation; an artifact where it has no tag."""
        element = dictionary(self._parents.get(integer(entry(annotation, "/StructParent"))))
        marked = self._parents.get(integer(entry(page, "/StructParents")))
        if element is None or not isinstance(marked, Array):
            return b"/Artifact BMC\n"
        kids = elements(entry(element, "/K"))
        at = next((index for index, kid in enumerate(kids) if _refers_to(kid, annotation)), None)
        if at is None:
            return b"/Artifact BMC\n"
        identifier = len(marked)
        kids[at] = Dictionary(Type=Name.MCR, Pg=page, MCID=identifier)
        element["/K"] = Array(kids)
        marked.append(element)
        return b"/Form <</MCID %d>> BDC\n" % identifier


def _refers_to(kid: Any, annotation: Any) -> bool:
    target = entry(kid, "/Obj") if name(entry(kid, "/Type")) == "/OBJR" else None
    return isinstance(target, Dictionary) and target.is_same_object_as(annotation)


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
