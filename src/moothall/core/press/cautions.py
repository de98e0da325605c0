"""Cautions: what a person should look at, though the pack could be made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that the clerk should know.

    ``code`` is stable and kebab-case (``table-without-headers``); ``message`` is one plain sentence that names the
    thing and says what to do; ``place`` is where (a heading, "table 3", "page 4"), or "". ``excerpt`` is the first
    words of hidden content, for the clerk alone: it is never written into a pack or a manifest.
    """

    code: str
    message: str
    place: str = ""
    excerpt: str = ""
