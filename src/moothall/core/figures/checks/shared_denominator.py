"""Two counts whose percentages make 100 must be those percentages of their sum.

"1,722 were offered their first preference [92.83%]; 133 were refused it [7.17%]": the two make the whole, so each
percentage must be its count over 1,855. Looked for in one passage, and only where the two percentages make exactly
100 as printed, with a decimal or in the same sentence. Handbook DAT-03, DAT-40.

Contradiction:
    In all 412 tenants agreed [81.42%]. The number who refused was 103 [18.58%].

Contradiction:
    Of the measures 45 (71%) were green, 25 (24%) amber and 3 (5%) red.

Agreement:
    In all 412 tenants agreed [80.00%]. The number who refused was 103 [20.00%].
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, groupby
from math import ceil

from moothall.core.figures.claims.figure_values import firm, number, said
from moothall.core.figures.claims.mentions import Line, lines
from moothall.core.figures.claims.shares import Share, holds, shares
from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.intervals import total
from moothall.core.figures.model import Paper

RULE = "shared-denominator"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
FEWEST = 3
"""Counts of a passage before one that does not fit the others is told."""
MOST = 12
"""How many counts of one passage are set against each other."""

Told = tuple[Line, Share]


def check(paper: Paper) -> Iterator[Finding]:
    """Yield every pair of counts that make a whole whose percentages they are not."""
    for _, group in groupby(lines(paper), key=lambda line: id(line.sentence.passage)):
        told = [(line, share) for line in group for share in shares(line) if share.whole is None]
        for one, other in combinations(told[:MOST], 2):
            if _make_a_whole(one, other) and not _fit(one[1], other[1]):
                yield _finding(one, other)
        yield from _odd_one(told[:MOST])
    for line in lines(paper, figures=6):
        yield from _of_many(line, [share for share in shares(line) if share.whole is None])


def _odd_one(told: list[Told]) -> Iterator[Finding]:
    """The one count of a passage whose percentage asks for another whole than all the others share (DAT-40)."""
    exact = [each for each in told if each[1].percent.quantity.step < 1 and each[1].part.value > 0]
    if len(exact) < FEWEST or _common_whole(exact) or not firm(*(share.percent.quantity for _, share in exact)):
        return
    odd = [each for each in exact if _common_whole([other for other in exact if other is not each])]
    if len(odd) == 1:
        line, share = odd[0]
        message = (
            f"{number(share.part.value)} as {said(share.percent.quantity)} asks for another total than the other "
            f"{len(exact) - 1} counts of the passage, which could share one."
        )
        evidence = tuple(at.place(other.first, other.last) for at, other in exact if other is not share)
        quote, place = line.quote(share.first, share.last), line.place(share.first, share.last)
        yield Finding(RULE, Severity.SUSPICIOUS, message, quote, place, evidence=evidence)


def _common_whole(told: list[Told]) -> bool:
    """Whether a whole number is a total of which every count is its percentage."""
    low, high = Fraction(0), Fraction(10**9)
    for _, share in told:
        percent = share.percent.quantity.interval
        if percent.low <= 0:
            return True
        low, high = max(low, share.part.value * 100 / percent.high), min(high, share.part.value * 100 / percent.low)
    return ceil(low) <= high


def _of_many(line: Line, told: list[Share]) -> Iterator[Finding]:
    """Three counts or more of one sentence whose percentages make 100 within their rounding."""
    percents = [share.percent.quantity for share in told]
    if not 3 <= len(told) <= MOST or not firm(*percents, *(share.part for share in told)):
        return
    if 100 not in total(p.interval for p in percents):
        return
    whole = sum((share.part.value for share in told), Fraction(0))
    for share in told:
        if not holds(share.part.value, whole, share.percent.quantity):
            part, printed = share.part.value, said(share.percent.quantity)
            right = number(part * 100 / whole, 1) if whole else "0"
            yield Finding(
                RULE,
                SEVERITY,
                f"The {len(told)} percentages make 100; {number(part)} of {number(whole)} is {right}%, not {printed}.",
                line.quote(share.first, share.last),
                line.place(share.first, share.last),
                evidence=tuple(line.place(o.first, o.last) for o in told if o is not share),
                computed=f"{number(part)}/{number(whole)} = {right}%, printed {printed}",
            )
            return


def _make_a_whole(one: Told, other: Told) -> bool:
    first, second = one[1].percent.quantity, other[1].percent.quantity
    if first.value + second.value != 100 or not firm(first, second, one[1].part, other[1].part):
        return False
    exact = first.step < 1 and second.step < 1
    return (exact or one[0] is other[0]) and 0 < second.value < 100


def _fit(one: Share, other: Share) -> bool:
    whole = one.part.value + other.part.value
    if one.part.value == other.part.value and one.percent.quantity.value != other.percent.quantity.value:
        return False
    return holds(one.part.value, whole, one.percent.quantity) and holds(other.part.value, whole, other.percent.quantity)


def _finding(one: Told, other: Told) -> Finding:
    part, rest = one[1].part.value, other[1].part.value
    right, wrong = number(part * 100 / (part + rest)), said(one[1].percent.quantity)
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=(
            f"{number(part)} is given as {wrong} and {number(rest)} as {said(other[1].percent.quantity)}, "
            "which make 100; "
            f"of the two together, {number(part)} is {right}%."
        ),
        quote=one[0].quote(one[1].first, one[1].last),
        place=one[0].place(one[1].first, one[1].last),
        evidence=(other[0].place(other[1].first, other[1].last),),
        computed=f"{number(part)}/({number(part)} + {number(rest)}) = {right}%, printed {wrong}",
    )
