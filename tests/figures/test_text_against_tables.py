"""Sentences set against the tables that they speak of, and against the rest of the paper."""

from __future__ import annotations

import pytest

from moothall.core.figures import Severity, check_paper, read_paper
from moothall.core.figures.checks import find_rule
from moothall.core.figures.claims.dimensions import read_label
from moothall.core.figures.claims.series import SeriesIndex, find_years

ERROR, SUSPICIOUS = Severity.ERROR, Severity.SUSPICIOUS

EYFS = """
EYFS | 2013 | 2014
FSM | 28 | 33
NON-FSM | 54 | 67
Gap | 26 | 34
GIRLS | 60 | 70
BOYS | 42 | 56
Gap | 18 | 14
ALL | 51 | 63
National | 52 | 60
"""
KS2 = """
L4+ | 2013 | | | 2014 | |
 | R | W | M | R | W | M
GIRLS | 92 | 91 | 88 | 94 | 93 | 89
BOYS | 85 | 78 | 85 | 91 | 83 | 90
Gap | 7 | 13 | 3 | 3 | 10 | 1
ALL | 88 | 84 | 86 | 92 | 88 | 89
National | 86 | 84 | 85 | 89 | 85 | 86
"""


def worst(name: str, text: str) -> Severity | None:
    found = check_paper(read_paper(text), [find_rule(name)]).findings
    return max((finding.severity for finding in found), default=None)


def early_years(sentence: str) -> str:
    return f"Foundation Stage\n\nThe share of girls was 60% in 2013. {sentence}\n{EYFS}"


def juniors(sentence: str) -> str:
    return f"Key Stage 2\n\nAttainment at L4+\n\n{sentence}\n{KS2}"


DIRECTIONS = [
    ("narrowed where it widened", early_years("The gap between FSM and non-FSM has narrowed."), ERROR),
    ("widened where it widened", early_years("The gap between FSM and non-FSM has widened."), None),
    ("improved where it fell", juniors("Boys' attainment dipped in reading and writing."), ERROR),
    ("all subjects rose", juniors("Girls' attainment improved in all core subjects."), None),
    ("gaps of all subjects narrowed", juniors("The gaps between girls and boys narrowed in all subjects."), None),
    (
        "one gap of the list widened",
        juniors("The gaps between girls and boys narrowed in reading and increased in writing."),
        ERROR,
    ),
    ("a wish is no statement", early_years("We will ensure that the gap between FSM and non-FSM has narrowed."), None),
    ("taken back", early_years("The gap between FSM and non-FSM has not narrowed."), None),
    ("of something not in the table", early_years("The gap between SEN and non-SEN has narrowed."), None),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=i) for i, t, e in DIRECTIONS])
def test_a_direction_is_set_against_its_table(text: str, expected: Severity | None) -> None:
    assert worst("direction-against-table", text) is expected


CHANGES = [
    ("too small a change", juniors("Attainment in writing improved by 2%."), ERROR),
    ("the change", juniors("Attainment in writing improved by 4%."), None),
    ("one point off is rounding", juniors("Attainment in mathematics improved by 2%."), None),
    ("the change of another place", juniors("Reading improved by 4% compared to 1% at national."), ERROR),
    ("both changes", juniors("Reading improved by 4% compared to 3% at national."), None),
    ("a list of changes", juniors("It improved by 4% in reading, 4% in writing and 6% in mathematics."), ERROR),
    ("a list of true changes", juniors("It improved by 4% in reading, 4% in writing and 3% in mathematics."), None),
    ("a difference is no change", juniors("The boys outperformed the girls in mathematics by 1%."), None),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=i) for i, t, e in CHANGES])
def test_a_change_is_set_against_its_table(text: str, expected: Severity | None) -> None:
    assert worst("change-against-table", text) is expected


VALUES = [
    ("another value", juniors("At level 4+ pupils achieved 95% in reading."), ERROR),
    ("the value", juniors("At level 4+ pupils achieved 92% in reading."), None),
    ("the value of the year before", juniors("At level 4+ pupils achieved 88% in reading in 2013."), None),
    ("two values side by side", juniors("Writing stands above the national average (80% compared to 85%)."), ERROR),
    ("both values side by side", juniors("Writing stands above the national average (88% compared to 85%)."), None),
    ("a threshold is no value", juniors("The floor standard for reading at L4+ is 65%."), None),
    ("about leaves it alone", juniors("At level 4+ about 95% of pupils achieved in reading."), None),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=i) for i, t, e in VALUES])
def test_a_value_is_set_against_its_table(text: str, expected: Severity | None) -> None:
    assert worst("value-against-table", text) is expected


RIVALS = [
    ("behind in one of them", juniors("The girls outperformed the boys in reading and mathematics."), ERROR),
    ("ahead", juniors("The girls outperformed the boys in reading and writing."), None),
    ("ahead by another amount", juniors("The girls outperformed the boys in writing by 25%."), ERROR),
    ("ahead by the amount", juniors("The girls outperformed the boys in writing by 10%."), None),
    ("above national by another amount", juniors("Attainment in reading is 14% above national."), ERROR),
    ("above national by the amount", juniors("Attainment in reading is 3% above national."), None),
    ("the year named", juniors("In 2013 the girls outperformed the boys in mathematics."), None),
    ("below national", juniors("Attainment in reading is below national."), ERROR),
    ("above national", juniors("Attainment in reading is above national."), None),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=i) for i, t, e in RIVALS])
def test_who_is_ahead_is_set_against_its_table(text: str, expected: Severity | None) -> None:
    assert worst("rivals-against-table", text) is expected


