"""The trunk of a volume's structure tree: Document, below it a Part for each paper, and what finds its elements."""

from __future__ import annotations

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf

from moothall.core.press.binding.objects import make_tree
from moothall.core.press.standard_roles import LATER


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
