"""The tree itself: roles, headings, tables, figures, notes, lists (Matterhorn 01, 09, 13 to 16, 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Name, String

from moothall.core.pdf.checks.flaws import Flaw
from moothall.core.pdf.checks.tree import Grove, Node
from moothall.core.pdf.merge.objects import items
from moothall.core.pdf.standard_roles import STANDARD, UNDESCRIBED

HEADING = re.compile(r"H([1-6])")
INSIDE = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}


def check_links_of_tree(grove: Grove) -> Iterator[Flaw]:
    """Every element knows its parent, and every child is there."""
    for node in grove.nodes:
        above = node.parent.element if node.parent is not None else None
        own = node.element.get("/P")
        if own is None or above is None or own.objgen != above.objgen:
            yield Flaw("wrong-parent", f"A {node.own_role} names another element as its parent.", node.page)
        if node.broken:
            yield Flaw("broken-child", f"A {node.own_role} has a child that leads nowhere.", node.page)


def check_roles(grove: Grove) -> Iterator[Flaw]:
    """Every role is a standard one or comes to one; standard ones mean themselves."""
    for name, meaning in sorted(grove.direct.items()):
        if name in STANDARD and name != meaning:
            yield Flaw("standard-role-remapped", f"The standard role {name} is mapped to {meaning}.")
    for name in sorted({node.own_role for node in grove.nodes if not node.role}):
        yield Flaw("unknown-role", f"The role {name} comes to no standard role.")


def check_headings(grove: Grove) -> Iterator[Flaw]:
    """The first heading is of level 1, and none skips a level going down."""
    level = 0
    for node in grove.nodes:
        found = HEADING.fullmatch(node.role)
        if found is None:
            continue
        if int(found[1]) > level + 1:
            yield Flaw("heading-skips", f"A heading of level {found[1]} follows one of level {level}.", node.page)
        level = int(found[1])


def check_nesting(grove: Grove) -> Iterator[Flaw]:
    """Rows stand in tables, cells in rows, items in lists."""
    for node in grove.nodes:
        above = node.parent.role if node.parent is not None else ""
        if node.role in INSIDE and above not in INSIDE[node.role]:
            yield Flaw("misplaced", f"A {node.role} stands in a {above or 'root'}.", node.page)


def check_tables(grove: Grove) -> Iterator[Flaw]:
    """Tables have header cells, and every cell can find its own."""
    for table in grove.nodes:
        if table.role != "Table":
            continue
        cells = [node for node in _below(table) if node.role in {"TH", "TD"}]
        heads = [node for node in cells if node.role == "TH"]
        named = {bytes(name) for cell in cells for name in _headers(grove, cell)}
        if not heads:
            yield Flaw("table-without-headers", "A table has no header cells.", table.page or _page_of(grove, cells))
        for head in heads:
            own = head.element.get("/ID")
            if not isinstance(grove.attribute(head, "/Scope"), Name) and not (
                isinstance(own, String) and bytes(own) in named
            ):
                yield Flaw("header-without-scope", "A header cell does not say what it heads.", _page_of(grove, [head]))
        for name in sorted(named - set(grove.ids)):
            message = f"A cell names a header that is not there: {name.decode('latin-1')}."
            yield Flaw("unknown-header", message, table.page)


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        if child.role != "Table":
            yield from _below(child)


def _page_of(grove: Grove, cells: list[Node]) -> int | None:
    below = (node for cell in cells for node in (cell, *_below(cell)))
    return next((page for node in below if (page := _shown_on(grove, node))), None)


def _headers(grove: Grove, cell: Node) -> list[String]:
    return [name for name in items(grove.attribute(cell, "/Headers")) if isinstance(name, String)]


def check_figures(grove: Grove) -> Iterator[Flaw]:
    """Figures and formulas have an alternative, and one that says what they show."""
    for node in grove.nodes:
        said = node.text("/Alt") or node.text("/ActualText")
        kind = node.role.lower()
        if node.role in {"Figure", "Formula"} and not said:
            yield Flaw(f"{kind}-without-alternative", f"A {kind} has no alternative text.", _shown_on(grove, node))
        elif node.role in {"Figure", "Formula"} and said.startswith(UNDESCRIBED):
            message = "A picture is announced, but nobody has said what it shows."
            yield Flaw("figure-undescribed", message, _shown_on(grove, node))


def _shown_on(grove: Grove, node: Node) -> int | None:
    return node.page or next((grove.where[holder] for holder, _ in node.content if holder in grove.where), None)


def check_identifiers(grove: Grove) -> Iterator[Flaw]:
    """Notes have an identifier, no two elements share one, and the IDTree knows each."""
    seen: set[bytes] = set()
    for node in grove.nodes:
        own = node.element.get("/ID")
        if not isinstance(own, String):
            if node.role == "Note":
                yield Flaw("note-without-id", "A note has no identifier.", node.page)
            continue
        name = bytes(own)
        if name in seen:
            yield Flaw("doubled-id", f"Two elements share the identifier {name.decode('latin-1')}.", node.page)
        elif name not in grove.ids or grove.ids[name].objgen != node.element.objgen:
            yield Flaw("id-not-listed", f"The IDTree does not lead to {name.decode('latin-1')}.", node.page)
        seen.add(name)
