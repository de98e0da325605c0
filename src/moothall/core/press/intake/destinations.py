"""Where links and bookmarks lead: names are resolved, so that papers with equal names do not mix in a pack."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Name, Object, Pdf, String

from moothall.core.press.intake.trees import tree_entries
from moothall.core.press.intake.values import dictionary, elements, entry, integer, name, number

# The numbers after each way to show a page (ISO 32000-1, table 151).
_VIEWS = {"/XYZ": 3, "/Fit": 0, "/FitH": 1, "/FitV": 1, "/FitR": 4, "/FitB": 0, "/FitBH": 1, "/FitBV": 1}

# A name leads to a dictionary, that to an array; anything longer goes round in circles.
_LONGEST_CHAIN = 4


class Destinations:
    """The places of one document that can be gone to."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = [page.obj for page in pdf.pages]
        self._known = {page.objgen for page in self._pages}
        self._names = _names(pdf)

    def resolve(self, value: Any) -> Array | None:
        """An explicit destination ``[page /View ...]`` for any way to name one; None when it leads nowhere."""
        for _ in range(_LONGEST_CHAIN):
            if isinstance(value, String | Name):
                value = self._names.get(_key(value))
            elif dictionary(value) is not None:
                value = entry(value, "/D")
        return self._explicit(elements(value)) if isinstance(value, Array) else None

    def _explicit(self, parts: list[Any]) -> Array | None:
        page = self._page(parts[0]) if parts else None
        if page is None:
            return None
        view = name(parts[1]) if len(parts) > 1 else ""
        if view not in _VIEWS:
            return Array([page, Name.Fit])
        figures = [number(part) for part in parts[2 : 2 + _VIEWS[view]]]
        figures += [None] * (_VIEWS[view] - len(figures))
        return Array([page, Name(view), *figures])

    def _page(self, value: Any) -> Object | None:
        if dictionary(value) is not None:
            return value if value.objgen in self._known else None
        index = integer(value)
        return self._pages[index] if index is not None and 0 <= index < len(self._pages) else None


def _names(pdf: Pdf) -> dict[bytes, Any]:
    named = dict(_old_names(pdf))
    for key, value in tree_entries(entry(entry(pdf.Root, "/Names"), "/Dests")):
        if isinstance(key, String):
            named.setdefault(_key(key), value)
    return named


def _old_names(pdf: Pdf) -> list[tuple[bytes, Any]]:
    old = dictionary(entry(pdf.Root, "/Dests"))
    pairs = old.items() if old is not None else ()
    return [(key[1:].encode("utf-8", "surrogateescape"), value) for key, value in pairs]


def _key(value: Any) -> bytes:
    return bytes(value) if isinstance(value, String) else bytes(value)[1:]
