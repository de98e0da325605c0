"""What the law asks of members by their places on bodies (INT-02, MTG-25)."""

import datetime as dt

import pytest

from moothall.bodies import actions
from moothall.bodies.duties import executive_warnings, registrations_open
from moothall.bodies.models import Kind, Membership
from moothall.people import actions as people
from moothall.people.models import Attendance, Term
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
START = dt.date(2014, 5, 1)
Seat, Votes = Membership.Seat, Membership.Votes


@pytest.fixture
def new_body(clerk):
    """Makes a body at work."""

    def make(name, kind):
        body = actions.create_body(name=name, kind=kind, first_day=START, by=clerk)
        return actions.start_body(body, by=clerk)

    return make


def co_opted(name, panel, new_person, clerk, votes):
    """A co-optee on the panel, who has registered nothing yet."""
    person = new_person(name)
    people.begin_term(person, office=Term.Office.CO_OPTED, first_day=TODAY, by=clerk)
    actions.appoint(panel, person=person, seat=Seat.CO_OPTED, votes=votes, first_day=TODAY, by=clerk)
    return person


def test_int_02_a_co_optee_registers_who_has_a_vote(new_body, new_person, clerk, avonmere):
    panel = actions.amend_body(new_body("Panel", Kind.SCRUTINY), education=True, by=clerk)
    zoe = co_opted("Zoe Abbot", panel, new_person, clerk, Votes.EDUCATION)
    co_opted("Yan Bell", panel, new_person, clerk, Votes.NONE)
    assert [(term.person, due.day) for term, due in registrations_open(avonmere, TODAY)] == [
        (zoe, dt.date(2014, 12, 21))
    ]


def test_int_02_of_whom_no_place_is_entered_yet_is_listed(new_person, clerk, avonmere):
    term = people.begin_term(new_person("Zoe Abbot"), office=Term.Office.CO_OPTED, first_day=TODAY, by=clerk)
    assert [row for row, _ in registrations_open(avonmere, TODAY)] == [term]


def test_mtg_25_the_clock_of_the_executive_runs_from_joining_it(new_body, new_person, clerk, avonmere):
    cabinet = new_body("Cabinet", Kind.CABINET)
    anna, ben = (new_person(name, councillor=True) for name in ("Anna Lee", "Ben Okoro"))
    actions.appoint(cabinet, person=anna, seat=Seat.CABINET, first_day=dt.date(2014, 7, 1), by=clerk)
    actions.appoint(cabinet, person=ben, seat=Seat.CABINET, first_day=dt.date(2014, 9, 1), by=clerk)
    how = Attendance.How.PRESENT
    people.record_attendance(anna, day=dt.date(2014, 6, 2), meeting="cabinet", how=how, executive=True, by=clerk)
    people.record_attendance(anna, day=TODAY, meeting="panel", how=how, by=clerk)
    found = [(person, where.since, where.warning) for person, where in executive_warnings(avonmere, TODAY)]
    assert found == [(anna, dt.date(2014, 7, 1), 4)]
