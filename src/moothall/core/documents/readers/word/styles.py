"""Word's styles, followed up the chain of what they are based on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from moothall.core.documents.readers.word.package import Element, child, number, q, switch, value

_HEADING = re.compile(r"heading ([1-9])\b")
_LONGEST_CHAIN = 30


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, the ids of the defaults, and the document-wide defaults."""

    by_id: dict[str, Element] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    run_defaults: Element | None = None
    # a document asks the same few questions of the same few styles for each of its runs
    _known: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def _once(self, *question: str, answer: Callable[[], Any]) -> Any:
        if question not in self._known:
            self._known[question] = answer()
        return self._known[question]

    def chain(self, style: str | None, kind: str) -> Iterator[Element]:
        """The style and what it is based on, nearest first; the default style of its kind where None is named."""
        name = style if style in self.by_id else self.defaults.get(kind)
        for _ in range(_LONGEST_CHAIN):
            element = self.by_id.get(name or "")
            if element is None:
                return
            yield element
            name = value(element, "w:basedOn")

    def names(self, style: str | None) -> list[str]:
        """The names along a paragraph style's chain, lower case, nearest first."""
        found: list[str] = self._once(
            "names",
            style or "",
            answer=lambda: [(value(element, "w:name") or "").lower() for element in self.chain(style, "paragraph")],
        )
        return found

    def paragraph_property(self, style: str | None, path: str) -> Element | None:
        """The nearest ``pPr`` property at ``path`` along a paragraph style's chain."""

        def look() -> Element | None:
            found = (child(element, f"w:pPr/{path}") for element in self.chain(style, "paragraph"))
            return next((element for element in found if element is not None), None)

        answer: Element | None = self._once("paragraph", style or "", path, answer=look)
        return answer

    def outline(self, properties: Element | None, style: str | None) -> int | None:
        """The heading level (1 to 9) of a paragraph, 0 for the title, None for body text."""
        level = number(properties, "w:outlineLvl")
        if level is None:
            level = self._once("outline", style or "", answer=lambda: self._style_outline(style))
        if level is not None:
            return level + 1 if 0 <= level < 9 else None
        return 0 if "title" in self.names(style)[:2] else None

    def _style_outline(self, style: str | None) -> int | None:
        for element in self.chain(style, "paragraph"):
            level = number(element, "w:pPr/w:outlineLvl")
            if level is not None:
                return level
            named = _HEADING.fullmatch((value(element, "w:name") or "").lower())
            if named:
                return int(named[1]) - 1
        return None

    def toggle(self, properties: Element | None, style: str | None, name: str) -> bool:
        """A run's on/off property (``w:b``): its own; else that of its paragraph's and its own style, which cancel."""
        own = switch(properties, name)
        if own is not None:
            return own
        by_paragraph = self._style_switch(style, "paragraph", name)
        by_character = self._style_switch(value(properties, "w:rStyle"), "character", name)
        if by_paragraph is None and by_character is None:
            return bool(switch(self.run_defaults, name))
        return bool(by_paragraph) != bool(by_character)

    def _style_switch(self, style: str | None, kind: str, name: str) -> bool | None:
        if kind == "character" and style is None:
            return None

        def look() -> bool | None:
            found = (switch(element, f"w:rPr/{name}") for element in self.chain(style, kind))
            return next((state for state in found if state is not None), None)

        answer: bool | None = self._once(kind, style or "", name, answer=look)
        return answer

    def run_value(self, properties: Element | None, style: str | None, path: str) -> str | None:
        """A run's property with a value (``w:sz``): its own, its style's, its paragraph's style's, the default."""
        own = value(properties, path)
        if own is not None:
            return own
        character = value(properties, "w:rStyle")

        def look() -> str | None:
            styled = [*self.chain(character, "character")] if character else []
            styled += self.chain(style, "paragraph")
            sources = [*(child(element, "w:rPr") for element in styled), self.run_defaults]
            return next((found for source in sources if (found := value(source, path)) is not None), None)

        answer: str | None = self._once("run", character or "", style or "", path, answer=look)
        return answer

    def is_plain(self, style: str | None) -> bool:
        """Return whether a paragraph style, and the document's defaults, give no colour, highlight or tiny type."""

        def look() -> bool:
            size = self.run_value(None, style, "w:sz")
            looks = (self.run_value(None, style, path) for path in ("w:color", "w:highlight"))
            return not any(looks) and not (size is not None and size.isdecimal() and int(size) < 10)

        answer: bool = self._once("plain", style or "", answer=look)
        return answer

    def conditional(self, style: str | None, part: str) -> bool:
        """Whether a table style sets the ``part`` (``firstRow``, ``firstCol``) of its tables apart."""
        return any(
            element.get(q("w:type")) == part and len(element)
            for base in self.chain(style, "table")
            for element in base.findall(q("w:tblStylePr"))
        )


def read_styles(root: Element | None) -> Styles:
    """The styles of ``styles.xml``; none where the document has no such part."""
    if root is None:
        return Styles()
    by_id, defaults = {}, {}
    for style in root.findall(q("w:style")):
        name, kind = style.get(q("w:styleId"), ""), style.get(q("w:type"), "paragraph")
        by_id[name] = style
        if style.get(q("w:default")) in ("1", "true", "on"):
            defaults[kind] = name
    return Styles(by_id, defaults, child(root, "w:docDefaults/w:rPrDefault/w:rPr"))
