"""Figures without an alternative: decoration is passed over, everything else is announced, and nothing is invented."""

from __future__ import annotations

from collections import Counter

from pikepdf import String

from moothall.core.press.intake.mending.contents import Box, Pieces
from moothall.core.press.intake.mending.report import Report
from moothall.core.press.intake.mending.streams import ARTIFACT
from moothall.core.press.intake.mending.tables import piece_of
from moothall.core.press.intake.mending.tree import Node, Tree
from moothall.core.press.intake.values import text
from moothall.core.press.standard_roles import UNDESCRIBED

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
