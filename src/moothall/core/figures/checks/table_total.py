"""A total must be the sum of its lines, down and across.

The rule finds the lines of a total by its label and by the sums that fit at most places. It tries the lines since the
last total, all items, the subtotals, the groups, and the lines below. Another place that does not fit is a finding.
Rounded figures may differ from their rounded total: k figures rounded to a unit u by up to (k + 1) u / 2 (handbook
DAT-04). If no set of lines fits anywhere, the total is only suspicious.

Contradiction:

    £000 | 2014/15 | 2015/16
    Early years | 1536 | 1430
    Family support | 72 | 70
    Music | 50 | 50
    Total | 1658 | 1650

Agreement:

    £000 | 2014/15 | 2015/16
    Early years | 1536 | 1430
    Family support | 72 | 70
    Music | 50 | 50
    Total | 1658 | 1551
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.model import Paper
from moothall.core.figures.tables.arithmetic import Balance, format_value
from moothall.core.figures.tables.relations import Relation, join_labels
from moothall.core.figures.tables.totals import Total, find_totals
from moothall.core.figures.tables.views import TableView, make_views

RULE: Final = "table-total"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
FEWEST: Final = 3  # places that must agree before a total of one line is checked


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Check every total line of every table, down and across."""
    for table in paper.tables:
        for view in make_views(table):
            for total in find_totals(view):
                yield from _check_total(view, total)


def _check_total(view: TableView, total: Total) -> Iterator[Finding | Observation]:
    sure = total.holds * 2 >= total.of and total.holds > 0
    plain = total.way == "since the last" and len(total.terms) > 1
    for place, relation in total.list_relations():
        balance = relation.compare_to_sum()
        yield Observation("total", checked=sure or plain)
        if balance.verdict is None or (len(relation.terms) == 1 and total.holds < FEWEST):
            continue
        if sure:
            yield _make_finding(total, relation, join_labels(view.cross[place]), balance)
        elif plain and not balance.holds and _is_near_sum(relation, balance):
            yield replace(
                _make_finding(total, relation, join_labels(view.cross[place]), balance), severity=Severity.SUSPICIOUS
            )


def _is_near_sum(relation: Relation, balance: Balance) -> bool:
    """Return whether a total is within a quarter of the sum of the lines above it, as after a slip."""
    return abs(balance.expected - relation.printed.quantity.value) * 4 <= abs(balance.expected)


def _make_finding(total: Total, relation: Relation, where: str, balance: Balance) -> Finding:
    printed = relation.printed.quantity
    message = (
        f"{total.line.label or 'The total'}{f' for {where}' if where else ''} is printed as {printed.text}, but its "
        f"{len(relation.terms)} figures add up to {format_value(balance.expected / printed.scale, printed)}."
    )
    reading = f"the sum of the lines {_WAYS.get(total.way, total.way)}"
    return relation.make_finding(rule=RULE, message=message, balance=balance, reading=reading)


_WAYS: Final = {
    "since the last": "above it, since the last total",
    "all before": "above it, without other totals",
    "subtotals": "called subtotal",
    "totals": "called total",
    "groups": "that are groups",
    "group": "of its group",
    "below": "below it",
}
