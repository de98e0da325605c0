"""A figure that is said to be above or below another must be so.

The sentence gives both figures and the word that compares them, so the rule needs nothing else. Figures that are
printed the same may differ before rounding, so only a comparison in the wrong direction is a finding. There is no
finding if an earlier figure of the sentence may be meant and fits. Handbook DAT-06.

Contradiction:
    The average score of 33 is above the national average of 34.

Agreement:
    The average score of 35 is above the national average of 34.
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.figure_comparisons import OPPOSITE, FigureComparison, find_figure_comparisons
from moothall.core.figures.claims.figure_values import format_quantity, has_no_hedge, is_comparable
from moothall.core.figures.claims.mentions import Mention, SentenceText, find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper

RULE = "above-below"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every comparison that is the wrong way round."""
    for text in find_sentences(paper, figures=2):
        for claim in find_figure_comparisons(text):
            is_certain = claim.way in OPPOSITE and has_no_hedge(claim.first.quantity, claim.second.quantity)
            yield Observation("comparison", checked=is_certain)
            if is_certain and all(_is_wrong(mention, claim) for mention in (claim.first, *claim.others)):
                yield _make_finding(text, claim)


def _is_wrong(first: Mention, claim: FigureComparison) -> bool:
    one, other = first.quantity, claim.second.quantity
    if not is_comparable(one, other) or one.signed or other.signed:
        return False
    if one.value == other.value:
        return False
    one_, other_ = one.interval, other.interval
    return one_.high <= other_.low if claim.way == "above" else one_.low >= other_.high


def _make_finding(text: SentenceText, claim: FigureComparison) -> Finding:
    one, other = format_quantity(claim.first.quantity), format_quantity(claim.second.quantity)
    place = text.locate(claim.first, claim.second)
    return Finding(
        rule=RULE,
        severity=SEVERITY if claim.beside or claim.by or not claim.others else Severity.SUSPICIOUS,
        message=f"The sentence says {one} is {claim.phrase} {other}, but {one} is {OPPOSITE[claim.way]} {other}.",
        quote=text.quote_text(claim.first, claim.second),
        place=place,
        computed=f"{one} {'<' if claim.way == 'above' else '>'} {other}",
        readings=tuple(f"{format_quantity(s.quantity)} {claim.phrase} {other}" for s in (*claim.others, claim.first)),
        weight=3,
    )
