"""The days of a year of meetings, suggested by a pattern or by the year before, and read again as they are written."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.meetings import actions as meetings
from moothall.meetings.models import Meeting, Period
from moothall.workspace.meetings.recurrence import LAST, every, monthly, year_after
from moothall.workspace.meetings.typed_days import Line, lines, written

YEAR = reverse("workspace:year")
TUESDAY = 1
DAYS = st.dates(dt.date(2012, 1, 1), dt.date(2030, 12, 31))


def test_every_second_tuesday_begins_with_the_first_one_in_the_time():
    found = every(2, TUESDAY, dt.date(2015, 1, 1), dt.date(2015, 2, 10))
    assert list(found) == [dt.date(2015, 1, 6), dt.date(2015, 1, 20), dt.date(2015, 2, 3)]


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (1, [dt.date(2015, 1, 6), dt.date(2015, 2, 3), dt.date(2015, 3, 3)]),
        (4, [dt.date(2015, 1, 27), dt.date(2015, 2, 24), dt.date(2015, 3, 24)]),
        (LAST, [dt.date(2015, 1, 27), dt.date(2015, 2, 24), dt.date(2015, 3, 31)]),
    ],
    ids=["first", "fourth", "last"],
)
def test_each_month_on_the_same_tuesday(which, found):
    assert list(monthly(which, TUESDAY, dt.date(2015, 1, 1), dt.date(2015, 3, 31))) == found


@settings(deadline=None)
@given(DAYS, st.integers(0, 6), st.integers(1, 4) | st.just(LAST))
def test_each_month_has_one_such_day_and_it_is_that_weekday(first, weekday, which):
    last = first + dt.timedelta(days=365)
    found = list(monthly(which, weekday, first, last))
    assert {day.weekday() for day in found} == {weekday}
    assert len({(day.year, day.month) for day in found}) == len(found) >= 11
    assert all(first <= day <= last for day in found)


@settings(deadline=None)
@given(DAYS)
def test_a_year_later_is_the_same_weekday(day):
    (later,) = year_after([day])
    assert later.weekday() == day.weekday()
    assert 363 <= (later - day).days <= 366


@settings(deadline=None)
@given(st.lists(st.builds(Line, DAYS, st.none() | st.times().map(lambda each: each.replace(second=0, microsecond=0)))))
def test_a_list_that_was_written_reads_the_same(found):
    assert lines(written(found)) == sorted(found, key=lambda each: (each.day, each.time or dt.time()))


@pytest.fixture
def asked(desk, panel):
    """What the page of the year answers to a pattern."""
    base = {"body": panel.pk, "which": "2", "weeks": "2", "weekday": "1", "how": "monthly"}
    base |= {"first_day": "2015-04-01", "last_day": "2015-09-30"}
    return lambda **other: desk.get(YEAR, {**base, **other})


@pytest.mark.django_db
class TestThePage:
    """What the page makes of a pattern."""

    def test_the_days_are_filled_in_with_the_usual_hour_and_room_and_nothing_is_written(self, asked, avonmere):
        before = Meeting.objects.of(avonmere).count()
        answer = asked()
        begun = answer.context["form"].initial
        assert begun["days"].splitlines()[0] == "Tuesday 14 April 2015"
        assert (begun["time"], begun["minutes"]) == (dt.time(16, 30), 120)
        assert len(begun["days"].splitlines()) == 6
        assert re.search(r"\b6\b", answer.context["told"])
        assert Meeting.objects.of(avonmere).count() == before

    def test_what_was_filled_in_can_be_entered_as_it_is(self, asked, desk, avonmere):
        begun = asked(last_day="2015-04-30").context["form"].initial
        form = {**begun, "body": begun["body"].pk, "time": "16:30", "enter": "1"}
        assert desk.post(YEAR, form).status_code == 302
        assert Meeting.objects.of(avonmere).filter(day=dt.date(2015, 4, 14)).exists()

    def test_bank_holidays_and_recesses_are_left_out_unless_they_are_asked_for(self, asked, operator):
        day = dt.date(2015, 8, 10)
        last = dt.date(2015, 8, 31)
        meetings.add_period(kind=Period.Kind.RECESS, name="Summer", first_day=day, last_day=last, by=operator)
        every_monday = {"how": "weeks", "weeks": "1", "weekday": "0"}
        held = asked(**every_monday).context["form"].initial["days"]
        assert "6 April 2015" not in held  # Easter Monday
        assert "17 August 2015" not in held
        assert "3 August 2015" in held
        assert "17 August 2015" in asked(**every_monday, whole="on").context["form"].initial["days"]

    def test_last_year_is_copied_without_what_was_cancelled(self, asked, panel):
        begun = asked(how="before", first_day="2015-09-01", last_day="2016-03-31").context["form"].initial
        assert begun["days"].splitlines() == [
            "Monday 12 October 2015",
            "Monday 7 December 2015",
            "Monday 29 February 2016 at 10:00",
        ]

    def test_a_time_that_ends_before_it_begins_is_told_and_the_form_stays_open(self, asked):
        answer = asked(last_day="2015-01-01")
        assert 'href="#suggest_last_day_day"' in answer.text
        assert '<details class="govuk-details" open>' in answer.text

    def test_a_pattern_without_days_is_told(self, asked):
        answer = asked(last_day="2015-04-02")
        assert answer.context["told"] in answer.text
        assert not answer.context["form"].initial.get("days")

    def test_the_page_of_a_body_leads_to_its_year_with_its_usual_hour(self, desk, panel):
        assert f"{YEAR}?body={panel.slug}" in desk.get(reverse("workspace:body", args=[panel.slug])).text
        begun = desk.get(YEAR, {"body": panel.slug}).context["form"].initial
        assert (begun["body"], begun["time"]) == (panel, dt.time(16, 30))

    def test_a_body_of_another_council_is_not_there(self, desk, brackwater, panel):
        assert "body" not in desk.get(YEAR, {"body": "never-was"}).context["form"].initial
