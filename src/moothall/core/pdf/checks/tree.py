"""A finished file's structure tree, read for checking: every element with its role, parent, children and content."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from moothall.core.pdf.merge.objects import Key, dictionary, items, names, number, text_of, tree_items
from moothall.core.pdf.standard_roles import STANDARD, resolve

Content = tuple[Key, int]


@dataclass(slots=True)
class Node:
    """An element: its standard role ("" when it has none), its own content, what it stands above and below."""

    element: Object
    own_role: str
    role: str
    parent: Node | None
    page: int | None
    children: list[Node] = field(default_factory=list)
    content: list[Content] = field(default_factory=list)
    objects: list[Object] = field(default_factory=list)
    broken: int = 0

    def text(self, key: str) -> str:
        """A text entry such as ``/Alt``."""
        return text_of(self.element.get(key)).strip()


class Grove:
    """A file and its tree. ``nodes`` are in reading order."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root = dictionary(pdf.Root, "/StructTreeRoot")
        self.pages: list[Object] = [page.obj for page in pdf.pages]
        self.where = {page.objgen: at for at, page in enumerate(self.pages, start=1)}
        self.direct = self._role_map()
        self.nodes: list[Node] = []
        if self.root is not None:
            self._read()

    def _role_map(self) -> dict[str, str]:
        roles = dictionary(self.root, "/RoleMap")
        return {key[1:]: text_of(roles[key]) for key in names(roles)} if roles is not None else {}

    @cached_property
    def parents(self) -> dict[int, Object]:
        """The parent tree."""
        root = self.root.get("/ParentTree") if self.root is not None else None
        return {cast(int, key): value for key, value in tree_items(root, "/Nums") if isinstance(key, int)}

    @cached_property
    def owners(self) -> dict[Content, Node]:
        """Who claims which marked content."""
        return {content: node for node in self.nodes for content in node.content}

    @cached_property
    def ids(self) -> dict[bytes, Object]:
        """The identifiers of the IDTree."""
        root = self.root.get("/IDTree") if self.root is not None else None
        return {bytes(key): value for key, value in tree_items(root, "/Names")}

    def attribute(self, node: Node, key: str) -> object:
        """An attribute of an element: its own, or else from its classes (ISO 32000-1, 14.7.5.3)."""
        for holder in _listed(node.element.get("/A")):
            if isinstance(holder, Dictionary | Stream) and key in holder:
                return holder[key]
        classes = dictionary(self.root, "/ClassMap")
        for name in _listed(node.element.get("/C")):
            attributes = classes.get(str(name)) if classes is not None and isinstance(name, Name) else None
            for holder in _listed(attributes):
                if isinstance(holder, Dictionary) and key in holder:
                    return holder[key]
        return None

    def _read(self) -> None:
        seen: set[Key] = set()
        top = Node(self.root or Dictionary(), "", "", None, None)
        stack = [(kid, top) for kid in reversed(_listed(top.element.get("/K")))]
        while stack:
            kid, parent = stack.pop()
            if not isinstance(kid, Dictionary) or "/S" not in kid:
                self._own(kid, parent)
            elif kid.objgen in seen:
                parent.broken += 1
            else:
                seen.add(kid.objgen)
                node = self._node(kid, parent)
                parent.children.append(node)
                self.nodes.append(node)
                stack += [(below, node) for below in reversed(_listed(kid.get("/K")))]
        self.top = top

    def _node(self, element: Object, parent: Node) -> Node:
        name = text_of(element.get("/S"))
        role = resolve(name, self.direct) if name in STANDARD or name in self.direct else ""
        page = dictionary(element, "/Pg")
        return Node(element, name, role, parent, self.where.get(page.objgen) if page is not None else parent.page)

    def _own(self, kid: object, node: Node) -> None:
        """Take note of a child that is content; anything else is broken."""
        page = dictionary(node.element, "/Pg")
        if isinstance(kid, Dictionary):
            page = dictionary(kid, "/Pg") or page
            thing, mcid = kid.get("/Obj"), number(kid, "/MCID")
            stream = kid.get("/Stm")
            if isinstance(thing, Dictionary | Stream):
                node.objects.append(thing)
                return
            holder = stream if isinstance(stream, Stream) else page
        else:
            mcid, holder = (kid if isinstance(kid, int) else None), page
        if mcid is None or holder is None or (holder is page and holder.objgen not in self.where):
            node.broken += 1
        else:
            node.content.append((holder.objgen, mcid))


def _listed(value: object) -> list[Object]:
    if value is None:
        return []
    return list(items(value)) if isinstance(value, Array) else [value]  # type: ignore[list-item]
