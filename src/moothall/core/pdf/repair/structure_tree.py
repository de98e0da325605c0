"""The structure tree as the mending needs it: each element with its standard role, its place and its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from moothall.core.pdf.reader.objects import dictionary, elements, entry, integer, name, pages
from moothall.core.pdf.standard_roles import STANDARD, resolve

MOST_ELEMENTS = 500_000
DIRECT = (0, 0)

Key = tuple[int, int]
Mark = tuple[Key, int]
"""A piece of marked content: the page or form that it is in (by object number), and its number there (MCID)."""

GROUPING = frozenset({"", "Document", "Part", "Art", "Sect", "Div", "NonStruct", "Private"})


@dataclass(slots=True, eq=False)
class Node:
    """An element. ``role`` is its standard role, or "" for the root and for a role that nobody knows.

    ``page`` is the page that it names or inherits, counted from 1, or 0; ``objects`` are the annotations and pictures
    that it owns.
    """

    element: Object
    name: str
    role: str
    parent: Node | None
    page: int
    children: list[Node] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    objects: list[Object] = field(default_factory=list)

    def below(self, *, within: str = "") -> Iterator[Node]:
        """All elements below this one, in order; not below one of the role ``within``."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            yield node
            if not within or node.role != within:
                waiting.extend(reversed(node.children))

    def content(self) -> Iterator[Mark]:
        """All marked content of this element and of those below."""
        yield from self.marks
        for node in self.below():
            yield from node.marks

    def block(self) -> Node:
        """The outermost element around this one that does more than group others."""
        found = node = self
        while node.parent is not None:
            if node.role not in GROUPING:
                found = node
            node = node.parent
        return found


