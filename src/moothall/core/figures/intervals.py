"""Closed intervals of exact fractions: the values that a rounded figure may stand for.

The idea is from XBRL Calculations 1.1: rounded values are intervals, and a sum is consistent if the intervals
overlap. Both ends are included, because a paper does not say how it rounded halves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """All values from ``low`` to ``high``, both included. ``low <= high``."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval cannot run from {self.low} down to {self.high}")

    @classmethod
    def exact(cls, value: Fraction | int) -> Interval:
        """Return the interval of one value."""
        whole = value if isinstance(value, Fraction) else Fraction(value)
        return cls(whole, whole)

    @classmethod
    def around(cls, value: Fraction | int, slack: Fraction | int) -> Interval:
        """Return the values within ``slack`` (not negative) of ``value``."""
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
        """Return the quotient. Raise ``ZeroDivisionError`` if the divisor may be 0."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be nought")
        return self * Interval(1 / other.high, 1 / other.low)

    def __contains__(self, value: Fraction | int) -> bool:
        return self.low <= value <= self.high

    @property
    def middle(self) -> Fraction:
        """Return the value half-way between the ends."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> Fraction:
        """Return the distance between the ends."""
        return self.high - self.low

    def overlaps(self, other: Interval) -> bool:
        """Return whether some value is in both intervals."""
        return self.low <= other.high and other.low <= self.high

    def intersect(self, other: Interval) -> Interval | None:
        """Return the values that are in both intervals, or None."""
        return Interval(max(self.low, other.low), min(self.high, other.high)) if self.overlaps(other) else None

    def distance_to(self, other: Interval) -> Fraction:
        """Return the distance between two intervals, or 0 if they overlap."""
        return max(Fraction(0), self.low - other.high, other.low - self.high)

    def widen(self, slack: Fraction | int) -> Interval:
        """Return the interval with ``slack`` added at both ends."""
        return Interval(self.low - slack, self.high + slack)


def sum_intervals(intervals: Iterable[Interval]) -> Interval:
    """Return the sum of intervals, or 0 if there are none."""
    low = high = Fraction(0)
    for each in intervals:
        low, high = low + each.low, high + each.high
    return Interval(low, high)
