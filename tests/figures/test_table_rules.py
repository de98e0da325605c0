"""The table rules on the development pack, on generated tables, and what one changed figure does."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.core.figures import Severity, check_paper, read_paper
from moothall.core.figures.checks import load_rules
from tests.shared import needs_shared, shared

TABLE_RULES = [rule for rule in load_rules() if rule.RULE.startswith("table-")]


def found(text):
    return check_paper(read_paper(text), TABLE_RULES).findings


def every(findings):
    for finding in findings:
        yield finding
        yield from finding.also


@needs_shared
def test_of_69_gaps_that_differ_exactly_six_are_impossible():
    pack = read_paper(shared("papers", "banes-2014-11-24", "pack.txt"))
    gaps = [f for f in every(check_paper(pack, TABLE_RULES).findings) if f.rule == "table-gap"]
    assert Counter(f.severity for f in gaps) == {Severity.ROUNDING: 63, Severity.ERROR: 6}
    assert sorted(f.place.line for f in gaps if f.severity is Severity.ERROR) == [796, 855, 878, 878, 903, 914]


@needs_shared
def test_a_dropped_digit_is_one_finding_with_its_consequences():
    pack = read_paper(shared("papers", "banes-2014-11-24", "pack.txt"))
    (typo,) = [f for f in check_paper(pack, TABLE_RULES).findings if f.quote == "7" and f.place.line == 853]
    assert {f.rule for f in typo.also} == {"table-combined", "table-gap", "table-share"}
    assert "FSM / 2013 / M between 66 and 68" in typo.hint


def rounded(part, whole):
    return int(Fraction(100 * part, whole) + Fraction(1, 2))


counts = st.integers(min_value=20, max_value=400)


@st.composite
def cohort_tables(draw):
    """A table of two years and two subjects from whole numbers of girls and boys, every percentage rounded once."""
    cells = {}
    for year in ("2013", "2014"):
        girls, boys = draw(counts), draw(counts)
        for subject in ("Reading", "Writing"):
            g, b = draw(st.integers(0, girls)), draw(st.integers(0, boys))
            gap = int(abs(Fraction(100 * g, girls) - Fraction(100 * b, boys)) + Fraction(1, 2))
            cells[year, subject] = (rounded(g, girls), rounded(b, boys), gap, rounded(g + b, girls + boys))
    rows = zip(*cells.values(), strict=True)
    lines = ["% at L4+\t" + "\t".join(f"{subject} {year}" for year, subject in cells)]
    lines += [
        "\t".join((label, *map(str, row))) for label, row in zip(("Girls", "Boys", "Gap", "All"), rows, strict=True)
    ]
    return "\n".join(lines) + "\n"


@settings(deadline=None, max_examples=150)
@given(cohort_tables())
def test_a_table_worked_out_from_counts_has_no_error(text):
    assert [f for f in found(text) if f.severity is Severity.ERROR] == []


@st.composite
def budget_tables(draw):
    """Costs in pounds, printed in £000, with totals rounded from the unrounded figures."""
    width = draw(st.integers(1, 4))
    items = draw(st.lists(st.lists(st.integers(0, 9_000_000), min_size=width, max_size=width), min_size=2, max_size=8))
    totals = [sum(column) for column in zip(*items, strict=True)]
    lines = ["£000\t" + "\t".join(f"20{13 + n}/{14 + n}" for n in range(width))]
    lines += [f"Service {n}\t" + "\t".join(f"{(v + 500) // 1000:,}" for v in row) for n, row in enumerate(items)]
    lines.append("Total\t" + "\t".join(f"{(v + 500) // 1000:,}" for v in totals))
    return "\n".join(lines) + "\n"


@settings(deadline=None, max_examples=150)
@given(budget_tables())
def test_a_budget_rounded_to_thousands_has_no_error(text):
    assert [f for f in found(text) if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize("off", [-30, -2, 2, 30])
def test_a_gap_that_is_two_off_is_an_error(off):
    text = f"L4+\t2013\t2014\nFSM\t50\t60\nNON-FSM\t90\t91\nGap\t40\t{31 + off}\n"
    assert [f.severity for f in found(text)] == [Severity.ERROR]


@pytest.mark.parametrize("off", [-1, 1])
def test_a_gap_that_is_one_off_is_rounding(off):
    text = f"L4+\t2013\t2014\nFSM\t50\t60\nNON-FSM\t90\t91\nGap\t40\t{31 + off}\n"
    assert [f.severity for f in found(text)] == [Severity.ROUNDING]


def test_a_cell_wrong_in_row_and_column_is_one_finding():
    text = "£000\tQ1\tQ2\tTotal\nStaff\t100\t110\t210\nTravel\t20\t25\t45\nRent\t40\t93\t79\nTotal\t160\t174\t334\n"
    (finding,) = [f for f in found(text) if f.severity is Severity.ERROR]
    assert len(finding.also) == 1
    assert "Rent / Q2 between 38" in finding.hint


def test_an_id_survives_lines_put_in_above():
    text = "L4+\t2013\t2014\nFSM\t50\t60\nNON-FSM\t90\t91\nGap\t40\t51\n"
    (before,), (after,) = found(text), found("Some words of no account.\n\n" + text)
    assert before.id == after.id
    assert before.place.line != after.place.line


def test_subtotals_are_not_counted_twice():
    text = (
        "£000\tCost\tNote\n10\tRent\t\n20\tHeat\t\n30\tSub Total - Premises\t\n"
        "5\tFares\t\n7\tHotels\t\n12\tSub Total - Travel\t\n42\tTOTAL\t\n"
    )
    assert [f for f in found(text) if f.severity > Severity.ROUNDING] == []
