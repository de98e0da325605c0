"""Bodies and who sits on them."""

import datetime as dt
import re

import pytest

from moothall.bodies import actions, public, queries
from moothall.bodies.models import Kind, Membership
from moothall.foundation.actors import Role
from moothall.foundation.errors import NotAllowed, RuleBroken
from moothall.people import actions as people
from moothall.people.queries import actor_of
from tests.conftest import TODAY, moment
from tests.errors import has_code

pytestmark = pytest.mark.django_db
Seat, Votes, Nominator = Membership.Seat, Membership.Votes, Membership.Nominator
START = dt.date(2014, 5, 1)


@pytest.fixture
def panel(clerk):
    """A scrutiny panel for education at work."""
    body = actions.create_body(
        name="Early Years, Children and Youth Panel", kind=Kind.SCRUTINY, first_day=START, education=True, by=clerk
    )
    return actions.start_body(body, by=clerk)


@pytest.fixture
def sit(panel, clerk, new_person):
    """Puts a new person on the panel: ``sit("Anna Lee", seat=Seat.CHAIR)``."""

    def make(name, *, seat=Seat.MEMBER, body=panel, **values):
        person = new_person(name, councillor=seat != Seat.CO_OPTED)
        return actions.appoint(body, person=person, seat=seat, first_day=START, by=clerk, **values)

    return make


def test_a_proposed_body_is_not_public_until_it_is_started(clerk, avonmere):
    body = actions.create_body(name="Pension Board", kind=Kind.BOARD, first_day=START, by=clerk)
    before = public.body(avonmere, body.slug, TODAY)
    actions.start_body(body, by=clerk)
    assert (before, public.body(avonmere, body.slug, TODAY).name) == (None, "Pension Board")


def test_a_dissolved_body_keeps_its_address(panel, sit, clerk, avonmere):
    sit("Anna Lee")
    actions.dissolve_body(panel, last_day=TODAY, by=clerk)
    day_after = TODAY + dt.timedelta(days=1)
    found = public.body(avonmere, panel.slug, day_after)
    assert (found.dissolved, found.members) == (True, ())
    assert public.bodies(avonmere, day_after) == ()


def test_a_dissolved_body_takes_no_members(panel, sit, clerk, new_person):
    actions.dissolve_body(panel, last_day=TODAY, by=clerk)
    with pytest.raises(NotAllowed, check=has_code("wrong-state")):
        sit("Anna Lee")


def test_a_body_is_not_named_like_a_page_of_the_website(clerk):
    assert actions.create_body(name="Calendar", kind=Kind.BOARD, first_day=START, by=clerk).slug == "calendar-2"


def test_a_sub_committee_reports_to_a_body(clerk):
    with pytest.raises(RuleBroken, check=has_code("parent-missing")):
        actions.create_body(name="Appeals", kind=Kind.SUB_COMMITTEE, first_day=START, by=clerk)


def test_a_body_does_not_report_to_itself(panel, clerk):
    child = actions.create_body(name="Appeals", kind=Kind.SUB_COMMITTEE, first_day=START, parent=panel, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("reports-to-itself", says=(panel.name,))):
        actions.amend_body(panel, parent=child, by=clerk)


def test_members_are_listed_chair_first_then_by_surname_then_co_optees(panel, sit, avonmere):
    sit("Zoe Abbot", seat=Seat.CO_OPTED)
    sit("Ben Okoro")
    sit("Anna Lee", seat=Seat.VICE_CHAIR)
    sit("Cleo Day", seat=Seat.CHAIR)
    sit("Dan Ames")
    names = [member.name for member in public.body(avonmere, panel.slug, TODAY).members]
    assert names == [
        "Councillor Cleo Day",
        "Councillor Anna Lee",
        "Councillor Dan Ames",
        "Councillor Ben Okoro",
        "Zoe Abbot",
    ]


