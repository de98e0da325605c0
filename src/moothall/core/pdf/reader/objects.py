"""Reading values of a PDF that may lie about their kinds.

Name trees and number trees that may be broken, cyclic or endless.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, ObjectSet, Pdf, Stream, String

_HOLDERS = (Dictionary, Stream)


def dictionary(value: Any) -> Dictionary | None:
    """``value`` where it is a dictionary (not a stream), else None."""
    return value if isinstance(value, Dictionary) else None


def entry(holder: Any, key: str | Name) -> Any:
    """``holder[key]``, or None where the holder is no dictionary or stream or has no such key."""
    # Asking first costs a quarter of looking in vain, which raises an error within.
    return holder.get(key) if isinstance(holder, _HOLDERS) and key in holder else None


def elements(value: Any) -> list[Any]:
    """The elements of an array; a lone value counts as an array of one, nothing as none."""
    if isinstance(value, Array):
        return list(value)
    return [] if value is None else [value]


def number(value: Any) -> float | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        plain = float(value)
    except OverflowError:
        return None
    return plain if math.isfinite(plain) else None


def integer(value: Any) -> int | None:
    """A whole number, or None."""
    if type(value) is int:
        return value
    plain = number(value)
    return int(plain) if plain is not None and plain == int(plain) else None


def text(value: Any, longest: int = 1000) -> str:
    """A text string as printable characters on one line, or ""."""
    if not isinstance(value, String):
        return ""
    plain = "".join(letter if letter.isprintable() else " " for letter in str(value)[:longest])
    return " ".join(plain.split())


def name(value: Any) -> str:
    """A name with its slash, or ""; bytes that are no UTF-8 are escaped as in dictionaries' keys."""
    return bytes(value).decode("utf-8", "surrogateescape") if isinstance(value, Name) else ""


def drop(holder: Any, *keys: str) -> list[str]:
    """Delete those of ``keys`` that the holder has; says which they were."""
    found = [key for key in keys if key in holder]
    for key in found:
        del holder[key]
    return found


def keep_only(holder: Object, keys: frozenset[str]) -> list[str]:
    """Delete every entry whose key is not among ``keys``; says which they were."""
    return drop(holder, *[key for key in holder.keys() if key not in keys])  # noqa: SIM118


def pages(pdf: Pdf) -> Iterator[tuple[int, Dictionary]]:
    """Each page's number from 1, and its dictionary."""
    for count, page in enumerate(pdf.pages, start=1):
        yield count, page.obj


def field_value(widget: Any, key: str) -> Any:
    """A form field's entry, its own or the nearest one above it."""
    seen = ObjectSet()
    node = widget
    while dictionary(node) is not None and seen.add(node):
        if key in node:
            return entry(node, key)
        node = entry(node, "/Parent")
    return None


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
