"""An amount of change in a sentence must be the change that the table shows.

"Writing improved by 2%" where the table goes from 84 to 88. The amount may be points or a relative change, and may
come from unrounded figures (handbook DAT-02); only when every reading fails is it a finding. The table is found as for
``direction-against-table``.

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
from moothall.core.figures.claims.figure_values import difference_holds, firm, is_share, number, relative_holds, said
from moothall.core.figures.claims.mentions import Line
from moothall.core.figures.claims.paper_claims import Reading, reading
from moothall.core.figures.claims.series import Series
from moothall.core.figures.claims.statement_series import called, places, told
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper

RULE = "change-against-table"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every amount of change that the table does not show."""
    known = reading(paper)
    for spoken in known.spoken:
        line = spoken.line
        for amount in spoken.amounts:
            if not amount.change or not (amount.named or "row" in amount.facets) or not amount.matters:
                continue
            if not firm(amount.spot.quantity):
                continue
            found = known.nearest(known.library.find(amount.facets, gap=amount.gap), line)
            stepped = [series for series in found if series.step()]
            yield Seen("change", checked=bool(stepped))
            if stepped and not any(_fits(amount, series) for series in stepped):
                made = _finding(known, line, amount, stepped)
                if made.severity > Severity.ROUNDING:
                    yield made


def _fits(amount: Amount, series: Series) -> bool:
    step = series.step()
    if step is None:
        return True
    old, new = step[0].quantity, step[1].quantity
    moved = new.value - old.value
    if amount.sign * moved < 0 and not new.interval.meets(old.interval) and amount.spot.quantity.value > 0:
        return False
    if difference_holds(amount.spot.quantity, old, new):
        return True
    return is_share(amount.spot.quantity) and (
        relative_holds(amount.spot.quantity, old, new) or relative_holds(amount.spot.quantity, new, old)
    )


def _finding(known: Reading, line: Line, amount: Amount, found: list[Series]) -> Finding:
    step = next(s for each in found if (s := each.step()))
    true = number(step[1].quantity.value - step[0].quantity.value)
    printed = said(amount.spot.quantity)
    return Finding(
        rule=RULE,
        severity=known.severity(found, line, amount.facets),
        message=(
            f"The text gives a change of {printed} for {called(amount.facets, gap=amount.gap)}; "
            f"the table shows {told(step)}: a change of {true}."
        ),
        quote=printed,
        place=line.place(amount.spot),
        evidence=places(found),
        computed=f"{told(step)}: {true}, text {printed}",
        readings=("points", "relative change") if is_share(amount.spot.quantity) else ("difference",),
    )
