"""The tags: whether they are real, whether they are whole, and no reference in them to what was removed."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, ObjectSet, Pdf

from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.trees import tree_entries
from moothall.core.press.intake.values import dictionary, drop, elements, entry, integer, keep_only, name, pages

ROOT = frozenset(
    {"/Type", "/K", "/IDTree", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/ClassMap", "/Namespaces"}
)
MOST_ELEMENTS = 2_000_000


def settle_structure(pdf: Pdf, gone: ObjectSet, findings: Findings) -> bool:
    """True when the document is really tagged: its structure reaches its pages.

    ``gone`` holds annotations that were removed; the structure's references to them are taken out. Structure that
    reaches no page is dropped whole.
    """
    root = dictionary(entry(pdf.Root, "/StructTreeRoot"))
    reached = _Walk(pdf, gone).reached(root) if root is not None else set()
    if root is None or not reached:
        if root is not None or entry(entry(pdf.Root, "/MarkInfo"), "/Marked") is True:
            findings.add("tags-without-structure")
        _untag(pdf)
        return False
    keep_only(root, ROOT)
    pdf.Root["/MarkInfo"] = Dictionary(Marked=True)
    _check(pdf, root, reached, findings)
    return True


class _Walk:
    """One walk over the structure, by hand: its depth is the author's choice."""

    def __init__(self, pdf: Pdf, gone: ObjectSet) -> None:
        self._pages = {page.objgen: number for number, page in pages(pdf)}
        self._gone = gone
        self._seen = ObjectSet()

    def reached(self, root: Dictionary) -> set[int]:
        """The numbers of the pages that the structure's marked content is on."""
        found: set[int] = set()
        waiting: list[tuple[Any, Any]] = [(root, None)]
        while waiting and len(self._seen) < MOST_ELEMENTS:
            element, page = waiting.pop()
            if dictionary(element) is None or not self._seen.add(element):
                continue
            page = entry(element, "/Pg") or page
            for kid, kind in self._kids(element):
                if kind == "/MCR":
                    self._note(entry(kid, "/Pg") or page, found)
                else:
                    waiting.append((kid, page))
        return found

    def _note(self, page: Any, found: set[int]) -> None:
        if dictionary(page) is not None and page.objgen in self._pages:
            found.add(self._pages[page.objgen])

    def _kids(self, element: Dictionary) -> list[tuple[Any, str]]:
        """The element's kids and what they are, after its references to removed annotations were taken out."""
        kids = [(kid, _kind(kid)) for kid in elements(entry(element, "/K"))]
        kept = [(kid, kind) for kid, kind in kids if kind != "/OBJR" or not self._refers_to_gone(kid)]
        if len(kept) != len(kids):
            drop(element, "/K")
            if kept:
                element["/K"] = Array([kid for kid, _ in kept])
        return kept

    def _refers_to_gone(self, kid: Any) -> bool:
        target = entry(kid, "/Obj")
        return dictionary(target) is None or target in self._gone


def _kind(kid: Any) -> str:
    """The /Type of a kid that refers to something; a number is a reference to marked content, too."""
    if integer(kid) is not None:
        return "/MCR"
    return name(entry(kid, "/Type"))


def _check(pdf: Pdf, root: Dictionary, reached: set[int], findings: Findings) -> None:
    parents = {integer(key): value for key, value in tree_entries(entry(root, "/ParentTree"), "/Nums")}
    for number, page in pages(pdf):
        at = integer(entry(page, "/StructParents"))
        if number in reached and not isinstance(parents.get(at), Array):
            findings.add("structure-damaged", number)


def _untag(pdf: Pdf) -> None:
    drop(pdf.Root, "/StructTreeRoot", "/MarkInfo")
    for _, page in pages(pdf):
        drop(page, "/StructParents", "/Tabs")
        for annotation in elements(entry(page, "/Annots")):
            drop(annotation, "/StructParent")
