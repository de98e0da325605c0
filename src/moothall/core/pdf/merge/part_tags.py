"""The tags of one part, made ready to hang in the tree of a volume: a Part element, and who owns what on its pages.

What carries a number into the parent tree: pages, forms, pictures and annotations.

Walking through a part's structure tree: what leads nowhere is cut off, and who owns which content is noted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Stream, String

from moothall.core.pdf.merge.name_clashes import Renamer
from moothall.core.pdf.merge.objects import Key, dictionary, drop, indirect, items, names
from moothall.core.pdf.merge.part_source import Gathered
from moothall.core.pdf.merge.serialise import Slots

MANY, ONE = "/StructParents", "/StructParent"


def holders(pages: list[Object]) -> Iterator[tuple[Object, str]]:
    """Each object of ``pages`` that has a place in the parent tree, once, with the name of its number."""
    seen: set[Key] = set()
    for page in pages:
        yield from _own(page, seen)
        for annotation in items(page.get("/Annots")):
            if isinstance(annotation, Dictionary):
                yield from _own(annotation, seen)
        yield from _drawn(page, seen)


def _own(thing: Object, seen: set[Key]) -> Iterator[tuple[Object, str]]:
    if thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    for key in (MANY, ONE):
        if key in thing:
            yield thing, key


def _drawn(page: Object, seen: set[Key]) -> Iterator[tuple[Object, str]]:
    """The forms, patterns and pictures that the page draws, however deep."""
    try:
        scopes = list(Page(page).content_scopes())
    except (pikepdf.PdfError, RecursionError):
        return
    for scope in scopes:
        if isinstance(scope.content, Stream):
            yield from _own(scope.content, seen)
        xobjects = dictionary(scope.resources, "/XObject")
        for name in names(xobjects):
            picture = xobjects.get(name) if xobjects is not None else None
            if isinstance(picture, Stream):
                yield from _own(picture, seen)


# No real document nests its tags so deep; readers that follow such a tree by recursion fall over.
DEEPEST = 400
# A page with more pieces of marked content than this is no page; the parent tree would need an entry for each.
MOST_CONTENT = 200_000

Level = list[tuple[Object, Set[str], Key | None]]

DIRECT = (0, 0)


@dataclass(slots=True)
class Walk:
    """Visits each element below a root once.

    ``pages`` and ``annotations`` are what the part has, by object number: content and links elsewhere are cut off.
    ``content`` gives for each page or form the element that owns each MCID, ``objects`` the element that owns an
    annotation or picture, ``ids`` the elements with an identifier; ``cut`` counts the children that were cut off,
    other than references to the annotations in ``gone``.
    """

    pages: Mapping[Key, Object]
    annotations: frozenset[Key]
    gone: Set[Key] = frozenset()
    content: dict[Key, dict[int, Object]] = field(default_factory=dict)
    objects: dict[Key, tuple[Object, Object]] = field(default_factory=dict)
    streams: dict[Key, Object] = field(default_factory=dict)
    ids: dict[bytes, Object] = field(default_factory=dict)
    elements: list[Object] = field(default_factory=list)
    cut: int = 0
    _seen: set[Key] = field(default_factory=set)

    def run(self, root: Object) -> Walk:
        """Walk level by level, so that a deep tree needs no deep stack."""
        self._seen.add(root.objgen)
        level = self._visit(root, frozenset(root.keys()), None)
        self.elements.clear()  # the root is none
        for _ in range(DEEPEST):
            level = [child for found in level for child in self._visit(*found)]
            if not level:
                return self
        self.cut += len(level)
        for element, _keys, _page in level:
            element["/K"] = Array()
        return self

    def _visit(self, element: Object, keys: Set[str], page: Key | None) -> Level:
        """Look at one element and its children; returns those that are elements."""
        self.elements.append(element)
        paged = "/Pg" in keys
        if paged:
            page = self._page(element.get("/Pg"))
        if "/ID" in keys and isinstance(element["/ID"], String):
            self.ids.setdefault(bytes(element["/ID"]), element)
        if "/AF" in keys:  # a file attached to an element would come along unseen
            del element["/AF"]
        if "/K" not in keys:
            return []
        kids = element.get("/K")
        below: Level = []
        listed = kids.as_list() if isinstance(kids, Array) else [kids]
        kept = [kid for kid in listed if self._sound(kid, element, page, below)]
        if len(kept) != len(listed):
            self._cut(element, kept, len(listed))
        if not paged and page is not None and any(isinstance(kid, int) for kid in kept):
            element["/Pg"] = self.pages[page]
        return below

    def _page(self, page: Object | None) -> Key | None:
        key = page.objgen if page is not None else None
        return key if key in self.pages else None

    def _cut(self, element: Object, kept: Sequence[Object | None], before: int) -> None:
        self.cut += before - len(kept)
        element["/K"] = Array(kept)
        if element.get("/S") == Name.Link and not any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in kept):
            element["/S"] = Name.Span

    def _sound(self, kid: Object | None, element: Object, page: Key | None, below: Level) -> bool:
        """Take note of one child; False when it leads nowhere. This is called for each tag of a pack: no step more."""
        if isinstance(kid, int):
            return page is not None and self._owns(page, kid, element)
        if not isinstance(kid, Dictionary) or (place := kid.objgen) in self._seen:
            return False
        keys = kid.keys()
        if "/S" not in keys:
            return self._reference(kid, keys, element, page)
        if place == DIRECT:
            return False
        self._seen.add(place)
        below.append((kid, keys, page))
        return True

    def _owns(self, place: Key, mcid: int, element: Object) -> bool:
        if not 0 <= mcid < MOST_CONTENT:
            return False
        return self.content.setdefault(place, {}).setdefault(mcid, element) is element

    def _reference(self, kid: Object, keys: Set[str], element: Object, page: Key | None) -> bool:
        """A marked-content reference or an object reference."""
        if "/Pg" in keys:
            page = self._page(kid.get("/Pg"))
        elif page is not None:
            kid["/Pg"] = self.pages[page]
        if "/MCID" in keys:
            return self._marked(kid, keys, element, page)
        thing = kid.get("/Obj")
        if isinstance(thing, Stream) or (isinstance(thing, Dictionary) and thing.objgen in self.annotations):
            self.objects.setdefault(thing.objgen, (thing, element))
            return True
        if thing is not None and thing.objgen in self.gone:
            self.cut -= 1  # its link was taken out on purpose, and reported as that
        return False

    def _marked(self, kid: Object, keys: Set[str], element: Object, page: Key | None) -> bool:
        mcid = kid.get("/MCID")
        if not isinstance(mcid, int):
            return False
        stream = kid.get("/Stm") if "/Stm" in keys else None
        if isinstance(stream, Stream):
            self.streams[stream.objgen] = stream
            return self._owns(stream.objgen, mcid, element)
        return page is not None and self._owns(page, mcid, element)


# What a structure tree's root holds and a structure element must not. The lexicon of pronunciations (PDF 2.0) and
# associated files go with it: the first no reader of 1.7 knows, the second could be anything.
ROOT_ONLY = (
    "/Type", "/ParentTree", "/ParentTreeNextKey", "/IDTree", "/RoleMap", "/ClassMap", "/Namespaces",
    "/PronunciationLexicon", "/AF",
)  # fmt: skip

# Slots: the Document of the volume, and the part's own numbers in the parent tree.
DOCUMENT = "document"
NUMBER = "number"


class Tags:
    """The tags of one part, as they come to be. ``section`` is its Part element; ``parents`` own what has a number."""

    def __init__(self, slots: Slots) -> None:
        self.pdf = slots.pdf
        self.slots = slots
        self.section: Object = self.pdf.make_indirect(Dictionary(K=Array()))
        self.parents: list[Object] = []
        self.classes: dict[str, Object] = {}
        self.ids: dict[bytes, Object] = {}
        self.namespaces: list[Object] = []
        self.used: set[str] = set()  # roles

    def graft(self, root: Object, paper: Gathered, language: str, gone: Set[tuple[int, int]]) -> Walk:
        """Take over a part's own tree, unless it owns nothing on the part's pages (``Walk.content``).

        The part's root becomes its Part element, so that its topmost elements keep their parent as it is.
        ``gone`` are the annotations that were taken off its pages.
        """
        annotations = frozenset(
            note.objgen for page in paper.pages for note in items(page.get("/Annots")) if isinstance(note, Dictionary)
        )
        found = Walk({page.objgen: page for page in paper.pages}, annotations, gone).run(root)
        forget_numbers(paper.pages)
        if not found.content:
            return found
        documents = _documents(root, paper.roles)
        self.classes = self._classes(root)
        self.ids = found.ids
        renamer = Renamer(self.slots, paper.roles, self.classes.keys(), self.ids.keys())
        renamer.rename(found.elements)
        self.used = renamer.used
        for element in documents:  # one file is one Document: what a part calls so is a section from now on
            element["/S"] = Name.Sect
        self.namespaces = [indirect(self.pdf, each) for each in items(root.get("/Namespaces"))]
        drop(root, *ROOT_ONLY)
        self.make_section(root, paper.part.title, language)
        self._number(found)
        return found

    def make_section(self, element: Object, title: str, language: str) -> None:
        """Make ``element`` the part's own: a Part below the volume's Document."""
        element["/Type"] = Name.StructElem
        element["/S"] = Name.Part
        element["/P"] = self.slots.get(DOCUMENT)
        element["/T"] = String(title)
        if language:
            element["/Lang"] = String(language)
        self.section = element

    def element(self, parent: Object, role: str, entries: Mapping[str, object]) -> Object:
        """A new element, the last child of ``parent``."""
        made = self.pdf.make_indirect(Dictionary({"/Type": Name.StructElem, "/S": Name(f"/{role}"), "/P": parent}))
        for key, value in entries.items():
            made[key] = value
        parent["/K"].append(made)
        return made

    def give_number(self, thing: Object, key: str, owner: Object) -> None:
        """Enter ``thing`` into the parent tree; ``key`` is MANY for what has marked content, ONE for the rest."""
        thing[key] = self.slots.get(f"{NUMBER} {len(self.parents)}")
        self.parents.append(owner)

    def _classes(self, root: Object) -> dict[str, Object]:
        """The part's class map."""
        classes = dictionary(root, "/ClassMap")
        return {key[1:]: indirect(self.pdf, root["/ClassMap"][key]) for key in names(classes)}

    def _number(self, found: Walk) -> None:
        """Number what owns content or is owned, in a parent tree made anew from what the elements say."""
        for place, owners in found.content.items():
            thing = found.pages[place] if place in found.pages else found.streams[place]
            row = Array([owners.get(mcid) for mcid in range(max(owners) + 1)])
            self.give_number(thing, MANY, self.pdf.make_indirect(row))
        for thing, element in found.objects.values():
            self.give_number(thing, ONE, element)


def _documents(root: Object, roles: Mapping[str, str]) -> list[Object]:
    """The topmost elements that mean Document."""
    kids = root["/K"]
    listed = items(kids) if isinstance(kids, Array) else (kids,)
    elements = [kid for kid in listed if isinstance(kid, Dictionary) and "/S" in kid]
    return [each for each in elements if roles.get(role := str(each["/S"])[1:], role) == "Document"]


def forget_numbers(pages: Sequence[Object]) -> None:
    """Take the old numbers off everything on ``pages``: one that stayed would point at another part's tags."""
    for thing, key in list(holders(list(pages))):
        del thing[key]
