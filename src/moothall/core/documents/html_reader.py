"""HTML to tree: the documented subset (docs/reference/content.md), read leniently and kept strictly."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from moothall.core.documents.hidden_text import find_hiding_classes, remove_hidden
from moothall.core.documents.html_blocks import Source, changed_by, read_blocks
from moothall.core.documents.normalise import normalise
from moothall.core.documents.sanitise import DEEPEST, drop_looks, sanitise, too_deep
from moothall.core.documents.tree import Block, Document
from moothall.core.documents.warnings import Reading, gathered

_NO_IMAGES: Mapping[str, bytes] = MappingProxyType({})


def parse_html(fragment: str, *, images: Mapping[str, bytes] = _NO_IMAGES) -> Reading:
    """The content of an HTML fragment (or page), sanitised and normalised.

    Pictures are those given in ``images`` by the name in their ``src``, or ``data:`` addresses; nothing is ever
    fetched. What is dropped with a loss (a link to nowhere safe, a picture) is a caution.
    Raises ``CannotRead`` for content too long or too deeply nested.
    """
    root = _parsed(sanitise(fragment))
    hidden = remove_hidden(root, find_hiding_classes(fragment))
    drop_looks(root)
    bodies = _take_notes(root)
    amended = any(changed_by(element) == "deleted" for element in root.iter(etree.Element))
    source = Source(images, note_ids=frozenset(bodies), amended=amended)
    blocks = read_blocks(source, root)
    notes: dict[str, tuple[Block, ...]] = {key: read_blocks(source, body) for key, body in bodies.items()}
    reading = normalise(Document(blocks, notes=notes, images=source.admitted))
    return Reading(reading.document, gathered((*hidden, *source.cautions, *reading.cautions)))


def _parsed(html: str) -> HtmlElement:
    parser = HTMLParser(huge_tree=True, no_network=True)
    root = etree.fromstring(f"<html><body><div>{html}</div></body></html>", parser)
    if _deeper_than(root, DEEPEST):
        raise too_deep()
    body: HtmlElement = root.find("body")
    return body


def _deeper_than(root: etree._Element, most: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            return True
    return False


def _take_notes(root: HtmlElement) -> dict[str, HtmlElement]:
    """The notes by id, taken out of the page with the sections that hold them."""
    sections = [
        element
        for element in root.iter("section", "div", "aside")
        if element.get("role") == "doc-endnotes" or "footnotes" in element.get("class", "").split()
    ]
    notes = {str(item.get("id")): item for section in sections for item in section.iter("li") if item.get("id")}
    for section in sections:
        section.drop_tree()
    return notes
