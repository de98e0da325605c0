"""Walking through a part's structure tree: what leads nowhere is cut off, and who owns which content is noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from moothall.core.press.binding.objects import Key

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
