"""Closed intervals of exact fractions: what a printed, rounded figure may have been before rounding.

The idea is that of XBRL Calculations 1.1 (rounded values are intervals; a sum is consistent when the intervals
overlap). Both ends are closed, because a paper does not say which way its halves were rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """All values from ``low`` to ``high``, both included; ``low <= high``."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval cannot run from {self.low} down to {self.high}")

    @classmethod
    def exact(cls, value: Fraction | int) -> Interval:
        """The interval of one value."""
        whole = value if isinstance(value, Fraction) else Fraction(value)
        return cls(whole, whole)

    @classmethod
    def around(cls, value: Fraction | int, slack: Fraction | int) -> Interval:
        """The values within ``slack`` (not negative) of ``value``."""
        middle = value if isinstance(value, Fraction) else Fraction(value)
        return cls(middle - slack, middle + slack) if slack else cls(middle, middle)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return Interval(Fraction(0), max(-self.low, self.high))

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; ``ZeroDivisionError`` when the divisor may be nought."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be nought")
        return self * Interval(1 / other.high, 1 / other.low)

    def __contains__(self, value: Fraction | int) -> bool:
        return self.low <= value <= self.high

    @property
    def middle(self) -> Fraction:
        """The value half-way."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> Fraction:
        """How far it runs."""
        return self.high - self.low

    def overlaps(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def intersect(self, other: Interval) -> Interval | None:
        """The values that lie in both, or None."""
        return Interval(max(self.low, other.low), min(self.high, other.high)) if self.overlaps(other) else None

    def distance_to(self, other: Interval) -> Fraction:
        """How far apart the two are: 0 when they meet."""
        return max(Fraction(0), self.low - other.high, other.low - self.high)

    def widen(self, slack: Fraction | int) -> Interval:
        """The interval with ``slack`` more on both sides."""
        return Interval(self.low - slack, self.high + slack)


def sum_intervals(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals; nought for none."""
    low = high = Fraction(0)
    for each in intervals:
        low, high = low + each.low, high + each.high
    return Interval(low, high)
