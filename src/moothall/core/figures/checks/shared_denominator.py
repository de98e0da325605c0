"""Two counts whose percentages add up to 100 must be those percentages of their sum.

Example: "1,722 were offered their first preference [92.83%]; 133 were refused it [7.17%]". The two make the total, so
each percentage must be its count over 1,855. The counts must be in one passage. The two percentages must add up to
exactly 100 as printed, with a decimal or in the same sentence. Handbook DAT-03, DAT-40.

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

from moothall.core.figures.claims.figure_values import format_number, format_quantity, has_no_hedge
from moothall.core.figures.claims.mentions import SentenceText, find_sentences
from moothall.core.figures.claims.shares import StatedShare, find_shares, is_share_of
from moothall.core.figures.findings import Finding, Severity
from moothall.core.figures.intervals import sum_intervals
from moothall.core.figures.model import Paper

RULE = "shared-denominator"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
FEWEST = 3
"""The fewest counts of a passage before one that does not fit the others is a finding."""
MOST = 12
"""The most counts of one passage that are compared."""

ShareMention = tuple[SentenceText, StatedShare]


def check(paper: Paper) -> Iterator[Finding]:
    """Yield every count whose percentage does not fit the other counts beside it."""
    for _, group in groupby(find_sentences(paper), key=lambda text: id(text.sentence.passage)):
        mentions = [(text, share) for text in group for share in find_shares(text) if share.whole is None]
        for one, other in combinations(mentions[:MOST], 2):
            if _is_whole(one, other) and not _has_fitting_percentages(one[1], other[1]):
                yield _make_finding(one, other)
        yield from _find_odd_count(mentions[:MOST])
    for text in find_sentences(paper, figures=6):
        yield from _check_sentence(text, [share for share in find_shares(text) if share.whole is None])


def _find_odd_count(mentions: list[ShareMention]) -> Iterator[Finding]:
    """Yield the one count whose percentage needs a different total from all other counts (DAT-40)."""
    exact = [each for each in mentions if each[1].percent.quantity.step < 1 and each[1].part.value > 0]
    if (
        len(exact) < FEWEST
        or _has_common_whole(exact)
        or not has_no_hedge(*(share.percent.quantity for _, share in exact))
    ):
        return
    odd = [each for each in exact if _has_common_whole([other for other in exact if other is not each])]
    if len(odd) == 1:
        text, share = odd[0]
        message = (
            f"{format_number(share.part.value)} as {format_quantity(share.percent.quantity)} needs a different total "
            f"from the other {len(exact) - 1} counts in the passage, which could share one total."
        )
        evidence = tuple(at.locate(other.first, other.last) for at, other in exact if other is not share)
        quote, place = text.quote_text(share.first, share.last), text.locate(share.first, share.last)
        yield Finding(RULE, Severity.SUSPICIOUS, message, quote, place, evidence=evidence)


def _has_common_whole(mentions: list[ShareMention]) -> bool:
    """Return whether one whole number can be the total for every count and its percentage."""
    low, high = Fraction(0), Fraction(10**9)
    for _, share in mentions:
        percent = share.percent.quantity.interval
        if percent.low <= 0:
            return True
        low, high = max(low, share.part.value * 100 / percent.high), min(high, share.part.value * 100 / percent.low)
    return ceil(low) <= high


def _check_sentence(text: SentenceText, mentions: list[StatedShare]) -> Iterator[Finding]:
    """Check 3 or more counts of one sentence whose percentages add up to 100 within rounding."""
    percents = [share.percent.quantity for share in mentions]
    if not 3 <= len(mentions) <= MOST or not has_no_hedge(*percents, *(share.part for share in mentions)):
        return
    if 100 not in sum_intervals(p.interval for p in percents):
        return
    whole = sum((share.part.value for share in mentions), Fraction(0))
    for share in mentions:
        if not is_share_of(share.part.value, whole, share.percent.quantity):
            part, printed = share.part.value, format_quantity(share.percent.quantity)
            right = format_number(part * 100 / whole, 1) if whole else "0"
            yield Finding(
                RULE,
                SEVERITY,
                f"The {len(mentions)} percentages add up to 100, but {format_number(part)} of {format_number(whole)} "
                f"is {right}%, not {printed}.",
                text.quote_text(share.first, share.last),
                text.locate(share.first, share.last),
                evidence=tuple(text.locate(o.first, o.last) for o in mentions if o is not share),
                computed=f"{format_number(part)}/{format_number(whole)} = {right}%, printed {printed}",
            )
            return


def _is_whole(one: ShareMention, other: ShareMention) -> bool:
    first, second = one[1].percent.quantity, other[1].percent.quantity
    if first.value + second.value != 100 or not has_no_hedge(first, second, one[1].part, other[1].part):
        return False
    exact = first.step < 1 and second.step < 1
    return (exact or one[0] is other[0]) and 0 < second.value < 100


def _has_fitting_percentages(one: StatedShare, other: StatedShare) -> bool:
    whole = one.part.value + other.part.value
    if one.part.value == other.part.value and one.percent.quantity.value != other.percent.quantity.value:
        return False
    return is_share_of(one.part.value, whole, one.percent.quantity) and is_share_of(
        other.part.value, whole, other.percent.quantity
    )


def _make_finding(one: ShareMention, other: ShareMention) -> Finding:
    part, rest = one[1].part.value, other[1].part.value
    right, wrong = format_number(part * 100 / (part + rest)), format_quantity(one[1].percent.quantity)
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=(
            f"The text gives {format_number(part)} as {wrong} and {format_number(rest)} as "
            f"{format_quantity(other[1].percent.quantity)}. The percentages add up to 100, "
            f"but {format_number(part)} is {right}% of the two counts together."
        ),
        quote=one[0].quote_text(one[1].first, one[1].last),
        place=one[0].locate(one[1].first, one[1].last),
        evidence=(other[0].locate(other[1].first, other[1].last),),
        computed=f"{format_number(part)}/({format_number(part)} + {format_number(rest)}) = {right}%, printed {wrong}",
    )
