"""Links: between papers, within a paper, and out; what leads nowhere is taken off the page.

Where links and bookmarks lead: destinations by name or place, read from a part and set anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall.core.pdf.merge.objects import Key, dictionary, drop, items, names, text_of, tree_items

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


SCHEME = "moothall:part/"


@dataclass(slots=True)
class Links:
    """Settles the links of one part.

    ``pages`` are its pages in the new file, ``own`` its destinations, ``first`` gives the first page of the part with
    a key, None when there is none. ``asked`` are the keys that were asked for; ``unknown`` collects the links to
    unknown parts (index of the page, key), ``dead`` counts those that lead nowhere, ``fields`` the fields of a form,
    which is no part of the file; all these are taken off their pages.
    """

    pages: list[Object]
    own: Destinations
    first: Callable[[str], Object | None]
    asked: set[str] = field(default_factory=set)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    dead: int = 0
    fields: int = 0
    gone: set[Key] = field(default_factory=set)
    _where: dict[Key, int] = field(default_factory=dict)
    _settled: set[Key] = field(default_factory=set)

    def settle(self) -> Links:
        """Make each link lead to where it belongs in the new file."""
        self._where = {page.objgen: at for at, page in enumerate(self.pages)}
        for at, page in enumerate(self.pages):
            notes = list(items(page.get("/Annots")))
            kept = [note for note in notes if self._stays(note, at)]
            if len(kept) != len(notes):
                self.gone |= {note.objgen for note in notes if note is not None} - {note.objgen for note in kept}
                page["/Annots"] = Array(kept)
            if kept:
                page["/Tabs"] = Name.S
            else:
                drop(page, "/Annots")
        return self

    def _stays(self, note: object, at: int) -> bool:
        """Settle one annotation; False when it must go."""
        if not isinstance(note, Dictionary):
            return False
        if note.get("/Subtype") == Name.Widget:
            self.fields += 1
            return False
        if note.is_indirect:
            if note.objgen in self._settled:  # a link may stand on two pages
                return True
            self._settled.add(note.objgen)
        key = _part_key(note)
        if note.get("/Subtype") == Name.Link and not text_of(note.get("/Contents")):
            note["/Contents"] = String(purpose(note))
        if key is None:
            return self._settle_internal(note)
        self.asked.add(key)
        page = self.first(key)
        if page is None:
            self.unknown.append((at, key))
            return False
        _lead(note, explicit(page))
        return True

    def _settle_internal(self, note: Object) -> bool:
        """Give an internal link its place by page, so that no name of one part is taken for another's."""
        action = note.get("/A")
        goes = isinstance(action, Dictionary) and action.get("/S") == Name.GoTo
        if "/Dest" not in note and not goes:
            return True
        target = note["/Dest"] if "/Dest" in note else note["/A"].get("/D")
        place = self.own.place(target, self._where)
        if place is None:
            self.dead += 1
            return False
        _lead(note, explicit(self.pages[place[0]], place[1]))
        return True


def purpose(note: Object) -> str:
    """What a link that does not describe itself is called: its address."""
    action = note.get("/A")
    address = text_of(action.get("/URI")) if isinstance(action, Dictionary) else ""
    return address if address and not address.startswith(SCHEME) else "A place in this document"


def _part_key(note: Object) -> str | None:
    action = note.get("/A")
    address = text_of(action.get("/URI")) if isinstance(action, Dictionary) else ""
    return address[len(SCHEME) :] if address.startswith(SCHEME) else None


def _lead(note: Object, destination: Array) -> None:
    drop(note, "/A")
    note["/Dest"] = destination
