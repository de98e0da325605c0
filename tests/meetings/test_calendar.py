"""Entering meetings, and what becomes of them."""

import datetime as dt

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from moothall.bodies.models import Kind, Membership
from moothall.foundation import permissions
from moothall.foundation.actors import Actor, Role
from moothall.foundation.errors import NotAllowed, NotThere, RuleBroken, StaleObject
from moothall.meetings import actions, public
from moothall.meetings.models import Address, Meeting
from moothall.meetings.proposals import Proposal, free_address, known_address
from moothall.meetings.queries import concerns_about, concerns_of
from tests.conftest import TODAY, moment
from tests.errors import has_code
from tests.meetings.conftest import HALF_PAST_FOUR, keys

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2014, 12, 1)
ONE_DAY = dt.timedelta(days=1)
YEAR = [dt.date(2015, 1, 26), dt.date(2015, 3, 23), dt.date(2015, 5, 18)]


@pytest.fixture
def later(operator):
    """The operator, on a later day."""
    return lambda day: Actor.operator(operator.council, at=moment(day))


def test_a_year_is_entered_in_one_go(panel, clerk, room):
    list_ = [Proposal(body=panel, day=day, time=HALF_PAST_FOUR, room=room) for day in YEAR]
    made = actions.plan_year(proposals=list_, by=clerk)
    assert [(each.slug, each.state) for each in made] == [(day.isoformat(), "planned") for day in YEAR]


def test_a_year_is_entered_whole_or_not_at_all(panel, clerk):
    list_ = [Proposal(body=panel, day=day, time=HALF_PAST_FOUR) for day in (*YEAR, dt.date(2010, 1, 4))]
    with pytest.raises(RuleBroken, check=has_code("body-does-not-exist", says=("Monday 4 January 2010",))):
        actions.plan_year(proposals=list_, confirmed=keys(clerk, *list_), by=clerk)
    assert not Meeting.objects.of(clerk.council).exists()


def test_what_speaks_against_a_list_must_be_confirmed(panel, clerk):
    saturday = Proposal(body=panel, day=dt.date(2015, 1, 24), time=HALF_PAST_FOUR)
    with pytest.raises(actions.NotConfirmed) as refused:
        actions.plan_year(proposals=[saturday], by=clerk)
    confirmed = [each.key for each in refused.value.concerns]
    assert len(actions.plan_year(proposals=[saturday], confirmed=confirmed, by=clerk)) == 1


@pytest.mark.parametrize(
    ("day", "against", "said"),
    [
        pytest.param(dt.date(2015, 1, 24), "day", "Saturday 24 January 2015", id="Saturday"),
        pytest.param(dt.date(2015, 4, 3), "day", "Good Friday", id="bank holiday"),
        pytest.param(dt.date(2015, 8, 5), "period", "Summer recess", id="recess"),
        pytest.param(dt.date(2015, 5, 7), "period", "General election", id="last day of an election"),
        pytest.param(dt.date(2014, 11, 21), "past", "Friday 21 November 2014", id="past"),
    ],
)
def test_a_day_is_warned_of(panel, clerk, avonmere, day, against, said):
    kinds = {"Summer recess": ("recess", 8, 1, 8, 31), "General election": ("election", 3, 30, 5, 7)}
    for name, (kind, *days) in kinds.items():
        first, last = dt.date(2015, *days[:2]), dt.date(2015, *days[2:])
        actions.add_period(kind=kind, name=name, first_day=first, last_day=last, by=clerk)
    found = concerns_about(avonmere, [Proposal(body=panel, day=day, time=HALF_PAST_FOUR)], at=clerk.at)
    assert [said in each.message for each in found if each.against == against] == [True]


def test_the_day_after_an_election_is_not_warned_of(panel, clerk, avonmere):
    days = {"first_day": dt.date(2015, 3, 30), "last_day": dt.date(2015, 5, 7)}
    actions.add_period(kind="election", name="General election", by=clerk, **days)
    friday = Proposal(body=panel, day=dt.date(2015, 5, 8), time=HALF_PAST_FOUR)
    assert concerns_about(avonmere, [friday], at=clerk.at) == ()


