"""Figures without an alternative: decoration is passed over, everything else is announced, and nothing is invented.

Links that say nothing of themselves are told by where they lead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pikepdf import Array, ObjectSet, Pdf, String

from moothall.core.pdf.reader.objects import dictionary, elements, entry, name, number, pages, text
from moothall.core.pdf.repair.content_streams import ARTIFACT
from moothall.core.pdf.repair.page_contents import Box, Pieces
from moothall.core.pdf.repair.report import Report
from moothall.core.pdf.repair.structure_tree import Key, Node, Tree
from moothall.core.pdf.repair.tables import piece_of
from moothall.core.pdf.standard_roles import UNDESCRIBED

# In points: a picture with both sides under TINY, or one under THIN, is a bullet, a rule or a spacer.
TINY, THIN = 12.0, 2.0
LONGEST_WORDS = 4000
# The same picture in the same place of so many pages is the paper's stationery.
OFTEN = 3

Changes = dict[int, dict[int, str]]


def bare_figures(tree: Tree) -> list[Node]:
    """The figures and formulas without an alternative (ISO 14289-1, 7.3 and 7.7)."""
    return [
        node
        for node in tree.nodes
        if node.role in {"Figure", "Formula"}
        and not text(node.element.get("/Alt"))
        and not text(node.element.get("/ActualText"))
    ]


def settle_figures(tree: Tree, contents: dict[int, Pieces], changes: Changes, report: Report, language: str) -> None:
    """Pass over what is decoration, and announce each other figure as what it is: a picture without a description."""
    bare = bare_figures(tree)
    often = Counter(spot for node in bare if (spot := _spot(tree, node, contents)))
    shown: set[tuple[int, ...]] = set()
    for node in bare:
        spot = _spot(tree, node, contents)
        again = spot is not None and spot in shown and often[spot] >= OFTEN
        if spot is not None:
            shown.add(spot)
        if again or _is_decoration(tree, node, contents):
            _pass_over(tree, node, changes, report, "running" if again else "decoration")
        else:
            announce(tree, node, contents, report, language)


def _box(tree: Tree, node: Node, contents: dict[int, Pieces]) -> Box | None:
    """Where a figure stands that is only drawn: None where it holds words, or nothing."""
    pieces = [piece_of(tree, mark, contents) for mark in node.content()]
    boxes = [piece.box for piece in pieces if piece.box is not None]
    if node.objects or not boxes or any(piece.letters for piece in pieces):
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _spot(tree: Tree, node: Node, contents: dict[int, Pieces]) -> tuple[int, ...] | None:
    box = _box(tree, node, contents)
    return tuple(round(side) for side in box) if box is not None else None


def _is_decoration(tree: Tree, node: Node, contents: dict[int, Pieces]) -> bool:
    box = _box(tree, node, contents)
    if box is None or any(tree.where.get(mark[0]) is None for mark in node.content()):
        return False
    return is_small(box)


def is_small(box: Box) -> bool:
    """True for what is too small to show anything."""
    width, height = box[2] - box[0], box[3] - box[1]
    return max(width, height) < TINY or min(width, height) < THIN


def _pass_over(tree: Tree, node: Node, changes: Changes, report: Report, kind: str) -> None:
    marks = list(node.content())
    for mark in marks:
        number = tree.where[mark[0]]
        changes.setdefault(number, {})[mark[1]] = ARTIFACT
    report.mended(kind, tree.where[marks[0][0]])
    tree.take(marks)


def announce(tree: Tree, node: Node, contents: dict[int, Pieces], report: Report, language: str) -> None:
    """Tell of a figure what is true: that it is there, on which page, and the words that stand in it."""
    pieces = [piece_of(tree, mark, contents) for mark in node.content()]
    number = next((tree.where[mark[0]] for mark in node.content() if mark[0] in tree.where), node.page)
    said = f"{UNDESCRIBED}, page {number} of this paper." if number else f"{UNDESCRIBED}."
    words = " ".join(" ".join(piece.text for piece in pieces).split())[:LONGEST_WORDS]
    node.element["/Alt"] = String(f"{said} Words in it: {words}" if words else said)
    if language and not language.lower().startswith("en"):
        node.element["/Lang"] = String("en-GB")
    report.left("picture", number)


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
