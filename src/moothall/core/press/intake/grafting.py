"""Keeping what was an annotation in the tags: its place in the structure passes to what was drawn instead."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

from moothall.core.press.intake.trees import tree_entries
from moothall.core.press.intake.values import dictionary, elements, entry, integer, name


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
