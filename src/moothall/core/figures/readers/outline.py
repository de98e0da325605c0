"""Levels of headings in a text that does not give them."""

from __future__ import annotations

from dataclasses import dataclass, field

from moothall.core.figures.model import Heading

_UNNUMBERED = 5


@dataclass(slots=True)
class Outline:
    """The open headings, outermost first."""

    open: list[Heading] = field(default_factory=list)
    bare: bool = False  # nothing but headings since the last one

    def open_heading(self, heading: Heading, level: int) -> int:
        """Open a heading, close those that it ends, and return its level. Find the level if it is 0."""
        found = level or self._find_level(heading)
        while self.open and self.open[-1].level >= found:
            self.open.pop()
        self.open.append(Heading(heading.text, found, heading.place, heading.number))
        self.bare = True
        return found

    def note_content(self) -> None:
        """Record that something other than a heading follows the last heading."""
        self.bare = False

    def list_open_headings(self) -> tuple[Heading, ...]:
        """Return the open headings."""
        return tuple(self.open)

    def _find_level(self, heading: Heading) -> int:
        text = heading.text
        if heading.number:
            return min(2 + heading.number.count("."), 4)
        first = text.split()[0].lower() if text.split() else ""
        if first in ("appendix", "annex", "schedule", "part") or (text.isupper() and len(text) > 3):
            return 2
        for other in reversed(self.open):
            if not other.number and other.level >= _UNNUMBERED and other.text.split()[0].lower() == first:
                return other.level
        if self.bare and self.open and self.open[-1].level >= _UNNUMBERED:
            return self.open[-1].level + 1
        return _UNNUMBERED
