"""What the setter learns on its way through a paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from moothall.core.press.cautions import Caution
from moothall.core.press.tree.nodes import Block

HeaderMarks = dict[tuple[int, int], str]
"""By table row and the cell's place in it: the scope ("Row", "Column", "Both") that Typst cannot give by itself."""


@dataclass(slots=True)
class Gathering:
    """The state of one pass over one paper; never kept."""

    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    images: Mapping[str, bytes] = field(default_factory=dict)
    used_images: dict[str, bytes] = field(default_factory=dict)
    anchored: set[str] = field(default_factory=set)
    called_notes: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    tables: list[HeaderMarks | None] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    highest: int = 1
    level: int = 0
    heading: str = ""

    def caution(self, code: str, message: str) -> None:
        """Note something for the clerk, at the heading last passed."""
        self.cautions.append(Caution(code, message, self.heading))

    def anchor(self, identity: str | None) -> str | None:
        """``identity`` the first time that it is claimed; a second claim gets nothing to link to."""
        if identity is None or identity not in self.targets or identity in self.anchored:
            return None
        self.anchored.add(identity)
        return identity

    def all_cautions(self) -> tuple[Caution, ...]:
        """Every caution, with one for the characters that no font has."""
        if not self.missing:
            return tuple(self.cautions)
        names = [f"{_spoken(character)} ({count} times)" for character, count in self.missing.items()]
        listed = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
        message = f"Characters that the fonts do not have were replaced: {listed}. Write them in another way."
        return (*self.cautions, Caution("characters-replaced", message))


def _spoken(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed').lower()}"
