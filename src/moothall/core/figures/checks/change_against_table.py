"""An amount of change in a sentence must be the change that the table shows.

Example: "Writing improved by 2%" where the table goes from 84 to 88. The amount may be in points or relative, and may
come from unrounded figures (handbook DAT-02). It is a finding only if it fails under every reading. The rule finds the
table in the same way as ``direction-against-table``.

Contradiction:
    Key Stage 2

    Attainment at L4+ in writing improved by 2%.

    L4+ | Writing 2013 | Writing 2014
    ALL | 84 | 88
    National | 84 | 85

Agreement:
    Key Stage 2

    Attainment at L4+ in writing improved by 4%.

    L4+ | Writing 2013 | Writing 2014
    ALL | 84 | 88
    National | 84 | 85
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.amounts import Amount
from moothall.core.figures.claims.figure_values import (
    format_number,
    format_quantity,
    has_no_hedge,
    is_difference,
    is_relative_change,
    is_share,
)
from moothall.core.figures.claims.mentions import SentenceText
from moothall.core.figures.claims.paper_claims import PaperClaims, read_claims
from moothall.core.figures.claims.series import Series
from moothall.core.figures.claims.statement_series import collect_places, describe_series, format_step
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper

RULE = "change-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every amount of change that the table does not show."""
    claims = read_claims(paper)
    for sentence in claims.parsed_sentences:
        text = sentence.text
        for amount in sentence.amounts:
            if not amount.change or not (amount.named or "row" in amount.facets) or not amount.matters:
                continue
            if not has_no_hedge(amount.mention.quantity):
                continue
            found = claims.choose_nearest(claims.series_index.find(amount.facets, gap=amount.gap), text)
            stepped = [series for series in found if series.find_last_step()]
            yield Observation("change", checked=bool(stepped))
            if stepped and not any(_is_change_in_table(amount, series) for series in stepped):
                made = _make_finding(claims, text, amount, stepped)
                if made.severity > Severity.ROUNDING:
                    yield made


def _is_change_in_table(amount: Amount, series: Series) -> bool:
    step = series.find_last_step()
    if step is None:
        return True
    old, new = step[0].quantity, step[1].quantity
    moved = new.value - old.value
    if amount.sign * moved < 0 and not new.interval.overlaps(old.interval) and amount.mention.quantity.value > 0:
        return False
    if is_difference(amount.mention.quantity, old, new):
        return True
    return is_share(amount.mention.quantity) and (
        is_relative_change(amount.mention.quantity, old, new) or is_relative_change(amount.mention.quantity, new, old)
    )


def _make_finding(claims: PaperClaims, text: SentenceText, amount: Amount, found: list[Series]) -> Finding:
    step = next(s for each in found if (s := each.find_last_step()))
    true = format_number(step[1].quantity.value - step[0].quantity.value)
    printed = format_quantity(amount.mention.quantity)
    return Finding(
        rule=RULE,
        severity=claims.grade_severity(found, text, amount.facets),
        message=(
            f"The text gives a change of {printed} for {describe_series(amount.facets, gap=amount.gap)}, "
            f"but the table shows {format_step(step)}, a change of {true}."
        ),
        quote=printed,
        place=text.locate(amount.mention),
        evidence=collect_places(found),
        computed=f"{format_step(step)}: {true}, text {printed}",
        readings=("points", "relative change") if is_share(amount.mention.quantity) else ("difference",),
    )
