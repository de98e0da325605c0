"""A percentage of an amount, given with its result, must come to that result.

"20% of £2.5m, which is £0.5m", "£0.5m (20% of £2.5m)".

Contradiction:
    The council will lose 20% of £2.5m, which is £0.8m.

Agreement:
    The council will lose 20% of £2.5m, which is £0.5m.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import firm, number, reach, said
from moothall.core.figures.claims.mentions import Line, Spot, lines
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Unit

RULE = "percent-of-amount"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
_OF: Final = re.compile(r"\s*of (?:the |our |its |a )?(?:total |overall )?(?:budget |cost |sum |amount )?(?:of )?")
_IS: Final = re.compile(
    r"\s*[,(]?\s*(?:which |this |that )?(?:is|equals|equates to|amounts to|comes to|i\.e\.|or|=)\s*"
)
_BEFORE: Final = re.compile(r"\s*(?:\(|,?\s*which is |,?\s*representing |,?\s*equivalent to |,?\s*or )\s*")


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every percentage whose result is not that share of the amount."""
    for line in lines(paper, figures=3):
        amounts = line.amounts()
        for trio in zip(amounts, amounts[1:], amounts[2:], strict=False):
            claim = _claim(line, *trio)
            if claim is None:
                continue
            sure = firm(*(spot.quantity for spot in trio))
            yield Seen("percentage of an amount", checked=sure)
            if sure and not _holds(*claim):
                yield _finding(line, trio, claim)


def _claim(line: Line, one: Spot, two: Spot, three: Spot) -> tuple[Spot, Spot, Spot] | None:
    """Percentage, base and result."""
    first, second = line.between(one, two), line.between(two, three)
    if one.quantity.unit is Unit.PERCENT and _OF.fullmatch(first) and _IS.fullmatch(second):
        return (one, two, three) if _same(two, three) else None
    if two.quantity.unit is Unit.PERCENT and _BEFORE.fullmatch(first) and _OF.fullmatch(second):
        return (two, three, one) if _same(one, three) else None
    return None


def _same(one: Spot, other: Spot) -> bool:
    units = {one.quantity.unit, other.quantity.unit}
    return units == {Unit.MONEY} or units <= {Unit.COUNT, Unit.NUMBER}


def _holds(percent: Spot, base: Spot, result: Spot) -> bool:
    share = percent.quantity.interval * reach(base.quantity)
    return share.meets(reach(result.quantity) * Interval.exact(100))


def _finding(line: Line, trio: tuple[Spot, Spot, Spot], claim: tuple[Spot, Spot, Spot]) -> Finding:
    percent, base, result = (spot.quantity for spot in claim)
    unit, scale = (
        ("£", 10**6) if base.unit is Unit.MONEY and base.value >= 10**6 else ("£" if base.unit is Unit.MONEY else "", 1)
    )
    right = f"{unit}{number(percent.value * base.value / 100 / scale, 3)}{'m' if scale > 1 else ''}"
    return Finding(
        RULE, SEVERITY, f"{said(percent)} of {said(base)} is {right}, not {said(result)}.",
        line.quote(trio[0], trio[2]), line.place(trio[0], trio[2]),
        computed=f"{said(percent)} x {said(base)} = {right}, printed {said(result)}",
    )  # fmt: skip
