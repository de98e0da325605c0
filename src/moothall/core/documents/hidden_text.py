"""What an HTML page hides from its readers: by an attribute, a style or a class of its own style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from moothall.core.documents.warnings import Caution

_HIDING = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)(?![\w-])",
    re.IGNORECASE,
)
_OPENING, _CLOSING = re.compile("<style", re.IGNORECASE), re.compile("</style", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
# Only a selector that is one class, such as ".draft" or "p.draft": others depend on where an element is.
_CLASS = re.compile(r"[a-z][a-z0-9]*\.([\w-]{1,100})|\.([\w-]{1,100})", re.IGNORECASE)
_LONGEST_EXCERPT = 60


def find_hiding_classes(page: str) -> frozenset[str]:
    """Return the classes that the page's own style sheets hide."""
    return frozenset(name for sheet in _sheets(page) for name in _hiding_classes(sheet))


def _sheets(page: str) -> Iterator[str]:
    """Yield the content of each style element without its comments."""
    at = 0
    while opening := _OPENING.search(page, at):
        begin, closing = page.find(">", opening.end()) + 1, _CLOSING.search(page, opening.end())
        if begin == 0 or closing is None:
            return
        yield _without_comments(page[begin : closing.start()])
        at = closing.end()


def _without_comments(sheet: str) -> str:
    kept, at = [], 0
    while (opening := sheet.find("/*", at)) >= 0:
        kept.append(sheet[at:opening])
        end = sheet.find("*/", opening + 2)
        at = len(sheet) if end < 0 else end + 2
    return " ".join([*kept, sheet[at:]]).replace("<!--", " ").replace("-->", " ")


def _hiding_classes(sheet: str) -> Iterator[str]:
    """Yield the classes of rules that hide; rules within others, such as those for print, do not count."""
    depth, begin, selectors = 0, 0, ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            depth += 1
            if depth == 1:
                selectors, begin = sheet[begin : brace.start()], brace.end()
        elif depth:
            depth -= 1
            if depth == 0:
                if "@" not in selectors and _HIDING.search(sheet, begin - 1, brace.start()):
                    yield from _classes(selectors)
                begin = brace.end()


def _classes(selectors: str) -> Iterator[str]:
    for selector in selectors.split(","):
        if found := _CLASS.fullmatch(selector.strip()):
            yield found[1] or found[2]


def remove_hidden(root: HtmlElement, hiding: frozenset[str]) -> list[Caution]:
    """Remove the elements that readers do not see, and say so."""
    pieces: list[str] = []
    for element in list(root.iter()):
        if isinstance(element.tag, str) and _is_hidden(element, hiding) and root in element.iterancestors():
            if words := " ".join(str(element.text_content()).split()):
                pieces.append(words)
            element.drop_tree()
    if not pieces:
        return []
    message = f"Hidden text ({len(pieces)} {'piece' if len(pieces) == 1 else 'pieces'}) is left out."
    return [Caution("hidden-text-dropped", message, excerpt=pieces[0][:_LONGEST_EXCERPT])]


def _is_hidden(element: HtmlElement, hiding: frozenset[str]) -> bool:
    if "hidden" in element.attrib:
        return True
    if hiding and hiding & set(element.get("class", "").split()):
        return True
    return bool(_HIDING.search(element.get("style", "")))
