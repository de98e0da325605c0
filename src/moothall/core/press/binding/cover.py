"""The cover of a volume: all that belongs to no part alone. Catalog, page tree, trunk of tags, bookmarks, labels."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Object, Pdf

from moothall.core.press.binding.bookmarks import Bookmark, add_part, write_bookmarks
from moothall.core.press.binding.destinations import explicit
from moothall.core.press.binding.freezing import Freezer, Slots
from moothall.core.press.binding.labels import page_labels
from moothall.core.press.binding.layers import Layers, merge_layers
from moothall.core.press.binding.lettering import Lettering, lettering
from moothall.core.press.binding.metadata import write_catalog, write_metadata
from moothall.core.press.binding.naming import Naming
from moothall.core.press.binding.objects import make_tree
from moothall.core.press.binding.quires import Facts, Frozen
from moothall.core.press.binding.roles import Roles
from moothall.core.press.binding.stamps import WORD
from moothall.core.press.binding.trunk import Trunk
from moothall.core.press.binding.volume import Volume

# The first objects of a cover, in this order; the last is there only when pages are numbered.
ROOT, INFO, PAGES, DOCUMENT, LETTERING = range(5)


def object_slot(part: int, at: int) -> str:
    """The slot for object ``at`` of the quire of part ``part`` (both from 0)."""
    return f"{part} {at}"


class Cover:
    """The cover of one volume while it is made, in a file of its own."""

    def __init__(
        self, pdf: Pdf, volume: Volume, facts: Sequence[Facts], roles: Roles, naming: Sequence[Naming]
    ) -> None:
        self.pdf = pdf
        self.volume = volume
        self.facts = facts
        self.naming = naming
        self.slots = Slots(pdf)
        self.pages = [self._all(part, each.pages) for part, each in enumerate(facts)]
        self.trunk = Trunk(pdf, dict(roles))

    def made(self) -> tuple[Frozen, Lettering | None]:
        """The cover, and the typeface of the page numbers."""
        document = self.pdf.make_indirect(Dictionary())
        self._grow_trunk()
        self._write_catalog(self.trunk.grown(document))
        stamped = "".join(label for part in self.volume.parts if part.stamped for label in part.labels)
        letters = lettering(self.pdf, WORD + stamped) if stamped else None
        freezer = Freezer(self.pdf, self.slots)
        first = [self.pdf.Root, self.pdf.trailer["/Info"], self.pdf.Root["/Pages"], document]
        for thing in first + ([letters.font] if letters else []):
            freezer.place(thing)
        return freezer.freeze(), letters

    def _object(self, part: int, at: int) -> Object:
        return self.slots.get(object_slot(part, at))

    def _all(self, part: int, places: Sequence[int]) -> list[Object]:
        return [self._object(part, at) for at in places]

    def _grow_trunk(self) -> None:
        trunk = self.trunk
        for part, (facts, naming) in enumerate(zip(self.facts, self.naming, strict=True)):
            trunk.sections.append(self._object(part, facts.section))
            trunk.parents += self._all(part, facts.parents)
            trunk.roles |= {naming.roles[name]: facts.roles[name] for name in facts.used if name in naming.roles}
            for name, (at, _) in facts.classes.items():
                trunk.classes[naming.classes.get(name, name)] = self._object(part, at)
            trunk.ids |= {bytes.fromhex(own) + naming.ending: self._object(part, at) for own, at in facts.ids.items()}
            trunk.namespaces += self._all(part, facts.namespaces)

    def _write_catalog(self, tree: Object) -> None:
        root = self.pdf.Root
        root["/Pages"]["/Kids"] = Array([page for pages in self.pages for page in pages])
        root["/Pages"]["/Count"] = sum(map(len, self.pages))
        write_catalog(self.pdf, self.volume, tree)
        root["/PageLabels"] = page_labels(self.pdf, [label for part in self.volume.parts for label in part.labels])
        if marks := self._bookmarks():
            root["/Outlines"] = write_bookmarks(self.pdf, marks)
        layers = merge_layers(self.pdf, [self._layers(part, facts) for part, facts in enumerate(self.facts)])
        if layers is not None:
            root["/OCProperties"] = layers
        firsts = {part.key.encode(): pages[0] for part, pages in zip(self.volume.parts, self.pages, strict=True)}
        named = [(key, explicit(firsts[key])) for key in sorted(firsts)]
        root["/Names"] = Dictionary(Dests=make_tree(self.pdf, named, "/Names"))
        accessible = bool(self.volume.title and self.volume.language) and all(each.sound for each in self.facts)
        write_metadata(self.pdf, self.volume, accessible=accessible)

    def _bookmarks(self) -> list[Bookmark]:
        marks: list[Bookmark] = []
        for part, facts, pages in zip(self.volume.parts, self.facts, self.pages, strict=True):
            add_part(marks, part, facts.headings, pages)
        return marks

    def _layers(self, part: int, facts: Facts) -> Layers:
        layers = facts.layers
        groups, hidden = self._all(part, layers.groups), self._all(part, layers.hidden)
        return Layers(
            tuple(groups), tuple(hidden), tuple(self._all(part, layers.order)), tuple(self._all(part, layers.locked))
        )
