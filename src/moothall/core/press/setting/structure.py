"""The last touch to a set PDF: row headers in its tables, which the compiler cannot mark by itself."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf

from moothall.core.press.errors import CannotSet
from moothall.core.press.setting.gathering import HeaderMarks

_TABLE_PARTS = ("/THead", "/TBody", "/TFoot")


def finish(document: pikepdf.Pdf, tables: Sequence[HeaderMarks | None]) -> bytes | None:
    """``document`` with the headers of ``tables`` (in reading order) marked; None where there is nothing to mark.

    In a table with row headers every header carries a scope and no cell lists its headers, so that readers find
    both row and column (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5).
    """
    if not any(tables):
        return None
    found = list(_tables(document.Root.StructTreeRoot))
    if len(found) != len(tables):
        raise CannotSet(f"The setter lost count of the tables: {len(tables)} given, {len(found)} set.")
    for element, marks in zip(found, tables, strict=True):
        if marks:
            _mark(element, marks)
    out = io.BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def page_count(path: Path) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(path) as document:
        return len(document.pages)


def _kids(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements directly under ``element``."""
    kids = element.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _tables(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every table below ``root`` in reading order, an outer one before those in its cells."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == "/Table":
            yield element
        waiting.extend(reversed(list(_kids(element))))


def _rows(table: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _kids(table):
        if str(kid.S) in _TABLE_PARTS:
            yield from _rows(kid)
        elif kid.S == "/TR":
            yield kid


def _mark(table: pikepdf.Object, marks: HeaderMarks) -> None:
    for number, row in enumerate(_rows(table)):
        for place, cell in enumerate(_kids(row)):
            scope = marks.get((number, place))
            if scope:
                cell.S = pikepdf.Name("/TH")
            _attribute(cell, scope)


def _attribute(cell: pikepdf.Object, scope: str | None) -> None:
    """Leave of the cell's attributes those that place it in its table, with its scope.

    The list of headers goes, since scopes say it; so does the layout (lines and tints), which is half the file.
    """
    attributes = cell.get("/A")
    listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes] if attributes else []
    own = next((each for each in listed if each.get("/O") == "/Table"), None)
    if own is None:
        own = pikepdf.Dictionary(O=pikepdf.Name.Table)
    if "/Headers" in own:
        del own["/Headers"]
    if scope:
        own["/Scope"] = pikepdf.Name(f"/{scope}")
    if len(own.keys()) > 1:
        cell.A = own
    elif attributes is not None:
        del cell["/A"]
