"""A percentage given beside "k of n" must be k over n, and k cannot be more than n.

Both ways of rounding a half are allowed (handbook DAT-03). A percentage of a percentage, or one with a word between
that softens it, is left alone. Published as the GRIM test: a percentage of a whole number of things can only be one
of a few values.

Contradiction:
    Visits were made to 15 of the 21 homes (81%).

Contradiction:
    Of those asked, 18 (64%) of the 24 schools replied.

Agreement:
    Visits were made to 15 of the 21 homes (71%).
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.figure_values import firm, number, said
from moothall.core.figures.claims.mentions import Line, lines
from moothall.core.figures.claims.shares import Share, holds, shares
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper

RULE = "share-of-count"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every percentage that is not its count over its total."""
    for line in lines(paper, figures=2):
        for share in shares(line):
            sure = share.whole is not None and firm(share.part, share.whole, share.percent.quantity)
            yield Seen("share of a count", checked=sure)
            if (
                share.whole is not None
                and sure
                and not holds(share.part.value, share.whole.value, share.percent.quantity)
            ):
                yield _finding(line, share)


def _finding(line: Line, share: Share) -> Finding:
    part, whole = share.part.value, share.whole.value if share.whole else share.part.value
    right = f"{number(part * 100 / whole)}%" if whole else "not a share"
    printed = said(share.percent.quantity)
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f"The sentence gives {number(part)} of {number(whole)} as {printed}; it is {right}.",
        quote=line.quote(share.first, share.last),
        place=line.place(share.first, share.last),
        computed=f"{number(part)}/{number(whole)} = {right}, printed {printed}",
    )
