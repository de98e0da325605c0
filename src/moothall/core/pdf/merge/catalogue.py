"""The cover of a volume: all that belongs to no part alone. Catalog, page tree, trunk of tags, bookmarks, labels.

Page labels: what a reader shows as the page's number is what is printed on it.

What the file says of itself: title, author, language, date, and, only when it is true, PDF/UA.

Layers (optional content): what a paper hides stays hidden in the pack.

The trunk of a volume's structure tree: Document, below it a Part for each paper, and what finds its elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from html import escape as _escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall import __version__
from moothall.core.pdf.merge.bookmarks import Bookmark, add_part, write_bookmarks
from moothall.core.pdf.merge.links import explicit
from moothall.core.pdf.merge.name_clashes import Naming, Roles
from moothall.core.pdf.merge.objects import Key, dictionary, indirect, items, make_tree, text_of
from moothall.core.pdf.merge.page_numbers import WORD, Lettering, lettering
from moothall.core.pdf.merge.parts import Facts, Frozen, Volume
from moothall.core.pdf.merge.serialise import Freezer, Slots
from moothall.core.pdf.standard_roles import LATER

# A prefix and a plain number behind it: "21", "E1". "21a" has no number at its end and stands as it is.
SERIES = re.compile(r"(.*?)([1-9][0-9]{0,8})", re.DOTALL)


def page_labels(pdf: Pdf, labels: Sequence[str]) -> Object:
    """The number tree of ``/PageLabels``: one entry wherever the series of labels does not simply go on."""
    entries: list[tuple[int, Object]] = []
    prefix, following = "", -1
    for at, label in enumerate(labels):
        found = SERIES.fullmatch(label)
        if found is None:
            entries.append((at, Dictionary(P=String(label))))
            following = -1
            continue
        if found[1] != prefix or int(found[2]) != following:
            prefix = found[1]
            entry = Dictionary(S=Name.D, St=int(found[2]))
            if prefix:
                entry["/P"] = String(prefix)
            entries.append((at, entry))
        following = int(found[2]) + 1
    return make_tree(pdf, entries, "/Nums")


PRODUCER = f"Moothall {__version__}"
UA_PART = 1
escape = partial(_escape, quote=False)


def write_metadata(pdf: Pdf, volume: Volume, *, accessible: bool) -> None:
    """Fill the document information and the XMP packet; ``accessible`` claims PDF/UA-1."""
    moment = volume.created.astimezone(UTC)
    stamp = String(moment.strftime("D:%Y%m%d%H%M%SZ"))
    pdf.trailer["/Info"] = pdf.make_indirect(
        Dictionary(
            Title=String(volume.title),
            Author=String(volume.author),
            Subject=String(volume.subject),
            Producer=String(PRODUCER),
            CreationDate=stamp,
            ModDate=stamp,
        )
    )
    packet = pdf.make_stream(_packet(volume, moment.strftime("%Y-%m-%dT%H:%M:%SZ"), accessible).encode())
    packet["/Type"], packet["/Subtype"] = Name.Metadata, Name.XML
    pdf.Root["/Metadata"] = packet


def _packet(volume: Volume, moment: str, accessible: bool) -> str:
    claim = f"<pdfuaid:part>{UA_PART}</pdfuaid:part>" if accessible else ""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(volume.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(volume.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(volume.subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(volume.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def write_catalog(pdf: Pdf, volume: Volume, tree: Object) -> None:
    """The catalog's entries that make the file a tagged one."""
    pdf.Root["/StructTreeRoot"] = tree
    pdf.Root["/MarkInfo"] = Dictionary(Marked=True)
    pdf.Root["/Lang"] = String(volume.language)
    pdf.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    pdf.Root["/PageMode"] = Name.UseOutlines


def claims_accessible(xmp: str) -> bool:
    """True when the metadata claim PDF/UA-1, as an element or as an attribute."""
    return re.search(r"pdfuaid:part(>|=['\"])1", xmp) is not None


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of one part or many: the groups, those that are hidden, what orders and what locks them."""

    groups: tuple[Object, ...] = ()
    hidden: tuple[Object, ...] = ()
    order: tuple[Object, ...] = ()
    locked: tuple[Object, ...] = ()


def read_layers(pdf: Pdf, layers: Dictionary | None) -> Layers:
    """The layers of a part, from its ``/OCProperties``. A group without a name is given one."""
    if layers is None:
        return Layers()
    groups = [group for group in items(layers.get("/OCGs")) if isinstance(group, Dictionary) and group.is_indirect]
    for group in groups:
        if not text_of(group.get("/Name")):
            group["/Name"] = String("Layer")
    config = dictionary(layers, "/D")
    off = _off(groups, config)
    return Layers(
        groups=tuple(groups),
        hidden=tuple(group for group in groups if group.objgen in off),
        order=_entries(pdf, config, "/Order"),
        locked=_entries(pdf, config, "/Locked"),
    )


def _entries(pdf: Pdf, config: Dictionary | None, key: str) -> tuple[Object, ...]:
    listed = items(config.get(key) if config is not None else None)
    return tuple(indirect(pdf, entry) for entry in listed if isinstance(entry, Object))


def _off(groups: list[Dictionary], config: Dictionary | None) -> set[Key]:
    if config is None:
        return set()
    off = {group.objgen for group in items(config.get("/OFF"))}
    if config.get("/BaseState") == Name.OFF:
        off |= {group.objgen for group in groups} - {group.objgen for group in items(config.get("/ON"))}
    return off


def merge_layers(pdf: Pdf, parts: Iterable[Layers]) -> Object | None:
    """One ``/OCProperties`` for the layers of all parts, each shown as its own part shows it; None without layers."""
    groups, hidden, order, locked = Array(), Array(), Array(), Array()
    for layers in parts:
        groups.extend(layers.groups)
        hidden.extend(layers.hidden)
        order.extend(layers.order)
        locked.extend(layers.locked)
    if not len(groups):
        return None
    config = Dictionary(Name=String("Layers"), Order=order, OFF=hidden)
    if len(locked):
        config["/Locked"] = locked
    return pdf.make_indirect(Dictionary(OCGs=groups, D=config))


@dataclass(slots=True)
class Trunk:
    """The structure tree of a volume: what each part adds to it."""

    pdf: Pdf
    roles: dict[str, str]
    sections: list[Object] = field(default_factory=list)
    parents: list[Object] = field(default_factory=list)
    classes: dict[str, Object] = field(default_factory=dict)
    ids: dict[bytes, Object] = field(default_factory=dict)
    namespaces: list[Object] = field(default_factory=list)

    def grown(self, document: Object) -> Object:
        """The root of the tree, ready for the catalog; ``document`` is its one Document."""
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
        for key, value in {"Type": Name.StructElem, "S": Name.Document, "P": root, "K": Array(self.sections)}.items():
            document[f"/{key}"] = value
        root["/ParentTree"] = make_tree(self.pdf, list(enumerate(self.parents)), "/Nums")
        root["/ParentTreeNextKey"] = len(self.parents)
        self._name(root)
        return root

    def _name(self, root: Object) -> None:
        roles = (LATER if self.namespaces else {}) | self.roles
        if roles:
            root["/RoleMap"] = Dictionary({f"/{name}": Name(f"/{roles[name]}") for name in roles})
        if self.classes:
            root["/ClassMap"] = Dictionary({f"/{name}": self.classes[name] for name in self.classes})
        if self.ids:
            root["/IDTree"] = make_tree(self.pdf, sorted(self.ids.items(), key=lambda pair: pair[0]), "/Names")
        if self.namespaces:
            root["/Namespaces"] = Array(self.namespaces)


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
