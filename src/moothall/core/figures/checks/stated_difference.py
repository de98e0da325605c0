"""A difference that is given with its two figures must be their difference.

Examples: "Improved by 13.3 points from 765.3 to 778.6", "54%, 7% lower than the national 61%", "from £40m to £42m, an
increase of 5%". A percentage may be in points or relative to either figure. It is a finding only if every reading
fails. The difference may come from unrounded figures (handbook DAT-02, DAT-05).

Contradiction:
    The rate rose from 51.0% to 63.0%, an increase of 15.0%.

Contradiction:
    54% met the threshold, which is 17% lower than the national average of 61%.

Agreement:
    Spending rose from £40m to £42m, an increase of 5%.
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.changes import find_changes
from moothall.core.figures.claims.figure_comparisons import find_figure_comparisons
from moothall.core.figures.claims.figure_values import (
    format_like,
    format_number,
    format_quantity,
    has_no_hedge,
    is_difference,
    is_relative_change,
    is_share,
)
from moothall.core.figures.claims.mentions import Mention, SentenceText, find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Quantity, Unit

RULE = "stated-difference"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every stated difference that fails under every reading."""
    for text in find_sentences(paper, figures=3):
        for change in find_changes(text):
            if change.by:
                yield Observation(
                    "difference in a sentence",
                    checked=has_no_hedge(*(s.quantity for s in (change.by, change.old, change.new))),
                )
            if change.by and not _is_stated_difference(change.by, change.old, change.new):
                yield _make_finding(text, change.by, change.old, change.new, Severity.ERROR)
        for claim in find_figure_comparisons(text):
            if claim.by:
                yield Observation(
                    "difference in a sentence", checked=has_no_hedge(claim.by.quantity, claim.second.quantity)
                )
            if claim.by and not any(
                _is_stated_difference(claim.by, one, claim.second) for one in (claim.first, *claim.others)
            ):
                sure = not claim.others
                severity = Severity.ERROR if sure else Severity.SUSPICIOUS
                yield _make_finding(text, claim.by, claim.first, claim.second, severity)


def _is_stated_difference(by: Mention, old: Mention, new: Mention) -> bool:
    step, one, other = by.quantity, old.quantity, new.quantity
    if not has_no_hedge(step, one, other):
        return True
    readings = [is_relative_change(step, one, other), is_relative_change(step, other, one)] if is_share(step) else []
    return _is_difference_in_points(step, one, other) or any(readings)


def _is_difference_in_points(step: Quantity, one: Quantity, other: Quantity) -> bool:
    if is_share(step) and not is_share(one):
        return False
    if step.unit is Unit.MONEY and one.unit is not Unit.MONEY:
        return True  # "£5m below" is about something else
    return is_difference(step, one, other)


def _make_finding(text: SentenceText, by: Mention, old: Mention, new: Mention, severity: Severity) -> Finding:
    mentions = sorted((by, old, new), key=lambda mention: mention.start)
    one, other, gap = old.quantity, new.quantity, format_quantity(by.quantity)
    difference = format_like(abs(other.value - one.value), one)
    readings = [f"difference: {format_quantity(one)} and {format_quantity(other)} are {difference} apart, not {gap}"]
    if is_share(by.quantity) and one.value:
        relative = format_number(abs(other.value - one.value) / abs(one.value) * 100, 1)
        readings.append(f"relative change: {relative}%, not {gap}")
    also = f" ({format_number(abs(other.value - one.value) / abs(one.value) * 100, 1)}%)" if len(readings) > 1 else ""
    return Finding(
        rule=RULE,
        severity=severity,
        message=(
            f"The sentence gives {gap} between {format_quantity(one)} and {format_quantity(other)}, "
            f"but they are {difference} apart{also}."
        ),
        quote=text.quote_text(mentions[0], mentions[-1]),
        place=text.locate(mentions[0], mentions[-1]),
        computed=f"|{format_number(other.value)} - {format_number(one.value)}| = {difference}, printed {gap}",
        readings=tuple(readings),
        weight=2,
    )
