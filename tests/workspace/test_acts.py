"""What is done in the workspace: forms call verbs, refusals stand where they belong, nobody overwrites another."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from moothall.bodies.actions import amend_body
from moothall.bodies.models import Body
from moothall.meetings.models import Meeting
from moothall.people.models import Person
from moothall.workspace.action_pages import BY_NAME
from tests.reading import banner, codes, refusal

pytestmark = pytest.mark.django_db
NEW_BODY = {"name": "Licensing Committee", "kind": "committee", "first_day": "2014-05-13", "remit": "Licences"}


def go(name, *which):
    return reverse(f"workspace:{name}", args=which)


def amended(body, **other):
    """What the form of a body sends."""
    names = ("name", "remit", "quorum_numerator", "quorum_denominator", "quorum_minimum", "version")
    return {**{name: getattr(body, name) for name in names}, "balanced": "on", **other}


def test_a_body_is_entered_and_its_page_tells_so(desk, avonmere):
    answer = desk.post(go("propose-body"), NEW_BODY, follow=True)
    assert answer.redirect_chain == [(go("body", "licensing-committee"), 302)]
    assert str(BY_NAME["propose-body"].done) in banner(answer)
    assert Body.objects.of(avonmere).get().name == "Licensing Committee"


def test_what_a_form_lacks_is_told_above_it_and_at_the_field(desk, avonmere):
    answer = desk.post(go("propose-body"), {**NEW_BODY, "name": ""})
    assert codes(answer) == {"name": ["required"]}
    assert answer.text.count(answer.context["form"].errors["name"][0]) == 2
    assert 'href="#id_name"' in answer.text
    assert not Body.objects.of(avonmere).exists()


def test_a_rule_that_refuses_stands_at_the_field_that_it_names(desk, avonmere):
    answer = desk.post(go("propose-body"), {**NEW_BODY, "kind": "sub-committee"})
    assert answer.status_code == 200
    assert 'href="#id_parent"' in answer.text
    assert codes(answer) == {"parent": ["parent-missing"]}


def test_two_people_who_edit_see_what_each_of_them_wants_and_nothing_is_lost(desk, panel, operator):
    form = amended(panel, remit="All that I know.")
    amend_body(panel, remit="What somebody else wrote.", by=operator)
    answer = desk.post(go("amend-body", panel.slug), form)
    assert answer.status_code == 409
    assert re.search(r"\d\d:\d\d, \d+ \w+ \d{4}", banner(answer))
    assert "What somebody else wrote." in answer.text
    assert "All that I know." in answer.text
    assert Body.objects.of(panel.council).get(pk=panel.pk).remit == "What somebody else wrote."


def test_saving_again_after_the_comparison_takes_the_place_of_what_was_there(desk, panel, operator):
    amend_body(panel, remit="What somebody else wrote.", by=operator)
    renewed = amended(panel, remit="Both of us agreed.", version=panel.version)
    stale = desk.post(go("amend-body", panel.slug), {**renewed, "version": panel.version - 1})
    assert f'name="version" value="{panel.version}"' in stale.text
    assert desk.post(go("amend-body", panel.slug), renewed).status_code == 302
    assert Body.objects.of(panel.council).get(pk=panel.pk).remit == "Both of us agreed."


def test_a_button_that_refuses_says_why(desk, clerk, panel):
    answer = desk.get(go("body", panel.slug))
    assert 'aria-disabled="true"' in answer.text
    verdict = BY_NAME["start-body"].verdict(clerk, panel)
    assert verdict.code == "wrong-state"
    assert re.search(rf'id="[^"]+-why">{re.escape(verdict.reason)}</p>', answer.text)


def test_a_member_gets_the_reason_instead_of_the_form(browser, panel, anna, administrator, desk):
    browser(administrator).post(go("open-account", anna.slug), {"email": "anna@avonmere.example"})
    member = browser(SimpleNamespace(account_id=Person.objects.of(anna.council).get(pk=anna.pk).account_id))
    answer = member.get(go("amend-body", panel.slug))
    assert refusal(answer) == "other-role-needed"
    assert member.post(go("amend-body", panel.slug), amended(panel, name="Mine")).status_code == 403


def test_what_is_not_there_for_somebody_answers_404(browser, auditor, desk, brackwater):
    assert desk.get(go("log")).status_code == 404
    assert desk.get(go("body", "never-was")).status_code == 404
    assert browser(auditor).get(go("log")).status_code == 200


def test_somebody_is_appointed_moved_to_another_place_and_taken_off(desk, panel, avonmere):
    person = Person.objects.of(avonmere).get(last_name="Raman")
    form = {"person": person.pk, "seat": "member", "first_day": "2014-06-01"}
    assert desk.post(go("appoint", panel.slug), form).status_code == 302
    row = panel.memberships.get(person=person)
    desk.post(go("move-to-seat", row.pk), {"seat": "substitute", "first_day": "2014-07-01"})
    moved = panel.memberships.get(person=person, seat="substitute")
    desk.post(go("end-membership", moved.pk), {"last_day": "2014-09-30", "version": moved.version})
    assert panel.memberships.get(pk=moved.pk).last_day == dt.date(2014, 9, 30)


def test_a_meeting_is_cancelled_and_the_message_offers_to_take_it_back(desk, panel, avonmere):
    meeting = Meeting.objects.of(avonmere).get(slug="2014-12-08")
    form = {"reason": "There is snow.", "version": meeting.version}
    answer = desk.post(go("cancel-meeting", meeting.pk), form, follow=True)
    undo = go("reinstate-meeting", meeting.pk)
    assert undo in answer.text
    cancelled = Meeting.objects.of(avonmere).get(pk=meeting.pk)
    desk.post(undo, {"version": cancelled.version})
    assert Meeting.objects.of(avonmere).get(pk=meeting.pk).state == "planned"


def test_what_is_hard_to_take_back_warns_before(desk, panel):
    answer = desk.get(go("dissolve-body", panel.slug))
    assert "govuk-warning-text" in answer.text
    assert "govuk-button--warning" in answer.text


def test_an_extraordinary_meeting_needs_a_purpose(desk, panel):
    form = {"kind": "extraordinary", "day": "2014-12-15", "time": "10am", "minutes": "60", "remote": "no"}
    answer = desk.post(go("plan-meeting", panel.slug), form)
    assert 'href="#id_purpose"' in answer.text
    answer = desk.post(go("plan-meeting", panel.slug), {**form, "purpose": "The school fire"}, follow=True)
    assert str(BY_NAME["plan-meeting"].done) in banner(answer)


def test_a_meeting_on_a_sunday_asks_for_a_tick_before_it_is_entered(desk, panel, avonmere):
    form = {"kind": "ordinary", "day": "2014-12-14", "time": "10:00", "minutes": "60", "remote": "no"}
    answer = desk.post(go("plan-meeting", panel.slug), form)
    (key,) = answer.context["form"].fields["confirmed"].widget.choices
    assert "Sunday 14 December 2014" in key[1]
    assert key[1] in answer.text
    assert desk.post(go("plan-meeting", panel.slug), {**form, "confirmed": key[0]}).status_code == 302
