"""A percentage beside "k of n" must be k over n, and k cannot be more than n.

Both ways of rounding a half are allowed (handbook DAT-03). The rule does not check a percentage of a percentage, or a
hedged percentage. The test is published as the GRIM test: a percentage of a whole number of things has few possible
values.

Contradiction:
    Visits were made to 15 of the 21 homes (81%).

Contradiction:
    Of those asked, 18 (64%) of the 24 schools replied.

Agreement:
    Visits were made to 15 of the 21 homes (71%).
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.figure_values import format_number, format_quantity, has_no_hedge
from moothall.core.figures.claims.mentions import SentenceText, find_sentences
from moothall.core.figures.claims.shares import StatedShare, find_shares, is_share_of
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper

RULE = "share-of-count"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every percentage that is not its count over its total."""
    for text in find_sentences(paper, figures=2):
        for share in find_shares(text):
            is_certain = share.whole is not None and has_no_hedge(share.part, share.whole, share.percent.quantity)
            yield Observation("share of a count", checked=is_certain)
            if (
                share.whole is not None
                and is_certain
                and not is_share_of(share.part.value, share.whole.value, share.percent.quantity)
            ):
                yield _make_finding(text, share)


def _make_finding(text: SentenceText, share: StatedShare) -> Finding:
    part, whole = share.part.value, share.whole.value if share.whole else share.part.value
    right = f"{format_number(part * 100 / whole)}%" if whole else "not a share"
    printed = format_quantity(share.percent.quantity)
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f"The sentence gives {format_number(part)} of {format_number(whole)} as {printed}, but it is {right}.",
        quote=text.quote_text(share.first, share.last),
        place=text.locate(share.first, share.last),
        computed=f"{format_number(part)}/{format_number(whole)} = {right}, printed {printed}",
    )
