"""The figure for all lies between those of its groups.

Where a table gives a group and its twin, which together are everyone (girls and boys, FSM and non-FSM), a percentage
or average for all is a mixture of the two: never above the higher, never below the lower. And where it equals one of
them while the other is far away, hardly anyone is left for the other group: that is improbable.

Contradiction:

    % at L4+ | 2013 | 2014
    Girls | 92 | 94
    Boys | 85 | 91
    All | 88 | 97

Contradiction (next to no girls would be left):

    Points per learner | 2013 | 2014
    Girls | 770.5 | 717.2
    Boys | 761.0 | 788.1
    All | 765.3 | 788.1

Agreement:

    % at L4+ | 2013 | 2014
    Girls | 92 | 94
    Boys | 85 | 91
    All | 88 | 92
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from moothall.core.figures.findings import Finding, Repair, Seen, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Unit
from moothall.core.figures.tables.relations import named
from moothall.core.figures.tables.shares import share
from moothall.core.figures.tables.twins import pairs
from moothall.core.figures.tables.views import Figure, Line, View, views

RULE: Final = "table-all"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
HARDLY_ANYONE: Final = Fraction(1, 200)


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Check every line for all against every pair of twins of its table."""
    for table in paper.tables:
        for view in views(table):
            for everyone in (line for line in view.lines if is_mixture(line, view)):
                for pair in pairs(view):
                    if everyone.path[:-1] == pair[0].path[:-1]:
                        yield from _against(view, everyone, pair)


def is_mixture(line: Line, view: View) -> bool:
    """Whether a line is for all and holds a mixture: not a count or sum of money, nor the sum of its groups."""
    if not (line.says("all") or line.says("total")):
        return False
    units = {cell.quantity.unit for cell in line.cells if cell.quantity}
    if not units or units & {Unit.COUNT, Unit.MONEY}:
        return False
    return line.says("all") or not _adds_up(line, view)


def _adds_up(line: Line, view: View) -> bool:
    """Whether a line called total is more than each of its groups throughout: then it is a sum."""
    for one, two in pairs(view):
        for place in range(view.length):
            figures = line.figure(place), one.figure(place), two.figure(place)
            values = [abs(figure.quantity.value) for figure in figures if figure]
            if len(values) == 3 and values[0] <= max(values[1:]):
                return False
    return True


def _against(view: View, everyone: Line, pair: tuple[Line, Line]) -> Iterator[Finding | Seen]:
    for place in range(view.length):
        whole, one, two = everyone.figure(place), pair[0].figure(place), pair[1].figure(place)
        if not (whole and one and two):
            continue
        yield Seen("all between groups", checked=True)
        low = min(one.quantity.interval.low, two.quantity.interval.low)
        high = max(one.quantity.interval.high, two.quantity.interval.high)
        labels = (everyone.label, pair[0].label, pair[1].label)
        where = named(view.cross[place])
        if not Interval(low, high).meets(whole.quantity.interval):
            yield _outside(whole, (one, two), Interval(low, high), labels, where)
        else:
            yield from _nobody_left(whole, (one, two), labels, where)


def _outside(
    whole: Figure, pair: tuple[Figure, Figure], span: Interval, labels: tuple[str, str, str], where: str
) -> Finding:
    one, two = pair
    side = "above" if whole.quantity.value > span.high else "below"
    inside = whole.quantity.interval
    open_up = Interval(inside.low, max(inside.high, one.quantity.value, two.quantity.value) * 2 + 100)
    open_down = Interval(min(inside.low, one.quantity.value, two.quantity.value) * 2 - 100, inside.high)
    needed = open_up if side == "above" else open_down
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=(
            f"{labels[0]} ({whole.quantity.text}){f' for {where}' if where else ''} is {side} both of its groups, "
            f"{labels[1]} ({one.quantity.text}) and {labels[2]} ({two.quantity.text}). A mixture lies between them."
        ),
        quote=whole.cell.text,
        place=whole.cell.place,
        evidence=(one.cell.place, two.cell.place),
        computed=f"{whole.quantity.text} is not between {one.quantity.text} and {two.quantity.text}",
        readings=("a mixture of two groups that are everyone",),
        repairs=(
            Repair(whole.cell.place, span),
            Repair(one.cell.place, needed),
            Repair(two.cell.place, needed),
        ),
    )


def _nobody_left(
    whole: Figure, pair: tuple[Figure, Figure], labels: tuple[str, str, str], where: str
) -> Iterator[Finding]:
    parts = share(whole.quantity, pair[0].quantity, pair[1].quantity)
    if parts is None or (parts.high >= HARDLY_ANYONE and parts.low <= 1 - HARDLY_ANYONE):
        return
    small, near = (0, 1) if parts.high < HARDLY_ANYONE else (1, 0)
    most = parts.high if small == 0 else 1 - parts.low
    yield Finding(
        rule=RULE,
        severity=Severity.IMPROBABLE,
        message=(
            f"{labels[0]} ({whole.quantity.text}){f' for {where}' if where else ''} is as good as that of "
            f"{labels[1 + near]} ({pair[near].quantity.text}) though {labels[1 + small]} "
            f"({pair[small].quantity.text}) is far from it: at most {float(most):.2%} of all would be "
            f"{labels[1 + small]}."
        ),
        quote=whole.cell.text,
        place=whole.cell.place,
        evidence=(pair[0].cell.place, pair[1].cell.place),
        computed=f"share of {labels[1 + small]} at most {float(most):.2%}",
        readings=("a mixture of two groups that are everyone",),
    )
