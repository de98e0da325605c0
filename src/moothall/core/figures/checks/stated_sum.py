"""A total given in a sentence with its parts must be their sum.

"£35.4m, made up of £26.2m ... and £9.2m ...", "12 and 15, a total of 27", "£35.4m of which £26.2m ..., leaving
£9.2m". Rounded figures are intervals, as in XBRL Calculations 1.1. The kindest reading is taken: if any choice of the
parts, added or taken away, gives the total, nothing is reported.

Contradiction:
    The overspend of £35.4m comprises £26.2m of undelivered savings and £7.2m of other pressures.

Agreement:
    The overspend of £35.4m comprises £26.2m of undelivered savings and £9.2m of other pressures.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from moothall.core.figures.claims.figure_values import number, said
from moothall.core.figures.claims.mentions import Line, lines
from moothall.core.figures.claims.sums import Sum, adds_up, sums
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "stated-sum"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every sum whose parts cannot make it."""
    for line in lines(paper, figures=3):
        for claim in sums(line):
            yield Seen("sum in a sentence", checked=True)
            if not adds_up(claim):
                yield _finding(line, claim)


def _finding(line: Line, claim: Sum) -> Finding:
    scale = 10**6 if claim.whole.quantity.unit is Unit.MONEY and abs(claim.whole.quantity.value) >= 10**6 else 1
    unit = {Unit.MONEY: "£", Unit.PERCENT: ""}.get(claim.whole.quantity.unit, "")
    added = sum((part.quantity.value for part in claim.parts), Fraction(0)) / scale
    parts = " + ".join(said(part.quantity) for part in claim.parts)
    printed = said(claim.whole.quantity)
    result = (
        f"{unit}{number(added)}{'m' if scale > 1 else ''}{'%' if claim.whole.quantity.unit is Unit.PERCENT else ''}"
    )
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f"The sentence gives {printed} as the sum of its parts; {parts} is {result}.",
        quote=line.quote(claim.first, claim.last),
        place=line.place(claim.first, claim.last),
        computed=f"{parts} = {result}, printed {printed}",
    )
