"""Packs in which every figure is right, made from whole counts: nothing in them may be called an error."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._packs import format_rounded, make_pack
from moothall.core.figures import Severity, check_paper, read_paper


def graver_than_rounding(text):
    return [f.message for f in check_paper(read_paper(text)).findings if f.severity >= Severity.IMPROBABLE]


@settings(deadline=None, max_examples=40)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_consistent_pack_has_no_error(seed):
    assert graver_than_rounding(make_pack(seed).text()) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 400, 100))
def test_a_hundred_consistent_packs_have_no_error(first):
    found = {seed: graver_than_rounding(make_pack(seed).text()) for seed in range(first, first + 100)}
    assert {seed: messages for seed, messages in found.items() if messages} == {}


def test_a_consistent_pack_is_looked_at():
    seen = check_paper(read_paper(make_pack(1).text())).coverage
    assert min(seen.checked[kind] for kind in ("gap", "total", "change", "all between groups", "value")) > 3


counts = st.integers(min_value=0, max_value=5_000)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(counts, counts, counts), min_size=3, max_size=9))
def test_totals_of_whole_counts_are_no_error(rows):
    body = [f"Area {n}\t{a}\t{b}\t{c}\t{a + b + c}" for n, (a, b, c) in enumerate(rows)]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    total = "Total\t" + "\t".join(str(n) for n in (*sums, sum(sums)))
    assert graver_than_rounding("\n".join(["Area\t2012\t2013\t2014\tTotal", *body, total]) + "\n") == []


shares = st.tuples(st.integers(1, 800), st.integers(1, 800), st.fractions(0, 1), st.fractions(0, 1))


@settings(deadline=None, max_examples=60)
@given(st.lists(shares, min_size=2, max_size=6), st.integers(0, 1))
def test_gap_and_all_of_rounded_percentages_are_no_error(columns, places):
    rows = {"Girls": [], "Boys": [], "Gap": [], "All": []}
    for girls, boys, one, two in columns:
        passed = int(girls * one), int(boys * two)
        mine, theirs = 100 * passed[0] / Fraction(girls), 100 * passed[1] / Fraction(boys)
        everyone = 100 * sum(passed) / Fraction(girls + boys)
        for row, value in zip(rows.values(), (mine, theirs, abs(mine - theirs), everyone), strict=True):
            row.append(format_rounded(value, places))
    head = "% at L4+\t" + "\t".join(str(2001 + n) for n in range(len(columns)))
    table = [head, *("\t".join((name, *row)) for name, row in rows.items())]
    errors = [f for f in check_paper(read_paper("\n".join(table) + "\n")).findings if f.severity is Severity.ERROR]
    assert errors == []
