"""What speaks against another day is shown before a meeting or an entry is moved there."""

import datetime as dt

import pytest
from django.urls import reverse

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind
from moothall.forward_plan import actions as plans
from moothall.forward_plan.models import Entry
from moothall.meetings import actions as meetings
from moothall.meetings.models import Meeting
from tests.conftest import moment
from tests.website.filling import START, enter

pytestmark = pytest.mark.django_db


def go(name, thing):
    return reverse(f"workspace:{name}", args=[thing.pk])


def points(answer):
    """What a page shows with a box to tick."""
    return [str(label) for _, label in answer.context["form"].fields["confirmed"].widget.choices]


@pytest.fixture
def december(panel):
    """The panel's meeting of 8 December 2014."""
    return Meeting.objects.of(panel.council).get(slug="2014-12-08")


def moved(meeting, day, **other):
    return {"day": day, "time": "10:00", "reason": "The hall.", "version": meeting.version, **other}


def test_a_meeting_moved_to_a_holiday_within_its_notice_is_asked_about_and_then_moved(desk, december):
    answer = desk.post(go("move-meeting", december), moved(december, "2014-11-30"))
    assert answer.status_code == 200
    assert any("Sunday 30 November 2014" in each for each in points(answer))
    assert any("Friday 21 November 2014" in each for each in points(answer))
    assert Meeting.objects.of(december.council).get(pk=december.pk).day == dt.date(2014, 12, 8)
    desk.post(go("move-meeting", december), moved(december, "2014-11-30", confirmed=points(answer)))
    assert Meeting.objects.of(december.council).get(pk=december.pk).day == dt.date(2014, 11, 30)


def test_a_tick_at_one_point_is_no_tick_at_another(desk, december):
    first = points(desk.post(go("move-meeting", december), moved(december, "2014-11-30")))
    answer = desk.post(go("move-meeting", december), moved(december, "2014-11-30", confirmed=first[:1]))
    assert answer.status_code == 200
    assert points(answer) == first


def test_a_meeting_moved_to_a_day_that_nothing_speaks_against_is_moved_at_once(desk, december):
    assert desk.post(go("move-meeting", december), moved(december, "2014-12-15")).status_code == 302


def test_a_notice_of_the_old_day_has_to_be_given_once_more(desk, december, operator):
    meetings.give_notice(december, at=operator.at, by=operator)
    answer = desk.post(go("move-meeting", december), moved(december, "2014-12-15"))
    (point,) = points(answer)
    assert "Friday 5 December 2014" in point


def test_an_agenda_that_is_out_is_no_reason_against_an_earlier_day(desk, december):
    answer = desk.post(go("move-meeting", december), moved(december, "2014-11-28"))
    assert not any("agenda" in each for each in points(answer))


def test_a_postponement_asks_for_the_new_day_only_if_there_is_one(desk, december):
    form = {"reason": "Snow.", "version": december.version}
    answer = desk.post(go("postpone-meeting", december), {**form, "to": "2014-12-25", "time": "10:00"})
    assert any("Christmas" in each for each in points(answer))
    assert desk.post(go("postpone-meeting", december), form).status_code == 302


def test_a_cancelled_meeting_is_planned_again_after_a_look_at_its_day(desk, december, operator):
    off = meetings.cancel_meeting(december, reason="Snow.", by=operator)
    enter(bodies_other(operator), dt.date(2014, 12, 8), by=operator, place="Guildhall")
    assert desk.post(go("reinstate-meeting", off), {"version": off.version}).status_code == 302


def bodies_other(operator):
    found = bodies.create_body(name="Licensing Committee", kind=Kind.COMMITTEE, first_day=START, by=operator)
    return bodies.start_body(found, by=operator)


@pytest.fixture
def decision(panel, operator):
    """A key decision of the cabinet for 14 January 2015, of which notice was given in time."""
    cabinet = bodies.create_body(name="Cabinet", kind=Kind.CABINET, first_day=START, by=operator)
    cabinet = bodies.start_body(cabinet, by=operator)
    for day in (dt.date(2014, 12, 3), dt.date(2015, 1, 14), dt.date(2015, 2, 11)):
        enter(cabinet, day, by=operator, place="Guildhall")
    plan = plans.create_plan(cabinet, title="Forward plan", documents_from="The Guildhall.", by=operator)
    meeting = cabinet.meetings.get(day=dt.date(2015, 1, 14))
    what = {"title": "A new school", "matter": "Where", "key": Entry.Key.MONEY, "key_note": "£4m"}
    entry = plans.publish_entry(plans.add_entry(plan, meeting=meeting, by=operator, **what), by=operator)
    plans.give_key_notice(entry, at=moment(operator.today), by=operator)
    return entry


def rescheduled(entry, day):
    meeting = entry.plan.body.meetings.get(day=day)
    return {"meeting": meeting.pk, "reason": "Sooner.", "version": entry.version}


def test_mtg_14_a_key_decision_moved_to_within_28_days_of_its_notice_is_asked_about(desk, decision):
    answer = desk.post(go("reschedule-entry", decision), rescheduled(decision, dt.date(2014, 12, 3)))
    (point,) = points(answer)
    assert "MTG-14" in point
    form = {**rescheduled(decision, dt.date(2014, 12, 3)), "confirmed": [point]}
    assert desk.post(go("reschedule-entry", decision), form).status_code == 302


def test_a_key_decision_moved_to_a_later_meeting_is_moved_at_once(desk, decision):
    form = rescheduled(decision, dt.date(2015, 2, 11))
    assert desk.post(go("reschedule-entry", decision), form).status_code == 302


def test_a_meeting_of_the_cabinet_brought_forward_tells_of_the_decisions_planned_for_it(desk, decision):
    answer = desk.post(go("move-meeting", decision.meeting), moved(decision.meeting, "2014-12-10"))
    assert any("“A new school”" in each and "MTG-14" in each for each in points(answer))
