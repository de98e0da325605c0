"""The spine: which number each object of each part has in the volume, and what stands in the slots left open."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import accumulate

from pikepdf import Name

from moothall.core.press.binding import cover, finishing, folding, renaming, tags
from moothall.core.press.binding.lettering import Lettering
from moothall.core.press.binding.naming import Naming
from moothall.core.press.binding.quires import Frozen, Quire
from moothall.core.press.binding.sewing import Sewer
from moothall.core.press.binding.stamps import stamp
from moothall.core.press.binding.volume import Part

FIXED = {
    folding.PAGES: cover.PAGES,
    tags.DOCUMENT: cover.DOCUMENT,
    finishing.LETTERING: cover.LETTERING,
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
            case folding.PAGES | tags.DOCUMENT | finishing.LETTERING:
                return _reference(1 + FIXED[kind])
            case tags.NUMBER:
                return b"%d" % (self._owners[part] + int(what))
            case folding.FIRST:
                return _reference(self._firsts[what])
            case finishing.STAMP:
                return _reference(self._stamp_number(part, int(what)))
            case _:
                return self._name(self.naming[part], kind, what)

    def _name(self, naming: Naming, kind: str, own: str) -> bytes:
        """What a part calls a role, a class or an element in this volume."""
        if kind == renaming.ID:
            return b"<%b>" % (bytes.fromhex(own) + naming.ending).hex().encode()
        names = naming.roles if kind == renaming.ROLE else naming.classes
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
