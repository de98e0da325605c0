"""The tags: whether they are real, whether they are whole, and no reference in them to what was removed.

The document's own bookmarks: built anew, with places in the document as their only actions.

Where links and bookmarks lead: names are resolved, so that papers with equal names do not mix in a pack.

Actions: which kinds there are, and what is reported of each when it is removed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, ObjectSet, Pdf, String

from moothall.core.pdf.reader.facts import Findings
from moothall.core.pdf.reader.objects import (
    dictionary,
    drop,
    elements,
    entry,
    integer,
    keep_only,
    name,
    number,
    pages,
    text,
    tree_entries,
)

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
    for page_number, page in pages(pdf):
        at = integer(entry(page, "/StructParents"))
        if page_number in reached and not isinstance(parents.get(at), Array):
            findings.add("structure-damaged", page_number)


def _untag(pdf: Pdf) -> None:
    drop(pdf.Root, "/StructTreeRoot", "/MarkInfo")
    for _, page in pages(pdf):
        drop(page, "/StructParents", "/Tabs")
        for annotation in elements(entry(page, "/Annots")):
            drop(annotation, "/StructParent")


# The numbers after each way to show a page (ISO 32000-1, table 151).
_VIEWS = {"/XYZ": 3, "/Fit": 0, "/FitH": 1, "/FitV": 1, "/FitR": 4, "/FitB": 0, "/FitBH": 1, "/FitBV": 1}

# A name leads to a dictionary, that to an array; anything longer goes round in circles.
_LONGEST_CHAIN = 4


class Destinations:
    """The places of one document that can be gone to."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = [page.obj for page in pdf.pages]
        self._known = {page.objgen for page in self._pages}
        self._names = _names(pdf)

    def resolve(self, value: Any) -> Array | None:
        """An explicit destination ``[page /View ...]`` for any way to name one; None when it leads nowhere."""
        for _ in range(_LONGEST_CHAIN):
            if isinstance(value, String | Name):
                value = self._names.get(_key(value))
            elif dictionary(value) is not None:
                value = entry(value, "/D")
        return self._explicit(elements(value)) if isinstance(value, Array) else None

    def _explicit(self, parts: list[Any]) -> Array | None:
        page = self._page(parts[0]) if parts else None
        if page is None:
            return None
        view = name(parts[1]) if len(parts) > 1 else ""
        if view not in _VIEWS:
            return Array([page, Name.Fit])
        figures = [number(part) for part in parts[2 : 2 + _VIEWS[view]]]
        figures += [None] * (_VIEWS[view] - len(figures))
        return Array([page, Name(view), *figures])

    def _page(self, value: Any) -> Object | None:
        if dictionary(value) is not None:
            return value if value.objgen in self._known else None
        index = integer(value)
        return self._pages[index] if index is not None and 0 <= index < len(self._pages) else None


def _names(pdf: Pdf) -> dict[bytes, Any]:
    named = dict(_old_names(pdf))
    for key, value in tree_entries(entry(entry(pdf.Root, "/Names"), "/Dests")):
        if isinstance(key, String):
            named.setdefault(_key(key), value)
    return named


def _old_names(pdf: Pdf) -> list[tuple[bytes, Any]]:
    old = dictionary(entry(pdf.Root, "/Dests"))
    pairs = old.items() if old is not None else ()
    return [(key[1:].encode("utf-8", "surrogateescape"), value) for key, value in pairs]


def _key(value: Any) -> bytes:
    return bytes(value) if isinstance(value, String) else bytes(value)[1:]


CODES: dict[str, str] = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/GoToR": "other-file",
    "/GoToE": "other-file",
    "/SubmitForm": "form-action",
    "/ResetForm": "form-action",
    "/ImportData": "form-action",
    "/Rendition": "multimedia",
    "/Movie": "multimedia",
    "/Sound": "multimedia",
    "/RichMediaExecute": "multimedia",
    "/GoTo3DView": "multimedia",
    "/URI": "automatic-action",
}
# Going to a page or turning it when a document opens is how a viewer is set up, nothing to report.
_HARMLESS = frozenset({"/GoTo", "/Named", "/GoToDp"})
_MOST = 10_000


def report_actions(holder: Any, findings: Findings, page: int = 0) -> None:
    """Report every action that is in ``holder``: an action, a dictionary of actions, or chains of them."""
    seen = ObjectSet()
    waiting = [holder]
    for _ in range(_MOST):
        if not waiting:
            return
        value = waiting.pop()
        if dictionary(value) is None or not seen.add(value):
            continue
        kind = name(entry(value, "/S"))
        if kind and kind not in _HARMLESS:
            findings.add(CODES.get(kind, "other-action"), page)
        waiting.extend(elements(entry(value, "/Next")) if kind else value.values())


MOST_BOOKMARKS = 20_000
DEEPEST = 12


@dataclass
class _Bookmark:
    title: str
    place: Array | None
    below: list[_Bookmark] = field(default_factory=list)


def settle_outlines(pdf: Pdf, destinations: Destinations, findings: Findings) -> None:
    """Replace the outline by one that holds titles and places only; a document without any gets none."""
    old = entry(pdf.Root, "/Outlines")
    bookmarks = _Reading(destinations, findings).below(old, 0)
    if "/Outlines" in pdf.Root:
        del pdf.Root["/Outlines"]
    if bookmarks:
        root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        _write(pdf, root, bookmarks)
        pdf.Root["/Outlines"] = root


class _Reading:
    def __init__(self, destinations: Destinations, findings: Findings) -> None:
        self._destinations = destinations
        self._findings = findings
        self._seen = ObjectSet()

    def below(self, parent: Any, depth: int) -> list[_Bookmark]:
        """The bookmarks under ``parent``; loops end, and what is deeper than ``DEEPEST`` is left out."""
        found: list[_Bookmark] = []
        item = entry(parent, "/First")
        while dictionary(item) is not None and len(self._seen) < MOST_BOOKMARKS and self._seen.add(item):
            below = self.below(item, depth + 1) if depth < DEEPEST else []
            bookmark = _Bookmark(text(entry(item, "/Title"), 500), self._place(item), below)
            if bookmark.title and (bookmark.place is not None or below):
                found.append(bookmark)
            item = entry(item, "/Next")
        return found

    def _place(self, item: Any) -> Array | None:
        if "/Dest" in item:
            return self._destinations.resolve(entry(item, "/Dest"))
        action = dictionary(entry(item, "/A"))
        report_actions(action, self._findings)
        return self._destinations.resolve(entry(action, "/D")) if name(entry(action, "/S")) == "/GoTo" else None


def _write(pdf: Pdf, parent: Any, bookmarks: list[_Bookmark]) -> None:
    made = [pdf.make_indirect(Dictionary(Title=String(each.title), Parent=parent)) for each in bookmarks]
    for item, bookmark in zip(made, bookmarks, strict=True):
        if bookmark.place is not None:
            item["/Dest"] = bookmark.place
        if bookmark.below:
            _write(pdf, item, bookmark.below)
    for before, after in pairwise(made):
        before["/Next"], after["/Prev"] = after, before
    parent["/First"], parent["/Last"] = made[0], made[-1]
    # A negative count shows the bookmarks below as folded.
    parent["/Count"] = len(made) if name(entry(parent, "/Type")) == "/Outlines" else -len(made)
