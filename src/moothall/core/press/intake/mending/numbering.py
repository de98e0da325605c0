"""The parent tree, made anew from what the elements say (ISO 32000-1, 14.7.4.4)."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name

from moothall.core.press.intake.mending.tree import Key, Node, Tree
from moothall.core.press.intake.values import drop, elements, entry

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
