"""HTML from outside, cut down to the subset that a paper may hold, before anything else looks at it.

Which addresses a paper may link to.
"""

from __future__ import annotations

import re

import nh3
from lxml.html import HtmlElement

from moothall.core.documents.errors import CannotRead

MOST_CHARACTERS = 64_000_000
DEEPEST = 100
_DEEPEST_SOURCE = 1000

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# fmt: off
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
}
# fmt: on
# fmt: off
_BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "center", "col", "colgroup", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "hr", "img",
    "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
}
# fmt: on
# fmt: off
_DROPPED = {
    "applet", "audio", "button", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe", "map",
    "math", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "video",
}
# fmt: on
_CELL = {"scope", "colspan", "rowspan", "align", "class", "style"}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "role", "class", "id", "name"},
    "img": {"src", "alt", "role", "data-alt"},
    "ol": {"start", "type", "reversed", "class"},
    "li": {"data-number", "value", "id"},
    "table": {"id", "role", "summary"},
    "col": {"span", "width", "style", "data-width"},
    "colgroup": {"span", "width", "style"},
    "td": _CELL,
    "th": _CELL,
    "hr": {"class", "style"},
    "p": {"class", "style"},
    "div": {"class", "style", "role"},
    "section": {"class", "role", "id"},
    "span": {"class", "style"},
    "sup": {"class"},
    "aside": {"role", "id"},
} | {tag: {"id", "data-number"} for tag in _HEADINGS}

# What can hide an element: kept until the hidden elements are removed.
_LOOKS = {"class", "hidden", "style"}
_CLEANER = nh3.Cleaner(
    tags=_HEADINGS | _INLINE | _BLOCKS,
    clean_content_tags=_DROPPED,
    attributes={**_ATTRIBUTES, "*": _LOOKS},
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel", "data"},
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# elements that end by themselves, so that a thousand of them need not be nested
# fmt: off
_UNNESTED = frozenset({
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "source", "td", "th", "tr", "tbody", "thead", "tfoot", "wbr",
})
# fmt: on


def sanitise(fragment: str) -> str:
    """``fragment`` with nothing left but the subset's elements and attributes.

    Scripts, styles, forms, frames and foreign content go with all they hold; other unknown elements leave their
    text. Raises ``CannotRead`` for more than ``MOST_CHARACTERS`` or nesting that no paper needs.
    """
    if len(fragment) > MOST_CHARACTERS:
        millions = MOST_CHARACTERS // 1_000_000
        raise CannotRead(f"the HTML is longer than {millions} million characters: split the paper")
    if _source_depth(fragment) > _DEEPEST_SOURCE:
        raise too_deep()
    return _CLEANER.clean(fragment)


def drop_looks(root: HtmlElement) -> None:
    """Drop from sanitised content what was kept only to find hidden elements."""
    for element in root.iter():
        if isinstance(element.tag, str):
            for name in _LOOKS - _ATTRIBUTES.get(element.tag, set()):
                element.attrib.pop(name, None)


def too_deep() -> CannotRead:
    """The refusal of content that is nested too deeply."""
    return CannotRead(
        "its content is nested too deeply, deeper than any paper needs: save it again from the program that made it"
    )


def _source_depth(fragment: str) -> int:
    """The deepest nesting that the tags of ``fragment`` can mean; cheap, and never less than the truth."""
    depth = deepest = 0
    for closing, name in _TAG.findall(fragment):
        if name.lower() in _UNNESTED:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*(?=:)", re.IGNORECASE)
# browsers strip these before they look for the scheme, so "java\nscript:" would run
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff]+")
_FRAGMENT = re.compile(r"#[A-Za-z][\w.:\-]*\Z")


def safe_href(href: str) -> str:
    """``href`` when a reader may follow it (http, https, mailto, tel, or ``#id``), tidied; otherwise "".

    A bare ``www.`` address gets its ``https://``; an address relative to the paper's own place leads nowhere
    from a pack, and is refused.
    """
    href = _IGNORED.sub("", href)
    if href.startswith("#"):
        return href if _FRAGMENT.match(href) else ""
    if href.lower().startswith("www."):
        href = f"https://{href}"
    scheme = _SCHEME.match(href)
    if scheme is None or scheme[0].lower() not in SCHEMES or len(href) <= len(scheme[0]) + 1:
        return ""
    return href