def test_there_is_one_chair(sit):
    sit("Cleo Day", seat=Seat.CHAIR)
    with pytest.raises(RuleBroken, check=has_code("chair-taken")):
        sit("Anna Lee", seat=Seat.CHAIR)


def test_a_member_becomes_the_chair_and_the_old_place_is_kept(sit, clerk):
    member = sit("Anna Lee")
    actions.move_to_seat(member, seat=Seat.CHAIR, first_day=TODAY, by=clerk)
    places = [(row.seat, row.last_day) for row in member.person.memberships.all()]
    assert places == [("member", dt.date(2014, 11, 23)), ("chair", None)]


def test_who_is_no_councillor_is_co_opted(panel, clerk, new_person):
    with pytest.raises(RuleBroken, check=has_code("not-councillor", says=("Zoe Abbot", "1 May 2014"))):
        actions.appoint(panel, person=new_person("Zoe Abbot"), first_day=START, by=clerk)


def test_members_of_the_executive_do_not_scrutinise(sit, clerk):
    member = sit("Anna Lee")
    cabinet = actions.create_body(name="Cabinet", kind=Kind.CABINET, first_day=START, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("executive-scrutinises")):
        actions.appoint(cabinet, person=member.person, seat=Seat.CABINET, first_day=START, by=clerk)


def test_members_of_the_executive_sit_on_no_sub_committee_of_scrutiny(panel, sit, clerk, new_person):
    below = actions.create_body(name="Appeals", kind=Kind.SUB_COMMITTEE, first_day=START, parent=panel, by=clerk)
    cabinet = actions.create_body(name="Cabinet", kind=Kind.CABINET, first_day=START, by=clerk)
    member = sit("Anna Lee", body=cabinet, seat=Seat.CABINET)
    with pytest.raises(RuleBroken, check=has_code("executive-scrutinises")):
        actions.appoint(below, person=member.person, first_day=START, by=clerk)


def test_mtg_23_sub_committees_have_their_seats_beside_the_totals(panel, clerk, new_person, avonmere):
    blues = [new_person(f"Blue {name}", councillor=True) for name in ("Ames", "Bell", "Cole")]
    reds = [new_person(f"Red {name}", councillor=True) for name in ("Dale", "Ely")]
    groups = [
        people.form_group(name=name, members=members, first_day=START, by=clerk)
        for name, members in (("Blues", blues), ("Reds", reds))
    ]
    below = actions.create_body(name="Appeals", kind=Kind.SUB_COMMITTEE, first_day=START, parent=panel, by=clerk)
    actions.start_body(below, by=clerk)
    for body in (panel, below):
        actions.allocate_seats(body, seats={groups[0]: 3, groups[1]: 2}, first_day=START, by=clerk)
    found = queries.balance_of(avonmere, TODAY)
    assert (found.steps[0].seats, "5" in found.steps[0].text) == ({"": {"Blues": 3, "Reds": 2}}, True)
    assert set(found.seats) == {panel.name, "Appeals"}


def test_mtg_23_two_bodies_of_one_name_both_have_their_seats(clerk, new_person, avonmere):
    members = [new_person(f"Blue {name}", councillor=True) for name in ("Ames", "Bell")]
    blue = people.form_group(name="Blues", members=members, first_day=START, by=clerk)
    for _ in range(2):
        body = actions.create_body(name="Appeals", kind=Kind.COMMITTEE, first_day=START, by=clerk)
        actions.start_body(body, by=clerk)
        actions.allocate_seats(body, seats={blue: 3}, first_day=START, by=clerk)
    found = queries.balance_of(avonmere, TODAY)
    assert {body: sum(seats.values()) for body, seats in found.seats.items()} == {
        "Appeals (appeals)": 3,
        "Appeals (appeals-2)": 3,
    }


