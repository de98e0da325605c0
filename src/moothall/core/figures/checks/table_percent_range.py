"""A percentage of people cannot be below 0 or above 100.

The rule checks only columns or rows about a share of a group (% of pupils, percentage achieving, proportion of ...). A
percentage of a budget, a change or a rate may be above 100. Most of the line must be between 0 and 100.

Contradiction:

    School | % of pupils at L4+
    Ash | 88
    Birch | 188
    Cedar | 79
    Elm | 91
    Fir | 85

Agreement:

    School | % of budget spent
    Ash | 88
    Birch | 188
    Cedar | 79
    Elm | 91
    Fir | 85
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Repair, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Unit
from moothall.core.figures.tables.relations import join_labels
from moothall.core.figures.tables.views import TableLine, TableView, has_kind, make_views
from moothall.core.figures.vocabulary import list_words

RULE: Final = "table-percent-range"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
FEWEST: Final = 4
_SPAN: Final = Interval.exact(0), Interval.exact(100)


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Check every line of shares of people."""
    for table in paper.tables:
        for view in make_views(table):
            for line in view.lines:
                if _is_share_of_people((*line.path, table.caption)) and not line.is_derived:
                    yield from _check_along(view, line)


def _is_share_of_people(texts: tuple[str, ...]) -> bool:
    low = " ".join(texts).lower()
    people = list_words("shares", "of_people")
    share = any(sign in low for sign in ("%", "per cent", "percent", "proportion"))
    return share and any(word in low for word in people) and not any(has_kind(text, "change") for text in texts)


def _check_along(view: TableView, line: TableLine) -> Iterator[Finding | Observation]:
    figures = [(place, figure) for place in range(view.length) if (figure := line.get_figure(place))]
    percents = [(place, figure) for place, figure in figures if figure.quantity.unit is Unit.PERCENT]
    outside = [(p, f) for p, f in percents if not 0 <= f.quantity.value <= 100]
    if len(percents) < FEWEST or len(outside) * 4 > len(percents):
        return
    for _ in percents:
        yield Observation("percentage of people", checked=True)
    for place, figure in outside:
        yield Finding(
            rule=RULE,
            severity=Severity.ERROR,
            message=(
                f"{join_labels((*line.path, *view.cross[place]))}: {figure.quantity.text}% of a group is not possible."
            ),
            quote=figure.cell.text,
            place=figure.cell.place,
            computed=f"{figure.quantity.text} is not between 0 and 100",
            readings=("a share of people",),
            repairs=(Repair(figure.cell.place, Interval(_SPAN[0].low, _SPAN[1].high)),),
        )
