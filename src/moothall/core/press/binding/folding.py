"""Folding: everything that can be done to a part before it is known what it is bound with.

Its tags are walked and mended, its links settled, its pages closed off and made ready for their numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pikepdf import Array, Object

from moothall.core.press.binding.bookmarks import Heading
from moothall.core.press.binding.claim import may_claim
from moothall.core.press.binding.finishing import Finisher
from moothall.core.press.binding.freezing import Freezer, Slots
from moothall.core.press.binding.layers import Layers, read_layers
from moothall.core.press.binding.links import Links
from moothall.core.press.binding.quires import Facts, Layering, Mark, Quire, Remark, Spot
from moothall.core.press.binding.sources import Gathered, gathered
from moothall.core.press.binding.tags import Tags, forget_numbers
from moothall.core.press.binding.untagged import alternative, describe, strip_marks, tag_page
from moothall.core.press.binding.volume import Part

# Slots: the page tree, and the first page of the part with a key.
PAGES = "pages"
FIRST = "first"


def fold(part: Part, language: str, absent: Sequence[str] = ()) -> Quire:
    """Fold ``part`` for a volume in ``language``; its labels, its key and its outline do not matter.

    Links to the parts with the keys ``absent`` are taken out.
    Raises CannotRead or PasswordNeeded, naming the part, for a file that is no readable PDF.
    """
    with gathered(part) as paper:
        return _Folder(paper, language, frozenset(absent)).fold()


class _Folder:
    """The folding of one part."""

    def __init__(self, paper: Gathered, language: str, absent: frozenset[str]) -> None:
        self.paper = paper
        self.part = paper.part
        self.language = "" if paper.language.lower() == language.lower() else paper.language
        self.absent = absent
        self.slots = Slots(paper.pdf)
        self.tags = Tags(self.slots)
        self.finisher = Finisher(paper.part, self.slots)
        self.remarks: list[Remark] = []

    def fold(self) -> Quire:
        """Set everything right in its new place, and freeze it."""
        links = Links(self.paper.pages, self.paper.places, self._first).settle()
        self._tell(links)
        mended, spots = self._graft(links)
        tagged = spots is not None
        if spots is None:
            spots = self._tag_untagged()
        for page in self.paper.pages:
            page["/Parent"] = self.slots.get(PAGES)
        layers = read_layers(self.paper.pdf, self.paper.layers)
        sound = tagged and not mended and may_claim(self.paper)
        freezer = Freezer(self.paper.pdf, self.slots)
        return self._frozen(freezer, spots, layers, links, tagged=tagged, sound=sound)

    def _first(self, key: str) -> Object | None:
        return None if key in self.absent else self.slots.get(f"{FIRST} {key}")

    def _tell(self, links: Links) -> None:
        title = self.part.title
        for at, key in links.unknown:
            self._remark("link-to-unknown-part", f"{title}: a link to the unknown part {key} was taken out.", at)
        if links.dead:
            self._remark("dead-link", f"{title}: {links.dead} of its links lead nowhere and were taken out.")
        if links.fields:
            self._remark(
                "form-fields",
                f"{title}: {links.fields} form fields were taken out; print the form to PDF to keep them.",
            )

    def _graft(self, links: Links) -> tuple[int, list[Spot | None] | None]:
        """How many tags had to be cut off; and the places of the numbers, or None when no tag owns anything."""
        paper = self.paper
        if paper.tags is None:
            forget_numbers(paper.pages)
            return 0, None
        found = self.tags.graft(paper.tags, paper, self.language, links.gone)
        if found.cut:
            self._remark("tags-mended", f"{self.part.title}: {found.cut} of its tags led nowhere and were left out.")
        if not found.content:
            return found.cut, None
        return found.cut, [self.finisher.finish(at, page, tagged=True) for at, page in enumerate(paper.pages)]

    def _tag_untagged(self) -> list[Spot | None]:
        part, pages = self.part, self.paper.pages
        self.tags.make_section(self.tags.section, part.title, self.language)
        spots: list[Spot | None] = []
        for at, page in enumerate(pages):
            text = part.text[at] if at < len(part.text) else ""
            strip_marks(self.paper.pdf, page)
            name = describe(part.title, at + 1, len(pages))
            tag_page(self.tags, page, name, alternative(name, text), pictured=not text.strip())
            spots.append(self.finisher.finish(at, page, tagged=False))
        return spots

    def _frozen(
        self, freezer: Freezer, spots: list[Spot | None], layers: Layers, links: Links, *, tagged: bool, sound: bool
    ) -> Quire:
        tags = self.tags
        facts = Facts(
            pages=tuple(map(freezer.place, self.paper.pages)),
            section=freezer.place(tags.section),
            parents=tuple(map(freezer.place, tags.parents)),
            spots=tuple(spots),
            headings=tuple(map(_mark, self.paper.headings)),
            roles=self.paper.roles,
            used=tuple(sorted(tags.used)),
            classes=_classes(tags.classes, freezer),
            ids={own.hex(): freezer.place(element) for own, element in tags.ids.items()},
            namespaces=tuple(map(freezer.place, tags.namespaces)),
            layers=_layering(layers, freezer),
            asked=tuple(sorted(links.asked)),
            remarks=tuple(self.remarks),
            tagged=tagged,
            sound=sound,
        )
        return Quire(facts, freezer.freeze())

    def _remark(self, code: str, message: str, at: int | None = None) -> None:
        self.remarks.append(Remark(code, message, at))


def _mark(heading: Heading) -> Mark:
    at, view = heading.place or (0, ())
    return Mark(heading.title, at, Array(list(view)).unparse().decode("latin-1"), tuple(map(_mark, heading.below)))


def _classes(classes: Mapping[str, Object], freezer: Freezer) -> dict[str, tuple[int, str]]:
    return {
        name: (freezer.place(attributes), hashlib.sha256(attributes.unparse(resolved=True)).hexdigest())
        for name, attributes in classes.items()
    }


def _layering(layers: Layers, freezer: Freezer) -> Layering:
    return Layering(
        groups=tuple(map(freezer.place, layers.groups)),
        hidden=tuple(map(freezer.place, layers.hidden)),
        order=tuple(map(freezer.place, layers.order)),
        locked=tuple(map(freezer.place, layers.locked)),
    )
