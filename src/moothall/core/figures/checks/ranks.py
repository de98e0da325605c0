"""A rank must lie between 1 and the number ranked, and one field of rivals has one size.

"4th of 15" elsewhere and "4 of 5" here, of the same authorities in the same section, cannot both be. Handbook DAT-34.

Contradiction:
    Bath is 16th of 15 authorities in the region.

Contradiction:
    Boys rank 4 of 15 LAs in the region. Girls rank 6 of 15 LAs in the region. Infants rank 7 of 15 LAs in the region.

    In total we rank 4 of 5 LAs in the region.

Agreement:
    Boys rank 4 of 15 LAs in the region. Girls rank 6 of 15 LAs in the region.

    In total we rank 5 of 15 LAs in the region.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import number, said
from moothall.core.figures.claims.mentions import Line, Spot, lines
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "ranks"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_FILLER: Final = frozenset(["the", "of", "in", "a", "all", "our", "for", "and", "with"])
Told = tuple[Line, Spot]


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every rank beyond its field, and every field of another size than its fellows."""
    fields: dict[tuple[int, tuple[str, ...]], list[Told]] = defaultdict(list)
    for line in lines(paper):
        for spot in line.spots:
            if spot.quantity.unit is Unit.RANK and len(spot.quantity.parts) == 2:
                yield Seen("rank", checked=True)
                mine, field = (part.value for part in spot.quantity.parts)
                if not 1 <= mine <= field:
                    message = f"A rank of {number(mine)} among {number(field)} cannot be."
                    yield _finding(line, spot, message, Severity.ERROR)
                elif rivals := _rivals(line, spot):
                    fields[line.sentence.section.index, rivals].append((line, spot))
    for told in fields.values():
        yield from _odd_ones(told)


def _rivals(line: Line, spot: Spot) -> tuple[str, ...]:
    """The words for those ranked: "LAs in the SW" gives ("las", "sw")."""
    text = re.split(r"[.,;(]", line.after(spot, 40))[0]
    return tuple(word for word in re.findall(r"[a-z]+", text) if word not in _FILLER)[:3]


def _odd_ones(told: list[Told]) -> Iterator[Finding]:
    sizes = Counter(spot.quantity.parts[1].value for _, spot in told)
    usual, often = sizes.most_common(1)[0]
    for line, spot in told:
        size = spot.quantity.parts[1].value
        if size == usual or often < 2 or sizes[size] > 1:
            continue
        fellows = [(at, other) for at, other in told if other.quantity.parts[1].value == usual]
        message = f"This rank is among {number(size)}; {often} ranks of the same section are among {number(usual)}."
        severity = Severity.ERROR if often > 2 else Severity.SUSPICIOUS
        yield _finding(line, spot, message, severity, fellows)


def _finding(line: Line, spot: Spot, message: str, severity: Severity, fellows: list[Told] | None = None) -> Finding:
    evidence = tuple(at.place(other) for at, other in fellows or [])
    return Finding(RULE, severity, message, said(spot.quantity), line.place(spot), evidence=evidence, weight=2)