class Tree:
    """A document's structure, read once. ``nodes`` are in reading order; ``top`` stands for the root."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root: Object = pdf.Root["/StructTreeRoot"]
        self.pages: list[Object] = [page for _, page in pages(pdf)]
        self.where: dict[Key, int] = {page.objgen: number for number, page in pages(pdf)}
        self.roles = _role_map(self.root)
        self.top = Node(self.root, "", "", None, 0)
        self.nodes: list[Node] = []
        self.owners: dict[Mark, Node] = {}
        self.streams: dict[Key, Object] = {}
        self.changed = False
        self._read()

    def _read(self) -> None:
        seen: set[Key] = set()
        waiting: list[tuple[Any, Node]] = [(kid, self.top) for kid in reversed(elements(entry(self.root, "/K")))]
        while waiting and len(self.nodes) < MOST_ELEMENTS:
            kid, parent = waiting.pop()
            if not isinstance(kid, Dictionary) or "/S" not in (keys := kid.keys()):
                self._own(kid, parent)
            elif (place := kid.objgen) != DIRECT and place not in seen:
                seen.add(place)
                node = self._node(kid, keys, parent)
                parent.children.append(node)
                self.nodes.append(node)
                if "/K" in keys:
                    waiting += [(below, node) for below in reversed(elements(kid.get("/K")))]

    def _node(self, element: Object, keys: Set[str], parent: Node) -> Node:
        called = name(element.get("/S"))[1:]
        page = dictionary(element.get("/Pg")) if "/Pg" in keys else None
        number = self.where.get(page.objgen, parent.page) if page is not None else parent.page
        return Node(element, called, self.standard(called), parent, number)

    def standard(self, called: str) -> str:
        """The standard role that a name comes to, "" when none is known."""
        return resolve(called, self.roles) if called in STANDARD or called in self.roles else ""

    def _own(self, kid: Any, node: Node) -> None:
        mcid, holder = integer(kid), self.pages[node.page - 1] if node.page else None
        if mcid is None and dictionary(kid) is not None:
            thing, stream = entry(kid, "/Obj"), entry(kid, "/Stm")
            if isinstance(thing, Dictionary | Stream):
                node.objects.append(thing)
                return
            page = dictionary(entry(kid, "/Pg"))
            if page is not None:
                holder = page if page.objgen in self.where else None
            if isinstance(stream, Stream):
                holder = self.streams.setdefault(stream.objgen, stream)
            mcid = integer(entry(kid, "/MCID"))
        if mcid is not None and holder is not None and (holder.objgen, mcid) not in self.owners:
            node.marks.append((holder.objgen, mcid))
            self.owners[holder.objgen, mcid] = node

    def attribute(self, node: Node, key: str) -> Any:
        """An attribute of an element: its own, or from its classes."""
        classes = dictionary(entry(self.root, "/ClassMap"))
        holders = attribute_objects(node.element)
        for each in elements(entry(node.element, "/C")):
            if isinstance(each, Name) and classes is not None:
                holders += elements(classes.get(each))
        return next((value for holder in holders if (value := entry(holder, key)) is not None), None)

    def add(self, parent: Node, role: str, at: Node | None, *, before: bool = False) -> Node:
        """A new element below ``parent``, behind (or before) its child ``at``, or at its end."""
        element = self.pdf.make_indirect(
            Dictionary({"/Type": Name.StructElem, "/S": Name(f"/{role}"), "/P": parent.element})
        )
        node = Node(element, role, role, parent, 0)
        kids = elements(entry(parent.element, "/K"))
        place = len(kids)
        if at is not None:
            place = next((index for index, kid in enumerate(kids) if _is(kid, at.element)), len(kids) - 1) + (
                not before
            )
            parent.children.insert(parent.children.index(at) + (not before), node)
        else:
            parent.children.append(node)
        kids.insert(place, element)
        parent.element["/K"] = Array(kids)
        self.changed = True
        return node

    def give(self, node: Node, number: int, mcid: int) -> None:
        """Let an element own a piece of the content of page ``number``."""
        page = self.pages[number - 1]
        kids = elements(entry(node.element, "/K"))
        reference = Dictionary(Type=Name.MCR, Pg=page, MCID=mcid)
        node.element["/K"] = Array([*kids, reference])
        node.page = node.page or number
        node.element["/Pg"] = self.pages[node.page - 1]
        node.marks.append((page.objgen, mcid))
        self.owners[page.objgen, mcid] = node
        self.changed = True

    def take(self, marks: Iterable[Mark]) -> None:
        """Let go of pieces of content, and of elements that then own nothing."""
        by_node: dict[int, tuple[Node, set[Mark]]] = {}
        for mark in marks:
            node = self.owners.pop(mark)
            by_node.setdefault(id(node), (node, set()))[1].add(mark)
        for node, gone in by_node.values():
            node.marks = [mark for mark in node.marks if mark not in gone]
            kept = [kid for kid in elements(entry(node.element, "/K")) if not self._refers(kid, node, gone)]
            node.element["/K"] = Array(kept)
            self.changed = True
            if not kept:
                self.remove(node)

    def _refers(self, kid: Any, node: Node, gone: set[Mark]) -> bool:
        own = self.pages[node.page - 1] if node.page else None
        mcid = integer(kid)
        if mcid is None:
            if dictionary(kid) is None or "/S" in kid:
                return False
            mcid, stream = integer(entry(kid, "/MCID")), entry(kid, "/Stm")
            own = stream if isinstance(stream, Stream) else dictionary(entry(kid, "/Pg")) or own
        return own is not None and mcid is not None and (own.objgen, mcid) in gone

    def remove(self, node: Node) -> None:
        """Take an element out, and those above it that then own nothing; a cell stays, for it keeps its column."""
        while node.parent is not None and node.role not in {"TD", "TH", "TR"}:
            parent = node.parent
            gone = node.element
            kept = [kid for kid in elements(entry(parent.element, "/K")) if not _is(kid, gone)]
            parent.element["/K"] = Array(kept)
            parent.children.remove(node)
            node.role = ""  # nothing looks at it from now on
            self.changed = True
            if kept or parent.parent is None:
                return
            node = parent


def attribute_objects(element: Object) -> list[Any]:
    """The attribute objects of an element itself, without the revision numbers between them."""
    return [each for each in elements(entry(element, "/A")) if isinstance(each, Dictionary | Stream)]


def _is(kid: Any, element: Object) -> bool:
    return dictionary(kid) is not None and bool(kid.is_indirect) and bool(kid.objgen == element.objgen)


def _role_map(root: Object) -> dict[str, str]:
    found: dict[str, str] = {}
    maps = [entry(space, "/RoleMapNS") for space in elements(entry(root, "/Namespaces"))]
    for roles in (*maps, entry(root, "/RoleMap")):
        inside = dictionary(roles)
        for key in inside.keys() if inside is not None else ():
            target = next(iter(elements(inside[key])), None) if inside is not None else None
            if isinstance(target, Name):
                found[key[1:]] = name(target)[1:]
    return found
