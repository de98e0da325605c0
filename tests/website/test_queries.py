"""How many questions a page asks the database: as many with three of everything as with one."""

import datetime as dt

import pytest

from moothall.bodies import actions as bodies
from moothall.bodies.models import Body, Kind, Membership
from moothall.forward_plan import actions as plans
from moothall.people import actions as people
from moothall.people.models import Attendance, Interest, Person, Term
from tests.website.filling import START, enter

pytestmark = pytest.mark.django_db
QUERIES = {
    "/": 9,
    "/calendar/": 7,
    "/calendar/2014/": 7,
    "/calendar.ics": 3,
    "/bodies/": 3,
    "/outside-bodies/": 5,
    "/people/": 8,
    "/people/anna-0/": 12,
    "/forward-plan/": 3,
    "/panel-0/": 14,
    "/panel-0/2014-12-01/": 12,
    "/panel-0/forward-plan/": 9,
    "/panel-0/forward-plan/1/": 8,
}


def grow(number, by):
    """One more of everything; the first body, person and meeting get one more of all that they have."""
    panel = bodies.start_body(
        bodies.create_body(name=f"Panel {number}", kind=Kind.SCRUTINY, first_day=START, by=by), by=by
    )
    plans.create_plan(panel, title=f"Plan {number}", by=by)
    first = panel if number == 0 else Body.objects.of(by.council).get(slug="panel-0")
    people_of(number, first, panel, by)
    meeting = enter(first, dt.date(2014, 12, 1) + dt.timedelta(days=7 * number), by=by)
    for each in range(2):
        entry = plans.add_entry(first.plan, title=f"Entry {number} {each}", meeting=None if each else meeting, by=by)
        plans.publish_entry(entry, by=by)


def people_of(number, first, panel, by):
    """A councillor more, who sits on the first panel; and the first councillor sits on one more."""
    pair = [people.create_person(first_names=name, last_name=str(number), by=by) for name in ("Anna", "Ben")]
    for person in pair:
        people.begin_term(person, office=Term.Office.COUNCILLOR, first_day=START, by=by)
        bodies.appoint(first, person=person, first_day=START, by=by)
        people.record_attendance(person, day=START, meeting="Panel", how=Attendance.How.PRESENT, by=by)
    people.form_group(name=f"Group {number}", members=pair, first_day=START, by=by)
    anna = pair[0] if number == 0 else Person.objects.of(by.council).get(slug="anna-0")
    if panel != first:
        bodies.appoint(panel, person=anna, seat=Membership.Seat.MEMBER, first_day=START, by=by)
    people.register_interest(
        anna, category=Interest.Category.LAND, description=f"House {number}", first_day=START, by=by
    )
    outside = bodies.create_outside_body(name=f"Trust {number}", first_day=START, places=2, by=by)
    for person in pair:
        bodies.nominate(outside, person=person, first_day=START, by=by)


@pytest.fixture(params=[1, 3], ids=["one of everything", "three of everything"])
def grown(request, operator):
    """A council with one, or with three, of everything."""
    for number in range(request.param):
        grow(number, operator)


@pytest.mark.parametrize("path", QUERIES)
def test_a_page_asks_no_more_with_three_than_with_one(grown, browse, django_assert_num_queries, path):
    with django_assert_num_queries(QUERIES[path]):
        assert browse(path).status_code == 200
