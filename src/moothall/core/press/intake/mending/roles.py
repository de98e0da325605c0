"""Roles that nobody knows are led to the nearest standard one (ISO 14289-1, 7.1; Matterhorn 02-001)."""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Dictionary, Name

from moothall.core.press.intake.mending.report import Report
from moothall.core.press.intake.mending.tree import Node, Tree
from moothall.core.press.intake.values import dictionary, entry
from moothall.core.press.standard_roles import LATER

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
