"""A percentage column must be its count over its total.

The total is another column, the total row or the total of the row. The rule tries the columns near the percentage. At
least 3 rows and three in four must fit before another row is a finding. Handbook DAT-03; GRIM: a percentage of a whole
number of people has few possible values.

Contradiction:

    Area | Cohort | Passed | % passed
    Bath | 120 | 90 | 75
    Keynsham | 80 | 52 | 65
    Radstock | 60 | 33 | 55
    Chew Valley | 40 | 30 | 57

Agreement:

    Area | Cohort | Passed | % passed
    Bath | 120 | 90 | 75
    Keynsham | 80 | 52 | 65
    Radstock | 60 | 33 | 55
    Chew Valley | 40 | 30 | 75
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Repair, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Unit
from moothall.core.figures.tables.arithmetic import format_value, grade_difference
from moothall.core.figures.tables.relations import join_labels
from moothall.core.figures.tables.views import Figure, TableLine, TableView, has_kind, make_views

RULE: Final = "table-percent"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
NEAR: Final = 6
FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class TableShare:
    """A printed percentage, its count and its total."""

    percent: Figure
    part: Figure
    whole: Figure

    @property
    def expected(self) -> Fraction:
        """Return the percentage computed from the printed figures."""
        return 100 * self.part.quantity.value / self.whole.quantity.value

    @property
    def possible(self) -> Interval:
        """Return the percentages that rounding of count and total allows."""
        return Interval.exact(100) * self.part.quantity.interval / self.whole.quantity.interval

    def grade_share(self) -> Severity | None:
        """Return the grade of the printed percentage, or None if it is right."""
        mine = self.percent.quantity
        graded = grade_difference(mine.value, mine.interval, self.expected, self.possible, mine.step**2)
        return Severity.ROUNDING if graded is Severity.IMPROBABLE else graded


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Check every percentage line of every table against the counts near it."""
    for table in paper.tables:
        for view in make_views(table):
            for nth, line in enumerate(view.lines):
                if _is_percent(line):
                    yield from _check_shares(view, _find_best_shares(view, nth))


def _is_percent(line: TableLine) -> bool:
    units = [cell.quantity.unit for cell in line.cells if cell.quantity]
    return len(units) >= FEWEST and sum(unit is Unit.PERCENT for unit in units) * 5 >= len(units) * 4


def _is_count(line: TableLine) -> bool:
    values = [cell.quantity for cell in line.cells if cell.quantity]
    return bool(values) and all(q.unit in (Unit.COUNT, Unit.NUMBER, Unit.MONEY) for q in values)


def _check_shares(view: TableView, shares: dict[int, TableShare]) -> Iterator[Finding | Observation]:
    for place, each in shares.items():
        yield Observation("percentage of a count", checked=True)
        verdict = each.grade_share()
        if verdict is not None:
            yield _make_finding(each, join_labels(view.cross[place]), verdict)


def _find_best_shares(view: TableView, nth: int) -> dict[int, TableShare]:
    """Return the shares that fit a percentage line best, by place. Return {} if no pair of counts fits."""
    line = view.lines[nth]
    near = [view.lines[n] for n in range(max(0, nth - NEAR), min(len(view.lines), nth + 3)) if n != nth]
    counts = [other for other in near if _is_count(other)]
    found = [_make_column_shares(line, part, whole) for part in counts for whole in counts if part is not whole]
    found += [_make_shares_of_total(view, line, part) for part in counts]
    scored = [(_count_fits(shares), shares) for shares in found]
    good = [each for each in scored if each[0] >= FEWEST and each[0] * 4 >= len(each[1]) * 3]
    return max(good, key=lambda each: each[0])[1] if good else {}


def _count_fits(shares: dict[int, TableShare]) -> int:
    """Return how many places fit, not counting shares of 0% and 100%."""
    return sum(
        share.grade_share() in (None, Severity.ROUNDING) and 0 < share.part.quantity.value < share.whole.quantity.value
        for share in shares.values()
    )


def _make_column_shares(line: TableLine, part: TableLine, whole: TableLine) -> dict[int, TableShare]:
    found = {}
    for place in range(len(line.cells)):
        percent, k, n = line.get_figure(place), part.get_figure(place), whole.get_figure(place)
        if percent and k and n and Fraction(0) not in n.quantity.interval:
            found[place] = TableShare(percent, k, n)
    return found


def _make_shares_of_total(view: TableView, line: TableLine, part: TableLine) -> dict[int, TableShare]:
    """Return each count as a share of the total at the end of its line, by place."""
    ends = [
        place
        for place in range(len(part.cells))
        if view.cross[place] and part.get_figure(place) and _is_total(view.cross[place][-1])
    ]
    whole = part.get_figure(ends[-1]) if ends else None
    if whole is None or Fraction(0) in whole.quantity.interval:
        return {}
    found = {}
    for place in range(len(line.cells)):
        percent, k = line.get_figure(place), part.get_figure(place)
        if percent and k and place != ends[-1]:
            found[place] = TableShare(percent, k, whole)
    return found


def _is_total(label: str) -> bool:
    return has_kind(label, "total") or has_kind(label, "all")


def _make_finding(share: TableShare, where: str, verdict: Severity) -> Finding:
    k, n, p = share.part.quantity, share.whole.quantity, share.percent.quantity
    result = format_value(share.expected, p)
    return Finding(
        rule=RULE,
        severity=verdict,
        message=f"{where + ': ' if where else ''}{k.text} of {n.text} is {result}%, but {p.text} is printed.",
        quote=share.percent.cell.text,
        place=share.percent.cell.place,
        evidence=(share.part.cell.place, share.whole.cell.place),
        computed=f"{k.text} / {n.text} = {result}%, printed {p.text}",
        readings=("count over total",),
        repairs=_find_repairs(share) if verdict is Severity.ERROR else (),
    )


def _find_repairs(share: TableShare) -> tuple[Repair, ...]:
    k, n, p = share.part.quantity.interval, share.whole.quantity.interval, share.percent.quantity.interval
    hundredth = p * Interval.exact(Fraction(1, 100))
    found = [Repair(share.percent.cell.place, share.possible), Repair(share.part.cell.place, hundredth * n)]
    if Fraction(0) not in hundredth:
        found.append(Repair(share.whole.cell.place, k / hundredth))
    return tuple(found)
