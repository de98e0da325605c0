"""A panel, a cabinet and a room of Avonmere, and a way to enter meetings."""

import datetime as dt

import pytest

from moothall.bodies import actions as bodies
from moothall.bodies.models import Kind, Membership
from moothall.meetings import actions
from moothall.meetings.proposals import Proposal
from moothall.meetings.queries import concerns_about

START = dt.date(2014, 5, 1)
HALF_PAST_FOUR = dt.time(16, 30)
MEETING_DAY = dt.date(2014, 11, 24)


def keys(by, *proposals):
    """The keys of everything that speaks against them, as a page posts them once they were confirmed."""
    return [each.key for each in concerns_about(by.council, proposals, at=by.at)]


@pytest.fixture
def new_body(clerk):
    """Makes a body at work: ``new_body("Cabinet", kind=Kind.CABINET)``."""

    def make(name, *, kind=Kind.SCRUTINY, by=clerk, start=True):
        body = bodies.create_body(name=name, kind=kind, first_day=START, by=by)
        return bodies.start_body(body, by=by) if start else body

    return make


@pytest.fixture
def panel(new_body):
    """The panel for early years, children and youth."""
    return new_body("Children Panel")


@pytest.fixture
def room(clerk):
    """The council chamber."""
    return actions.add_room(name="Council Chamber", address="Guildhall", first_day=START, by=clerk)


@pytest.fixture
def enter(clerk, panel, room):
    """Enters a meeting, whatever speaks against it: ``enter(day)``, ``enter(day, body=cabinet, time=…)``."""

    def make(day=MEETING_DAY, *, body=panel, time=HALF_PAST_FOUR, by=clerk, **values):
        values.setdefault("room", room if by is clerk and "place" not in values else None)
        proposal = Proposal(body=body, day=day, time=time, **values)
        return actions.plan_meeting(body, proposal=proposal, confirmed=keys(by, proposal), by=by)

    return make


@pytest.fixture
def sit(clerk, new_person):
    """Puts somebody new, or a person, on bodies: ``sit("Anna Lee", panel, cabinet)``."""

    def make(who, *on, seat=Membership.Seat.MEMBER):
        person = new_person(who, councillor=True) if isinstance(who, str) else who
        for body in on:
            bodies.appoint(body, person=person, seat=seat, first_day=START, by=clerk)
        return person

    return make
