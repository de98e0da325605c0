"""Every deadline found once more by plain counting, with bank holidays worked out from their own rules.

Nothing here uses the calendar that is tried: Easter is computed, holidays are placed and moved as the orders of their
years say, and a last day is the latest with enough days between, day after day.
"""

import datetime as dt
from functools import cache
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.core.clocks import LONDON, Basis, Calendar, Clock, Local, Nation, counts_as
from moothall.core.clocks.bank_holidays import FIRST_YEAR, LAST_YEAR, bank_holidays

D = dt.date
ONE = dt.timedelta(days=1)
EARLY = dt.datetime(1994, 11, 1, tzinfo=dt.UTC)
MOVED = {"May": {1995: D(1995, 5, 8), 2020: D(2020, 5, 8)}, "spring": {2002: D(2002, 6, 4), 2012: D(2012, 6, 4)}}
MOVED["spring"][2022] = D(2022, 6, 2)
EXTRA = {D(1999, 12, 31), D(2002, 6, 3), D(2011, 4, 29), D(2012, 6, 5), D(2022, 6, 3), D(2022, 9, 19), D(2023, 5, 8)}


def easter(year):
    """Easter Sunday, by the arithmetic of the Gregorian calendar."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, odd = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + week - 7 * ((golden + 11 * moon + 22 * week) // 451) + 114, 31)
    return D(year, month, day + 1)


def monday(day, step):
    """The first Monday from a day on, forwards or backwards."""
    return next(found for each in count() if (found := day + each * step).weekday() == 0)


@cache
def england(year):
    """The bank and public holidays of England, with substitutes for those at a weekend."""
    new_year, christmas = D(year, 1, 1), D(year, 12, 25)
    found = {new_year, christmas, christmas + ONE, easter(year) - 2 * ONE, easter(year) + ONE}
    found.add(MOVED["May"].get(year) or monday(D(year, 5, 1), ONE))
    found.add(MOVED["spring"].get(year) or monday(D(year, 5, 31), -ONE))
    found |= {monday(D(year, 8, 31), -ONE)} | {day for day in EXTRA if day.year == year}
    if new_year.weekday() >= 5:
        found.add(monday(new_year, ONE))
    substitutes = {4: (3,), 5: (2, 3), 6: (2,)}
    return found | {christmas + each * ONE for each in substitutes.get(christmas.weekday(), ())}


def is_counted(day, basis):
    if basis is Basis.CALENDAR:
        return True
    if day.weekday() == 6 or day in england(day.year):
        return False
    if basis is Basis.WORKING:
        return day.weekday() != 5
    in_break = (day.month, day.day) in {(12, 24), (12, 25), (12, 26)} or -3 <= (day - easter(day.year)).days <= 2
    return not in_break


def clear_days(first, last, basis):
    """How many days that count lie between two days; neither is one of them."""
    return sum(is_counted(first + each * ONE, basis) for each in range(1, (last - first).days))


def test_clk_08_the_bank_holidays_of_england_follow_from_their_rules():
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        assert {day for day in bank_holidays(Nation.ENGLAND) if day.year == year} == england(year)


EVERY_BASIS = pytest.mark.parametrize("basis", list(Basis))
HARD_YEARS = [1999, 2002, 2011, 2012, 2016, 2020, 2022, 2027]


@EVERY_BASIS
@pytest.mark.parametrize("number", [2, 3, 5, 28])
def test_clk_04_the_last_lawful_day_is_the_latest_with_enough_clear_days(basis, number):
    """MTG-01, MTG-02, MTG-16, PUB-02, for days of the years with moved and extra holidays."""
    clock = Clock(local={"meeting-notice": Local(count=number, basis=basis)})
    for year in HARD_YEARS:
        for event in (D(year, 1, 1) + each * ONE for each in range(0, 365, 7 if number == 28 else 3)):
            found = clock.deadline("meeting-notice", event).day
            assert is_counted(found, basis)
            assert clear_days(found, event, basis) == number
            later = (found + each * ONE for each in range(1, (event - found).days))
            assert not any(is_counted(day, basis) and clear_days(day, event, basis) >= number for day in later)


@EVERY_BASIS
def test_mtg_41_the_first_lawful_day_is_the_earliest_with_five_clear_days(basis):
    clock = Clock(local={"general-exception": Local(basis=basis)})
    for year in (2014, 2015, 2022, 2027):
        for event in (D(year, 1, 1) + each * ONE for each in range(0, 365, 2)):
            found = clock.deadline("general-exception", event).day
            assert is_counted(found, basis)
            assert clear_days(event, found, basis) == 5
            sooner = (event + each * ONE for each in range(1, (found - event).days))
            assert not any(is_counted(day, basis) and clear_days(event, day, basis) >= 5 for day in sooner)


def test_scr_03_and_pub_03_the_last_day_within_five_working_days_is_the_fifth_after():
    for year in (2014, 2015, 2022, 2027):
        for event in (D(year, 1, 1) + each * ONE for each in range(0, 365, 2)):
            found = Clock().deadline("call-in", event).day
            days = [event + each * ONE for each in range(1, (found - event).days + 1)]
            counted = [day for day in days if is_counted(day, Basis.WORKING)]
            assert (len(counted), counted[-1]) == (5, found)


MOMENTS = st.integers(0, 50 * 365 * 86400).map(lambda second: EARLY + dt.timedelta(seconds=second))


@given(moment=MOMENTS)
@settings(deadline=None)
def test_clk_07_a_publication_counts_as_the_first_working_day_whose_five_o_clock_is_not_past(moment):
    local = moment.astimezone(LONDON)
    ends = (dt.datetime.combine(local.date() + each * ONE, dt.time(17), LONDON) for each in count())
    first = next(end.date() for end in ends if end >= moment and is_counted(end.date(), Basis.WORKING))
    assert counts_as(moment, Calendar()) == first


@given(moment=MOMENTS, event=st.dates(D(2013, 1, 1), D(2044, 12, 1)))
@settings(deadline=None)
def test_mtg_14_what_counts_in_time_leaves_28_days_and_what_does_not_leaves_fewer(moment, event):
    moment = moment.replace(year=event.year, month=event.month, day=1) - dt.timedelta(days=20)
    day = counts_as(moment, Calendar())
    due = Clock().deadline("key-decision", event)
    assert (day <= due.day) is ((event - day).days - 1 >= 28)
    assert (day <= due.by) is (day <= due.day)
