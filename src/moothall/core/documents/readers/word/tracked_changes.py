"""A part made plain before it is read: tracked changes accepted, wrappers opened, alternatives chosen."""

from __future__ import annotations

from lxml import etree

from moothall.core.documents.readers.word.package import Element, child, q, value

_OPENED = {q(name) for name in ("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent", "w:bdo",
                                "w:dir", "mc:AlternateContent", "mc:Choice", "mc:Fallback")}  # fmt: skip
_DROPPED = {q(name) for name in ("w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr", "w:customXmlPr", "w:smartTagPr",
                                 "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:tblGridChange", "w:trPrChange",
                                 "w:tcPrChange", "w:sectPrChange", "w:tblPrExChange", "w:numberingChange",
                                 "w:delText", "w:delInstrText")}  # fmt: skip
_TRACKED = {q(name) for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge")}
_PROPERTIES = {q(name) for name in ("w:rPr", "w:trPr", "w:pPr", "w:tcPr")}
_TOC = "Table of Contents"


def count_changes(root: Element) -> int:
    """How many tracked insertions, deletions and moves the part holds."""
    return sum(1 for element in root.iter(*_TRACKED))


def make_plain(root: Element) -> int:
    """Accept all changes in ``root`` and open its wrappers, in place; returns how many contents lists were dropped."""
    _choose_alternatives(root)
    contents = _drop_contents_lists(root)
    for row in list(root.iter(q("w:tr"))):
        if child(row, "w:trPr/w:del") is not None:
            _drop(row)
    for cell in list(root.iter(q("w:tc"))):
        if child(cell, "w:tcPr/w:cellDel") is not None:
            _drop(cell)
    marked = [paragraph for paragraph in root.iter(q("w:p")) if _mark_deleted(paragraph)]
    for element in list(root.iter(*_DROPPED)):
        _drop(element)
    for element in list(root.iter(*_OPENED)):
        _open(element)
    for paragraph in marked:
        _join_next(paragraph)
    return contents


def _mark_deleted(paragraph: Element) -> bool:
    # a dropped capital is a paragraph of its own to Word, though not to a reader
    if value(paragraph, "w:pPr/w:framePr", "w:dropCap") in ("drop", "margin"):
        return True
    return any(child(paragraph, f"w:pPr/w:rPr/{name}") is not None for name in ("w:del", "w:moveFrom"))


def _choose_alternatives(root: Element) -> None:
    """Of each alternative keep the first choice that holds a text box or a picture, else the fallback."""
    for alternative in list(root.iter(q("mc:AlternateContent"))):
        choices = list(alternative.findall(q("mc:Choice")))
        fallback = alternative.find(q("mc:Fallback"))
        known = [choice for choice in choices if _understood(choice)]
        kept = known[0] if known else fallback if fallback is not None and len(fallback) else next(iter(choices), None)
        for option in list(alternative):
            if option is not kept:
                alternative.remove(option)


def _understood(choice: Element) -> bool:
    return next(choice.iter(q("w:txbxContent"), q("a:blip"), q("w:t")), None) is not None


def _drop_contents_lists(root: Element) -> int:
    count = 0
    for block in list(root.iter(q("w:sdt"))):
        gallery = child(block, "w:sdtPr/w:docPartObj/w:docPartGallery")
        if gallery is not None and gallery.get(q("w:val")) == _TOC:
            _drop(block)
            count += 1
    return count


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _open(element: Element) -> None:
    """Replace ``element`` by its children; an empty mark inside properties (``w:rPr/w:ins``) just goes."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent[place : place + 1] = list(element) if parent.tag not in _PROPERTIES else []


def _join_next(paragraph: Element) -> None:
    """A deleted paragraph mark: what is left of the paragraph runs on into the next one."""
    following = paragraph.getnext()
    rest = [part for part in paragraph if part.tag != q("w:pPr")]
    if following is None or following.tag != q("w:p"):
        if not rest:
            _drop_unless_only(paragraph)
        return
    place = 1 if child(following, "w:pPr") is not None else 0
    following[place:place] = rest
    _drop(paragraph)


def _drop_unless_only(paragraph: Element) -> None:
    parent = paragraph.getparent()
    if parent is not None and len(parent.findall(q("w:p"))) > 1:
        parent.remove(paragraph)


def is_element(part: object) -> bool:
    """Whether ``part`` of a tree is an element (not an entity left unresolved)."""
    return isinstance(part, etree._Element) and isinstance(part.tag, str)  # noqa: SLF001
