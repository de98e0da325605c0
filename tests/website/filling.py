"""A council with something on every page; made with the product's own verbs."""

import datetime as dt

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind, Membership
from moothall.forward_plan import actions as plans
from moothall.foundation.actors import Actor
from moothall.meetings import actions as meetings
from moothall.meetings.proposals import Proposal
from moothall.meetings.queries import concerns_about
from moothall.people import actions as people
from moothall.people.models import Attendance, Interest, Term
from tests.conftest import TODAY, moment

START = dt.date(2014, 5, 1)
Seat = Membership.Seat
NAMES = ("Anna Lee", "Ben Okafor", "Carys Pryce-Jones", "Dev Raman", "Eleanor Fitzwilliam-Haverstock")


def fill(council):
    """Two groups, a panel, a cabinet, a dissolved body, meetings in every state, interests, attendance."""
    by = Actor.operator(council, at=moment(TODAY))
    members = [_councillor(name, by) for name in NAMES]
    people.form_group(name="Green and Independent Group", members=members[:3], first_day=START, by=by)
    people.form_group(name="Riverside Alliance", members=members[3:], first_day=START, by=by)
    panel = _panel(members, by)
    _register(members[0], by)
    _officer(by)
    _ended_body(members[4], by)
    _outside(members[1], by)
    _meetings(panel, by)
    for number, day in enumerate((dt.date(2014, 9, 8), dt.date(2014, 10, 13))):
        how = Attendance.How.APOLOGIES if number else Attendance.How.PRESENT
        people.record_attendance(members[0], day=day, meeting="Children and Youth Panel", how=how, by=by)
    _plan(panel, by)
    return panel


def _plan(panel, by):
    plan = plans.create_plan(
        panel, title="Work plan of the panel", introduction="What the panel means to look at.", by=by
    )
    meeting = panel.meetings.get(slug="2014-12-08")
    officer = people.create_person(first_names="Rosa", last_name="Quill", phone="01225 555 123", by=by)
    first = plans.add_entry(plan, title="School places to 2020", meeting=meeting, authors=[officer], by=by)
    first = plans.publish_entry(first, by=by)
    plans.reschedule_entry(first, month=dt.date(2015, 2, 1), reason="The figures are late.", by=by)
    plans.publish_entry(plans.add_entry(plan, title="Youth clubs", meeting=meeting, by=by), by=by)
    plans.publish_entry(plans.add_entry(plan, title="Children's centres", by=by), by=by)
    gone = plans.publish_entry(plans.add_entry(plan, title="Bus passes", by=by), by=by)
    plans.withdraw_entry(gone, reason="The county decides this now.", by=by)
    plans.add_entry(plan, title="A secret draft", by=by)


def _councillor(name, by):
    first, _, last = name.rpartition(" ")
    person = people.create_person(first_names=first, last_name=last, email=f"{last.lower()}@avonmere.example", by=by)
    people.begin_term(person, office=Term.Office.COUNCILLOR, first_day=dt.date(2011, 5, 9), ward="Abbey", by=by)
    return person


def _panel(members, by):
    panel = bodies.create_body(
        name="Early Years, Children and Youth Scrutiny Panel",
        kind=Kind.SCRUTINY,
        first_day=START,
        remit="Looks at how children and young people fare, and at the services that the council pays for.",
        education=True,
        by=by,
    )
    panel = bodies.start_body(panel, by=by)
    for person, seat in zip(members[:3], (Seat.CHAIR, Seat.VICE_CHAIR, Seat.MEMBER), strict=True):
        bodies.appoint(panel, person=person, seat=seat, first_day=START, by=by)
    co_optee = people.create_person(first_names="Sam", last_name="Reed", honorific="Dr", by=by)
    people.begin_term(co_optee, office=Term.Office.CO_OPTED, first_day=START, by=by)
    bodies.appoint(panel, person=co_optee, seat=Seat.CO_OPTED, first_day=START, represents="Parent governors", by=by)
    return panel


def _register(person, by):
    people.register_interest(
        person,
        category=Interest.Category.LAND,
        description="A house in Mill Lane",
        first_day=dt.date(2011, 5, 9),
        by=by,
    )
    people.register_interest(
        person,
        category=Interest.Category.EMPLOYMENT,
        description="A hidden employer",
        first_day=dt.date(2011, 5, 9),
        sensitive_why="Threats were made",
        by=by,
    )


def _officer(by):
    officer = people.create_person(first_names="Nadia", last_name="Brook", by=by)
    post = people.create_post(title="Monitoring Officer", public=True, by=by)
    people.hold_post(post, person=officer, first_day=START, by=by)


def _ended_body(person, by):
    body = bodies.create_body(name="Riverbank Working Board", kind=Kind.BOARD, first_day=START, by=by)
    body = bodies.start_body(body, by=by)
    bodies.appoint(body, person=person, first_day=START, by=by)
    bodies.dissolve_body(body, last_day=dt.date(2014, 10, 31), by=by)


def _outside(person, by):
    body = bodies.create_outside_body(
        name="Avon Rivers Trust", first_day=START, purpose="Keeps the river clean and its banks open to all.", by=by
    )
    bodies.nominate(body, person=person, first_day=START, capacity="trustee", by=by)


def _meetings(panel, by):
    room = meetings.add_room(
        name="Council Chamber",
        address="Guildhall, High Street",
        getting_in="Lift from the yard.",
        first_day=START,
        by=by,
    )
    days = (
        dt.date(2014, 10, 13),
        dt.date(2014, 12, 8),
        dt.date(2015, 1, 19),
        dt.date(2015, 2, 23),
        dt.date(2015, 3, 23),
    )
    made = [enter(panel, day, by=by, room=room) for day in days]
    meetings.publish_agenda(meetings.call_meeting(made[1], by=by), at=moment(TODAY), by=by)
    meetings.cancel_meeting(made[2], reason="There is too little business.", by=by)
    meetings.postpone_meeting(made[3], reason="The hall is closed.", to=(dt.date(2015, 3, 2), dt.time(10)), by=by)
    meetings.postpone_meeting(made[4], reason="The chair is ill.", by=by)


def enter(body, day, *, by, **values):
    """A meeting of a body, whatever speaks against it."""
    proposal = Proposal(body=body, day=day, time=dt.time(16, 30), **values)
    confirmed = [each.key for each in concerns_about(by.council, [proposal], at=by.at)]
    return meetings.plan_meeting(body, proposal=proposal, confirmed=confirmed, by=by)
