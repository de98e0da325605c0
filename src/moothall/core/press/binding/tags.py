"""One structure tree out of many: Document, and in it a Part for each paper."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TypeVar

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from moothall.core.press.binding.holders import MANY, ONE, holders
from moothall.core.press.binding.objects import Key, dictionary, drop, items, make_tree, names
from moothall.core.press.binding.renaming import Changes, rename
from moothall.core.press.binding.roles import Roles, renames
from moothall.core.press.binding.sources import Gathered
from moothall.core.press.binding.walking import Walk
from moothall.core.press.standard_roles import LATER

# What a structure tree's root holds and a structure element must not. The lexicon of pronunciations (PDF 2.0) and
# associated files go with it: the first no reader of 1.7 knows, the second could be anything.
ROOT_ONLY = (
    "/Type", "/ParentTree", "/ParentTreeNextKey", "/IDTree", "/RoleMap", "/ClassMap", "/Namespaces",
    "/PronunciationLexicon", "/AF",
)  # fmt: skip


Name_ = TypeVar("Name_", str, bytes)


class Tags:
    """The structure tree of a new file while it grows."""

    def __init__(self, pdf: Pdf, roles: Roles) -> None:
        self.pdf = pdf
        self.roles = dict(roles)
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root))
        self.sections = Array()
        self.parents: list[tuple[int, Object]] = []
        self.classes: dict[str, Object] = {}
        self.ids: dict[bytes, Object] = {}
        self.namespaces = Array()

    def graft(self, root: Object, paper: Gathered, language: str, gone: Set[Key]) -> Walk:
        """Hang a part's own tree into this one, unless it owns nothing on the part's pages (``Walk.content``).

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
        changed, added = renames(paper.roles, self.roles)
        changes = Changes(changed, self._take_classes(root), self._take_ids(found))
        used = rename(found.elements, changes)
        self.roles |= {name: meaning for name, meaning in added.items() if name in used}
        self._demote_documents(root)
        for namespace in items(root.get("/Namespaces")):
            self.namespaces.append(namespace)
        drop(root, *ROOT_ONLY)
        self._make_part(root, paper.part.title, language)
        self._number(found)
        return found

    def open_part(self, title: str, language: str = "") -> Object:
        """A new, empty Part for a paper without tags."""
        part = self.pdf.make_indirect(Dictionary(K=Array()))
        self._make_part(part, title, language)
        return part

    def element(self, parent: Object, role: str, entries: dict[str, object]) -> Object:
        """A new element, the last child of ``parent``."""
        made = self.pdf.make_indirect(Dictionary({"/Type": Name.StructElem, "/S": Name(f"/{role}"), "/P": parent}))
        for key, value in entries.items():
            made[key] = value
        parent["/K"].append(made)
        return made

    def give_number(self, thing: Object, key: str, owner: Object) -> None:
        """Enter ``thing`` into the parent tree; ``key`` is MANY for what has marked content, ONE for the rest."""
        thing[key] = len(self.parents)
        self.parents.append((len(self.parents), owner))

    def finish(self) -> Object:
        """The whole tree, ready for the catalog."""
        self.document["/K"] = self.sections
        self.root["/K"] = Array([self.document])
        self.root["/ParentTree"] = make_tree(self.pdf, self.parents, "/Nums")
        self.root["/ParentTreeNextKey"] = len(self.parents)
        roles = (LATER if len(self.namespaces) else {}) | self.roles
        if roles:
            self.root["/RoleMap"] = Dictionary({f"/{name}": Name(f"/{roles[name]}") for name in roles})
        if self.classes:
            self.root["/ClassMap"] = Dictionary({f"/{name}": self.classes[name] for name in self.classes})
        if self.ids:
            self.root["/IDTree"] = make_tree(self.pdf, sorted(self.ids.items(), key=lambda pair: pair[0]), "/Names")
        if len(self.namespaces):
            self.root["/Namespaces"] = self.namespaces
        return self.root

    def _make_part(self, element: Object, title: str, language: str) -> None:
        element["/Type"] = Name.StructElem
        element["/S"] = Name.Part
        element["/P"] = self.document
        element["/T"] = String(title)
        if language:
            element["/Lang"] = String(language)
        self.sections.append(element)

    def _take_classes(self, root: Object) -> dict[str, str]:
        """Take over the part's class map; the new names of classes that mean something else already."""
        changed: dict[str, str] = {}
        classes = dictionary(root, "/ClassMap")
        for key in names(classes):
            name, attributes = key[1:], root["/ClassMap"][key]
            known = self.classes.get(name)
            if known is not None and known.unparse(resolved=True) != attributes.unparse(resolved=True):
                changed[name] = name = _free(f"{name}-{len(self.sections) + 1}", self.classes)
            self.classes[name] = attributes
        return changed

    def _take_ids(self, found: Walk) -> dict[bytes, bytes]:
        """Take over the part's identifiers; the new ones of those that another part uses."""
        changed: dict[bytes, bytes] = {}
        for own, element in found.ids.items():
            name = own
            if own in self.ids:
                changed[own] = name = _free(b"%s-%d" % (own, len(self.sections) + 1), self.ids)
            self.ids[name] = element
        return changed

    def _demote_documents(self, root: Object) -> None:
        """One file is one Document: what a part calls Document is a Sect of its Part from now on."""
        kids = root["/K"]
        for kid in items(kids) if isinstance(kids, Array) else (kids,):
            role = str(kid["/S"])[1:] if isinstance(kid, Dictionary) and "/S" in kid else ""
            if role == "Document" or self.roles.get(role) == "Document":
                kid["/S"] = Name.Sect

    def _number(self, found: Walk) -> None:
        """Number what owns content or is owned, in a parent tree made anew from what the elements say."""
        for place, owners in found.content.items():
            thing = found.pages[place] if place in found.pages else found.streams[place]
            row = Array([owners.get(mcid) for mcid in range(max(owners) + 1)])
            self.give_number(thing, MANY, self.pdf.make_indirect(row))
        for thing, element in found.objects.values():
            self.give_number(thing, ONE, element)


def forget_numbers(pages: Sequence[Object]) -> None:
    """Take the old numbers off everything on ``pages``: one that stayed would point at another part's tags."""
    for thing, key in list(holders(list(pages))):
        del thing[key]


def _free(name: Name_, taken: dict[Name_, Object]) -> Name_:
    while name in taken:
        name = name + ("+" if isinstance(name, str) else b"+")
    return name
