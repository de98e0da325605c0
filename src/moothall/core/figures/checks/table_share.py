"""One cohort has one share: all columns of a cohort must be the same mixture of a group and its twin.

In ``all = w × group + (1 - w) × twin`` the share w of the group is a matter of who is in the cohort, not of what is
measured. Reading, writing and maths of the same children must therefore allow one common w, within rounding. A column
that allows none has a wrong figure, or was worked out over other children: hence only suspicious.

Contradiction:

    % at L4+ | 2014 |  |
     | Reading | Writing | Maths
    Girls | 94 | 93 | 89
    Boys | 84 | 83 | 79
    All | 89 | 88 | 88

Agreement:

    % at L4+ | 2014 |  |
     | Reading | Writing | Maths
    Girls | 94 | 93 | 89
    Boys | 84 | 83 | 79
    All | 89 | 88 | 84
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from moothall.core.figures.findings import Finding, Seen, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper
from moothall.core.figures.tables.complements import Cohort, Member, cohorts
from moothall.core.figures.tables.mixture_shares import is_mixture, largest_common, mended, share
from moothall.core.figures.tables.relations import named
from moothall.core.figures.tables.scales import YEARS
from moothall.core.figures.tables.views import Figure, View, views

RULE: Final = "table-share"
ALIASES: Final = ()
SEVERITY: Final = Severity.SUSPICIOUS

Spot = tuple[int, Interval, tuple[Figure, Figure, Figure]]


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Compare the shares that the columns of each cohort allow."""
    for table in paper.tables:
        for view in views(table):
            for cohort in cohorts(view):
                for everyone in cohort.everyone[:1]:
                    if is_mixture(everyone, cohort):
                        yield from _compare(view, everyone, cohort)


def _compare(view: View, everyone: Member, cohort: Cohort) -> Iterator[Finding | Seen]:
    by_year: defaultdict[tuple[str, ...], list[Spot]] = defaultdict(list)
    for place in range(view.length):
        figures = [member.line.figure(place) for member in (everyone, cohort.group, cohort.twin)]
        if None in figures:
            continue
        whole, one, two = (figure for figure in figures if figure)
        allowed = share(whole.quantity, one.quantity, two.quantity)
        if allowed is not None:
            by_year[_cohort(view, place, everyone)].append((place, allowed, (whole, one, two)))
    for spots in by_year.values():
        yield Seen("common share", checked=len(spots) > 1)
        if len(spots) > 2:
            yield from _outliers(view, spots, cohort)


def _cohort(view: View, place: int, everyone: Member) -> tuple[str, ...]:
    """What tells one cohort from another: the years named in the headers, and the groups of columns above the last."""
    path = (*view.cross[place], *everyone.rest)
    years = tuple(sorted({year for text in path for year in YEARS.findall(text)}))
    return (*years, *view.cross[place][:-1])


def _outliers(view: View, spots: list[Spot], cohort: Cohort) -> Iterator[Finding]:
    """The columns that the share of most others does not fit; none where most do not agree."""
    common, inside = largest_common([allowed for _, allowed, _ in spots])
    if len(inside) == len(spots) or len(inside) * 2 <= len(spots) or len(inside) < 2:
        return
    labels = cohort.group.label, cohort.twin.label
    for n, (place, allowed, (whole, one, two)) in enumerate(spots):
        if n not in inside:
            yield Finding(
                rule=RULE,
                severity=Severity.SUSPICIOUS,
                message=(
                    f"{whole.quantity.text} for all in {named(view.cross[place]) or 'this column'} needs "
                    f"{_say(allowed)} of all to be {labels[0]}; the other columns of the cohort need {_say(common)}. "
                    f"If the cohort is the same, one of {labels[0]} ({one.quantity.text}), {labels[1]} "
                    f"({two.quantity.text}) and the figure for all is wrong."
                ),
                quote=whole.cell.text,
                place=whole.cell.place,
                evidence=(one.cell.place, two.cell.place, *(spots[m][2][0].cell.place for m in inside)),
                computed=f"share of {labels[0]}: {_say(allowed)}, elsewhere {_say(common)}",
                readings=("the same cohort in every column",),
                weight=1,
                repairs=mended(whole, one, two, common),
            )


def _say(span: Interval) -> str:
    return f"{float(span.low):.0%} to {float(span.high):.0%}"
