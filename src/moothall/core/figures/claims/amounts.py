"""Figures of a sentence bound to what they are of: "3% in reading, 1% in writing", "80% compared to 79% nationally"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from moothall.core.figures.claims.dimensions import OWN, Facet, hits, settled, twins
from moothall.core.figures.claims.figure_values import is_share
from moothall.core.figures.claims.mentions import Line, Spot, pattern
from moothall.core.figures.claims.phrases import Hit
from moothall.core.figures.claims.statements import Context, groups_in, subjects_in
from moothall.core.figures.model import Role, Unit

_AFTER: Final = re.compile(
    r"^\s*[),]*\s*(?:percentage points?|points?|pp)?\s*(?:improvement |increase |rise |dip |fall |drop )?"
    r"(?:in|for|of|at|among|achieved|nationally|national)\b"
)
_CUT: Final = re.compile(
    r"[;]|\.\s|\b(?:compared|against|whereas|but|which|this is|than|the same as|higher|lower|above|below|in line)\b"
)
_LINK: Final = re.compile(
    r"\b(?:compared (?:to|with)|against|higher than|lower than|above|below|the same as|in line with|than)\b"
    r"|^\s*\)?\s*/\s*"
)
_BETWEEN: Final = re.compile(
    r"^\s*(?:percentage points?|points?|pp)?\s*(?:above|below|higher|lower|more|less|fewer|better|worse|ahead|behind|"
    r"over|under|wider|bigger|smaller)\b"
)
_RATE: Final = re.compile(r"\b(?:rate of (?:improvement|increase|progress|change)|improvement|increase)\b")
_MOVED_BY: Final = re.compile(
    r"\b(?:by|improvement of|increase of|dip of|fall of|rise of|decrease of|reduction of|drop of)\s*$"
)
_GAP: Final = re.compile(r"\bgaps?\b")
_GOES_ON: Final = re.compile(r"^[\s,)%]*(?:and|in|for|,|at|\s)*")
_PAIR: Final = re.compile(r"^\s*%?\s*(?:/|compared (?:to|with)|against|vs?\.?)\s*$")
_BAR: Final = re.compile(r"\b(?:floor|target|targets|threshold|benchmark|standard|expected to|limit|maximum|minimum)\b")
LINKED: Final = 45
"""Characters within which a comparison still governs the figure after it."""
MATTER: Final = ("subject", "level", "stage", "row")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of a sentence and what it is of; ``change`` when it says by how much something moved.

    ``named`` when the sentence itself says of what it is; ``sign`` is 1 or -1 where a word says which way it moved.
    """

    spot: Spot
    facets: dict[str, str] = field(default_factory=dict)
    change: bool = False
    gap: bool = False
    named: bool = False
    sign: int = 0
    torn: bool = False  # bound to two things: of no use but to what follows

    @property
    def matters(self) -> int:
        """How many facets say of what it is, beside whose it is."""
        return sum(dimension in self.facets for dimension in MATTER)


def amounts(line: Line, context: Context) -> Iterator[Amount]:
    """The shares and points of a sentence, each bound to its facets; those bound to two things are left out."""
    binder = _Binder(line, context)
    return (made for made in binder.run() if made.facets and not made.torn)


