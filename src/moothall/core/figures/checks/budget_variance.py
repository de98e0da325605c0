"""An over- or underspend given with its budget and its outturn must be the difference between them, the right way.

"Net budget of £41.2m, forecast outturn £42.6m, an overspend of £1.4m". The three figures must stand in one sentence,
one of each, and nothing else in pounds may stand there.

Contradiction:
    Against a budget of £41.2m the forecast outturn is £42.6m, an overspend of £2.4m.

Contradiction:
    Against a budget of £41.2m the forecast outturn is £42.6m, an underspend of £1.4m.

Agreement:
    Against a budget of £41.2m the forecast outturn is £42.6m, an overspend of £1.4m.
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.figure_values import difference_holds, firm, number, said
from moothall.core.figures.claims.mentions import Line, Spot, lines, pattern
from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "budget-variance"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
NEAR = 48
"""How many characters a word may stand from its figure to say what it is."""


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Yield every variance that is not outturn less budget."""
    for line in lines(paper, figures=3):
        money = [spot for spot in line.amounts() if spot.quantity.unit is Unit.MONEY]
        if len(money) != 3 or not firm(*(spot.quantity for spot in money)):
            continue
        roles = {_role(line, money, nth): spot for nth, spot in enumerate(money)}
        over, under = roles.get("over"), roles.get("under")
        if len(roles) == 3 and "budget" in roles and "outturn" in roles and (over or under):
            yield Seen("over- or underspend", checked=True)
            yield from _judge(line, roles["budget"], roles["outturn"], over, under)


def _role(line: Line, money: list[Spot], nth: int) -> str:
    edge = money[nth - 1].end if nth else 0
    before = line.low[max(edge, money[nth].start - NEAR) : money[nth].start]
    hits = [
        (match.end(), role)
        for role in ("budget", "outturn", "over", "under")
        for match in pattern("budgets", role).finditer(before)
    ]
    return max(hits)[1] if hits else f"?{nth}"


def _judge(line: Line, budget: Spot, outturn: Spot, over: Spot | None, under: Spot | None) -> Iterator[Finding]:
    variance = over or under
    if variance is None:
        return
    spent, planned = outturn.quantity, budget.quantity
    size = difference_holds(variance.quantity, spent, planned)
    wrong_way = spent.interval.high < planned.interval.low if over else spent.interval.low > planned.interval.high
    if size and not wrong_way:
        return
    word = "overspend" if over else "underspend"
    difference = number((spent.value - planned.value) / 10**6, 3)
    ends = sorted((budget, outturn, variance), key=lambda spot: spot.start)
    right = "an underspend" if spent.value < planned.value else "an overspend"
    yield Finding(
        rule=RULE,
        severity=SEVERITY,
        message=(
            f"The sentence gives an {word} of {said(variance.quantity)}; {said(spent)} against a budget of "
            f"{said(planned)} is {right} of £{difference.lstrip('-')}m."
        ),
        quote=line.quote(ends[0], ends[-1]),
        place=line.place(ends[0], ends[-1]),
        computed=f"{said(spent)} - {said(planned)} = £{difference}m, printed {said(variance.quantity)}",
        weight=3 if wrong_way else 2,
    )
