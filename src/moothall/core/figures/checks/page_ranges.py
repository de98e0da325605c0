"""The page ranges that an agenda gives for its papers must go forwards and not overlap.

Examples: "(Pages 9 - 20)", "(Pages 21 - 36)". Each range must end after it begins, and the next must begin after it.
Pages that no paper has are only suspicious, because a paper may have been withheld.

Contradiction:
    7. MINUTES (Pages 9 - 20)

    8. SCHOOL PERFORMANCE (Pages 19 - 36)

Contradiction:
    7. MINUTES (Pages 20 - 9)

Agreement:
    7. MINUTES (Pages 9 - 20)

    8. SCHOOL PERFORMANCE (Pages 21 - 36)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Place

RULE = "page-ranges"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_RANGE: Final = re.compile(r"\(\s*pages?\s+(\d{1,4})\s*(?:-|–|to)\s*(\d{1,4})\s*\)", re.IGNORECASE)
NEAR: Final = 40
"""The most lines between two ranges of one agenda."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """The pages of a paper, and where they are printed."""

    first: int
    last: int
    place: Place
    text: str


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every range that runs backwards, overlaps another or leaves pages out."""
    found = list(_find_ranges(paper))
    for each in found:
        yield Observation("page range", checked=True)
        if each.first > each.last:
            yield _make_finding(
                each, f"The page range runs backwards, from {each.first} to {each.last}.", Severity.ERROR
            )
    for before, after in pairwise(found):
        forward = before.first <= before.last and after.first <= after.last
        close = forward and after.place.line - before.place.line <= NEAR
        if not close or after.first < before.first:
            continue  # another agenda begins
        if after.first <= before.last:
            message = f"Pages {after.first} to {min(after.last, before.last)} are listed for two papers."
            yield _make_finding(after, message, Severity.ERROR, before)
        elif after.first > before.last + 1:
            message = f"No paper is listed for pages {before.last + 1} to {after.first - 1}."
            yield _make_finding(after, message, Severity.SUSPICIOUS, before)


def _find_ranges(paper: Paper) -> Iterator[PageRange]:
    for number, text in enumerate(paper.lines, start=1):
        for match in _RANGE.finditer(text):
            place = Place(paper.name, number, *match.span(), paper.find_page(number))
            yield PageRange(int(match[1]), int(match[2]), place, match.group())


def _make_finding(each: PageRange, message: str, severity: Severity, before: PageRange | None = None) -> Finding:
    evidence = (before.place,) if before else ()
    return Finding(RULE, severity, message, each.text, each.place, evidence=evidence, weight=1)
