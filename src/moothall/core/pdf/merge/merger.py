"""Binding a volume: its folded parts get their numbers, a common tree, bookmarks and labels, and become one file.

The spine: which number each object of each part has in the volume, and what stands in the slots left open.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

from pikepdf import Name, Pdf

from moothall.core.documents.warnings import Caution
from moothall.core.pdf.cache import Store
from moothall.core.pdf.merge import catalogue, name_clashes, part_tags, prepare_part
from moothall.core.pdf.merge.catalogue import Cover
from moothall.core.pdf.merge.name_clashes import Naming, agreed
from moothall.core.pdf.merge.page_numbers import Lettering, stamp
from moothall.core.pdf.merge.part_cache import quire_of, with_deep_stack
from moothall.core.pdf.merge.parts import Bound, Frozen, Part, Quire, Volume
from moothall.core.pdf.merge.serialise import Sewer

FIXED = {
    prepare_part.PAGES: catalogue.PAGES,
    part_tags.DOCUMENT: catalogue.DOCUMENT,
    prepare_part.LETTERING: catalogue.LETTERING,
}
FLATE = b"<< /Filter /FlateDecode >>"


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


class Spine:
    """Numbers a volume: the cover's objects first, then those of each part with the drawings of its page numbers."""

    def __init__(self, parts: Sequence[Part], quires: Sequence[Quire], naming: Sequence[Naming], front: Frozen) -> None:
        self.parts = parts
        self.quires = quires
        self.naming = naming
        self.front = front
        sizes = (quire.frozen.objects + len(quire.facts.pages) for quire in quires)
        self._starts = list(accumulate(sizes, initial=front.objects + 1))
        self._owners = list(accumulate((len(quire.facts.parents) for quire in quires), initial=0))
        self._firsts = {part.key: self._number(at, quires[at].facts.pages[0]) for at, part in enumerate(parts)}

    @property
    def last(self) -> int:
        """The last number that is given away."""
        return self._starts[-1] - 1

    def _number(self, part: int, at: int) -> int:
        return self._starts[part] + at

    def sew(self, sewer: Sewer, letters: Lettering | None) -> None:
        """Write everything."""
        slots = [self._in_cover(name) for name in self.front.slots]
        sewer.sew(self.front, 1, _table(1, self.front, slots))
        for at, quire in enumerate(self.quires):
            slots = [self._in_part(at, name) for name in quire.frozen.slots]
            sewer.sew(quire.frozen, self._starts[at], _table(self._starts[at], quire.frozen, slots))
            if letters:
                self._stamp(sewer, at, letters)

    def _in_cover(self, slot: str) -> bytes:
        part, _, at = slot.partition(" ")
        return _reference(self._number(int(part), int(at)))

    def _in_part(self, part: int, slot: str) -> bytes:
        """What stands in a slot of a part."""
        kind, _, what = slot.partition(" ")
        match kind:
            case prepare_part.PAGES | part_tags.DOCUMENT | prepare_part.LETTERING:
                return _reference(1 + FIXED[kind])
            case part_tags.NUMBER:
                return b"%d" % (self._owners[part] + int(what))
            case prepare_part.FIRST:
                return _reference(self._firsts[what])
            case prepare_part.STAMP:
                return _reference(self._stamp_number(part, int(what)))
            case _:
                return self._name(self.naming[part], kind, what)

    def _name(self, naming: Naming, kind: str, own: str) -> bytes:
        """What a part calls a role, a class or an element in this volume."""
        if kind == name_clashes.ID:
            return b"<%b>" % (bytes.fromhex(own) + naming.ending).hex().encode()
        names = naming.roles if kind == name_clashes.ROLE else naming.classes
        return Name(f"/{names.get(own, own)}").unparse()

    def _stamp_number(self, part: int, page: int) -> int:
        return self._number(part, self.quires[part].frozen.objects + page)

    def _stamp(self, sewer: Sewer, part: int, letters: Lettering) -> None:
        for page, (spot, label) in enumerate(zip(self.quires[part].facts.spots, self.parts[part].labels, strict=True)):
            if spot is not None:
                drawn = zlib.compress(stamp(spot, label, letters))
                sewer.stream(self._stamp_number(part, page), FLATE, drawn)


def _table(first: int, frozen: Frozen, slots: list[bytes]) -> list[bytes]:
    """What the marks of ``frozen`` stand for: those from 0 its objects, those below 0 its slots."""
    return [*map(_reference, range(first, first + frozen.objects)), *reversed(slots)]


def bind(volume: Volume, out: Path, *, store: Store | None = None) -> Bound:
    """Join the parts of ``volume`` into one tagged, numbered PDF 1.7 at ``out``, which appears whole or not at all.

    The same volume gives the same bytes. What can be done to a part alone is done once, and kept in the ``store``.
    Raises CannotRead or PasswordNeeded, naming the part, for a file that is no readable PDF; ValueError when a part
    has not one label a page, or two parts share a key.
    """
    if not volume.parts:
        raise ValueError("a volume needs a part")
    if len({part.key for part in volume.parts}) != len(volume.parts):
        raise ValueError("two parts share a key")
    return with_deep_stack(lambda: _bind(volume, out, store))


def _bind(volume: Volume, out: Path, store: Store | None) -> Bound:
    quires = _folded(volume, store)
    for part, quire in zip(volume.parts, quires, strict=True):
        if len(quire.facts.pages) != len(part.labels):
            raise ValueError(f"{part.key}: {len(quire.facts.pages)} pages, but {len(part.labels)} labels")
    facts = [quire.facts for quire in quires]
    roles, naming = agreed(facts)
    with Pdf.new() as pdf:
        frozen, letters = Cover(pdf, volume, facts, roles, naming).made()
    spine = Spine(volume.parts, quires, naming, frozen)
    _write(out, lambda sewer: spine.sew(sewer, letters), spine.last)
    return Bound(sum(len(part.labels) for part in volume.parts), tuple(_cautions(volume.parts, quires)))


def _folded(volume: Volume, store: Store | None) -> list[Quire]:
    """Every part folded; one that links to a part which is not there, without those links."""
    keys = {part.key for part in volume.parts}

    def folded(part: Part) -> Quire:
        quire = quire_of(part, volume.language, store=store)
        absent = [key for key in quire.facts.asked if key not in keys]
        return quire_of(part, volume.language, store=store, absent=absent) if absent else quire

    return [folded(part) for part in volume.parts]


def _write(out: Path, sew: Callable[[Sewer], None], last: int) -> None:
    making = out.with_name(f".binding-{os.getpid()}-{out.name}")
    try:
        with making.open("wb") as file:
            sewer = Sewer(file, last)
            sew(sewer)
            sewer.finish(root=1, info=2)
        making.replace(out)
    finally:
        making.unlink(missing_ok=True)


def _cautions(parts: Sequence[Part], quires: Sequence[Quire]) -> list[Caution]:
    return [caution for part, quire in zip(parts, quires, strict=True) for caution in _told(part, quire)]


def _told(part: Part, quire: Quire) -> list[Caution]:
    found = [
        Caution(each.code, each.message, "" if each.at is None else f"page {part.labels[each.at]}")
        for each in quire.facts.remarks
    ]
    if not quire.facts.tagged:
        first, last = part.labels[0], part.labels[-1]
        where = f"page {first}" if first == last else f"pages {first} to {last}"
        message = f"{part.title} ({where}) has no tags; a screen reader gets its plain text. Ask for a tagged PDF."
        found.append(Caution("untagged", message))
    return found
