"""A difference given beside its two figures must be their difference.

"Improved by 13.3 points from 765.3 to 778.6", "54%, 7% lower than the national 61%", "from £40m to £42m, an increase
of 5%". A percentage may be a number of points or a relative change, and either way of taking the base is allowed: only
when every reading fails is it a finding. The difference may come from unrounded figures (handbook DAT-02, DAT-05).

Contradiction:
    The rate rose from 51.0% to 63.0%, an increase of 15.0%.

Contradiction:
    54% met the threshold, which is 17% lower than the national average of 61%.

Agreement:
    Spending rose from £40m to £42m, an increase of 5%.
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.changes import changes
from moothall.core.figures.claims.figure_comparisons import comparisons
from moothall.core.figures.claims.figure_values import (
    difference_holds,
    firm,
    is_share,
    like,
    number,
    relative_holds,
    said,
)
from moothall.core.figures.claims.mentions import Line, Spot, lines
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Quantity, Unit

RULE = "stated-difference"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every stated difference that no reading allows."""
    for line in lines(paper, figures=3):
        for change in changes(line):
            if change.by:
                yield Seen(
                    "difference in a sentence", checked=firm(*(s.quantity for s in (change.by, change.old, change.new)))
                )
            if change.by and not _fits(change.by, change.old, change.new):
                yield _finding(line, change.by, change.old, change.new, Severity.ERROR)
        for claim in comparisons(line):
            if claim.by:
                yield Seen("difference in a sentence", checked=firm(claim.by.quantity, claim.second.quantity))
            if claim.by and not any(_fits(claim.by, one, claim.second) for one in (claim.first, *claim.others)):
                sure = not claim.others
                severity = Severity.ERROR if sure else Severity.SUSPICIOUS
                yield _finding(line, claim.by, claim.first, claim.second, severity)


def _fits(by: Spot, old: Spot, new: Spot) -> bool:
    step, one, other = by.quantity, old.quantity, new.quantity
    if not firm(step, one, other):
        return True
    readings = [relative_holds(step, one, other), relative_holds(step, other, one)] if is_share(step) else []
    return _points_fit(step, one, other) or any(readings)


def _points_fit(step: Quantity, one: Quantity, other: Quantity) -> bool:
    if is_share(step) and not is_share(one):
        return False
    if step.unit is Unit.MONEY and one.unit is not Unit.MONEY:
        return True  # "£5m below": of something else
    return difference_holds(step, one, other)


def _finding(line: Line, by: Spot, old: Spot, new: Spot, severity: Severity) -> Finding:
    spots = sorted((by, old, new), key=lambda spot: spot.start)
    one, other, gap = old.quantity, new.quantity, said(by.quantity)
    difference = like(abs(other.value - one.value), one)
    readings = [f"difference: {said(one)} and {said(other)} are {difference} apart, not {gap}"]
    if is_share(by.quantity) and one.value:
        relative = number(abs(other.value - one.value) / abs(one.value) * 100, 1)
        readings.append(f"relative change: {relative}%, not {gap}")
    also = f" ({number(abs(other.value - one.value) / abs(one.value) * 100, 1)}%)" if len(readings) > 1 else ""
    return Finding(
        rule=RULE,
        severity=severity,
        message=f"The sentence gives {gap} between {said(one)} and {said(other)}; they are {difference} apart{also}.",
        quote=line.quote(spots[0], spots[-1]),
        place=line.place(spots[0], spots[-1]),
        computed=f"|{number(other.value)} - {number(one.value)}| = {difference}, printed {gap}",
        readings=tuple(readings),
        weight=2,
    )
