"""Places on bodies over time: overlapping, back-dated, taken back, ended with an office; and what is told of it."""

import datetime as dt
import json

import pytest

from moothall.bodies import actions, public
from moothall.bodies.models import Kind, Membership
from moothall.bodies.seat_problems import seating_findings
from moothall.foundation.audit.models import Entry
from moothall.foundation.errors import NotAllowed, RuleBroken, StaleObject
from moothall.people import actions as people
from moothall.people.models import GroupMembership, Term
from moothall.people.queries import group_of
from tests.conftest import TODAY
from tests.errors import has_code

pytestmark = pytest.mark.django_db
Seat, Office, Ending = Membership.Seat, Term.Office, Term.Ending
START = dt.date(2014, 5, 1)
DAY = dt.timedelta(days=1)


def on(month, day, year=2014):
    return dt.date(year, month, day)


@pytest.fixture
def panel(clerk):
    """A committee at work since May."""
    body = actions.create_body(name="Licensing Committee", kind=Kind.COMMITTEE, first_day=START, by=clerk)
    return actions.start_body(body, by=clerk)


@pytest.fixture
def anna(new_person):
    return new_person("Anna Lee", councillor=True)


@pytest.fixture
def sit(panel, clerk, new_person):
    """Puts somebody on the committee."""

    def make(who, first_day=START, last_day=None, seat=Seat.MEMBER, body=panel):
        person = who if not isinstance(who, str) else new_person(who, councillor=seat != Seat.CO_OPTED)
        return actions.appoint(body, person=person, seat=seat, first_day=first_day, last_day=last_day, by=clerk)

    return make


def places(person):
    return [(row.seat, row.first_day, row.last_day) for row in person.memberships.all()]


def findings(body, *facts, day=TODAY):
    """What is found, by its code, with those of the facts that the message names."""
    found = seating_findings(body, day)
    return [(each.code, *(fact for fact in facts if fact in each.message)) for each in found]


def test_nothing_ends_before_it_begins(sit, clerk, anna, new_person):
    with pytest.raises(RuleBroken, check=has_code("ends-before-it-begins")) as refused:
        sit(anna, TODAY, START)
    assert refused.value.field == "last_day"
    with pytest.raises(RuleBroken, check=has_code("ends-before-it-begins")):
        people.begin_term(new_person("Ben Ode"), office=Office.COUNCILLOR, first_day=TODAY, last_day=START, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("ends-before-it-begins", says=("1 May 2014",))):
        actions.end_membership(sit(anna), last_day=START - DAY, by=clerk)


@pytest.mark.parametrize(
    ("first_day", "last_day", "fits"),
    [
        (on(5, 1), on(5, 31), True),
        (on(5, 1), on(6, 1), False),
        (on(6, 10), on(6, 20), False),
        (on(6, 30), None, False),
        (on(7, 1), None, True),
        (on(5, 1), None, False),
    ],
    ids=["before", "into its first day", "within", "from its last day", "after", "around"],
)
def test_nobody_sits_twice_on_a_day(sit, anna, first_day, last_day, fits):
    sit(anna, on(6, 1), on(6, 30))
    if fits:
        sit(anna, first_day, last_day)
    else:
        with pytest.raises(RuleBroken, check=has_code("already-member", says=("Anna Lee", "Licensing Committee"))):
            sit(anna, first_day, last_day)


def test_a_re_appointment_keeps_both_times(sit, anna):
    sit(anna, START, on(6, 30))
    sit(anna, on(9, 1), None, Seat.CHAIR)
    assert places(anna) == [("member", START, on(6, 30)), ("chair", on(9, 1), None)]


def test_an_end_that_is_put_off_does_not_run_into_the_next_time(sit, clerk, anna):
    first = sit(anna, START, on(6, 30))
    sit(anna, on(9, 1))
    assert actions.end_membership(first, last_day=on(8, 31), by=clerk).last_day == on(8, 31)
    with pytest.raises(RuleBroken, check=has_code("already-member", says=("Anna Lee", "Licensing Committee"))):
        actions.end_membership(first, last_day=on(9, 1), by=clerk)


def test_an_end_that_is_put_off_does_not_make_two_chairs(sit, clerk, anna):
    first = sit(anna, START, on(6, 30), Seat.CHAIR)
    sit("Ben Ode", on(7, 1), None, Seat.CHAIR)
    with pytest.raises(RuleBroken, check=has_code("chair-taken", says=("Licensing Committee",))):
        actions.end_membership(first, last_day=on(7, 1), by=clerk)


