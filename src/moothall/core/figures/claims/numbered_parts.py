"""Numbered parts of a paper that its text may refer to: notes, agenda items, sections, appendices, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from moothall.core.figures.claims.phrases import normalise_text
from moothall.core.figures.model import Paper

_NUMBERED: Final = re.compile(r"^\s*(?:[-*•]\s+)?(?:\*\*)?(\d{1,2})[.)]\s*(?:\*\*)?\s*(\S.{2,200})")
_OPENS: Final = {
    "note": re.compile(r"^\W*notes?\W*$", re.IGNORECASE),
    "item": re.compile(r"^\W*a ?g ?e ?n ?d ?a\W*$", re.IGNORECASE),
}
_NAMED: Final = re.compile(
    r"^\s*(?:#{1,6}\s+|\*\*)?(appendix|annex|schedule|table|figure|part)\s+(\d{1,2}|[A-Z])\b[\s:.–—-]*(.{0,120})",
    re.IGNORECASE,
)
_TITLE_END: Final = re.compile(r"[:.(]|\*\*|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A numbered part: its kind (``note`` ...), its number or letter in lower case, its title and its line."""

    kind: str
    number: str
    title: str
    line: int


def find_numbered_parts(paper: Paper) -> list[NumberedPart]:
    """Return every numbered part of the paper, in order."""
    found: list[NumberedPart] = []
    running, last = "", 0
    for line, text in enumerate(paper.lines, start=1):
        opened = next((kind for kind, opens in _OPENS.items() if opens.match(text[:40])), "")
        if opened:
            running, last = opened, 0
            continue
        match = _NUMBERED.match(text[:300])
        if match and running:
            number = int(match[1])
            running = running if number > last else ""
            last = number
            if running:
                found.append(NumberedPart(running, match[1], _read_title(match[2]), line))
        if named := _NAMED.match(text[:200]):
            found.append(NumberedPart(named[1].lower(), named[2].lower(), _read_title(named[3]), line))
    found += [
        NumberedPart(
            "section",
            heading.number.rstrip(".").lower(),
            _read_title(re.sub(r"^[\d.\s]+", "", heading.text)),
            heading.place.line,
        )
        for heading in paper.headings
        if heading.number
    ]
    return found


def _read_title(text: str) -> str:
    return normalise_text(_TITLE_END.split(text, maxsplit=1)[0])