@pytest.mark.parametrize(
    ("time", "minutes", "clash"),
    [
        pytest.param(dt.time(14), 151, True, id="ends a minute too late"),
        pytest.param(dt.time(14), 150, False, id="ends when the other begins"),
        pytest.param(dt.time(18, 29), 60, True, id="begins a minute too early"),
        pytest.param(dt.time(18, 30), 60, False, id="begins when the other ends"),
    ],
)
def test_a_member_cannot_be_on_two_bodies_at_once(panel, new_body, sit, enter, avonmere, clerk, time, minutes, clash):
    other = new_body("Housing Panel")
    sit("Anna Lee", panel, other)
    enter(MONDAY)  # from 16:30 to 18:30
    proposal = Proposal(body=other, day=MONDAY, time=time, minutes=minutes)
    found = concerns_about(avonmere, [proposal], at=clerk.at)
    assert [each.against for each in found] == ["members"] * clash
    facts = ("Anna Lee", "Housing Panel", "Children Panel", "16:30", "Monday 1 December 2014")
    assert [fact for each in found for fact in facts if fact not in each.message] == []


def test_a_clash_within_one_list_is_found(panel, new_body, sit, avonmere, clerk):
    other = new_body("Housing Panel")
    sit("Anna Lee", panel, other)
    two = [Proposal(body=each, day=MONDAY, time=HALF_PAST_FOUR) for each in (panel, other)]
    assert [(each.row, each.against) for each in concerns_about(avonmere, two, at=clerk.at)] == [(1, "members")]


def test_a_substitute_is_no_clash_and_neither_is_a_cancelled_meeting(
    panel, new_body, sit, enter, avonmere, clerk, room
):
    other = new_body("Housing Panel")
    sit(sit("Anna Lee", panel), other, seat=Membership.Seat.SUBSTITUTE)
    sit(sit("Ben Okoro", panel), other)
    actions.cancel_meeting(enter(MONDAY), reason="No business", by=clerk)
    proposal = Proposal(body=other, day=MONDAY, time=HALF_PAST_FOUR, room=room)
    assert concerns_about(avonmere, [proposal], at=clerk.at) == ()


def test_a_room_is_not_taken_twice(enter, new_body, room, avonmere, clerk):
    enter(MONDAY)
    proposal = Proposal(body=new_body("Housing Panel"), day=MONDAY, time=dt.time(17), room=room)
    (found,) = concerns_about(avonmere, [proposal], at=clerk.at)
    assert found.against == "room"
    facts = ("Council Chamber", "Children Panel", "16:30", "Monday 1 December 2014")
    assert [fact for fact in facts if fact not in found.message] == []


@pytest.mark.parametrize("number", [1, 3])
def test_concerns_take_as_many_queries_for_a_long_list_as_for_a_short_one(
    panel, sit, clerk, avonmere, number, django_assert_num_queries
):
    sit("Anna Lee", panel)
    list_ = [Proposal(body=panel, day=day, time=HALF_PAST_FOUR) for day in YEAR[:number]]
    with django_assert_num_queries(4):
        concerns_about(avonmere, list_, at=clerk.at)


def test_meetings_of_another_council_are_no_clash(panel, enter, brackwater, acting, new_body, clerk):
    by = acting(Role.CLERK, council=brackwater)
    other = new_body("Children Panel", by=by)
    enter(MONDAY)
    proposal = Proposal(body=other, day=MONDAY, time=HALF_PAST_FOUR)
    assert concerns_about(brackwater, [proposal], at=clerk.at) == ()
    with pytest.raises(NotThere):
        actions.plan_year(proposals=[proposal], by=clerk)


def test_an_extraordinary_meeting_says_what_it_is_called_for(enter):
    with pytest.raises(RuleBroken, check=has_code("purpose-missing", "MTG-01", says=("extraordinary",))):
        enter(MONDAY, kind=Meeting.Kind.EXTRAORDINARY)


def test_an_hour_that_the_clocks_leave_out_is_refused(enter):
    with pytest.raises(RuleBroken, check=has_code("time-does-not-exist", says=("01:30",))):
        enter(dt.date(2015, 3, 29), time=dt.time(1, 30))


def test_mtg_01_a_notice_names_a_place(enter, clerk):
    with pytest.raises(RuleBroken, check=has_code("place-missing", "MTG-01")):
        actions.call_meeting(enter(MONDAY, room=None), by=clerk)