def test_mtg_20_seven_and_a_voting_co_optee_have_a_quorum_of_three(panel, sit):
    for number in range(7):
        sit(f"Member {chr(65 + number)}")
    sit("Zoe Abbot", seat=Seat.CO_OPTED, votes=Votes.EDUCATION)
    sit("Yan Bell", seat=Seat.CO_OPTED)
    assert queries.quorum_of(panel, TODAY)[0] == 3
    assert {"1/4", "8", "2", "3"} <= set(re.findall(r"[\d/]+", queries.quorum_of(panel, TODAY)[1]))


def test_mtg_20_a_quorum_is_a_share(panel, clerk):
    with pytest.raises(RuleBroken, check=has_code("quorum-not-a-share", "MTG-20")):
        actions.amend_body(panel, quorum_numerator=5, by=clerk)


def test_mtg_21_a_substitute_is_of_the_same_group(panel, sit, clerk):
    anna, ben, cleo, dan = (sit(name, seat=seat) for name, seat in PLACES)
    people.form_group(name="Blue", members=[anna.person, ben.person], first_day=START, by=clerk)
    people.form_group(name="Red", members=[cleo.person, dan.person], first_day=START, by=clerk)
    reasons = [queries.why_no_substitute(panel, absent=anna, substitute=each, on=TODAY) for each in (ben, cleo, dan)]
    assert reasons[0] == ""
    assert [
        [fact in each for fact in ("Cleo Day", "Anna Lee", "MTG-21", "Dan Ames", panel.name)] for each in reasons[1:]
    ] == [
        [True, True, True, False, False],
        [False, False, False, True, True],
    ]


PLACES = (
    ("Anna Lee", Seat.MEMBER),
    ("Ben Okoro", Seat.SUBSTITUTE),
    ("Cleo Day", Seat.SUBSTITUTE),
    ("Dan Ames", Seat.MEMBER),
)


def test_mtg_22_a_co_optee_has_no_vote_unless_one_is_given(sit):
    assert sit("Zoe Abbot", seat=Seat.CO_OPTED).votes == Votes.NONE


def test_mtg_22_a_vote_on_education_is_a_co_optees(sit):
    with pytest.raises(RuleBroken, check=has_code("education-vote-not-allowed", "MTG-22")):
        sit("Anna Lee", votes=Votes.EDUCATION)


def test_mtg_22_what_a_panel_for_education_lacks_is_found(panel, sit):
    sit("Zoe Abbot", seat=Seat.CO_OPTED, votes=Votes.EDUCATION, nominator=Nominator.CHURCH_OF_ENGLAND)
    for name in ("Yan Bell", "Xan Cole"):
        sit(
            name,
            seat=Seat.CO_OPTED,
            votes=Votes.EDUCATION,
            nominator=Nominator.PARENT_GOVERNORS,
            last_day=dt.date(2017, 4, 30),
        )
    found = [(finding.rule, finding.code) for finding in queries.education_findings(panel, TODAY)]
    assert found == [("MTG-22", "no-roman-catholic-nominee")]


@pytest.mark.parametrize(
    ("last_day", "found"),
    [
        pytest.param(dt.date(2016, 4, 29), True, id="a day short of two years"),
        pytest.param(dt.date(2016, 4, 30), False, id="two years"),
        pytest.param(dt.date(2018, 4, 30), False, id="four years"),
        pytest.param(dt.date(2018, 5, 1), True, id="a day over four years"),
        pytest.param(None, True, id="no last day"),
    ],
)
def test_mtg_22_a_parent_governor_s_term_is_two_to_four_years(panel, sit, last_day, found):
    sit(
        "Yan Bell",
        seat=Seat.CO_OPTED,
        votes=Votes.EDUCATION,
        nominator=Nominator.PARENT_GOVERNORS,
        last_day=last_day,
    )
    findings = [
        each for each in queries.education_findings(panel, TODAY) if each.code == "wrong-term-of-parent-governor"
    ]
    assert ["Yan Bell" in each.message for each in findings] == [True] * found


