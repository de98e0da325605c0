"""The document's own bookmarks: built anew, with places in the document as their only actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectSet, Pdf, String

from moothall.core.press.intake.actions import report_actions
from moothall.core.press.intake.destinations import Destinations
from moothall.core.press.intake.findings import Findings
from moothall.core.press.intake.values import dictionary, entry, name, text

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
