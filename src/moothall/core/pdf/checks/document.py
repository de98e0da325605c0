"""What the file says of itself as a whole (Matterhorn 06, 07, 09, 11, 20).

Annotations: each is described and stands in the tree (Matterhorn 28).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Name, Object, Stream

from moothall.core.pdf.checks.flaws import Flaw
from moothall.core.pdf.checks.tree import Grove, Node
from moothall.core.pdf.merge.catalogue import claims_accessible
from moothall.core.pdf.merge.objects import Key, dictionary, items, number, text_of

# BCP 47, as far as a document's language goes: "en", "en-GB", "cy", "zh-Hant-TW".
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def check_catalog(grove: Grove) -> Iterator[Flaw]:
    """Language, title shown, marked, a tree at all."""
    root = grove.pdf.Root
    if not LANGUAGE.fullmatch(text_of(root.get("/Lang"))):
        yield Flaw("no-language", "The file does not say its language.")
    if not _says_yes(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield Flaw("title-not-shown", "The file shows its name instead of its title.")
    if not _says_yes(root, "/MarkInfo", "/Marked"):
        yield Flaw("not-marked", "The file does not say that it is tagged.")
    if _says_yes(root, "/MarkInfo", "/Suspects"):
        yield Flaw("suspects", "The file doubts its own tags.")
    if grove.root is None or not grove.nodes:
        yield Flaw("no-tags", "The file has no tags.")


def _says_yes(root: Object, holder: str, key: str) -> bool:
    found = dictionary(root, holder)
    return found is not None and bool(found.get(key))


def check_metadata(grove: Grove) -> Iterator[Flaw]:
    """A title, and the claim of PDF/UA."""
    packet = grove.pdf.Root.get("/Metadata")
    xmp = packet.read_bytes().decode("utf-8", "replace") if isinstance(packet, Stream) else ""
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>\s*[^<\s]", xmp, re.DOTALL) and 'dc:title="' not in xmp:
        yield Flaw("no-title", "The metadata hold no title.")
    if not claims_accessible(xmp):
        yield Flaw("no-claim", "The metadata do not claim PDF/UA-1.")


def check_layers(grove: Grove) -> Iterator[Flaw]:
    """Layers have names, and no configuration that changes them unseen."""
    layers = dictionary(grove.pdf.Root, "/OCProperties")
    if layers is None:
        return
    for config in [layers.get("/D"), *items(layers.get("/Configs"))]:
        if config is not None and not text_of(config.get("/Name")):
            yield Flaw("layer-without-name", "A configuration of the layers has no name.")
        if config is not None and "/AS" in config:
            yield Flaw("layer-changes-itself", "A configuration of the layers changes them by itself.")


def check_tab_order(grove: Grove) -> Iterator[Flaw]:
    """The tab key follows the structure on pages with annotations."""
    for at, page in enumerate(grove.pages, start=1):
        if list(items(page.get("/Annots"))) and page.get("/Tabs") != Name.S:
            yield Flaw("tab-order", "The tab key does not follow the structure on this page.", at)


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
