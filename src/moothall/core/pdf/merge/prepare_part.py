"""Folding: everything that can be done to a part before it is known what it is bound with.

Its tags are walked and mended, its links settled, its pages closed off and made ready for their numbers.

Finishing a page: its own content is closed off, tagged as a whole where it has no tags; a number finds room.

May the whole file claim PDF/UA-1? Only when each part may.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pikepdf import Array, Object

from moothall.core.pdf.merge.bookmarks import Heading
from moothall.core.pdf.merge.catalogue import Layers, claims_accessible, read_layers
from moothall.core.pdf.merge.links import Links
from moothall.core.pdf.merge.page_content import (
    CLOSING,
    MARK_OPENING,
    alternative,
    balance,
    content,
    describe,
    strip_marks,
    surround,
    tag_page,
)
from moothall.core.pdf.merge.page_numbers import add_strip, spot
from moothall.core.pdf.merge.part_source import Gathered, gathered
from moothall.core.pdf.merge.part_tags import Tags, forget_numbers
from moothall.core.pdf.merge.parts import Facts, Layering, Mark, Part, Quire, Remark, Spot
from moothall.core.pdf.merge.serialise import Freezer, Slots

# Slots: the typeface of the numbers, and what draws the number of a page.
LETTERING = "lettering"
STAMP = "stamp"


class Finisher:
    """Finishes the pages of one part."""

    def __init__(self, part: Part, slots: Slots) -> None:
        self.part = part
        self.slots = slots
        self._streams: dict[bytes, Object] = {}

    def finish(self, at: int, page: Object, *, tagged: bool) -> Spot | None:
        """Isolate the content of page ``at`` (0-based); where its number goes, when it is to have one."""
        if tagged and not self.part.stamped:
            return None
        place, clip = _place(self.part, at), b""
        if self.part.stamped and not place:
            place, clip = "bottom-centre", add_strip(page)
        missing = balance(page, content(page))
        opening, closing = (b"", b"") if tagged else (MARK_OPENING, CLOSING)
        before = opening + b"q\n" + clip + b"q\n" * missing.saves + b"/Span BMC\n" * missing.begins
        after = b"\nEMC" * missing.ends + b"\nQ" * missing.restores + b"\nQ\n" + closing
        behind = [self._stream(after)]
        if self.part.stamped:
            behind.append(self.slots.get(f"{STAMP} {at}"))
        surround(self.slots.pdf, page, self._stream(before), *behind)
        return spot(page, place, self.slots.get(LETTERING)) if self.part.stamped else None

    def _stream(self, data: bytes) -> Object:
        """The same bytes are one stream, which many pages share."""
        if data not in self._streams:
            self._streams[data] = self.slots.pdf.make_stream(data)
        return self._streams[data]


def _place(part: Part, at: int) -> str:
    """The best free place for the number, "" when there is none."""
    if not part.clear:
        return "bottom-centre"
    return part.clear[at][0] if at < len(part.clear) and part.clear[at] else ""


# What the pack's own catalog says in place of the part's.
OF_THE_WHOLE = frozenset({"title-not-shown", "no-title"})


def may_claim(paper: Gathered) -> bool:
    """True when the part claims PDF/UA-1 itself; an upload (``clear`` is given) must also hold to our own checks.

    An upload brings its author's claim only where nothing in it had to be mended. That a machine finds no failure is
    no claim: what only a person can judge, its author has judged, or nobody.
    """
    if not claims_accessible(paper.xmp):
        return False
    if not paper.part.clear:
        return True
    from moothall.core.pdf.checks.pdfua import check_ua  # noqa: PLC0415 - a pack without uploads needs none of it

    return {flaw.code for flaw in check_ua(paper.part.pdf)} <= OF_THE_WHOLE


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
