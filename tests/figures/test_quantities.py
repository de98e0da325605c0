"""Quantities in text and cells: value, unit, precision, role, hedge, readings."""

from fractions import Fraction

import pytest

from moothall.core.figures.model import Hedge, Place, Role, Unit
from moothall.core.figures.quantities import find_quantities, find_unit, read_cell

HERE = Place("", 1)


def only(text):
    found = find_quantities(text)
    assert len(found) == 1, [(q.text, q.unit) for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "step"),
    [
        pytest.param("It was 41.4% then.", "41.4", Unit.PERCENT, "0.1", id="percent with a decimal"),
        pytest.param("It was 63 per cent then.", "63", Unit.PERCENT, "1", id="per cent in words"),
        pytest.param("It fell 2 percentage points.", "2", Unit.PERCENTAGE_POINTS, "1", id="percentage points"),
        pytest.param("In all £9m is needed.", "9000000", Unit.MONEY, "1000000", id="money in millions"),
        pytest.param("In all £261,000 is needed.", "261000", Unit.MONEY, "1", id="money in full"),
        pytest.param("In all £1.75bn is needed.", "1750000000", Unit.MONEY, "10000000", id="money in billions"),
        pytest.param("It costs £20k a year.", "20000", Unit.MONEY, "1000", id="money in thousands"),
        pytest.param("There were 1,855 children.", "1855", Unit.COUNT, "0", id="count"),
        pytest.param("A gain of 13.3 points.", "13.3", Unit.POINTS, "0.1", id="score points"),
        pytest.param("The rate is 54.2 per 10,000 children.", "54.2", Unit.RATE, "0.1", id="rate"),
        pytest.param("There are twenty-one schools.", "21", Unit.COUNT, "0", id="number words"),
        pytest.param("Two hundred and fifty children came.", "250", Unit.COUNT, "0", id="hundreds in words"),
        pytest.param("The change was -4.5% overall.", "-4.5", Unit.PERCENT, "0.1", id="signed"),
    ],
)
def test_a_figure_is_exact_and_knows_its_precision(text, value, unit, step):
    found = only(text)
    assert (found.value, found.unit, found.step) == (Fraction(value), unit, Fraction(step))


@pytest.mark.parametrize(
    ("text", "unit", "parts"),
    [
        pytest.param("15 out of 21 schools agreed.", Unit.RATIO, (15, 21), id="out of"),
        pytest.param("6 of the 10 schools agreed.", Unit.RATIO, (6, 10), id="of the"),
        pytest.param("We are 4th of 15 authorities.", Unit.RANK, (4, 15), id="rank"),
        pytest.param("Boys rank 4 of 5LAs.", Unit.RANK, (4, 5), id="rank glued to its noun"),
        pytest.param("About 130-140 places are needed.", Unit.RANGE, (130, 140), id="range"),
        pytest.param("It gives £20k- £40k a year.", Unit.RANGE, (20000, 40000), id="range of money"),
        pytest.param("Children aged 5-11 years came.", Unit.AGE, (5, 11), id="ages"),
        pytest.param("Girls 69/52 nationally.", Unit.RATIO, (69, 52), id="pair"),
        pytest.param("They pay two thirds of it.", Unit.RATIO, (2, 3), id="fraction in words"),
    ],
)
def test_a_figure_of_several_parts_keeps_them(text, unit, parts):
    found = only(text)
    assert found.unit is unit
    assert tuple(part.value for part in found.parts) == parts


@pytest.mark.parametrize(
    ("text", "first", "kind"),
    [
        pytest.param("on 24th November 2014", (2014, 11, 24), "day", id="day"),
        pytest.param("on Monday, 24th November, 2014", (2014, 11, 24), "day", id="day with weekday"),
        pytest.param("on 24/11/2014", (2014, 11, 24), "day", id="day in figures"),
        pytest.param("in November 2014", (2014, 11, 1), "month", id="month"),
        pytest.param("in 2014", (2014, 1, 1), "year", id="year"),
        pytest.param("in 2013/14", (2013, 1, 1), "split year", id="split year"),
        pytest.param("for 2013-2014", (2013, 1, 1), "split year", id="split year in full"),
    ],
)
def test_dates_and_years_are_periods(text, first, kind):
    when = only(text).when
    assert when is not None
    assert ((when.first.year, when.first.month, when.first.day), when.kind) == (first, kind)


def test_a_weekday_is_kept_with_its_date():
    assert only("on Monday, 24th November, 2014").when.weekday == "monday"


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 40% passed", Hedge.ABOUT),
        ("just under 40% passed", Hedge.JUST_UNDER),
        ("at least 40% passed", Hedge.AT_LEAST),
        ("more than 40% passed", Hedge.OVER),
        ("40% passed", Hedge.NONE),
    ],
)
def test_a_hedge_is_kept(text, hedge):
    assert only(text).hedge is hedge


def test_from_and_to_are_roles():
    roles = [q.role for q in find_quantities("It improved from 51% to 63%.")]
    assert roles == [Role.FROM, Role.TO]


@pytest.mark.parametrize("text", ["It improved by 4%.", "A gap of 16%.", "The gap (23%) is wide.", "It is 7% lower."])
def test_percent_of_a_difference_keeps_both_readings(text):
    assert only(text).readings == (Unit.PERCENTAGE_POINTS, Unit.PERCENT)


def test_compared_to_is_no_target():
    assert [q.role for q in find_quantities("80% compared to 79%")] == [Role.VALUE, Role.VALUE]


@pytest.mark.parametrize(
    "text", ["KS2 tests", "5 A*-C", "at L2b+", "call 01225 395108", "see www.a.uk/2014", "a 1:1 talk"]
)
def test_names_and_codes_are_no_figures(text):
    assert [q for q in find_quantities(text) if q.unit is not Unit.REFERENCE] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("95%", "95"),
        ("6.", "6"),
        ("(1,234)", "-1234"),
        ("-4.5", "-4.5"),
        ("£12.5m", "12500000"),
        ("56.1 (state-funded)", "56.1"),
        ("78.6*", "78.6"),
        ("1 234", "1234"),
        (".5", "0.5"),
    ],
)
def test_a_cell_is_read_as_accounts_print_it(text, value):
    assert read_cell(text, HERE).value == Fraction(value)


@pytest.mark.parametrize("text", ["", "n/a", "x", "£000", "Gap", "1 of 2", "12 November", "1.2.3", "9" * 400])
def test_a_cell_without_a_figure_has_none(text):
    assert read_cell(text, HERE) is None


def test_a_header_gives_unit_and_scale():
    found = read_cell("1,536", HERE, header=find_unit("2015-16 Saving £000"))
    assert (found.value, found.step, found.scale, found.unit) == (1536000, 1000, 1000, Unit.MONEY)


def test_a_second_figure_in_brackets_is_kept():
    assert read_cell("12 (34%)", HERE).parts[0].value == 34


@pytest.mark.parametrize(
    "text",
    ["1," * 20_000, "9" * 100_000, "1-" * 20_000, "one hundred and " * 5000, "at least " * 10_000 + "5%", "£" * 50_000],
    ids=["commas", "digits", "dashes", "words", "hedges", "pounds"],
)
def test_hostile_text_is_scanned_in_linear_time(text):
    assert isinstance(find_quantities(text), list)
