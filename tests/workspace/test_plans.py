"""The forward plan and the deadlines of meetings, as a clerk keeps them in the workspace."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind, Membership
from moothall.bodies.queries import education_findings
from moothall.forward_plan.models import Entry, Plan, Request
from moothall.forward_plan.queries import notice_clocks
from moothall.foundation.translation import READER
from moothall.meetings.models import Meeting
from moothall.meetings.queries import timeline
from moothall.people.models import Person
from moothall.workspace.action_pages import BY_NAME
from tests.conftest import TODAY, moment
from tests.reading import banner, codes
from tests.website.filling import START, enter

pytestmark = pytest.mark.django_db


def go(name, *which):
    return reverse(f"workspace:{name}", args=which)


@pytest.fixture
def cabinet(panel, operator):
    """The cabinet, with a plan of its own and a meeting."""
    found = bodies.create_body(name="Cabinet", kind=Kind.CABINET, first_day=START, by=operator)
    found = bodies.start_body(found, by=operator)
    enter(found, operator.today.replace(month=12, day=3), by=operator, place="Guildhall")
    return found


@pytest.fixture
def entry(desk, cabinet):
    """A published key decision of the cabinet that comes without its 28 days."""
    desk.post(
        go("create-plan", cabinet.slug),
        {"title": "Forward plan", "prefix": "E", "documents_from": "From the Guildhall."},
    )
    plan = Plan.objects.of(cabinet.council).get(body=cabinet)
    form = {"title": "A new school", "matter": "Where", "key": "money", "key_note": "£4m", "decision_maker": "Cabinet"}
    desk.post(go("add-entry", plan.pk), {**form, "meeting": cabinet.meetings.get().pk})
    found = Entry.objects.of(cabinet.council).get(plan=plan)
    desk.post(go("publish-entry", found.pk), {"version": found.version})
    return found


def test_scr_04_documents_open_and_not_are_kept_apart(desk, panel):
    plan = Plan.objects.of(panel.council).get(body=panel)
    form = {"title": "Roads", "documents": "A map | https://avonmere.example/map\n", "closed_documents": "A bid"}
    desk.post(go("add-entry", plan.pk), form)
    found = Entry.objects.of(panel.council).get(title="Roads")
    assert [(each.title, each.address, each.open) for each in found.documents.all()] == [
        ("A map", "https://avonmere.example/map", True),
        ("A bid", "", False),
    ]
    shown = desk.get(go("amend-entry", found.pk)).text
    assert "A map | https://avonmere.example/map" in shown


def test_an_entry_is_for_a_month_until_there_is_a_meeting(desk, panel):
    plan = Plan.objects.of(panel.council).get(body=panel)
    desk.post(go("add-entry", plan.pk), {"title": "Roads", "month": "March 2015"})
    assert str(Entry.objects.of(panel.council).get(title="Roads").aim) == "March 2015"
    answer = desk.post(go("add-entry", plan.pk), {"title": "Lamps", "month": "soon"})
    assert list(codes(answer)) == ["month"]


def test_slippage_is_shown_with_its_reasons(desk, panel):
    found = Entry.objects.of(panel.council).get(title="School places to 2020")
    answer = desk.get(go("entry", found.pk))
    told = re.search(r".*8 December 2014.*February 2015.*\b2\b.*", answer.text)[0]
    assert re.search(r"\b2\b", told.partition("February 2015")[2])
    assert "The figures are late." in answer.text


def test_mtg_14_notice_given_late_is_recorded_and_seen_to_be_late(desk, entry):
    form = {"at": "2014-11-20", "hour": "10:00"}
    answer = desk.post(go("give-key-notice", entry.pk), form, follow=True)
    assert str(BY_NAME["give-key-notice"].done) in banner(answer)
    assert [each.in_time for each in notice_clocks(entry)] == [False]
    assert "govuk-tag--red" in answer.text


def test_mtg_14_the_general_exception_is_recorded(desk, entry, operator, panel):
    chair = Person.objects.of(panel.council).get(last_name="Lee")
    form = {
        "at": "2014-11-24",
        "hour": "9am",
        "told": chair.pk,
        "told_on": "2014-11-24",
        "reasons": "The roof fell in.",
    }
    answer = desk.post(go("claim-general-exception", entry.pk), form, follow=True)
    assert str(BY_NAME["claim-general-exception"].done) in banner(answer)
    assert "The roof fell in." in answer.text


def test_mtg_15_special_urgency_agreed_by_someone_without_the_office_is_refused(desk, entry, panel):
    nobody = Person.objects.of(panel.council).exclude(memberships__seat=Membership.Seat.CHAIR).first()
    form = {"at": "2014-11-24", "hour": "10:00", "agreed_by": nobody.pk, "agreed_on": "2014-11-24"}
    form |= {"office": "scrutiny-chair", "reasons": "It is urgent."}
    answer = desk.post(go("claim-special-urgency", entry.pk), form)
    assert answer.status_code == 200
    assert "agreed_by" in answer.context["form"].errors


def test_mtg_15_special_urgency_is_refused_while_the_general_exception_would_do(desk, entry, panel):
    chair = Person.objects.of(panel.council).get(last_name="Lee")
    form = {"at": "2014-11-24", "hour": "9am", "agreed_by": chair.pk, "agreed_on": "2014-11-24"}
    answer = desk.post(
        go("claim-special-urgency", entry.pk), {**form, "office": "scrutiny-chair", "reasons": "It is urgent."}
    )
    assert codes(answer) == {"at": ["time-for-general-exception"]}
    assert 'href="#id_at_day"' in answer.text


def test_scr_05_what_a_minute_asks_for_stands_on_the_plan_until_it_is_answered(desk, panel):
    plan = Plan.objects.of(panel.council).get(body=panel)
    meeting = Meeting.objects.of(panel.council).get(slug="2014-10-13")
    form = {"meeting": meeting.pk, "minute": "12", "asked": "A note on buses", "open_minute": "on"}
    desk.post(go("record-request", plan.pk), form)
    assert "A note on buses" in desk.get(go("plan", plan.pk)).text
    asked = Request.objects.of(panel.council).get()
    answer = desk.post(go("close-request", asked.pk), {"outcome": "Sent.", "version": asked.version}, follow=True)
    assert go("reopen-request", asked.pk) in answer.text


def test_clk_07_an_agenda_published_after_the_cut_off_counts_as_the_next_working_day(desk, panel, operator):
    meeting = enter(panel, operator.today.replace(month=12, day=1), by=operator, place="Guildhall")
    form = {"at": "2014-11-21", "hour": "18:00", "where": "On the website"}
    answer = desk.post(go("publish-agenda", meeting.pk), form, follow=True)
    assert str(BY_NAME["publish-agenda"].done) in banner(answer)
    assert meeting.acts.get().counts_as == operator.today


def test_every_deadline_explains_itself(desk, panel):
    meeting = Meeting.objects.of(panel.council).get(slug="2014-12-08")
    answer = desk.get(go("meeting", meeting.pk))
    explained = [each.explained(READER) for each in timeline(meeting, at=moment(TODAY))]
    assert len(explained) > 3
    assert [each for each in explained if escape(each) not in " ".join(answer.text.split())] == []


def test_mtg_23_the_balance_page_shows_every_step_and_each_principle(desk, panel):
    groups = {"group_none": ""}
    desk.post(go("allocate-seats", panel.slug), {**groups, "first_day": "2014-05-01"})
    answer = desk.get(go("balance"))
    assert "Green and Independent Group 1.80" in answer.text
    assert answer.text.count("govuk-tag--green") == 4


def test_seats_are_given_to_groups_and_held_against_the_principles(desk, panel):
    form = {"first_day": "2014-05-01"}
    names = [name for name in desk.get(go("allocate-seats", panel.slug)).context["form"].fields if "group_" in name]
    form |= dict(zip(names, ("3", "0", "0"), strict=True))
    desk.post(go("allocate-seats", panel.slug), form)
    answer = desk.get(go("balance"))
    (broken,) = (each for each in answer.context["found"].principles if each.letter == "a")
    assert not broken.kept
    assert "Early Years, Children and Youth Scrutiny Panel" in broken.text
    assert escape(broken.text) in answer.text
    assert "govuk-tag--red" in answer.text


def test_a_substitute_and_a_co_optee_have_the_vote_that_the_law_gives(desk, panel, new_person):
    person = new_person("Rev Faith Abbott")
    form = {"person": person.pk, "seat": "co-opted", "first_day": "2014-06-01", "votes": "education_only"}
    desk.post(go("appoint", panel.slug), {**form, "nominator": "church-of-england"})
    row = panel.memberships.get(person=person)
    assert (row.votes, row.nominator) == (Membership.Votes.EDUCATION, "church-of-england")
    assert "no-diocesan-nominee" not in {each.code for each in education_findings(panel, TODAY)}
