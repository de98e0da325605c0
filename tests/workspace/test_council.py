"""Options, closure days and the audit log."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from moothall.foundation.councils.models import OwnDay
from moothall.foundation.councils.options import options
from moothall.meetings.models import Evaluation, Meeting
from tests.reading import banner, has_section, refusal, section

pytestmark = pytest.mark.django_db
DAYS, LOG, VERIFY = (reverse(f"workspace:{name}") for name in ("own-days", "log", "verify"))


def test_an_option_is_chosen_from_a_day_on(browser, administrator, avonmere):
    form = {"clear_days_basis": "calendar", "first_day": "2015-01-01", "reason": "Council, minute 41"}
    answer = browser(administrator).post(reverse("workspace:option", args=["clear_days_basis"]), form, follow=True)
    assert "Council, minute 41" in answer.text
    assert options(avonmere, dt.date(2014, 12, 31)).clear_days_basis == "working"
    assert options(avonmere, dt.date(2015, 1, 1)).clear_days_basis == "calendar"


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        pytest.param("speaking_notice_time", "4pm", dt.time(16), id="an hour"),
        pytest.param("clear_days", "", None, id="nothing"),
        pytest.param("call_in_days", "7", 7, id="a number"),
        pytest.param("maintains_roman_catholic_schools", "False", False, id="no"),
        pytest.param("brand_colour", "#112233", "#112233", id="a text"),
    ],
)
def test_every_kind_of_option_has_its_field(browser, administrator, avonmere, key, value, kept):
    form = {key: value, "first_day": "2014-11-24"}
    assert browser(administrator).post(reverse("workspace:option", args=[key]), form).status_code == 302
    assert getattr(options(avonmere, dt.date(2014, 11, 24)), key) == kept


def test_a_value_that_an_option_cannot_have_is_refused_at_its_field(browser, administrator, avonmere):
    form = {"brand_colour": "green", "first_day": "2014-11-24"}
    answer = browser(administrator).post(reverse("workspace:option", args=["brand_colour"]), form)
    assert 'href="#id_brand_colour"' in answer.text


def test_an_option_that_there_is_not_is_not_there(browser, administrator, avonmere):
    assert browser(administrator).get(reverse("workspace:option", args=["never-was"])).status_code == 404


def test_clk_03_a_closure_day_shows_what_it_moves_and_rewrites_nothing(desk, panel, avonmere):
    meeting = Meeting.objects.of(avonmere).get(slug="2014-12-08")
    kept = Evaluation.objects.of(avonmere).filter(meeting=meeting).count()
    form = {"day": "2014-12-02", "kind": "closure", "name": "Training"}
    answer = desk.post(reverse("workspace:add-own-day"), form, follow=True)
    moved = section(answer.text, "moved")
    assert re.search("agenda.*2014-11-28.*2014-11-27", moved)
    assert Evaluation.objects.of(avonmere).filter(meeting=meeting).count() == kept
    desk.post(reverse("workspace:reevaluate-deadlines"), {})
    assert not has_section(desk.get(DAYS).text, "moved")
    assert Evaluation.objects.of(avonmere).filter(meeting=meeting).count() > kept


def test_a_closure_day_is_taken_back_by_the_link_of_its_message(desk, avonmere):
    answer = desk.post(
        reverse("workspace:add-own-day"), {"day": "2014-12-24", "kind": "closure", "name": ""}, follow=True
    )
    undo = reverse("workspace:remove-own-day", args=[OwnDay.objects.of(avonmere).get().pk])
    assert undo in answer.text
    desk.post(undo, {"version": 1})
    assert not OwnDay.objects.of(avonmere).exists()


def test_the_log_is_filtered(browser, auditor, desk, panel):
    desk.post(reverse("workspace:propose-body"), {"name": "Licensing", "kind": "committee", "first_day": "2014-05-13"})
    client = browser(auditor)
    found = client.get(LOG, {"who": "haddad", "verb": "bodies.create_body", "thing": "bodies.Body"})
    assert found.context["page"].paginator.count == 1
    assert "Licensing" in found.text
    for narrowed in ({"who": "nobody"}, {"until": "2013-01-01"}):
        nothing = client.get(LOG, narrowed)
        assert nothing.context["page"].paginator.count == 0
        assert "Licensing" not in nothing.text


def test_the_log_is_verified(browser, auditor, panel):
    answer = browser(auditor).post(VERIFY)
    assert answer.context["found"].flaws == ()
    assert "govuk-notification-banner--success" in banner(answer)
    assert str(answer.context["found"].entries) in banner(answer)


def test_an_auditor_reads_the_log_and_changes_nothing(browser, auditor, panel):
    answer = browser(auditor).get(reverse("workspace:amend-body", args=[panel.slug]))
    assert refusal(answer) == "auditor-only-reads"
    assert browser(auditor).get(reverse("workspace:accounts")).status_code == 200