def test_mtg_23_a_group_fills_no_more_than_its_seats(panel, sit, clerk, new_person):
    blues = [new_person(name, councillor=True) for name in ("Anna Lee", "Ben Okoro")]
    blue = people.form_group(name="Blue", members=blues, first_day=START, by=clerk)
    actions.allocate_seats(panel, seats={blue: 1, None: 1}, first_day=START, by=clerk)
    actions.appoint(panel, person=blues[0], first_day=START, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("seats-filled", "MTG-23", says=("Blue", "1"))):
        actions.appoint(panel, person=blues[1], first_day=START, by=clerk)


def test_mtg_23_seats_given_out_anew_end_the_old_ones_the_day_before(panel, clerk):
    actions.allocate_seats(panel, seats={None: 7}, first_day=START, by=clerk)
    actions.allocate_seats(panel, seats={None: 9}, first_day=TODAY, by=clerk)
    assert [(row.seats, row.last_day) for row in panel.seat_allocations.all()] == [
        (7, dt.date(2014, 11, 23)),
        (9, None),
    ]


def test_mtg_23_the_balance_of_a_council_counts_its_own_seats(panel, clerk, new_person, avonmere):
    for name, size in (("Blue", 4), ("Red", 2)):
        members = [new_person(f"{name} {chr(65 + number)}", councillor=True) for number in range(size)]
        people.form_group(name=name, members=members, first_day=START, by=clerk)
    actions.allocate_seats(panel, seats={None: 6}, first_day=START, by=clerk)
    assert queries.balance_of(avonmere, TODAY).seats[panel.name] == {"Blue": 4, "Red": 2}


@pytest.mark.parametrize(
    ("seat", "roles"),
    [
        (Seat.CHAIR, {Role.MEMBER, Role.CHAIR}),
        (Seat.MEMBER, {Role.MEMBER}),
        (Seat.CO_OPTED, {Role.CO_OPTEE}),
        (Seat.SUBSTITUTE, {Role.SUBSTITUTE}),
    ],
)
def test_a_place_brings_its_role_in_that_body_only(panel, sit, operator, seat, roles):
    person = people.open_account(sit("Anna Lee", seat=seat).person, email="anna@avonmere.example", by=operator)
    actor = actor_of(person.account, operator.council, origin="x", at=moment(TODAY))
    assert {held.role for held in actor.roles if held.body == panel.pk} == roles


def test_the_clerk_of_one_body_keeps_only_that_one(panel, clerk, new_person, operator):
    other = actions.create_body(name="Licensing", kind=Kind.COMMITTEE, first_day=START, by=clerk)
    person = people.open_account(new_person("Kit Hale"), email="kit@avonmere.example", by=operator)
    actions.grant_role_in_body(panel, person=person, role=Role.CLERK, first_day=START, by=operator)
    kit = actor_of(person.account, operator.council, origin="x", at=moment(TODAY))
    assert actions.amend_body(panel, remit="Children", by=kit).remit == "Children"
    with pytest.raises(NotAllowed, check=has_code("other-role-needed", says=("clerk", "administrator"))):
        actions.amend_body(other, remit="Taxis", by=kit)


def test_an_outside_body_has_so_many_places(clerk, new_person):
    trust = actions.create_outside_body(name="Mill Trust", first_day=START, places=1, by=clerk)
    actions.nominate(trust, person=new_person("Anna Lee"), first_day=START, by=clerk)
    with pytest.raises(RuleBroken, check=has_code("places-filled", says=("Mill Trust",))):
        actions.nominate(trust, person=new_person("Ben Okoro"), first_day=START, by=clerk)


@pytest.mark.parametrize("size", [1, 3])
def test_a_body_is_read_in_the_same_number_of_queries_whatever_its_size(
    panel, sit, avonmere, django_assert_num_queries, size
):
    for number in range(size):
        sit(f"Member {chr(65 + number)}")
    with django_assert_num_queries(4):
        public.body(avonmere, panel.slug, TODAY)
