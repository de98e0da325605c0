"""Where links and bookmarks lead: destinations by name or place, read from a part and set anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall.core.press.binding.objects import Key, dictionary, items, names, tree_items

FITS = frozenset({"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"})

Place = tuple[int, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Destinations:
    """The destinations of a part: its pages by object number, and the places that have names."""

    where: Mapping[Key, int]
    named: Mapping[bytes, Place]

    def place(self, target: object, local: Mapping[Key, int] | None = None) -> Place | None:
        """Where ``target`` leads: a destination array, a name, or a dictionary that holds one; None when nowhere.

        ``local`` gives the pages for an array that stands in the new file already.
        """
        if isinstance(target, Dictionary):
            target = target.get("/D")
        if isinstance(target, Array):
            return _explicit(target, self.where if local is None else local)
        name = _name(target)
        return self.named.get(name) if name is not None else None


def read_destinations(pdf: Pdf, where: Mapping[Key, int]) -> Destinations:
    """The named destinations of a part, those of PDF 1.1 (names) and later ones (strings) alike."""
    raw: dict[bytes, object] = {}
    old = dictionary(pdf.Root, "/Dests")
    if old is not None:
        raw |= {key[1:].encode(): old[key] for key in names(old)}
    trees = dictionary(pdf.Root, "/Names")
    for key, value in tree_items(trees.get("/Dests") if trees is not None else None, "/Names"):
        if isinstance(key, String):
            raw.setdefault(bytes(key), value)
    plain = Destinations(where, {})
    found = {name: plain.place(_follow(target, raw)) for name, target in raw.items()}
    return Destinations(where, {name: place for name, place in found.items() if place is not None})


def _follow(target: object, raw: Mapping[bytes, object]) -> object:
    """A name may stand for another name; four steps are more than any writer makes."""
    for _ in range(4):
        name = _name(target)
        if name is None:
            break
        target = raw.get(name)
    return target


def _name(target: object) -> bytes | None:
    if isinstance(target, String):
        return bytes(target)
    return str(target)[1:].encode() if isinstance(target, Name) else None


def _explicit(target: Array, where: Mapping[Key, int]) -> Place | None:
    first = target[0] if len(target) else None
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