class _Binder:
    def __init__(self, line: Line, context: Context) -> None:
        self.line = line
        self.context = context
        self.groups = context.groups
        inside = [(hit.start, hit.end) for hit in hits(line.low)]
        kinds = (Unit.POINTS, Unit.NUMBER, Unit.COUNT)
        self.spots = [
            spot
            for spot in line.amounts()
            if (is_share(spot.quantity) or spot.quantity.unit in kinds)
            and not any(start <= spot.start and spot.end <= end for start, end in inside)
        ]

    def run(self) -> Iterator[Amount]:
        previous: Amount | None = None
        paired = self.pairs()
        for nth, spot in enumerate(self.spots):
            left = self.spots[nth - 1].end if nth else 0
            right = self.spots[nth + 1].start if nth + 1 < len(self.spots) else len(self.line.low)
            before, after = self.line.low[left : spot.start], self.line.low[spot.end : right]
            if _BAR.search(before):
                previous = None
                continue
            previous = self.bind(spot, before, after, previous, paired.get(nth))
            if previous:
                yield previous

    def pairs(self) -> dict[int, Facet]:
        """ "girls better than boys, 69% compared to 56%", "above the national average (80% compared to 79%)"."""
        found: dict[int, Facet] = {}
        for nth, (one, other) in enumerate(zip(self.spots, self.spots[1:], strict=False)):
            if not _PAIR.match(self.line.between(one, other)):
                continue
            left = self.spots[nth - 1].end if nth else 0
            before = self.line.low[left : one.start]
            link = pattern("comparisons", "above", "below").search(before) or re.search(
                r"\bthan\b|\boutperform", before
            )
            if link is None:
                continue
            named = hits(before)
            groups = groups_in(named)
            if len(groups) == 2 and twins().get(groups[0]) == groups[1]:
                found[nth], found[nth + 1] = ("group", groups[0]), ("group", groups[1])
            elif not groups and (places := [h for h in named if h.meaning[0] == "place" and h.start > link.start()]):
                found[nth], found[nth + 1] = ("place", OWN), places[-1].meaning
        return found

    def bind(self, spot: Spot, full: str, after: str, previous: Amount | None, fixed: Facet | None) -> Amount | None:
        before = full if fixed else _tail(full)
        ahead = after[: match.start()] if (match := _CUT.search(after)) else after
        reaches = bool(_AFTER.match(ahead)) and not fixed
        found = _taken(hits(before), hits(ahead) if reaches else [])
        if fixed:
            found = [hit for hit in found if hit.meaning[0] != fixed[0]]
        if previous is not None and spot.quantity.role is Role.TO and previous.spot.quantity.role is Role.FROM:
            return Amount(spot, previous.facets, False, previous.gap, previous.named)
        moved = _moved(before, previous)
        if not moved and _differs(before, after, fixed):
            return None
        linked = previous is not None and not fixed and bool(_LINK.search(before))
        if linked and not any(hit.meaning[0] in ("place", "group") for hit in found):
            return None
        goes_on = previous is not None and not linked and not moved and _continues(before, hits(before))
        base = self.base(previous, linked, goes_on, fixed)
        facets, sure = self.facets(base, found, before, ahead if reaches else "", linked)
        if fixed:
            facets[fixed[0]] = fixed[1]
        carried = previous if (linked or goes_on) else None
        change = self.is_change(spot, before, full) or bool(carried and carried.change)
        gap = bool(_GAP.search(before[-LINKED:])) or spot.quantity.role is Role.GAP or bool(carried and carried.gap)
        return Amount(
            spot, facets, change, gap, bool(found) or bool(fixed), _sign(full, after) if not gap else 0, not sure
        )

    def base(self, previous: Amount | None, linked: bool, goes_on: bool, fixed: Facet | None) -> dict[str, str]:
        base = dict(self.context.facets)
        if self.context.row:
            base["row"] = self.context.row
        if previous is not None and (linked or goes_on or (fixed and previous.facets)):
            base = dict(previous.facets)
            base.pop("place", None)
            if goes_on:
                base["place"] = previous.facets.get("place", OWN)
                base.pop("subject", None)
        return base

    def facets(
        self, base: dict[str, str], found: Sequence[Hit[Facet]], before: str, ahead: str, linked: bool
    ) -> tuple[dict[str, str], bool]:
        here = groups_in(found)
        self.groups = here or self.groups
        subjects = subjects_in(ahead or before, [hit for hit in found if hit.meaning[0] == "subject"])
        if len(subjects) > 1 and not ahead:
            close = [hit for hit in hits(before[-LINKED:]) if hit.meaning[0] == "subject"]
            subjects = subjects_in("", close) or subjects
        facets = base | settled(h.meaning for h in found if h.meaning[0] not in ("group", "subject"))
        facets |= {"subject": subjects[0]} if subjects else {}
        one = self.groups and (len(set(self.groups)) == 1 or _GAP.search(before))
        if one and not (linked and "place" in facets):
            facets["group"] = self.groups[-1]
        sure = len(subjects) <= 1 and (
            len(here) <= 1 or bool(_GAP.search(before)) or bool(twins().get(here[0]) == here[1])
        )
        return facets, sure

    def is_change(self, spot: Spot, before: str, full: str) -> bool:
        if spot.quantity.role in (Role.FROM, Role.TO, Role.GAP):
            return False
        if spot.quantity.role is Role.BY or _MOVED_BY.search(before):
            return not pattern("comparisons", "above", "below").search(before)
        ahead = self.line.low[spot.end : spot.end + 24].lstrip(" %")
        if pattern("directions", "up", "down", "better", "worse").match(ahead):
            return True
        return bool(_RATE.search(full)) and bool(_LINK.search(full))


def _taken(behind: list[Hit[Facet]], ahead: list[Hit[Facet]]) -> list[Hit[Facet]]:
    dimensions = {hit.meaning[0] for hit in ahead}
    return [hit for hit in behind if hit.meaning[0] not in dimensions] + ahead


def _differs(before: str, after: str, fixed: Facet | None) -> bool:
    """Whether a figure is a difference between two things ("4% above national") and no value or change of one."""
    if _BETWEEN.match(after) or (_MOVED_BY.search(before) and pattern("comparisons", "above", "below").search(before)):
        return True
    return not fixed and bool(pattern("comparisons", "above", "below").search(_LINK.sub("", before, count=1)))


def _moved(before: str, previous: Amount | None) -> bool:
    """Whether "by" or "an increase of" stands before, and a word of direction governs it."""
    if not _MOVED_BY.search(before):
        return False
    ways = pattern("directions", "up", "down", "better", "worse", "narrower", "wider")
    compared = pattern("comparisons", "above", "below").search(before)
    return bool(ways.search(before)) or (previous is not None and previous.change and not compared)


def _continues(before: str, found: Sequence[Hit[Facet]]) -> bool:
    """Whether a figure goes on with a list: ", 1% in writing and 1% in mathematics"."""
    rest = before
    for hit in sorted(found, key=lambda hit: -hit.start):
        if hit.end <= len(before):
            rest = rest[: hit.start] + rest[hit.end :]
    return len(before) <= LINKED and not re.sub(r"\b(?:and|in|for|at|of|narrowed|by|from|to)\b|[\s,()%]", "", rest)


def _tail(before: str) -> str:
    """The text before a figure from its last full thought on; a comparison keeps only what it compares with."""
    ends = [m.end() for m in re.finditer(r"[;]|\.\s|\b(?:but|however|whereas|despite)\b", before)]
    tail = before[ends[-1] :] if ends else before
    links = list(_LINK.finditer(tail))
    if not links:
        return tail
    last = tail[links[-1].start() :]
    if len(last) <= LINKED:
        return last
    return re.split(r"\bwith\b|\band\b", last)[-1]


def _sign(full: str, after: str) -> int:
    text = full + after[:24]
    rises = bool(pattern("directions", "up", "better").search(text))
    falls = bool(pattern("directions", "down", "worse").search(text))
    return int(rises) - int(falls)
