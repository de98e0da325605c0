"""A change, variance or increase must be the difference of its two columns or rows, absolute or relative.

The rule finds the two lines by trying the pairs near the change. It also tries each method: later less earlier,
earlier less later, and each as a percentage. At least 3 places and three in four must fit before the other places are
a finding.

Contradiction:

    £000 | Budget | Forecast | Variance
    Early years | 1,536 | 1,600 | 64
    Family support | 720 | 700 | -20
    Music | 250 | 260 | 10
    Placements | 4,100 | 4,350 | 205

Agreement:

    £000 | Budget | Forecast | Variance
    Early years | 1,536 | 1,600 | 64
    Family support | 720 | 700 | -20
    Music | 250 | 260 | 10
    Placements | 4,100 | 4,350 | 250
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from operator import itemgetter
from typing import Final

from moothall.core.figures.findings import Finding, Observation, Repair, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Unit
from moothall.core.figures.tables.arithmetic import format_value, grade_difference
from moothall.core.figures.tables.relations import Relation, join_labels
from moothall.core.figures.tables.views import Figure, TableLine, TableView, make_views

RULE: Final = "table-change"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
NEAR: Final = 5
FEWEST: Final = 3
MOST_PLACES: Final = 5_000  # of changes in one table: more are data, and trying every pair would take too long

Pair = tuple[TableLine, TableLine]


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """A printed change compared with the change that one method computes."""

    printed: Figure
    later: Figure
    earlier: Figure
    verdict: Severity | None
    result: str
    computed: str
    repairs: tuple[Repair, ...]

    @property
    def holds(self) -> bool:
        """Return whether the printed change is right or rounding explains the difference."""
        return self.verdict is None or self.verdict is Severity.ROUNDING


Method = Callable[[Figure, Figure, Figure], ChangeResult | None]


def check(paper: Paper) -> Iterator[Finding | Observation]:
    """Check every change line of every table."""
    for table in paper.tables:
        for view in make_views(table):
            changes = [nth for nth, line in enumerate(view.lines) if line.has_kind("change")]
            if len(changes) * view.length <= MOST_PLACES:
                for nth in changes:
                    yield from _check_change(view, nth)


def _check_change(view: TableView, nth: int) -> Iterator[Finding | Observation]:
    line = view.lines[nth]
    best = _find_best_pair(view, nth)
    for place in range(view.length):
        if line.get_figure(place):
            change = _compute_change(line, best[0], best[1], place) if best else None
            yield Observation("change", checked=change is not None)
            if best and change and change.verdict is not None:
                yield _make_finding(change, line, best[0], join_labels(view.cross[place]))


def _find_best_pair(view: TableView, nth: int) -> tuple[Pair, Method] | None:
    """Return the pair of lines and the method that fit a change best, or None if none fits well enough."""
    line = view.lines[nth]
    scored: list[tuple[int, int, int, Pair, Method]] = []
    for distance, pair in _list_near_pairs(view, nth):
        for method in (_compute_difference, _compute_relative_change):
            found = _try_pair(line, pair, method)
            holds = sum(r.holds for r in found)
            if holds >= FEWEST and holds * 4 >= len(found) * 3 and any(r.printed.quantity.value for r in found):
                scored.append((holds, -distance, -len(scored), pair, method))
    return max(scored, key=itemgetter(0, 1, 2))[3:] if scored else None


def _try_pair(line: TableLine, pair: Pair, method: Method) -> list[ChangeResult]:
    """Return the change at every place, by one method. Return an empty list if over a quarter do not fit."""
    found: list[ChangeResult] = []
    fails = 0
    for place in range(len(line.cells)):
        change = _compute_change(line, pair, method, place)
        if change:
            found.append(change)
            fails += not change.holds
            if fails * 4 > len(line.cells):
                return []
    return found


def _list_near_pairs(view: TableView, nth: int) -> Iterator[tuple[int, Pair]]:
    """Yield the ordered pairs of lines near a change, later line first, each with its distance."""
    near = [n for n in range(max(0, nth - NEAR), min(len(view.lines), nth + 2)) if n != nth]
    for later, earlier in permutations(reversed(near), 2):
        yield abs(nth - later) + abs(nth - earlier), (view.lines[later], view.lines[earlier])


def _compute_change(line: TableLine, pair: Pair, method: Method, place: int) -> ChangeResult | None:
    printed, later, earlier = line.get_figure(place), pair[0].get_figure(place), pair[1].get_figure(place)
    return method(printed, later, earlier) if printed and later and earlier else None


def _compute_difference(printed: Figure, later: Figure, earlier: Figure) -> ChangeResult | None:
    """Compute ``later - earlier``, in the unit of both."""
    if printed.quantity.unit is Unit.PERCENT and later.quantity.unit is not Unit.PERCENT:
        return None
    relation = Relation(printed, ((1, later), (-1, earlier)))
    balance = relation.compare_to_sum()
    mine = printed.quantity
    result = format_value(balance.expected / mine.scale, mine)
    repairs = () if balance.holds else relation.find_repairs()
    return ChangeResult(printed, later, earlier, balance.verdict, result, relation.format_computation(balance), repairs)


def _compute_relative_change(printed: Figure, later: Figure, earlier: Figure) -> ChangeResult | None:
    """Compute ``(later - earlier) / earlier``, in percent, or as a fraction for a figure without a unit."""
    mine, a, b = printed.quantity, later.quantity, earlier.quantity
    if Fraction(0) in b.interval or mine.unit is Unit.MONEY:
        return None
    possible = _HUNDRED * (a.interval / b.interval) - _HUNDRED
    expected = 100 * (a.value / b.value - 1)
    fraction = mine.unit is Unit.NUMBER and abs(expected) >= 1 > abs(mine.value)
    worth = Fraction(100 if fraction else 1)
    target = mine.interval * Interval.exact(worth)
    verdict = grade_difference(mine.value * worth, target, expected, possible, (mine.step * worth) ** 2)
    if verdict is Severity.IMPROBABLE:  # its spread does not include the two figures
        verdict = Severity.ROUNDING
    result = format_value(expected / worth, mine) + ("" if fraction else "%")
    computed = f"({a.text} - {b.text}) / {b.text} = {result}, printed {mine.text}"
    hint = possible * Interval.exact(1 / worth)
    repairs = (Repair(printed.cell.place, hint),) if verdict is Severity.ERROR else ()
    return ChangeResult(printed, later, earlier, verdict, result, computed, repairs)


_HUNDRED: Final = Interval.exact(100)


def _make_finding(change: ChangeResult, line: TableLine, pair: Pair, where: str) -> Finding:
    printed, later, earlier = change.printed, change.later, change.earlier
    return Finding(
        rule=RULE,
        severity=change.verdict or Severity.ROUNDING,
        message=(
            f"{line.label}{f' for {where}' if where else ''}: the change from {pair[1].label} "
            f"({earlier.quantity.text}) to {pair[0].label} ({later.quantity.text}) is {change.result}, "
            f"but {printed.quantity.text} is printed."
        ),
        quote=printed.cell.text,
        place=printed.cell.place,
        evidence=(later.cell.place, earlier.cell.place),
        computed=change.computed,
        readings=(f"{pair[0].label} less {pair[1].label}",),
        repairs=change.repairs,
    )