def test_two_meetings_of_a_day_have_two_addresses(enter):
    assert [enter(MONDAY).slug, enter(MONDAY, time=dt.time(19)).slug] == ["2014-12-01", "2014-12-01-2"]


def test_a_moved_meeting_leaves_a_redirect_and_its_old_address_is_never_given_away(enter, clerk, avonmere):
    meeting = actions.move_meeting(enter(MONDAY), day=MONDAY + ONE_DAY, time=HALF_PAST_FOUR, reason="", by=clerk)
    assert public.meeting_at(avonmere, "children-panel", "2014-12-01") == public.Moved("/children-panel/2014-12-02/")
    assert enter(MONDAY).slug == "2014-12-01-2"
    back = actions.move_meeting(meeting, day=MONDAY, time=dt.time(9), reason="", by=clerk)
    assert (back.slug, public.meeting_at(avonmere, "children-panel", "2014-12-01").slug) == ("2014-12-01",) * 2


def test_min_41_every_address_ever_given_is_kept_and_cannot_be_taken_away(enter, clerk, avonmere):
    meeting = enter(MONDAY)
    for days in (1, 2, 8):
        meeting = actions.move_meeting(meeting, day=MONDAY + days * ONE_DAY, time=HALF_PAST_FOUR, reason="", by=clerk)
    assert len({public.meeting_at(avonmere, *each.strip("/").split("/")) for each in _addresses(meeting)}) == 2
    assert len(_addresses(meeting)) == 4
    assert Address.append_only


def _addresses(meeting):
    return [str(each) for each in meeting.addresses.select_related("body")]


def test_a_cancelled_meeting_stays_and_says_so(enter, clerk, avonmere):
    actions.cancel_meeting(enter(MONDAY), reason="There is no business.", by=clerk)
    found = public.meeting_at(avonmere, "children-panel", "2014-12-01")
    assert (found.state, found.reason, found.takes_place) == ("cancelled", "There is no business.", False)


def test_a_meeting_put_off_is_called_anew(enter, clerk):
    meeting = actions.call_meeting(enter(MONDAY), by=clerk)
    meeting = actions.postpone_meeting(meeting, reason="Snow", by=clerk)
    with pytest.raises(RuleBroken, check=has_code("date-missing", "MTG-01")):
        actions.call_meeting(meeting, by=clerk)
    meeting = actions.move_meeting(meeting, day=MONDAY + 7 * ONE_DAY, time=HALF_PAST_FOUR, reason="Thaw", by=clerk)
    assert actions.call_meeting(meeting, by=clerk).state == "called"


def test_a_meeting_is_put_off_to_a_later_day(enter, clerk):
    with pytest.raises(RuleBroken, check=has_code("not-later")):
        actions.postpone_meeting(enter(MONDAY), reason="Snow", to=(MONDAY, dt.time(19)), by=clerk)


def test_a_meeting_is_held_once_it_has_begun(enter, clerk, later):
    meeting = actions.call_meeting(enter(MONDAY), by=clerk)
    with pytest.raises(RuleBroken, check=has_code("not-begun", says=("16:30",))):
        actions.hold_meeting(meeting, by=later(MONDAY))
    assert actions.hold_meeting(meeting, by=later(MONDAY + ONE_DAY)).state == "held"


def test_what_was_cancelled_is_planned_again_before_its_day_only(enter, clerk, later):
    meeting = actions.cancel_meeting(enter(MONDAY), reason="No business", by=clerk)
    with pytest.raises(RuleBroken, check=has_code("in-past")):
        actions.reinstate_meeting(meeting, by=later(MONDAY + ONE_DAY))
    assert actions.reinstate_meeting(meeting, by=clerk).state == "planned"


def test_somebody_who_saw_an_older_state_is_told(enter, clerk, room):
    meeting = enter(MONDAY)
    actions.amend_meeting(meeting, title="Budget", expected=1, by=clerk)
    with pytest.raises(StaleObject, check=has_code("changed-meanwhile", says=("Budget",))):
        actions.amend_meeting(meeting, title="Schools", expected=1, by=clerk)


