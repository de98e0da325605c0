"""An overspend or underspend must be the difference between its budget and its outturn, in the right direction.

Example: "Net budget of £41.2m, forecast outturn £42.6m, an overspend of £1.4m". The sentence must have one of each
figure and no other sum of money.

Contradiction:
    Against a budget of £41.2m the forecast outturn is £42.6m, an overspend of £2.4m.

Contradiction:
    Against a budget of £41.2m the forecast outturn is £42.6m, an underspend of £1.4m.

Agreement:
    Against a budget of £41.2m the forecast outturn is £42.6m, an overspend of £1.4m.
"""

from __future__ import annotations

from collections.abc import Iterator

from moothall.core.figures.claims.figure_values import format_number, format_quantity, has_no_hedge, is_difference
from moothall.core.figures.claims.mentions import Mention, SentenceText, compile_pattern, find_sentences
from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper, Unit

RULE = "budget-variance"
ALIASES: tuple[str, ...] = ()
SEVERITY = Severity.ERROR
NEAR = 48
"""The most characters between a word and the figure that it describes."""


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Yield every variance that is not outturn less budget."""
    for text in find_sentences(paper, figures=3):
        money = [mention for mention in text.list_amounts() if mention.quantity.unit is Unit.MONEY]
        if len(money) != 3 or not has_no_hedge(*(mention.quantity for mention in money)):
            continue
        roles = {_find_role(text, money, nth): mention for nth, mention in enumerate(money)}
        over, under = roles.get("over"), roles.get("under")
        if len(roles) == 3 and "budget" in roles and "outturn" in roles and (over or under):
            yield Observation("over- or underspend", checked=True)
            yield from _check_variance(text, roles["budget"], roles["outturn"], over, under)


def _find_role(text: SentenceText, money: list[Mention], nth: int) -> str:
    edge = money[nth - 1].end if nth else 0
    before = text.low[max(edge, money[nth].start - NEAR) : money[nth].start]
    matches = [
        (match.end(), role)
        for role in ("budget", "outturn", "over", "under")
        for match in compile_pattern("budgets", role).finditer(before)
    ]
    return max(matches)[1] if matches else f"?{nth}"


def _check_variance(
    text: SentenceText, budget: Mention, outturn: Mention, over: Mention | None, under: Mention | None
) -> Iterator[Finding]:
    variance = over or under
    if variance is None:
        return
    spent, planned = outturn.quantity, budget.quantity
    size = is_difference(variance.quantity, spent, planned)
    wrong_way = spent.interval.high < planned.interval.low if over else spent.interval.low > planned.interval.high
    if size and not wrong_way:
        return
    word, printed = "overspend" if over else "underspend", format_quantity(variance.quantity)
    difference = format_number((spent.value - planned.value) / 10**6, 3)
    ends = sorted((budget, outturn, variance), key=lambda mention: mention.start)
    right = "an underspend" if spent.value < planned.value else "an overspend"
    yield Finding(
        rule=RULE,
        severity=SEVERITY,
        message=(
            f"The sentence gives an {word} of {printed}, but {format_quantity(spent)} against a budget of "
            f"{format_quantity(planned)} is {right} of £{difference.lstrip('-')}m."
        ),
        quote=text.quote_text(ends[0], ends[-1]),
        place=text.locate(ends[0], ends[-1]),
        computed=f"{format_quantity(spent)} - {format_quantity(planned)} = £{difference}m, printed {printed}",
        weight=3 if wrong_way else 2,
    )
