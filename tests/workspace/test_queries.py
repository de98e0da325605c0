"""Pages read their rows in a number of queries that does not grow with them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moothall.bodies import actions as bodies
from moothall.bodies.models import Body, Kind
from moothall.forward_plan import actions as plans
from moothall.forward_plan.models import Plan
from moothall.foundation.councils import actions as councils
from moothall.foundation.councils.models import OwnDay
from moothall.meetings import actions as meetings
from moothall.meetings.models import Period
from moothall.people import actions as people
from moothall.people.models import Attendance
from tests.website.filling import enter

pytestmark = pytest.mark.django_db
START = dt.date(2014, 5, 1)


@pytest.fixture
def one_more(operator, new_person):
    """Enters one more of everything that lists show: ``one_more(0)``."""

    def make(number):
        members = [new_person(f"Anna Lee{number}{letter}", councillor=True) for letter in "ab"]
        people.form_group(name=f"Group {number}", members=members, first_day=START, by=operator)
        post = people.create_post(title=f"Post {number}", public=True, by=operator)
        people.hold_post(post, person=members[0], first_day=START, by=operator)
        people.record_attendance(
            members[0], day=START, meeting="Panel", how=Attendance.How.PRESENT, executive=True, by=operator
        )
        _of_bodies(number, members, operator)
        day = dt.date(2015, 6, 1 + number)
        meetings.add_period(kind=Period.Kind.RECESS, name=f"R{number}", first_day=day, last_day=day, by=operator)
        councils.add_own_day(day=dt.date(2015, 7, 1 + number), kind=OwnDay.Kind.CLOSURE, by=operator)

    return make


def _of_bodies(number, members, by):
    body = bodies.create_body(name=f"Panel {number}", kind=Kind.SCRUTINY, first_day=START, by=by)
    bodies.start_body(body, by=by)
    first = Body.objects.of(by.council).order_by("pk").first()
    for each in members:
        bodies.appoint(first, person=each, first_day=START, by=by)
    room = meetings.add_room(name=f"Room {number}", first_day=START, by=by)
    enter(first, dt.date(2015, 1, 12 + number), by=by, room=room)
    plan = Plan.objects.of(by.council).first() or plans.create_plan(first, title="Plan", by=by)
    plans.publish_entry(plans.add_entry(plan, title=f"Entry {number}", authors=members, by=by), by=by)
    outside = bodies.create_outside_body(name=f"Trust {number}", first_day=START, by=by)
    bodies.nominate(outside, person=members[0], first_day=START, by=by)


def counts(client, paths):
    """By page, how many queries it takes."""
    found = {}
    for name, path in paths.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        found[name] = len(queries)
    return found


EXPECTED = {
    "people": 15,
    "groups": 12,
    "posts": 13,
    "bodies": 11,
    "outside-bodies": 14,
    "meetings": 13,
    "rooms": 12,
    "periods": 12,
    "plans": 15,
    "own-days": 17,
    "home": 35,
    "body": 24,
    "plan": 20,
}


def test_every_page_reads_three_of_everything_in_as_many_queries_as_one(desk, one_more, operator):
    plain = ("people", "groups", "posts", "bodies", "outside-bodies", "meetings", "rooms", "periods", "plans")
    paths = {name: reverse(f"workspace:{name}") for name in (*plain, "own-days", "home")}
    one_more(0)
    plan = Plan.objects.of(operator.council).get()
    paths |= {"body": reverse("workspace:body", args=["panel-0"]), "plan": reverse("workspace:plan", args=[plan.pk])}
    desk.get(reverse("workspace:home"))
    one = counts(desk, paths)
    one_more(1)
    one_more(2)
    assert counts(desk, paths) == one == EXPECTED
