"""Notes have identifiers (ISO 14289-1, 7.9; Matterhorn 19-003), and the tree of identifiers knows them."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, String

from moothall.core.press.intake.mending.report import Report
from moothall.core.press.intake.mending.tree import Tree
from moothall.core.press.intake.values import entry


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
