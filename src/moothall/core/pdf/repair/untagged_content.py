"""Content that no tag owns: text becomes a paragraph where it is read, decoration an artifact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Object

from moothall.core.pdf.reader.objects import entry, integer
from moothall.core.pdf.reader.pages import rectangle
from moothall.core.pdf.repair.content_streams import ARTIFACT, UNMARK, Seen
from moothall.core.pdf.repair.descriptions import OFTEN, Changes, announce, is_small
from moothall.core.pdf.repair.page_contents import NO_PIECE, Piece, Pieces
from moothall.core.pdf.repair.report import Report
from moothall.core.pdf.repair.structure_tree import Mark, Node, Tree

# Running headers and footers stand in this part of the page's height, at its edges.
MARGIN = 0.08
_DIGITS = re.compile(r"\d+")

Spot = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Outsider:
    """Content of page ``number`` that no tag owns, and what it shows."""

    number: int
    mark: Mark
    piece: Piece


def unowned(tree: Tree, number: int, seen: Seen) -> list[int]:
    """The numbers of a page's own content that no tag owns, in the order in which it is painted."""
    holder = tree.pages[number - 1].objgen
    return [mark[1] for mark in seen.order if mark[0] == holder and mark not in tree.owners]


def let_go_of_nothing(tree: Tree, seen: dict[int, Seen], report: Report) -> None:
    """Take content off the elements that is on none of the pages, as far as these could be read."""
    there = {mark for each in seen.values() for mark in each.order}
    read = {tree.pages[number - 1].objgen: number for number in seen}
    lost = [mark for mark in tree.owners if mark[0] in read and mark not in there]
    tree.take(lost)
    for mark in lost:
        report.mended("empty", read[mark[0]])


class Housing:
    """Finds a place in the tree, or among the artifacts, for what no tag owns."""

    def __init__(self, tree: Tree, contents: dict[int, Pieces], changes: Changes, report: Report) -> None:
        self.tree = tree
        self.contents = contents
        self.changes = changes
        self.report = report

    def house(self, outside: dict[int, list[int]], seen: dict[int, Seen], language: str) -> None:
        """Settle the outsiders: for each page the numbers of its content."""
        found = [self._outsider(number, mcid) for number, mcids in outside.items() for mcid in dict.fromkeys(mcids)]
        pages: dict[int, list[Outsider]] = {number: [] for number in outside}
        for each in found:
            pages[each.number].append(each)
        spots = Counter(spot for each in found for spot in self._spots(each))
        most = max(OFTEN, len(self.tree.pages) / 2)
        running = {spot for spot, count in spots.items() if count >= most}
        for number in outside:
            here = {each.mark: each for each in pages[number]}
            self._house_page(here, seen[number], running, language)

    def _outsider(self, number: int, mcid: int) -> Outsider:
        holder = self.tree.pages[number - 1].objgen
        read = self.contents.get(number)
        piece = Piece(letters=1) if read is None else read.get(mcid, NO_PIECE)  # text, where nobody could look
        return Outsider(number, (holder, mcid), piece)

    def _spots(self, each: Outsider) -> Iterator[Spot]:
        box = each.piece.box
        if box is not None and (each.piece.pictures or in_margin(self.tree.pages[each.number - 1], box)):
            yield _DIGITS.sub("", each.piece.text), round(box[0] / 4), round(box[1] / 4)

    def _house_page(self, here: dict[Mark, Outsider], seen: Seen, running: set[Spot], language: str) -> None:
        """Go through a page in the order in which it is painted."""
        owners = self.tree.owners
        first = next((owners[mark] for mark in seen.order if mark in owners), None)
        last: Node | None = None
        before: Outsider | None = None
        for mark in dict.fromkeys(seen.order):
            each = here.get(mark)
            if each is None:
                last, before = owners.get(mark, last), None
            elif mark in seen.nested:
                self._change(each, UNMARK)
            elif self._is_artifact(each, running):
                self._change(each, ARTIFACT)
            elif each.piece.letters and last is not None and before and follows(before.piece, each.piece):
                self.tree.give(last, each.number, mark[1])
                before = each
            else:
                last = self._house_one(each, last, first, language)
                before = each if each.piece.letters else None

    def _house_one(self, each: Outsider, last: Node | None, first: Node | None, language: str) -> Node:
        written = each.piece.letters > 0
        home = self._place("P" if written else "Figure", each.number, last, first)
        self.tree.give(home, each.number, each.mark[1])
        self.report.mended("text" if written else "picture", each.number)
        if not written:
            announce(self.tree, home, self.contents, self.report, language)
        return home

    def _is_artifact(self, each: Outsider, running: set[Spot]) -> bool:
        if running & set(self._spots(each)):
            self.report.mended("running", each.number)
            return True
        piece = each.piece
        shown = piece.letters or (piece.pictures and piece.box is not None and not is_small(piece.box))
        if not shown:
            self.report.mended("decoration", each.number)
        return not shown

    def _change(self, each: Outsider, change: str) -> None:
        self.changes.setdefault(each.number, {})[each.mark[1]] = change

    def _place(self, role: str, number: int, last: Node | None, first: Node | None) -> Node:
        """A new element behind the block that is painted before it, or else before the first block of the page."""
        neighbour = last or first or self._on_earlier_page(number)
        if neighbour is None:
            top = self.tree.top
            return self.tree.add(top.children[0] if top.children else top, role, None)
        block = neighbour.block()
        return self.tree.add(block.parent or self.tree.top, role, block, before=last is None and first is not None)

    def _on_earlier_page(self, number: int) -> Node | None:
        where, last, found = self.tree.where, 0, None
        for (holder, _), node in self.tree.owners.items():
            if last <= where.get(holder, 0) < number:
                last, found = where.get(holder, 0), node
        return found


def follows(before: Piece, after: Piece) -> bool:
    """True for the next line of the same paragraph, or more of the same line."""
    if before.box is None or after.box is None:
        return False
    height = max(before.size[1], after.size[1], 1.0)
    return after.box[3] > before.box[1] - 0.8 * height and after.box[1] < before.box[3] + 0.2 * height


def in_margin(page: Object, box: tuple[float, float, float, float]) -> bool:
    """True for what stands wholly at the head or the foot of the page as it is displayed."""
    seen = rectangle(entry(page, "/CropBox"))
    if seen is None:
        return False
    low, high = (0, 2) if (integer(entry(page, "/Rotate")) or 0) % 180 else (1, 3)
    margin = MARGIN * (seen[high] - seen[low])
    return box[high] <= seen[low] + margin or box[low] >= seen[high] - margin