def test_a_room_with_meetings_to_come_is_not_let_go(enter, clerk, room):
    enter(MONDAY)
    with pytest.raises(RuleBroken, check=has_code("room-booked", says=("Council Chamber", "Children Panel"))):
        actions.close_room(room, last_day=TODAY, by=clerk)
    assert actions.close_room(room, last_day=MONDAY, by=clerk).last_day == MONDAY


def test_members_do_not_plan_meetings(panel, acting):
    proposal = Proposal(body=panel, day=MONDAY, time=HALF_PAST_FOUR)
    with pytest.raises(NotAllowed, check=has_code("other-role-needed", says=("clerk", "administrator"))):
        actions.plan_meeting(panel, proposal=proposal, by=acting(Role.AUTHOR))


def test_meetings_of_a_proposed_body_are_not_there_for_the_public(new_body, enter, avonmere, clerk):
    body = new_body("Secret Board", kind=Kind.BOARD, start=False)
    enter(MONDAY, body=body)
    assert public.meetings(avonmere, MONDAY, MONDAY) == ()
    assert public.meeting_at(avonmere, body.slug, "2014-12-01") is None
    assert public.calendar_of_body(avonmere, body.slug, base="https://avonmere.example") is None
    assert b"Secret" not in public.calendar_of_council(avonmere, base="https://avonmere.example")
    assert permissions.visible(clerk, Meeting).count() == 1


def test_the_public_of_one_council_sees_nothing_of_another(enter, new_body, brackwater, acting, avonmere):
    by = acting(Role.CLERK, council=brackwater)
    enter(MONDAY, body=new_body("Children Panel", by=by), by=by, title="Theirs")
    mine = enter(MONDAY)
    assert [each.body_name for each in public.meetings(avonmere, MONDAY, MONDAY)] == ["Children Panel"]
    assert public.meeting_at(avonmere, "children-panel", mine.slug).name == "Children Panel"
    assert b"Theirs" not in public.calendar_of_council(avonmere, base="https://avonmere.example")


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_meetings_takes_as_many_queries_whatever_its_length(
    enter, avonmere, number, django_assert_num_queries
):
    for day in YEAR[:number]:
        enter(day)
    with django_assert_num_queries(3):
        assert len(public.meetings(avonmere, TODAY, YEAR[-1])) == number


def test_a_meeting_in_summer_is_at_its_local_hour(enter, avonmere):
    enter(dt.date(2015, 6, 1))
    (found,) = public.meetings(avonmere, dt.date(2015, 6, 1), dt.date(2015, 6, 1))
    assert (found.start.isoformat(), found.start.utcoffset()) == ("2015-06-01T16:30:00+01:00", dt.timedelta(hours=1))


def test_what_speaks_against_moving_a_meeting_leaves_the_meeting_itself_out(panel, new_body, sit, enter, clerk):
    other = new_body("Housing Panel")
    sit("Anna Lee", panel, other)
    meeting = enter(MONDAY)
    enter(MONDAY + ONE_DAY, body=other, place="Guildhall")
    against = [concerns_of(meeting, at=clerk.at, day=MONDAY + days * ONE_DAY) for days in (0, 1)]
    assert [[each.against for each in found] for found in against] == [[], ["members"]]


class Addresses(RuleBasedStateMachine):
    """Whatever is entered and moved: every address ever given leads to the meeting that it was given to."""

    days = st.integers(0, 5).map(lambda days: MONDAY + days * ONE_DAY)

    def __init__(self):
        super().__init__()
        self.by_address, self.now = {}, []

    @rule(day=days)
    def enter(self, day):
        slug = free_address(day, set(self.by_address))
        self.by_address[slug] = len(self.now)
        self.now.append(slug)

    @rule(which=st.integers(0, 5), day=days)
    def move(self, which, day):
        if which < len(self.now):
            own = {slug for slug, meeting in self.by_address.items() if meeting == which}
            slug = known_address(day, own) or free_address(day, set(self.by_address))
            assert self.by_address.setdefault(slug, which) == which
            self.now[which] = slug

    @invariant()
    def no_two_meetings_are_at_one_address(self):
        assert len(set(self.now)) == len(self.now)


Addresses.TestCase.settings = settings(deadline=None, max_examples=40)
TestAddresses = Addresses.TestCase