def test_nobody_sits_before_the_body_is_there(sit, anna):
    with pytest.raises(RuleBroken, check=has_code("body-does-not-exist", says=("Wednesday 30 April 2014",))):
        sit(anna, START - DAY)


def test_a_body_that_is_not_started_yet_can_have_its_members(sit, clerk, anna, avonmere):
    body = actions.create_body(name="Appeals", kind=Kind.COMMITTEE, first_day=TODAY, by=clerk)
    sit(anna, TODAY, body=body)
    assert public.memberships_of(avonmere, anna.slug, TODAY) == ()
    actions.start_body(body, by=clerk)
    assert [line.name for line, _ in public.memberships_of(avonmere, anna.slug, TODAY)] == ["Appeals"]


def test_with_a_body_go_the_places_that_would_have_begun_later(panel, sit, clerk, anna, new_person):
    sit(anna)
    sit("Ben Ode", TODAY + 9 * DAY)
    actions.dissolve_body(panel, last_day=TODAY, by=clerk)
    assert [(row.person, row.last_day) for row in panel.memberships.all()] == [(anna, TODAY)]
    entry = Entry.objects.get(council=panel.council, verb="bodies.dissolve_body")
    told = json.loads(entry.contents.after)["ended_with_it"]
    assert [line.partition(": ")[2] for line in told] == [
        "Anna Lee, Member of Licensing Committee",
        "Ben Ode, Member of Licensing Committee",
    ]


def test_a_place_on_a_dissolved_body_is_not_made_longer(panel, sit, clerk, anna):
    place = sit(anna)
    actions.dissolve_body(panel, last_day=TODAY, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("body-does-not-exist", says=("25 November 2014",))):
        actions.end_membership(place, last_day=TODAY + DAY, by=clerk)


def test_an_appointment_that_has_not_begun_is_withdrawn_and_the_log_keeps_it(panel, sit, clerk, anna):
    place = sit(anna, TODAY + DAY)
    actions.withdraw_appointment(place, by=clerk)
    assert not panel.memberships.exists()
    entry = Entry.objects.filter(council=panel.council).last()
    assert (entry.verb, json.loads(entry.contents.before)["person_id"]) == ("bodies.withdraw_appointment", anna.pk)


def test_an_appointment_that_has_begun_is_not_withdrawn(sit, clerk, anna):
    with pytest.raises(RuleBroken, check=has_code("already-begun", says=("24 November 2014",))):
        actions.withdraw_appointment(sit(anna, TODAY), by=clerk)


def test_mtg_23_a_back_dated_place_takes_no_seat_that_is_promised_from_later(panel, sit, clerk, anna, new_person):
    ben = new_person("Ben Ode", councillor=True)
    blue = people.form_group(name="Blue Group", members=[anna, ben], first_day=START, by=clerk)
    actions.allocate_seats(panel, seats={blue: 1, None: 4}, first_day=START, by=clerk)
    sit(anna, TODAY + 30 * DAY)
    with pytest.raises(RuleBroken, check=has_code("seats-filled", "MTG-23", says=("Blue Group", "1"))):
        sit(ben, START)
    assert sit(ben, START, TODAY + 29 * DAY).pk


def test_with_the_term_of_the_chair_end_the_chair_and_the_group_membership(panel, sit, clerk, anna, new_person):
    people.form_group(name="Blue", members=[anna, new_person("B C", councillor=True)], first_day=START, by=clerk)
    sit(anna, seat=Seat.CHAIR)
    people.end_term(anna.terms.get(), last_day=TODAY - DAY, ending=Ending.RESIGNATION, by=clerk)
    assert places(anna) == [("chair", START, TODAY - DAY)]
    assert group_of(anna, TODAY) is None
    sit("Cleo Day")
    assert findings(panel, "24 November 2014") == [("no-chair", "24 November 2014")]


def test_with_a_term_go_the_places_that_would_have_begun_later(sit, clerk, anna):
    sit(anna, TODAY + 9 * DAY)
    people.end_term(anna.terms.get(), last_day=TODAY, ending=Ending.DEATH, by=clerk)
    assert places(anna) == []


def test_who_is_re_elected_at_once_keeps_the_places(sit, clerk, anna):
    term = anna.terms.get()
    Term.objects.of(anna.council).filter(pk=term.pk).update(last_day=TODAY)
    people.begin_term(anna, office=Office.COUNCILLOR, first_day=TODAY + DAY, by=clerk)
    sit(anna)
    people.end_term(term, last_day=TODAY, ending=Ending.EXPIRY, by=clerk)
    assert places(anna) == [("member", START, None)]


