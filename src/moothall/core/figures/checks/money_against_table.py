"""A sum that a sentence gives for a line of a budget table should be in that line.

Example: "Adult Social Care is forecasting an overspend of £5.2m". The rule finds the line by its label, and the column
by the word for budget, forecast, actual or variance. A sentence may be about a part, another month or another table. A
sum that is in none of the lines with that label is therefore suspicious, not wrong.

Contradiction:
    All figures are in £m.

    Directorate (£m) | Budget £m | Forecast £m | Variance £m
    Adult Social Care | 586.1 | 621.6 | 35.4
    Highways and Transport | 202.9 | 209.2 | 6.3

    Adult Social Care is forecasting an overspend of £25.4m.

Agreement:
    All figures are in £m.

    Directorate (£m) | Budget £m | Forecast £m | Variance £m
    Adult Social Care | 586.1 | 621.6 | 35.4
    Highways and Transport | 202.9 | 209.2 | 6.3

    Adult Social Care is forecasting an overspend of £35.4m.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.claims.dimensions import find_matches
from moothall.core.figures.claims.figure_values import find_possible_range, format_like, format_quantity, has_no_hedge
from moothall.core.figures.claims.mentions import Mention, SentenceText, compile_pattern
from moothall.core.figures.claims.paper_claims import PaperClaims, read_claims
from moothall.core.figures.claims.series import Series
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Role, Unit

RULE = "money-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.SUSPICIOUS
MEASURES: Final = ("variance", "forecast", "budget", "actual")
NEAR: Final = 90
"""The most characters before the sum for the row label and the word for the column."""
_OTHER_TIME: Final = re.compile(
    r"\b(?:of which|of this|includ\w+|quarter [1-4]|q[1-4]|month \d|period \d|previous\w*|last|compared|relates|due to|"
    r"within|from|between|reported in|year to date|next year)\b"
)


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every sum that is in none of the lines with its label."""
    claims = read_claims(paper)
    for sentence in claims.parsed_sentences:
        text = sentence.text
        money = [mention for mention in text.list_amounts() if mention.quantity.unit is Unit.MONEY]
        if len(money) == 1 and not _OTHER_TIME.search(text.low) and has_no_hedge(money[0].quantity):
            yield from _check_sum(claims, text, money[0])


def _check_sum(claims: PaperClaims, text: SentenceText, mention: Mention) -> Iterator[Finding | Observation]:
    if mention.quantity.role in (Role.BY, Role.FROM) or compile_pattern("cautions", "negations", "wishes").search(
        text.low
    ):
        return
    before = text.low[max(0, mention.start - NEAR) : mention.start]
    rows = {hit.meaning for hit in claims.series_index.rows.find(before)}
    measures = [
        hit.meaning[1] for hit in find_matches(before) if hit.meaning[0] == "measure" and hit.meaning[1] in MEASURES
    ]
    if len(rows) != 1 or not measures:
        return
    named = [series for series in claims.series_index.all if series.facets.get("row") in rows and _is_money(series)]
    meant = [series for series in named if series.facets.get("measure") == measures[-1]]
    yield Observation("money", checked=bool(meant))
    if meant and not any(_has_value(series, mention) for series in named):
        yield _make_finding(text, mention, meant[0], measures[-1])


def _is_money(series: Series) -> bool:
    return all(point.quantity.unit is Unit.MONEY for point in series.points)


def _has_value(series: Series, mention: Mention) -> bool:
    printed = abs(find_possible_range(mention.quantity))
    return any(abs(point.quantity.interval).overlaps(printed) for point in series.points)


def _make_finding(text: SentenceText, mention: Mention, series: Series, measure: str) -> Finding:
    cell, printed = series.get_last(), format_quantity(mention.quantity)
    row, value = series.facets["row"], format_like(cell.quantity.value, cell.quantity)
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f'The text gives {printed} as the {measure} of "{row}", but the table gives {value}.',
        quote=printed,
        place=text.locate(mention),
        evidence=(cell.cell.place,),
        computed=f"table {value}, text {printed}",
    )
