"""The vocabulary of WordprocessingML, and the few ways in which its elements state things."""

from __future__ import annotations

from functools import cache

from lxml import etree

Element = etree._Element  # noqa: SLF001 -- lxml has no public name for its elements' type

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@cache
def q(name: str) -> str:
    """The full name for a prefixed one: ``w:p``."""
    prefix, local = name.split(":")
    return f"{{{SPACES[prefix]}}}{local}"


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(q(name) for name in path.split("/"))


def child(element: Element | None, path: str) -> Element | None:
    """The first element at ``path`` (prefixed names parted by ``/``) below ``element``."""
    for name in _steps(path):
        if element is None:
            return None
        element = next(element.iterchildren(name), None)
    return element


def value(element: Element | None, path: str, attribute: str = "w:val") -> str | None:
    """An attribute of the element at ``path``, or None."""
    found = child(element, path)
    return None if found is None else found.get(q(attribute))


def number(element: Element | None, path: str, attribute: str = "w:val") -> int | None:
    """A whole-number attribute of the element at ``path``, or None where it is absent or no number."""
    text = value(element, path, attribute)
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def switch(element: Element | None, path: str) -> bool | None:
    """An on/off property at ``path``: None where it is not stated; stated without a value it is on."""
    found = child(element, path)
    if found is None:
        return None
    return (found.get(q("w:val")) or "true").lower() not in ("0", "false", "off", "none")
