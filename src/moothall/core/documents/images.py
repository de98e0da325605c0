"""Pictures: known by their bytes, named by their hash, and drawings stripped of everything that acts."""

from __future__ import annotations

import base64
import binascii
import re
from hashlib import sha256
from urllib.parse import unquote_to_bytes

from lxml import etree

LARGEST = 50_000_000
_DATA = re.compile(r"\s*data:([^,;]*)((?:;[^,;]*)*),", re.IGNORECASE)
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
# fmt: off
_DRAWN = frozenset({
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "pattern", "marker", "filter", "feGaussianBlur", "feOffset", "feBlend",
    "feColorMatrix", "feComposite", "feFlood", "feMerge", "feMergeNode", "image", "switch", "metadata",
})
# fmt: on
_ACTING_VALUE = re.compile(r"(?i)javascript:|@import|expression\s*\(|url\(\s*['\"]?(?!#|data:image/(?:png|jpeg))")


def kind_of(content: bytes) -> str:
    """The suffix for what ``content`` is by its first bytes: ``.png .jpg .gif .webp .svg``, or ""."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    return ".svg" if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:svg\b|\?xml\b|!--|!DOCTYPE svg)", content) else ""


def admit(content: bytes) -> tuple[str, bytes] | None:
    """The name (hash and suffix) and bytes under which a picture enters a paper, or None for what is no picture."""
    kind = kind_of(content)
    if not kind or len(content) > LARGEST:
        return None
    if kind == ".svg":
        drawing = _clean_drawing(content)
        if drawing is None:
            return None
        content = drawing
    elif not _decodes(content):
        return None
    return f"{sha256(content).hexdigest()}{kind}", content


def from_data_uri(source: str) -> bytes | None:
    """The bytes of a ``data:`` address, or None where it is none or is damaged."""
    match = _DATA.match(source)
    if match is None:
        return None
    payload = source[match.end() :]
    if ";base64" not in match[2].lower():
        return unquote_to_bytes(payload)
    try:
        return base64.b64decode(re.sub(r"\s|%0[aAdD]", "", payload).replace("%2B", "+").replace("%2F", "/"))
    except (binascii.Error, ValueError):
        return None


def _decodes(content: bytes) -> bool:
    """Whether a raster picture can be decoded whole; a broken one would stop the setter later."""
    from io import BytesIO  # noqa: PLC0415
    from warnings import catch_warnings, simplefilter  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    try:
        with catch_warnings():
            simplefilter("error")
            with Image.open(BytesIO(content)) as picture:
                picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning, EOFError, IndexError):
        return False
    return True


def _clean_drawing(content: bytes) -> bytes | None:
    """An SVG with only drawing elements: no script, no links, no animation, nothing fetched from elsewhere."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != f"{_SVG}svg" or b"<!ENTITY" in content:
        return None
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag.removeprefix(_SVG) not in _DRAWN:
            _remove(element)
        else:
            _clean_attributes(element)
    # serialising the element alone leaves the document type, and with it any entity, behind
    return etree.tostring(root, encoding="utf-8", with_tail=False)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _clean_attributes(element: etree._Element) -> None:
    for raw_name, raw_value in list(element.attrib.items()):
        name, value = str(raw_name), str(raw_value)
        local = name.rsplit("}", 1)[-1].lower()
        outside = name in ("href", _XLINK_HREF) and not re.match(r"#|data:image/(?:png|jpeg);", value)
        if local.startswith("on") or outside or local == "base" or _ACTING_VALUE.search(value):
            del element.attrib[raw_name]
