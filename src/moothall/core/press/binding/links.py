"""Links: between papers, within a paper, and out; what leads nowhere is taken off the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, String

from moothall.core.press.binding.destinations import Destinations, explicit
from moothall.core.press.binding.objects import Key, drop, items, text_of

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
