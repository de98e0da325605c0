"""A figure said to be above or below another must be so.

The sentence gives both figures and the word that compares them, so nothing outside it is needed. Figures that print
alike may differ behind their rounding, so only a comparison that is the wrong way round is a finding. Where an
earlier figure of the sentence may be meant instead, and fits, nothing is reported. Handbook DAT-06.

Contradiction:
    The average score of 33 is above the national average of 34.

Agreement:
    The average score of 35 is above the national average of 34.
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.figure_comparisons import OPPOSITE, Comparison, comparisons
from moothall.core.figures.claims.figure_values import alike, firm, said
from moothall.core.figures.claims.mentions import Line, Spot, lines
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper

RULE = "above-below"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every comparison that is the wrong way round."""
    for line in lines(paper, figures=2):
        for claim in comparisons(line):
            sure = claim.way in OPPOSITE and firm(claim.first.quantity, claim.second.quantity)
            yield Seen("comparison", checked=sure)
            if sure and all(_wrong(spot, claim) for spot in (claim.first, *claim.others)):
                yield _finding(line, claim)


def _wrong(first: Spot, claim: Comparison) -> bool:
    one, other = first.quantity, claim.second.quantity
    if not alike(one, other) or one.signed or other.signed:
        return False
    if one.value == other.value:
        return False
    one_, other_ = one.interval, other.interval
    return one_.high <= other_.low if claim.way == "above" else one_.low >= other_.high


def _finding(line: Line, claim: Comparison) -> Finding:
    one, other = said(claim.first.quantity), said(claim.second.quantity)
    place = line.place(claim.first, claim.second)
    return Finding(
        rule=RULE,
        severity=SEVERITY if claim.beside or claim.by or not claim.others else Severity.SUSPICIOUS,
        message=f"The sentence says that {one} is {claim.phrase} {other}; {one} is {OPPOSITE[claim.way]} {other}.",
        quote=line.quote(claim.first, claim.second),
        place=place,
        computed=f"{one} {'<' if claim.way == 'above' else '>'} {other}",
        readings=tuple(f"{said(s.quantity)} {claim.phrase} {other}" for s in (*claim.others, claim.first)),
        weight=3,
    )
