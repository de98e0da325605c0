"""Links that say nothing of themselves are told by where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pikepdf import Array, ObjectSet, Pdf, String

from moothall.core.press.intake.mending.report import Report
from moothall.core.press.intake.mending.tree import Key
from moothall.core.press.intake.values import dictionary, elements, entry, name, number, pages, text

# A heading whose bookmark leads to within this many points of a link's target is what the link leads to.
NEAR = 18.0
MOST_BOOKMARKS = 20_000

Places = dict[int, list[tuple[float | None, str]]]


def describe_links(pdf: Pdf, report: Report) -> None:
    """Give each link without /Contents one (ISO 14289-1, 7.18.5): its address, or the heading or page it leads to."""
    where = {page.objgen: at for at, page in pages(pdf)}
    places: Places | None = None
    for at, page in pages(pdf):
        for link in elements(entry(page, "/Annots")):
            if name(entry(link, "/Subtype")) != "/Link" or text(entry(link, "/Contents")):
                continue
            address = entry(entry(link, "/A"), "/URI")
            if isinstance(address, String):
                said = _readable(address)
            else:
                places = _bookmarked(pdf, where) if places is None else places
                said = _purpose(entry(link, "/Dest"), where, places)
            if said:
                link["/Contents"] = String(said)
                report.mended("link", at)


def _readable(address: String) -> str:
    plain = bytes(address).decode("latin-1")
    scheme, _, rest = plain.partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        return unquote(rest.partition("?")[0]) or plain
    return plain


def _purpose(target: Any, where: dict[Key, int], places: Places) -> str:
    at, top = _place(target, where)
    if not at:
        return ""
    heading = next((title for height, title in places.get(at, []) if _near(height, top)), "")
    return f"{heading} (page {at} of this paper)" if heading else f"Page {at} of this paper"


def _near(height: float | None, top: float | None) -> bool:
    return height is not None and top is not None and abs(height - top) <= NEAR


def _place(target: Any, where: dict[Key, int]) -> tuple[int, float | None]:
    """The page (from 1; 0 when it is none) and the height that an explicit destination leads to."""
    parts = elements(target) if isinstance(target, Array) else []
    if not parts or dictionary(parts[0]) is None:
        return 0, None
    view = name(parts[1]) if len(parts) > 1 else ""
    at = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2, "/FitR": 5}.get(view, len(parts))
    return where.get(parts[0].objgen, 0), number(parts[at]) if at < len(parts) else None


def _bookmarked(pdf: Pdf, where: dict[Key, int]) -> Places:
    found: Places = {}
    for mark in _bookmarks(pdf):
        at, top = _place(entry(mark, "/Dest"), where)
        title = text(entry(mark, "/Title"), 200)
        if at and title:
            found.setdefault(at, []).append((top, title))
    return found


def _bookmarks(pdf: Pdf) -> Iterator[Any]:
    seen = ObjectSet()
    waiting = [entry(entry(pdf.Root, "/Outlines"), "/First")]
    while waiting and len(seen) < MOST_BOOKMARKS:
        mark = waiting.pop()
        if dictionary(mark) is not None and seen.add(mark):
            yield mark
            waiting += [entry(mark, "/Next"), entry(mark, "/First")]
