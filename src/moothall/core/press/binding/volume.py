"""What is bound, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from moothall.core.press.cautions import Caution


@dataclass(frozen=True, slots=True)
class Part:
    """One PDF of a volume: a generated sheet, a report or an uploaded paper.

    ``labels`` holds the printed label of each page ("21", "21a", "E1"). ``outline`` names the bookmarks that the part
    stands under, outermost first; ``title`` is its own bookmark, and its headings hang below. A link in any part to
    ``moothall:part/KEY`` leads to the first page of the part with that ``key``. ``clear`` gives for each page the stamp
    places that are free, best first (as ``PageFacts.clear`` does); () means a generated part, whose bottom margin is
    free. ``text`` is the text of each page, the alternative for a part without tags.
    """

    pdf: Path
    title: str
    key: str
    labels: tuple[str, ...]
    outline: tuple[str, ...] = ()
    stamped: bool = True
    clear: tuple[tuple[str, ...], ...] = ()
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """The parts of one file, in order, and what the file says of itself. ``created`` is aware."""

    parts: tuple[Part, ...]
    title: str
    language: str
    author: str
    subject: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound file: its number of pages, and what the clerk should know about it."""

    pages: int
    cautions: tuple[Caution, ...]
