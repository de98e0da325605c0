"""Intervals: exact, closed, and never too narrow."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.core.figures.intervals import Interval, sum_intervals

values = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)
slacks = st.fractions(min_value=0, max_value=10, max_denominator=100)
intervals = st.builds(Interval.around, values, slacks)


def inside(interval, part):
    return interval.low + interval.width * part


parts = st.fractions(min_value=0, max_value=1, max_denominator=20)


@settings(deadline=None)
@given(intervals, intervals, parts, parts)
def test_every_result_of_values_within_lies_within_the_result(one, two, p, q):
    a, b = inside(one, p), inside(two, q)
    assert a + b in one + two
    assert a - b in one - two
    assert a * b in one * two
    assert abs(a) in abs(one)
    if not two.low <= 0 <= two.high:
        assert a / b in one / two


def test_both_ends_belong_to_it():
    shown = Interval.around(Fraction("41.4"), Fraction("0.05"))
    assert Fraction("41.35") in shown
    assert Fraction("41.45") in shown
    assert Fraction("41.46") not in shown


def test_division_by_what_may_be_nought_is_refused():
    with pytest.raises(ZeroDivisionError):
        Interval.exact(1) / Interval.around(0, 1)


def test_an_interval_cannot_run_backwards():
    with pytest.raises(ValueError, match=r"\b2\b.*\b1\b"):
        Interval(Fraction(2), Fraction(1))


def test_distance_is_nought_when_they_meet():
    assert Interval.around(1, 1).distance_to(Interval.around(3, 1)) == 0
    assert Interval.around(1, 1).distance_to(Interval.around(5, 1)) == 2


@settings(deadline=None)
@given(st.lists(intervals, max_size=6))
def test_the_total_holds_the_sum_of_the_middles(several):
    assert sum((each.middle for each in several), Fraction(0)) in sum_intervals(several)
