"""Comparison of a printed figure with its expected value, within rounding.

Handbook rules DAT-02 and DAT-04: a difference or sum of rounded figures is consistent with a rounded result if their
intervals overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from moothall.core.figures.findings import Severity
from moothall.core.figures.intervals import Interval, sum_intervals
from moothall.core.figures.model import Quantity

FAR_END = 12
"""A squared deviation is at the edge above this number of variances: 3.5 standard deviations (12.25 = 3.5²)."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A printed figure compared with its expected value. ``verdict`` is None if they are equal."""

    expected: Fraction
    possible: Interval
    verdict: Severity | None

    @property
    def holds(self) -> bool:
        """Return whether the figures are equal or rounding explains the difference."""
        return self.verdict is None or self.verdict is Severity.ROUNDING


def compare_to_terms(printed: Quantity, terms: Sequence[tuple[int, Quantity]], *, absolute: bool = False) -> Balance:
    """Compare ``printed`` with the sum of signed ``terms``. With ``absolute``, ignore the sign of the sum."""
    expected = sum((sign * term.value for sign, term in terms), Fraction(0))
    possible = sum_intervals(term.interval if sign > 0 else -term.interval for sign, term in terms)
    spread = sum((term.step**2 for _, term in terms), printed.step**2)
    if absolute:
        expected, possible = abs(expected), abs(possible)
    target = abs(printed.interval) if absolute else printed.interval
    value = abs(printed.value) if absolute else printed.value
    return Balance(expected, possible, grade_difference(value, target, expected, possible, spread))


def grade_difference(
    value: Fraction, printed: Interval, expected: Fraction, possible: Interval, spread: Fraction
) -> Severity | None:
    """Return the grade of a printed value. ``spread`` is the sum of the squared steps of all figures used."""
    if value == expected:
        return None
    if not printed.overlaps(possible):
        return Severity.ERROR
    far = (value - expected) ** 2 * 12 > FAR_END * spread
    return Severity.IMPROBABLE if far else Severity.ROUNDING


def format_value(value: Fraction, like: Quantity | None = None) -> str:
    """Return a value with at most 2 decimals more than ``like`` was printed with, without trailing zeros."""
    places = 2 if like is None or not like.step else _count_places(like.step / like.scale) + 2
    scaled = round(value * 10**places)
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), 10**places)
    decimals = f"{part:0{places}d}".rstrip("0") if places else ""
    return f"{sign}{whole:,}" + (f".{decimals}" if decimals else "")


def _count_places(step: Fraction) -> int:
    places = 0
    while step.denominator != 1 and places < 9:
        step, places = step * 10, places + 1
    return places
