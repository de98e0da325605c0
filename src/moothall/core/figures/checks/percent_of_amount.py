"""A percentage of an amount must give the result that is printed with it.

Examples: "20% of £2.5m, which is £0.5m", "£0.5m (20% of £2.5m)".

Contradiction:
    The council will lose 20% of £2.5m, which is £0.8m.

Agreement:
    The council will lose 20% of £2.5m, which is £0.5m.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.figure_values import find_possible_range, format_number, format_quantity, has_no_hedge
from moothall.core.figures.claims.mentions import Mention, SentenceText, find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
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


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every percentage whose result is not that share of the amount."""
    for text in find_sentences(paper, figures=3):
        amounts = text.list_amounts()
        for trio in zip(amounts, amounts[1:], amounts[2:], strict=False):
            claim = _read_claim(text, *trio)
            if claim is None:
                continue
            sure = has_no_hedge(*(mention.quantity for mention in trio))
            yield Observation("percentage of an amount", checked=sure)
            if sure and not _is_result(*claim):
                yield _make_finding(text, trio, claim)


def _read_claim(
    text: SentenceText, one: Mention, two: Mention, three: Mention
) -> tuple[Mention, Mention, Mention] | None:
    """Return the mentions of the percentage, the base and the result."""
    first, second = text.get_text_between(one, two), text.get_text_between(two, three)
    if one.quantity.unit is Unit.PERCENT and _OF.fullmatch(first) and _IS.fullmatch(second):
        return (one, two, three) if _has_same_unit(two, three) else None
    if two.quantity.unit is Unit.PERCENT and _BEFORE.fullmatch(first) and _OF.fullmatch(second):
        return (two, three, one) if _has_same_unit(one, three) else None
    return None


def _has_same_unit(one: Mention, other: Mention) -> bool:
    units = {one.quantity.unit, other.quantity.unit}
    return units == {Unit.MONEY} or units <= {Unit.COUNT, Unit.NUMBER}


def _is_result(percent: Mention, base: Mention, result: Mention) -> bool:
    share = percent.quantity.interval * find_possible_range(base.quantity)
    return share.overlaps(find_possible_range(result.quantity) * Interval.exact(100))


def _make_finding(
    text: SentenceText, trio: tuple[Mention, Mention, Mention], claim: tuple[Mention, Mention, Mention]
) -> Finding:
    percent, base, _ = (mention.quantity for mention in claim)
    share, amount, printed = (format_quantity(mention.quantity) for mention in claim)
    unit, scale = (
        ("£", 10**6) if base.unit is Unit.MONEY and base.value >= 10**6 else ("£" if base.unit is Unit.MONEY else "", 1)
    )
    right = f"{unit}{format_number(percent.value * base.value / 100 / scale, 3)}{'m' if scale > 1 else ''}"
    return Finding(
        RULE, SEVERITY, f"{share} of {amount} is {right}, not {printed}.",
        text.quote_text(trio[0], trio[2]), text.locate(trio[0], trio[2]),
        computed=f"{share} x {amount} = {right}, printed {printed}",
    )  # fmt: skip
