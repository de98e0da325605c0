"""Lines that are sums, averages, quotients or relative changes of other lines, found by their figures alone.

The method is that of AggreCol (Jiang, Vitagliano, Hameed and Naumann, EDBT 2022). A sum is beside its terms, so a
line is compared with the lines next to it, one more at a time. Summed lines are then set aside, and the next round
finds sums of sums. A line is accepted if enough of its places agree, within rounding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Final

from moothall.core.figures.model import Quantity

LineFigures = Sequence[Quantity | None]
"""A line's figures in order, None where there is none."""

MOST_TERMS: Final = 60
ROUNDS: Final = 4
NEAR: Final = 5  # lines around a quotient in which its two lines are searched
SHARE: Final = Fraction(7, 10)
"""The share of a line's places that must agree."""
FEWEST: Final = 3  # places for quotients and changes, which are more likely to agree by chance


@dataclass(frozen=True, slots=True)
class Aggregation:
    """Line ``result`` is the ``operator`` (sum, average, quotient, change) of ``terms`` at ``places``."""

    operator: str
    result: int
    terms: tuple[int, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _IntegerLine:
    """A line as integers in units of the finest step of its table, with half the step of each figure."""

    values: tuple[int | None, ...]
    slack: tuple[int, ...]


def _convert_to_integers(lines: Sequence[LineFigures]) -> list[_IntegerLine]:
    finest = min((q.step for line in lines for q in line if q and q.step), default=Fraction(1))
    unit = finest / 2
    return [
        _IntegerLine(
            tuple(None if q is None else round(q.value / unit) for q in line),
            tuple(0 if q is None else round(q.step / 2 / unit) for q in line),
        )
        for line in lines
    ]


def find_aggregations(lines: Sequence[LineFigures]) -> Iterator[Aggregation]:
    """Yield every aggregation among lines of equal length, sums first."""
    ints = _convert_to_integers(lines)
    yield from _find_sums(ints)
    yield from _find_quotients(lines)


def _find_sums(lines: list[_IntegerLine]) -> Iterator[Aggregation]:
    active = [n for n, line in enumerate(lines) if any(value is not None for value in line.values)]
    seen: set[tuple[str, int, tuple[int, ...]]] = set()
    for _ in range(ROUNDS):
        found = [a for way in (1, -1) for a in _find_adjacent(lines, active, way)]
        fresh = [a for a in found if (a.operator, a.result, a.terms) not in seen]
        if not fresh:
            return
        yield from fresh
        seen.update((a.operator, a.result, a.terms) for a in fresh)
        gone = {term for a in fresh for term in a.terms} - {a.result for a in fresh}
        active = [n for n in active if n not in gone]


def _find_adjacent(lines: list[_IntegerLine], active: list[int], way: int) -> Iterator[Aggregation]:
    for at in range(len(active)):
        neighbours = active[at + 1 : at + 1 + MOST_TERMS] if way > 0 else active[max(0, at - MOST_TERMS) : at][::-1]
        found = _extend_run(lines, active[at], neighbours, "sum") or _extend_run(
            lines, active[at], neighbours, "average"
        )
        if found:
            yield found


@dataclass(slots=True)
class _RunningSum:
    """The running sum at one place: its total, its slack, and how many figures and non-zero figures it has."""

    place: int
    value: int
    own: int
    total: int = 0
    slack: int = 0
    known: int = 0
    filled: int = 0
    least: int | None = None
    most: int | None = None

    def add_line(self, line: _IntegerLine) -> None:
        value = line.values[self.place]
        if value is not None:
            self.total += value
            self.slack += line.slack[self.place]
            self.known += 1
            self.filled += value != 0
            self.least = value if self.least is None else min(self.least, value)
            self.most = value if self.most is None else max(self.most, value)

    def grade_fit(self, operator: str) -> int:
        """Return 0 if the line is not the sum or average, 1 if it may be by chance, 2 if it clearly is."""
        times = self.known if operator == "average" else 1
        room = self.own * times + self.slack
        if not self.known or abs(self.value * times - self.total) > room:
            return 0
        telling = self.filled > 1 and self.value and room * 8 < abs(self.value) * times
        if operator == "average":
            telling = telling and self.most is not None and self.least is not None and self.most - self.least > 2 * room
        return 2 if telling else 1


def _extend_run(lines: list[_IntegerLine], result: int, neighbours: list[int], operator: str) -> Aggregation | None:
    """Return the first run of neighbours whose sum or average is the line.

    A sum needs 2 neighbours at least, an average 3.
    """
    line = lines[result]
    sums = [_RunningSum(p, value, line.slack[p]) for p, value in enumerate(line.values) if value is not None]
    for count, n in enumerate(neighbours, start=1):
        for each in sums:
            each.add_line(lines[n])
        if count > (1 if operator == "sum" else 2):
            places = _find_agreeing_places(sums, operator)
            if places:
                return Aggregation(operator, result, tuple(neighbours[:count]), places)
    return None


def _find_agreeing_places(sums: list[_RunningSum], operator: str) -> tuple[int, ...]:
    """Return the places that agree, or () if too few agree or half of them may agree by chance."""
    allowed = int(len(sums) * (1 - SHARE))
    places, telling = [], 0
    for each in sums:
        fits = each.grade_fit(operator)
        if fits:
            places.append(each.place)
            telling += fits > 1
        else:
            allowed -= 1
            if allowed < 0:
                return ()
    return tuple(places) if telling and telling * 2 >= len(places) else ()


Rough = tuple[float, float] | None
"""A figure and half its step, as floats: enough to tell whether a quotient fits within rounding."""


def _find_quotients(lines: Sequence[LineFigures]) -> Iterator[Aggregation]:
    rough: list[list[Rough]] = [[(float(q.value), float(q.step) / 2) if q else None for q in line] for line in lines]
    for result, line in enumerate(rough):
        places = [p for p, figure in enumerate(line) if figure]
        if len(places) >= FEWEST:
            near = [n for n in range(max(0, result - NEAR), min(len(lines), result + NEAR + 1)) if n != result]
            for operator in ("quotient", "change"):
                found = [
                    (len(holds), -abs(result - pair[0]) - abs(result - pair[1]), pair, holds)
                    for pair in permutations(near, 2)
                    if (holds := _find_quotient_places(rough, line, pair, operator, places))
                ]
                if found and max(found)[0] >= SHARE * len(places):
                    *_, pair, holds = max(found)
                    yield Aggregation(operator, result, pair, holds)


def _find_quotient_places(
    lines: list[list[Rough]], line: list[Rough], pair: tuple[int, int], operator: str, places: list[int]
) -> tuple[int, ...]:
    """Return the places where a line is the quotient or change of the pair, or () if fewer than 3 clearly are."""
    top, bottom = lines[pair[0]], lines[pair[1]]
    allowed = int(len(places) * (1 - SHARE))
    found, telling = [], 0
    for p in places:
        printed, a, b = line[p], top[p], bottom[p]
        fits = _grade_ratio(printed, a[0] / b[0] - (operator == "change")) if printed and a and b and b[0] else 0
        if fits:
            found.append(p)
            telling += fits > 1
        else:
            allowed -= 1
            if allowed < 0:
                return ()
    return tuple(found) if telling >= FEWEST else ()


def _grade_ratio(printed: tuple[float, float], ratio: float) -> int:
    """Return 0 if a figure is not the ratio (plain or in percent), 1 if it may be by chance, 2 if it clearly is."""
    value, half = printed
    room = half * 1.02 + 1e-9 * abs(value)
    if abs(value - ratio) > room and abs(value - ratio * 100) > room:
        return 0
    return 2 if abs(value) >= 40 * half and value not in (1, 100) else 1
