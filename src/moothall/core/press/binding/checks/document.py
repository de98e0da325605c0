"""What the file says of itself as a whole (Matterhorn 06, 07, 09, 11, 20)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Name, Object, Stream

from moothall.core.press.binding.checks.flaws import Flaw
from moothall.core.press.binding.checks.grove import Grove
from moothall.core.press.binding.metadata import claims_accessible
from moothall.core.press.binding.objects import dictionary, items, text_of

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
