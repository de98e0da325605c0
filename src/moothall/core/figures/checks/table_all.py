"""The figure for all must be between those of its groups.

The table gives a group and its complement, which together are everyone (girls and boys, FSM and non-FSM). A percentage
or average for all is a mixture of the two: not above the higher, not below the lower. If it equals one group and the
other is far away, almost no one is left for the other group. That is improbable.

Contradiction:

    % at L4+ | 2013 | 2014
    Girls | 92 | 94
    Boys | 85 | 91
    All | 88 | 97

Contradiction (almost no girls would be left):

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
from dataclasses import replace
from fractions import Fraction
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Repair, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper
from moothall.core.figures.tables.complements import Cohort, Member, find_cohorts
from moothall.core.figures.tables.mixture_shares import find_group_share, is_mixture
from moothall.core.figures.tables.relations import join_labels
from moothall.core.figures.tables.views import Figure, TableView, make_views

RULE: Final = "table-all"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
HARDLY_ANYONE: Final = Fraction(1, 200)
_BETWEEN: Final = " The figure for all must lie between them."


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Compare every line for all with every group and complement of its table."""
    for table in paper.tables:
        for view in make_views(table):
            for cohort in find_cohorts(view):
                for everyone in cohort.everyone:
                    if is_mixture(everyone, cohort):
                        yield from _check_along(view, everyone, cohort)


def _check_along(view: TableView, everyone: Member, cohort: Cohort) -> Iterator[Finding | Observation]:
    for place in range(view.length):
        figures = [member.line.get_figure(place) for member in (everyone, cohort.group, cohort.complement)]
        if None in figures:
            continue
        whole, one, two = (figure for figure in figures if figure)
        yield Observation("all between groups", checked=True)
        low = min(one.quantity.interval.low, two.quantity.interval.low)
        high = max(one.quantity.interval.high, two.quantity.interval.high)
        labels = (everyone.label, cohort.group.label, cohort.complement.label)
        where = join_labels((*everyone.rest, *view.cross[place]))
        inside = Interval(low, high).intersect(whole.quantity.interval)
        if inside is None:
            yield _make_outside_finding(whole, (one, two), Interval(low, high), labels, where)
        elif not inside.width and whole.quantity.step:
            yield _grade_improbable(_make_outside_finding(whole, (one, two), Interval(low, high), labels, where))
        else:
            yield from _check_group_share(whole, (one, two), labels, where)


def _grade_improbable(finding: Finding) -> Finding:
    statement = finding.message.removesuffix(_BETWEEN)
    message = f"{statement} It is only possible if the figures were rounded at the very edge."
    return replace(finding, severity=Severity.IMPROBABLE, message=message)


def _make_outside_finding(
    whole: Figure, pair: tuple[Figure, Figure], span: Interval, labels: tuple[str, str, str], where: str
) -> Finding:
    one, two = pair
    side = "above" if whole.quantity.value > span.middle else "below"
    inside = whole.quantity.interval
    open_up = Interval(inside.low, max(inside.high, one.quantity.value, two.quantity.value) * 2 + 100)
    open_down = Interval(min(inside.low, one.quantity.value, two.quantity.value) * 2 - 100, inside.high)
    needed = open_up if side == "above" else open_down
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=(
            f"{labels[0]} ({whole.quantity.text}){f' for {where}' if where else ''} is {side} both of its groups, "
            f"{labels[1]} ({one.quantity.text}) and {labels[2]} ({two.quantity.text})."
            f"{_BETWEEN}"
        ),
        quote=whole.cell.text,
        place=whole.cell.place,
        evidence=(one.cell.place, two.cell.place),
        computed=f"{whole.quantity.text} is not between {one.quantity.text} and {two.quantity.text}",
        readings=("a mixture of two groups that together are everyone",),
        repairs=(
            Repair(whole.cell.place, span),
            Repair(one.cell.place, needed),
            Repair(two.cell.place, needed),
        ),
    )


def _check_group_share(
    whole: Figure, pair: tuple[Figure, Figure], labels: tuple[str, str, str], where: str
) -> Iterator[Finding]:
    parts = find_group_share(whole.quantity, pair[0].quantity, pair[1].quantity)
    if parts is None or (parts.high >= HARDLY_ANYONE and parts.low <= 1 - HARDLY_ANYONE):
        return
    small, near = (0, 1) if parts.high < HARDLY_ANYONE else (1, 0)
    most = parts.high if small == 0 else 1 - parts.low
    yield Finding(
        rule=RULE,
        severity=Severity.IMPROBABLE,
        message=(
            f"{labels[0]} ({whole.quantity.text}){f' for {where}' if where else ''} is almost the same as "
            f"{labels[1 + near]} ({pair[near].quantity.text}), but {labels[1 + small]} "
            f"({pair[small].quantity.text}) is far from it. At most {float(most):.2%} of the whole group would be "
            f"{labels[1 + small]}."
        ),
        quote=whole.cell.text,
        place=whole.cell.place,
        evidence=(pair[0].cell.place, pair[1].cell.place),
        computed=f"share of {labels[1 + small]} at most {float(most):.2%}",
        readings=("a mixture of two groups that together are everyone",),
    )
