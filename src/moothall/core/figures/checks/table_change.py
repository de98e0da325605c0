"""A change, variance or increase is the difference of its two columns or rows, absolute or relative.

The two lines are found by a vote: the pair before the change (or the nearest after it) and the way of reckoning (later
less earlier, earlier less later, or either as a percentage of one) that fits at most places. At least three places and
three in four must fit before the others are held against it.

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

from moothall.core.figures.findings import Finding, Repair, Seen, Severity
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Paper, Unit
from moothall.core.figures.tables.arithmetic import judge, spoken
from moothall.core.figures.tables.relations import Relation, named
from moothall.core.figures.tables.views import Figure, Line, View, views

RULE: Final = "table-change"
ALIASES: Final = ()
SEVERITY: Final = Severity.ERROR
NEAR: Final = 5
FEWEST: Final = 3
MOST_PLACES: Final = 5_000  # of changes in one table: more are data, and trying every pair would cost too long

Pair = tuple[Line, Line]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A change at one place, reckoned one way: what it should be, and how the printed one stands to that."""

    printed: Figure
    later: Figure
    earlier: Figure
    verdict: Severity | None
    told: str
    computed: str
    repairs: tuple[Repair, ...]

    @property
    def holds(self) -> bool:
        """Whether rounding can explain it, or there is nothing to explain."""
        return self.verdict is None or self.verdict is Severity.ROUNDING


Way = Callable[[Figure, Figure, Figure], Reckoning | None]


def check(paper: Paper) -> Iterator[Finding | Seen]:
    """Check every change line of every table."""
    for table in paper.tables:
        for view in views(table):
            changes = [nth for nth, line in enumerate(view.lines) if line.says("change")]
            if len(changes) * view.length <= MOST_PLACES:
                for nth in changes:
                    yield from _change(view, nth)


def _change(view: View, nth: int) -> Iterator[Finding | Seen]:
    line = view.lines[nth]
    best = _best(view, nth)
    for place in range(view.length):
        if line.figure(place):
            reckoned = _reckon(line, best[0], best[1], place) if best else None
            yield Seen("change", checked=reckoned is not None)
            if best and reckoned and reckoned.verdict is not None:
                yield _finding(reckoned, line, best[0], named(view.cross[place]))


def _best(view: View, nth: int) -> tuple[Pair, Way] | None:
    """The pair and the way of reckoning that fit a change best; None when none fits well enough."""
    line = view.lines[nth]
    scored: list[tuple[int, int, int, Pair, Way]] = []
    for distance, pair in _near(view, nth):
        for way in (_difference, _relative):
            found = _tried(line, pair, way)
            holds = sum(r.holds for r in found)
            if holds >= FEWEST and holds * 4 >= len(found) * 3 and any(r.printed.quantity.value for r in found):
                scored.append((holds, -distance, -len(scored), pair, way))
    return max(scored, key=itemgetter(0, 1, 2))[3:] if scored else None


def _tried(line: Line, pair: Pair, way: Way) -> list[Reckoning]:
    """The change at every place, reckoned one way; given up once more than a quarter of the places do not fit."""
    found: list[Reckoning] = []
    fails = 0
    for place in range(len(line.cells)):
        reckoned = _reckon(line, pair, way, place)
        if reckoned:
            found.append(reckoned)
            fails += not reckoned.holds
            if fails * 4 > len(line.cells):
                return []
    return found


def _near(view: View, nth: int) -> Iterator[tuple[int, Pair]]:
    """The ordered pairs of lines around a change, with how far they are from it: later first."""
    near = [n for n in range(max(0, nth - NEAR), min(len(view.lines), nth + 2)) if n != nth]
    for later, earlier in permutations(reversed(near), 2):
        yield abs(nth - later) + abs(nth - earlier), (view.lines[later], view.lines[earlier])


def _reckon(line: Line, pair: Pair, way: Way, place: int) -> Reckoning | None:
    printed, later, earlier = line.figure(place), pair[0].figure(place), pair[1].figure(place)
    return way(printed, later, earlier) if printed and later and earlier else None


def _difference(printed: Figure, later: Figure, earlier: Figure) -> Reckoning | None:
    """``later - earlier``, in the unit of both."""
    if printed.quantity.unit is Unit.PERCENT and later.quantity.unit is not Unit.PERCENT:
        return None
    relation = Relation(printed, ((1, later), (-1, earlier)))
    balance = relation.weigh()
    mine = printed.quantity
    told = spoken(balance.expected / mine.scale, mine)
    repairs = () if balance.holds else relation.repairs()
    return Reckoning(printed, later, earlier, balance.verdict, told, relation.computed(balance), repairs)


def _relative(printed: Figure, later: Figure, earlier: Figure) -> Reckoning | None:
    """``(later - earlier) / earlier``, in percent, or as a fraction where the printed figure is a bare number."""
    mine, a, b = printed.quantity, later.quantity, earlier.quantity
    if Fraction(0) in b.interval or mine.unit is Unit.MONEY:
        return None
    possible = _HUNDRED * (a.interval / b.interval) - _HUNDRED
    expected = 100 * (a.value / b.value - 1)
    fraction = mine.unit is Unit.NUMBER and abs(expected) >= 1 > abs(mine.value)
    worth = Fraction(100 if fraction else 1)
    target = mine.interval * Interval.exact(worth)
    verdict = judge(mine.value * worth, target, expected, possible, (mine.step * worth) ** 2)
    if verdict is Severity.IMPROBABLE:  # its spread leaves out that of the two figures
        verdict = Severity.ROUNDING
    told = spoken(expected / worth, mine) + ("" if fraction else "%")
    computed = f"({a.text} - {b.text}) / {b.text} = {told}, printed {mine.text}"
    hint = possible * Interval.exact(1 / worth)
    repairs = (Repair(printed.cell.place, hint),) if verdict is Severity.ERROR else ()
    return Reckoning(printed, later, earlier, verdict, told, computed, repairs)


_HUNDRED: Final = Interval.exact(100)


def _finding(reckoned: Reckoning, line: Line, pair: Pair, where: str) -> Finding:
    printed, later, earlier = reckoned.printed, reckoned.later, reckoned.earlier
    return Finding(
        rule=RULE,
        severity=reckoned.verdict or Severity.ROUNDING,
        message=(
            f"{line.label}{f' for {where}' if where else ''}: from {pair[1].label} ({earlier.quantity.text}) to "
            f"{pair[0].label} ({later.quantity.text}) is {reckoned.told}, but {printed.quantity.text} is printed."
        ),
        quote=printed.cell.text,
        place=printed.cell.place,
        evidence=(later.cell.place, earlier.cell.place),
        computed=reckoned.computed,
        readings=(f"{pair[0].label} less {pair[1].label}",),
        repairs=reckoned.repairs,
    )
