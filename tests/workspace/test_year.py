"""A year of meetings in one go: read, held against everything, confirmed."""

import datetime as dt

import pytest
from django.urls import reverse

from moothall.importers.cell_values import Unreadable
from moothall.meetings.models import Meeting
from moothall.workspace.meetings.typed_days import Line, lines
from tests.errors import has_code
from tests.reading import banner, codes

pytestmark = pytest.mark.django_db
YEAR = reverse("workspace:year")
DAYS = "Monday 12 January 2015\n9/2/2015 at 2pm\n2015-03-09, Annual review\n"


@pytest.fixture
def form(panel):
    """What the first page sends."""
    return {"body": panel.pk, "time": "4.30pm", "minutes": "120", "days": DAYS}


def test_days_are_read_as_people_write_them():
    assert lines(DAYS) == [
        Line(dt.date(2015, 1, 12)),
        Line(dt.date(2015, 2, 9), dt.time(14)),
        Line(dt.date(2015, 3, 9), None, "Annual review"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        pytest.param(
            "Tuesday 12 January 2015", "other-weekday", ("1", "“Tuesday 12 January 2015”", "Monday"), id="weekday"
        ),
        pytest.param("12/1/2015\n31/2/2015", "no-such-date", ("2", "“31/2/2015”"), id="no such day"),
        pytest.param("soon", "not-a-date", ("1", "“soon”"), id="no day"),
        pytest.param("12/1/2015 at 25:00", "no-such-time", ("1", "“25:00”"), id="no such hour"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text, code, named):
    with pytest.raises(Unreadable, check=has_code(code, says=named)):
        lines(text)


def test_the_list_is_shown_before_anything_is_entered(desk, form, avonmere):
    before = Meeting.objects.of(avonmere).count()
    answer = desk.post(YEAR, form)
    assert answer.context["concerns"] == ()
    assert "govuk-warning-text" not in answer.text
    assert "Monday 9 February 2015" in answer.text
    assert Meeting.objects.of(avonmere).count() == before


def test_confirmed_they_are_all_entered(desk, form, avonmere):
    answer = desk.post(YEAR, {**form, "enter": "1"}, follow=True)
    assert "3" in banner(answer)
    found = Meeting.objects.of(avonmere).get(slug="2015-03-09")
    assert (found.title, found.when.hour) == ("Annual review", 16)


def test_what_speaks_against_a_day_has_to_be_ticked(desk, form, avonmere):
    form = {**form, "days": "25 December 2014"}
    shown = desk.post(YEAR, form)
    assert [each.against for each in shown.context["concerns"]] == ["day"]
    assert "25 December 2014" in shown.text
    assert "confirmed" in codes(desk.post(YEAR, {**form, "enter": "1"}))
    keys = [each.key for each in shown.context["concerns"]]
    assert desk.post(YEAR, {**form, "enter": "1", "confirmed": keys}).status_code == 302
    assert Meeting.objects.of(avonmere).filter(slug="2014-12-25").exists()


def test_the_list_can_be_changed_again(desk, form):
    answer = desk.post(YEAR, {**form, "again": "1"})
    assert "Monday 12 January 2015" in answer.text
    assert 'name="days"' in answer.text
