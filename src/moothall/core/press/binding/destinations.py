"""Where links and bookmarks lead: destinations by name or place, read from a part and set anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall.core.press.binding.objects import Key, dictionary, items, names, tree_items

FITS = frozenset({"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"})

Place = tuple[int, tuple[object, ...]]


@dataclass(slots=True)
class Destinations:
    """The destinations of a part, each as (index of the page, how to show it)."""

    pdf: Pdf
    where: dict[Key, int]
    _named: dict[bytes, Object] | None = field(default=None)

    @property
    def named(self) -> dict[bytes, Object]:
        """The part's named destinations, those of PDF 1.1 (names) and later (strings) alike."""
        if self._named is None:
            old = dictionary(self.pdf.Root, "/Dests")
            found: dict[bytes, Object] = {}
            for key in names(old):
                found[key[1:].encode()] = self.pdf.Root["/Dests"][key]
            trees = dictionary(self.pdf.Root, "/Names")
            for name, value in tree_items(trees.get("/Dests") if trees is not None else None, "/Names"):
                if isinstance(name, String):
                    found.setdefault(bytes(name), value)
            self._named = found
        return self._named

    def place(self, target: object, local: Mapping[Key, int] | None = None) -> Place | None:
        """Where ``target`` leads: a destination array, a name, or a dictionary that holds one; None when nowhere.

        ``local`` gives the pages for an array that stands in the new file already; names are looked up in the part.
        """
        where = local if local is not None and isinstance(target, Array) else self.where
        for _ in range(4):
            if isinstance(target, String):
                target = self.named.get(bytes(target))
            elif isinstance(target, Name):
                target = self.named.get(str(target)[1:].encode())
            elif isinstance(target, Dictionary):
                target = target.get("/D")
        return _explicit(target, where) if isinstance(target, Array) and len(target) else None


def _explicit(target: Array, where: Mapping[Key, int]) -> Place | None:
    first = target[0]
    if isinstance(first, int):
        at: int | None = first if 0 <= first < len(where) else None
    else:
        at = where.get(first.objgen) if isinstance(first, Dictionary) else None
    return None if at is None else (at, _view(list(items(target))[1:]))


def _view(rest: list[Object]) -> tuple[object, ...]:
    """How the page is shown: ``/XYZ left top zoom`` and the like. Numbers and nulls only; anything else is /Fit."""
    if not rest or not isinstance(rest[0], Name) or str(rest[0]) not in FITS:
        return (Name.Fit,)
    return (rest[0], *(value if _is_number(value) else None for value in rest[1:5]))


def _is_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def explicit(page: Object, view: tuple[object, ...] = (Name.Fit,)) -> Array:
    """A destination array."""
    return Array([page, *view])
