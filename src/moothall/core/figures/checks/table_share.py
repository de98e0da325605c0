"""All columns of a cohort must be the same mixture of a group and its complement.

In ``all = w × group + (1 - w) × complement``, the share w depends on who is in the cohort, not on what is measured.
Reading, writing and maths of the same children must therefore allow one common w, within rounding. A column that does
not has a wrong figure or is about other children, so it is only suspicious.

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

from moothall.core.figures.findings import Finding, Observation, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper
from moothall.core.figures.tables.complements import Cohort, Member, find_cohorts
from moothall.core.figures.tables.mixture_shares import find_group_share, find_largest_common, find_repairs, is_mixture
from moothall.core.figures.tables.relations import join_labels
from moothall.core.figures.tables.scales import YEARS
from moothall.core.figures.tables.views import Figure, TableView, make_views

RULE: Final = "table-share"
ALIASES: Final = ()
SEVERITY: Final = Severity.SUSPICIOUS

CohortShare = tuple[int, Interval, tuple[Figure, Figure, Figure]]


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Compare the shares that the columns of each cohort allow."""
    for table in paper.tables:
        for view in make_views(table):
            for cohort in find_cohorts(view):
                for everyone in cohort.everyone[:1]:
                    if is_mixture(everyone, cohort):
                        yield from _compare_shares(view, everyone, cohort)


def _compare_shares(view: TableView, everyone: Member, cohort: Cohort) -> Iterator[Finding | Observation]:
    by_year: defaultdict[tuple[str, ...], list[CohortShare]] = defaultdict(list)
    for place in range(view.length):
        figures = [member.line.get_figure(place) for member in (everyone, cohort.group, cohort.complement)]
        if None in figures:
            continue
        whole, one, two = (figure for figure in figures if figure)
        allowed = find_group_share(whole.quantity, one.quantity, two.quantity)
        if allowed is not None:
            by_year[_make_cohort_key(view, place, everyone)].append((place, allowed, (whole, one, two)))
    for shares in by_year.values():
        yield Observation("common share", checked=len(shares) > 1)
        if len(shares) > 2:
            yield from _find_outliers(view, shares, cohort)


def _make_cohort_key(view: TableView, place: int, everyone: Member) -> tuple[str, ...]:
    """Return what identifies a cohort: the years in the headers and the column groups above the last header."""
    path = (*view.cross[place], *everyone.rest)
    years = tuple(sorted({year for text in path for year in YEARS.findall(text)}))
    return (*years, *view.cross[place][:-1])


def _find_outliers(view: TableView, shares: list[CohortShare], cohort: Cohort) -> Iterator[Finding]:
    """Yield the columns whose share differs from that of most others. Yield nothing if most do not agree."""
    common, inside = find_largest_common([allowed for _, allowed, _ in shares])
    if len(inside) == len(shares) or len(inside) * 2 <= len(shares) or len(inside) < 2:
        return
    labels = cohort.group.label, cohort.complement.label
    for n, (place, allowed, (whole, one, two)) in enumerate(shares):
        if n not in inside:
            yield Finding(
                rule=RULE,
                severity=Severity.SUSPICIOUS,
                message=(
                    f"{whole.quantity.text} for all in {join_labels(view.cross[place]) or 'this column'} "
                    f"is only possible if {_format_range(allowed)} of the group are {labels[0]}, "
                    f"but the other columns need {_format_range(common)}. "
                    f"If the cohort is the same, one of these is wrong: {labels[0]} ({one.quantity.text}), "
                    f"{labels[1]} ({two.quantity.text}) or the figure for all."
                ),
                quote=whole.cell.text,
                place=whole.cell.place,
                evidence=(one.cell.place, two.cell.place, *(shares[m][2][0].cell.place for m in inside)),
                computed=f"share of {labels[0]}: {_format_range(allowed)}, elsewhere {_format_range(common)}",
                readings=("the same cohort in every column",),
                weight=1,
                repairs=find_repairs(whole, one, two, common),
            )


def _format_range(span: Interval) -> str:
    return f"{float(span.low):.0%} to {float(span.high):.0%}"