def test_a_place_on_a_board_and_a_nomination_outlive_the_term(sit, clerk, anna):
    board = actions.create_body(name="Health Board", kind=Kind.BOARD, first_day=START, by=clerk)
    trust = actions.create_outside_body(name="Mill Trust", first_day=START, by=clerk)
    sit(anna, body=board)
    sent = actions.nominate(trust, person=anna, first_day=START, by=clerk)
    people.end_term(anna.terms.get(), last_day=TODAY, ending=Ending.RESIGNATION, by=clerk)
    sent.refresh_from_db()
    assert (places(anna), sent.last_day) == ([("member", START, None)], None)


def test_after_a_by_election_the_new_member_takes_the_seat_of_the_old_one(panel, sit, clerk, anna, new_person):
    ben = new_person("Ben Ode", councillor=True)
    blue = people.form_group(name="Blue Group", members=[anna, ben], first_day=START, by=clerk)
    actions.allocate_seats(panel, seats={blue: 1}, first_day=START, by=clerk)
    sit(anna)
    people.end_term(anna.terms.get(), last_day=on(10, 1), ending=Ending.RESIGNATION, by=clerk)
    dora = new_person("Dora Fry")
    people.begin_term(dora, office=Office.COUNCILLOR, first_day=on(11, 14), ward="Abbey", by=clerk)
    people.join_group(blue, person=dora, first_day=on(11, 14), by=clerk)
    sit(dora, on(11, 14))
    assert [row.person.last_name for row in panel.memberships.all()] == ["Lee", "Fry"]
    assert findings(panel) == []


def test_a_term_that_ran_out_by_itself_is_told_on_the_body(panel, sit, anna, clerk):
    sit(anna)
    Term.objects.of(anna.council).filter(person=anna).update(last_day=TODAY - DAY)
    assert findings(panel, "Anna Lee") == [("not-councillor", "Anna Lee")]
    assert findings(panel, day=TODAY - DAY) == []


def test_mtg_23_a_group_that_a_member_joined_with_the_seat_has_more_than_its_seats(panel, sit, clerk, new_person):
    anna, ben, cleo, dan = (new_person(f"{name} Lee", councillor=True) for name in ("Anna", "Ben", "Cleo", "Dan"))
    blue = people.form_group(name="Blue Group", members=[anna, ben], first_day=START, by=clerk)
    red = people.form_group(name="Red Group", members=[cleo, dan], first_day=START, by=clerk)
    actions.allocate_seats(panel, seats={blue: 1, red: 1}, first_day=START, by=clerk)
    sit(anna), sit(cleo)
    people.leave_group(cleo.group_memberships.get(), last_day=TODAY - DAY, by=clerk)
    facts = ("1", "0", "2", "Blue Group", "Red Group")
    assert findings(panel, *facts) == [("more-members-than-seats", "1", "0")]
    people.join_group(blue, person=cleo, first_day=TODAY, by=clerk)
    assert findings(panel, *facts) == [("more-members-than-seats", "1", "2", "Blue Group")]


def test_ends_that_are_put_off_do_not_put_anybody_into_two_groups(clerk, anna, new_person):
    others = [new_person(f"{name} Fry", councillor=True) for name in ("Ben", "Cleo", "Dan")]
    people.form_group(name="Blue", members=[anna, others[0]], first_day=START, by=clerk)
    red = people.form_group(name="Red", members=others[1:], first_day=START, by=clerk)
    first = people.leave_group(anna.group_memberships.get(), last_day=on(6, 30), by=clerk)
    people.join_group(red, person=anna, first_day=on(7, 1), by=clerk)
    with pytest.raises(RuleBroken, check=has_code("in-other-group", "MTG-23", says=("Anna Lee",))):
        people.leave_group(first, last_day=on(7, 1), by=clerk)
    assert GroupMembership.objects.of(anna.council).get(pk=first.pk).last_day == on(6, 30)


def test_seats_that_somebody_else_gave_out_meanwhile_are_not_overwritten_unseen(panel, clerk):
    seen = panel.version
    actions.allocate_seats(panel, seats={None: 5}, first_day=START, expected=seen, by=clerk)
    with pytest.raises(StaleObject, check=has_code("changed-meanwhile")) as stale:
        actions.allocate_seats(panel, seats={None: 7}, first_day=START, expected=seen, by=clerk)
    assert [(each.now, each.yours) for each in stale.value.differences] == [("5", "7")]
    assert panel.seat_allocations.get().seats == 5


def test_a_clerk_of_another_body_ends_no_place_here(panel, sit, anna, acting):
    with pytest.raises(NotAllowed):
        actions.end_membership(sit(anna), last_day=TODAY, by=acting("author"))
