"""Annotations: each is described and stands in the tree (Matterhorn 28)."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Dictionary, Name, Object

from moothall.core.press.binding.checks.flaws import Flaw
from moothall.core.press.binding.checks.grove import Grove, Node
from moothall.core.press.binding.objects import Key, items, number, text_of

HIDDEN = 2
ROLES = {"/Link": "Link", "/Widget": "Form"}


def check_annotations(grove: Grove) -> Iterator[Flaw]:
    """Every visible annotation has a description and an element of the right role, which know each other."""
    owners = {thing.objgen: node for node in grove.nodes for thing in node.objects}
    for at, page in enumerate(grove.pages, start=1):
        for note in items(page.get("/Annots")):
            if isinstance(note, Dictionary) and _counts(note):
                yield from _check(grove, owners, note, at)


def _counts(note: Object) -> bool:
    return note.get("/Subtype") not in {Name.Popup, Name.PrinterMark} and not (number(note, "/F") or 0) & HIDDEN


def _check(grove: Grove, owners: dict[Key, Node], note: Object, at: int) -> Iterator[Flaw]:
    kind = str(note.get("/Subtype", ""))
    what = "link" if kind == "/Link" else "annotation"
    owner = owners.get(note.objgen)
    if owner is None:
        yield Flaw("annotation-untagged", f"A {what} stands outside the tags.", at)
        return
    if owner.role != ROLES.get(kind, "Annot"):
        yield Flaw("annotation-role", f"A {what} stands in a {owner.role}.", at)
    if not (text_of(note.get("/Contents")).strip() or owner.text("/Alt")):
        yield Flaw("annotation-undescribed", f"A {what} has no description.", at)
    key = number(note, "/StructParent")
    found = grove.parents.get(key) if key is not None else None
    if found is None or found.objgen != owner.element.objgen:
        yield Flaw("annotation-parent", f"The parent tree does not lead from a {what} to its tag.", at)
