"""Walking through a part's structure tree: what leads nowhere is cut off, and who owns which content is noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from moothall.core.press.binding.objects import Key

# No real document nests its tags so deep; readers that follow such a tree by recursion fall over.
DEEPEST = 400
# A page with more pieces of marked content than this is no page; the parent tree would need an entry for each.
MOST_CONTENT = 200_000

Level = list[tuple[Object, Key | None]]


@dataclass(slots=True)
class Walk:
    """Visits each element below a root once.

    ``pages`` and ``annotations`` are what the part has, by object number: content and links elsewhere are cut off.
    ``content`` gives for each page or form the element that owns each MCID, ``objects`` the element that owns an
    annotation or picture, ``ids`` the elements with an identifier; ``cut`` counts the children that were cut off.
    """

    pages: Mapping[Key, Object]
    annotations: frozenset[Key]
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
        level = self._children(root, None, paged=True)
        for _ in range(DEEPEST):
            level = [child for element, page in level for child in self._visit(element, page)]
            if not level:
                return self
        self.cut += len(level)
        for element, _page in level:
            element["/K"] = Array()
        return self

    def _visit(self, element: Object, page: Key | None) -> Level:
        self.elements.append(element)
        keys = element.keys()
        paged = "/Pg" in keys
        if paged:
            page = self._page(element["/Pg"])
        if "/ID" in keys and isinstance(element["/ID"], String):
            self.ids.setdefault(bytes(element["/ID"]), element)
        if "/AF" in keys:  # a file attached to an element would come along unseen
            del element["/AF"]
        return self._children(element, page, paged=paged) if "/K" in keys else []

    def _page(self, page: Object | None) -> Key | None:
        return page.objgen if page is not None and page.objgen in self.pages else None

    def _children(self, element: Object, page: Key | None, *, paged: bool) -> Level:
        kids = element["/K"]
        below: Level = []
        listed = list(kids) if isinstance(kids, Array) else [kids]
        kept = [kid for kid in listed if self._sound(kid, element, page, below)]
        if len(kept) != len(listed):
            self._cut(element, kept, len(listed))
        if not paged and page is not None and any(isinstance(kid, int) for kid in kept):
            element["/Pg"] = self.pages[page]
        return below

    def _cut(self, element: Object, kept: list[Object], before: int) -> None:
        self.cut += before - len(kept)
        element["/K"] = Array(kept)
        if element.get("/S") == Name.Link and not any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in kept):
            element["/S"] = Name.Span

    def _sound(self, kid: object, element: Object, page: Key | None, below: Level) -> bool:
        """Take note of one child; False when it leads nowhere."""
        if isinstance(kid, int):
            return page is not None and self._owns(page, kid, element)
        if not isinstance(kid, Dictionary):
            return False
        if "/S" not in kid:
            return self._reference(kid, element, page)
        if not kid.is_indirect or kid.objgen in self._seen:
            return False
        self._seen.add(kid.objgen)
        below.append((kid, page))
        return True

    def _owns(self, place: Key, mcid: int, element: Object) -> bool:
        if not 0 <= mcid < MOST_CONTENT:
            return False
        return self.content.setdefault(place, {}).setdefault(mcid, element) is element

    def _reference(self, kid: Object, element: Object, page: Key | None) -> bool:
        """A marked-content reference or an object reference."""
        if "/Pg" in kid:
            page = self._page(kid["/Pg"])
        elif page is not None:
            kid["/Pg"] = self.pages[page]
        mcid, thing = kid.get("/MCID"), kid.get("/Obj")
        if isinstance(mcid, int):
            stream = kid.get("/Stm")
            if isinstance(stream, Stream):
                self.streams[stream.objgen] = stream
                return self._owns(stream.objgen, mcid, element)
            return page is not None and self._owns(page, mcid, element)
        if isinstance(thing, Stream) or (isinstance(thing, Dictionary) and thing.objgen in self.annotations):
            self.objects.setdefault(thing.objgen, (thing, element))
            return True
        return False
