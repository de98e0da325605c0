"""The share of a group for which the figure for all is a mixture of the group and its complement."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from moothall.core.figures.findings import Repair
from moothall.core.figures.intervals import Interval
from moothall.core.figures.model import Quantity, Unit
from moothall.core.figures.tables.complements import Cohort, Member
from moothall.core.figures.tables.views import Figure

_UNIT = Interval(Fraction(0), Fraction(1))


def is_mixture(everyone: Member, cohort: Cohort) -> bool:
    """Return whether the line for all is a percentage or average of its groups, and not their sum."""
    line = everyone.line
    units = {cell.quantity.unit for cell in line.cells if cell.quantity}
    if not units or units & {Unit.COUNT, Unit.MONEY}:
        return False
    sums = mixed = 0
    for place in range(len(line.cells)):
        figures = [member.line.get_figure(place) for member in (everyone, cohort.group, cohort.complement)]
        values = [abs(figure.quantity.value) for figure in figures if figure]
        if len(values) == 3:
            sums += values[0] > max(values[1:]) and values[0] >= (values[1] + values[2]) * 9 / 10
            mixed += values[0] <= max(values[1:])
    return mixed >= sums


def find_group_share(whole: Quantity, one: Quantity, two: Quantity) -> Interval | None:
    """Return the shares w for which whole = w·one + (1-w)·two within rounding.

    Return None if every share fits, or none does. The bounds are exact: w is monotone in each of the three figures,
    so they are at corners of the box.
    """
    a, b, t = one.interval, two.interval, whole.interval
    if a.overlaps(b):
        return None
    if a.low < b.low:
        mirrored = _solve_share(t, b, a)
        found = Interval(1 - mirrored.high, 1 - mirrored.low)
    else:
        found = _solve_share(t, a, b)
    return found.intersect(_UNIT)


def _solve_share(t: Interval, a: Interval, b: Interval) -> Interval:
    """Return w = (t - b) / (a - b). ``a`` must be above ``b``."""

    def at(top: Fraction, high: Fraction, low: Fraction) -> Fraction:
        return (top - low) / (high - low)

    corners = [at(x, y, z) for x in (t.low, t.high) for y in (a.low, a.high) for z in (b.low, b.high)]
    return Interval(min(corners), max(corners))


def find_largest_common(shares: Sequence[Interval]) -> tuple[Interval, tuple[int, ...]]:
    """Return the values that most of the intervals have in common, and the indexes of those. Needs at least one."""
    best: tuple[int, ...] = ()
    for start in sorted(shares):
        inside = tuple(n for n, each in enumerate(shares) if start.low in each)
        if len(inside) > len(best):
            best = inside
    low = max(shares[n].low for n in best)
    high = min(shares[n].high for n in best)
    return Interval(low, high), best


def find_repairs(whole: Figure, one: Figure, two: Figure, common: Interval) -> tuple[Repair, ...]:
    """Return for each of the three cells the values that a share within ``common`` gives it."""
    t, a, b = (figure.quantity.interval for figure in (whole, one, two))
    rest = Interval(1 - common.high, 1 - common.low)
    found = [Repair(whole.cell.place, common * a + rest * b)]
    if common.low > 0:
        found.append(Repair(one.cell.place, (t - rest * b) / common))
    if rest.low > 0:
        found.append(Repair(two.cell.place, (t - common * a) / rest))
    return tuple(found)
