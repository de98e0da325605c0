"""A sum that a sentence gives for a line of a budget table should be in that line.

"Adult Social Care is forecasting an overspend of £5.2m": the line is found by its own label, the column by the word
for budget, forecast, actual or variance. A sentence may speak of a part, of another month or of another table, so a
sum that stands nowhere in the lines of that name is suspicious, not wrong.

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

from moothall.core.figures.claims.dimensions import hits
from moothall.core.figures.claims.figure_values import firm, like, reach, said
from moothall.core.figures.claims.mentions import Line, Spot, pattern
from moothall.core.figures.claims.paper_claims import Reading, reading
from moothall.core.figures.claims.series import Series
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Role, Unit

RULE = "money-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.SUSPICIOUS
MEASURES: Final = ("variance", "forecast", "budget", "actual")
NEAR: Final = 90
"""Characters within which a line's name and the word for the column must stand before the sum."""
_OTHER_TIME: Final = re.compile(
    r"\b(?:of which|of this|includ\w+|quarter [1-4]|q[1-4]|month \d|period \d|previous\w*|last|compared|relates|due to|"
    r"within|from|between|reported in|year to date|next year)\b"
)


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every sum that stands nowhere in the lines of its name."""
    known = reading(paper)
    for spoken in known.spoken:
        line = spoken.line
        money = [spot for spot in line.amounts() if spot.quantity.unit is Unit.MONEY]
        if len(money) == 1 and not _OTHER_TIME.search(line.low) and firm(money[0].quantity):
            yield from _judge(known, line, money[0])


def _judge(known: Reading, line: Line, spot: Spot) -> Iterator[Finding | Seen]:
    if spot.quantity.role in (Role.BY, Role.FROM) or pattern("cautions", "negations", "wishes").search(line.low):
        return
    before = line.low[max(0, spot.start - NEAR) : spot.start]
    rows = {hit.meaning for hit in known.library.rows.find(before)}
    measures = [hit.meaning[1] for hit in hits(before) if hit.meaning[0] == "measure" and hit.meaning[1] in MEASURES]
    if len(rows) != 1 or not measures:
        return
    named = [series for series in known.library.all if series.facets.get("row") in rows and _money(series)]
    meant = [series for series in named if series.facets.get("measure") == measures[-1]]
    yield Seen("money", checked=bool(meant))
    if meant and not any(_gives(series, spot) for series in named):
        yield _finding(line, spot, meant[0], measures[-1])


def _money(series: Series) -> bool:
    return all(point.quantity.unit is Unit.MONEY for point in series.points)


def _gives(series: Series, spot: Spot) -> bool:
    printed = abs(reach(spot.quantity))
    return any(abs(point.quantity.interval).meets(printed) for point in series.points)


def _finding(line: Line, spot: Spot, series: Series, measure: str) -> Finding:
    cell = series.last()
    row, value = series.facets["row"], like(cell.quantity.value, cell.quantity)
    return Finding(
        rule=RULE,
        severity=SEVERITY,
        message=f'The text gives {said(spot.quantity)} as the {measure} of "{row}"; the table gives {value}.',
        quote=said(spot.quantity),
        place=line.place(spot),
        evidence=(cell.cell.place,),
        computed=f"table {value}, text {said(spot.quantity)}",
    )
