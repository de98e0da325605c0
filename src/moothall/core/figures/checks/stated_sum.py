"""A total that is given in a sentence with its parts must be their sum.

Examples: "£35.4m, made up of £26.2m ... and £9.2m ...", "12 and 15, a total of 27", "£35.4m of which £26.2m ...,
leaving £9.2m". Rounded figures are intervals, as in XBRL Calculations 1.1. There is no finding if any choice of the
parts, added or subtracted, gives the total.

Contradiction:
    The overspend of £35.4m comprises £26.2m of undelivered savings and £7.2m of other pressures.

Agreement:
    The overspend of £35.4m comprises £26.2m of undelivered savings and £9.2m of other pressures.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from moothall.core.figures.claims.figure_values import format_number, format_quantity
from moothall.core.figures.claims.mentions import SentenceText, find_sentences
from moothall.core.figures.claims.sums import StatedSum, can_add_up, find_sums
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "stated-sum"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every sum that its parts cannot add up to."""
    for text in find_sentences(paper, figures=3):
        for claim in find_sums(text):
            yield Observation("sum in a sentence", checked=True)
            if not can_add_up(claim):
                yield _make_finding(text, claim)


def _make_finding(text: SentenceText, claim: StatedSum) -> Finding:
    scale = 10**6 if claim.whole.quantity.unit is Unit.MONEY and abs(claim.whole.quantity.value) >= 10**6 else 1
    unit = {Unit.MONEY: "£", Unit.PERCENT: ""}.get(claim.whole.quantity.unit, "")
    added = sum((part.quantity.value for part in claim.parts), Fraction(0)) / scale
    parts = " + ".join(format_quantity(part.quantity) for part in claim.parts)
    printed = format_quantity(claim.whole.quantity)
    sign = "%" if claim.whole.quantity.unit is Unit.PERCENT else ""
    result = f"{unit}{format_number(added)}{'m' if scale > 1 else ''}{sign}"
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f"The sentence gives {printed} as the sum of its parts, but {parts} is {result}.",
        quote=text.quote_text(claim.first, claim.last),
        place=text.locate(claim.first, claim.last),
        computed=f"{parts} = {result}, printed {printed}",
    )
