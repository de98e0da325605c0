"""Roles that nobody knows are led to the nearest standard one (ISO 14289-1, 7.1; Matterhorn 02-001).

Notes have identifiers (ISO 14289-1, 7.9; Matterhorn 19-003), and the tree of identifiers knows them.

The parent tree, made anew from what the elements say (ISO 32000-1, 14.7.4.4).
"""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from moothall.core.pdf.reader.objects import dictionary, drop, elements, entry
from moothall.core.pdf.repair.report import Report
from moothall.core.pdf.repair.structure_tree import Key, Node, Tree
from moothall.core.pdf.standard_roles import LATER

_HEADING = re.compile(r"(?:heading|h)[ _-]?([1-6])", re.IGNORECASE)
_NAMED = (
    (re.compile(r"foot ?note|end ?note", re.IGNORECASE), "Note"),
    (re.compile(r"caption", re.IGNORECASE), "Caption"),
    (re.compile(r"normal|body|para|text", re.IGNORECASE), "P"),
)
INLINE = frozenset({"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Quote", "Link", "Lbl", "Caption"})


def settle_roles(tree: Tree, report: Report) -> None:
    """Give every role of unknown meaning one, by its name or by where it stands."""
    known: dict[str, str] = {}
    for node in tree.nodes:
        if node.role:
            continue
        node.role = known.get(node.name, "") or _nearest(node)
        if node.name:
            known[node.name] = node.role
        else:
            node.element["/S"] = Name(f"/{node.role}")
        report.mended("role", node.page)
    if known:
        _map(tree, known)


def _map(tree: Tree, known: dict[str, str]) -> None:
    roles: Any = dictionary(entry(tree.root, "/RoleMap"))
    if roles is None:
        roles = tree.root["/RoleMap"] = Dictionary()
    for called, role in known.items():
        roles[f"/{called}"] = Name(f"/{role}")
    tree.roles |= known


def _nearest(node: Node) -> str:
    if node.name in LATER:
        return LATER[node.name]
    heading = _HEADING.fullmatch(node.name)
    if heading:
        return f"H{heading[1]}"
    if node.parent is not None and node.parent.role in INLINE:
        return "Span"
    named = next((role for pattern, role in _NAMED if pattern.search(node.name)), "")
    return named or ("P" if node.marks else "Div")


def name_notes(tree: Tree, report: Report) -> None:
    """Give an identifier to each note without one, and to each but the first of those that share one."""
    ids: dict[bytes, Any] = {}
    bare = []
    for node in tree.nodes:
        own = entry(node.element, "/ID")
        if isinstance(own, String) and bytes(own) not in ids:
            ids[bytes(own)] = node.element
        elif node.role == "Note":
            bare.append(node)
    for count, node in enumerate(bare, start=1):
        called = b"note-%d" % count
        while called in ids:
            called += b"+"
        node.element["/ID"] = String(called)
        ids[called] = node.element
        report.mended("note", node.page)
    if bare:
        flat = [part for called in sorted(ids) for part in (String(called), ids[called])]
        tree.root["/IDTree"] = tree.pdf.make_indirect(Dictionary(Names=Array(flat)))


# A page with more pieces of content than this is no page; each needs a place in the parent tree.
MOST_CONTENT = 200_000


def number_anew(tree: Tree) -> None:
    """Number all that owns content or is owned, from 0, and write the parent tree."""
    rows: dict[Key, dict[int, Node]] = {}
    for (holder, mcid), node in tree.owners.items():
        if 0 <= mcid < MOST_CONTENT:
            rows.setdefault(holder, {})[mcid] = node
    numbers: list[Any] = []
    for page in tree.pages:
        drop(page, "/StructParents")
        for link in elements(entry(page, "/Annots")):
            drop(link, "/StructParent")
    things = {page.objgen: page for page in tree.pages} | tree.streams
    for holder, owners in rows.items():
        row = Array([owners[at].element if at in owners else None for at in range(max(owners) + 1)])
        _give(things[holder], "/StructParents", tree.pdf.make_indirect(row), numbers)
    for node in tree.nodes:
        for thing in node.objects:
            _give(thing, "/StructParent", node.element, numbers)
    tree.root["/ParentTree"] = tree.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.root["/ParentTreeNextKey"] = len(numbers) // 2


def _give(thing: Any, key: str, owner: Any, numbers: list[Any]) -> None:
    thing[Name(key)] = len(numbers) // 2
    numbers += [len(numbers) // 2, owner]
