"""Cautions: what a person should look at, though the pack could be made.

What reading a paper gives: its content, and what a person should look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from moothall.core.documents.tree import Document


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


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper's content as a normalised tree, with the cautions that arose on the way."""

    document: Document
    cautions: tuple[Caution, ...] = ()


_MOST_OF_A_KIND = 5
# a paper copied from elsewhere may hold hundreds of these; tables and pictures are each to be mended, and stay named
_GATHERED = {"link-dropped": "links", "picture-missing": "pictures", "picture-unreadable": "pictures"}


def gathered(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """``cautions`` without repetition; of a kind that comes in hundreds, the first few and the number of the rest."""
    kept: list[Caution] = []
    counts: Counter[str] = Counter()
    for caution in dict.fromkeys(cautions):
        counts[caution.code] += 1
        if caution.code not in _GATHERED or counts[caution.code] <= _MOST_OF_A_KIND:
            kept.append(caution)
    for code, things in _GATHERED.items():
        more = counts[code] - _MOST_OF_A_KIND
        if more > 0:
            kept.append(Caution("and-more", f"So it is with {more} more {things} of the paper."))
    return tuple(kept)
