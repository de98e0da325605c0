"""Name trees and number trees that may be broken, cyclic or endless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import ObjectSet

from moothall.core.press.intake.values import dictionary, elements, entry

MOST_NODES = 100_000


def tree_entries(tree: Any, leaf: str = "/Names") -> Iterator[tuple[Any, Any]]:
    """Each (key, value) of a name tree (``leaf`` "/Names") or number tree ("/Nums"), once, in the tree's order."""
    seen = ObjectSet()
    waiting = [tree]
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if dictionary(node) is None or not seen.add(node):
            continue
        flat = elements(entry(node, leaf))
        yield from zip(flat[::2], flat[1::2], strict=False)
        waiting.extend(reversed(elements(entry(node, "/Kids"))))