def test_faster_in_proportion_alone_is_enough() -> None:
    table = "\nEYFS | 2013 | 2014\nFSM | 10 | 15\nNON-FSM | 60 | 67\n"
    text = "Foundation Stage\n\nThe rate of improvement for FSM pupils is faster than for non-FSM pupils.\n"
    assert worst("faster-than", text + table) is None


def test_a_break_of_method_ends_a_run_of_years() -> None:
    text = (
        "Post 16\n\nPoints per learner improved by 13.3 points. This is the third successive year of improvement.\n\n"
    )
    table = "Indicator | 2012 | 2013 | 2014 | 2015 methodology\nPoints per learner | 694.6 | 690.3 | 765.3 | 778.6\n"
    other = "Points per entry | 211.0 | 211.1 | 214.7 | 214.7\n"
    assert worst("successive-years", text + table + other) is None


def test_another_report_s_table_makes_a_statement_only_suspicious() -> None:
    first = "TITLE:\tMinutes\n\nFoundation Stage\n\nThe gap between FSM and non-FSM has narrowed.\n\n"
    second = f"TITLE:\tPerformance\n\nFoundation Stage\n\nThe figures follow.\n{EYFS}"
    assert worst("direction-against-table", first + second) in (SUSPICIOUS, None)


def test_a_column_that_is_not_understood_is_offered_to_no_sentence() -> None:
    table = "\nL4+ | Reading | Rank\nALL | 88 | 4\nGIRLS | 92 | 3\n"
    found = SeriesIndex(read_paper("Key Stage 2\n\nThe figures follow.\n" + table)).all
    assert all("column" in s.facets for s in found if s.get_last().quantity.value in (3, 4))


def test_a_gap_row_knows_its_pair() -> None:
    gaps = [series for series in SeriesIndex(read_paper(early_years("It rose."))).all if series.gap]
    assert [(gap.facets["group"], len(gap.points)) for gap in gaps] == [("FSM", 2), ("girls", 2)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("2013", (2013,)),
        ("2013/14", (2014,)),
        ("07/08", (2008,)),
        ("2013 Key Stage 1 Results", (2013,)),
        ("Reading", ()),
    ],
)
def test_a_header_names_its_year(header: str, expected: tuple[int, ...]) -> None:
    assert find_years(header) == expected


@pytest.mark.parametrize(
    ("label", "dimension", "expected"),
    [
        ("R, W&M", "subject", "reading, writing and mathematics combined"),
        ("NON-FSM", "group", "NON-FSM"),
        ("National (state-funded)", "place", "national"),
        ("Attainment at Level 2b+", "level", "l2b+"),
        ("M", "subject", "mathematics"),
    ],
)
def test_a_label_is_understood(label: str, dimension: str, expected: str) -> None:
    assert read_label(label)[dimension] == expected


PAPERS = [
    ("over-hundred", "more than all", "In all 105.4% of children were offered a place.", ERROR),
    ("over-hundred", "all", "In all 100% of children were offered a place.", None),
    ("over-hundred", "of a target", "We reached 105% of the target for homes.", None),
    (
        "shared-denominator",
        "the odd one of three",
        "There were 1,722 [99.83%] first. Then 133 [7.17%] next. Then 29 [1.56%] last.",
        SUSPICIOUS,
    ),
    (
        "shared-denominator",
        "three of one whole",
        "There were 1,722 [92.83%] first. Then 133 [7.17%] next. Then 29 [1.56%] last.",
        None,
    ),
    ("numbering", "a number left out", "4.1 One thing.\n4.2 Two things.\n4.4 Four things.", ERROR),
    ("numbering", "a number used twice", "4.1 One thing.\n4.2 Two things.\n4.2 Other things.\n4.3 More.", ERROR),
    ("numbering", "numbers in order", "4.1 One thing.\n4.2 Two things.\n4.3 Three things.", None),
    ("numbering", "amounts are no numbers", "1.1 million people.\n1.2 million people.\n1.4 million people.", None),
    (
        "numbering",
        "a contents list before",
        "4.1 One ......... 3\n4.2 Two ......... 4\n\n4.1 One thing.\n4.2 Two things.",
        None,
    ),
    (
        "references",
        "a table beyond the last",
        "Table 1 Pay\n\nTable 2 Fuel\n\nTable 3 Rent\n\nWe refer to Table 7 below.",
        SUSPICIOUS,
    ),
    (
        "references",
        "a table that is there",
        "Table 1 Pay\n\nTable 2 Fuel\n\nTable 3 Rent\n\nWe refer to Table 2 below.",
        None,
    ),
    (
        "references",
        "an Act's schedule",
        "Table 1 Pay\n\nTable 2 Fuel\n\nTable 3 Rent\n\nSee Table 7 of the Regulations.",
        None,
    ),
    ("attachments", "not in a single report", "A glossary of terms is also attached.", None),
    ("contact-numbers", "one number in two forms", "Ann Archer 01225 395108\n\nAnn Archer (01225) 395108", None),
    ("contact-numbers", "two numbers", "Ann Archer 01225 395108\n\nAnn Archer 01225 395100", SUSPICIOUS),
    ("contact-numbers", "two people share a number", "Ann Archer 01225 395108\n\nBen Butler 01225 395108", None),
]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [pytest.param(name, text, expected, id=f"{name}-{title}") for name, title, text, expected in PAPERS],
)
def test_a_paper_gets_the_grade_that_it_deserves(name: str, text: str, expected: Severity | None) -> None:
    assert worst(name, text) is expected
