"""The tags of one part, made ready to hang in the tree of a volume: a Part element, and who owns what on its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from pikepdf import Array, Dictionary, Name, Object, String

from moothall.core.press.binding.freezing import Slots
from moothall.core.press.binding.holders import MANY, ONE, holders
from moothall.core.press.binding.objects import dictionary, drop, indirect, items, names
from moothall.core.press.binding.renaming import Renamer
from moothall.core.press.binding.sources import Gathered
from moothall.core.press.binding.walking import Walk

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
