"""Bookmarks: the agenda item, below it the paper, below that the paper's own headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pikepdf import Dictionary, Name, Object, Pdf, String

from moothall.core.pdf.merge.links import Destinations, Place, explicit
from moothall.core.pdf.merge.objects import Key, dictionary, items, text_of
from moothall.core.pdf.merge.parts import Mark, Part

DEEPEST = 32
MOST = 20_000


@dataclass(slots=True)
class Bookmark:
    """A line of the bookmarks: its title, the page it leads to, and how that page is shown."""

    title: str
    page: Object | None
    view: tuple[object, ...] = (Name.Fit,)
    below: list[Bookmark] = field(default_factory=list)


@dataclass(slots=True)
class Heading:
    """A bookmark of a part: title, place in the part (None when it leads nowhere), and what hangs below."""

    title: str
    place: Place | None
    below: list[Heading] = field(default_factory=list)


def read_headings(root: Object, own: Destinations) -> list[Heading]:
    """The part's bookmarks. Items that lead nowhere go, unless something below them leads somewhere."""
    top: list[Heading] = []
    outlines = dictionary(root, "/Outlines")
    todo = [(dictionary(outlines, "/First"), top, 0)]
    seen: set[Key] = set()
    while todo and len(seen) < MOST:
        item, into, depth = todo.pop()
        if item is None or item.objgen in seen:
            continue
        if item.is_indirect:
            seen.add(item.objgen)
        action = item.get("/A")
        goes = isinstance(action, Dictionary) and action.get("/S") == Name.GoTo
        target = item["/Dest"] if "/Dest" in item else action.get("/D") if goes else None  # type: ignore[union-attr]
        found = Heading(" ".join(text_of(item.get("/Title")).split()), own.place(target))
        into.append(found)
        todo.append((dictionary(item, "/Next"), into, depth))
        if depth < DEEPEST:
            todo.append((dictionary(item, "/First"), found.below, depth + 1))
    return _pruned(top)


def _pruned(found: list[Heading]) -> list[Heading]:
    kept = []
    for heading in found:
        heading.below = _pruned(heading.below)
        if heading.place is not None and heading.title:
            kept.append(heading)
        elif heading.below and heading.title:
            heading.place = heading.below[0].place
            kept.append(heading)
        else:
            kept += heading.below
    return kept


def add_part(top: list[Bookmark], part: Part, own: Sequence[Mark], pages: Sequence[Object]) -> None:
    """Hang a part's bookmark below those it stands under; neighbours that share an outline share its bookmarks.

    A part without a title, such as a blank side, has no bookmark and does not come between neighbours. A paper whose
    only top heading is its title is named once.
    """
    if not part.title:
        return
    into = top
    for title in part.outline:
        if not into or into[-1].title != title or into[-1].view != ():
            into.append(Bookmark(title, pages[0], ()))
        into = into[-1].below
    below = own[0].below if len(own) == 1 and own[0].title.casefold() == part.title.casefold() else own
    into.append(Bookmark(part.title, pages[0], below=[_bookmark(heading, pages) for heading in below]))


def _bookmark(mark: Mark, pages: Sequence[Object]) -> Bookmark:
    view = tuple(items(Object.parse(mark.view.encode("latin-1"))))
    return Bookmark(mark.title, pages[mark.at], view, [_bookmark(below, pages) for below in mark.below])


def write_bookmarks(pdf: Pdf, top: list[Bookmark]) -> Object:
    """The outline dictionary: items stand open, so that the papers show; papers stand closed."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    root["/Count"] = _write(pdf, root, top, depth=0)
    return root


def _write(pdf: Pdf, parent: Object, marks: list[Bookmark], depth: int) -> int:
    """Write ``marks`` below ``parent``; returns how many lines are visible when the parent is open."""
    lines = [pdf.make_indirect(Dictionary(Title=String(mark.title), Parent=parent)) for mark in marks]
    visible = len(lines)
    for at, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        line["/Dest"] = explicit(mark.page, mark.view or (Name.Fit,))  # type: ignore[arg-type]
        if at:
            line["/Prev"] = lines[at - 1]
        if at + 1 < len(lines):
            line["/Next"] = lines[at + 1]
        if mark.below:
            count = _write(pdf, line, mark.below, depth + 1)
            opened = mark.view == ()
            line["/Count"] = count if opened else -count
            visible += count if opened else 0
    if lines:
        parent["/First"], parent["/Last"] = lines[0], lines[-1]
    return visible
